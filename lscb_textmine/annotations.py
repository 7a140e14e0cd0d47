"""Labelled statements in and out as JSON Lines, and statements from a user's table as candidates.

The form of a labelled line is told in `annotations/README.md`; a line that is read and written again is the same line.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast, get_args

from lscb_textmine.errors import InputError
from lscb_textmine.read.columns import column_roles
from lscb_textmine.read.language import guess_language
from lscb_textmine.records import CRITERIA, Candidate, Form, NamedCell, Role, Span

ColumnRoles = Callable[[Sequence[str], Sequence[Sequence[str]]], tuple[Role, ...]]
KNOWN_COLUMNS = ("id", "text", "heading", "form", "cells", "doc_type", "year", "lang", "language")
ACTION_MARK = re.compile(
    r"^\W*actions?\b[^a-z]{0,3}(?:\([^)]*\))?\s*[:–-]|[(\[]\s*actions?\b[^)\]]*[)\]]", re.IGNORECASE
)
LABELS = (
    "objective", "criteria", "label", "primary_domain", "other_domains", "result", "source", "adjudicated",
    "annotators", "look_alike", "kind", "span", "spans", "review",
)  # fmt: skip
SENTENCE_FIELDS = ("id", "text", "doc_type", "source", "kind", "span")


@dataclass(frozen=True, slots=True)
class Labels:
    """What one person, or all of them together, decided about a statement; None where it was not asked."""

    objective: bool
    criteria: tuple[bool, ...] | None = None
    """In the order of `records.CRITERIA`."""
    primary_domain: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True)
class LabelledStatement:
    """A statement or look-alike with the labels agreed on and each annotator's own."""

    id: str
    candidate: Candidate
    source: str
    """The paper it was re-worded from: figures are grouped by it."""
    labels: Labels
    other_domains: tuple[str, ...] = ()
    adjudicated: bool | None = None
    annotators: tuple[tuple[str, Labels], ...] = ()
    look_alike: str = ""
    """Of what is no statement, what it is instead: "done", "duty", "remit", ... (`annotations/README.md`)."""
    review: Mapping[str, Any] | None = None
    """Of what a person reviewed: who said what, and what the machine had answered (`lscb_textmine/review/kept.py`)."""


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence of results language with its kind ("none" where it speaks of none) and the phrases that show it."""

    id: str
    text: str
    doc_type: str
    source: str
    kind: str
    span: str = ""
    """The phrase that shows the kind."""
    spans: tuple[Span, ...] | None = None
    """Every phrase of results language, in order; None where they were not asked for."""
    annotators: tuple[tuple[str, str], ...] = ()
    """The kind that each annotator gave."""


@dataclass(frozen=True, slots=True)
class GivenStatement:
    """A statement that the user gave in a table, under the user's own identifier, or its number where there is none."""

    id: str
    candidate: Candidate


def read_labelled_statements(path: Path, *, roles: ColumnRoles = column_roles) -> tuple[LabelledStatement, ...]:
    """The labelled statements of a JSON Lines file. Raises InputError naming the line that is not one."""
    rows = read_json_lines(path)
    candidates = _candidates(rows, roles)
    try:
        return tuple(_labelled(row, candidate) for row, candidate in zip(rows, candidates, strict=True))
    except KeyError as missing:
        message = f"{path}: a labelled statement needs {missing}; annotations/README.md shows the form"
        raise InputError(message) from missing


def write_labelled_statements(statements: Iterable[LabelledStatement]) -> str:
    """The statements as JSON Lines, in the form that `read_labelled_statements` reads."""
    return "".join(json.dumps(_labelled_row(each), ensure_ascii=False) + "\n" for each in statements)


def read_labelled_sentences(path: Path) -> tuple[LabelledSentence, ...]:
    """The labelled sentences of results language in a JSON Lines file."""
    rows = read_json_lines(path)
    for number, row in enumerate(rows, start=1):
        if not {"text", "kind"} <= row.keys():
            raise InputError(f"{path}, line {number}: a labelled sentence needs text and kind")
    return tuple(map(_labelled_sentence, rows))


def _labelled_sentence(row: Mapping[str, Any]) -> LabelledSentence:
    plain = {name: str(row.get(name, "")) for name in SENTENCE_FIELDS}
    spans = None
    if "spans" in row:
        spans = tuple(Span(each["kind"], each["start"], each["end"], each["text"]) for each in row["spans"])
    return LabelledSentence(**plain, spans=spans, annotators=tuple(row.get("annotators", {}).items()))


