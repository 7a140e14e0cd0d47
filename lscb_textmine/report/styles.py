"""The looks of a cell: every one reads in grey as well, by weight, symbol or shade."""

from __future__ import annotations

from typing import Any, NamedTuple

INK, PALE, MIDDLE, DARK = "#1F2A37", "#EEF2F6", "#C9D3DE", "#24415F"
SAND = "#FBF6E9"
EDGE = {"font_size": 10, "border": 1, "border_color": MIDDLE, "valign": "top", "font_color": INK}
WRAPPED = EDGE | {"text_wrap": True}
CENTRED = EDGE | {"align": "center"}
LOOKS: dict[str, dict[str, Any]] = {
    "text": WRAPPED,
    "short": EDGE,
    "centre": CENTRED,
    "number": CENTRED | {"num_format": "#,##0"},
    "decimal": CENTRED | {"num_format": "0.0"},
    "share": CENTRED | {"num_format": "0%"},
    "probability": CENTRED | {"num_format": "0.00"},
    "link": CENTRED | {"font_color": "#0B4F9C", "underline": 1},
    "paper": WRAPPED | {"font_color": "#0B4F9C", "underline": 1},
    "yes": WRAPPED | {"bg_color": "#DDEBDD", "bold": True},
    "no": WRAPPED | {"font_color": "#5B6673"},
    "smart": CENTRED | {"bg_color": DARK, "font_color": "#FFFFFF", "bold": True},
    "aspirational": CENTRED,
    "review": CENTRED | {"bg_color": "#F6E3B4", "bold": True},
    "total": WRAPPED | {"bold": True, "bg_color": PALE},
    "header": WRAPPED | {"bold": True, "bg_color": DARK, "font_color": "#FFFFFF", "valign": "vcenter"},
    "reviewer": CENTRED | {"bg_color": SAND},
    "reviewer text": WRAPPED | {"bg_color": SAND},
    "reviewer header": WRAPPED | {"bold": True, "bg_color": "#7A5B1E", "font_color": "#FFFFFF", "valign": "vcenter"},
    "glance": WRAPPED | {"bg_color": PALE},
    "id": EDGE | {"font_color": MIDDLE, "font_size": 8, "align": "fill"},
    "title": {"bold": True, "font_size": 16, "font_color": DARK},
    "lead": {"font_size": 10, "text_wrap": True, "valign": "top", "font_color": INK},
    "heading": WRAPPED | {"bold": True, "font_color": DARK},
}


class Styled(NamedTuple):
    """A value that does not look like the rest of its column, or that leads somewhere."""

    value: str | float | None
    look: str = ""
    """`""` for the column's own."""
    link: str = ""
    """An address, or "internal:'Sheet'!A1"."""
    anchor: str = ""
    """Where in the address: "page=4"."""


class Column(NamedTuple):
    """A column's header, its width in characters and how its cells look."""

    name: str
    width: float
    look: str = "text"
    header: str = "header"
    """How its header looks."""
    choices: tuple[str, ...] = ()
    """What may be chosen in its cells."""
    prompt: str = ""
    """Told beside the cell when it is chosen."""
