"""The picture of a level page in; its rows of dots, as in a list of contents, and the picture without them, out.

tesseract reads such rows as letters, and the words beside them wrongly; so they are taken out and put back as words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from lscb_textmine.read.straight import Grid, find_ink, paper_level
from lscb_textmine.read.tesseract import Seen

if TYPE_CHECKING:
    from PIL.Image import Image

WIDEST_DOT = 12
"""Dots of the picture that a dot of print is wide, at most."""
PITCH = (6, 45)
"""Dots from one dot of print to the next."""
UNEVEN = 3
LEAST = 10
"""Dots of print that make a row of them."""
BROKEN = 120
"""Dots over which a row may be broken by a speck."""
MARGIN = 3


class Leader(NamedTuple):
    """A row of dots: its box in dots of the picture, and how wide its dots are."""

    left: int
    top: int
    right: int
    bottom: int
    dot: int


def take_leaders(picture: Image) -> tuple[tuple[Leader, ...], Image]:
    """The rows of dots in a picture, and the picture without them."""
    import numpy
    from PIL import Image

    leaders = find_leaders(find_ink(picture))
    if not leaders:
        return (), picture
    dots, bare = numpy.array(picture), paper_level(picture)
    for left, top, right, bottom, _ in leaders:
        there = slice(max(0, top - MARGIN), bottom + MARGIN), slice(max(0, left - MARGIN), right + MARGIN)
        dots[there] = bare[there]
    return leaders, Image.fromarray(dots)


def find_leaders(dark: Grid) -> tuple[Leader, ...]:
    """The rows of small dots at even distances."""
    found: list[Leader] = []
    for row, left, right, dot in _even_runs(dark):
        i = next((i for i, each in enumerate(found) if _goes_on(each, row, left, right)), None)
        if i is None:
            found.append(Leader(left, row, right, row + 1, dot))
        else:
            was = found[i]
            found[i] = Leader(min(left, was.left), was.top, max(right, was.right), row + 1, max(dot, was.dot))
    return tuple(each for each in found if _stands_alone(dark, each))


def _stands_alone(dark: Grid, leader: Leader) -> bool:
    """Whether a row is as high as its dots are wide, the paper above and below bare: stems of letters are even too."""
    left, top, right, bottom, dot = leader
    if bottom - top > 1.5 * dot + 2:
        return False
    above, below = dark[max(0, top - 12) : max(0, top - 4), left:right], dark[bottom + 4 : bottom + 8, left:right]
    return all(not side.size or float(side.mean()) < 0.02 for side in (above, below))


def _goes_on(leader: Leader, row: int, left: int, right: int) -> bool:
    return row - leader.bottom <= 2 and left < leader.right + BROKEN and leader.left < right + BROKEN


def _even_runs(dark: Grid) -> list[tuple[int, int, int, int]]:
    """Row, ends and usual width of dots of each stretch of short dark runs at even distances."""
    import numpy

    steps = numpy.diff(numpy.pad(dark, ((0, 0), (1, 1))).astype(numpy.int8), axis=1)
    rows, starts = numpy.nonzero(steps == 1)
    ends = numpy.nonzero(steps == -1)[1]
    if len(starts) < LEAST:
        return []
    pitch = numpy.diff(starts)
    small = ends - starts <= WIDEST_DOT
    near = (numpy.diff(rows) == 0) & small[:-1] & small[1:] & (pitch >= PITCH[0]) & (pitch <= PITCH[1])
    even = near[:-1] & near[1:] & (abs(numpy.diff(pitch)) <= UNEVEN)
    edges = numpy.diff(numpy.pad(even, 1).astype(numpy.int8))
    firsts, lasts = numpy.nonzero(edges == 1)[0], numpy.nonzero(edges == -1)[0]
    return [
        (
            int(rows[first]),
            int(starts[first]),
            int(ends[last + 1]),
            int(numpy.median((ends - starts)[first : last + 2])),
        )
        for first, last in zip(firsts, lasts, strict=True)
        if last - first + 2 >= LEAST
    ]


def put_leaders(seen: Sequence[Seen], leaders: Sequence[Leader]) -> tuple[Seen, ...]:
    """The words with the rows of dots as words after those that they follow; one that follows none is left out."""
    words = list(seen)
    for leader in leaders:
        before = [i for i, each in enumerate(words) if _stands_before(each, leader)]
        if before:
            i = max(before, key=lambda i: words[i].right)
            words.insert(i + 1, Seen("." * 8, *leader[:4], 100.0, words[i].line))
    return tuple(words)


def _stands_before(seen: Seen, leader: Leader) -> bool:
    level = abs(seen.line.base_at(leader.left) - leader.bottom) < 0.35 * seen.line.reach
    return level and seen.right <= leader.left + 2 * MARGIN
