"""The path of a web page in; its content out: headings, paragraphs, lists and tables, no scripts and nothing hidden.

Nothing is run and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lxml import etree, html

from lscb_textmine.errors import ReadError
from lscb_textmine.read.content import Content
from lscb_textmine.read.encoding import read_bytes
from lscb_textmine.read.grid import Grid, GridCell, GridRow, grid_to_table
from lscb_textmine.read.limits import USUAL_LIMITS, OverLimit, ReadLimits
from lscb_textmine.read.list_numbers import print_number
from lscb_textmine.read.parts import is_deep
from lscb_textmine.read.printed import Chunk, Printed, chunks_to_printed, clean_text, join_paragraphs, printed_to_blocks
from lscb_textmine.read.typed_markers import BULLETS
from lscb_textmine.records import Problem

Element = Any
"""An lxml element: the library carries no types."""

UNSEEN = frozenset({
    "script", "style", "head", "noscript", "template", "nav", "svg", "iframe", "object", "embed", "canvas", "audio",
    "video", "math", "select", "textarea", "button", "input", "dialog", "area", "map", "frame", "frameset",
    "datalist",
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "output", "q", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr", "br",
})  # fmt: skip
GONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)", re.IGNORECASE)
CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class Look:
    """What the elements above say of the words below them."""

    bold: bool = False
    underlined: bool = False
    level: int = 0
    marker: str = ""
    item: Element | None = None
    """The list item that the words belong to."""
    depth: int = -1
    kept: bool = False
    """Whether line ends are as typed (`<pre>`)."""


@dataclass(slots=True)
class Flow:
    """Printed paragraphs and grids as they are met, and the words of the paragraph that is still open."""

    items: list[Printed | Grid] = field(default_factory=list)
    chunks: list[Chunk] = field(default_factory=list)
    begun: set[Element] = field(default_factory=set)
    """List items whose first paragraph was met: only that one bears the marker."""

    def close(self, look: Look) -> None:
        """End the open paragraph, if it has words; the first paragraph of a list item bears its marker."""
        for i, each in enumerate(chunks_to_printed(self.chunks)):
            if look.level:
                each = replace(each, level=look.level, bold=True)
            elif look.item is not None and look.item not in self.begun and i == 0:
                self.begun.add(look.item)
                shown = each.marker if each.numbered else look.marker
                each = replace(each, marker=shown, depth=look.depth, listed=True)
            self.items.append(each)
        self.chunks.clear()


def read_html(path: Path, limits: ReadLimits = USUAL_LIMITS) -> Content:
    """The content of the web page at `path`. Raises ReadError when it cannot be read."""
    try:
        text = decode_page(read_bytes(path, limits))
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror or error}); check that it is there") from error
    if not text.strip():
        return Content((), problems=(Problem(str(path), f"{path}: the page is empty; save it again from the browser"),))
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read as a web page; save it again from the browser") from error
    # the parser stops at what is too much for it, and what follows would be lost unsaid
    if is_deep(root, limits.depth) or any("RESOURCE_LIMIT" in each.type_name for each in parser.error_log):
        raise ReadError(f"{path}: nested too deeply to be a paper; print the page to PDF and give that")
    items = page_items(root)
    blocks = printed_to_blocks([grid_to_table(each, limits) if isinstance(each, Grid) else each for each in items])
    problems = () if blocks else (Problem(str(path), f"{path}: no text in the page; save it again from the browser"),)
    return Content(blocks, problems=problems, title=clean_text(root.findtext(".//title") or ""))


def decode_page(data: bytes) -> str:
    """The text of a page by its byte order mark, its own declaration, or else UTF-8 or Windows' Western letters.

    >>> decode_page("<p>Sŵn".encode()), decode_page(b'<meta charset="iso-8859-1"><p>\\x93Safe\\x94')[-6:]
    ('<p>Sŵn', '“Safe”')
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _without_declaration(data.decode(encoding, errors="replace"))
    declared = CHARSET.search(data[:4096])
    named = declared[1].decode("ascii").lower() if declared else "utf-8"
    # browsers read "iso-8859-1" as Windows' letters too; a page that can be searched for its charset is not UTF-16
    western = named.startswith(("utf-16", "iso-8859-1", "latin", "us-ascii", "ascii"))
    for encoding in ("utf-8", "cp1252") if western else (named, "utf-8"):
        try:
            return _without_declaration(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _without_declaration(data.decode("cp1252", errors="replace"))


def _without_declaration(text: str) -> str:
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)  # lxml refuses decoded text that still names an encoding


def page_items(root: Element) -> list[Printed | Grid]:
    """The paragraphs and grids of a page."""
    body = root.find("body")
    flow = Flow()
    walk(root if body is None else body, Look(), flow)
    flow.close(Look())
    return flow.items


def walk(element: Element, look: Look, flow: Flow) -> None:
    """Add what stands in an element to the flow."""
    _add_text(element.text, look, flow)
    numbers = _item_markers(element) if element.tag in ("ol", "ul", "menu") else {}
    for child in element:
        if isinstance(child.tag, str) and not is_unseen(child):
            _walk_child(child, look, flow, marker=numbers.get(child, ""))
        _add_text(child.tail, look, flow)


