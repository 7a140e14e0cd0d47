"""A Word paragraph's element in; its characters with their look, its note references and its text boxes out.

Tracked changes are read as accepted: insertions and moves in, deletions out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lscb_textmine.read.parts import Element
from lscb_textmine.read.printed import Chunk
from lscb_textmine.read.word.package import W
from lscb_textmine.read.word.styles import Style, Styles, add_run_properties, switch_of, value_of, whole_number
from lscb_textmine.read.word.symbols import picture_sign, spell_symbols

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic"
IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
REMOVED = (W + "del", W + "moveFrom")
ADDED = (W + "ins", W + "moveTo")
PLAIN = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}


@dataclass(slots=True)
class Gathered:
    """What one paragraph holds, in order."""

    chunks: list[Chunk] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """"footnote" or "endnote", and its id."""
    boxes: list[Element] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)
    """For each open field, whether its instruction (not yet its result) is being read."""


@dataclass(frozen=True, slots=True)
class RunReader:
    """Reads runs, and counts what it met that a reader of the paper should know."""

    styles: Styles
    met: Counter[str]

    def read(self, paragraph: Element, style: Style) -> Gathered:
        """The content of a paragraph set in `style`."""
        gathered = Gathered()
        self._walk(paragraph, style, gathered)
        return gathered

    def _walk(self, parent: Element, style: Style, gathered: Gathered) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._read_run(child, style, gathered)
            elif tag in REMOVED:
                self.met["deletion"] += 1
            elif tag == MATH_TEXT:
                gathered.chunks.append(Chunk(child.text or "", style.bold, style.underlined, style.size or 0.0))
            elif tag == W + "sdt":
                if child.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                    continue  # "Click here to enter text."
                self._walk(child, style, gathered)
            elif tag == MC + "AlternateContent":
                self._walk(pick_alternative(child), style, gathered)
            elif isinstance(tag, str) and tag not in (W + "pPr", W + "sdtPr"):
                self.met["insertion"] += tag in ADDED
                self._walk(child, style, gathered)

    def _read_run(self, run: Element, style: Style, gathered: Gathered) -> None:
        properties = run.find(W + "rPr")
        if properties is not None:
            style = self._run_style(properties, style)
        for child in run:
            if child.tag == W + "fldChar":
                follow_field(gathered, child)
            elif child.tag in (W + "drawing", W + "pict", W + "object", MC + "AlternateContent"):
                self._read_drawing(child, gathered)
            elif child.tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnote" if child.tag == W + "footnoteReference" else "endnote"
                gathered.notes.append((kind, child.get(W + "id", "")))
            elif not any(gathered.fields) and (text := run_text(child)):
                if style.hidden:
                    self.met["hidden"] += 1
                else:
                    gathered.chunks.append(Chunk(text, style.bold, style.underlined, style.size or 0.0))

    def _run_style(self, properties: Element, style: Style) -> Style:
        if style_id := value_of(properties, "rStyle"):
            element = self.styles.elements.get(style_id)
            if element is not None:
                style = add_run_properties(style, element.find(W + "rPr"))
        return add_run_properties(style, properties)

    def _read_drawing(self, drawing: Element, gathered: Gathered) -> None:
        boxes = list(text_boxes(drawing))
        gathered.boxes += boxes
        if not boxes:
            self.met["picture"] += any(True for _ in drawing.iter(PICTURE, IMAGE_DATA))
        self.met["object"] += drawing.tag == W + "object"


def run_text(element: Element) -> str:
    """The characters that a child of a run stands for; a line break is `"\\n"`."""
    tag = element.tag
    if tag == W + "t":
        return spell_symbols(element.text or "")
    if tag == W + "br":
        return "\n" if element.get(W + "type", "textWrapping") == "textWrapping" else " "
    if tag == W + "sym":
        return picture_sign(element.get(W + "char", ""), element.get(W + "font", ""))
    return PLAIN.get(tag, "")


def follow_field(gathered: Gathered, mark: Element) -> None:
    """Keep track of whether a field's instruction or its result is being read; add what a drop-down list shows."""
    state = mark.get(W + "fldCharType")
    if state == "begin":
        gathered.fields.append(True)
        chosen = mark.find(f"{W}ffData/{W}ddList")
        if chosen is not None:
            entries = chosen.findall(W + "listEntry")
            place = whole_number(value_of(chosen, "result") or value_of(chosen, "default"), 0)
            if place < len(entries):
                gathered.chunks.append(Chunk(entries[place].get(W + "val", "")))
    elif state == "separate" and gathered.fields:
        gathered.fields[-1] = False
    elif state == "end" and gathered.fields:
        gathered.fields.pop()


def pick_alternative(element: Element) -> Element:
    """The first branch of `mc:AlternateContent`: the branches hold the same words twice."""
    choice = element.find(MC + "Choice")
    if choice is None:
        choice = element.find(MC + "Fallback")
    return element[:0] if choice is None else choice


def text_boxes(drawing: Element) -> Iterator[Element]:
    """The text boxes of a drawing, each once; boxes inside a box are met when that box is read."""
    for child in [pick_alternative(drawing)] if drawing.tag == MC + "AlternateContent" else drawing:
        if child.tag == W + "txbxContent":
            yield child
        elif isinstance(child.tag, str):
            yield from text_boxes(child)


def mark_removed(paragraph: Element) -> bool:
    """Whether the paragraph's own end was deleted in a tracked change, so that it joins the next."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(tag) is not None for tag in REMOVED)


def is_hidden_row(row: Element) -> bool:
    """Whether Word hides a table row."""
    properties = row.find(W + "trPr")
    return properties is not None and bool(switch_of(properties, "hidden"))
