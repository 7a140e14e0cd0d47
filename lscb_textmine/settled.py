"""A run's papers, settings and results in; whether a run before came to the same out: then there is nothing to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lscb_textmine.examining import Memory, holds, terms_of
from lscb_textmine.manifest import PaperRequest
from lscb_textmine.records import Problem
from lscb_textmine.rules import digest_sources
from lscb_textmine.sameness import set_copies_aside
from lscb_textmine.store.kept import digest_values, find_terms, get_fact, know_digest, look_at, put_fact

SETTLED = "settled"


def digest_run(
    requests: Sequence[PaperRequest],
    problems: Sequence[Problem],
    memory: Memory,
    settings: Sequence[tuple[str, str]],
    *,
    beside: Sequence[Path] = (),
) -> str:
    """A digest of everything that a run's results follow from, files `beside` the papers included.

    It is `""` when a paper is new, has changed or cannot be opened.
    """
    states = [look_at(request.path) for request in requests]
    digests = {
        request.path: know_digest(memory.kept, state) if state else ""
        for request, state in zip(requests, states, strict=True)
    }
    wanted, _ = set_copies_aside(requests, digests.__getitem__)
    if not all(digests.values()) or not all(_is_kept(each, digests[each.path], memory) for each in wanted):
        return ""
    return digest_values(
        [(asdict(request), digests[request.path]) for request in requests],
        [asdict(problem) for problem in problems],
        [_stamp(path) for path in beside],
        [memory.reading, memory.models, memory.limits, digest_sources(), *settings],
    )


def _is_kept(request: PaperRequest, sha256: str, memory: Memory) -> bool:
    state = look_at(request.path)
    found = find_terms(memory.kept, state.path, sha256) if state else None
    return found is not None and holds(found[0], terms_of(request, memory), read=found[1])


def find_settled(memory: Memory, digest: str, out: Path) -> dict[str, Any] | None:
    """The summary of the run before, when it was of the same digest and its results stand as it left them."""
    fact = get_fact(memory.kept, SETTLED) if digest else None
    if fact is None or fact["digest"] != digest:
        return None
    files: dict[str, list[int]] = fact["files"]
    summary: dict[str, Any] = fact["summary"]
    return summary if files and all(_stamp(out / name) == stamp for name, stamp in files.items()) else None


def settle(memory: Memory, digest: str, out: Path, files: Iterable[Path], summary: dict[str, Any]) -> None:
    """Remember that results stand in `out` for a digest."""
    stamps = {path.relative_to(out).as_posix(): _stamp(path) for path in files}
    put_fact(memory.kept, SETTLED, {"digest": digest, "files": stamps, "summary": summary})


def _stamp(path: Path) -> list[int]:
    """Size and time of change of a file, empty when it is not there."""
    state = look_at(str(path))
    return [state.size, state.changed] if state else []
