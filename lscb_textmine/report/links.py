"""A paper and a page in; a link that opens the paper at that page out."""

from __future__ import annotations

import os
from pathlib import Path, PurePath

MOST_LINKS = 65_530
"""Links on one sheet; Excel refuses more."""
LONGEST_LINK = 2_079
ESCAPED = {character: f"%{ord(character):02X}" for character in '%#"<>[]^`{}? '}
"""As Excel writes them. Letters beyond ASCII stay as they are: Excel for Windows does not undo their escapes."""


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
    """The path as a web address: forward slashes, the characters escaped that an address gives a meaning.

    >>> from pathlib import PureWindowsPath
    >>> escape_path(PureWindowsPath(r"C:\\Board papers\\100% #2.pdf"))
    'file:///C:/Board%20papers/100%25%20%232.pdf'
    """
    text = "".join(ESCAPED.get(character, character) for character in path.as_posix())
    if text.startswith("//"):
        return f"file:{text}"
    return f"file:///{text.lstrip('/')}" if path.is_absolute() else text
