"""The picture of a page in; the same picture with its lines of print level, and how it had been laid, out.

A page that lay askew is found by its profile: the rows of dark dots summed along every slope, the right one being that
whose sums differ most from one row to the next (Baird, The skew angle of printed documents, 1987).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from lscb_textmine.read.words import PageWords
from lscb_textmine.records import Block, Box, Paragraph, Row

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_ASKEW = 5.0
"""Degrees up to which a page is set straight."""
SIDEWAYS = 1.6
"""How much sharper the profile along one side must be than along the other for the page to lie on its side."""
CELL = 16
"""Dots of the squares in which the level of the bare paper is told."""
INK = 50
"""Levels of grey below the paper around it from which a dot is ink."""
LEAST_INK = 200
"""Dots of ink, at a quarter of the size, below which nothing is printed on a page."""
Grid = Any
"""A numpy array of dots, as numpy's own types would make every caller import it."""


class Laid(NamedTuple):
    """A picture set straight: turned by quarters clockwise, then by some degrees anticlockwise about its middle."""

    picture: Image
    quarters: int
    askew: float


def straighten(picture: Image) -> Laid:
    """The picture with its lines of print level; a page on its side is turned, which way up is not told here."""
    from PIL import Image

    small = picture.reduce(4)
    dark = find_ink(small)
    quarters = 1 if lies_sideways(dark) else 0
    if quarters:
        picture, dark = picture.transpose(Image.Transpose.ROTATE_270), dark[::-1].T
    askew = find_skew(dark)
    if abs(askew) > 0.04:
        picture = picture.rotate(askew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    return Laid(picture, quarters, askew)


def half_turn(laid: Laid) -> Laid:
    """The same picture the other way up."""
    from PIL import Image

    return Laid(laid.picture.transpose(Image.Transpose.ROTATE_180), (laid.quarters + 2) % 4, laid.askew)


def find_ink(picture: Image, depth: int = INK) -> Grid:
    """True where a grey picture is darker by `depth` than the bare paper around."""
    import numpy

    return paper_level(picture) - numpy.asarray(picture, dtype=numpy.int16) > depth


def paper_level(picture: Image) -> Grid:
    """The grey of the bare paper, or of the shading, at every dot: what a fifth of the dots around are lighter than."""
    import numpy
    from PIL import Image

    dots = numpy.asarray(picture)
    down, across = max(1, dots.shape[0] // CELL), max(1, dots.shape[1] // CELL)
    squares = dots[: down * CELL, : across * CELL]
    if squares.shape != (down * CELL, across * CELL):
        return numpy.full(dots.shape, 255, dtype=numpy.int16)
    squares = squares.reshape(down, CELL, across, CELL).swapaxes(1, 2).reshape(down, across, CELL * CELL)
    level = numpy.partition(squares, int(0.8 * CELL * CELL), axis=2)[:, :, int(0.8 * CELL * CELL)]
    spread = Image.fromarray(level).resize((picture.width, picture.height), Image.Resampling.BILINEAR)
    return numpy.asarray(spread, dtype=numpy.int16)


def flatten(picture: Image) -> Image:
    """The picture on white paper, its shaded parts white too."""
    import numpy
    from PIL import Image

    dots = numpy.asarray(picture, dtype=numpy.int16) + 255 - paper_level(picture)
    return Image.fromarray(numpy.clip(dots, 0, 255).astype(numpy.uint8))


def lies_sideways(dark: Grid) -> bool:
    """Whether the lines of print run up and down the page."""
    text = without_long_runs(dark)
    if text.sum() < LEAST_INK:
        return False
    across, down = (_sharpest(each, 0.0, MOST_ASKEW, 0.5)[1] for each in (text, text.T))
    return bool(down / text.shape[0] > SIDEWAYS * across / text.shape[1])


def without_long_runs(dark: Grid, most: int = 40) -> Grid:
    """The ink without runs of more than `most` dots along a row or column: ruling lines, borders and pictures."""
    import numpy

    kept = dark.copy()
    for grid, out in ((dark, kept), (dark.T, kept.T)):
        padded = numpy.pad(grid, ((0, 0), (1, 1))).astype(numpy.int8)
        steps = numpy.diff(padded, axis=1)
        rows, starts = numpy.nonzero(steps == 1)
        ends = numpy.nonzero(steps == -1)[1]
        for row, start, end in zip(rows, starts, ends, strict=True):
            if end - start > most:
                out[row, start:end] = False
    return kept


def find_skew(dark: Grid) -> float:
    """Degrees anticlockwise by which a picture must be turned for its lines to be level, 0 when it has too few."""
    if dark.sum() < LEAST_INK:
        return 0.0
    coarse, _ = _sharpest(dark, 0.0, MOST_ASKEW, 0.25)
    fine, _ = _sharpest(dark, coarse, 0.25, 0.05)
    return round(fine, 3)


def _sharpest(dark: Grid, middle: float, reach: float, step: float) -> tuple[float, float]:
    """The slope with the sharpest profile around `middle`, and how sharp it is."""
    import numpy

    ys, xs = numpy.nonzero(dark)
    best = (0.0, -1.0)
    count = round(reach / step)
    for i in sorted(range(-count, count + 1), key=abs):
        angle = middle + i * step
        slope = math.tan(math.radians(angle))
        rows = numpy.rint(ys - (xs - dark.shape[1] / 2) * slope).astype(numpy.int64)
        sums = numpy.bincount(rows - rows.min()).astype(float)
        sharp = float((numpy.diff(sums) ** 2).sum())
        if sharp > best[1]:
            best = (angle, sharp)
    return best


def lay_back(blocks: tuple[Block, ...], pages: Mapping[int, PageWords]) -> tuple[Block, ...]:
    """The blocks with their boxes where they stand on the pages as these lay, and not as they were set straight."""
    if not any(page.askew for page in pages.values()):
        return blocks
    return tuple(_lay_block(block, pages) for block in blocks)


def _lay_block(block: Block, pages: Mapping[int, PageWords]) -> Block:
    box = _lay_box(block.box, block.page, pages)
    if isinstance(block, Paragraph):
        return replace(block, box=box)
    return replace(block, rows=tuple(_lay_row(row, pages) for row in block.rows), box=box)


def _lay_row(row: Row, pages: Mapping[int, PageWords]) -> Row:
    cells = tuple(replace(cell, box=_lay_box(cell.box, row.page, pages)) for cell in row.cells)
    return replace(row, cells=cells, box=_lay_box(row.box, row.page, pages))


def _lay_box(box: Box | None, page: int | None, pages: Mapping[int, PageWords]) -> Box | None:
    """The box round a box that is turned back about the middle of its page."""
    if box is None or page is None or not pages[page].askew:
        return box
    laid = pages[page]
    return turn_box(box, laid.askew, (laid.width / 2, laid.height / 2))


def turn_box(box: Box, degrees: float, middle: tuple[float, float]) -> Box:
    """The box round `box` turned clockwise, as seen, about a point.

    >>> [round(edge, 1) for edge in turn_box((10, 0, 30, 10), 90, (0, 0))]
    [-10.0, 10.0, 0.0, 30.0]
    """
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    corners = [(x - middle[0], y - middle[1]) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [middle[0] + x * cos - y * sin for x, y in corners]
    ys = [middle[1] + x * sin + y * cos for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
