"""Words of a page region in; printed lines across columns, and the white rivers between columns, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from lscb_textmine.read.words import Word

NARROWEST = 0.42
"""Width of the narrowest river, in type sizes: a word space is 0.28, padding between cells seldom under 0.5."""

Span = tuple[float, float]


class PrintedLine(NamedTuple):
    """All words at one height of the page, from left to right, whatever column they stand in."""

    words: tuple[Word, ...]
    top: float
    bottom: float
    size: float

    @property
    def left(self) -> float:
        """Left end of the first word."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Right end of the last word."""
        return max([word[3] for word in self.words])

    def segments(self, gap: float) -> list[tuple[Word, ...]]:
        """Runs of words with no gap wider than `gap` type sizes."""
        runs: list[list[Word]] = []
        run: list[Word] = []
        wide, right = gap * self.size, -1e9
        for word in self.words:
            _, word_left, _, word_right, _, _, _, _, _, _ = word
            if word_left - right > wide:
                runs.append(run := [])
                right = word_right
            run.append(word)
            right = word_right if word_right > right else right
        return [tuple(run) for run in runs]


def words_to_printed_lines(words: Iterable[Word]) -> list[PrintedLine]:
    """Lines from top to bottom; words share a line when their middles stand within each other's height."""
    rows: list[list[Word]] = []
    bottom = middle = first_size = -1.0
    upright = [(word[2] + word[4], i, word) for i, word in enumerate(words) if word.upright]
    upright.sort()
    for twice, _, word in upright:
        centre, size = twice / 2, word.size
        near = 0.45 * (size if size < first_size else first_size)
        if centre - middle <= near and centre < bottom and rows:
            rows[-1].append(word)
        else:
            rows.append([word])
            middle, bottom, first_size = centre, word.bottom, size
    return [_make_printed_line(row) for row in rows]


def _make_printed_line(words: list[Word]) -> PrintedLine:
    _, _, tops, _, bottoms, sizes, *_ = zip(*words, strict=True)
    words.sort(key=itemgetter(1))
    return PrintedLine(tuple(words), min(tops), max(bottoms), sorted(sizes)[len(sizes) // 2])


def subtract_words(stretches: tuple[Span, ...], line: PrintedLine) -> tuple[Span, ...]:
    """What of some white stretches a line's words leave white, those too narrow for a river left out."""
    least = NARROWEST * line.size
    for word in line.words:
        if word.right <= stretches[0][0] or word.left >= stretches[-1][1]:
            continue
        cut = [part for a, b in stretches for part in ((a, min(b, word.left)), (max(a, word.right), b))]
        stretches = tuple(dict.fromkeys(part for part in cut if part[1] - part[0] >= least))
        if not stretches:
            break
    return stretches


def widest_white(river: Span, line: PrintedLine) -> Span | None:
    """The widest stretch of a river that a line leaves white, None for a river that the line's words fill."""
    white = subtract_words((river,), line)
    return max(white, key=lambda stretch: stretch[1] - stretch[0]) if white else None


def common_rivers(rows: Sequence[Sequence[PrintedLine]], left: float, right: float) -> list[Span]:
    """The stretches between `left` and `right` that stay white in every row, ends of the region left out."""
    covered = sorted((word.left, word.right) for row in rows for line in row for word in line.words)
    size = max((line.size for row in rows for line in row), default=10.0)
    rivers, at = [], None
    for start, end in covered:
        if at is not None and start - at >= NARROWEST * size:
            rivers.append((at, start))
        at = end if at is None else max(at, end)
    return [river for river in rivers if left < river[0] and river[1] < right]


def column_of(word: Word, edges: Sequence[float]) -> int:
    """Index of the column that the middle of a word stands in."""
    middle = (word[1] + word[3]) / 2
    left = edges[0]
    for i in range(1, len(edges)):
        right = edges[i]
        if left <= middle < right:
            return i - 1
        left = right
    return 0 if middle < edges[0] else len(edges) - 2


def words_by_column(line: PrintedLine, edges: Sequence[float]) -> dict[int, list[Word]]:
    """The words of a line by the column that they stand in, each column's from left to right."""
    columns: dict[int, list[Word]] = {}
    for word in line.words:
        columns.setdefault(column_of(word, edges), []).append(word)
    return columns
