"""Which papers are to be read, and what the user says of them: a manifest's rows in, paper requests out."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from lscb_textmine.errors import InputError
from lscb_textmine.records import DOC_TYPES, Problem

NEEDED = ("path", "board")
KNOWN = ("path", "board", "doc_type", "year")


@dataclass(frozen=True, slots=True)
class PaperRequest:
    """One paper to read, with what the user said of it and where ("--board", "manifest")."""

    path: str
    root: str = ""
    """The folder that was asked for, when the paper was found in one."""
    board: str = ""
    doc_type: str = ""
    year: str = ""
    source: str = ""
    ocr: bool = True
    """Whether pages that are pictures are read by OCR."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows that can be used, and a problem for each that cannot."""

    rows: tuple[PaperRequest, ...]
    problems: tuple[Problem, ...] = ()


def read_manifest(path: Path) -> Manifest:
    """The papers that a manifest names; paths in it are relative to its own folder.

    Raises InputError when the file cannot be read or has no `path` or `board` column; a row that names a missing file
    becomes a problem and the others stand.
    """
    header, *rows = _read_rows(path)
    columns = [name.strip().lower().replace(" ", "_") for name in header]
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        raise InputError(
            f"{path}: the manifest has no column {' or '.join(repr(name) for name in missing)}; its first line must "
            f"name the columns {', '.join(KNOWN)} (doc_type and year may be left out)"
        )
    rows_read = [
        _read_row({name: value.strip() for name, value in zip(columns, row, strict=False)}, path, number)
        for number, row in enumerate(rows, start=2)
        if any(value.strip() for value in row)
    ]
    return Manifest(
        tuple(request for request, _ in rows_read if request is not None),
        tuple(problem for _, problem in rows_read if problem is not None),
    )


def _read_rows(path: Path) -> list[list[str]]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: the manifest cannot be read ({error.strerror or error})") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if not text.strip() or "\0" in text:
        raise InputError(f"{path}: the manifest is {'not a text file' if text.strip() else 'empty'}; it must be a CSV")
    first = text.lstrip().splitlines()[0]
    delimiter = max(",;\t", key=first.count)
    return [row for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter) if row]


def _read_row(values: dict[str, str], manifest: Path, number: int) -> tuple[PaperRequest | None, Problem | None]:
    named, given = values.get("path", ""), values.get("doc_type", "")
    if not named:
        return None, Problem(str(manifest), f"line {number} names no path; give one, or delete the line")
    place = next((each for each in (manifest.parent / named, Path(named)) if each.exists()), None)
    if place is None:
        return None, Problem(named, f"line {number} of {manifest.name} names it, but it is not there; correct the path")
    doc_type = _known_type(given)
    request = PaperRequest(str(place), "", values.get("board", ""), doc_type, values.get("year", ""), "manifest")
    if given and not doc_type:
        message = f"line {number}: {given!r} is no document type; use one of {', '.join(DOC_TYPES)}"
        return request, Problem(str(manifest), message, severity="warning")
    return request, None


def _known_type(given: str) -> str:
    """The document type as the codebook spells it, `""` when it is none of them.

    >>> _known_type("Business Plan"), _known_type("novel")
    ('business_plan', '')
    """
    spelt = given.strip().lower().replace(" ", "_").replace("-", "_")
    return spelt if spelt in DOC_TYPES else ""
