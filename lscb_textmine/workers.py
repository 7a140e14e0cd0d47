"""Many papers in; what each gave out, from worker processes that a crash, a hang or a burst of memory costs one paper.

Each worker examines one paper at a time. The caller watches: a worker that dies, takes too long over a paper or stands
still on a page is ended and replaced, and its paper becomes a problem with the cause.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from time import monotonic
from typing import Any, Protocol, TypeVar

from lscb_textmine.confined import confine_process, end_session, hold_interrupts, is_alive
from lscb_textmine.errors import TextmineError
from lscb_textmine.read.pace import watch_pages
from lscb_textmine.records import Problem


class Errand(Protocol):
    """What a worker is sent out with: something about the paper at a path."""

    @property
    def path(self) -> str:
        """The paper's path."""


Sent = TypeVar("Sent", bound=Errand)
Given = TypeVar("Given")
Examine = Callable[[Sent], Given]
SCRATCH = "lscb-textmine-"
TOLD_EVERY = 0.5
"""Seconds between a worker's words on the page it is at."""
LOOKED_EVERY = 0.5
"""Seconds between the caller's looks at the clock."""
START_SECONDS = 120
"""For a worker to begin: it loads the models."""
MOST_STARTS = 3
"""Workers in a row that may die before they are ready; then something is wrong with the machine, not with a paper."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one paper may take."""

    seconds: float = 120
    page_seconds: float = 60
    """For a single page, where the format has pages; the first includes opening the paper."""
    megabytes: int = 2048
    """Of memory, beyond what the worker holds when it begins."""
    papers: int = 500
    """Papers after which a worker is replaced, whatever its libraries have kept."""


@dataclass(slots=True, eq=False)
class Worker:
    """A worker process and the paper in its hands, by its number and path; `number` is None while it has none."""

    process: SpawnProcess
    told: Connection
    """One way, as two ways would be a socket: what it is to do."""
    heard: Connection
    """What it says."""
    scratch: Path
    """A folder for its temporary files, which goes with it."""
    began: float = field(default_factory=monotonic)
    """When it was started, or took its paper."""
    ready: bool = False
    number: int | None = None
    path: str = ""
    page: int = 0
    page_began: float = 0.0
    done: int = 0


def examine_in_workers(
    examine: Examine[Sent, Given],
    errands: Iterable[Sent],
    *,
    workers: int,
    limits: Limits | None = None,
    crew: list[Worker] | None = None,
) -> Iterator[tuple[int, Given | Problem]]:
    """The number of each errand and what `examine` gave for it, or the problem that ended it, as they are done.

    An errand is asked for when a worker is free for it. Workers of a `crew` live on for the next call with the same
    `examine`, until `end_crew`. Raises TextmineError when no worker can be started.
    """
    allowed, own = limits or Limits(), list[Worker]() if crew is None else crew
    waiting, failed = enumerate(errands), 0
    coming = next(waiting, None)
    sweep_scratch()
    try:
        while coming is not None or any(worker.number is not None for worker in own):
            for worker in own:
                if coming is not None and worker.ready and worker.number is None and _hand_over(worker, *coming):
                    coming = next(waiting, None)
            if coming is not None and len(own) < workers:
                with hold_interrupts():
                    own.append(_start_worker(examine, allowed))
                continue
            for worker in _heard_or_late(own, allowed):
                number = worker.number
                outcome, alive = _hear(worker, allowed)
                failed = 0 if worker.ready else failed + (not alive)
                if failed >= MOST_STARTS:
                    raise TextmineError("the processes that read papers cannot be started; is there enough memory?")
                if not alive or worker.done >= allowed.papers:
                    own.remove(worker)
                    _end(worker)
                if outcome is not None and number is not None:
                    yield number, outcome
    finally:
        if crew is None:
            end_crew(own)


def end_crew(crew: list[Worker]) -> None:
    """End workers, whatever they are doing."""
    while crew:
        _end(crew.pop())


def _start_worker(examine: Examine[Any, Any], limits: Limits) -> Worker:
    # Windows and macOS start processes anew; doing so everywhere makes all behave alike.
    context = get_context("spawn")
    errands, told = context.Pipe(duplex=False)
    heard, sayings = context.Pipe(duplex=False)
    scratch = Path(tempfile.mkdtemp(prefix=f"{SCRATCH}{os.getpid()}-"))
    process = context.Process(target=_serve, args=(errands, sayings, examine, str(scratch), limits.megabytes))
    process.start()
    errands.close()
    sayings.close()
    return Worker(process, told, heard, scratch)


