"""A paper as read: its blocks, pages, and what is known of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points (1/72 inch), measured from the top left corner of the page as displayed."""

BlockKind = Literal["title", "heading", "paragraph", "list_item", "footnote", "contents", "caption"]
Form = Literal["sentence", "bullet", "table_row", "minute_action"]
Role = Literal[
    "statement",
    "parent",
    "lead",
    "start",
    "timescale",
    "measure",
    "progress",
    "status",
    "resources",
    "reference",
    "other",
]
Language = Literal["en", "cy"]
DOC_TYPES = (
    "business_plan", "strategy", "annual_report", "minutes", "action_log", "review", "terms_of_reference", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where some words stand: a block of the document, in a table also row and column, and the characters there."""

    block: int
    """Index into `Document.blocks`."""
    start: int
    end: int
    """Character offsets in the block's text, or in the cell's text when `row` and `column` are given."""
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text that a reader takes as one: white space single, line-end hyphens undone, no marker in `text`."""

    text: str
    kind: BlockKind = "paragraph"
    level: int = 0
    """Heading level from 1, or depth of a list item from 0."""
    marker: str = ""
    """The list marker or heading number as printed ("•", "a)", "2.1"), not part of `text`."""
    lead_in: str = ""
    """The introduction that governs a list item ("By March 2012 we will:")."""
    section: tuple[str, ...] = ()
    """The headings above, outermost first; the heading's number stands before its words ("5. Action plan")."""
    page: int | None = None
    page_end: int | None = None
    """Last page when the paragraph runs over a page end, else the same as `page`."""
    box: Box | None = None
    language: Language = "en"
    turns: tuple[tuple[int, int], ...] = ()
    """Where the text goes on on a further page: offset in `text` and that page's number."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row. A merged cell stands in each row it covers, with the same text."""

    text: str = ""
    breaks: tuple[int, ...] = ()
    """Offsets in `text` at which a new paragraph or list item of the cell begins (0 is not listed)."""
    merged: bool = False
    """Whether the text was carried here from a cell that covers several rows."""
    box: Box | None = None
    bold: tuple[tuple[int, int], ...] = ()
    """Offsets of paragraphs that are wholly bold: a heading inside a cell."""
    turns: tuple[tuple[int, int], ...] = ()
    """Where the text goes on on a further page: offset in `text` and that page's number."""

    def paragraphs(self) -> tuple[tuple[int, int], ...]:
        """Start and end of each paragraph in `text`, white space at the ends left out."""
        edges = (0, *self.breaks, len(self.text))
        spans = []
        for start, end in pairwise(edges):
            piece = self.text[start:end]
            left = start + len(piece) - len(piece.lstrip())
            right = left + len(piece.strip())
            if right > left:
                spans.append((left, right))
        return tuple(spans)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, whole even when it runs over a page end; one cell for each column of the table's header."""

    cells: tuple[Cell, ...]
    section: str = ""
    """The heading row inside the table that governs this row ("Priority 2: Neglect"), `""` when there is none."""
    page: int | None = None
    page_end: int | None = None
    box: Box | None = None
    """On `page`; the part on later pages has no box."""
    language: Language = "en"
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its header; repeated headers and heading rows are not among `rows`."""

    header: tuple[str, ...]
    """The document's own column names; `""` where a column has none, throughout when there is no header."""
    rows: tuple[Row, ...]
    section: tuple[str, ...] = ()
    page: int | None = None
    page_end: int | None = None
    box: Box | None = None
    language: Language = "en"
    roles: tuple[Role, ...] = ()
    """The role each column plays; as many as there are columns."""
    found_by: str = ""
    """How it was found: "tags", "lines", "columns", "word", "sheet", "html", "csv"."""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read."""

    number: int
    state: Literal["read", "empty", "image_only", "failed"] = "read"
    reason: str = ""
    width: float = 0.0
    height: float = 0.0
    words: int = 0
    read_by: Literal["text", "ocr"] = "text"
    """"ocr" where the page is a picture and its words were made out by OCR."""
    confidence: float | None = None
    """Of the words that OCR made out, 0 to 1; None for a page with a text layer."""
    trusted: bool = True
    """False where OCR was so unsure that every statement of the page must be looked at."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read or decided: what, where, and what to do next, in one sentence."""

    path: str
    message: str
    page: int | None = None
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class Known:
    """A fact about a document with where it came from ("title page", "folder", "file name", "--board", "manifest")."""

    value: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as read: blocks in reading order, pages, and what is known of it."""

    path: str
    """As given by the user; `name` is the last part."""
    sha256: str
    format: str
    """"pdf", "docx", "xlsx", "csv", "txt", "md", "html", "doc", "odt", "rtf", "pptx", "png", "jpeg", "tiff"."""
    blocks: tuple[Block, ...] = ()
    pages: tuple[Page, ...] = ()
    """Empty where the format has no pages."""
    problems: tuple[Problem, ...] = ()
    board: Known = field(default_factory=Known)
    doc_type: Known = field(default_factory=Known)
    year: Known = field(default_factory=Known)
    dated: Known = field(default_factory=Known)
    """ISO date of the meeting, or of the paper where it gives one; `""` when it does not."""
    languages: tuple[Language, ...] = ("en",)
    title: str = ""
    notes: tuple[str, ...] = ()
    """What a reader should know of how it was read: hidden sheets, tracked changes accepted, ..."""
    path_masked: bool = False
    """Whether `path` is no longer the file's own, which names a child or family: nothing can lead to the file then."""

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.replace("\\", "/").rsplit("/", 1)[-1]

    @property
    def board_name(self) -> str:
        """The board's name as reports show and group it."""
        return self.board.value or "Board not named"

    def page_at(self, place: Place) -> int | None:
        """The page on which the words at a place begin, None where the format has none."""
        block = self.blocks[place.block]
        if isinstance(block, Paragraph):
            page, turns = block.page, block.turns
        elif place.row is None or place.column is None:
            page, turns = block.page, ()
        else:
            row = block.rows[place.row]
            page, turns = row.page, row.cells[place.column].turns
        return next((number for offset, number in reversed(turns) if place.start >= offset), page)

    def text_at(self, place: Place) -> str:
        """The words at a place. Raises IndexError when the place is not in this document."""
        block = self.blocks[place.block]
        if isinstance(block, Paragraph):
            return block.text[place.start : place.end]
        if place.row is None or place.column is None:
            raise IndexError(f"a place in table block {place.block} needs a row and a column")
        return block.rows[place.row].cells[place.column].text[place.start : place.end]


def finding_id(sha256: str, place: Place | None, text: str) -> str:
    """The same sixteen characters for the same words at the same place of the same file, on any machine."""
    where = (place.block, place.row, place.column, place.start, place.end) if place else ()
    return hashlib.sha256("\x1f".join(map(str, (sha256, *where, text))).encode("utf-8", "surrogatepass")).hexdigest()[
        :16
    ]
