"""Parts of tables on pages in; whole tables as grids out, rows that break over a page made one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from lscb_textmine.read.grid import Grid, GridCell, GridRow
from lscb_textmine.read.page_table import PageTable, PrintedCell
from lscb_textmine.read.words import Word
from lscb_textmine.records import Box

MANY_NAMES = 5
"""Cells of a repeated header from which one may differ."""
SAME_EDGE = 5.0
"""Points within which column edges on two pages are the same, once a common shift is taken off."""
SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
UNFINISHED = re.compile(r"(?:[,\-–\ufffe(]|\b(?:and|or|of|the|to|for|in|on|by|with|a|an|at|from|that|which))$", re.I)


@dataclass(slots=True)
class CellParts:
    """A cell under construction: its place in the whole table and its words, those of later pages set below."""

    row: int
    column: int
    row_span: int
    column_span: int
    words: list[Word]
    later: list[tuple[int, int]] = field(default_factory=list)
    """How many words stand before each further page, and that page's number."""
    box: Box | None = None
    """The cell's outline on its first page."""


@dataclass(slots=True)
class TableParts:
    """A table under construction over one or more pages."""

    first: PageTable
    latest: PageTable
    cells: list[CellParts]
    rows: list[GridRow]
    depth: float = 0.0
    """How far words of the next page are set below those of the first, in points."""
    pages: list[int] = field(default_factory=list)

    def texts(self, row: int) -> dict[int, list[Word]]:
        """The words of the cells that reach into a row, by column."""
        return {c.column: c.words for c in self.cells if c.row <= row < c.row + c.row_span}


CellReader = Callable[[Sequence[Word]], tuple[str, tuple[int, ...], tuple[tuple[int, int], ...]]]
"""Words of one cell to its text, the offsets of its paragraphs and those that are bold."""


def begin_table(table: PageTable) -> TableParts:
    """A table under construction from its part on its first page."""
    cells = [
        CellParts(c.row, c.column, c.row_span, c.column_span, list(c.words), box=table.cell_box(c)) for c in table.cells
    ]
    rows = [GridRow(table.page, table.page, table.row_box(i)) for i in range(len(table.row_edges) - 1)]
    return TableParts(table, table, cells, rows, table.row_edges[-1], [table.page])


def may_follow(parts: TableParts, table: PageTable) -> bool:
    """Whether a table at the top of a page has the columns of the one under construction, or repeats its header."""
    if parts.first.columns != table.columns:
        return False
    if table.goes_on or repeated_rows(parts, table):
        return True
    before, after = parts.latest.column_edges, table.column_edges
    shift = after[0] - before[0]
    return all(abs(b - a - shift) <= SAME_EDGE for a, b in zip(before, after, strict=True))


def repeated_rows(parts: TableParts, table: PageTable) -> int:
    """How many rows at the top of a further part repeat rows at the top of the table."""
    for start in range(min(3, len(parts.rows))):
        count = 0
        while count < 3 and count < len(table.row_edges) - 1 and start + count < len(parts.rows):
            wanted = {column: _plain(words) for column, words in parts.texts(start + count).items()}
            given = {cell.column: _plain(cell.words) for cell in table.cells if cell.row == count}
            other = sum(wanted.get(column, "") != text for column, text in given.items())
            # of a row of many names one may be misread in a scan
            if not any(given.values()) or other > (start == count == 0 and len(given) >= MANY_NAMES):
                break
            count += 1
        if count and _names_columns(parts, start, count):
            return count
    return 0


def add_part(parts: TableParts, table: PageTable) -> None:
    """Add a further page's part: its repeated header dropped, its first row joined to the last when it goes on."""
    skip = skip_empty_rows(table, repeated_rows(parts, table))
    cells = [cut_cell(cell, skip) for cell in table.cells if cell.row + cell.row_span > skip]
    height = table.row_edges[skip]
    goes_on = row_goes_on(parts, cells)
    offset = len(parts.rows) - (1 if goes_on else 0)
    lower = parts.depth - height + 20
    for cell in cells:
        words = [word._replace(top=word.top + lower, bottom=word.bottom + lower) for word in cell.words]
        upper = _cell_above(parts, cell) if cell.row == 0 else None
        if upper and (goes_on or (cell.row_span > 1 and not words)):
            upper.later += [(len(upper.words), table.page)] if words else []
            upper.words += words
            upper.row_span = max(upper.row_span, offset + cell.row_span - upper.row)
        else:
            row, box = offset + cell.row, table.cell_box(replace(cell, row=cell.row + skip))
            parts.cells.append(CellParts(row, cell.column, cell.row_span, cell.column_span, words, box=box))
    if goes_on:
        parts.rows[-1] = replace(parts.rows[-1], page_end=table.page)
    for i in range(skip + (1 if goes_on else 0), len(table.row_edges) - 1):
        parts.rows.append(GridRow(table.page, table.page, table.row_box(i)))
    parts.depth = lower + table.row_edges[-1]
    parts.latest = table
    parts.pages.append(table.page)


