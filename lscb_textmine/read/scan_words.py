"""Words as tesseract saw them on a level picture in; words as a text layer would give them out: size, weight, bullets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lscb_textmine.read.straight import Grid, find_ink
from lscb_textmine.read.tesseract import DPI, Seen
from lscb_textmine.read.words import Word

if TYPE_CHECKING:
    from PIL.Image import Image

POINT = 72 / DPI
REACH = 0.93
"""From the lowest descender to the highest top, in type sizes, in the common faces."""
ASCENT, DESCENT = 0.9, 0.21
LIKE = 0.08
"""Share by which the sizes told of two lines may differ when they are one."""
BOLDER = 1.22
"""How much thicker than in most words of its size the strokes of a bold word are."""
SHORT, SHORT_BOLDER = 3, 1.4
"""Letters up to which a word tells little of its weight, and how much thicker it must then be."""
MADE_UP = "\ufffe"
BULLETS = re.compile(r"[eoOcC¢©®°*«»·•▪■\-–—=~.+>§]{1,2}")
LEAST_SURE = 25
"""Confidence below which a word without a letter or digit is dirt on the page."""


def seen_to_words(seen: Sequence[Seen], picture: Image) -> tuple[Word, ...]:
    """The words in points, with size, weight, bullets and line-end hyphens as a text layer has them."""
    kept = [each for each in seen if each.sure >= LEAST_SURE or any(map(str.isalnum, each.text))]
    dark = find_ink(picture)
    sizes = tell_sizes(kept)
    bold = tell_bold(kept, [stroke_width(dark, each) / each.line.reach for each in kept])
    words = []
    for i, each in enumerate(kept):
        first = i == 0 or kept[i - 1].line is not each.line
        last = i + 1 == len(kept) or kept[i + 1].line is not each.line
        text = "•" if first and not last and is_bullet_dot(dark, each) else each.text
        if last and len(text) > 2 and text[-1] == "-" and text[-2].isalpha():
            text = text[:-1] + MADE_UP
        words.append(_to_word(text, each, sizes[each.line.number], bold=bold[i]))
    return tuple(words)


def _to_word(text: str, seen: Seen, size: float, *, bold: bool) -> Word:
    base = seen.line.base_at((seen.left + seen.right) / 2)
    if not seen.top < base <= seen.bottom + 0.3 * seen.line.reach:
        base = seen.bottom
    top, bottom = base * POINT - ASCENT * size, base * POINT + DESCENT * size
    return Word(text, seen.left * POINT, top, seen.right * POINT, bottom, size, bold, False, True)


def tell_sizes(seen: Sequence[Seen]) -> dict[int, float]:
    """The type size of each line in points, to the half; lines that differ little have the size of most."""
    letters: Counter[tuple[int, float]] = Counter()
    for each in seen:
        letters[each.line.number, each.line.reach * POINT / REACH] += len(each.text)
    sizes: dict[int, float] = {}
    left = dict(letters)
    while left:
        usual = weighted_median([(size, count) for (_, size), count in left.items()])
        alike = {key for key in left if abs(key[1] - usual) <= LIKE * usual}
        sizes |= {number: round(usual * 2) / 2 for number, _ in alike}
        left = {key: count for key, count in left.items() if key not in alike}
    return sizes


def weighted_median(values: Sequence[tuple[float, int]]) -> float:
    """The value at the middle of the weights.

    >>> weighted_median([(1.0, 1), (9.0, 5), (2.0, 1)])
    9.0
    """
    half, total = sum(weight for _, weight in values) / 2, 0
    for value, weight in sorted(values):
        total += weight
        if total >= half:
            return value
    return 0.0


def stroke_width(dark: Grid, seen: Seen) -> float:
    """The mean length of the dark runs along the rows of a word's box, in dots."""
    box = dark[seen.top : seen.bottom, seen.left : seen.right]
    runs = int(box[:, :1].sum()) + int((box[:, 1:] & ~box[:, :-1]).sum())
    return float(box.sum()) / runs if runs else 0.0


def tell_bold(seen: Sequence[Seen], strokes: Sequence[float]) -> list[bool]:
    """Whether each word is bold, its strokes being told in shares of its line's reach.

    Words that stand together are bold together, for a short one tells little; a long one may be bold among others.
    """
    weights = [len(each.text) for each in seen]
    usual = weighted_median(list(zip(strokes, weights, strict=True))) or 1.0
    bold: list[bool] = []
    for start, end in _stretches(seen):
        middle = weighted_median(list(zip(strokes[start:end], weights[start:end], strict=True)))
        most = BOLDER if sum(weights[start:end]) > SHORT else SHORT_BOLDER
        together = middle > most * usual
        bold += [together or (weights[i] > SHORT and strokes[i] > SHORT_BOLDER * usual) for i in range(start, end)]
    return bold


def _stretches(seen: Sequence[Seen]) -> list[tuple[int, int]]:
    """Where each row of words without a wide gap begins and ends."""
    starts = [
        i
        for i, each in enumerate(seen)
        if not i or seen[i - 1].line is not each.line or each.left - seen[i - 1].right > each.line.reach
    ]
    return list(zip(starts, [*starts[1:], len(seen)], strict=True))


def is_bullet_dot(dark: Grid, seen: Seen) -> bool:
    """Whether the first word of a line is a round or square dot that was taken for a letter."""
    width, height = seen.right - seen.left, seen.bottom - seen.top
    if not BULLETS.fullmatch(seen.text) or not 0.6 < width / max(1, height) < 1.6:
        return False
    box = dark[seen.top : seen.bottom, seen.left : seen.right]
    return height < 0.6 * seen.line.reach and float(box.mean()) > 0.62
