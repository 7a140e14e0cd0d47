"""A part of a Word paper in; its paragraphs as printed and its grids, in order, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lscb_textmine.read.grid import Grid
from lscb_textmine.read.list_numbers import print_number
from lscb_textmine.read.parts import Element
from lscb_textmine.read.printed import Chunk, Printed, chunks_to_printed, clean_text, join_paragraphs
from lscb_textmine.read.typed_markers import BULLETS
from lscb_textmine.read.word.numbering import Numbering
from lscb_textmine.read.word.package import W
from lscb_textmine.read.word.runs import MC, REMOVED, Gathered, RunReader, mark_removed, pick_alternative
from lscb_textmine.read.word.styles import Style, Styles, add_paragraph_properties, value_of
from lscb_textmine.read.word.tables import table_to_grid
from lscb_textmine.records import BlockKind

WRAPPERS = tuple(
    W + name
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "dir", "bdo", "body", "txbxContent")
)
KINDS: dict[str, BlockKind] = {"title": "title", "subtitle": "title", "caption": "caption"}


@dataclass(frozen=True, slots=True)
class StoryReader:
    """Reads the stories of one paper (body, notes, text boxes, cells), which share its lists and its notes."""

    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], Element]
    """The element of each note, by kind and id."""
    met: Counter[str] = field(default_factory=Counter)
    """What a reader of the paper should know: insertions, deletions, hidden text, pictures."""

    def read(self, container: Element) -> Iterator[Printed | Grid]:
        """The paragraphs and grids of a story in reading order; a note stands after the block that refers to it."""
        held = Gathered()
        for element, contents in self._members(container):
            if element.tag == W + "tbl":
                yield from self._finish(held, Style(), "")
                held = Gathered()
                yield from self._read_table(element)
            elif mark_removed(element):
                self._gather(element, held)
            else:
                style = self._gather(element, held)
                yield from self._finish(held, style, self._style_id(element), contents=contents)
                held = Gathered()
        yield from self._finish(held, Style(), "")

    def _members(self, container: Element, contents: bool = False) -> Iterator[tuple[Element, bool]]:
        """Paragraphs and tables, with whether they stand in a table of contents."""
        for child in container:
            if child.tag in (W + "p", W + "tbl"):
                yield child, contents
            elif child.tag in WRAPPERS:
                gallery = value_of(child, "sdtPr", "docPartObj", "docPartGallery")
                yield from self._members(child, contents or gallery == "Table of Contents")
            elif child.tag == MC + "AlternateContent":
                yield from self._members(pick_alternative(child), contents)
            elif child.tag in (W + "altChunk", W + "subDoc"):
                self.met["embedded"] += 1

    def _gather(self, paragraph: Element, held: Gathered) -> Style:
        """Add a paragraph's content to `held`; its style out."""
        properties = paragraph.find(W + "pPr")
        style = add_paragraph_properties(self.styles.find(self._style_id(paragraph)), properties)
        found = RunReader(self.styles, self.met).read(paragraph, style)
        held.chunks += found.chunks
        held.notes += found.notes
        held.boxes += found.boxes
        return style

    def _style_id(self, paragraph: Element) -> str:
        return value_of(paragraph, "pPr", "pStyle") or self.styles.default_paragraph

    def _finish(
        self, held: Gathered, style: Style, style_id: str, *, contents: bool = False
    ) -> Iterator[Printed | Grid]:
        printed = list(chunks_to_printed(held.chunks))
        marker = None if not held.chunks and held.boxes else self._next_marker(style, style_id, held.chunks)
        for i, each in enumerate(printed):
            yield set_kind(each, style, marker if i == 0 else None, contents=contents)
        yield from self._read_notes(held)
        for box in held.boxes:
            yield from self.read(box)

    def _next_marker(self, style: Style, style_id: str, chunks: Sequence[Chunk]) -> tuple[str, int] | None:
        """The printed marker and depth of a list paragraph, None for other paragraphs."""
        number_id = style.number_id
        if number_id in (None, "", "0"):
            named = style.name.startswith(("list bullet", "list number")) and bool(chunks)
            return ("•", _depth_from(style.name)) if named else None
        depth = style.number_level
        if depth is None:
            depth = self.numbering.depth_for_style(number_id or "", style_id)
        marker = self.numbering.next_marker(number_id or "", depth)
        return None if marker is None else (marker, depth or _depth_from(style.name))

    def _read_notes(self, held: Gathered) -> Iterator[Printed]:
        for kind, note_id in held.notes:
            note = self.notes.get((kind, note_id))
            if note is None:
                continue
            self.met[kind] += 1
            text = join_paragraphs(self.read_cell(note)).text
            marker = print_number(self.met[kind], "decimal" if kind == "footnote" else "lowerRoman")
            if text:
                yield Printed(text, marker=marker, kind="footnote")

    def _read_table(self, table: Element) -> Iterator[Printed | Grid]:
        """A grid, or the paragraphs of a table that is only a frame: one column wide."""
        rows = list(self.rows_of(table))
        if all(sum(1 for _ in self.cells_of(row)) <= 1 for row in rows):
            for row in rows:
                for cell in self.cells_of(row):
                    yield from self.read(cell)
            return
        notes: list[Printed] = []
        yield table_to_grid(self, rows, notes)
        yield from notes

    def rows_of(self, table: Element) -> Iterator[Element]:
        """The rows of a table, also inside content controls; rows that were deleted are left out."""
        for child in table:
            if child.tag == W + "tr":
                properties = child.find(W + "trPr")
                gone = properties is not None and any(properties.find(tag) is not None for tag in REMOVED)
                self.met["deletion"] += gone
                if not gone:
                    yield child
            elif child.tag in WRAPPERS:
                yield from self.rows_of(child)

    def cells_of(self, row: Element) -> Iterator[Element]:
        """The cells of a row, also inside content controls; cells that were deleted are left out."""
        for child in row:
            if child.tag == W + "tc":
                if child.find(f"{W}tcPr/{W}cellDel") is None:
                    yield child
            elif child.tag in WRAPPERS:
                yield from self.cells_of(child)

    def read_cell(self, cell: Element) -> Iterator[Printed]:
        """The paragraphs of a cell, those of nested tables in reading order among them; notes have kind "footnote"."""
        empty = True
        alone = ""
        for element, _ in self._members(cell):
            if element.tag == W + "tbl":
                for row in self.rows_of(element):
                    for inner in self.cells_of(row):
                        for each in self.read_cell(inner):
                            empty = False
                            yield each
                continue
            held = Gathered()
            style = self._gather(element, held)
            marker = self._next_marker(style, self._style_id(element), held.chunks)
            for each in self._cell_paragraphs(held, style, listed=marker is not None):
                empty = False
                yield each
            if marker and marker[0] not in BULLETS:
                alone = marker[0]
        if empty and alone:
            yield Printed(alone)  # a reference column whose numbers Word itself counts

    def _cell_paragraphs(self, held: Gathered, style: Style, *, listed: bool) -> Iterator[Printed]:
        for i, each in enumerate(chunks_to_printed(held.chunks)):
            # Typed numbers and letters are words of the cell; bullets only show that a list item begins.
            bullet = each.marker in BULLETS and not (listed and i == 0)
            words = each.text if bullet or not each.marker else f"{each.marker} {each.text}"
            bold = each.bold or style.outline is not None
            yield replace(each, text=words, marker=each.marker if bullet else "", bold=bold)
        yield from self._read_notes(held)
        for box in held.boxes:
            yield from self.read_cell(box)


def set_kind(printed: Printed, style: Style, marker: tuple[str, int] | None, *, contents: bool) -> Printed:
    """A printed paragraph with what its style and numbering say of it."""
    if contents or style.name.startswith(("toc ", "table of figures")):
        return replace(printed, kind="contents", text=_whole(printed))
    printed = replace(printed, centred=style.centred)
    if style.name in KINDS:
        return replace(printed, kind=KINDS[style.name])
    level = 0 if style.outline is None else style.outline + 1
    if marker is None:
        return replace(printed, level=level)
    shown, depth = marker
    if printed.numbered or (printed.marker and not shown):
        shown = printed.marker  # typed after an automatic bullet: "• (a) strategy discussions"
    return replace(printed, level=level, marker=shown, depth=depth, listed=True)


def _whole(printed: Printed) -> str:
    return clean_text(f"{printed.marker} {printed.text}")


def _depth_from(style_name: str) -> int:
    """The depth that a list style's name gives ("list bullet 2" is one deep)."""
    last = style_name.rsplit(" ", 1)[-1]
    return int(last) - 1 if style_name.startswith("list ") and last.isdigit() else 0