def skip_empty_rows(table: PageTable, skip: int) -> int:
    """The first row from `skip` on in which a cell with words begins: double lines leave rows with nothing in them."""
    begun = [cell.row for cell in table.cells if cell.words and cell.row >= skip]
    return min(begun, default=skip)


def cut_cell(cell: PrintedCell, skip: int) -> PrintedCell:
    """A cell counted from row `skip`, without the rows above it that it also covers."""
    if cell.row >= skip:
        return replace(cell, row=cell.row - skip)
    return replace(cell, row=0, row_span=cell.row + cell.row_span - skip)


def row_goes_on(parts: TableParts, cells: Sequence[PrintedCell]) -> bool:
    """Whether the first row of a further part goes on with the last row of the page before.

    Each cell with words speaks for or against: text that broke off mid-sentence, at a line's end with no room for the
    next word, speaks for; a cell that was empty above, or that had room left, speaks against.
    """
    above = parts.texts(len(parts.rows) - 1)
    votes = 3.0 if parts.latest.open_foot else 0.0
    edges = parts.latest.column_edges
    spoken = False
    for cell in cells:
        if cell.row != 0 or not cell.words:
            continue
        right = edges[min(cell.column + cell.column_span, len(edges) - 1)]
        over = above.get(cell.column, [])
        # in a row left open some programs set cells too short to break whole on the next page
        votes += _vote(over, cell.words, right) if over or not parts.latest.open_foot else 0.0
        spoken = True
    return spoken and votes > 0


def parts_to_grid(parts: TableParts, read_cell: CellReader) -> Grid:
    """The whole table as a grid, each cell's words read once."""
    cells = []
    for part in parts.cells:
        if part.words:
            text, breaks, bold = read_cell(part.words)
            turns = tuple((len(read_cell(part.words[:count])[0]), page) for count, page in part.later)
            spans = (part.row_span, part.column_span)
            made = GridCell(text, part.row, part.column, *spans, breaks, bold, part.box, turns)
            cells.append(made)
        elif part.row_span > 1 or part.column_span > 1:
            cells.append(GridCell("", part.row, part.column, part.row_span, part.column_span))
    return Grid(tuple(cells), tuple(parts.rows), parts.first.columns, parts.first.found_by)


def _vote(above: Sequence[Word], below: Sequence[Word], right: float) -> float:
    if not above:
        return -2.0
    last, first = above[-1], below[0]
    ended = bool(SENTENCE_END.search(last.text))
    room = right - last.right - (first.right - first.left) - 0.3 * last.size > 0.6 * last.size
    if UNFINISHED.search(last.text) and not room:
        return 2.0
    if first.text[:1].islower():
        return 1.0 if room or ended else 2.0
    if room:
        return -1.5 if ended else -5.0
    # a cell of one word, a number or a date, was whole, however narrow its column
    if len(above) == 1 or not any(word.text[:1].islower() for word in above):
        return -1.5
    return -0.5 if ended else 1.0


def _cell_above(parts: TableParts, cell: PrintedCell) -> CellParts | None:
    last = len(parts.rows) - 1
    for upper in parts.cells:
        same = upper.column == cell.column and upper.column_span == cell.column_span
        if same and upper.row <= last < upper.row + upper.row_span:
            return upper
    return None


def _names_columns(parts: TableParts, start: int, count: int) -> bool:
    """Whether the rows hold at least two cells with words: one alone may be a heading met twice."""
    return any(sum(bool(words) for words in parts.texts(i).values()) >= 2 for i in range(start, start + count))


def _plain(words: Sequence[Word]) -> str:
    """Letters and figures alone: in a scan the edge of a shaded row may be read as a mark."""
    return "".join(letter for word in words for letter in word.text.lower() if letter.isalnum())
