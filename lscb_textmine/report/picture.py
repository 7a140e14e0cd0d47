"""A PDF paper as read in; pictures of its pages with what was found drawn over them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lscb_textmine.errors import InputError
from lscb_textmine.records import Box, Candidate, Document, Paragraph, Table

if TYPE_CHECKING:
    from PIL.Image import Image

SCALE = 1.5
"""Pixels for each point: 108 to the inch, at which small print can still be read."""
COLOURS = {
    "paragraph": "#1F6FB5",
    "footnote": "#1F6FB5",
    "caption": "#1F6FB5",
    "contents": "#8A8A8A",
    "title": "#7A3FA0",
    "heading": "#7A3FA0",
    "list_item": "#2E8B57",
    "table": "#D9730D",
    "row": "#E8A15C",
    "cell": "#E8A15C",
    "statement": "#C8102E",
}


class Mark(NamedTuple):
    """A box to draw on a page, and what it is."""

    page: int
    box: Box
    kind: str


def draw_pages(document: Document, statements: Sequence[Candidate] = ()) -> Iterator[tuple[str, bytes]]:
    """The name and the PNG of each page, with paragraphs, tables, cells and statements drawn over it."""
    if document.format != "pdf":
        raise InputError(f"{document.path}: pictures are drawn of PDF papers only; print the paper to PDF first")
    import pypdfium2  # only pictures need it here

    marks = [*mark_blocks(document), *mark_statements(statements)]
    with pypdfium2.PdfDocument(document.path) as pdf:
        for number in range(1, len(pdf) + 1):
            page = pdf[number - 1]
            image = page.render(scale=SCALE).to_pil().convert("RGB")
            page.close()
            _draw_marks(image, [mark for mark in marks if mark.page == number])
            yield f"{Path(document.name).stem} page {number:03d}.png", _to_png(image)


def mark_blocks(document: Document) -> Iterator[Mark]:
    """A mark for each block, row and cell whose place on the page is known."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _mark_table(block)
        if block.box and block.page:
            yield Mark(block.page, block.box, block.kind if isinstance(block, Paragraph) else "table")


def _mark_table(table: Table) -> Iterator[Mark]:
    for row in table.rows:
        page = row.page or table.page
        boxes = [(cell.box, "cell") for cell in row.cells] + [(row.box, "row")]
        yield from (Mark(page, box, kind) for box, kind in boxes if box and page)


def mark_statements(statements: Sequence[Candidate]) -> Iterator[Mark]:
    """A mark for each statement whose place on the page is known."""
    for statement in statements:
        if statement.box and statement.page:
            yield Mark(statement.page, statement.box, "statement")


def _draw_marks(image: Image, marks: Sequence[Mark]) -> None:
    from PIL import ImageDraw

    pen = ImageDraw.Draw(image, "RGBA")
    for mark in marks:
        left, top, right, bottom = (edge * SCALE for edge in mark.box)
        area = (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
        statement = mark.kind == "statement"
        colour = COLOURS[mark.kind]
        pen.rectangle(area, outline=colour, width=3 if statement or mark.kind == "table" else 1)
        if statement:
            pen.rectangle(area, fill=f"{colour}22")


def _to_png(image: Image) -> bytes:
    content = BytesIO()
    image.save(content, "PNG")
    return content.getvalue()
