"""The picture of a level page in; the ruling lines in it, and the picture without them, out.

A ruling line is a long thin run of dots darker than those on both its sides; letters are shorter, fills thicker.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from lscb_textmine.read.straight import Grid

if TYPE_CHECKING:
    from PIL.Image import Image

FAINT = 28
"""Levels of grey by which a line is darker than both its sides; it may be grey itself, and bound a shaded row."""
SIDES = (3, 5, 7)
"""Dots at half size from a line to where its sides are looked at, 1.4 to 3.4 points: letters near it hide not all."""
SHORTEST = 72
"""Dots at half size, 35 points: the feet of letters with serifs touch, but seldom in so long a word."""
SHORTEST_BETWEEN = 20
"""The same for a line that runs from one line across to another."""
NEAR_ENDS = 12
"""Dots at half size, 6 points, within which lines of one table end together."""
FILLED = 0.9
"""Share of the way from one line across to the next that a line must be inked."""
BROKEN = 8
"""Dots at half size over which a line may be broken by a speck."""
MEET = 5
"""Dots at half size within which lines meet."""
THICKEST = 9
"""Dots at half size, 4 points."""
LONG = 240
"""Dots at half size, 115 points: longer than a word, so that letters may stand close to it."""
BESIDE = 5
"""Dots at half size from a line within which the paper beside it is looked at."""


class Run(NamedTuple):
    """A line along a row of dots at half size: where it begins and ends, and its first and last row."""

    start: int
    end: int
    first: int
    last: int


class Ruled(NamedTuple):
    """The lines of a picture in its dots, left, top, right and bottom, and the picture with them painted out."""

    lines: tuple[tuple[float, float, float, float], ...]
    picture: Image


def take_rules(picture: Image) -> Ruled:
    """The ruling lines of a level picture, and what is left of it."""
    import numpy
    from PIL import Image

    half = numpy.asarray(picture.reduce(2), dtype=numpy.int16)
    dark = find_valleys(half), find_valleys(half.T)
    level, short_level = find_lines(half, dark[0])
    upright, short_upright = find_lines(half.T, dark[1])
    level, upright = (
        [*level, *(run for run in short_level if _lies_between(run, upright))],
        [*upright, *(run for run in short_upright if _lies_between(run, level))],
    )
    level = align_ends(level)
    upright = [part for run in upright for part in part_at_crossings(run, level, dark[1])]
    lines = [(2.0 * r.start, float(r.first + r.last + 1), 2.0 * r.end, float(r.first + r.last + 1)) for r in level]
    lines += [(float(r.first + r.last + 1), 2.0 * r.start, float(r.first + r.last + 1), 2.0 * r.end) for r in upright]
    dots = numpy.array(picture)
    for runs, grid in ((level, dots), (upright, dots.T)):
        for run in runs:
            paint_out(grid, run)
    return Ruled(tuple(lines), Image.fromarray(dots))


def paint_out(dots: Grid, run: Run) -> None:
    """Give the dots of a line, and those next to it, the grey of the lighter of its two sides."""
    import numpy

    first, last = max(0, 2 * run.first - 2), 2 * run.last + 4
    start, end = max(0, 2 * run.start - 3), 2 * run.end + 3
    above, below = dots[max(0, first - 4) : first, start:end], dots[last : last + 4, start:end]
    sides = [numpy.median(side) for side in (above, below) if side.size]
    dots[first:last, start:end] = max(sides, default=255)


def find_valleys(grey: Grid) -> Grid:
    """True where a dot is darker than the dots on both sides of it, above and below."""
    import numpy

    smooth = grey.copy()
    smooth[:, 1:-1] = (grey[:, :-2] + grey[:, 1:-1] + grey[:, 2:]) // 3
    reach = max(SIDES)
    padded = numpy.pad(smooth, ((reach, reach), (0, 0)), mode="edge")
    rows = smooth.shape[0]
    above, below = (
        numpy.maximum.reduce([padded[reach + sign * far : reach + sign * far + rows] for far in SIDES])
        for sign in (-1, 1)
    )
    valleys: Grid = numpy.minimum(above, below) - smooth > FAINT
    return valleys


def _lies_between(run: Run, across: list[Run]) -> bool:
    """Whether a short line runs from a line across to another."""
    ends = [each.first for each in across if each.start - MEET <= run.first <= each.end + MEET]
    above = max((end for end in ends if end <= run.start + MEET), default=-MEET)
    below = min((end for end in ends if end >= run.end - MEET), default=run.end + MEET)
    return (
        abs(above - run.start) <= MEET and abs(below - run.end) <= MEET and run.end - run.start > 0.85 * (below - above)
    )


def align_ends(runs: list[Run]) -> list[Run]:
    """The lines with the ends of long ones brought to the outermost of those near: a faint end is lost in shading."""
    long = [run for run in runs if run.end - run.start >= LONG]
    starts, ends = [run.start for run in long], [run.end for run in long]
    return [
        run._replace(
            start=min(start for start in starts if abs(start - run.start) <= NEAR_ENDS),
            end=max(end for end in ends if abs(end - run.end) <= NEAR_ENDS),
        )
        if run.end - run.start >= LONG
        else run
        for run in runs
    ]


def part_at_crossings(run: Run, across: list[Run], dark: Grid) -> list[Run]:
    """The line without what it does not fill between two lines across: a letter stood there in line with it."""
    ends = sorted(each.first for each in across if each.start - MEET <= run.first <= each.end + MEET)
    below = max((end for end in ends if end <= run.start + MEET), default=run.start)
    above = min((end for end in ends if end >= run.end - MEET), default=run.end)
    edges = [below, *(end for end in ends if below + MEET < end < above - MEET), above]
    inked = dark[max(0, run.first - 1) : run.last + 2].any(axis=0)
    parts: list[Run] = []
    for start, end in pairwise(edges):
        inside = inked[start + 2 : end - 1]
        if inside.size and float(inside.mean()) < FILLED:
            continue
        if parts and parts[-1].end == start:
            parts[-1] = parts[-1]._replace(end=end)
        else:
            parts.append(run._replace(start=start, end=end))
    return parts


def find_lines(grey: Grid, dark: Grid) -> tuple[list[Run], list[Run]]:
    """The ruling lines along the rows of a picture, `dark` being true where it has valleys, and short pieces apart."""
    lines, pieces = (
        [run for run in find_runs(dark, shortest) if is_line(grey, run)] for shortest in (SHORTEST, SHORTEST_BETWEEN)
    )
    return join_pieces(lines, [piece for piece in pieces if not any(_along(line, piece) for line in lines)])


def join_pieces(lines: list[Run], pieces: list[Run]) -> tuple[list[Run], list[Run]]:
    """Long lines with the lines and pieces that go on where a speck broke them, and the pieces that are left."""
    joined: list[Run] = []
    lines, pieces = sorted(lines, key=lambda run: run.start - run.end), list(pieces)
    while lines:
        line = lines.pop(0)
        while line.end - line.start >= LONG:
            piece = next((each for each in [*lines, *pieces] if _goes_on(line, each)), None)
            if piece is None:
                break
            (lines if piece in lines else pieces).remove(piece)
            line = Run(
                min(line.start, piece.start), max(line.end, piece.end),
                min(line.first, piece.first), max(line.last, piece.last),
            )  # fmt: skip
        joined.append(line)
    return joined, pieces


def _along(line: Run, piece: Run) -> bool:
    return line.start < piece.end and piece.start < line.end and abs(line.first - piece.first) <= MEET


def _goes_on(line: Run, piece: Run) -> bool:
    level = abs(line.first - piece.first) <= 3 and abs(line.last - piece.last) <= 3
    return level and piece.start - line.end <= BROKEN and line.start - piece.end <= BROKEN


def is_line(grey: Grid, run: Run) -> bool:
    """Whether a run is thin and the paper beside it bare: the foot of a word has letters above it."""
    import numpy

    if run.last - run.first > THICKEST:
        return False
    line = numpy.median(grey[run.first : run.last + 1, run.start : run.end].min(axis=0))
    above = grey[max(0, run.first - BESIDE) : max(0, run.first - 1), run.start : run.end]
    below = grey[run.last + 2 : run.last + 1 + BESIDE, run.start : run.end]
    inked = sorted(_inked(side, float(line)) for side in (above, below))
    return inked[0] < 0.25 and inked[1] < (0.6 if run.end - run.start > LONG else 0.3)


def _inked(side: Grid, line: float) -> float:
    """The share of a strip beside a line that is nearer to the line's grey than to the paper's."""
    import numpy

    if not side.size:
        return 0.0
    return float((side < (line + numpy.percentile(side, 80)) / 2).mean())


def find_runs(dark: Grid, shortest: int) -> list[Run]:
    """The long runs along the rows of a grid."""
    import numpy

    # a line that is a little askew goes on a row further down
    joined = dark.copy()
    joined[1:] |= dark[:-1]
    joined = _close_gaps(joined)
    sums = numpy.cumsum(numpy.pad(joined, ((0, 0), (1, 0))), axis=1, dtype=numpy.int32)
    if sums.shape[1] <= shortest:
        return []
    full = sums[:, shortest:] - sums[:, :-shortest] == shortest
    runs: list[Run] = []
    for row in numpy.nonzero(full.any(axis=1))[0]:
        steps = numpy.diff(numpy.pad(full[row], 1).astype(numpy.int8))
        starts, ends = numpy.nonzero(steps == 1)[0], numpy.nonzero(steps == -1)[0]
        for start, end in zip(starts, ends, strict=True):
            runs.append(Run(int(start), int(end) + shortest - 1, int(row), int(row)))
    return merge_runs(runs)


def _close_gaps(dark: Grid) -> Grid:
    """The same with gaps of one or two dots along the rows filled: noise breaks a line so, letters further apart."""
    import numpy

    wide = numpy.pad(dark, ((0, 0), (2, 2)))
    wide[:, 1:-1] |= wide[:, :-2] | wide[:, 2:]
    closed: Grid = wide[:, 1:-3] & wide[:, 2:-2] & wide[:, 3:-1]
    return closed


def merge_runs(runs: list[Run]) -> list[Run]:
    """Runs on neighbouring rows that lie along each other, as one."""
    done: list[Run] = []
    open_runs: list[Run] = []
    for run in runs:
        done += [each for each in open_runs if each.last < run.first - 2]
        open_runs = [each for each in open_runs if each.last >= run.first - 2]
        beside = [each for each in open_runs if each.start < run.end and run.start < each.end]
        open_runs = [each for each in open_runs if each not in beside]
        whole = [*beside, run]
        open_runs.append(
            Run(
                min(each.start for each in whole), max(each.end for each in whole),
                min(each.first for each in whole), max(each.last for each in whole),
            )
        )  # fmt: skip
    return done + open_runs
