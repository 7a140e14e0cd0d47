"""Paragraphs as a word processor or web page prints them in; titles, headings, list items and other blocks out.

Serves the formats that say how a paragraph looks but seldom what it is (Word, HTML).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from lscb_textmine.read.typed_markers import BULLETS, split_marker
from lscb_textmine.records import Block, BlockKind, Paragraph, Table

INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
LONG = 25
"""Words from which on a paragraph is body text, whatever its style."""
FRONT = 15
"""Paragraphs among which a title is looked for."""


class Chunk(NamedTuple):
    """Characters of one look. A NamedTuple, not a dataclass: a paper has tens of thousands."""

    text: str
    """A line break is `"\\n"`, a tab `"\\t"`."""
    bold: bool = False
    underlined: bool = False
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph as printed, before it is decided what it is."""

    text: str
    """White space single, marker left out."""
    marker: str = ""
    depth: int = 0
    kind: BlockKind | None = None
    """What the file itself says that it is."""
    level: int = 0
    """Heading level that the file itself gives, from 1."""
    bold: bool = False
    underlined: bool = False
    size: float = 0.0
    centred: bool = False
    listed: bool = False
    """Whether the file itself, not a typed marker, makes it a list item."""

    @property
    def words(self) -> int:
        """Number of words in the text."""
        return self.text.count(" ") + 1

    @property
    def numbered(self) -> bool:
        """Whether it carries a number or letter, not a bullet."""
        return bool(self.marker) and self.marker not in BULLETS

    @property
    def look(self) -> tuple[float, bool, bool, bool]:
        """How prominent it is; a greater value stands above a smaller."""
        return (round(self.size), self.bold, self.text.isupper(), self.underlined)


class CellText(NamedTuple):
    """The text of a cell, where its paragraphs begin, and which are wholly bold."""

    text: str
    breaks: tuple[int, ...] = ()
    bold: tuple[tuple[int, int], ...] = ()


def clean_text(text: str) -> str:
    """Text with white space single, soft hyphens and other invisible characters out.

    >>> clean_text("safe\\u00adguarding \\u00a0 chil\\u200bdren"), clean_text("non\\u2011accidental")
    ('safeguarding children', 'non-accidental')
    """
    return " ".join(INVISIBLE.sub("", text).replace("\u2011", "-").split())


def chunks_to_printed(chunks: Sequence[Chunk]) -> Iterator[Printed]:
    """The paragraphs inside one paragraph of the file: a typed line that starts with a marker, stands after an empty
    line, or under a line that alone is bold, is a paragraph of its own; other line ends are spaces."""
    held: list[Chunk] = []
    for line in _split_lines(chunks):
        if held and _starts_anew(held, line):
            yield from _print_line(held)
            held = []
        if held:
            held.append(Chunk(" ", *line[0][1:]) if line else Chunk(" "))
        held += line
    yield from _print_line(held)


def _split_lines(chunks: Sequence[Chunk]) -> list[list[Chunk]]:
    lines: list[list[Chunk]] = [[]]
    for chunk in chunks:
        first, *others = chunk.text.split("\n")
        lines[-1].append(chunk._replace(text=first))
        lines += [[chunk._replace(text=other)] for other in others]
    return [[chunk for chunk in line if chunk.text] for line in lines]


def _starts_anew(held: list[Chunk], line: list[Chunk]) -> bool:
    text = "".join(chunk.text for chunk in line)
    if not text.strip():
        return True
    return bool(split_marker(text)[0]) or (_all_visible(held, "bold") and not _all_visible(line, "bold"))


def _all_visible(chunks: Iterable[Chunk], look: str) -> bool:
    visible = [chunk for chunk in chunks if any(character.isalnum() for character in chunk.text)]
    return bool(visible) and all(getattr(chunk, look) for chunk in visible)


def _print_line(chunks: list[Chunk]) -> Iterator[Printed]:
    marker, text = split_marker(INVISIBLE.sub("", "".join(chunk.text for chunk in chunks)))
    if text := clean_text(text):
        sizes: Counter[float] = Counter()
        for chunk in chunks:
            sizes[chunk.size] += len(chunk.text.strip())
        yield Printed(
            text,
            marker=marker,
            bold=_all_visible(chunks, "bold"),
            underlined=_all_visible(chunks, "underlined"),
            size=sizes.most_common(1)[0][0],
        )


def join_paragraphs(paragraphs: Iterable[Printed]) -> CellText:
    """The paragraphs of a cell as one text with single spaces between.

    >>> join_paragraphs([Printed("Adopt the tool in:", bold=True), Printed("the MASH")])
    CellText(text='Adopt the tool in: the MASH', breaks=(19,), bold=((0, 18),))
    """
    text, breaks, bold = "", list[int](), list[tuple[int, int]]()
    for each in paragraphs:
        if text:
            text += " "
            breaks.append(len(text))
        if each.bold:
            bold.append((len(text), len(text) + len(each.text)))
        text += each.text
    return CellText(text, tuple(breaks), tuple(bold))


def printed_to_blocks(items: Sequence[Printed | Table]) -> tuple[Block, ...]:
    """The blocks of a paper: each printed paragraph with its kind and level, each table as it is."""
    body = _body_size(items)
    titles = _find_titles(items, body)
    headings = _find_headings(items, body) - titles
    return tuple(_items_to_blocks(items, titles, headings))


