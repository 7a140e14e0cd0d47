"""A table with a statement column in; one candidate for each of its rows out.

Codebook section 1: in a plan laid out as a table, one row is one statement; its other cells are judged with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lscb_textmine.find.candidates import Setting, make_candidate
from lscb_textmine.find.context import governing_kind
from lscb_textmine.find.rules import first_cue
from lscb_textmine.records import Candidate, Document, Form, NamedCell, Place, Role, Row, Table

THEME = re.compile(
    r"^(?:strategic |key )?(?:priority|objective|theme|aim|goal|workstream|outcome|section|blaenoriaeth|amcan)\b"
    r"[ \w.]{0,14}(?:[:–—-]|$)",
    re.IGNORECASE,
)
WELSH_NAME = re.compile(
    r"\b(?:beth|fyddwn|byddwn|camau|amcan\w*|gweithredu|blaenoriaeth\w*|wneud|nod)\b", re.IGNORECASE
)
NOTHING = re.compile(
    r"^\W*(?:n/?a|none|nil|not applicable|tbc|tba|total|as above|no further action|see above)?\W*$", re.IGNORECASE
)
ONLY_REASONS = ("a key to ratings", "words of a child, parent or other speaker")


def find_in_table(document: Document, index: int, table: Table) -> Iterator[Candidate]:
    """A candidate for each row whose statement cell holds words, with all columns of the row as its cells."""
    for column in (*twin_columns(table), table.roles.index("statement")):
        yield from _from_column(document, index, table, column)


def twin_columns(table: Table) -> tuple[int, ...]:
    """The columns that give the statements again in Welsh: twins in a bilingual paper are a statement each."""
    statement = table.roles.index("statement")
    if WELSH_NAME.search(table.header[statement]):
        return ()
    return tuple(i for i, role in enumerate(table.roles) if role == "parent" and WELSH_NAME.search(table.header[i]))


def _from_column(document: Document, index: int, table: Table, column: int) -> Iterator[Candidate]:
    governed = governing_kind("", table.section, document=document)
    twin = table.roles[column] != "statement"
    for number, row in enumerate(table.rows):
        chosen = _statement_cell(table, row, column)
        if chosen is None:
            continue
        text = row.cells[chosen].text
        made = make_candidate(
            document,
            Place(index, 0, len(text), number, chosen),
            form=_form(document, table),
            setting=replace(row_setting(table, row), language="cy") if twin else row_setting(table, row),
            cells=row_cells(table, row),
            marked="action column" if _is_log(document) else "statement column",
            turned_down=_reason(table, row, chosen, governed),
        )
        if made:
            yield made


def row_setting(table: Table, row: Row, *, heading: str = "") -> Setting:
    """What stands around a row: the table's headings, the heading row that governs it, and its own heading."""
    headings = tuple(part for part in (*table.section, row.section, heading) if part)
    language = row.language if row.language != "en" else table.language
    return Setting(headings, "", row.page, row.page_end, row.box, language)


def row_cells(table: Table, row: Row, *, leave_out: int | None = None) -> tuple[NamedCell, ...]:
    """Every column of a row under the document's own name, empty ones too."""
    other: Role = "other"
    roles = (*table.roles, *(other for _ in row.cells))
    names = (*table.header, *("",) * len(row.cells))
    return tuple(
        NamedCell(names[i] or f"Column {i + 1}", cell.text, roles[i])
        for i, cell in enumerate(row.cells)
        if i != leave_out
    )


def _statement_cell(table: Table, row: Row, column: int) -> int | None:
    """The column that holds this row's statement: the parent's where the row has no action of its own below it."""
    if column < len(row.cells) and not NOTHING.match(row.cells[column].text):
        return column
    parents = [
        i
        for i, role in enumerate(table.roles)
        if role == "parent" and i < len(row.cells) and not row.cells[i].merged and len(row.cells[i].text.split()) >= 3
    ]
    lone = [
        i
        for i in parents
        if sum(other.cells[i].text == row.cells[i].text for other in table.rows if i < len(other.cells)) == 1
    ]
    return lone[-1] if lone else None


def _reason(table: Table, row: Row, column: int, governed: str) -> str:
    text = row.cells[column].text.strip()
    filled = [i for i, cell in enumerate(row.cells) if cell.text.strip() and i != column and not cell.merged]
    if text.lower() == table.header[column].strip().lower() if column < len(table.header) else False:
        return "repeated header"
    if not filled and len(row.cells) > 1 and THEME.match(text):
        return "heading row"
    if governed == "what was done or found" and not row.section:
        return "under a heading of what was done or found"
    if governed in ("a key to ratings", "contents page", "contact details"):
        return governed
    reason = first_cue("lookalikes.toml", text)
    return reason if reason in ONLY_REASONS else ""


def _is_log(document: Document) -> bool:
    return document.doc_type.value in ("minutes", "action_log")


def _form(document: Document, table: Table) -> Form:
    log = any(
        re.search(r"\baction (?:sheet|log|list|points?|summary)\b", heading, re.IGNORECASE) for heading in table.section
    )
    return "minute_action" if document.doc_type.value == "minutes" or (_is_log(document) and log) else "table_row"
