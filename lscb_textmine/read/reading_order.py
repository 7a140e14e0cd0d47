"""One page's words in; its lines in the order in which a reader takes them out.

The stored order is right in most files and is kept while it runs down the columns; it is made anew only where it does
not (`../shared` reading notes: always re-ordering costs two points on good files).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from lscb_textmine.read.lines import Line, make_line, runs_to_lines, take_median, words_to_runs
from lscb_textmine.read.printed_markers import may_mark
from lscb_textmine.read.words import PageWords, Word

BIN = 3.0
"""Points: the grain at which white space between columns is looked for."""
NARROWEST_GUTTER = 9.0
CROSSING = -1
"""The column of a line that runs over several columns."""


class Run(NamedTuple):
    """Words that stand side by side with no wide gap, and their box."""

    words: list[Word]
    left: float
    top: float
    right: float
    bottom: float


def order_page(page: PageWords) -> list[Line]:
    """The lines of a page in reading order; turned words come last."""
    upright = [word for word in page.words if word.upright]
    turned = [word for word in page.words if not word.upright]
    runs = attach_markers([_measure_run(words) for words in words_to_runs(upright)])
    gutters = find_gutters(runs)
    lines = _order_columns(runs, gutters, page.number) if gutters else _order_rows(runs, page.number)
    if turned:
        lines.append(make_line(turned, page=page.number))
    return lines


def _measure_run(words: list[Word]) -> Run:
    return Run(words, words[0].left, min([w.top for w in words]), words[-1].right, max([w.bottom for w in words]))


def attach_markers(runs: list[Run]) -> list[Run]:
    """The runs, each list marker that stands by itself put before the words to its right.

    Some producers store all markers of a page after its words, others far from them.
    """
    lone = [run for run in runs if len(run.words) == 1 and may_mark(run.words[0].text)]
    for marker in lone:
        size = marker.words[0].size
        beside = [
            run
            for run in runs
            if abs(run.words[0].bottom - marker.words[0].bottom) < 0.35 * size
            and -0.3 * size < run.left - marker.right < 6 * size
            and run is not marker
        ]
        if beside:
            nearest = min(beside, key=lambda run: run.left)
            runs[runs.index(nearest)] = _measure_run([*marker.words, *nearest.words])
            runs.remove(marker)
    return runs


def find_gutters(runs: Sequence[Run]) -> list[float]:
    """A place in each of the white strips between columns of running text, from left to right; none on most pages.

    A strip counts when nearly no narrow run crosses it and both its sides look like prose: several lines that fill
    their column. A list of names beside numbers, or a contents page, is no pair of columns.
    """
    if len(runs) < 8:
        return []
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    span = max(1.0, right - left)
    narrow = [run for run in runs if run.right - run.left < 0.6 * span]
    starters = sum(run.left > left + 0.2 * span for run in narrow)
    if len(narrow) < 8 or starters < 4:
        return []
    strips = _white_strips(narrow, left, span)
    edge = 0.12 * span
    # nearer the left column: numbers of a list may hang into the white strip on its right
    middles = [0.75 * first + 0.25 * last for first, last in strips if left + edge < first and last < right - edge]
    for gutters in (middles, sorted(middles, key=lambda middle: abs(middle - left - span / 2))[:1]):
        if gutters and _are_columns(narrow, gutters, left, right):
            return gutters
    return []


def _white_strips(runs: Sequence[Run], left: float, span: float) -> list[tuple[float, float]]:
    """Strips, at least a gutter wide, that all but one run in twenty leave white."""
    steps = [0] * (int(span / BIN) + 3)
    for run in runs:
        steps[max(0, int((run.left - left) / BIN))] += 1
        steps[int((run.right - left) / BIN) + 1] -= 1
    allowed = len(runs) // 20
    strips: list[tuple[float, float]] = []
    start: int | None = None
    for i, count in enumerate(accumulate(steps)):
        if count <= allowed and start is None:
            start = i
        elif count > allowed and start is not None:
            if (i - start) * BIN >= NARROWEST_GUTTER:
                strips.append((left + start * BIN, left + i * BIN))
            start = None
    return strips


def _are_columns(runs: Sequence[Run], gutters: Sequence[float], left: float, right: float) -> bool:
    edges = [left, *gutters, right]
    reaches = []
    for start, end in pairwise(edges):
        inside = _join_rows([run for run in runs if run.left >= start - BIN and run.right <= end + BIN])
        if len(inside) < 4:
            return False
        width = max(run.right for run in inside) - min(run.left for run in inside)
        if take_median(run.right - run.left for run in inside) < 0.45 * width:
            return False
        if take_median(len(run.words) for run in inside) < 3 or width < 0.15 * (right - left):
            return False
        reaches.append((min(run.top for run in inside), max(run.bottom for run in inside)))
    height = max(bottom for _, bottom in reaches) - min(top for top, _ in reaches)
    return all(
        min(first[1], second[1]) - max(first[0], second[0]) > max(30.0, 0.1 * height)
        for first, second in pairwise(reaches)
    )


def _join_rows(runs: Sequence[Run]) -> list[Run]:
    """Runs of one column, those at one height made one: justified words in a narrow column stand far apart."""
    rows: dict[int, list[Word]] = {}
    for run in sorted(runs, key=lambda run: run.left):
        rows.setdefault(round(run.bottom), []).extend(run.words)
    return [_measure_run(words) for words in rows.values()]


def _order_columns(runs: Sequence[Run], gutters: list[float], page: int) -> list[Line]:
    columns = [_column_of(run, gutters) for run in runs]
    order = range(len(runs))
    if not _runs_down(runs, columns):
        crossing = sorted(run.top for run, column in zip(runs, columns, strict=True) if column == CROSSING)
        order = sorted(order, key=lambda i: _band_key(runs[i], columns[i], crossing))  # type: ignore[assignment]
    lines: list[Line] = []
    pending: list[list[Word]] = []
    here = columns[order[0]]
    for i in order:
        if columns[i] != here:
            lines += runs_to_lines(pending, page=page, column=here)
            pending, here = [], columns[i]
        pending.append(runs[i].words)
    return lines + runs_to_lines(pending, page=page, column=here)


def _column_of(run: Run, gutters: list[float]) -> int:
    first, last = bisect_left(gutters, run.left), bisect_left(gutters, run.right)
    return first if first == last else CROSSING


def _band_key(run: Run, column: int, crossing: list[float]) -> tuple[int, int, float, float]:
    """Lines over all columns part a page into bands; within a band each column is read to its end."""
    return bisect_left(crossing, run.top) + (column == CROSSING), column, run.top, run.left


def _runs_down(runs: Sequence[Run], columns: Sequence[int]) -> bool:
    """Whether the stored order reads each column to its end before the next, but for a stray line."""
    returns = 0
    for (first, column), (second, following) in pairwise(zip(runs, columns, strict=True)):
        if CROSSING in (column, following):
            continue
        returns += following < column and second.top > first.top - 2 * (first.bottom - first.top)
        returns += following == column and second.bottom < first.top
        returns += following > column and abs(second.top - first.top) < 2
    return returns <= max(2, len(runs) // 20)


def _order_rows(runs: Sequence[Run], page: int) -> list[Line]:
    """Lines of a page without columns: as stored, or from top to bottom where the stored order jumps up."""
    jumps = sum(second.bottom < first.top + 1 for first, second in pairwise(runs))
    if jumps and _rows_are_apart(runs):
        height = take_median(run.bottom - run.top for run in runs)
        ordered = sorted(runs, key=lambda run: run.bottom)
        rows: list[list[Run]] = []
        for run in ordered:
            if rows and run.bottom - rows[-1][0].bottom < 0.4 * height:
                rows[-1].append(run)
            else:
                rows.append([run])
        runs = [run for row in rows for run in sorted(row, key=lambda run: run.left)]
    return runs_to_lines([run.words for run in runs], page=page)


def _rows_are_apart(runs: Sequence[Run]) -> bool:
    """Whether hardly any two runs of several words stand side by side: then height alone gives the order."""
    long = sorted((run for run in runs if len(run.words) > 3), key=lambda run: run.top)
    beside = sum(second.top < first.bottom - 0.6 * (first.bottom - first.top) for first, second in pairwise(long))
    return beside <= 2
