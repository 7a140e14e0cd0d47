"""The picture of a page in; its words and ruling lines, as a page with a text layer would give them, out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from lscb_textmine.read.fills import lighten_fills, part_fills
from lscb_textmine.read.leaders import take_leaders
from lscb_textmine.read.scan_rules import take_rules
from lscb_textmine.read.scan_words import POINT, seen_to_words
from lscb_textmine.read.straight import Laid, flatten, half_turn, straighten
from lscb_textmine.read.tesseract import Seen, Tesseract
from lscb_textmine.read.unseen import see_all_words, share_unseen
from lscb_textmine.read.words import PageWords, Rule

if TYPE_CHECKING:
    from PIL.Image import Image

TRUSTED = 0.9
"""Confidence of a page below which it is not trusted: of scans made ever worse, pages above had 95 and more in 100
words right, pages below 92 and fewer."""
LITTLE = 0.1
"""Share of print that may be no word: crests, signatures, bullets."""
WRONG_WAY_UP = 0.7
"""Confidence of a page below which it is read the other way up too."""


class Scan(NamedTuple):
    """A page as read from its picture, and how sure tesseract is of its letters, 0 to 1."""

    words: PageWords
    confidence: float
    unseen: float = 0.0
    """The share of its print that no word accounts for, 0 to 1."""


def read_scan(picture: Image, number: int, tesseract: Tesseract) -> Scan:
    """A page read from its grey picture of 300 dots to the inch. Raises TesseractError when it cannot be."""
    laid = straighten(picture)
    scan = _read_laid(laid, number, tesseract)
    if scan.confidence < WRONG_WAY_UP and (scan.words.words or laid.quarters):
        other = _read_laid(half_turn(laid), number, tesseract)
        return other if other.confidence > scan.confidence else scan
    return scan


def _read_laid(laid: Laid, number: int, tesseract: Tesseract) -> Scan:
    fills, light = lighten_fills(laid.picture)
    leaders, light = take_leaders(light)
    ruled = take_rules(light)
    clean = flatten(ruled.picture)
    seen = see_all_words(clean, tesseract)
    words = seen_to_words(seen, clean, leaders)
    boxes = [(a * POINT, b * POINT, c * POINT, d * POINT) for a, b, c, d in fills]
    rules = [Rule(a * POINT, b * POINT, c * POINT, d * POINT) for a, b, c, d in ruled.lines]
    rules += part_fills(boxes, [rule for rule in rules if rule.left == rule.right], words)
    rules += [edge for box in boxes for edge in outline(*box)]
    width, height = laid.picture.width * POINT, laid.picture.height * POINT
    page = PageWords(number, width, height, words, tuple(rules), 1.0, scanned=True, askew=laid.askew)
    unseen = share_unseen(clean, seen)
    return Scan(page, tell_confidence(seen, unseen), unseen)


def outline(left: float, top: float, right: float, bottom: float) -> tuple[Rule, ...]:
    """The edges of a filled area as rules that are not drawn."""
    level = (Rule(left, top, right, top, drawn=False), Rule(left, bottom, right, bottom, drawn=False))
    return *level, Rule(left, top, left, bottom, drawn=False), Rule(right, top, right, bottom, drawn=False)


def tell_confidence(seen: Sequence[Seen], unseen: float) -> float:
    """The mean confidence of the letters of a page, 0 for one without, less the share of its print that was not seen.

    Of a blurred page tesseract may read three lines, and those surely.
    """
    letters = sum(len(each.text) for each in seen)
    known = 1.0 - unseen if unseen > LITTLE else 1.0
    return round(known * sum(each.sure * len(each.text) for each in seen) / letters / 100, 3) if letters else 0.0
