"""Words as tesseract saw them in; words as a text layer would give them, with size, weight and bullets, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lscb_textmine.read.leaders import Leader, put_leaders
from lscb_textmine.read.straight import Grid, find_ink
from lscb_textmine.read.tesseract import DPI, Seen
from lscb_textmine.read.words import PageWords, Word

if TYPE_CHECKING:
    from PIL.Image import Image

POINT = 72 / DPI
REACH = 0.97
"""From the lowest descender to the highest top, in type sizes: 0.90 in Times, 0.93 in Arial, 1.0 in Verdana."""
INK_EDGE = 1.0
"""Dots by which the ink of a letter spreads below its base line."""
ASCENT, DESCENT = 0.9, 0.21
LIKE = 0.08
"""Share by which the sizes told of two lines may differ when they are one."""
BOLDER = 1.3
"""How much thicker than in most words of its size the strokes of a bold word are."""
EDGE = 5
"""Dots round a word's box in which its letters may end."""
ROUND = 0.7
"""Share of its box that a dot fills: a circle 0.79, less where it is blurred."""
TICKS = ("v", "V", "√", "¥")
"""What a tick that stands alone is taken for."""
SPREAD = 2.5
"""Dots by which scanning widens every stroke, thin or thick."""
SHORT, SHORT_BOLDER = 3, 1.5
"""Letters up to which a word tells little of its weight, and how much thicker it must then be."""
MADE_UP = "\ufffe"
BULLETS = re.compile(r"[eoOcC¢©®°*«»·•▪■\-–—=~.+>§]{1,2}")
LEAST_FILLED = 0.2
"""Share of the box of a dash or mark that must be ink."""
LEAST_SURE = 25
"""Confidence below which a word without a letter or digit is dirt on the page."""


def seen_to_words(seen: Sequence[Seen], picture: Image, leaders: Sequence[Leader] = ()) -> tuple[Word, ...]:
    """The words in points, with size, weight, bullets and line-end hyphens as a text layer has them."""
    dark = find_ink(picture)
    kept = put_leaders([each for each in seen if is_printed(dark, each)], leaders)
    bold = tell_bold(kept, [stroke_width(dark, each) / each.line.reach for each in kept])
    words: list[Word] = []
    loose = _without_words(dark, kept)
    for start, end in stretches(kept):
        dot = find_dot(loose, kept[start])
        if dot:
            words.append(_to_word("•", dot, bold=False))
        for i in range(start, end):
            text = "•" if i == start and is_dot(dark, kept[i]) else kept[i].text
            text = "I" if text == "|" and i + 1 < end and kept[i + 1].text[0].islower() else text
            text = mend_lone(text) if end - start == 1 else text
            last = i + 1 == len(kept) or kept[i + 1].line is not kept[i].line
            words.append(_to_word(_mark_hyphen(text) if last else text, kept[i], bold=bold[i]))
    return tuple(words)


def mend_lone(text: str) -> str:
    """A word that stands alone, as in a cell, with the letters that are taken for figures and marks put right.

    >>> [mend_lone(text) for text in ("Al", "4,1", "2:7", "3;", "v", "All", "9:30")]
    ['A1', '4.1', '2.7', '3.', '✓', 'All', '9:30']
    """
    if text in TICKS:
        return "✓"
    text = re.sub(r"^([A-Z])l$", r"\g<1>1", text)
    return re.sub(r"^(\d{1,2})[:;,](\d?)$", r"\1.\2", text)


def is_printed(dark: Grid, seen: Seen) -> bool:
    """Whether a word is more than dirt: one without letters or digits must have ink in its box."""
    if any(map(str.isalnum, seen.text)):
        return True
    box = dark[seen.top : seen.bottom, seen.left : seen.right]
    return seen.sure >= LEAST_SURE and bool(box.size) and float(box.mean()) > LEAST_FILLED


def _mark_hyphen(text: str) -> str:
    """A word at a line's end with its hyphen marked as one that may have been put in there."""
    return text[:-1] + MADE_UP if len(text) > 2 and text[-1] == "-" and text[-2].isalpha() else text


def _to_word(text: str, seen: Seen, *, bold: bool) -> Word:
    size = round(seen.line.reach * POINT / REACH, 1)
    base = seen.line.base_at((seen.left + seen.right) / 2)
    if not seen.top < base <= seen.bottom + 0.3 * seen.line.reach:
        base = seen.bottom
    base -= INK_EDGE
    top, bottom = base * POINT - ASCENT * size, base * POINT + DESCENT * size
    return Word(text, seen.left * POINT, top, seen.right * POINT, bottom, size, bold, False, True)


