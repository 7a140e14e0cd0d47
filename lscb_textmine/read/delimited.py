"""A CSV or TSV file in; its title lines and tables out, read as a sheet is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from lscb_textmine.errors import ReadError
from lscb_textmine.read.content import Content
from lscb_textmine.read.encoding import decode_text, read_bytes
from lscb_textmine.read.grid import GridCell
from lscb_textmine.read.limits import USUAL_LIMITS, OverLimit, ReadLimits
from lscb_textmine.read.sheets import Sheet, cell_text, sheet_to_blocks

DELIMITERS = (",", ";", "\t", "|")
LONGEST_FIELD = 2**20


def read_delimited(path: Path, limits: ReadLimits = USUAL_LIMITS) -> Content:
    """The tables of a CSV file, with the delimiter and the encoding guessed from what stands in it."""
    text = decode_text(read_bytes(path, limits))
    try:
        rows = split_rows(text, guess_delimiter(text))
    except csv.Error as error:
        raise ReadError(f"{path}: cannot be read as CSV ({error}); open it in Excel and save it as XLSX") from error
    cells = []
    for row, fields in enumerate(rows):
        for column, field in enumerate(fields):
            words, breaks = cell_text(field)
            if words:
                cells.append(GridCell(words, row, column, breaks=breaks))
        if len(cells) > limits.cells or row > limits.rows:
            raise OverLimit(
                f"over {limits.cells:,} cells or {limits.rows:,} rows; save the part that matters on its own"
            )
    return Content(sheet_to_blocks(Sheet(tuple(cells), found_by="csv"), limits))


def split_rows(text: str, delimiter: str) -> list[list[str]]:
    """The rows and fields of CSV text; line breaks within quotes belong to the field.

    >>> split_rows('Action,Lead\\n"Publish,\\nthen train",GP\\n', ",")
    [['Action', 'Lead'], ['Publish,\\nthen train', 'GP']]
    """
    csv.field_size_limit(LONGEST_FIELD)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def guess_delimiter(text: str) -> str:
    """The delimiter that cuts the most rows into the same number of fields, two at least.

    >>> guess_delimiter('Action;Lead;When\\n"Publish, print";GP;May\\n')
    ';'
    """
    first_line, _, _ = text.partition("\n")
    if first_line.lower().startswith("sep=") and len(first_line.strip()) == 5:
        return first_line.strip()[4]
    return max(DELIMITERS, key=lambda delimiter: _evenness(text[:20_000], delimiter))


def _evenness(text: str, delimiter: str) -> float:
    try:
        widths = [len(row) for row in split_rows(text, delimiter) if any(row)]
    except csv.Error:
        return -1.0
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
    return 0.0 if usual < 2 else widths.count(usual) / len(widths) + usual / 1000
