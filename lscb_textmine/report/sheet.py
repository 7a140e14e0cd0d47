"""Columns and rows in; a sheet with header, filter, frozen panes and print set-up out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from math import ceil
from typing import TYPE_CHECKING, Any

from lscb_textmine.report.cells import clean_text, looks_like_formula
from lscb_textmine.report.links import LONGEST_LINK, MOST_LINKS
from lscb_textmine.report.styles import Column, Styled

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.url import Url
    from xlsxwriter.worksheet import Worksheet

Value = str | float | None | Styled
Formats = Mapping[str, "Format"]
QUOTED = "quoted "
A4 = 9
LINE = 13.0
"""Points that a line of text takes."""
TALLEST = 409.0
"""Points; Excel's limit for a row."""
WRAPPING = ("text", "paper", "heading", "total", "reviewer text", "glance")


def add_formats(workbook: Workbook, looks: Mapping[str, Mapping[str, Any]]) -> dict[str, Format]:
    """The formats of a workbook by the names of the looks, each with a twin for words that look like a formula."""
    formats = {name: workbook.add_format(dict(look)) for name, look in looks.items()}
    twins = {f"{QUOTED}{name}": workbook.add_format({**look, "quote_prefix": True}) for name, look in looks.items()}
    return formats | twins


def write_text(sheet: Worksheet, row: int, number: int, text: str, formats: Formats, look: str) -> None:
    """Write words that stay words: every text in a workbook that is not the tool's own is written here.

    Words that look like a formula also stay words when somebody edits their cell.
    """
    plain = clean_text(text)
    sheet.write_string(row, number, plain, formats[_look_of(plain, look)])


def _look_of(text: str, look: str) -> str:
    return f"{QUOTED}{look}" if looks_like_formula(text) else look


def write_table(
    sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, formats: Formats, top: int = 0
) -> int:
    """The number of rows written below the header, which stands in row `top`."""
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        write_text(sheet, top, number, column.name, formats, column.header)
    links, written = count(1), 0
    for written, row in enumerate(rows, start=1):
        sheet.set_row(top + written, _row_height(columns, row))
        for number, (column, value) in enumerate(zip(columns, row, strict=True)):
            _write_cell(sheet, top + written, number, value, column.look, formats, links)
    for number, column in enumerate(columns):
        if column.choices and written:
            sheet.data_validation(top + 1, number, top + written, number, _drop_down(column))
    sheet.autofilter(top, 0, top + max(written, 1), len(columns) - 1)
    return written


def _drop_down(column: Column) -> dict[str, object]:
    wanted = ", ".join(column.choices)
    return {
        "validate": "list",
        "source": list(column.choices),
        "input_title": column.name[:32],
        "input_message": column.prompt,
        "error_title": "Not one of the answers",
        "error_message": f"Choose {wanted}, or leave the cell empty.",
    }


def write_block(
    sheet: Worksheet, columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, formats: Formats, top: int = 0
) -> None:
    """A small table without filter among others on a sheet, its header in row `top`; widths are the sheet's own."""
    sheet.set_row(top, _row_height(columns, [column.name for column in columns]))
    for number, column in enumerate(columns):
        write_text(sheet, top, number, column.name, formats, "header")
    links = count(1)
    for written, row in enumerate(rows, start=1):
        sheet.set_row(top + written, _row_height(columns, row))
        for number, value in enumerate(row):
            _write_cell(sheet, top + written, number, value, "text", formats, links)


def _row_height(columns: Sequence[Column], row: Sequence[Value]) -> float:
    """Points that the fullest wrapped cell needs; said outright, as not every program works it out on opening."""
    lines = 1
    for column, value in zip(columns, row, strict=True):
        text = value.value if isinstance(value, Styled) else value
        if isinstance(text, str) and (len(text) > column.width or "\n" in text) and column.look in WRAPPING:
            lines = max(lines, sum(ceil(len(part) / (1.1 * column.width)) or 1 for part in text.split("\n")))
    return min(TALLEST, 4 + LINE * lines)


def _write_cell(
    sheet: Worksheet, row: int, number: int, value: Value, look: str, formats: Formats, links: Iterator[int]
) -> None:
    if isinstance(value, Styled):
        look = value.look or look
        if value.link and next(links) <= MOST_LINKS and len(value.link) < LONGEST_LINK:
            address = _address(value)
            sheet.write_url(row, number, address, formats[_look_of(address.text, look)])
            return
        value = value.value
    if isinstance(value, str) and value:
        write_text(sheet, row, number, value, formats, look)
    elif value is None or value == "":
        sheet.write_blank(row, number, None, formats[look])
    else:
        sheet.write_number(row, number, value, formats[look])


def _address(value: Styled) -> Url:
    from xlsxwriter.url import Url

    if value.link.startswith("internal:"):
        url = Url(value.link)
    else:
        # XlsxWriter turns slashes to backslashes, which only Windows follows: the address is put in as it is.
        url = Url("external:paper")
        url._relationship_link, url._anchor = value.link, value.anchor
    url.text = clean_text(str(value.value))
    return url


def set_up_page(sheet: Worksheet, name: str, *, header: int, frozen_columns: int = 0) -> None:
    """Freeze what stands above `header` and set printing up: landscape A4, fitted to the width, pages numbered."""
    sheet.freeze_panes(header + 1, frozen_columns)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&8{name}&R&8Page &P of &N")
    sheet.hide_gridlines(2)


def fold_columns(sheet: Worksheet, columns: Sequence[Column], part: slice) -> None:
    """Let these columns be folded away by a click on the sign above them."""
    for number in range(len(columns))[part]:
        sheet.set_column(number, number, columns[number].width, None, {"level": 1})