def settle_sizes(pages: Sequence[PageWords]) -> list[PageWords]:
    """The pages with the type sizes of those that were scanned settled over the whole paper.

    What is told of single lines differs by some hundredths: sizes that differ little have that of most letters.
    """
    letters: Counter[float] = Counter()
    for page in pages:
        if page.scanned:
            for word in page.words:
                letters[word.size] += len(word.text)
    settled = group_sizes(letters)
    return [
        page._replace(words=tuple(_set_size(word, settled[word.size]) for word in page.words)) if page.scanned else page
        for page in pages
    ]


def group_sizes(letters: Mapping[float, int]) -> dict[float, float]:
    """For each size the one that stands for it, given how many letters have each.

    >>> group_sizes({9.6: 10, 9.9: 90, 10.2: 20, 14.3: 8})
    {9.6: 9.9, 9.9: 9.9, 10.2: 9.9, 14.3: 14.3}
    """
    settled: dict[float, float] = {}
    left = dict(letters)
    while left:
        usual = weighted_median(list(left.items()))
        alike = [size for size in left if abs(size - usual) <= LIKE * usual]
        settled |= dict.fromkeys(alike, usual)
        left = {size: count for size, count in left.items() if size not in alike}
    return settled


def _set_size(word: Word, size: float) -> Word:
    base = word.bottom - DESCENT * word.size
    return word._replace(size=size, top=base - ASCENT * size, bottom=base + DESCENT * size)


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
    return max(0.0, float(box.sum()) / runs - SPREAD) if runs else 0.0


def tell_bold(seen: Sequence[Seen], strokes: Sequence[float]) -> list[bool]:
    """Whether each word is bold, its strokes being told in shares of its line's reach.

    Words that stand together are bold together, for a short one tells little; a long one may be bold among others.
    """
    weights = [sum(map(str.isalnum, each.text)) for each in seen]
    usual = weighted_median(list(zip(strokes, weights, strict=True))) or 1.0
    bold: list[bool] = []
    for start, end in stretches(seen):
        middle = weighted_median(list(zip(strokes[start:end], weights[start:end], strict=True)))
        most = BOLDER if sum(weights[start:end]) > SHORT else SHORT_BOLDER
        together = middle > most * usual
        bold += [together or (weights[i] > SHORT and strokes[i] > SHORT_BOLDER * usual) for i in range(start, end)]
    return bold


def stretches(seen: Sequence[Seen]) -> list[tuple[int, int]]:
    """Where each row of words without a wide gap begins and ends."""
    if not seen:
        return []
    starts = [
        i
        for i, each in enumerate(seen)
        if not i or seen[i - 1].line is not each.line or each.left - seen[i - 1].right > each.line.reach
    ]
    return list(zip(starts, [*starts[1:], len(seen)], strict=True))


def is_dot(dark: Grid, seen: Seen) -> bool:
    """Whether a word is a round or square dot that was taken for a letter."""
    if not BULLETS.fullmatch(seen.text):
        return False
    return _is_round(dark[seen.top : seen.bottom, seen.left : seen.right], seen.line.reach)


def _is_round(box: Grid, reach: float) -> bool:
    height, width = box.shape
    if not 0.12 * reach < height < 0.6 * reach or not 0.6 < width / height < 1.6:
        return False
    return float(box.mean()) > ROUND


def _without_words(dark: Grid, seen: Sequence[Seen]) -> Grid:
    """The ink that belongs to no word."""
    loose = dark.copy()
    for each in seen:
        loose[max(0, each.top - EDGE) : each.bottom + EDGE, max(0, each.left - EDGE) : each.right + EDGE] = False
    return loose


def find_dot(loose: Grid, seen: Seen) -> Seen | None:
    """The bullet that stands alone to the left of a word and was not seen, None when there is none."""
    import numpy

    reach = seen.line.reach
    base = int(seen.line.base_at(seen.left))
    left, right = max(0, int(seen.left - 3 * reach)), max(0, int(seen.left - 0.3 * reach))
    top = max(0, base - int(0.8 * reach))
    strip = loose[top:base, left:right]
    columns, rows = numpy.nonzero(strip.sum(axis=0) > 1)[0], numpy.nonzero(strip.sum(axis=1) > 1)[0]
    if not len(columns) or not len(rows):
        return None
    box = strip[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    if not _is_round(box, reach):
        return None
    edges = left + int(columns[0]), top + int(rows[0]), left + int(columns[-1]) + 1, top + int(rows[-1]) + 1
    return Seen("•", *edges, 100.0, seen.line)
