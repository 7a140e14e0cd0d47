"""What the user asks for on the command line in; the papers to read out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lscb_textmine.errors import InputError
from lscb_textmine.manifest import Manifest, PaperRequest, read_manifest
from lscb_textmine.read.papers import find_papers
from lscb_textmine.records import Problem


def gather_requests(
    paths: Sequence[Path], *, board: str = "", manifest: Path | None = None, ocr: bool = True
) -> tuple[tuple[PaperRequest, ...], tuple[Problem, ...]]:
    """Every paper under the paths and in the manifest, once, with what is said of it; and what could not be found.

    What the manifest says of a paper goes before `board`; `ocr` says whether pages that are pictures are read. Raises
    InputError when there is nothing to look through.
    """
    if not paths and manifest is None:
        raise InputError("no papers named; give files or folders, or a manifest with --manifest FILE.csv")
    given = read_manifest(manifest) if manifest else Manifest(())
    requests, problems = _expand([PaperRequest(str(path), board=board, source="--board") for path in paths])
    named, missing = _expand(given.rows)
    known = {Path(request.path).resolve(): replace(request, board=request.board or board) for request in named}
    manifest_itself = manifest.resolve() if manifest else None
    found = {Path(request.path).resolve(): request for request in requests}
    merged = {place: _add_root(known.get(place, request), request.root) for place, request in found.items()} | {
        place: request for place, request in known.items() if place not in found
    }
    chosen = tuple(replace(request, ocr=ocr) for place, request in merged.items() if place != manifest_itself)
    return chosen, (*given.problems, *problems, *missing)


def _add_root(request: PaperRequest, root: str) -> PaperRequest:
    return replace(request, root=request.root or root)


def _expand(requests: Sequence[PaperRequest]) -> tuple[list[PaperRequest], list[Problem]]:
    """A request for each paper below the paths asked for, all told the same of them."""
    expanded: list[PaperRequest] = []
    problems: list[Problem] = []
    for request in requests:
        papers, missing = find_papers([request.path])
        expanded += [replace(request, path=str(path), root=str(root or "")) for path, root in papers]
        problems += missing
        if not papers and not missing:
            message = f"{request.path}: holds no papers; give a folder with PDF, Word, Excel, text or HTML files"
            problems.append(Problem(request.path, message))
    return expanded, problems
