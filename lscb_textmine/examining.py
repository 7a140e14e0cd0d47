"""Papers asked for in; what each gave, in the order asked, out: read now, judged anew, or kept from a run before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from lscb_textmine.classify.encoder import count_cores
from lscb_textmine.manifest import PaperRequest
from lscb_textmine.read import digest_file
from lscb_textmine.records import Paper, Problem
from lscb_textmine.store.kept import FileState, Kept, digest_values, find_kept, keep, know_digest, look_at
from lscb_textmine.store.plain import record_to_bytes
from lscb_textmine.workers import Limits, examine_in_workers

Outcome = Paper | Problem
FEW = 20
"""Papers that one process has examined before others have started."""
READ_VERSION = 1
"""Counted up when papers are read otherwise than before: what was kept is then read again."""


@dataclass(frozen=True, slots=True)
class Errand:
    """A paper to examine; `document` is the paper as read before, compressed, where only judging is to be done."""

    request: PaperRequest
    document: bytes = b""
    keeping: bool = False
    """Whether the document is wanted back."""

    @property
    def path(self) -> str:
        """The paper's path."""
        return self.request.path


@dataclass(frozen=True, slots=True)
class Examined:
    """What a paper gave, and the document as read, compressed, where it is kept."""

    outcome: Outcome
    document: bytes = b""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run has come."""

    done: int
    total: int
    path: str
    """Of the last paper."""
    pages: int = 0
    """Pages of the last paper."""
    problem: str = ""
    """Why the last paper could not be read, `""` when it could."""
    known: bool = False
    """Whether the last paper was kept from a run before."""


Progress = Callable[[Step], None]
Examine = Callable[[Errand], Examined]


@dataclass(frozen=True, slots=True)
class Memory:
    """What is kept of runs into one folder, and what the present run must agree with to use it."""

    kept: sqlite3.Connection
    models: str
    """Digest of the models."""
    limits: str
    """Digest of the limits: a paper that broke one is tried again under others."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a paper before it is examined."""

    errand: Errand
    state: FileState | None
    asked: str
    kept: Kept | None = None
    """What it gave before, where that still holds."""


def examine_all(
    requests: Sequence[PaperRequest],
    examine: Examine,
    *,
    jobs: int = 0,
    memory: Memory | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> list[Outcome]:
    """What each paper gave, in the order asked.

    With `memory`, what was kept is not examined again, and what is examined is kept as soon as it is done. With
    `limits`, or for more than one job, papers are examined in worker processes.
    """
    known = [recall(request, memory) for request in requests]
    outcomes: list[Outcome | None] = [each.kept.outcome() if each.kept else None for each in known]
    tell = _teller(len(requests), progress)
    for each, outcome in zip(known, outcomes, strict=True):
        if outcome is not None:
            tell(each.errand.path, outcome, True)
    missing = [number for number, outcome in enumerate(outcomes) if outcome is None]
    errands = [known[number].errand for number in missing]
    for place, found in _examine_missing(errands, examine, jobs, limits):
        number = missing[place]
        outcomes[number] = found.outcome
        if memory is not None:
            _keep(memory, known[number], found)
        tell(errands[place].path, found.outcome, False)
    return [outcome for outcome in outcomes if outcome is not None]


def ask_of(request: PaperRequest) -> str:
    """A digest of what is asked about a paper, and of how papers are read."""
    return digest_values(READ_VERSION, asdict(request))


def recall(request: PaperRequest, memory: Memory | None) -> Known:
    """What is known of a paper: what it gave in a run before, where file, question, models and limits are the same."""
    asked = ask_of(request)
    state = look_at(request.path) if memory else None
    if memory is None or state is None:
        return Known(Errand(request), state, asked)
    kept = find_kept(memory.kept, state, asked)
    if kept is None and (sha256 := _digest(request.path)):
        kept = find_kept(memory.kept, state, asked, sha256=sha256)
    if kept is None or (not kept.document and kept.limits != memory.limits):
        return Known(Errand(request, keeping=True), state, asked)
    if kept.models != memory.models:
        return Known(Errand(request, kept.document, keeping=True), state, asked)
    return Known(Errand(request), state, asked, kept)


def digest_known(path: str, memory: Memory | None) -> str:
    """The SHA-256 of a file, from memory where it has not changed; `""` when it cannot be opened."""
    state = look_at(path) if memory else None
    known = know_digest(memory.kept, state) if memory and state else ""
    return known or _digest(path)


def _digest(path: str) -> str:
    try:
        return digest_file(Path(path))
    except (OSError, ValueError):
        return ""


def _examine_missing(
    errands: Sequence[Errand], examine: Examine, jobs: int, limits: Limits | None
) -> Iterator[tuple[int, Examined]]:
    workers = min(len(errands), jobs or (1 if len(errands) < FEW else count_cores()))
    if limits is None and workers <= 1:
        yield from enumerate(map(examine, errands))
        return
    for number, found in examine_in_workers(examine, errands, workers=max(1, workers), limits=limits):
        yield number, Examined(found) if isinstance(found, Problem) else found


def _keep(memory: Memory, known: Known, found: Examined) -> None:
    """Keep what a paper gave; one that cannot even be looked at is not kept."""
    if known.state is None:
        return
    outcome = found.outcome
    sha256 = outcome.document.sha256 if isinstance(outcome, Paper) else _digest(known.errand.path)
    result = Kept(sha256, memory.models, memory.limits, found.document, record_to_bytes(outcome))
    keep(memory.kept, known.state, known.asked, result)


def _teller(total: int, progress: Progress | None) -> Callable[[str, Outcome, bool], None]:
    done = [0]

    def tell(path: str, outcome: Outcome, known: bool) -> None:
        done[0] += 1
        if progress is not None:
            pages = len(outcome.document.pages) if isinstance(outcome, Paper) else 0
            problem = outcome.message if isinstance(outcome, Problem) else ""
            progress(Step(done[0], total, path, pages, problem, known))

    return tell
