"""A document in; the sentences of its running text that may speak of results out (codebook section 4).

Paragraphs, list items, and the cells of a table that tell of progress or of the outcome wanted; English alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lscb_textmine.find.attendance import is_attendance_table
from lscb_textmine.find.candidates import Setting, make_candidate
from lscb_textmine.find.minutes import minute_column, whole_paragraphs
from lscb_textmine.find.prose import setting_of
from lscb_textmine.find.rules import first_cue, heading_cue
from lscb_textmine.find.sentences import split_sentences
from lscb_textmine.find.tables import row_setting
from lscb_textmine.records import Candidate, Document, Form, Paragraph, Place, Table

RUNNING = ("paragraph", "list_item")
TELLING_ROLES = ("progress", "measure")
PLAN_ROLES = frozenset(("statement", "parent", "progress"))
"""A table with none of these lists figures: what its "measure" column holds are names of indicators, no sentences."""
SILENT_HEADINGS = frozenset(("contents page", "contact details", "a key to ratings"))
SILENT_LISTS = SILENT_HEADINGS | {"duties and functions set by law or remit", "values and principles", "risks"}
"""What governs a list is meant by every item; paragraphs under the same headings may tell what was done."""
SILENT = frozenset(
    (
        "a duty set by law or guidance",
        "what a paper is for, not what will be done",
        "what a service is for",
        "meeting arrangements",
        "said to the reader or the public",
        "who leads, not what will be done",
    )
)
"""The look-alikes of `lookalikes.toml` that speak of no result either."""
PLAIN_WORD = re.compile(r"(?<![\w’'-])[a-z]{3,}")
FEWEST_WORDS = 3

Cell = tuple[int, int | None, int | None]
"""Block, row and column."""


def find_running_sentences(document: Document, *, besides: Iterable[Candidate] = ()) -> tuple[Candidate, ...]:
    """The sentences in reading order; `document.text_at(candidate.place)` is a sentence's text.

    Those whose words stand among the candidates of `besides`, a paper's own objectives, are left out, so that no words
    are counted twice. Terms of reference tell of no results.
    """
    if document.doc_type.value == "terms_of_reference":
        return ()
    places, texts = _words_of(besides)
    return tuple(
        sentence
        for sentence in _find_sentences(document)
        if fold_words(sentence.text) not in texts and not _overlaps(sentence.place, places)
    )


def may_tell(text: str) -> bool:
    """Whether a sentence may speak of a result: not a question, an address, a name, or the law's own words.

    >>> may_tell("Thirty-six courses were run."), may_tell("Are children better off?"), may_tell("Eirlys Bowen-Rees")
    (True, False, False)
    """
    return (
        len(text.split()) >= FEWEST_WORDS
        and PLAIN_WORD.search(text) is not None
        and not first_cue("silent.toml", text)
        and first_cue("lookalikes.toml", text) not in SILENT
    )


def fold_words(text: str) -> str:
    """The words alone, in lower case."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _words_of(candidates: Iterable[Candidate]) -> tuple[dict[Cell, list[tuple[int, int]]], set[str]]:
    places: dict[Cell, list[tuple[int, int]]] = {}
    texts = set()
    for candidate in candidates:
        texts.add(fold_words(candidate.text))
        if place := candidate.place:
            places.setdefault((place.block, place.row, place.column), []).append((place.start, place.end))
    return places, texts


def _overlaps(place: Place | None, places: dict[Cell, list[tuple[int, int]]]) -> bool:
    if place is None:
        return False
    spans = places.get((place.block, place.row, place.column), ())
    return any(start < place.end and place.start < end for start, end in spans)


def _find_sentences(document: Document) -> Iterator[Candidate]:
    minutes = document.doc_type.value == "minutes"
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            column = minute_column(block) if minutes else None
            yield from _in_table(document, index, block, telling_columns(block) if column is None else [column])
        elif block.kind in RUNNING and block.language == "en" and not _is_silent(block):
            form: Form = "bullet" if block.kind == "list_item" else "sentence"
            spans = split_sentences(block.text)
            yield from _emit(document, Place(index, 0, 0), spans, form=form, setting=setting_of(block))


def telling_columns(table: Table) -> list[int]:
    """The columns of a plan that tell of progress or of the outcome wanted."""
    if PLAN_ROLES.isdisjoint(table.roles) or is_attendance_table(table):
        return []
    return [i for i, role in enumerate(table.roles) if role in TELLING_ROLES]


def _is_silent(block: Paragraph) -> bool:
    """Whether what governs a paragraph says that people, addresses, contents, duties or values are listed there."""
    listed = SILENT_LISTS if block.kind == "list_item" else SILENT_HEADINGS
    return any(
        words and (heading_cue(words) in listed or first_cue("silent.toml", words) == "attendance")
        for words in (block.lead_in, *block.section[-1:])
    )


def _in_table(document: Document, index: int, table: Table, columns: list[int]) -> Iterator[Candidate]:
    for number, row in enumerate(table.rows if columns else ()):
        setting = row_setting(table, row)
        cells = [(column, row.cells[column]) for column in columns if column < len(row.cells)]
        for column, cell in cells if setting.language == "en" else ():
            pieces = [] if cell.merged else [span for span in whole_paragraphs(cell) if span not in cell.bold]
            spans = [span for start, end in pieces for span in split_sentences(cell.text, start=start, end=end)]
            place = Place(index, 0, 0, number, column)
            yield from _emit(document, place, spans, form="table_row", setting=setting)


def _emit(
    document: Document, place: Place, spans: Iterable[tuple[int, int]], *, form: Form, setting: Setting
) -> Iterator[Candidate]:
    """The sentences at these spans of a block or cell that may tell of a result."""
    for start, end in spans:
        here = replace(place, start=start, end=end)
        if may_tell(document.text_at(here)) and (made := make_candidate(document, here, form=form, setting=setting)):
            yield made
