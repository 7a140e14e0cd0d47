"""A grid of cells as printed in; a table with header, roles, sections and carried cells out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lscb_textmine.read.columns import column_roles, name_meaning, normalise_name
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits, check_cells
from lscb_textmine.records import Box, Cell, Role, Row, Table

HEADING_ROW = re.compile(
    r"(?:strategic |key |corporate )?(?:priority|objective|aim|theme|goal|outcome|workstream|standard|domain|section"
    r"|part|blaenoriaeth|amcan|thema)\b[ \w]*[:.\-–—\d]",
    re.IGNORECASE,
)
LONGEST_NAME = 60
"""Characters in the longest column name that is taken for one without further signs."""
TOKENS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class GridCell:
    """One printed cell at its first row and column, with the rows and columns it covers. Empty ones may be left out."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    breaks: tuple[int, ...] = ()
    """Offsets in `text` at which a new paragraph or list item begins."""
    bold: tuple[tuple[int, int], ...] = ()
    """Offsets of paragraphs that are wholly bold."""
    box: Box | None = None
    turns: tuple[tuple[int, int], ...] = ()
    """Where the text goes on on a further page: offset and page number."""

    @property
    def is_bold(self) -> bool:
        """Whether every paragraph of the cell is bold."""
        return bool(self.text) and sum(end - start for start, end in self.bold) >= 0.9 * len(self.text.strip())


@dataclass(frozen=True, slots=True)
class GridRow:
    """What is known of one printed row."""

    page: int | None = None
    page_end: int | None = None
    box: Box | None = None
    hidden: bool = False
    header: bool = False
    """Whether the file itself says that this row is a header (w:tblHeader, <th>, a frozen or filtered first row)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: cells, rows and the number of columns."""

    cells: tuple[GridCell, ...]
    rows: tuple[GridRow, ...]
    columns: int
    found_by: str


Line = list[GridCell | None]
"""The cells of one row, one entry a column; a cell that covers several stands in each."""


def grid_to_table(grid: Grid, limits: ReadLimits = USUAL_LIMITS) -> Table:
    """The table a reader sees in a grid.

    The header is the first row (two when the second only names parts of the first, or is marked a header); repeats of
    it are dropped; a row that holds one cell over all columns becomes the `section` of the rows below; a cell that
    covers several rows is carried to each; a row with nothing in it is dropped; roles come from `columns.column_roles`.
    Raises OverLimit for a grid too large.
    """
    check_cells(len(grid.rows), grid.columns, limits)
    lines = grid_to_lines(grid)
    heads = find_header(grid, lines)
    header = header_names(lines, heads, grid.columns)
    body = [i for i in range(len(lines)) if i not in heads and not is_empty(lines[i])]
    heading = [plain_words(header), *(plain_words(text_of(lines[i], c) for c in range(grid.columns)) for i in heads)]
    body = [i for i in body if not repeats_header(lines[i], heading)]
    plain = [i for i in body if not is_heading_row(lines[i], grid.columns)]
    roles = column_roles(header, [[text_of(lines[i], column) for column in range(grid.columns)] for i in plain])
    rows = lines_to_rows(grid, lines, body, roles)
    first = grid.rows[0] if grid.rows else GridRow()
    pages = [row.page_end or row.page for row in grid.rows if row.page]
    return Table(
        header=header, rows=rows, page=first.page, page_end=max((p for p in pages if p), default=None),
        box=_around([row.box for row in grid.rows if row.page == first.page]), roles=roles, found_by=grid.found_by,
    )  # fmt: skip


def grid_to_lines(grid: Grid) -> list[Line]:
    """Each row's cells, one entry a column; a cell that covers several rows or columns stands in each."""
    lines: list[Line] = [[None] * grid.columns for _ in grid.rows]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, len(lines))):
            for column in range(cell.column, min(cell.column + cell.column_span, grid.columns)):
                lines[row][column] = cell
    return lines


def find_header(grid: Grid, lines: Sequence[Line]) -> list[int]:
    """Indices of the rows that make the header, none when the table has no header."""
    marked = [i for i, row in enumerate(grid.rows[:4]) if row.header and not is_heading_row(lines[i], grid.columns)]
    if marked:
        return [i for i in marked if i <= marked[0] + 1]
    for i, line in enumerate(lines[:5]):
        if is_empty(line) or is_heading_row(line, grid.columns):
            continue
        if not looks_like_header(lines, i):
            return []
        return [i, i + 1] if has_second_line(lines, i) else [i]
    return []


def looks_like_header(lines: Sequence[Line], i: int) -> bool:
    """Whether row `i` names columns: known names, bold over plain rows, or short words over longer ones."""
    cells = distinct(lines[i])
    texts = [cell.text.strip() for cell in cells if cell.text.strip()]
    if not texts or max(map(len, texts)) > 2 * LONGEST_NAME:
        return False
    known = sum(name_meaning(normalise_name(text)) is not None for text in texts)
    if known >= 2 or (known and known == len(texts)):
        return True
    below = [cell for line in lines[i + 1 : i + 6] for cell in distinct(line) if cell.text.strip()]
    if len(texts) < 2 or not below or max(map(len, texts)) > LONGEST_NAME:
        return False
    if all(cell.is_bold for cell in cells if cell.text.strip()) and not all(cell.is_bold for cell in below):
        return True
    wordy = not any(any(c.isdigit() for c in text) or text.endswith(".") for text in texts)
    longer = sum(len(cell.text) for cell in below) / len(below) > 1.3 * sum(map(len, texts)) / len(texts)
    return wordy and longer and len(texts) >= 0.7 * len(lines[i])


