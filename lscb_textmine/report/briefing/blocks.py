"""What a briefing is made of: plain blocks that say the same as a web page and as a Word document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from lscb_textmine.report.briefing.charts import Chart


@dataclass(frozen=True, slots=True)
class Quotation:
    """A paper's own words, and where they stand."""

    text: str
    source: str
    """The paper's name with the page, or with the heading where the format has no pages."""
    link: str = ""
    """Leads from the briefing to that page of the paper; `""` where the file is not known."""
    language: str = "en"
    facts: str = ""
    """What else the row says: who leads, by when, how it is measured."""
    label: str = ""
    """Bold words before the quotation."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: words, a smaller line below them, where they lead, or a small picture."""

    text: str = ""
    detail: str = ""
    link: str = ""
    language: str = "en"
    chart: Chart | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Subheading:
    """The title of a part of a section."""

    kind: ClassVar[str] = "subheading"
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: "plain", a "note" in small print, a "label", "theme" or "opening" kept with what follows, or what
    the "report" of 2011 says."""

    kind: ClassVar[str] = "text"
    text: str
    look: Literal["plain", "note", "label", "theme", "opening", "report"] = "plain"
    title: str = ""
    """Bold words before the text."""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    kind: ClassVar[str] = "bullets"
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """Quotations, one below the other."""

    kind: ClassVar[str] = "quotes"
    items: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its header row; the first cell of each row names it."""

    kind: ClassVar[str] = "grid"
    caption: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    """Of the columns, in hundredths."""
    look: Literal["plain", "tiles", "together"] = "plain"
    """"together": kept on one page."""
    captioned: bool = True
    """Whether the caption is shown; where a heading stands above, it is told to screen readers alone."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart with the words that stand below it."""

    kind: ClassVar[str] = "picture"
    chart: Chart
    caption: str


@dataclass(frozen=True, slots=True)
class Question:
    """A line of enquiry: what to ask, why, and the rows that raised it."""

    number: int
    question: str
    because: str
    rows: tuple[Quotation, ...] = ()
    opening: str = ""
    """The words before the rows."""
    more: str = ""
    """How many rows there are beside those."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Lines of enquiry for one audience."""

    kind: ClassVar[str] = "questions"
    items: tuple[Question, ...]


Block = Subheading | Text | Bullets | Quotes | Grid | Picture | Questions


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """A whole briefing."""

    title: str
    over: str
    """What kind of paper this is, above the title."""
    under: str
    """What it asks, below the title."""
    lead: str
    sections: tuple[Section, ...]
    footer: str
