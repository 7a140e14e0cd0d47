"""Plain text in; its printed lines out, without page numbers and running heads, with the gaps that mean something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

PAGE_NUMBER = re.compile(
    r"\W*(?:page|tudalen|p\.)\s*\d{1,3}(?:\s*(?:of|o|/)\s*\d{1,3})?\W*|\W*\d{1,3}\s*(?:of|/)\s*\d{1,3}\W*|[-–—]\s*\d{1,3}\s*[-–—]",
    re.IGNORECASE,
)
RULE = re.compile(r"[-–—=_*~.\s]{3,}")
# Symbol and Wingdings bullets, saved as private characters
PRIVATE_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf06e", "•"))
LONGEST_WRAPPED = 130
"""Characters. Where lines are usually longer, a line is a paragraph and none was wrapped."""


class TypedLine(NamedTuple):
    """One line that is not blank, single spaced. A NamedTuple, as it never leaves `read`."""

    text: str
    indent: int = 0
    gap: bool = False
    """Whether white space above it sets it apart from the line before."""


def text_to_lines(text: str) -> list[TypedLine]:
    """The lines of the text; in a text with a blank line after every line, only wider gaps count."""
    raw = [line.expandtabs(4).rstrip() for line in text.lstrip("\ufeff").translate(PRIVATE_BULLETS).split("\n")]
    heads = running_heads(raw)
    lines: list[tuple[str, int, int]] = []
    blanks = 1
    for line in raw:
        words = " ".join(line.split())
        if words and (PAGE_NUMBER.fullmatch(words) or mask_digits(words) in heads):
            continue
        if not words or RULE.fullmatch(words):
            blanks += 1
            continue
        lines.append((words, len(line) - len(line.lstrip(" \f")), blanks))
        blanks = 0
    spaced = is_double_spaced(lines)
    return [TypedLine(words, indent, blanks > spaced) for words, indent, blanks in lines]


def is_double_spaced(lines: Sequence[tuple[str, int, int]]) -> int:
    """1 when a blank line follows every printed line, so that a single one ends no paragraph, else 0.

    Told from paragraphs of one long line each by lines that go on amid a sentence over the blank line.
    """
    if len(lines) < 4:
        return 0
    pairs = [(lines[i - 1][0], words) for i, (words, _, blanks) in enumerate(lines) if i and blanks]
    broken = sum(below[0].islower() and above[-1] not in ".:;?!" for above, below in pairs)
    return int(len(pairs) > 0.6 * len(lines) and broken > 0.3 * len(pairs))


def usual_width(lines: Sequence[TypedLine]) -> int:
    """The width at which lines are wrapped, 0 when a line is a whole paragraph."""
    lengths = sorted(len(line.text) for line in lines)
    if not lengths:
        return 0
    width, nearly_longest = (lengths[int(share * (len(lengths) - 1))] for share in (0.9, 0.98))
    return width if lengths[-1] <= LONGEST_WRAPPED or nearly_longest <= LONGEST_WRAPPED - 30 else 0


def running_heads(raw: Sequence[str]) -> frozenset[str]:
    """The lines, digits masked, that stand beside a page's end three times or more: running heads and feet."""
    beside: Counter[str] = Counter()
    for i, line in enumerate(raw):
        words = " ".join(line.replace("\f", " ").split())
        if "\f" not in line and not (words and PAGE_NUMBER.fullmatch(words)):
            continue
        near = [" ".join(each.split()) for each in raw[max(0, i - 3) : i + 4]]
        beside.update({mask_digits(each) for each in near if each and len(each) < 100})
    return frozenset(line for line, times in beside.items() if times >= 3 and re.search(r"[^\W\d]", line))


def mask_digits(line: str) -> str:
    """The line with every number as "#"."""
    return re.sub(r"\d+", "#", line)
