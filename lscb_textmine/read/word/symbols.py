"""Characters of picture fonts in; the plain sign a reader sees out."""

from __future__ import annotations

import re

PICTURES = {
    "wingdings": {0x6C: "•", 0x6E: "▪", 0x71: "❑", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢",
                  0xE0: "→", 0xE8: "➔", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x6F: "☐"},
    "symbol": {0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xAE: "→", 0xB0: "°", 0xB1: "±", 0xB4: "×", 0xBE: "—"},
}  # fmt: skip
HEXADECIMAL = re.compile(r"[0-9A-Fa-f]{1,4}")
PRIVATE = re.compile(r"[\uf000-\uf0ff]")


def picture_sign(written: str, font: str) -> str:
    """The sign of a picture font's character, given in hexadecimal; a bullet where it is not known, as most are.

    >>> picture_sign("F0B7", "Symbol"), picture_sign("FC", "Wingdings"), picture_sign("F0AA", "Wingdings 3")
    ('•', '✓', '•')
    """
    code = int(written, 16) if HEXADECIMAL.fullmatch(written) else 0xB7
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    family = "symbol" if font.lower().startswith("symbol") else "wingdings"
    sign = PICTURES[family].get(low)
    if sign is None and code == low and not font.lower().startswith(("symbol", "wingdings", "webdings")):
        sign = chr(code)
    return sign or "•"


def spell_symbols(text: str) -> str:
    """`text` with characters from the private area of picture fonts as signs.

    >>> spell_symbols("\\uf0b7 Publish"), spell_symbols("\\uf0fc")
    ('• Publish', '✓')
    """
    if not PRIVATE.search(text):
        return text
    both = {**PICTURES["symbol"], **PICTURES["wingdings"]}
    return PRIVATE.sub(lambda match: both.get(ord(match[0]) - 0xF000, "•"), text)