def write_labelled_sentences(sentences: Iterable[LabelledSentence]) -> str:
    """The sentences as JSON Lines, in the form that `read_labelled_sentences` reads."""
    return "".join(json.dumps(_sentence_row(each), ensure_ascii=False) + "\n" for each in sentences)


def _sentence_row(sentence: LabelledSentence) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(sentence, name) for name in SENTENCE_FIELDS}
    if sentence.spans is not None:
        row["spans"] = [{"kind": s.kind, "start": s.start, "end": s.end, "text": s.text} for s in sentence.spans]
    return row | ({"annotators": dict(sentence.annotators)} if sentence.annotators else {})


def read_statements(path: Path, *, roles: ColumnRoles = column_roles) -> tuple[GivenStatement, ...]:
    """The statements of a CSV, XLSX or JSON Lines file, by its ending; columns other than the known ones are cells.

    Raises InputError when the file is not one of these, is empty, or has no column `text`.
    """
    readers = {".csv": _csv_rows, ".xlsx": _xlsx_rows, ".jsonl": read_json_lines}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path}: statements are read from .csv, .xlsx or .jsonl; save the file as one of these")
    rows = reader(path)
    if not rows:
        raise InputError(f"{path}: holds no statements; it needs a row for each, with a column named text")
    if "text" not in rows[0]:
        found = ", ".join(repr(name) for name in rows[0])
        raise InputError(f"{path}: has no column named text (it has {found}); name the statements' column text")
    for number, row in enumerate(rows, start=1):
        if not isinstance(row.get("text"), str):
            raise InputError(f"{path}: statement {number} has no text; give it one or take the row out")
    identities = [_text(row.get("id")) or str(number) for number, row in enumerate(rows, start=1)]
    return tuple(map(GivenStatement, identities, _candidates(rows, roles)))


