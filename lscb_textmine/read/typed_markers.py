"""A line as typed in; the list marker or number at its start, and the words after it, out."""

from __future__ import annotations

import re

GLYPHS = "•·●○◦▪▫■□♦◆❖❑➢➤►▶→➔‣⁃∙"
BULLETS = frozenset(GLYPHS + "*§o-–—✓✔")
"""What a list may print before an item that counts nothing. A typed tick says yes or opens a legend: it stays."""
MARKER = re.compile(
    rf"""\s*(?P<marker>
      [{GLYPHS}]
    | [*§o](?=\s)
    | [-–—](?=\s|[^\W\d])
    | \(?(?:\d{{1,3}}|[a-z]|[ivx]{{2,5}})\)(?=\s|[A-Z])
    | (?:\d{{1,2}}|[a-z]|[ivx]{{2,4}})\.(?=\s)
    | \d{{1,2}}\.(?=[A-Z][a-z])
    | (?!\d\d?\.(?:00|30)\b|\d\d?\.\d\d\.\d\d)        # a time of day or a date, as an agenda has
      \d{{1,2}}(?:\.\d{{1,2}}){{1,3}}[a-z]?\.?(?=\s+[A-Z“‘"'(]|[A-Z][a-z])
    | \d{{1,3}}(?=\t)
    )\s*(?=\S)""",
    re.VERBOSE,
)


def split_marker(line: str) -> tuple[str, str]:
    """The typed marker of a line, `""` for none, and the rest.

    >>> split_marker("- Publish"), split_marker("(c) Hold"), split_marker("7.2The Board"), split_marker("12 March 2011")
    (('-', 'Publish'), ('(c)', 'Hold'), ('7.2', 'The Board'), ('', '12 March 2011'))
    """
    match = MARKER.match(line)
    return (match["marker"], line[match.end() :]) if match else ("", line)
