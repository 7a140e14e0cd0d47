"""Numbers of pages in; how a whole run grows with them, out: time, memory of each process, the ledger's size."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from made_papers import ROOT, copy_papers

LOOKED_EVERY = 0.2


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run took."""

    seconds: float
    writing: float
    """Seconds after the last paper: everything that is reckoned and written over all of them."""
    main: int
    """Peak memory in MB of the process that was started."""
    worker: int
    """The same of the largest of its workers."""


def show_scale(counts: Sequence[int], *, workers: Sequence[int] = (1, 2)) -> None:
    """Print the figures of a run for each number of pages and of workers, and of a second run over the same papers."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before the first run")
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            manifest, papers, pages = copy_papers(count, Path(name) / "papers")
            for jobs in workers:
                out = Path(name) / f"results {jobs}"
                first = measure_run(manifest, out, jobs)
                again = measure_run(manifest, out, jobs)
                size = (out / "run.sqlite").stat().st_size
                print(
                    f"{pages:7,d} pages, {papers:6,d} papers, {jobs} workers: {first.seconds:7.1f} s "
                    f"({first.writing:.1f} after the last paper), {pages / first.seconds:6.1f} pages/s; "
                    f"main {first.main} MB, worker {first.worker} MB; run.sqlite {size / 1e6:.1f} MB "
                    f"({size / pages / 1000:.1f} kB a page); unchanged again {again.seconds:.1f} s "
                    f"({first.seconds / again.seconds:.0f} times faster)",
                    flush=True,
                )


def measure_run(manifest: Path, out: Path, jobs: int) -> Figures:
    """What one run took."""
    command = [sys.executable, "-m", "lscb_textmine", "analyse", "--manifest", str(manifest), "--out", str(out)]
    began, main, worker = time.time(), 0, 0
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.Popen([*command, "--jobs", str(jobs), "-q"], env=environment)
    while run.poll() is None:
        main = max(main, _peak(run.pid))
        worker = max(worker, *(_peak(child) for child in _children(run.pid)), 0)
        time.sleep(LOOKED_EVERY)
    if run.returncode not in (0, 1):
        sys.exit(f"the run failed (status {run.returncode})")
    ended = time.time()
    told = (out / "analyse.log").read_text(encoding="utf-8").splitlines()[-1].split(" ")[0]
    return Figures(ended - began, ended - datetime.fromisoformat(told).timestamp(), main, worker)


def _children(process: int) -> Iterator[int]:
    with suppress(OSError):
        yield from map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())


def _peak(process: int) -> int:
    """Peak memory in MB of a process, 0 when it is gone or the system does not tell."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return 0
