"""A run's papers, settings and results in; whether a run before came to the same out: then there is nothing to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lscb_textmine.examining import Memory, ask_of
from lscb_textmine.manifest import PaperRequest
from lscb_textmine.records import Problem
from lscb_textmine.store.kept import digest_values, get_fact, is_kept, look_at, put_fact

SETTLED = "settled"


def digest_run(
    requests: Sequence[PaperRequest], problems: Sequence[Problem], memory: Memory, settings: Sequence[tuple[str, str]]
) -> str:
    """A digest of everything that a run's results follow from; `""` when a paper is new or has changed."""
    states = [look_at(request.path) for request in requests]
    for request, state in zip(requests, states, strict=True):
        if state is None or not is_kept(
            memory.kept, state, ask_of(request), models=memory.models, limits=memory.limits
        ):
            return ""
    return digest_values(
        [(request.path, asdict(state)) for request, state in zip(requests, states, strict=True) if state],
        [ask_of(request) for request in requests],
        [asdict(problem) for problem in problems],
        [memory.models, *settings],
    )


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
