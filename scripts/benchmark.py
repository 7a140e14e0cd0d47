"""How fast and how large the whole of `analyse` is, against pdfplumber's reading alone, in one run.

    python scripts/benchmark.py [--rounds 3] [--growth] [--statements]
    python scripts/benchmark.py --pages 1000 10000 100000

Both read the same PDFs (those of `corpora/`, repeated until there are 200 pages), each in a process of its own with
start-up included, in turn, so that a busy machine slows both. Prints pages per second, the ratio and peak memory.
`--growth` also times the analysis from 10 to 1,000 pages, and of one paper of 300 pages; `--statements` what reading,
finding and classifying cost by 200 statements, once the models are warm. `--pages` runs over that many pages instead,
of papers in the proportions of `corpora/` for made-up boards, with one worker and with two, and again with nothing
changed: pages a second, peak memory of the main process and of a worker, and the size of `run.sqlite`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scale import show_scale

ROOT = Path(__file__).resolve().parent.parent
PDFPLUMBER = """
import sys, pdfplumber
for path in sys.argv[1:]:
    with pdfplumber.open(path) as paper:
        for page in paper.pages:
            page.extract_text()
            page.extract_tables()
            page.close()
"""
MEASURED = """
import resource, runpy, sys
try:
    sys.argv = sys.argv[1:]
    if sys.argv[0] == "-c":
        code = sys.argv[1]
        sys.argv = sys.argv[1:]
        exec(compile(code, "pdfplumber", "exec"), {"__name__": "__main__"})
    else:
        runpy.run_module("lscb_textmine", run_name="__main__", alter_sys=True)
except SystemExit as stop:
    if stop.code not in (0, None):
        raise
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, file=sys.stderr)
"""
"""Runs a program and prints its peak memory in MB as the last line of standard error."""


def collect_papers(pages: int, folder: Path, source: Path) -> tuple[list[Path], int]:
    """Copies of the PDFs under `source` in `folder`, repeated until there are `pages` pages, and how many there are."""
    import pypdfium2

    papers: list[Path] = []
    count = 0
    known = [(path, len(pypdfium2.PdfDocument(path))) for path in sorted(source.rglob("*.pdf"))]
    while count < pages:
        for path, length in known:
            if count >= pages:
                break
            # one folder a paper, as one folder a board: the same paper under another name
            target = folder / f"{len(papers):04d} {path.parent.name}" / path.name
            target.parent.mkdir(parents=True)
            # a comment at its end makes each a paper of its own: copies of a file are read once
            target.write_bytes(path.read_bytes() + f"\n% paper {len(papers)}\n".encode())
            papers.append(target)
            count += length
    return papers, count


def make_long_paper(pages: int, path: Path, source: Path) -> None:
    """One PDF of `pages` pages, put together from those under `source`."""
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    parts = [pypdfium2.PdfDocument(each) for each in sorted(source.rglob("*.pdf"))]
    while len(whole) < pages:
        for part in parts:
            whole.import_pages(part, list(range(min(len(part), pages - len(whole)))))
    whole.save(path)


def run_measured(arguments: list[str]) -> tuple[float, int]:
    """Seconds and peak memory in MB of a Python program on one core."""
    command = [sys.executable, "-c", MEASURED, *arguments]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env=_environment(), preexec_fn=_one_core())
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(f"{' '.join(arguments[:2])} failed:\n{done.stderr[-2000:]}")
    return seconds, int(done.stderr.strip().splitlines()[-1])


def _environment() -> dict[str, str]:
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def _one_core():  # type: ignore[no-untyped-def]
    if not hasattr(os, "sched_setaffinity"):
        return None
    core = max(os.sched_getaffinity(0))
    return lambda: os.sched_setaffinity(0, {core})


def analyse(paths: list[Path], out: Path) -> tuple[float, int]:
    """Seconds and peak memory of the whole main job."""
    return run_measured(["lscb_textmine", "analyse", *map(str, paths), "--out", str(out), "--quiet"])


def compare(pages: int, rounds: int, source: Path) -> None:
    """Print both programs' figures over the same papers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "papers"
        papers, count = collect_papers(pages, folder, source)
        ours, theirs, memory = [], [], []
        for n in range(rounds):
            seconds, peak = analyse([folder], Path(name) / f"out{n}")
            ours.append(seconds)
            memory.append(peak)
            theirs.append(run_measured(["-c", PDFPLUMBER, *map(str, papers)])[0])
        mine, other = statistics.median(ours), statistics.median(theirs)
        print(f"{len(papers)} papers, {count} pages, {rounds} rounds on one core")
        print(f"analyse, start-up included       {mine:6.2f} s  {count / mine:6.1f} pages/s  peak {max(memory)} MB")
        print(f"pdfplumber, text and tables only {other:6.2f} s  {count / other:6.1f} pages/s")
        print(f"ratio {other / mine:.1f}")


def show_growth(source: Path) -> None:
    """Print the time of 10, 100 and 1,000 pages, and the memory of one paper of 300 pages."""
    for pages in (10, 100, 1000):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "papers"
            _, count = collect_papers(pages, folder, source)
            seconds, peak = analyse([folder], Path(name) / "out")
            print(
                f"{count:5d} pages in papers: {seconds:6.2f} s  {1000 * seconds / count:5.1f} ms a page  peak {peak} MB"
            )
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "long paper.pdf"
        make_long_paper(300, path, source)
        seconds, peak = analyse([path], Path(name) / "out")
        print(f"one paper of 300 pages: {seconds:.2f} s  peak {peak} MB")


def show_statements(rounds: int, source: Path) -> None:
    """Print what reading, finding and classifying the papers cost, by 200 statements, medians of the rounds."""
    from lscb_textmine.classify import classify_statements
    from lscb_textmine.find import find_statements
    from lscb_textmine.models import load_models
    from lscb_textmine.read import read_document

    models, paths = load_models(), sorted(source.rglob("*.pdf"))
    times: dict[str, list[float]] = {"reading": [], "finding": [], "classifying": []}
    for _ in range(rounds + 1):
        spent, count = dict.fromkeys(times, 0.0), 0
        for path in paths:
            start = time.perf_counter()
            document = read_document(path)
            read = time.perf_counter()
            candidates = find_statements(document)
            found = time.perf_counter()
            count += sum(each.counted for each in classify_statements(candidates, models))
            for name, seconds in zip(times, (read - start, found - read, time.perf_counter() - found), strict=True):
                spent[name] += seconds
        for name, seconds in spent.items():
            times[name].append(200 * seconds / count)
    told = ", ".join(f"{name} {1000 * statistics.median(values[1:]):.0f} ms" for name, values in times.items())
    print(f"by 200 statements ({len(paths)} papers, {len(os.sched_getaffinity(0))} cores): {told}")


def main(arguments: list[str]) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[], metavar="N")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--statements", action="store_true")
    parser.add_argument("--papers", type=Path, default=ROOT / "corpora", help="folder of PDFs to repeat")
    given = parser.parse_args(arguments)
    if given.pages:
        show_scale(given.pages)
        return
    compare(200, given.rounds, given.papers)
    if given.statements:
        show_statements(given.rounds, given.papers)
    if given.growth:
        show_growth(given.papers)


if __name__ == "__main__":
    main(sys.argv[1:])
