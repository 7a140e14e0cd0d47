"""Errands in; what each gave, from the workers of a Dask cluster that the user named, out as they are done.

An errand names its paper by path: every machine must see the papers at the same place. At each worker a process of its
own examines them, confined as it would be here. A worker that dies has its papers examined by others.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from multiprocessing import current_process
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, get_ident
from time import monotonic
from typing import Any

from lscb_textmine.errors import InputError, TextmineError
from lscb_textmine.examining import Errand, Examined, Given
from lscb_textmine.models import Models
from lscb_textmine.records import Problem
from lscb_textmine.workers import Limits, Worker, end_crew, examine_in_workers

AHEAD = 3
"""Errands sent out for each thread of the cluster, so that none waits and the caller holds few."""
LOOKED_EVERY = 5
"""Seconds between looks at whether scheduler and workers are there."""
PATIENCE = 60
"""Seconds without a single worker after which a run gives up; it can go on later."""
DESKS = "lscb_textmine_desks"
"""Under this name a Dask worker holds what examines for it."""


@dataclass(frozen=True, slots=True)
class Order:
    """An errand, the folder that its path starts from, and what it is done under."""

    errand: Errand
    folder: str
    limits: Limits
    rules: tuple[str, ...]
    """Digests of models and rules: the worker's must be the same."""

    @property
    def path(self) -> str:
        """The paper's path."""
        return self.errand.path


@dataclass(slots=True, eq=False)
class Desk:
    """At a Dask worker, for one of its threads: the process that examines papers, kept from one to the next."""

    limits: Limits
    examine: partial[Examined]
    crew: list[Worker] = field(default_factory=list)
    taken: Lock = field(default_factory=Lock)
    closing: bool = False
    """Whether its process is to end with the paper that it is at."""


def examine_on_cluster(errands: Iterable[Errand], *, scheduler: str, limits: Limits, rules: tuple[str, ...]) -> Given:
    """The number of each errand and what it gave, as they are done; only a window of them is out at a time.

    Raises InputError when there is no such scheduler, or a worker is of another version or does not see the papers,
    and TextmineError when scheduler or workers are lost.
    """
    client = _connect(scheduler)
    waiting, folder = enumerate(errands), str(Path.cwd())
    out: dict[Any, tuple[int, str]] = {}
    done: SimpleQueue[Any] = SimpleQueue()
    window = _count_window(client, scheduler)
    try:
        while True:
            for number, errand in islice(waiting, max(0, window - len(out))):
                future = client.submit(examine_there, Order(errand, folder, limits, rules), pure=False)
                out[future] = number, errand.path
                future.add_done_callback(done.put)
            if not out:
                return
            try:
                future = done.get(timeout=LOOKED_EVERY)
            except Empty:
                window = _count_window(client, scheduler)
                continue
            number, path = out.pop(future)
            yield number, _take(future, path, scheduler)
    finally:
        _leave(client, list(out))


def _connect(scheduler: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("--scheduler needs Dask; install it with: pip install 'lscb-textmine[cluster]'") from error
    for part in ("client", "core", "utils"):  # what they would tell in pages is told in one sentence
        logging.getLogger(f"distributed.{part}").setLevel(logging.CRITICAL)
    try:
        return Client(scheduler, timeout=10, set_as_default=False)
    except (OSError, ValueError, RuntimeError) as error:
        message = f"{scheduler}: no Dask scheduler answers there; start one with 'dask scheduler', or check the address"
        raise InputError(message) from error


def _count_window(client: Any, scheduler: str) -> int:
    """How many errands may be out. Waits for a worker; raises TextmineError when none comes."""
    began = monotonic()
    while monotonic() - began < PATIENCE:
        if client.status != "running":
            break
        with suppress(OSError):
            threads: int = sum(client.nthreads().values())
            if threads:
                return AHEAD * threads
        with suppress(Exception):  # only a wait: what went wrong is seen again above
            client.wait_for_workers(1, timeout=LOOKED_EVERY)
    raise TextmineError(f"{scheduler}: the cluster has no workers; start some and run the same command again: it goes "
                        "on where it stopped")  # fmt: skip


def _take(future: Any, path: str, scheduler: str) -> Examined:
    """What an errand gave; a problem, to be tried again in the next run, when it brought down worker after worker."""
    from distributed import KilledWorker

    error = future.exception() if future.status == "error" else None
    if future.status == "finished":
        found: Examined = future.result()
        return found
    if isinstance(error, KilledWorker):
        message = f"{path}: the workers that took it were lost, one after the other; look at their logs and run again"
        return Examined(Problem(path, message), lasting=False)
    if isinstance(error, FileNotFoundError) and not Path(path).exists():
        return Examined(Problem(path, f"{path}: is no longer there; put it back and run again"), lasting=False)
    if isinstance(error, FileNotFoundError):
        raise InputError(
            f"{path}: a worker does not see it; give every machine the papers at the same place"
        ) from error
    if isinstance(error, TextmineError):
        raise error
    reason = f" ({type(error).__name__}: {error})" if error else ""
    raise TextmineError(f"{scheduler}: the cluster was lost{reason}; run the same command again: it goes on where it "
                        "stopped") from error  # fmt: skip


def _leave(client: Any, futures: list[Any]) -> None:
    """Call back what is out, let the workers end their processes, and go."""
    with suppress(Exception):  # a cluster that is lost cannot be told
        client.cancel(futures)
        client.run(clear_desks)
    client.close()


def examine_there(order: Order) -> Examined:
    """At a Dask worker: what an order gave. Raises InputError when this worker is not fit for it."""
    from distributed import get_worker

    _check_worker(order)
    desks: dict[int, Desk] = get_worker().__dict__.setdefault(DESKS, {})
    desk = desks.get(get_ident())
    if desk is None or desk.limits != order.limits:
        desk = desks[get_ident()] = Desk(order.limits, _make_examine())
    with desk.taken:
        desk.closing = False
        given = examine_in_workers(desk.examine, [order], workers=1, limits=order.limits, crew=desk.crew)
        ((_, found),) = given
        if desk.closing:
            end_crew(desk.crew)
    return Examined(found) if isinstance(found, Problem) else found


def _check_worker(order: Order) -> None:
    from lscb_textmine.rules import digest_rules

    if current_process().daemon:
        raise InputError("the workers may start no processes of their own; start them with 'dask worker --no-nanny'")
    if digest_rules() != order.rules:
        raise InputError("a worker has another version of lscb-textmine, its models or the libraries under it; install "
                         "the same on every machine (pip install -c constraints.txt)")  # fmt: skip
    if not order.errand.document and not Path(order.folder, order.path).exists():
        raise FileNotFoundError(order.path)


def _make_examine() -> partial[Examined]:
    from lscb_textmine.models import load_models

    return partial(examine_order, models=load_models())


def examine_order(order: Order, models: Models) -> Examined:
    """In the process at a worker: the paper examined as it would be in the caller's folder."""
    from lscb_textmine.pipeline import examine_safely

    with suppress(OSError):  # no path leads there from here; one that was kept as read needs none
        os.chdir(order.folder)
    return examine_safely(order.errand, models)


def clear_desks(dask_worker: Any) -> None:
    """At a Dask worker: end the processes that have nothing to do, and let the others end with their paper."""
    desks: dict[int, Desk] = dask_worker.__dict__.get(DESKS, {})
    for desk in desks.values():
        desk.closing = True
        if desk.taken.acquire(blocking=False):
            end_crew(desk.crew)
            desk.taken.release()
