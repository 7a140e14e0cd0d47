"""The words of a line in; its list marker or number, and the words after it, out.

Markers as boards print them (field notes, "Damage from conversion"): • · o - – ♦ § (c) 1. 2.4. 7.2The 31.3.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lscb_textmine.read.words import Word

# The last ones are what Symbol and Wingdings bullets become when a file does not say what they mean.
BULLETS = "•●○◦▪▫■□♦◆❖➢➤►▶▸✓✔✗‣⁃∙·§\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf02d\uf06e\uf071\uf0e0"
SMALL_BULLETS = "-–—*o¨Øüvq"
"""Bullets that are also words or signs: they count only with a gap after them, or where a line must begin anew."""

_ENUMERATOR = re.compile(
    r"\(?(?:\d{1,2}(?:\.\d{1,3}){0,3}[a-z]?|[a-z]|[ivxl]{1,5}|[A-H])[.)]{1,2}|\d{1,2}(?:\.\d{1,3}){1,3}[a-z]?"
)
_FUSED = re.compile(r"(\d{1,2}(?:\.\d{1,3}){1,3}\.?|\d{1,2}\.|\([a-z]\)|\([ivx]{1,4}\))(?=[A-Z][a-z])")
_BARE_NUMBER = re.compile(r"\d{1,2}")


class Marked(NamedTuple):
    """A line's marker, the words after it and how sure it is."""

    marker: str
    words: tuple[Word, ...]
    sure: bool
    """False when the same sign could stand in running text: then what stands before it decides."""


def split_marker(words: Sequence[Word]) -> Marked | None:
    """The marker that a line begins with and the words after it; None when it begins with none, or is only a marker."""
    first = words[0]
    text = first.text
    if text[0] in BULLETS:
        return _split_bullet(words)
    if len(words) > 1:
        gap = (words[1].left - first.right) / (first.size or 1.0)
        if len(text) == 1 and text in SMALL_BULLETS:
            return Marked(text, tuple(words[1:]), gap > 0.6) if gap > 0.6 or text in "-–—*" else None
        if _ENUMERATOR.fullmatch(text):
            return Marked(text, tuple(words[1:]), gap > 0.9)
        if gap > 0.9 and _BARE_NUMBER.fullmatch(text):
            return Marked(text, tuple(words[1:]), False)
    fused = _FUSED.match(text) if text[0] in "(0123456789" else None
    if fused:
        rest = first._replace(text=text[fused.end() :])
        return Marked(fused[0], (rest, *words[1:]), False)
    return None


def _split_bullet(words: Sequence[Word]) -> Marked | None:
    first = words[0]
    sign = first.text[0] if first.text[0] < "\ue000" else "•"
    if len(first.text) > 1:
        return Marked(sign, (first._replace(text=first.text[1:]), *words[1:]), True)
    return Marked(sign, tuple(words[1:]), True) if len(words) > 1 else None


def may_mark(text: str) -> bool:
    """Whether a word by itself can be a list marker."""
    return is_bullet(text) or bool(_ENUMERATOR.fullmatch(text))


def is_bullet(marker: str) -> bool:
    """Whether a marker is a sign rather than a number or letter that counts."""
    return len(marker) == 1 and (marker in BULLETS or marker in SMALL_BULLETS)


def count_of(marker: str) -> tuple[int, ...]:
    """The numbers in a marker ("2.4" gives 2 and 4), a letter as its place in the alphabet; none for a bullet.

    >>> count_of("2.4."), count_of("(c)"), count_of("•")
    ((2, 4), (3,), ())
    """
    numbers = re.findall(r"\d+", marker)
    if numbers:
        return tuple(int(number) for number in numbers)
    letter = re.fullmatch(r"\(?([a-hj-uw-z])[.)]+", marker)
    return (ord(letter[1]) - 96,) if letter else ()
