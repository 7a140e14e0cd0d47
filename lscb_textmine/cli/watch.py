"""How far a run has come, in; a bar on the terminal and a line in the log for each paper out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lscb_textmine.errors import OutputError

if TYPE_CHECKING:
    from lscb_textmine.examining import Progress, Step

LOG = "analyse.log"


@contextmanager
def watch_run(folder: Path, *, quiet: bool, named: bool = True) -> Iterator[Progress]:
    """What a run tells its steps to: a bar where somebody would see it, and the log file in `folder`.

    The log does not name the papers unless `named`: a file's name may name a child.
    """
    from lscb_textmine.report.files import refuse_links

    with ExitStack() as stack:
        refuse_links(folder, (LOG,))
        write = stack.enter_context(_open_log(folder / LOG))
        tellers: list[Progress] = [_log_teller(write, named=named)]
        if not quiet and sys.stderr.isatty():
            tellers.append(stack.enter_context(_show_bar()))

        def tell(step: Step) -> None:
            for each in tellers:
                each(step)

        yield tell


@contextmanager
def _open_log(path: Path) -> Iterator[Callable[[str], None]]:
    """What writes a line to the log, at once. Raises OutputError when that cannot be done."""
    try:
        log = path.open("ab", buffering=0)
    except OSError as error:
        raise _cannot_log(path, error) from error

    def write(line: str) -> None:
        told = f"{datetime.now().isoformat(timespec='seconds')} {line}\n"
        try:
            log.write(told.encode("utf-8", "replace"))
        except OSError as error:
            raise _cannot_log(path, error) from error

    with log:
        yield write


def _cannot_log(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"{path}: the log cannot be written ({reason}); make room and run the same command again")


def _log_teller(write: Callable[[str], None], *, named: bool) -> Progress:
    from lscb_textmine.report.cells import quote_text

    def tell(step: Step) -> None:
        told = (step.problem if named else "not read") if step.problem else f"{step.pages} pages"
        place, before = f" {step.path}" if named else "", ", known from before" if step.known else ""
        write(quote_text(f"{step.done}/{step.total}{place}: {told}{before}"))

    return tell


@contextmanager
def _show_bar() -> Iterator[Progress]:
    """A bar over the papers with pages, problems and the time left."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from lscb_textmine.report.cells import quote_text

    told = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    with Bar(TextColumn("Reading"), *told, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        pages = problems = 0

        def tell(step: Step) -> None:
            nonlocal pages, problems
            pages, problems = pages + step.pages, problems + bool(step.problem)
            trouble = f", {problems:,} not read" if problems else ""
            name = quote_text(Path(step.path).name)
            bar.update(
                task, completed=step.done, total=step.total, description=f"{pages:,} pages{trouble}; last: {name}"
            )

        yield tell
