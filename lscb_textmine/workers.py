"""Many papers in; what each gave out, in the same order, from several processes.

A process that dies takes the others' unfinished papers with it: those are examined again, each in a process of its own,
so that only the paper that kills its process is lost, and by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from lscb_textmine.manifest import PaperRequest
from lscb_textmine.records import Paper, Problem

Outcome = Paper | Problem
Examine = Callable[[PaperRequest], Outcome]
_given: list[Examine] = []
"""In a worker process alone: what to do with a paper. Its models are sent once to a process, not with each paper."""


def examine_in_workers(examine: Examine, requests: Sequence[PaperRequest], *, workers: int) -> Iterator[Outcome]:
    """What each paper gave, in the order asked."""
    with _start_workers(workers, examine) as pool:
        futures = [_submit(pool, request) for request in requests]
        for request, future in zip(requests, futures, strict=True):
            yield _outcome(future) or _examine_alone(examine, request)


def _start_workers(count: int, examine: Examine) -> ProcessPoolExecutor:
    # Windows and macOS start processes anew; doing so everywhere makes all behave alike.
    return ProcessPoolExecutor(count, get_context("spawn"), _take, (examine,))


def _take(examine: Examine) -> None:
    _given.append(examine)


def _examine_given(request: PaperRequest) -> Outcome:
    return _given[0](request)


def _submit(pool: ProcessPoolExecutor, request: PaperRequest) -> Future[Outcome] | None:
    try:
        return pool.submit(_examine_given, request)
    except BrokenProcessPool:
        return None


def _outcome(future: Future[Outcome] | None) -> Outcome | None:
    try:
        return future.result() if future else None
    except BrokenProcessPool:
        return None


def _examine_alone(examine: Examine, request: PaperRequest) -> Outcome:
    with _start_workers(1, examine) as pool:
        outcome = _outcome(_submit(pool, request))
    message = f"{request.path}: reading it brought the reader down; print it to PDF anew and run again"
    return outcome or Problem(request.path, message)
