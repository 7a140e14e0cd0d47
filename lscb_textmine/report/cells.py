"""Text as found in a paper in; text that is safe in a spreadsheet cell out."""

from __future__ import annotations

import re

LONGEST = 32_767
"""Characters in one cell; Excel refuses more."""
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""Characters that no reader sees, some of which turn a line's order round (Unicode Bidirectional Algorithm, UAX #9)."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def clean_text(text: str) -> str:
    r"""The text without control characters, cut to what a cell holds.

    >>> clean_text("a\x00b\x1bc")
    'abc'
    """
    plain = CONTROL.sub("", text)
    return plain if len(plain) < LONGEST // 2 else _cut(plain)


def _cut(text: str) -> str:
    # Excel counts UTF-16 units: a character beyond the first 65,536 is two.
    while len(text.encode("utf-16-le")) // 2 > LONGEST:
        text = text[: min(len(text), LONGEST) - 100].rstrip() + " …"
    return text


def guard_text(text: str) -> str:
    """The text for a CSV cell: one that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> guard_text("=1+1"), guard_text("1+1")
    ("'=1+1", '1+1')
    """
    plain = clean_text(text)
    return f"'{plain}" if plain.startswith(FORMULA_STARTS) else plain


def quote_text(text: str) -> str:
    r"""The text as it can be quoted in a line: white space single, no control character, no mark of direction.

    >>> quote_text("safe\u202e\nand  sound\x00")
    'safe and sound'
    """
    return " ".join(UNSEEN.sub("", " ".join(text.split())).split())
