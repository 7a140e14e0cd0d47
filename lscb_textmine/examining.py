"""Papers asked for in; what each gave, in the order asked, out: read now, judged anew, or kept from a run before."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

from lscb_textmine.classify.encoder import count_cores
from lscb_textmine.errors import InputError
from lscb_textmine.manifest import PaperRequest
from lscb_textmine.read import digest_file
from lscb_textmine.read.ocr_pages import describe_ocr
from lscb_textmine.records import Paper, Problem
from lscb_textmine.store.kept import (
    Terms,
    digest_values,
    find_document,
    find_outcome,
    find_terms,
    keep,
    know_digest,
    look_at,
    note_digest,
)
from lscb_textmine.store.plain import record_to_bytes
from lscb_textmine.workers import Limits, examine_in_workers

Outcome = Paper | Problem
FEW = 20
"""Papers that one process has examined before others have started."""


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
    lasting: bool = True
    """False for a problem that is not the paper's own: it is tried again in the next run."""


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


Given = Generator[tuple[int, Examined | Problem], None, None]
"""Numbers of errands and what they gave, as they are done; a problem where the worker itself was lost."""
Deploy = Callable[[Iterable[Errand]], Given]


@dataclass(frozen=True, slots=True)
class Memory:
    """What is kept of runs into one folder, and what the present run must agree with to use it."""

    kept: sqlite3.Connection
    reading: str
    """Digest of how papers are read."""
    models: str
    """Digest of the models and rules that judge."""
    limits: str
    """Digest of the limits, and of what else decides whether a paper can be read at all."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a paper before it is examined."""

    request: PaperRequest
    outcome: Outcome | None = None
    """What it gave before, where that still holds."""
    read: bool = False
    """Whether the document of a run before still holds."""


def examine_all(
    requests: Sequence[PaperRequest],
    examine: Examine,
    *,
    jobs: int = 0,
    memory: Memory | None = None,
    limits: Limits | None = None,
    progress: Progress | None = None,
    deploy: Deploy | None = None,
) -> list[Outcome]:
    """What each paper gave, in the order asked.

    With `memory`, what was kept is not examined again, and what is examined is kept as soon as it is done. With
    `limits`, or for more than one job, papers are examined in worker processes; `deploy` examines them elsewhere.
    """
    known = [recall(request, memory) for request in requests]
    outcomes = [each.outcome for each in known]
    tell = _teller(len(requests), progress)
    for each in known:
        if each.outcome is not None:
            tell(each.request.path, each.outcome, True)
    missing = [number for number, outcome in enumerate(outcomes) if outcome is None]
    errands = (make_errand(known[number], memory) for number in missing)
    given = deploy or partial(_examine_here, examine=examine, workers=_count_workers(len(missing), jobs), limits=limits)
    with closing(given(errands)) as coming:
        for place, found in coming if missing else ():
            number = missing[place]
            examined = Examined(found) if isinstance(found, Problem) else found
            outcomes[number] = examined.outcome
            _keep(memory, requests[number], examined)
            tell(requests[number].path, examined.outcome, False)
    return [outcome for outcome in outcomes if outcome is not None]


def recall(request: PaperRequest, memory: Memory | None) -> Known:
    """What is known of a paper: what it gave in a run before, where file, question, models and limits are the same."""
    state = look_at(request.path) if memory else None
    if memory is None or state is None:
        return Known(request)
    found = find_terms(memory.kept, state.path, digest_known(request.path, memory))
    if found is None:
        return Known(request)
    before, read = found
    if holds(before, terms_of(request, memory), read=read):
        with suppress(InputError):  # damaged: the paper is examined again
            return Known(request, find_outcome(memory.kept, state.path))
    return Known(request, read=read and before.reading == reading_of(request, memory))


def terms_of(request: PaperRequest, memory: Memory) -> Terms:
    """What a paper's outcome would follow from in this run."""
    return Terms(reading_of(request, memory), digest_values(asdict(request)), memory.models, memory.limits)


def reading_of(request: PaperRequest, memory: Memory) -> str:
    """A digest of how a paper is read in this run: by which rules, and by what its pages that are pictures are."""
    return digest_values(memory.reading, describe_ocr(wanted=request.ocr))


def holds(before: Terms, now: Terms, *, read: bool) -> bool:
    """Whether an outcome still holds; the limits matter to a paper alone that could not be `read`."""
    return before == (replace(now, limits=before.limits) if read else now)


def make_errand(known: Known, memory: Memory | None) -> Errand:
    """What a worker needs to examine a paper; a kept document is fetched only now, as many would fill the memory."""
    state = look_at(known.request.path) if memory and known.read else None
    document = find_document(memory.kept, state.path) if memory and state else b""
    return Errand(known.request, document, keeping=memory is not None)


def digest_known(path: str, memory: Memory | None) -> str:
    """The SHA-256 of a file, from memory where it has not changed; `""` when it cannot be opened."""
    state = look_at(path) if memory else None
    if memory is None or state is None:
        return _digest(path)
    known = know_digest(memory.kept, state)
    if not known and (known := _digest(path)):
        note_digest(memory.kept, state, known)
    return known


def _digest(path: str) -> str:
    try:
        return digest_file(Path(path))
    except (OSError, ValueError):
        return ""


def _count_workers(papers: int, jobs: int) -> int:
    return min(papers, jobs or (1 if papers < FEW else count_cores()))


def _examine_here(errands: Iterable[Errand], *, examine: Examine, workers: int, limits: Limits | None) -> Given:
    if limits is None and workers <= 1:
        yield from enumerate(map(examine, errands))
    else:
        yield from examine_in_workers(examine, errands, workers=workers, limits=limits)


def _keep(memory: Memory | None, request: PaperRequest, found: Examined) -> None:
    """Keep what a paper gave; one that cannot be opened is not kept, as that may mend itself."""
    state, outcome = look_at(request.path), found.outcome
    if memory is None or state is None or not found.lasting:
        return
    sha256 = outcome.document.sha256 if isinstance(outcome, Paper) else digest_known(request.path, memory)
    if sha256:
        terms, result = terms_of(request, memory), record_to_bytes(outcome)
        keep(memory.kept, state.path, sha256, terms, outcome=result, document=found.document)


def _teller(total: int, progress: Progress | None) -> Callable[[str, Outcome, bool], None]:
    done = [0]

    def tell(path: str, outcome: Outcome, known: bool) -> None:
        done[0] += 1
        if progress is not None:
            pages = len(outcome.document.pages) if isinstance(outcome, Paper) else 0
            problem = outcome.message if isinstance(outcome, Problem) else ""
            progress(Step(done[0], total, path, pages, problem, known))

    return tell
