"""Broken and hostile files tried on the readers, each in a process that may be ended: what came of them, by format.

    python scripts/fuzz.py --files 5000 --seed 1 --keep failures   # mutations of the papers in corpora/
    python scripts/fuzz.py --folder FOLDER                         # the files of a folder as they are
    python scripts/fuzz.py --hypothesis 300                        # small made-up papers for each reader
    python scripts/fuzz.py --atheris 60                            # coverage-led bytes, seconds for each reader

A reader may read a file or refuse it with one sentence. Any other error, a process that dies, over 5 seconds of a
core or over 150 MB above what the process held before is a failure; failing files are kept where `--keep` says.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

SLOW, LARGE, ENDED_AFTER = 5.0, 150, 30.0
"""Seconds and MB above which a file counts as a failure, and seconds after which its process is ended."""
FEW = 400
"""Files that one process reads: what its libraries keep would otherwise be told of later files."""
MOST_MEMORY = 3 << 30


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file."""

    path: Path
    state: str
    """"read", "refused", "error", "crash" or "hang"."""
    message: str = ""
    seconds: float = 0.0
    megabytes: int = 0

    @property
    def failed(self) -> bool:
        """Whether this is anything but a paper read, or refused by name, in time and in little memory."""
        bad = self.state in ("error", "crash", "hang") or self.seconds > SLOW or self.megabytes > LARGE
        return bad or (self.state == "refused" and len(self.message) < 20)


def read_all(paths: Iterable[Path], *, workers: int = 2) -> Iterator[Verdict]:
    """What came of each file, as they are done."""
    waiting, readers = iter(paths), [Reader() for _ in range(workers)]
    busy = [reader for reader in readers if reader.take(next(waiting, None))]
    while busy:
        wait([reader.pipe for reader in busy], timeout=0.5)
        for reader in list(busy):
            verdict = reader.verdict()
            if verdict is not None:
                yield verdict
                if not reader.take(next(waiting, None)):
                    busy.remove(reader)
    for reader in readers:
        reader.end()