def has_second_line(lines: Sequence[Line], first: int) -> bool:
    """Whether the row below the header only names parts of columns: of cells that the header merges or leaves empty."""
    if first + 1 >= len(lines):
        return False
    above, below = lines[first], lines[first + 1]
    named = [c for c, cell in enumerate(below) if cell and cell is not above[c] and cell.text.strip()]
    if not named or len(named) == len(below) or max(len(text_of(below, c)) for c in named) > LONGEST_NAME:
        return False
    merged = all(cell is not None and cell.column_span > 1 for cell in (above[c] for c in named))
    parted = len(named) >= 2 and any(above[c] is None or not text_of(above, c) for c in named)
    tall = any(cell and cell is below[c] for c, cell in enumerate(above))
    return merged or (parted and (tall or all(below[c] is None or c in named for c in range(len(below)))))


def header_names(lines: Sequence[Line], heads: Sequence[int], columns: int) -> tuple[str, ...]:
    """The name of each column; two header lines are joined from top to bottom."""
    names = []
    for column in range(columns):
        parts: list[GridCell] = []
        for i in heads:
            cell = lines[i][column]
            if cell and cell.text.strip() and cell not in parts:
                parts.append(cell)
        names.append(" ".join(part.text.strip() for part in parts))
    return tuple(names)


def repeats_header(line: Line, heading: Sequence[Sequence[str]]) -> bool:
    """Whether a row repeats the header, or one of its two lines, as at the top of a further page; `heading` holds the
    plain words of each."""
    words = plain_words(text_of(line, column) for column in range(len(line)))
    return any(words) and words in heading


def plain_words(texts: Iterable[str]) -> list[str]:
    """Each text in small letters without signs."""
    return [" ".join(TOKENS.findall(text.lower())) for text in texts]


def is_empty(line: Line) -> bool:
    """Whether a row holds no text at all."""
    return not any(cell and cell.text.strip() for cell in line)


def is_heading_row(line: Line, columns: int) -> bool:
    """Whether a row is a heading inside the table: one cell over all columns, or a heading alone in its row."""
    filled = [cell for cell in distinct(line) if cell.text.strip()]
    if len(filled) != 1 or columns < 2:
        return False
    cell = filled[0]
    if cell.row_span > 1 or len(cell.text) > 4 * LONGEST_NAME:
        return False
    if cell.column_span >= columns:
        return True
    alone = columns >= 3 and cell.column <= 1 and len(cell.text) <= 2 * LONGEST_NAME
    wide = cell.column_span > columns / 2
    return alone and (wide or cell.is_bold or bool(HEADING_ROW.match(cell.text)) or _is_capitals(cell.text))


def lines_to_rows(grid: Grid, lines: Sequence[Line], body: Sequence[int], roles: Sequence[Role]) -> tuple[Row, ...]:
    """The rows of the table, each under the heading row above it, with merged and left-empty parents carried down."""
    rows: list[Row] = []
    section = ""
    for i in body:
        if is_heading_row(lines[i], grid.columns):
            section = next(cell.text.strip() for cell in lines[i] if cell and cell.text.strip())
            continue
        cells = line_to_cells(lines[i], i, roles)
        above = rows[-1] if rows and rows[-1].section == section else None
        cells = carry_parents(cells, above, roles)
        row = grid.rows[i]
        rows.append(Row(cells, section, row.page, row.page_end or row.page, row.box, hidden=row.hidden))
    return tuple(rows)


def line_to_cells(line: Line, i: int, roles: Sequence[Role]) -> tuple[Cell, ...]:
    """One cell a column; text that covers several columns stands in the one whose role matters most."""
    cells = []
    for column, cell in enumerate(line):
        if cell is None or column != _main_column(cell, roles):
            cells.append(Cell())
        else:
            merged = cell.row_span > 1 and cell.row != i
            cells.append(Cell(cell.text, cell.breaks, merged, cell.box, cell.bold, cell.turns))
    return tuple(cells)


def carry_parents(cells: tuple[Cell, ...], above: Row | None, roles: Sequence[Role]) -> tuple[Cell, ...]:
    """The cells with an empty parent filled from the row above, and its reference with it (field notes, two levels)."""
    if above is None or "parent" not in roles:
        return cells
    parents = [c for c, role in enumerate(roles) if role == "parent"]
    spoken = any(cells[c].text for c, role in enumerate(roles) if role == "statement")
    if not spoken or any(cells[c].text for c in parents):
        return cells
    carried = parents + [c for c, role in enumerate(roles) if role == "reference" and not cells[c].text]
    return tuple(
        replace(above.cells[c], merged=True) if c in carried and above.cells[c].text else cell
        for c, cell in enumerate(cells)
    )


def text_of(line: Line, column: int) -> str:
    """The text of a column in a row, `""` where there is no cell or where the cell began further left."""
    cell = line[column]
    return cell.text.strip() if cell and cell.column == column else ""


def distinct(line: Line) -> list[GridCell]:
    """The cells of a row, each once."""
    return list({id(cell): cell for cell in line if cell}.values())


def _main_column(cell: GridCell, roles: Sequence[Role]) -> int:
    covered = range(cell.column, min(cell.column + cell.column_span, len(roles)))
    for role in ("statement", "measure", "lead", "timescale"):
        for column in covered:
            if roles[column] == role:
                return column
    return cell.column


def _is_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 8 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _around(boxes: Sequence[Box | None]) -> Box | None:
    known = [box for box in boxes if box]
    if not known:
        return None
    lefts, tops, rights, bottoms = zip(*known, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
