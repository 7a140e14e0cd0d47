"""How much of a file the readers take on before they refuse it, or leave a part of it out and say so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """The most that a paper may hold. A plan of a thousand pages stays far below; what is above is a trap."""

    pages: int = 3_000
    """Pages of a PDF; those after are left unread."""
    text_bytes: int = 32 * 2**20
    """Of a text file, CSV or web page."""
    parts: int = 10_000
    """Files inside an Office file, which is a zip."""
    part_bytes: int = 64 * 2**20
    """One such part, or one stream of a PDF, once unpacked."""
    unpacked_bytes: int = 256 * 2**20
    """All parts together, once unpacked."""
    ratio: int = 500
    """Times that a part of over a megabyte may grow in unpacking; XML grows 10 to 100 times."""
    depth: int = 200
    """Elements inside one another in XML and HTML."""
    cells: int = 500_000
    """Cells of a sheet or a table, merged areas counted in full."""
    rows: int = 200_000
    columns: int = 2_000
    """Of a table."""
    characters: int = 20_000_000
    """Of text in a paper, as read."""
    words_on_page: int = 20_000
    """Words of a PDF page beyond which its tables are not looked for."""
    rules_on_page: int = 6_000
    """Ruling lines of a PDF page beyond which it is a drawing and they are left out."""


USUAL_LIMITS = ReadLimits()
"""The limits when none are given."""


class OverLimit(Exception):
    """More than the limits allow, told in words that go on after the paper's name."""


def check_cells(rows: int, columns: int, limits: ReadLimits) -> None:
    """Raise OverLimit for a table of more cells than the limits allow, those left empty counted too."""
    if rows * columns > 4 * limits.cells or rows > limits.rows or columns > limits.columns:
        raise OverLimit(
            f"a table of {rows:,} rows and {columns:,} columns is too large to be read; save what matters alone"
        )
