"""A study in; the bytes of its JSONL and CSV files out, the same bytes for the same study."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import chain

from lscb_textmine.records import CRITERIA, Document, Measure, Paper, Problem, Study
from lscb_textmine.report.cells import guard_text
from lscb_textmine.report.data import to_json
from lscb_textmine.report.flagged import count_flagged
from lscb_textmine.report.pages import describe_pages, describe_reading, unread_files
from lscb_textmine.report.statements import Line, statement_line

Value = str | int | float | bool | None


def study_lines(study: Study) -> list[Line]:
    """A line for each statement that counts as an objective, in the order of papers and of reading."""
    return [
        statement_line(objective, document=paper.document) for paper in study.papers for objective in paper.objectives
    ]


def lines_to_jsonl(lines: Iterable[Line]) -> bytes:
    """One JSON object a line, in UTF-8."""
    return "".join(to_json(line) + "\n" for line in lines).encode("utf-8")


COLUMNS = (
    *("id", "board", "document", "page", "section", "form", "language", "text", "lead", "deadline", "measure"),
    *("objective", "objective_probability"),
    *(name for criterion in CRITERIA for name in (criterion, f"{criterion}_because")),
    *("label", "smart_score", "probability", "needs_review", "primary_domain", "other_domains", "result"),
    *("doc_type", "year", "cells", "sha256"),
)
"""Of a statement line laid flat: a column for each criterion, and one for the words that decided it."""


def lines_to_csv(lines: Iterable[Line], *, columns: Sequence[str] = COLUMNS) -> bytes:
    """The lines with nested fields laid flat."""
    return table_to_csv(columns, (flatten_line(line, columns) for line in lines))


def flatten_line(line: Line, columns: Sequence[str]) -> list[Value]:
    """The values of a line under these columns, each a single word or number."""
    flat = line | _criteria_columns(line)
    return [_flatten(flat.get(name)) for name in columns]


def _criteria_columns(line: Line) -> Line:
    columns: Line = {}
    for criterion, judged in line.get("smart", {}).items():
        columns[criterion] = None if judged["probability"] is None else judged["met"]
        columns[f"{criterion}_because"] = "; ".join(judged["because"]) or judged.get("note", "")
    return columns


def _flatten(value: object) -> Value:
    if isinstance(value, dict):
        return " | ".join(f"{name}: {text}" for name, text in value.items())
    if isinstance(value, list):
        return "; ".join(str(each.get("text", each)) if isinstance(each, dict) else str(each) for each in value)
    return value if isinstance(value, int | float | str) else None


def table_to_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """CSV in UTF-8 with the mark by which Excel knows it; no cell is a formula.

    All words stand in quotes: LibreOffice would else part a cell at a semicolon, and what follows could be a formula.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([_cell(value) for value in row] for row in chain([header], rows))
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Value) -> Value:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return guard_text(value) if isinstance(value, str) else value


def measures_to_csv(measures: Iterable[Measure]) -> bytes:
    """The shares with count, total and 95 % interval; `enough` says whether they can be compared."""
    header = ("board", "year", "document", "measure", "count", "total", "share", "low", "high", "enough")
    return table_to_csv(header, map(_measure_row, measures))


def _measure_row(measure: Measure) -> tuple[Value, ...]:
    return (
        *(measure.board or "All boards", measure.year, measure.document, measure.name, measure.count, measure.total),
        *(_share(measure.share), _share(measure.low), _share(measure.high), measure.enough),
    )


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def documents_to_csv(study: Study) -> bytes:
    """The ledger: each file, what is known of it and how it was read, page by page; then each that was not, and why."""
    header = (
        *("board", "document", "path", "format", "doc_type", "year", "title", "languages"),
        *("board_from", "doc_type_from", "year_from", "pages", "pages_read", "page_states"),
        *("words", "reading_ease", "grade", "words_per_sentence", "statements", "not_counted"),
        *("personal_data", "notes", "sha256"),
    )
    rows = [_document_row(paper, paper.document) for paper in study.papers]
    states = header.index("page_states")
    for problem in unread_files(study):
        name = problem.path.replace("\\", "/").rsplit("/", 1)[-1]
        row: list[Value] = [None] * len(header)
        row[1], row[2], row[states] = name, problem.path, f"not read: {problem.message}"
        rows.append(tuple(row))
    return table_to_csv(header, rows)


def _document_row(paper: Paper, document: Document) -> tuple[Value, ...]:
    pages = document.pages
    return (
        *(document.board.value, document.name, document.path, document.format, document.doc_type.value),
        *(document.year.value, document.title, " ".join(document.languages)),
        *(document.board.source, document.doc_type.source, document.year.source),
        *(len(pages) or None, sum(page.state == "read" for page in pages) if pages else None, describe_pages(pages)),
        *(paper.words, *describe_reading(paper.readability), len(paper.objectives), len(paper.rejected)),
        *(count_flagged(paper), "; ".join(document.notes), document.sha256),
    )


def problems_to_csv(problems: Iterable[Problem]) -> bytes:
    """What could not be read or decided, and what to do about it."""
    rows = ((each.severity, each.path, each.page, each.message) for each in problems)
    return table_to_csv(("severity", "path", "page", "problem"), rows)
