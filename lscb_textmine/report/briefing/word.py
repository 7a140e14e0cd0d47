"""A briefing in; a Word document out: the same blocks as the web page, with Word's own headings, lists and tables."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from lscb_textmine.report.briefing.blocks import (
    Block,
    Briefing,
    Bullets,
    Cell,
    Grid,
    Picture,
    Question,
    Questions,
    Quotation,
    Quotes,
    Subheading,
    Text,
)
from lscb_textmine.report.briefing.charts import Chart, chart_to_png
from lscb_textmine.report.briefing.word_parts import (
    add_fields,
    add_link,
    describe_picture,
    mark_header,
    new_document,
    save_document,
    set_language,
    set_table_layout,
    shade_tiles,
)

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

LOOKS = {
    "plain": "Normal",
    "note": "Note",
    "label": "Label",
    "opening": "Opening",
    "theme": "Theme",
    "report": "Report",
}


def briefing_to_word(briefing: Briefing) -> bytes:
    """The document; the same briefing gives the same bytes."""
    document = new_document(briefing.title, f"{briefing.over}. {briefing.under}")
    add_fields(document.sections[0].footer.paragraphs[0], briefing.footer)
    document.add_paragraph(briefing.over, "Over")
    document.add_paragraph(briefing.title, "Title")
    document.add_paragraph(briefing.under, "Subtitle")
    document.add_paragraph(briefing.lead)
    for number, section in enumerate(briefing.sections, start=1):
        document.add_heading(f"{number}. {section.title}", 1)
        for block in section.blocks:
            _add_block(document, block)
    return save_document(document)


def _add_block(document: Document, block: Block) -> None:
    if isinstance(block, Subheading):
        document.add_heading(block.text, 2)
    elif isinstance(block, Text):
        paragraph = document.add_paragraph(style=LOOKS[block.look])
        if block.title:
            paragraph.add_run(f"{block.title} ").bold = True
        paragraph.add_run(block.text)
    elif isinstance(block, Bullets):
        for item in block.items:
            document.add_paragraph(item, "List Bullet")
    elif isinstance(block, Quotes):
        for quotation in block.items:
            _add_quotation(document.add_paragraph(style="Quote"), quotation)
    elif isinstance(block, Grid):
        _add_grid(document, block)
    elif isinstance(block, Picture):
        _add_picture(document.add_paragraph(style="Picture"), block.chart)
        document.add_paragraph(block.caption, "Note")
    elif isinstance(block, Questions):
        for question in block.items:
            _add_question(document, question)


def _add_quotation(paragraph: Paragraph, quotation: Quotation) -> None:
    if quotation.label:
        paragraph.add_run(f"{quotation.label} ").bold = True
    if quotation.text:
        set_language(paragraph.add_run(f"“{quotation.text}” "), quotation.language)
    add_link(paragraph, quotation.source, quotation.link)
    if quotation.facts:
        paragraph.add_run(f" · {quotation.facts}", "Small")


def _add_question(document: Document, question: Question) -> None:
    paragraph = document.add_paragraph(style="Question")
    paragraph.add_run(f"{question.number}.\t{question.question}")
    if question.because:
        because = document.add_paragraph(question.because, "Because")
        because.paragraph_format.keep_with_next = bool(question.rows)
    if question.rows:
        rows = document.add_paragraph(f"{question.opening} ", "Row")
        for number, row in enumerate(question.rows, start=1):
            _add_quotation(rows, row)
            rows.add_run("; " if number < len(question.rows) or question.more else "")
        rows.add_run(question.more)


def _add_picture(paragraph: Paragraph, chart: Chart, *, width: float = 0.0) -> None:
    from docx.shared import Pt

    picture = paragraph.add_run().add_picture(BytesIO(chart_to_png(chart)), width=Pt(width or chart.width))
    describe_picture(picture, chart.alt)


def _add_grid(document: Document, grid: Grid) -> None:
    if grid.captioned:
        document.add_paragraph(grid.caption, "Caption")
    table = document.add_table(rows=1 + len(grid.rows), cols=len(grid.header))
    table.style = "Tiles" if grid.look == "tiles" else "Rows"
    set_table_layout(table, grid.widths, grid.caption)
    mark_header(table)
    if grid.look == "tiles":
        shade_tiles(table)
    for number, row in enumerate((grid.header, *grid.rows)):
        _fill_row(table, number, row, grid)
    document.add_paragraph(style="After table")


def _fill_row(table: Table, number: int, row: Sequence[Cell], grid: Grid) -> None:
    style = "Header" if number == 0 else "Figure" if grid.look == "tiles" else "Cell"
    for place, cell in zip(table.rows[number].cells, row, strict=True):
        _fill_cell(place, cell, f"Table {style}")
        if grid.look == "together" and number < len(grid.rows):
            for paragraph in place.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def _fill_cell(place: _Cell, cell: Cell, style: str) -> None:
    paragraph = place.paragraphs[0]
    paragraph.style = style
    if cell.text and cell.link and not cell.detail:
        add_link(paragraph, cell.text, cell.link, style="")
    elif cell.text:
        run = paragraph.add_run(cell.text)
        run.bold = True if cell.strong else None
        set_language(run, cell.language)
    if cell.chart:
        picture = place.add_paragraph(style="Table Cell") if cell.text else paragraph
        _add_picture(picture, cell.chart)
    if cell.detail:
        below = place.add_paragraph(style="Table Detail") if cell.text or cell.chart else paragraph
        add_link(below, cell.detail, cell.link, style="Small")
