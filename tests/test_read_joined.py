"""Tables over pages, from words set by hand: when a row goes on, and when a new one begins."""

from __future__ import annotations

import pytest

from lscb_textmine.read.joined import add_part, begin_table, may_follow, parts_to_grid
from lscb_textmine.read.page_table import PageTable, PrintedCell
from lscb_textmine.read.words import Word

EDGES = (0.0, 200.0, 300.0)


def make_words(text: str, left: float, top: float) -> tuple[Word, ...]:
    """Words on one line, six points a letter."""
    words, at = [], left
    for piece in text.split():
        words.append(Word(piece, at, top, at + 6 * len(piece), top + 10, 10.0, False, False, True))
        at += 6 * len(piece) + 3
    return tuple(words)


def make_part(page: int, rows: list[tuple[str, str]], *, open_foot: bool = False) -> PageTable:
    cells = [
        PrintedCell(r, c, 1, 1, make_words(text, EDGES[c] + 2, 50 + 20 * r))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    tops = tuple(48.0 + 20 * r for r in range(len(rows) + 1))
    return PageTable(page, EDGES, tops, tuple(cells), "lines", open_foot)


def texts_over_pages(first: PageTable, second: PageTable) -> list[list[str]]:
    parts = begin_table(first)
    assert may_follow(parts, second)
    add_part(parts, second)
    grid = parts_to_grid(parts, lambda words: (" ".join(word.text for word in words), (), ()))
    rows = [["", ""] for _ in grid.rows]
    for cell in grid.cells:
        rows[cell.row][cell.column] = cell.text
    return rows


HEADER = ("Action", "Lead")
FULL_LINE = "Audit every case closed in the"  # no room for a further word in 200 points


def test_row_that_broke_off_goes_on() -> None:
    rows = texts_over_pages(
        make_part(1, [HEADER, (FULL_LINE, "Chair")]), make_part(2, [("summer term", ""), ("Publish it", "Police")])
    )
    assert rows == [["Action", "Lead"], [f"{FULL_LINE} summer term", "Chair"], ["Publish it", "Police"]]


def test_repeated_header_is_taken_out_before_rows_are_joined() -> None:
    rows = texts_over_pages(make_part(1, [HEADER, (FULL_LINE, "Chair")]), make_part(2, [HEADER, ("summer term", "")]))
    assert rows == [["Action", "Lead"], [f"{FULL_LINE} summer term", "Chair"]]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("Publish it.", "Chair"), ("Write to heads", "Police")),
        (("Publish it", "Chair"), ("Write to heads", "Police")),
        ((FULL_LINE + " spring.", ""), ("Write to heads", "Police")),
    ],
)
def test_whole_row_is_followed_by_a_new_one(above: tuple[str, str], below: tuple[str, str]) -> None:
    assert len(texts_over_pages(make_part(1, [HEADER, above]), make_part(2, [below]))) == 3


def test_open_foot_takes_cells_that_were_set_whole_overleaf() -> None:
    rows = texts_over_pages(
        make_part(1, [HEADER, (FULL_LINE, "")], open_foot=True), make_part(2, [("summer term", "Chair")])
    )
    assert rows[1] == [f"{FULL_LINE} summer term", "Chair"]


def test_other_columns_do_not_follow() -> None:
    other = PageTable(
        2, (0.0, 90.0, 300.0), (40.0, 60.0), (PrintedCell(0, 0, 1, 1, make_words("x y", 2, 45)),), "lines"
    )
    assert not may_follow(begin_table(make_part(1, [HEADER])), other)