def _body_size(items: Iterable[Printed | Table]) -> float:
    sizes: Counter[float] = Counter()
    for item in items:
        if isinstance(item, Printed) and item.kind in (None, "list_item") and not item.level:
            sizes[item.size] += len(item.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _find_titles(items: Sequence[Printed | Table], body: float) -> set[int]:
    front = list(_front(items))
    named = {i for i, item in front if item.kind == "title"}
    if named:
        return named
    if (top := _only_top_heading(items)) is not None:
        return {top}
    large = {i for i, item in front if item.size >= 1.25 * body and not item.marker and body}
    if large or not front or front[0][1].marker or not _stands_out(front[0][1], body):
        return large
    wrapped = {front[0][0]}
    for i, item in front[1:]:
        if i - 1 not in wrapped or not item.centred or item.marker or not _stands_out(item, body):
            break
        wrapped.add(i)
    return wrapped


def _only_top_heading(items: Sequence[Printed | Table]) -> int | None:
    """The first heading, when it alone is of the first level and others stand below it: a title set as a heading."""
    levels = [(i, item.level) for i, item in enumerate(items) if isinstance(item, Printed) and item.level]
    if len(levels) < 2 or levels[0][1] > 1 or any(level == 1 for _, level in levels[1:]):
        return None
    first = levels[0][0]
    top = items[first]
    return first if first < FRONT and isinstance(top, Printed) and not top.marker else None


def _front(items: Sequence[Printed | Table]) -> Iterator[tuple[int, Printed]]:
    """The short paragraphs before the first heading, table or body text."""
    for i, item in enumerate(items[:FRONT]):
        if isinstance(item, Table) or (item.level and item.kind != "title") or item.words > LONG:
            return
        if item.kind in (None, "title"):
            yield i, item


def _stands_out(item: Printed, body: float) -> bool:
    """Whether a paragraph without a heading style looks like a heading."""
    if item.kind or item.level or item.words > 14 or len(item.text) < 3 or item.text[-1] in ".;,:":
        return False
    if item.marker in BULLETS or not any(character.isalpha() for character in item.text):
        return False
    capitals = item.text.isupper() and sum(character.isalpha() for character in item.text) > 5
    return item.bold or item.underlined or capitals or bool(body and item.size >= 1.15 * body)


def _find_headings(items: Sequence[Printed | Table], body: float) -> set[int]:
    """Indices of headings by style, and by look where three alike (two, when numbered) do not follow each other: bold
    lines in a row are a list in bold type."""
    found = {
        i for i, item in enumerate(items)
        if isinstance(item, Printed) and (item.level or item.kind == "title") and not _is_body(item)
    }  # fmt: skip

    def key(i: int) -> object:
        item = items[i]
        outstanding = isinstance(item, Printed) and _stands_out(item, body)
        return (item.look, item.numbered) if outstanding and isinstance(item, Printed) else i

    for _, group in groupby(range(len(items)), key=key):
        run = list(group)
        first = items[run[0]]
        if isinstance(first, Printed) and _stands_out(first, body) and len(run) < (2 if first.numbered else 3):
            found.update(run)
    return found


def _is_body(item: Printed) -> bool:
    """Whether a paragraph in a heading style is body text all the same, as numbered minutes are often styled."""
    return item.words > LONG or (item.words > 12 and item.text[-1] in ".;")


def _items_to_blocks(items: Sequence[Printed | Table], titles: set[int], headings: set[int]) -> Iterator[Block]:
    unstyled = [item for i in sorted(headings) if isinstance(item := items[i], Printed) and not item.level]
    looks = sorted({item.look for item in unstyled}, reverse=True)
    styled, open_markers = 0, list[str]()
    for i, item in enumerate(items):
        if isinstance(item, Table):
            open_markers.clear()
            yield item
        elif i in titles:
            yield Paragraph(" ".join(filter(None, (item.marker, item.text))), kind="title")
        elif i in headings:
            styled = item.level or styled
            open_markers.clear()
            by_look = 0 if item.level else looks.index(item.look) + 1 + item.marker.rstrip(".").count(".")
            level = item.level or (1 if item.kind == "title" else styled + by_look)
            yield Paragraph(item.text, kind="heading", level=level, marker=item.marker)
        else:
            yield _body_block(item, open_markers)


def _body_block(item: Printed, open_markers: list[str]) -> Paragraph:
    """A paragraph or list item. A typed item's depth is told by its kind of marker: "a)" under "1." is one deeper."""
    if item.kind in ("footnote", "contents", "caption"):
        return Paragraph(item.text, kind=item.kind, marker=item.marker)
    if not item.marker and not item.listed:
        open_markers.clear()
        return Paragraph(item.text)
    if item.listed:
        open_markers.clear()
        return Paragraph(item.text, kind="list_item", level=item.depth, marker=item.marker)
    kind = _marker_kind(item.marker)
    depth = open_markers.index(kind) if kind in open_markers else len(open_markers)
    del open_markers[depth:]
    open_markers.append(kind)
    return Paragraph(item.text, kind="list_item", level=depth, marker=item.marker)


def _marker_kind(marker: str) -> str:
    """The form of a marker: figures and letters are told apart, not which.

    >>> [_marker_kind(marker) for marker in ("1.", "12.", "(b)", "2.4", "•")]
    ['1.', '1.', '(a)', '1.1', '•']
    """
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "1", marker)) if marker not in BULLETS else marker