def _csv_rows(path: Path) -> list[dict[str, Any]]:
    data = _file_bytes(path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")  # what Excel on Windows writes as plain CSV
    try:
        dialect: Any = csv.Sniffer().sniff(text[:4000].split("\n", 1)[0], delimiters=",;\t")
    except csv.Error:
        dialect = "excel"
    rows = csv.reader(io.StringIO(text, newline=""), dialect, quotechar='"', doublequote=True)
    try:
        return _named_rows(list(rows))
    except csv.Error as error:
        raise InputError(f"{path}: is not a table of comma-separated values ({error}); save it again as CSV") from error


def _xlsx_rows(path: Path) -> list[dict[str, Any]]:
    _, rows = read_sheet(path)
    return _named_rows([[_text(value) for value in row] for row in rows])


def read_sheet(path: Path, *prefer: str) -> tuple[str, list[list[Any]]]:
    """Name and rows of a workbook's first sheet, or of the first of the preferred ones that it has.

    Raises InputError when the file cannot be read or is no workbook.
    """
    from openpyxl import load_workbook  # slow to import, and only this input needs it

    data = _file_bytes(path)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = next((book[name] for name in prefer if name in book.sheetnames), book.worksheets[0])
        return sheet.title, [list(row) for row in sheet.iter_rows(values_only=True)]
    except Exception as error:  # openpyxl raises of all kinds on a damaged file
        raise InputError(f"{path}: cannot be opened as a workbook; save it again as .xlsx") from error


def _named_rows(rows: list[list[str]]) -> list[dict[str, Any]]:
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        return []
    header = [name.strip() for name in rows[0]]
    known = {name.lower(): name for name in KNOWN_COLUMNS}
    header = [known.get(name.lower(), name) for name in header]
    return [{name: _at(row, i) for i, name in enumerate(header) if name} for row in rows[1:]]


def _at(row: Sequence[str], i: int) -> str:
    return row[i] if i < len(row) else ""


def read_json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file. Raises InputError naming the line that is none."""
    try:
        lines = _file_bytes(path).decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text; save it again as JSON Lines in UTF-8") from error
    rows = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            rows.append(_json_row(line, f"{path}, line {number}"))
    return rows


def _json_row(line: str, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise InputError(f"{where}: is not JSON; each line must be one object with at least text") from error
    if not isinstance(row, dict):
        raise InputError(f"{where}: is JSON but no object; each line must be one object with at least text")
    return row


def _file_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror}); check the name and that it is not open elsewhere"
        raise InputError(message) from error


def _candidates(rows: Sequence[Mapping[str, Any]], roles: ColumnRoles) -> list[Candidate]:
    """One candidate for each row; rows with the same columns are one table when the columns are given roles."""
    cells = [_cells(row) for row in rows]
    tables: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for each in cells:
        tables.setdefault(tuple(each), []).append(tuple(each.values()))
    known = {header: roles(header, table) if header else () for header, table in tables.items()}
    return [_candidate(row, each, known[tuple(each)]) for row, each in zip(rows, cells, strict=True)]


def _cells(row: Mapping[str, Any]) -> dict[str, str]:
    cells: dict[str, str] = {}
    given = row.get("cells")
    if isinstance(given, str) and given.strip().startswith("{"):
        given = _json_row(given, "the column cells")
    if isinstance(given, Mapping):
        cells = {str(name): _text(value) for name, value in given.items()}
    others = {name: _text(value) for name, value in row.items() if name not in (*KNOWN_COLUMNS, *LABELS)}
    return cells | others


def _candidate(row: Mapping[str, Any], cells: Mapping[str, str], roles: Sequence[Role]) -> Candidate:
    named = tuple(NamedCell(name, text, role) for (name, text), role in zip(cells.items(), roles, strict=True))
    form = _text(row.get("form"))
    if form not in get_args(Form):
        form = "table_row" if named else "sentence"
    heading, text = _text(row.get("heading")), _text(row.get("text"))
    language = _text(row.get("lang")) or _text(row.get("language")) or guess_language(text)
    return Candidate(
        text=text,
        form=cast(Form, form),
        section=heading,
        headings=(heading,) if heading else (),
        cells=named,
        language="cy" if language == "cy" else "en",
        doc_type=_text(row.get("doc_type")) or "other",
        year=_text(row.get("year")),
        marked=_mark(text, named),
    )


def _mark(text: str, cells: Sequence[NamedCell]) -> str:
    if ACTION_MARK.search(text):
        return "action label"
    words = text.split()
    in_column = any(cell.role == "statement" and cell.text.split() == words for cell in cells)
    return "statement column" if in_column else ""


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str).strip('"')


def _labelled(row: Mapping[str, Any], candidate: Candidate) -> LabelledStatement:
    return LabelledStatement(
        id=row["id"],
        candidate=candidate,
        source=row["source"],
        labels=_labels(row),
        other_domains=tuple(row.get("other_domains", ())),
        adjudicated=row.get("adjudicated"),
        annotators=tuple((name, _labels(own)) for name, own in row.get("annotators", {}).items()),
        look_alike=row.get("look_alike", ""),
        review=row.get("review"),
    )


def _labels(row: Mapping[str, Any]) -> Labels:
    """Labels from a line, or from an annotator's own, whose criteria stand as "00111"."""
    criteria = row.get("criteria")
    if isinstance(criteria, str):
        criteria = dict(zip(CRITERIA, (mark == "1" for mark in criteria), strict=True))
    met = None if criteria is None else tuple(bool(criteria[name]) for name in CRITERIA)
    return Labels(row["objective"], met, row.get("primary_domain"), row.get("result"))


def _labelled_row(statement: LabelledStatement) -> dict[str, Any]:
    candidate, labels = statement.candidate, statement.labels
    row: dict[str, Any] = {"id": statement.id, "text": candidate.text, "heading": candidate.section}
    row["form"] = candidate.form
    row["cells"] = {cell.name: cell.text for cell in candidate.cells}
    row |= {"doc_type": candidate.doc_type} | ({"year": candidate.year} if candidate.year else {})
    row |= {"source": statement.source, "lang": candidate.language}
    row["objective"] = labels.objective
    if labels.criteria is not None:
        row["criteria"] = dict(zip(CRITERIA, labels.criteria, strict=True))
        row["label"] = "SMART" if is_smart(labels.criteria) else "aspirational"
    if labels.primary_domain is not None:
        row |= {"primary_domain": labels.primary_domain, "other_domains": list(statement.other_domains)}
        row["result"] = labels.result
    if statement.look_alike:
        row["look_alike"] = statement.look_alike
    if statement.adjudicated is not None:
        row["adjudicated"] = statement.adjudicated
    row["annotators"] = {name: _own_row(own) for name, own in statement.annotators}
    return row | ({"review": dict(statement.review)} if statement.review is not None else {})


def is_smart(criteria: Sequence[bool]) -> bool:
    """Whether the five criteria make SMART: S and M and T, and at least one of A and R (codebook section 2)."""
    specific, measurable, achievable, realistic, limited = criteria
    return specific and measurable and limited and (achievable or realistic)


def _own_row(labels: Labels) -> dict[str, Any]:
    if labels.criteria is None:
        return {"objective": labels.objective}
    marks = "".join("1" if met else "0" for met in labels.criteria)
    row: dict[str, Any] = {"objective": labels.objective, "criteria": marks}
    return row | {"primary_domain": labels.primary_domain, "result": labels.result}