def _walk_child(child: Element, look: Look, flow: Flow, *, marker: str) -> None:
    tag = child.tag
    if tag in ("br", "wbr"):
        flow.chunks.append(Chunk("\n" if tag == "br" else "\u200b", look.bold, look.underlined))
    elif tag in INLINE:
        walk(child, _child_look(child, look), flow)
    else:
        flow.close(look)
        inner = replace(look, marker=marker, item=child) if marker else _child_look(child, look)
        if tag == "table":
            _walk_table(child, inner, flow)
        else:
            walk(child, inner, flow)
        flow.close(inner)


def _child_look(element: Element, look: Look) -> Look:
    tag, style = element.tag, element.get("style") or ""
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return replace(look, level=int(tag[1]), bold=True)
    if tag in ("ol", "ul", "menu"):
        return replace(look, depth=look.depth + 1)
    return replace(
        look,
        bold=look.bold or tag in ("b", "strong", "th") or bool(BOLD.search(style)),
        underlined=look.underlined or tag == "u",
        kept=look.kept or tag == "pre",
    )


def is_unseen(element: Element) -> bool:
    """Whether a browser does not show an element, or it is no part of the paper's text (menus, forms)."""
    if element.tag in UNSEEN or "hidden" in element.attrib or element.get("role") == "navigation":
        return True
    return element.get("aria-hidden") == "true" or bool(GONE.search(element.get("style") or ""))


def _add_text(text: str | None, look: Look, flow: Flow) -> None:
    if text:
        shown = text if look.kept else SPACES.sub(" ", text)
        flow.chunks.append(Chunk(shown, look.bold, look.underlined))


def _item_markers(container: Element) -> dict[Element, str]:
    """The marker of each item of a list as a browser shows it."""
    items = [child for child in container if child.tag == "li"]
    if container.tag != "ol":
        return dict.fromkeys(items, "•")
    forms = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
    form = forms.get(container.get("type", "1"), "decimal")
    count, markers = _whole(container.get("start"), 1) - 1, {}
    for item in items:
        count = _whole(item.get("value"), count + 1)
        markers[item] = f"{print_number(count, form)}."
    return markers


def _walk_table(table: Element, look: Look, flow: Flow) -> None:
    """A grid, or the paragraphs of a table that only lays out the page."""
    rows = list(rows_of(table))
    if (caption := table.find("caption")) is not None and (text := clean_text(caption.text_content())):
        flow.items.append(Printed(text, kind="caption"))
    if is_layout(table, rows):
        for row in rows:
            for cell in row:
                if cell.tag in ("td", "th") and not is_unseen(cell):
                    walk(cell, look, flow)
                    flow.close(look)
        return
    flow.items.append(rows_to_grid(rows))


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table itself, not of tables in its cells."""
    for child in table:
        if child.tag == "tr" and not is_unseen(child):
            yield child
        elif child.tag in ("thead", "tbody", "tfoot") and not is_unseen(child):
            yield from rows_of(child)


def is_layout(table: Element, rows: Sequence[Element]) -> bool:
    """Whether a table is only a frame: one column, marked so, or with headings or whole tables in cells, none named."""
    if table.get("role") in ("presentation", "none"):
        return True
    if all(sum(cell.tag in ("td", "th") for cell in row) <= 1 for row in rows):
        return True
    if any(cell.tag == "th" for row in rows for cell in row):
        return False
    return any(True for row in rows for _ in row.iter("table", "h1", "h2", "h3"))


def rows_to_grid(rows: Sequence[Element]) -> Grid:
    """The grid of a table's rows, with cells over several rows and columns in place."""
    cells: list[GridCell] = []
    kinds: list[GridRow] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        shown = [cell for cell in row if cell.tag in ("td", "th") and not is_unseen(cell)]
        for element in shown:
            while (number, column) in taken:
                column += 1
            cell = _read_cell(element, number, column, below=len(rows) - number)
            spread = range(number, number + cell.row_span)
            taken |= {(r, c) for r in spread for c in range(column, column + cell.column_span)}
            if len(taken) > 4 * USUAL_LIMITS.cells:
                raise OverLimit("a table whose cells span more than any table has; print the page to PDF and give that")
            cells.append(cell)
        header = row.getparent().tag == "thead" or (bool(shown) and all(cell.tag == "th" for cell in shown))
        kinds.append(GridRow(header=header))
    return Grid(tuple(cells), tuple(kinds), max((c + 1 for _, c in taken), default=0), "html")


def _read_cell(element: Element, row: int, column: int, *, below: int) -> GridCell:
    flow = Flow()
    walk(element, Look(bold=element.tag == "th"), flow)
    flow.close(Look())
    text = join_paragraphs(_cell_paragraphs(flow.items))
    rows = _whole(element.get("rowspan"), 1) or below  # 0 means all the rows that follow
    columns = max(1, min(_whole(element.get("colspan"), 1), 1000))
    return GridCell(
        text.text, row, column, max(1, min(rows, below)), columns, breaks=text.breaks, bold=text.bold
    )  # fmt: skip


def _cell_paragraphs(items: Sequence[Printed | Grid]) -> Iterator[Printed]:
    for each in items:
        if isinstance(each, Grid):
            yield from (Printed(cell.text) for cell in each.cells if cell.text)
        elif each.listed or not each.marker or each.marker in BULLETS:
            yield each
        else:
            yield replace(each, text=f"{each.marker} {each.text}")


def _whole(value: str | None, otherwise: int) -> int:
    value = (value or "").strip()
    return int(value) if value.isdigit() and len(value) < 6 else otherwise
