"""A paper and a page in; a link that opens the paper at that page out."""

from __future__ import annotations

import os
import re
from pathlib import Path, PurePath
from urllib.parse import quote

from lscb_textmine.report.cells import LOST, UNSEEN

MOST_LINKS = 65_530
"""Links on one sheet; Excel refuses more."""
LONGEST_LINK = 2_079
ESCAPED = {character: f"%{ord(character):02X}" for character in '%#"<>[]^`{}?\\ '}
"""As Excel writes them. Letters beyond ASCII stay as they are: Excel for Windows does not undo their escapes. A
backslash is only ever part of a name here, and must not become the start of another machine's address."""


def link_to_paper(path: str, folder: Path) -> str:
    """The address of a paper as seen from the folder that holds the workbook.

    Relative where there is a way from one to the other, so that both can move together; else from the root of the
    drive.
    """
    whole = Path(path).resolve()
    try:
        relative = os.path.relpath(whole, folder.resolve())
    except ValueError:  # another drive of Windows
        return escape_path(whole)
    return escape_path(PurePath(relative))


def escape_path(path: PurePath) -> str:
    """The path as a web address: forward slashes, escapes for what has a meaning in an address or is seen by nobody.

    A first part that a program would take for a scheme or another machine has "./" before it.

    >>> from pathlib import PurePosixPath, PureWindowsPath
    >>> escape_path(PureWindowsPath(r"C:\\Board papers\\100% #2.pdf"))
    'file:///C:/Board%20papers/100%25%20%232.pdf'
    >>> escape_path(PurePosixPath("javascript:alert(1).pdf"))
    './javascript:alert(1).pdf'
    """
    text = "".join(ESCAPED.get(character, character) for character in path.as_posix())
    text = LOST.sub(_escape, UNSEEN.sub(_escape, text))
    if text.startswith("//"):
        return f"file:{text}"
    if path.is_absolute():
        return f"file:///{text.lstrip('/')}"
    first = text.split("/", 1)[0]
    return f"./{text}" if ":" in first or "%5C" in first else text


def _escape(found: re.Match[str]) -> str:
    return quote(os.fsencode(found[0]))
