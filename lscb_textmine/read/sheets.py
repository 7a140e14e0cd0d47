"""The filled cells of a sheet in; its title lines and tables, as blocks in reading order, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lscb_textmine.read.columns import name_meaning, normalise_name
from lscb_textmine.read.grid import Grid, GridCell, GridRow, grid_to_table
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.read.typed_markers import BULLETS, split_marker
from lscb_textmine.records import Block, Paragraph

LONGEST_HEADER = 60
LONGEST_HEADING = 80


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as filled in: its cells in row order, and the rows that a reader of the file does not see."""

    cells: tuple[GridCell, ...]
    hidden_rows: frozenset[int] = frozenset()
    found_by: str = "sheet"


Line = list[GridCell]
"""The cells that begin in one row, from left to right."""


@dataclass(slots=True)
class Region:
    """Rows that belong together, with the row that names their columns; grows while the sheet is read."""

    lines: list[Line]
    header: int | None = None
    """Row number in the sheet, None when no row names the columns."""


def sheet_to_blocks(sheet: Sheet, limits: ReadLimits = USUAL_LIMITS) -> tuple[Block, ...]:
    """The sheet's title lines as headings and paragraphs, and its tables, in order; OverLimit for one too large."""
    blocks: list[Block] = []
    for region in join_regions(sheet_to_regions(sheet)):
        if region.header is None and max(map(len, region.lines)) == 1:
            blocks += mark_items(lines_to_paragraphs(region.lines))
            continue
        above = [line for line in region.lines if region.header is not None and line[0].row < region.header]
        blocks += lines_to_paragraphs(above)
        table = grid_to_table(lines_to_grid(region.lines[len(above) :], sheet, region.header), limits)
        if table.rows or any(table.header):
            blocks.append(table)
    return tuple(blocks)


def sheet_to_regions(sheet: Sheet) -> list[Region]:
    """The runs of rows between blank rows; a row under a merged cell is not blank."""
    lines: dict[int, Line] = {}
    for cell in sorted(sheet.cells, key=lambda cell: (cell.row, cell.column)):
        lines.setdefault(cell.row, []).append(cell)
    runs: list[list[Line]] = []
    covered = -1
    for row, line in lines.items():
        if not runs or row > covered + 1:
            runs.append([])
        runs[-1].append(line)
        covered = max(covered, row, *(cell.row + cell.row_span - 1 for cell in line))
    return [Region(run, find_header_row(run)) for run in runs]


def find_header_row(lines: Sequence[Line]) -> int | None:
    """The row that names the columns: the first one nearly as wide as what follows, in short words."""
    if max(map(len, lines)) < 2:
        return None
    widest = max(len(line) for line in lines)
    for i, line in enumerate(lines):
        if len(line) < 2 or len(line) < 0.5 * widest:
            continue
        return line[0].row if names_columns(line, lines[i + 1 :]) else None
    return None


def names_columns(line: Line, below: Sequence[Line]) -> bool:
    """Whether a row reads as column names: known names, or short words over rows that are not like it."""
    texts = [cell.text for cell in line]
    if max(map(len, texts)) > LONGEST_HEADER:
        return False
    known = sum(name_meaning(normalise_name(text)) is not None for text in texts)
    if known >= 2 or (known and 2 * known >= len(texts)):
        return True
    if any(character.isdigit() for text in texts for character in text) or not below:
        return False
    others = [cell for row in below[:6] for cell in row]
    bold = all(cell.bold for cell in line) and not all(cell.bold for cell in others)
    longer = sum(len(cell.text) for cell in others) / len(others) > 1.3 * sum(map(len, texts)) / len(texts)
    return bold or longer


def join_regions(regions: Sequence[Region]) -> Iterator[Region]:
    """The regions with rows that a blank row cut off given back to the table above."""
    current: Region | None = None
    for region in regions:
        if current and current.header is not None and region.header is None and _continues(region, current):
            current.lines.extend(region.lines)
            continue
        if current:
            yield current
        current = region
    if current:
        yield current


def _continues(region: Region, table: Region) -> bool:
    """Whether rows without names go on in a table's columns, perhaps under a heading row of their own."""
    names = next(line for line in table.lines if line[0].row == table.header)
    columns = {cell.column + i for cell in names for i in range(cell.column_span)}
    wide = [line for line in region.lines if len(line) > 1]
    inside = all(cell.column in columns for line in region.lines for cell in line)
    return bool(wide) and inside and max(map(len, wide)) > 0.4 * len(columns)


def lines_to_grid(lines: Sequence[Line], sheet: Sheet, header: int | None) -> Grid:
    """The rows as a grid that begins at its first used row and column; blank rows between them stay out."""
    first_column = min(cell.column for line in lines for cell in line)
    columns = max(cell.column + cell.column_span for line in lines for cell in line) - first_column
    first, last = lines[0][0].row, max(cell.row + cell.row_span for line in lines for cell in line)
    used = sorted({row for line in lines for cell in line for row in range(cell.row, cell.row + cell.row_span)})
    place = {row: i for i, row in enumerate(used)}
    cells = tuple(
        replace(cell, row=place[cell.row], column=cell.column - first_column) for line in lines for cell in line
    )
    rows = tuple(
        GridRow(hidden=row in sheet.hidden_rows, header=row == header) for row in range(first, last) if row in place
    )
    return Grid(cells, rows, columns, sheet.found_by)


def lines_to_paragraphs(lines: Sequence[Line]) -> list[Paragraph]:
    """Rows outside a table: title lines as headings, the rest as paragraphs; cells of a row are read on."""
    paragraphs: list[Paragraph] = []
    for line in lines:
        text = " ".join(cell.text for cell in line)
        marker, words = split_marker(text)
        if marker not in BULLETS and _reads_as_heading(line):
            paragraphs.append(Paragraph(words, "heading", level=2, marker=marker))
        else:
            paragraphs.append(Paragraph(words, "list_item" if marker else "paragraph", marker=marker))
    return paragraphs


def mark_items(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs of a single column, those under a heading and without a full stop as the items of its list."""
    if len(paragraphs) < 3 or paragraphs[0].kind != "heading":
        return list(paragraphs)
    return [
        replace(each, kind="list_item") if each.kind == "paragraph" and not each.text.endswith((".", ":")) else each
        for each in paragraphs
    ]


def _reads_as_heading(line: Line) -> bool:
    cell = line[0]
    if len(line) > 1 or len(cell.text) > LONGEST_HEADING or cell.text.endswith((".", ";", ":", ",")):
        return False
    return bool(cell.bold) or cell.column_span > 1 or cell.text.isupper()


def cell_text(raw: str) -> tuple[str, tuple[int, ...]]:
    """A cell's lines as one text with single white space and no list markers, and where each paragraph begins.

    >>> cell_text("• Publish the leaflet\\n• Train 40 staff")
    ('Publish the leaflet Train 40 staff', (20,))
    """
    lines = [" ".join(line.split()) for line in raw.splitlines()]
    lines = [line for line in lines if line]
    text, breaks = "", []
    for line in lines:
        marker, words = split_marker(line)
        if len(lines) == 1 and marker and marker not in BULLETS:
            # "1.1 Publish" alone in its cell: the number is how the paper itself names the action
            marker, words = "", line
        goes_on = not marker and words[:1].islower() and not text.endswith((".", ";", ":", "?", "!"))
        if text and not goes_on:
            breaks.append(len(text) + 1)
        text = f"{text} {words}" if text else words
    return text, tuple(breaks)
