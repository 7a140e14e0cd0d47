"""Words in stored order in; runs of words that stand side by side, and whole lines, out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from lscb_textmine.read.words import Word

WIDE_GAP = 1.2
"""Times the type size: no space between two words of one column is wider, justified text and tabs apart."""


class Line(NamedTuple):
    """Words that stand on one line of one column, from left to right."""

    words: tuple[Word, ...]
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """The size that most characters have: a raised note number does not make a line small."""
    page: int = 1
    column: int = 0

    @property
    def text(self) -> str:
        """The words with single spaces, letter-spaced words closed up; line-end hyphens as they stand."""
        text = " ".join([word.text for word in self.words])
        if len(self.words) > 3 and len(text) < 2.4 * len(self.words):
            return _close_letters(self.words)
        return text


def take_median(values: Iterable[float]) -> float:
    """The median, as the `statistics` module gives it, whose import takes as long as reading a page.

    >>> take_median([3, 1, 2]), take_median([4, 1, 2, 3])
    (2, 2.5)
    """
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def words_to_runs(words: Sequence[Word]) -> list[list[Word]]:
    """Runs of words that follow each other on one line with no wide gap, in stored order."""
    runs: list[list[Word]] = []
    run: list[Word] = []
    top = bottom = right = 0.0
    for word in words:
        _, left, word_top, word_right, word_bottom, size = word[:6]
        if run and top < (word_top + word_bottom) / 2 < bottom and right - size / 2 < left < right + WIDE_GAP * size:
            run.append(word)
            if word_top < top:
                top = word_top
            if word_bottom > bottom:
                bottom = word_bottom
        else:
            run = [word]
            runs.append(run)
            top, bottom = word_top, word_bottom
        right = word_right
    return runs


def make_line(words: Sequence[Word], *, page: int = 1, column: int = 0) -> Line:
    """The line that these words make."""
    columns = list(zip(*words, strict=True))
    sizes = columns[5]
    size = sizes[0] if min(sizes) == max(sizes) else _main_size(words)
    return Line(tuple(words), min(columns[1]), min(columns[2]), max(columns[3]), max(columns[4]), size, page, column)


def runs_to_lines(runs: Sequence[Sequence[Word]], *, page: int = 1, column: int = 0) -> list[Line]:
    """Lines of one column: runs that follow each other and stand at one height are one line.

    A marker that stands far left of its words, or is stored after them, joins them so.
    """
    rows: list[Sequence[Word]] = []
    for run in runs:
        if rows and _share_height(rows[-1], run):
            rows[-1] = _in_line_order([*rows[-1], *run])
        else:
            rows.append(run)
    return [make_line(row, page=page, column=column) for row in rows]


def words_to_lines(words: Sequence[Word]) -> list[Line]:
    """Lines of words that stand in one column, in stored order."""
    return runs_to_lines(words_to_runs(words))


def _share_height(row: Sequence[Word], run: Sequence[Word]) -> bool:
    """Whether a run stands beside the last word of a row."""
    first, second = row[-1], run[0]
    overlap = min(first.bottom, second.bottom) - max(first.top, second.top)
    return overlap > 0.5 * min(first.bottom - first.top, second.bottom - second.top)


def _in_line_order(words: list[Word]) -> list[Word]:
    in_order = all(first.left <= second.left for first, second in pairwise(words))
    return words if in_order else sorted(words, key=itemgetter(1))


def _main_size(words: Sequence[Word]) -> float:
    weights: dict[float, int] = {}
    for word in words:
        weights[word.size] = weights.get(word.size, 0) + len(word.text)
    return max(weights, key=lambda size: weights[size])


def _close_letters(words: Sequence[Word]) -> str:
    """Letters set apart, as in a logo ("B w r d d"), closed up into words; a gap half as wide again parts words."""
    gaps = [second.left - first.right for first, second in pairwise(words)]
    usual = sorted(gaps)[len(gaps) // 2]
    single = sum(len(word.text) == 1 and word.text.isalpha() for word in words)
    if single < 0.8 * len(words) or usual <= 0:
        return " ".join(word.text for word in words)
    text = words[0].text
    for gap, word in zip(gaps, words[1:], strict=True):
        text += word.text if gap < 1.5 * usual else " " + word.text
    return text
