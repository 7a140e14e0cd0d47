"""The part of a table that stands on one page, whatever found it: edges, and cells with their words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lscb_textmine.read.words import Word
from lscb_textmine.records import Box


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell on one page: first row and column, how many of each it covers, and its words in stored order."""

    row: int
    column: int
    row_span: int
    column_span: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table's part on one page. Row `i` stands between `row_edges[i]` and `row_edges[i + 1]`, columns likewise."""

    page: int
    column_edges: tuple[float, ...]
    row_edges: tuple[float, ...]
    cells: tuple[PrintedCell, ...]
    found_by: str
    open_foot: bool = False
    """Whether the grid had no bottom line of its own: its last row goes on overleaf."""
    goes_on: bool = False
    """Whether it was found by the columns of the table that reached the foot of the page before."""
    rivers: tuple[tuple[float, float], ...] = ()
    """Of a table found by its columns: the white stretches between them, as wide as its words leave them."""

    @property
    def box(self) -> Box:
        """The table's outline on the page."""
        return self.column_edges[0], self.row_edges[0], self.column_edges[-1], self.row_edges[-1]

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.column_edges) - 1

    def cell_box(self, cell: PrintedCell) -> Box:
        """The outline of one cell."""
        right = self.column_edges[min(cell.column + cell.column_span, self.columns)]
        bottom = self.row_edges[min(cell.row + cell.row_span, len(self.row_edges) - 1)]
        return self.column_edges[cell.column], self.row_edges[cell.row], right, bottom

    def row_box(self, row: int) -> Box:
        """The outline of one row."""
        return self.column_edges[0], self.row_edges[row], self.column_edges[-1], self.row_edges[row + 1]


def cells_to_page_table(
    page: int, boxes: Sequence[Box], words: Iterable[Word], *, found_by: str, open_foot: bool = False
) -> PageTable:
    """A page's table from the outlines of its cells; each word goes to the cell that its middle stands in."""
    columns = _edges(edge for box in boxes for edge in (box[0], box[2]))
    rows = _edges(edge for box in boxes for edge in (box[1], box[3]))
    spans = [
        (_nearest(rows, top), _nearest(columns, left), _nearest(rows, bottom), _nearest(columns, right))
        for left, top, right, bottom in boxes
    ]
    owner = {
        (row, column): i
        for i, (top, left, bottom, right) in enumerate(spans)
        for row in range(top, bottom)
        for column in range(left, right)
    }
    held: list[list[Word]] = [[] for _ in boxes]
    for word in words:
        _, left, top, right, bottom, _, _, _, _, _ = word
        place = bisect_right(rows, (top + bottom) / 2) - 1, bisect_right(columns, (left + right) / 2) - 1
        if place in owner:
            held[owner[place]].append(word)
    cells = tuple(
        PrintedCell(top, left, bottom - top, right - left, tuple(inside))
        for (top, left, bottom, right), inside in zip(spans, held, strict=True)
        if bottom > top and right > left
    )
    return PageTable(page, tuple(columns), tuple(rows), cells, found_by, open_foot)


def split_words(words: Sequence[Word], boxes: Sequence[Box]) -> tuple[list[Word], list[Word]]:
    """The words whose middle stands in one of the boxes, and the others."""
    inside: list[Word] = []
    outside: list[Word] = []
    for word in words:
        _, left, top, right, bottom, _, _, _, _, _ = word
        x, y = (left + right) / 2, (top + bottom) / 2
        for left, top, right, bottom in boxes:
            if left <= x <= right and top <= y <= bottom:
                inside.append(word)
                break
        else:
            outside.append(word)
    return inside, outside


def _edges(values: Iterable[float], near: float = 2.5) -> list[float]:
    """Distinct edges in order; those nearer than `near` points are one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > near:
            edges.append(value)
    return edges


def _nearest(edges: Sequence[float], value: float) -> int:
    i = bisect_right(edges, value)
    if i == 0 or i == len(edges):
        return max(0, i - 1)
    return i - 1 if abs(edges[i - 1] - value) <= abs(edges[i] - value) else i
