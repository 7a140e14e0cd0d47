"""The words and ruling lines of a PDF page, in points from the top left corner of the page as displayed."""

from __future__ import annotations

from typing import NamedTuple


class Word(NamedTuple):
    """A word as printed. A NamedTuple, not a dataclass: a page has hundreds and they never leave `read`."""

    text: str
    """Without white space; a hyphen at a line's end that pdfium knows of is U+FFFE."""
    left: float
    top: float
    right: float
    bottom: float
    size: float
    """Type size in points, as displayed."""
    bold: bool
    italic: bool
    upright: bool
    """False for turned words (watermarks, sideways labels)."""
    mark: int = -1
    """Marked-content number that ties the word to the tag tree of a tagged file, -1 for none."""


class Rule(NamedTuple):
    """A ruling line, or an edge of a filled or stroked rectangle; horizontal when `top` equals `bottom`."""

    left: float
    top: float
    right: float
    bottom: float
    drawn: bool = True
    """False for the edge of a filled area with no line round it (shading)."""


class TagCell(NamedTuple):
    """A table cell as the tag tree of an accessible file tells it; paths are child indices from the root."""

    table: tuple[int, ...]
    row: tuple[int, ...]
    position: int
    """Among the cells of its row."""
    width: int
    """How many cells the row has, the empty ones too."""
    row_span: int
    column_span: int
    header: bool
    marks: frozenset[int]
    """Marked-content numbers of its words on this page."""


class PageWords(NamedTuple):
    """One page: its number from 1, its size as displayed, its words in stored order and its ruling lines."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    pictured: float = 0.0
    """Share of the page that pictures cover, 0 to 1."""
    notes: tuple[str, ...] = ()
    """Texts of form fields and free-text notes, which are not among the words."""
    tags: tuple[TagCell, ...] = ()
    tables: bool = True
    """False for a page of so many words or lines that no table is looked for on it."""
    scanned: bool = False
    """Whether the words were made out by OCR from a picture."""
    askew: float = 0.0
    """Degrees by which the picture of a scanned page was turned to be level."""
