"""The pages of a PDF in; its tables, joined over pages, where each stands, and the pages without their words, out.

Structure tags first where they are whole, then ruling lines, then level rules with white rivers, then columns aligned
under a header; whatever finds a table, `grid.grid_to_table` turns it into rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from typing import NamedTuple

from lscb_textmine.read.aligned import find_aligned_tables
from lscb_textmine.read.cell_text import lines_to_text
from lscb_textmine.read.grid import grid_to_table
from lscb_textmine.read.joined import CellReader, TableParts, add_part, begin_table, may_follow, parts_to_grid
from lscb_textmine.read.level_ruled import find_level_ruled_tables
from lscb_textmine.read.page_table import PageTable, split_words
from lscb_textmine.read.ruled import find_ruled_tables
from lscb_textmine.read.tags import pages_to_tagged_tables
from lscb_textmine.read.words import PageWords, Word
from lscb_textmine.records import Table

CONTINUED = re.compile(r"\b(?:continued|cont(?:['’.]?d)?|parhad)\b", re.IGNORECASE)
NOTE_SIZE = 0.92
"""Type below this share of the running text's size, under a table, is a note and does not part it from overleaf."""


class FoundTables(NamedTuple):
    """The tables of a paper in order, where each begins (page, top, index), and the pages without their words."""

    tables: tuple[Table, ...]
    anchors: tuple[tuple[int, float, int], ...]
    pages: tuple[PageWords, ...]


def find_tables(pages: Sequence[PageWords], vocabulary: Set[str], *, size: float) -> FoundTables:
    """The tables of a paper, `size` being the type size of its running text."""
    parts, pages = take_tagged_tables(pages)
    left_over: list[PageWords] = []
    carried: TableParts | None = None
    for page in pages:
        tables, words = find_page_tables(page, carried)
        left_over.append(page._replace(words=tuple(words)))
        for table in tables:
            if carried and begins_page(table, words) and may_follow(carried, table):
                add_part(carried, table)
            else:
                parts.append(carried := begin_table(table))
            if not ends_page(table, tables, words, page, size):
                carried = None
        if not tables and words:
            carried = None
    return read_parts(parts, left_over, lambda words: lines_to_text(words, vocabulary))


def read_parts(parts: Sequence[TableParts], left_over: Sequence[PageWords], read_cell: CellReader) -> FoundTables:
    """The tables whose parts are known, read; those with nothing in them are left out."""
    made = [(each, grid_to_table(parts_to_grid(each, read_cell))) for each in parts]
    kept = [(each, table) for each, table in made if table.rows or any(table.header)]
    anchors = tuple((each.first.page, each.first.row_edges[0], i) for i, (each, _) in enumerate(kept))
    return FoundTables(tuple(table for _, table in kept), anchors, tuple(left_over))


def take_tagged_tables(pages: Sequence[PageWords]) -> tuple[list[TableParts], list[PageWords]]:
    """The tables that tags tell, and the pages without their words and the lines round them.

    Incomplete tags exist: where the ruling lines of a page draw tables whose words the tags leave out, the lines are
    trusted and the tags of the whole paper are not (reading notes).
    """
    if not any(page.tags for page in pages):
        return [], list(pages)
    tables, held = pages_to_tagged_tables(pages)
    for page in pages:
        drawn = [word for table in find_ruled_tables(page) for cell in table.cells for word in cell.words]
        missed = [word for word in drawn if word.mark not in held.get(page.number, ())]
        if len(missed) > 0.05 * len(drawn):
            return [], list(pages)
    return tables, [_without(page, held.get(page.number, set())) for page in pages]


def _without(page: PageWords, marks: Set[int]) -> PageWords:
    if not marks:
        return page
    words = tuple(word for word in page.words if word.mark not in marks)
    return page._replace(words=words)


def find_page_tables(page: PageWords, carried: TableParts | None) -> tuple[list[PageTable], list[Word]]:
    """The parts of tables on a page from top to bottom, and the words that stand in none."""
    found: list[PageTable] = []
    words = list(page.words)
    if not page.tables:
        return found, words
    if page.rules:
        found = find_ruled_tables(page)
    if found:
        words = split_words(words, [table.box for table in found])[1]
    if page.rules and words:
        level = find_level_ruled_tables(page, words)
        found += level
        words = split_words(words, [table.box for table in level])[1] if level else words
    aligned = find_aligned_tables(page, words, _carried_columns(carried, page, found)) if words else []
    if aligned:
        words = split_words(words, [table.box for table in aligned])[1]
    return sorted(found + aligned, key=lambda table: table.row_edges[0]), words


def begins_page(table: PageTable, words: Sequence[Word]) -> bool:
    """Whether nothing but "(continued)" stands above a table."""
    above = [word for word in words if word.bottom <= table.row_edges[0] + 2]
    return not above or (len(above) <= 12 and bool(CONTINUED.search(" ".join(word.text for word in above))))


def ends_page(
    table: PageTable, tables: Sequence[PageTable], words: Sequence[Word], page: PageWords, size: float
) -> bool:
    """Whether nothing but notes stands below a table, so that it may go on overleaf."""
    foot = table.row_edges[-1]
    below = [word for word in words if word.top >= foot - 2 and word.size > NOTE_SIZE * min(size, 9.0)]
    return not below and table is tables[-1] and foot > 0.25 * page.height


def _carried_columns(carried: TableParts | None, page: PageWords, found: Sequence[PageTable]) -> PageTable | None:
    """The table without lines that reached the foot of the page before, when no other stands on this page."""
    if not carried or carried.latest.page != page.number - 1 or carried.latest.found_by != "columns" or found:
        return None
    return carried.latest
