"""Names of boards in; names of files out that any system takes, no two the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from lscb_textmine.report.cells import quote_text

FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
"""Characters that Windows takes in no file name (Microsoft, "Naming Files, Paths, and Namespaces")."""
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)", re.IGNORECASE)
LONGEST = 150
"""Bytes: with its number and ending a name stays below the 255 of common file systems."""
UNNAMED = "Board not named"
ALL_BOARDS = "All boards"


def file_names(boards: Iterable[str]) -> dict[str, str]:
    """A file name without its ending for each board; `""` stands for all boards together.

    >>> file_names(["Cwm/Arthen", "CWM-arthen"])
    {'Cwm/Arthen': 'Cwm-Arthen', 'CWM-arthen': 'CWM-arthen (2)'}
    """
    taken = {ALL_BOARDS.casefold()}
    named = {}
    for board in boards:
        name = ALL_BOARDS if not board else _free(safe_name(board), taken)
        taken.add(_key(name))
        named[board] = name
    return named


def _free(name: str, taken: set[str]) -> str:
    again, tried = 2, name
    while _key(tried) in taken:
        tried, again = f"{name} ({again})", again + 1
    return tried


def _key(name: str) -> str:
    """What two names share that some file system takes for one."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).upper().casefold())


def safe_name(board: str) -> str:
    """The board's name as a file name.

    >>> safe_name("../../etc/passwd"), safe_name("con"), safe_name(" . ")
    ('etc-passwd', 'con board', 'Board not named')
    """
    name = FORBIDDEN.sub("-", unicodedata.normalize("NFC", quote_text(board)))
    name = name.encode("utf-8", "ignore")[:LONGEST].decode("utf-8", "ignore").strip(" .~$-")
    if not name:
        return UNNAMED
    return f"{name} board" if RESERVED.match(name) else name
