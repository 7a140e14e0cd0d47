"""The picture of a level page in; its dark areas, as under white column names, made light, and their outlines out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from lscb_textmine.read.straight import Grid
from lscb_textmine.read.words import Rule, Word
from lscb_textmine.records import Box

if TYPE_CHECKING:
    from PIL.Image import Image

SQUARE = 16
"""Dots of the side of a square that counts as dark when half its dots are: letters on it cover less."""
DARK = 0.6
"""Share of the grey of the bare paper below which a dot is dark."""
LEAST_WIDE, LEAST_HIGH = 6, 2
"""Squares of a dark area: letters of the largest print have thinner stems."""
SOLID = 0.7
"""Share of its outline that a dark area fills; others are drawings."""


APART = 3.0
REACH_BELOW = 60.0
"""Points below a row of column names within which the lines of the table begin: a heading row may stand between."""


class Fill(NamedTuple):
    """The outline of a dark area in dots of the picture."""

    left: int
    top: int
    right: int
    bottom: int


def lighten_fills(picture: Image) -> tuple[tuple[Fill, ...], Image]:
    """The dark areas of a picture, and the picture with light and dark changed over in them."""
    import numpy
    from PIL import Image

    dots = numpy.array(picture)
    dark = dots < DARK * numpy.percentile(dots[::8, ::8], 80)
    fills = find_fills(dark)
    if not fills:
        return (), picture
    for left, top, right, bottom in fills:
        dots[top:bottom, left:right] = 255 - dots[top:bottom, left:right]
    return fills, Image.fromarray(dots)


def find_fills(dark: Grid) -> tuple[Fill, ...]:
    """The outlines of areas that are dark but for letters on them."""
    down, across = dark.shape[0] // SQUARE, dark.shape[1] // SQUARE
    squares = dark[: down * SQUARE, : across * SQUARE].reshape(down, SQUARE, across, SQUARE).mean(axis=(1, 3)) > 0.5
    found = []
    for left, top, right, bottom, count in areas_of(squares):
        wide, high = right - left, bottom - top
        if wide >= LEAST_WIDE and high >= LEAST_HIGH and count >= SOLID * wide * high:
            found.append(_trim(dark, Fill(left * SQUARE, top * SQUARE, right * SQUARE, bottom * SQUARE)))
    return tuple(found)


def part_fills(fills: Sequence[Box], uprights: Sequence[Rule], words: Sequence[Word]) -> list[Rule]:
    """Lines that part the dark row of column names over a table as the lines below part the table, all in points.

    In a picture the lines between the names are as dark as the row. A heading over the whole table fills few columns or
    crosses a line.
    """
    found: list[Rule] = []
    for left, top, right, bottom in fills:
        inside = [w for w in words if w.left < right and left < w.right and top <= (w.top + w.bottom) / 2 <= bottom]
        below = {
            round(rule.left, 1)
            for rule in uprights
            if left + APART < rule.left < right - APART and top - APART < rule.top < bottom + REACH_BELOW
        }
        if not below or any(word.left + 1 < x < word.right - 1 for x in below for word in inside):
            continue
        columns = {sum((word.left + word.right) / 2 > x for x in below) for word in inside}
        if len(columns) >= 2 and 2 * len(columns) > len(below) + 1:
            found += [Rule(x, top, x, bottom) for x in sorted(below)]
    return found


def areas_of(squares: Grid) -> list[tuple[int, int, int, int, int]]:
    """Left, top, right and bottom of each group of dark squares that touch, and how many there are."""
    left_over = {(int(row), int(column)) for row, column in zip(*squares.nonzero(), strict=True)}
    areas = []
    while left_over:
        waiting = [left_over.pop()]
        rows, columns = [], []
        while waiting:
            row, column = waiting.pop()
            rows.append(row)
            columns.append(column)
            beside = {(row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)} & left_over
            left_over -= beside
            waiting += beside
        areas.append((min(columns), min(rows), max(columns) + 1, max(rows) + 1, len(rows)))
    return areas


def _trim(dark: Grid, fill: Fill) -> Fill:
    """The outline to the dot, looked for a square further out."""
    import numpy

    left, top, right, bottom = fill
    out_left, out_top = max(0, left - SQUARE), max(0, top - SQUARE)
    rows = numpy.nonzero(dark[out_top : bottom + SQUARE, left:right].mean(axis=1) > 0.5)[0]
    columns = numpy.nonzero(dark[top:bottom, out_left : right + SQUARE].mean(axis=0) > 0.5)[0]
    return Fill(
        out_left + int(columns[0]), out_top + int(rows[0]), out_left + int(columns[-1]) + 1, out_top + int(rows[-1]) + 1
    )
