"""Text as found in a paper in; text that is safe in a cell, a line or a terminal out.

Everything written for people (workbook, CSV, briefings, Markdown, log, terminal) passes through here and leaves out
what no reader sees: control characters, marks of direction, characters of no width. What is written for programs
(`statements.jsonl`, `run.json`) keeps them: see `data.py`.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 32_767
"""Characters in one cell; Excel refuses more."""
UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
"""Characters that no reader sees, some of which turn a line's order round (Unicode Bidirectional Algorithm, UAX #9)."""
LOST = re.compile("[\ud800-\udfff]")
"""What Python makes of a byte in a file's name that is no UTF-8; no file can hold it."""
LINE_END = re.compile("\r\n|[\n\x0b\x0c\r\x85\u2028\u2029]")
FORMULA_STARTS = ("=", "+", "-", "@")
"""What a spreadsheet takes for the start of a formula (OWASP, "CSV Injection")."""


def visible_text(text: str) -> str:
    r"""The text without what no reader sees; its line ends are newlines, its tabs spaces.

    >>> visible_text("a\x00b\x1b[1m\u202ec\u2028d\te")
    'ab[1mc\nd e'
    """
    if text.isprintable():
        return text
    lines = LINE_END.split(LOST.sub("\ufffd", text.replace("\t", " ")))
    return "\n".join(UNSEEN.sub("", line) for line in lines)


def clean_text(text: str) -> str:
    r"""The text for a cell of a workbook, cut to what it holds.

    >>> clean_text("a\x00b\x1bc")
    'abc'
    """
    plain = visible_text(text)
    return plain if len(plain) < LONGEST // 2 else _cut(plain)


def _cut(text: str) -> str:
    # Excel counts UTF-16 units: a character beyond the first 65,536 is two.
    while len(text.encode("utf-16-le")) // 2 > LONGEST:
        text = text[: min(len(text), LONGEST) - 100].rstrip() + " …"
    return text


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet may take the text for a formula, now or when its cell is edited.

    White space before it is passed over, and a full-width sign is the sign.

    >>> looks_like_formula(" =1+1"), looks_like_formula("＝1+1"), looks_like_formula("1+1")
    (True, True, False)
    """
    first = text.lstrip()[:1]
    return text.startswith("\n") or unicodedata.normalize("NFKC", first)[:1] in FORMULA_STARTS


def guard_text(text: str) -> str:
    """The text for a CSV cell: one that a spreadsheet would take for a formula gets an apostrophe before it.

    >>> guard_text("=1+1"), guard_text("1+1")
    ("'=1+1", '1+1')
    """
    plain = clean_text(text)
    return f"'{plain}" if looks_like_formula(plain) else plain


def quote_text(text: str) -> str:
    r"""The text as it can be quoted in a line: white space single, nothing that no reader sees.

    >>> quote_text("safe\u202e\nand  sound\x00")
    'safe and sound'
    """
    return " ".join(visible_text(text).split())