class Reader:
    """A process that reads one file after another, replaced when it dies, hangs or has read many."""

    def __init__(self) -> None:
        self.path = Path()
        self.since = 0.0
        self.done = 0
        self.start()

    def start(self) -> None:
        """Begin a process."""
        self.pipe, theirs = get_context("spawn").Pipe()
        self.process = get_context("spawn").Process(target=read_on, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def take(self, path: Path | None) -> bool:
        """Give the process a file; whether there was one."""
        if path is None:
            return False
        if self.done >= FEW or not self.process.is_alive():
            self.end()
            self.start()
            self.done = 0
        self.path, self.since = path, time.monotonic()
        self.done += 1
        self.pipe.send(path)
        return True

    def verdict(self) -> Verdict | None:
        """What came of the file, None while it is being read."""
        if self.pipe.poll():
            try:
                verdict: Verdict = self.pipe.recv()
            except EOFError:
                self.process.join()
                return self.lost("crash", f"the process died with {self.process.exitcode}")
            return verdict
        if time.monotonic() - self.since > ENDED_AFTER + (20 if self.done == 1 else 0):
            return self.lost("hang", f"over {ENDED_AFTER:.0f} s")
        return None

    def lost(self, state: str, message: str) -> Verdict:
        """The verdict on a file that cost the process, and a new process."""
        self.end()
        self.start()
        self.done = 0
        return Verdict(self.path, state, message, time.monotonic() - self.since)


def read_on(pipe: Connection) -> None:
    """In a process of its own: read what comes and send back the verdict."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for reader in ("pdf", "word", "spreadsheet", "html", "markdown", "plain", "delimited", "office"):
        __import__(f"lscb_textmine.read.{reader}")
    __import__("openpyxl")
    __import__("pdfplumber.table")
    while True:
        pipe.send(read_one(pipe.recv()))


def read_one(path: Path) -> Verdict:
    """What comes of one file, read here."""
    from lscb_textmine.errors import TextmineError
    from lscb_textmine.read import read_document

    base, began = resident("VmRSS"), time.process_time()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    try:
        document = read_document(path)
        state, message = "read", "; ".join(problem.message for problem in document.problems)
    except TextmineError as error:
        unforeseen = isinstance(error.__cause__, Exception) and "could not be read (" in str(error)
        state, message = ("error" if unforeseen else "refused"), str(error).replace(str(path), "FILE")
    except Exception as error:  # this is what is looked for
        state, message = "error", f"{type(error).__name__}: {error}"
    seconds = time.process_time() - began
    return Verdict(path, state, message[:300].replace(str(path), "FILE"), seconds, (resident("VmHWM") - base) >> 10)


def resident(name: str) -> int:
    """Kilobytes of memory that this process holds ("VmRSS") or has held ("VmHWM")."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split(name + ":")[1].split()[0])


def show_figures(verdicts: Iterable[Verdict], *, keep: Path | None = None, verbose: bool = False) -> int:
    """Print what came of the files by format, and each failure; the number of failures out."""
    counts: dict[str, Counter[str]] = {}
    most: dict[str, tuple[float, int]] = {}
    messages: Counter[str] = Counter()
    failures = 0
    for verdict in verdicts:
        kind = verdict.path.suffix
        count = counts.setdefault(kind, Counter())
        count[verdict.state] += 1
        count["slow"] += verdict.seconds > SLOW
        count["large"] += verdict.megabytes > LARGE
        slowest, largest = most.get(kind, (0.0, 0))
        most[kind] = max(slowest, verdict.seconds), max(largest, verdict.megabytes)
        wrong = expected_otherwise(verdict)
        if verdict.state == "refused":
            messages[f"{kind}: {verdict.message}"] += 1
        if verdict.failed or wrong or verbose:
            failures += verdict.failed or wrong
            print(f"{'WRONG ' if wrong else ''}{verdict.state} {verdict.path.name} {verdict.seconds:.1f} s "
                  f"{verdict.megabytes} MB {verdict.message}", flush=True)  # fmt: skip
            if keep and verdict.failed:
                keep.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(verdict.path, keep / verdict.path.name)
    for kind, count in sorted(counts.items()):
        slowest, largest = most[kind]
        told = ", ".join(
            f"{count[state]} {state}" for state in ("read", "refused", "error", "crash", "hang", "slow", "large")
        )
        print(f"{kind or 'no ending'}: {told}; slowest {slowest:.1f} s, largest {largest} MB")
    print("refusals:", *(f"  {times} x {message}" for message, times in messages.most_common(40)), sep="\n")
    return failures


def expected_otherwise(verdict: Verdict) -> bool:
    """Whether a file whose name says what must come of it came to something else."""
    expected = verdict.path.name.split("-", 1)[0]
    return expected in ("read", "refused") and verdict.state != expected


def mutated_files(count: int, seed: int, folder: Path) -> Iterator[Path]:
    """Mutated copies of the corpora's papers, written one by one."""
    from mutations import mutated_papers  # beside this script

    for number, (suffix, name, data) in enumerate(mutated_papers(count, seed)):
        path = folder / f"{number:05d}-{name}{suffix}"
        path.write_bytes(data)
        yield path


def main(arguments: Sequence[str]) -> int:
    """The exit status: 0 when nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=0, help="how many mutated files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="files to be read as they are")
    parser.add_argument("--keep", type=Path, help="where failing files are kept")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--hypothesis", type=int, default=0, help="examples for each reader")
    parser.add_argument("--atheris", type=int, default=0, help="seconds for each reader")
    chosen: Any = parser.parse_args(arguments)
    failures = 0
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        if chosen.files:
            paths = mutated_files(chosen.files, chosen.seed, Path(folder))
            failures += show_figures(read_all(paths, workers=chosen.workers), keep=chosen.keep)
        if chosen.folder:
            given = [path for path in sorted(chosen.folder.rglob("*")) if path.is_file()]
            failures += show_figures(read_all(given, workers=chosen.workers), keep=chosen.keep, verbose=chosen.verbose)
    if chosen.hypothesis:
        from strategies import try_readers

        failures += try_readers(chosen.hypothesis)
    if chosen.atheris:
        from strategies import cover_readers

        failures += cover_readers(chosen.atheris)
    print(failures, "failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
