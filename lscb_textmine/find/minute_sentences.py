"""Minutes in; their sentences out, from running text and from the column of a table that holds the minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lscb_textmine.find.attendance import is_attendance_table
from lscb_textmine.find.candidates import Setting, make_candidate
from lscb_textmine.find.minutes import item_heading, minute_column, whole_paragraphs
from lscb_textmine.find.prose import setting_of
from lscb_textmine.find.sentences import split_sentences
from lscb_textmine.find.tables import row_setting
from lscb_textmine.records import Candidate, Document, Form, Place, Table

RUNNING = ("paragraph", "list_item")
FEWEST_WORDS = 3


def find_minute_sentences(document: Document) -> tuple[Candidate, ...]:
    """The sentences of a paper of type minutes in reading order, none for other papers.

    `document.text_at(candidate.place)` is a sentence's text. Headings and lists of those present are left out.
    """
    if document.doc_type.value != "minutes":
        return ()
    return tuple(_find_sentences(document))


def _find_sentences(document: Document) -> Iterator[Candidate]:
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            yield from _in_table(document, index, block)
        elif block.kind in RUNNING:
            form: Form = "bullet" if block.kind == "list_item" else "sentence"
            yield from _emit(document, Place(index, 0, 0), split_sentences(block.text), form, setting_of(block))


def _in_table(document: Document, index: int, table: Table) -> Iterator[Candidate]:
    column = None if is_attendance_table(table) else minute_column(table)
    for number, row in enumerate(table.rows if column is not None else ()):
        if column is None or column >= len(row.cells) or row.cells[column].merged:
            continue
        cell = row.cells[column]
        pieces = [span for span in whole_paragraphs(cell) if span not in cell.bold]
        spans = [span for start, end in pieces for span in split_sentences(cell.text, start=start, end=end)]
        setting = row_setting(table, row, heading=item_heading(table, row, column))
        yield from _emit(document, Place(index, 0, 0, number, column), spans, "table_row", setting)


def _emit(
    document: Document, place: Place, spans: Iterable[tuple[int, int]], form: Form, setting: Setting
) -> Iterator[Candidate]:
    for start, end in spans:
        made = make_candidate(document, replace(place, start=start, end=end), form=form, setting=setting)
        if made and len(made.text.split()) >= FEWEST_WORDS:
            yield made
