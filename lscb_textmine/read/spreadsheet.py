"""An XLSX workbook in; each sheet's title lines and tables, as a reader sees them, out."""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from lscb_textmine.errors import ReadError
from lscb_textmine.read.content import Content
from lscb_textmine.read.grid import GridCell
from lscb_textmine.read.limits import USUAL_LIMITS, OverLimit, ReadLimits
from lscb_textmine.read.number_format import shown_value
from lscb_textmine.read.sheets import Sheet, cell_text, sheet_to_blocks
from lscb_textmine.read.workbook_parts import SoundCopy, leave_damage_out, make_sound_copy
from lscb_textmine.records import Block, Paragraph, Problem

STYLES = "xl/styles.xml"
"""The part with the number formats: without it dates are bare numbers."""


def read_spreadsheet(path: Path, limits: ReadLimits = USUAL_LIMITS) -> Content:
    """The sheets of a workbook in their order, each under a heading with its name.

    Formulas stand as the values that were saved with them; hidden rows, columns and sheets are read and noted.
    """
    copy = make_sound_copy(path, limits)
    book, copy = _open_mended(path, copy, limits)
    lost = _formulas_without_value(path, copy, book) if copy.formulas else {}
    blocks: list[Block] = []
    problems = list(copy.problems)
    notes: list[str] = []
    for sheet in book.worksheets:
        try:
            found = sheet_to_blocks(_read_sheet(sheet), limits)
        except OverLimit as error:
            problems.append(Problem(str(path), f"{path}: sheet {sheet.title!r}: {error}"))
            continue
        if found:
            blocks += [Paragraph(sheet.title.strip() or "Sheet", "heading", level=1), *found]
        notes += _notes_on(sheet, lost.get(sheet.title, 0))
    if copy.drawings:
        notes.append("text boxes and shapes on the sheets are not read")
    title = str(book.properties.title or "")
    book.close()
    return Content(tuple(blocks), problems=tuple(problems), notes=tuple(notes), title=title)


def _open_mended(path: Path, copy: SoundCopy, limits: ReadLimits) -> tuple[Any, SoundCopy]:
    """The workbook, and the copy it was read from: without its damaged parts, or its formats, where that is needed."""
    for without in (None, "", STYLES):
        tried = copy if without is None else leave_damage_out(copy, path, without=without, limits=limits)
        with suppress(ReadError):
            book = _open_book(path, tried, data_only=True)
            if book.worksheets or tried.problems:
                return book, tried
    raise _damaged(path)


def _open_book(path: Path, copy: SoundCopy, *, data_only: bool) -> Any:
    # openpyxl takes 150 ms to import and few papers are workbooks
    import openpyxl

    with warnings.catch_warnings():
        # what it warns of (styles, extensions) is how the cells look, not what they say
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(io.BytesIO(copy.data), data_only=data_only, keep_links=False)
        except MemoryError:
            raise
        except Exception as error:  # openpyxl lets any error of its parsers through
            raise _damaged(path) from error


def _damaged(path: Path) -> ReadError:
    return ReadError(f"{path}: the workbook is damaged; open it in Excel, save it anew and try again")


def _formulas_without_value(path: Path, copy: SoundCopy, values: Any) -> Counter[str]:
    """How many formulas of each sheet have no saved value, as when no spreadsheet program ever opened the file."""
    lost: Counter[str] = Counter()
    book = _open_book(path, copy, data_only=False)
    for sheet in book.worksheets:
        shown = values[sheet.title]._cells
        for place, cell in sheet._cells.items():
            if cell.data_type == "f" and (place not in shown or shown[place].value is None):
                lost[sheet.title] += 1
    return lost


def _read_sheet(sheet: Any) -> Sheet:
    hidden = frozenset(row for row, size in sheet.row_dimensions.items() if size.hidden)
    if sheet.sheet_state != "visible":
        hidden = frozenset(row for row, _ in sheet._cells)
    return Sheet(tuple(_cells_of(sheet)), hidden)


def _cells_of(sheet: Any) -> Iterator[GridCell]:
    """The filled cells. By `_cells`, as `iter_rows` makes every cell up to the last formatted one, up to millions."""
    spans = {
        (merged.min_row, merged.min_col): (merged.max_row - merged.min_row + 1, merged.max_col - merged.min_col + 1)
        for merged in sheet.merged_cells.ranges
    }
    for (row, column), cell in sorted(sheet._cells.items()):
        text, breaks = cell_text(shown_value(cell.value, cell.number_format or "General"))
        if text:
            rows, columns = spans.get((row, column), (1, 1))
            bold = ((0, len(text)),) if cell.font and cell.font.b else ()
            yield GridCell(text, row, column, rows, columns, breaks, bold)


def _notes_on(sheet: Any, lost: int) -> list[str]:
    """What a reader of the file would not see, or what was not read, on one sheet."""
    filled = {row for (row, _), cell in sheet._cells.items() if cell.value is not None}
    rows = sum(size.hidden and row in filled for row, size in sheet.row_dimensions.items())
    columns = [name for name, size in sheet.column_dimensions.items() if size.hidden]
    comments = sum(cell.comment is not None for cell in sheet._cells.values())
    where = f"sheet {sheet.title!r}"
    said = {
        f"{where} is hidden; it was read": sheet.sheet_state != "visible",
        f"{where}: {rows} hidden row(s) read": rows,
        f"{where}: hidden column(s) {', '.join(columns)} read": columns,
        f"{where}: {comments} comment(s) not read": comments,
        f"{where}: {lost} formula(s) have no saved value; open and save the file in Excel to have them read": lost,
    }
    return [note for note, holds in said.items() if holds]
