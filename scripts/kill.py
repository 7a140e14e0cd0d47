"""Whether a run that is killed, or finds the disk full, goes on and comes to the same as one that was left alone.

    python scripts/kill.py [--papers 200] [--kills 20] [--seed 1] [--jobs 2]
    python scripts/kill.py --full-disk

Papers are made of pieces of `corpora/`, broken files among them. The first kills runs (SIGKILL) at moments drawn from
the whole length of an undisturbed one and lets the same command go on; the second runs on small disks (tmpfs, by root
on Linux), makes room when one is full, and runs again. Both compare every JSONL and CSV file with those of the
undisturbed run, byte by byte, and fail when anything differs or a temporary file is left.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

from made_papers import ROOT, cut_papers


def start(papers: Path, out: Path, jobs: int) -> subprocess.Popen[str]:
    """A run, in a folder of temporary files of its own."""
    command = [sys.executable, "-m", "lscb_textmine", "analyse", str(papers), "--out", str(out), "--quiet"]
    scratch = papers.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)}
    return subprocess.Popen([*command, "--jobs", str(jobs)], env=environment, stderr=subprocess.PIPE, text=True)


def read_tables(out: Path) -> dict[str, bytes]:
    """The results that must not differ by a byte."""
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.suffix in (".jsonl", ".csv")}


def read_log(out: Path) -> list[str]:
    """The lines of a run's log."""
    path = out / "analyse.log"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def run_undisturbed(papers: Path, out: Path, jobs: int) -> tuple[dict[str, bytes], float]:
    """The results of a run left alone, and its seconds."""
    began = time.monotonic()
    run = start(papers, out, jobs)
    told = run.communicate()[1]
    if run.returncode not in (0, 1):
        sys.exit(f"the undisturbed run failed: {told}")
    return read_tables(out), time.monotonic() - began


def compare(found: dict[str, bytes], wanted: dict[str, bytes]) -> str:
    """What differs, `""` when nothing does."""
    return ", ".join(name for name in sorted(found.keys() | wanted.keys()) if found.get(name) != wanted.get(name))


def describe_rest(out: Path, papers: Path) -> str:
    """Temporary files that are left, `""` for none."""
    left = [path.name for path in out.rglob("*.part")]
    return ", ".join([*left, *(path.name for path in (papers.parent / "scratch").iterdir())])


def kill_runs(folder: Path, given: argparse.Namespace) -> int:
    """Kill runs, let each go on, and compare; the number of things that went wrong."""
    papers, chance = folder / "papers", random.Random(given.seed)
    cut_papers(given.papers, papers, seed=given.seed)
    wanted, seconds = run_undisturbed(papers, folder / "undisturbed", given.jobs)
    print(f"{given.papers} papers, undisturbed: {seconds:.1f} s, {len(wanted)} tables", flush=True)
    killed = wrong = 0
    for number in count():
        moment = chance.uniform(0, seconds)
        out = folder / f"killed {number}"
        if killed == given.kills:
            break
        if not was_killed(papers, out, moment, given.jobs):
            seconds = moment  # it was quicker than the undisturbed one
            continue
        killed += 1
        wrong += go_on(papers, out, wanted, moment, given.jobs)
    print(f"{killed} kills, {wrong} went wrong")
    return wrong


def was_killed(papers: Path, out: Path, moment: float, jobs: int) -> bool:
    """Whether a run could be killed at a moment; False when it had ended."""
    run = start(papers, out, jobs)
    with suppress(subprocess.TimeoutExpired):
        run.communicate(timeout=moment)
    ended = run.returncode is not None
    run.kill()
    run.communicate()
    return not ended


def go_on(papers: Path, out: Path, wanted: dict[str, bytes], moment: float, jobs: int) -> int:
    """Let a run that was killed go on; 1 when it does not come to what is wanted."""
    before = len(read_log(out))
    run = start(papers, out, jobs)
    errors = run.communicate()[1]
    again = read_log(out)[before:]
    known = sum(line.endswith("known from before") for line in again)
    differs, left = compare(read_tables(out), wanted), describe_rest(out, papers)
    print(f"killed after {moment:5.1f} s: {before} papers told; then {known} known, {len(again) - known} examined; "
          f"differs: {differs or 'nothing'}; temporary files left: {left or 'none'}", flush=True)  # fmt: skip
    return int(bool(differs or left) or "Traceback" in errors or run.returncode not in (0, 1))


def fill_disk(folder: Path, given: argparse.Namespace) -> int:
    """Run on a disk that is too small, at several sizes, then with room; the number of things that went wrong."""
    if sys.platform != "linux" or os.geteuid() != 0:
        print("skipped: a small disk needs root on Linux (mount -t tmpfs)")
        return 0
    papers, wrong = folder / "papers", 0
    cut_papers(given.papers, papers, seed=given.seed)
    wanted, _ = run_undisturbed(papers, folder / "undisturbed", given.jobs)
    size = sum(path.stat().st_size for path in (folder / "undisturbed").rglob("*") if path.is_file())
    print(f"{given.papers} papers; an undisturbed run leaves {size / 1e6:.1f} MB")
    for kilobytes in [16, 48, *(int(size / 1000 * share) for share in (0.1, 0.3, 0.5, 0.7, 0.9, 1.0))]:
        disk = folder / f"disk of {kilobytes}"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", disk], check=False)
        if mounted.returncode:
            print("skipped: tmpfs cannot be mounted here")
            return 0
        try:
            wrong += try_disk(disk, papers, wanted, given.jobs, kilobytes)
        finally:
            subprocess.run(["umount", disk], check=True)
    return wrong


def try_disk(disk: Path, papers: Path, wanted: dict[str, bytes], jobs: int, kilobytes: int) -> int:
    """One small disk; the number of things that went wrong."""
    out = disk / "out"
    full = start(papers, out, jobs)
    told = full.communicate()[1].strip().splitlines()
    errors = [line for line in told if "paper " not in line]
    known = len(read_log(out)) if out.exists() else 0
    left = [path.name for path in out.rglob("*.part")] if out.exists() else []
    subprocess.run(["mount", "-o", "remount,size=500m", disk], check=True)
    again = start(papers, out, jobs)
    told = again.communicate()[1].splitlines()
    differs = compare(read_tables(out), wanted)
    before = sum(line.endswith("known from before") for line in read_log(out)[known:])
    print(f"{kilobytes:6d} kB: status {full.returncode}, {known} papers logged; {' / '.join(errors) or 'no error'}")
    print(f"           with room: status {again.returncode}, {before} known; differs: {differs or 'nothing'}; "
          f"parts left: {left or 'none'}")  # fmt: skip
    clear = full.returncode in (0, 1) or (len(errors) == 1 and "unforeseen" not in errors[0])
    return (not clear) + bool(differs) + bool(left) + (again.returncode not in (0, 1))


def main(arguments: list[str]) -> int:
    """Print the figures; the exit status tells whether all went well."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--papers", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--full-disk", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        return int((fill_disk if given.full_disk else kill_runs)(Path(name), given) > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
