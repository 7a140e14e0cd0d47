"""Papers asked for or examined in; each file once, and each board under one name, out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lscb_textmine.manifest import PaperRequest
from lscb_textmine.read.identity import merge_boards
from lscb_textmine.records import Paper, Problem


def set_copies_aside(
    requests: Sequence[PaperRequest], digest: Callable[[str], str]
) -> tuple[tuple[PaperRequest, ...], tuple[Problem, ...]]:
    """The requests without those for a second copy of a file, and a warning for each: nothing is read or counted twice.

    `digest` gives a file's SHA-256; one that cannot be opened has none and stays, so that reading it says why.
    """
    kept: list[PaperRequest] = []
    first_of: dict[str, str] = {}
    problems = []
    for request in requests:
        first = first_of.setdefault(digest(request.path) or request.path, request.path)
        if first == request.path:
            kept.append(request)
        else:
            message = f"{request.path}: the same file as {first}; read and counted once"
            problems.append(Problem(request.path, message, severity="warning"))
    return tuple(kept), tuple(problems)


def name_boards(papers: Sequence[Paper]) -> tuple[Paper, ...]:
    """The papers with one name for each board, however it was spelt in each."""
    names = merge_boards([paper.document.board.value for paper in papers if paper.document.board.value])
    return tuple(_rename_board(paper, names.get(paper.document.board.value, "")) for paper in papers)


def _rename_board(paper: Paper, name: str) -> Paper:
    board = paper.document.board
    if not name or name == board.value:
        return paper
    return replace(paper, document=replace(paper.document, board=replace(board, value=name)))
