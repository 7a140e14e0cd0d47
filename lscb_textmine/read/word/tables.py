"""The rows of a Word table in; the grid as printed out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from lscb_textmine.read.grid import Grid, GridCell, GridRow
from lscb_textmine.read.parts import Element
from lscb_textmine.read.printed import CellText, Printed, join_paragraphs
from lscb_textmine.read.word.package import W
from lscb_textmine.read.word.runs import is_hidden_row
from lscb_textmine.read.word.styles import switch_of, value_of, whole_number

MOST_COLUMNS = 63
"""Columns that Word itself allows in a table; a larger number in a file is damage."""


class CellReader(Protocol):
    """What reads the inside of rows and cells."""

    def cells_of(self, row: Element) -> Iterator[Element]:
        """The cells of a row."""

    def read_cell(self, cell: Element) -> Iterator[Printed]:
        """The paragraphs of a cell."""


@dataclass(slots=True)
class _Growing:
    """A grid as its rows are added: the cells so far, and which cell is open downwards in each column."""

    cells: list[GridCell] = field(default_factory=list)
    rows: list[GridRow] = field(default_factory=list)
    open: dict[int, int] = field(default_factory=dict)
    columns: int = 0


def table_to_grid(reader: CellReader, rows: Sequence[Element], notes: list[Printed]) -> Grid:
    """The grid of a table's rows. Notes referred to in cells are added to `notes`, as they follow the table."""
    growing = _Growing()
    for row in rows:
        _add_row(growing, row, reader, notes)
    return Grid(tuple(growing.cells), tuple(growing.rows), growing.columns, "word")


def _add_row(growing: _Growing, row: Element, reader: CellReader, notes: list[Printed]) -> None:
    properties = row.find(W + "trPr")
    header = properties is not None and bool(switch_of(properties, "tblHeader"))
    column = min(whole_number(value_of(row, "trPr", "gridBefore"), 0), MOST_COLUMNS)
    last = -1
    still_open: dict[int, int] = {}
    for cell in reader.cells_of(row):
        span = _span_of(value_of(cell, "tcPr", "gridSpan"))
        content = list(reader.read_cell(cell))
        notes += [each for each in content if each.kind == "footnote"]
        text = join_paragraphs(each for each in content if each.kind != "footnote")
        if merges_on(cell, "hMerge") and last >= 0:
            growing.cells[last] = replace(growing.cells[last], column_span=growing.cells[last].column_span + span)
        else:
            last = _place_cell(growing, cell, text, column)
        if cell.find(f"{W}tcPr/{W}vMerge") is not None:
            still_open[growing.cells[last].column] = last
        column += span
    growing.open = still_open
    growing.rows.append(GridRow(hidden=is_hidden_row(row), header=header))
    growing.columns = max(
        growing.columns, column + min(whole_number(value_of(row, "trPr", "gridAfter"), 0), MOST_COLUMNS)
    )


def _span_of(written: str) -> int:
    return max(1, min(whole_number(written, 1), MOST_COLUMNS))


def _place_cell(growing: _Growing, cell: Element, content: CellText, column: int) -> int:
    """The index of the grid cell that a cell of the file belongs to: one above that it continues, or a new one."""
    row = len(growing.rows)
    above = growing.open.get(column)
    if merges_on(cell, "vMerge") and above is not None and growing.cells[above].row < row:
        growing.cells[above] = replace(growing.cells[above], row_span=row - growing.cells[above].row + 1)
        return above
    span = _span_of(value_of(cell, "tcPr", "gridSpan"))
    growing.cells.append(GridCell(content.text, row, column, 1, span, breaks=content.breaks, bold=content.bold))
    return len(growing.cells) - 1


def merges_on(cell: Element, direction: str) -> bool:
    """Whether a cell goes on with the merged cell above ("vMerge") or before ("hMerge")."""
    merge = cell.find(f"{W}tcPr/{W}{direction}")
    return merge is not None and merge.get(W + "val", "continue") == "continue"
