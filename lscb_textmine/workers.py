"""Many papers in; what each gave out, from worker processes that a crash, a hang or a burst of memory costs one paper.

Each worker examines one paper at a time. The caller watches: a worker that dies, takes too long over a paper or stands
still on a page is ended and replaced, and its paper becomes a problem with the cause.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from time import monotonic

from lscb_textmine.confined import confine_process, end_session, is_alive
from lscb_textmine.errors import TextmineError
from lscb_textmine.manifest import PaperRequest
from lscb_textmine.read.pace import watch_pages
from lscb_textmine.records import Paper, Problem

Outcome = Paper | Problem
Examine = Callable[[PaperRequest], Outcome]
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
    """A worker process and the paper in its hands; `number` is None while it has none."""

    process: SpawnProcess
    connection: Connection
    scratch: Path
    """A folder for its temporary files, which goes with it."""
    began: float = field(default_factory=monotonic)
    """When it was started, or took its paper."""
    ready: bool = False
    number: int | None = None
    page: int = 0
    page_began: float = 0.0
    done: int = 0


def examine_in_workers(
    examine: Examine, requests: Sequence[PaperRequest], *, workers: int, limits: Limits | None = None
) -> Iterator[tuple[int, Outcome]]:
    """The number of each paper and what it gave, as they are done.

    Raises TextmineError when no worker can be started.
    """
    allowed = limits or Limits()
    waiting, crew, left, failed = deque(range(len(requests))), list[Worker](), len(requests), 0
    sweep_scratch()
    try:
        while left:
            crew += [_start_worker(examine, allowed) for _ in range(min(workers, left) - len(crew))]
            for worker in crew:
                if worker.ready and worker.number is None and waiting:
                    _hand_over(worker, waiting.popleft(), requests)
            for worker in _heard_or_late(crew, allowed):
                number = worker.number
                outcome, alive = _hear(worker, requests, allowed)
                failed = 0 if worker.ready else failed + (not alive)
                if failed >= MOST_STARTS:
                    raise TextmineError("the processes that read papers cannot be started; is there enough memory?")
                if not alive or worker.done >= allowed.papers:
                    crew.remove(worker)
                    _end(worker)
                if outcome is not None and number is not None:
                    left -= 1
                    yield number, outcome
    finally:
        for worker in crew:
            _end(worker)


def _start_worker(examine: Examine, limits: Limits) -> Worker:
    # Windows and macOS start processes anew; doing so everywhere makes all behave alike.
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    scratch = Path(tempfile.mkdtemp(prefix=f"{SCRATCH}{os.getpid()}-"))
    process = context.Process(target=_serve, args=(theirs, examine, str(scratch), limits.megabytes))
    process.start()
    theirs.close()
    return Worker(process, ours, scratch)


def _serve(connection: Connection, examine: Examine, scratch: str, megabytes: int) -> None:
    """In the worker: examine what comes, until the caller has gone."""
    tempfile.tempdir = scratch
    confine_process(megabytes=megabytes)
    watch_pages(_page_teller(connection))
    connection.send(("ready", None))
    while True:
        try:
            request = connection.recv()
        except (EOFError, OSError):
            return
        connection.send(("done", examine(request)))


def _page_teller(connection: Connection) -> Callable[[int], None]:
    last = [0.0]

    def tell(number: int) -> None:
        if monotonic() - last[0] >= TOLD_EVERY:
            last[0] = monotonic()
            connection.send(("page", number))

    return tell


def _hand_over(worker: Worker, number: int, requests: Sequence[PaperRequest]) -> None:
    worker.number, worker.began, worker.page, worker.page_began = number, monotonic(), 0, monotonic()
    try:
        worker.connection.send(requests[number])
    except OSError:
        worker.process.kill()  # it has died in between: its end is heard like any other


def _heard_or_late(crew: Sequence[Worker], limits: Limits) -> list[Worker]:
    """The workers that have something to say, have died, or have taken too long."""
    said = set(wait([worker.connection for worker in crew], timeout=LOOKED_EVERY))
    return [worker for worker in crew if worker.connection in said or _overdue(worker, limits)]


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


def _hear(worker: Worker, requests: Sequence[PaperRequest], limits: Limits) -> tuple[Outcome | None, bool]:
    """What a worker gave, None for nothing yet, and whether it can go on."""
    try:
        if worker.connection.poll():
            return _take(worker), True
    except (EOFError, OSError):
        return _told(worker, requests, describe_end(worker.process)), False
    if reason := _overdue(worker, limits):
        return _told(worker, requests, reason), False
    return None, True


def _take(worker: Worker) -> Outcome | None:
    """The outcome in a worker's message, None for one that only says how far it is."""
    kind, content = worker.connection.recv()
    if kind == "done":
        outcome: Outcome = content
        worker.number, worker.done = None, worker.done + 1
        return outcome
    if kind == "page":
        worker.page, worker.page_began = content, monotonic()
    worker.ready = True
    return None


def _told(worker: Worker, requests: Sequence[PaperRequest], reason: str) -> Problem | None:
    """The problem of the paper that a worker had in its hands, None when it had none."""
    if worker.number is None:
        return None
    path = requests[worker.number].path
    return Problem(path, f"{path}: {reason}", worker.page or None)


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
    worker.connection.close()
    if worker.process.is_alive() and worker.process.pid is not None:
        end_session(worker.process.pid)
    worker.process.join(5)
    worker.process.close()
    shutil.rmtree(worker.scratch, ignore_errors=True)


def sweep_scratch() -> None:
    """Remove the temporary files of runs that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*-*"):
        number = folder.name.removeprefix(SCRATCH).partition("-")[0]
        if number.isdigit() and not is_alive(int(number)):
            shutil.rmtree(folder, ignore_errors=True)