def _serve(errands: Connection, sayings: Connection, examine: Examine[Any, Any], scratch: str, megabytes: int) -> None:
    """In the worker: examine what comes, until the caller has gone."""
    tempfile.tempdir = scratch
    confine_process(megabytes=megabytes)
    watch_pages(_page_teller(sayings))
    sayings.send(("ready", None))
    while True:
        try:
            request = errands.recv()
        except (EOFError, OSError):
            return
        sayings.send(("done", examine(request)))


def _page_teller(connection: Connection) -> Callable[[int], None]:
    last = [0.0]

    def tell(number: int) -> None:
        if monotonic() - last[0] >= TOLD_EVERY:
            last[0] = monotonic()
            connection.send(("page", number))

    return tell


def _hand_over(worker: Worker, number: int, errand: Errand) -> bool:
    """Whether a worker could be given an errand; one that died while it had none is heard of by and by."""
    try:
        worker.told.send(errand)
    except OSError:
        worker.process.kill()
        return False
    worker.number, worker.path = number, errand.path
    worker.began, worker.page, worker.page_began = monotonic(), 0, monotonic()
    return True


def _heard_or_late(crew: Sequence[Worker], limits: Limits) -> list[Worker]:
    """The workers that have something to say, have died, or have taken too long."""
    said = set(wait([worker.heard for worker in crew], timeout=LOOKED_EVERY))
    return [worker for worker in crew if worker.heard in said or _overdue(worker, limits)]


def _overdue(worker: Worker, limits: Limits) -> str:
    """Why a worker has taken too long, `""` when it has not."""
    now = monotonic()
    if worker.number is None:
        return "" if worker.ready or now - worker.began < START_SECONDS else "never began"
    at = f" (it stood at page {worker.page})" if worker.page else ""
    if now - worker.began > limits.seconds:
        return f"took over {limits.seconds:g} seconds{at} and was given up; split it, or allow more with --time-limit"
    if worker.page and now - worker.page_began > limits.page_seconds:
        return f"page {worker.page} took over {limits.page_seconds:g} seconds and the paper was given up; print it anew"
    return ""


def _hear(worker: Worker, limits: Limits) -> tuple[Any, bool]:
    """What a worker gave, None for nothing yet, and whether it can go on."""
    try:
        if worker.heard.poll():
            return _take(worker), True
    except (EOFError, OSError):
        return _told(worker, describe_end(worker.process)), False
    if reason := _overdue(worker, limits):
        return _told(worker, reason), False
    return None, True


def _take(worker: Worker) -> Any:
    """The outcome in a worker's message, None for one that only says how far it is."""
    kind, content = worker.heard.recv()
    if kind == "done":
        worker.number, worker.done = None, worker.done + 1
        return content
    if kind == "page":
        worker.page, worker.page_began = content, monotonic()
    worker.ready = True
    return None


def _told(worker: Worker, reason: str) -> Problem | None:
    """The problem of the paper that a worker had in its hands, None when it had none."""
    if worker.number is None:
        return None
    return Problem(worker.path, f"{worker.path}: {reason}", worker.page or None)


def describe_end(process: SpawnProcess) -> str:
    """Why a worker died, as far as the system tells."""
    process.join(5)
    code = process.exitcode
    if code is not None and code < 0 and -code == getattr(signal, "SIGKILL", 9):
        return "reading it was ended by the system, most likely for want of memory; split it and run again"
    name = signal.Signals(-code).name if code is not None and code < 0 else f"exit {code}"
    return f"reading it brought the reader down ({name}); print it to PDF anew and run again"


def _end(worker: Worker) -> None:
    """End a worker with everything that it started."""
    if worker.process.is_alive() and worker.process.pid is not None:
        end_session(worker.process.pid)
    worker.told.close()
    worker.heard.close()  # not before it has ended: it would tell the user that nobody hears it
    worker.process.join(5)
    worker.process.close()
    shutil.rmtree(worker.scratch, ignore_errors=True)


def sweep_scratch() -> None:
    """Remove the temporary files of runs that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*-*"):
        number = folder.name.removeprefix(SCRATCH).partition("-")[0]
        if number.isdigit() and not is_alive(int(number)):
            shutil.rmtree(folder, ignore_errors=True)
