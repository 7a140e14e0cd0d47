"""Values in; JSON for programs out, which keeps every character of a paper.

Those that no reader sees (marks of direction, line separators, characters of no width) stand as escapes: a program has
them back unchanged, and an editor or a terminal that shows the file is not led astray by them.
"""

from __future__ import annotations

import json

from lscb_textmine.report.cells import LOST, UNSEEN


def to_json(value: object, *, indent: int | None = None, ascii_only: bool = False) -> str:
    r"""The value as JSON; without `indent` in one line for whatever program splits a file into lines.

    >>> to_json({"text": "Diogelu \u202eŵy\u2028"})
    '{"text": "Diogelu \\u202eŵy\\u2028"}'
    """
    return escape_unseen(json.dumps(value, ensure_ascii=ascii_only, indent=indent))


def escape_unseen(text: str) -> str:
    """JSON text with an escape for each character that no reader sees; its own line ends stay."""
    if text.isprintable():
        return text
    return UNSEEN.sub(lambda found: _escape(found[0]), LOST.sub("\ufffd", text))


def _escape(character: str) -> str:
    return character if character == "\n" else json.dumps(character)[1:-1]
