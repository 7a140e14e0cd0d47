"""The parts of a Word document that python-docx does not make by itself: styles, links, page numbers, fixed bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from lscb_textmine.report.styles import DARK, INK, MIDDLE, PALE

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shape import InlineShape
    from docx.styles.style import CharacterStyle, ParagraphStyle
    from docx.table import Table
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FONT = "Arial"
QUIET, LINK = "#55606E", "#0B4F9C"
UNDATED = datetime(2000, 1, 1)
"""Stands for the time of writing, so that the same briefing gives the same bytes."""
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
LANGUAGES = {"en": "en-GB", "cy": "cy-GB"}
WIDTH = 480
"""Points between the margins."""
STYLES: dict[str, dict[str, Any]] = {
    "Normal": {"size": 9, "after": 3.5, "colour": INK},
    "Over": {"size": 8.5, "colour": QUIET, "after": 0, "caps": True},
    "Title": {"size": 21, "bold": True, "colour": DARK, "after": 2},
    "Subtitle": {"size": 11, "colour": DARK, "after": 6},
    "Heading 1": {"size": 13.5, "bold": True, "colour": DARK, "before": 11, "after": 3, "next": True},
    "Heading 2": {"size": 10.5, "bold": True, "colour": DARK, "before": 7, "after": 2, "next": True},
    "Note": {"size": 8, "colour": QUIET, "after": 4},
    "Label": {"bold": True, "before": 3, "after": 1, "next": True},
    "Theme": {"size": 8, "bold": True, "colour": QUIET, "before": 2, "after": 1, "next": True},
    "Opening": {"after": 3, "next": True},
    "Report": {"size": 8.5, "colour": DARK, "indent": 8, "after": 4, "next": True},
    "Quote": {"indent": 9, "after": 2.5, "together": True, "colour": INK},
    "List Bullet": {"after": 1.5},
    "Picture": {"after": 2, "next": True},
    "Caption": {"size": 9, "bold": True, "colour": INK, "before": 4, "after": 2, "next": True},
    "Question": {"bold": True, "after": 1, "before": 3, "indent": 18, "hang": 18, "next": True},
    "Because": {"indent": 18, "after": 1},
    "Row": {"size": 8, "indent": 18, "after": 2.5, "together": True},
    "Table Header": {"size": 8, "bold": True, "colour": DARK, "after": 1},
    "Table Cell": {"size": 8, "after": 1},
    "Table Detail": {"size": 7.5, "colour": QUIET, "after": 1},
    "Table Figure": {"size": 16, "bold": True, "colour": DARK, "after": 0},
    "After table": {"size": 4, "after": 2},
    "Footer": {"size": 8, "colour": QUIET},
}


def new_document(title: str, subject: str) -> Document:
    """An empty A4 document in British English with the briefing's styles."""
    from docx import Document
    from docx.shared import Mm

    document = Document()
    core = document.core_properties
    core.title, core.subject, core.author, core.comments = title, subject, "lscb-textmine", ""
    core.created = core.modified = UNDATED
    core.last_modified_by, core.language, core.revision = "lscb-textmine", "en-GB", 1
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(15), Mm(16)
    _set_default_language(document)
    _drop_unused_styles(document)
    for name, look in STYLES.items():
        _set_style(document, name, look)
    small: CharacterStyle = document.styles.add_style("Small", _character())
    _set_font(small, {"size": 8, "colour": QUIET})
    link: CharacterStyle = document.styles.add_style("Hyperlink", _character())
    _set_font(link, {"size": 8, "colour": LINK})
    for name in ("Rows", "Tiles"):
        _add_table_style(document, name)
    return document


def _character() -> Any:
    from docx.enum.style import WD_STYLE_TYPE

    return WD_STYLE_TYPE.CHARACTER


def _set_default_language(document: Document) -> None:
    from docx.oxml.ns import qn

    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")) if defaults is not None else ():
        language.set(qn("w:val"), "en-GB")


def _drop_unused_styles(document: Document) -> None:
    """Leave out the template's other styles: each time one is named, python-docx looks through all of them."""
    from docx.oxml.ns import qn

    for style in list(document.styles):
        element = style.element
        if style.name not in STYLES and not element.get(qn("w:default")):
            element.getparent().remove(element)
        for link in element.findall(qn("w:link")):
            element.remove(link)


def _set_style(document: Document, name: str, look: dict[str, Any]) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    known = {style.name for style in document.styles}
    style: ParagraphStyle = (
        document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    if name not in known:
        style.base_style = document.styles["Normal"]
    _set_font(style, look)
    spacing = style.paragraph_format
    spacing.space_before, spacing.space_after = Pt(look.get("before", 0)), Pt(look.get("after", 0))
    spacing.keep_with_next = look.get("next", False)
    spacing.keep_together = look.get("together", False) or look.get("next", False)
    spacing.line_spacing = 1.1
    if "indent" in look:
        spacing.left_indent, spacing.right_indent = Pt(look["indent"]), Pt(0)
        spacing.first_line_indent = Pt(-look.get("hang", 0))
    _set_borders(style, name)


def _set_font(style: CharacterStyle | ParagraphStyle, look: dict[str, Any]) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    font = style.font
    font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    for spread in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spread)
    font.italic, font.bold = False, look.get("bold", False)
    font.all_caps = look.get("caps", False)
    if "size" in look:
        font.size = Pt(look["size"])
    if "colour" in look:
        font.color.rgb = RGBColor.from_string(look["colour"].removeprefix("#"))


def _set_borders(style: ParagraphStyle, name: str) -> None:
    """A rule above a section, one beside a quotation, none where Word's own style has one."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.element.get_or_add_pPr()
    for old in properties.findall(qn("w:pBdr")):
        properties.remove(old)
    sides = {"Heading 1": ("top", 12, DARK, 4), "Quote": ("left", 8, "#7F93A8", 6), "Report": ("left", 18, MIDDLE, 6)}
    if name not in sides:
        return
    side, size, colour, space = sides[name]
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    told = {"val": "single", "sz": str(size), "space": str(space), "color": colour.removeprefix("#")}
    for key, value in told.items():
        edge.set(qn(f"w:{key}"), value)
    borders.append(edge)
    # the schema has an order: borders stand before spacing and what follows it
    later = [properties.find(qn(f"w:{tag}")) for tag in ("shd", "tabs", "spacing", "ind", "contextualSpacing", "jc")]
    first = next((each for each in later if each is not None), None)
    if first is None:
        properties.append(borders)
    else:
        first.addprevious(borders)


def _add_table_style(document: Document, name: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    colour = (MIDDLE if name == "Rows" else "#FFFFFF").removeprefix("#")
    side = "insideH" if name == "Rows" else "insideV"
    edges = f'<w:bottom w:val="single" w:sz="4" w:color="{colour}"/>' if name == "Rows" else ""
    inside = f'<w:{side} w:val="single" w:sz="{4 if name == "Rows" else 24}" w:color="{colour}"/>'
    margins = '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
    indent = ""
    if name == "Tiles":
        indent = '<w:tblInd w:w="120" w:type="dxa"/>'
        margins = (
            '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="120" w:type="dxa"/>'
            '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
        )
    style.element.append(
        parse_xml(f"<w:tblPr {nsdecls('w')}>{indent}<w:tblBorders>{edges}{inside}</w:tblBorders>{margins}</w:tblPr>")
    )


def set_table_layout(table: Table, widths: Sequence[int], caption: str) -> None:
    """Fixed column widths, in hundredths of the page's, and the table's name for those who cannot see it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    table.autofit = False
    for column, share in zip(table.columns, widths, strict=True):
        column.width = Pt(WIDTH * share / 100)
    for row in table.rows:
        for cell, share in zip(row.cells, widths, strict=True):
            cell.width = Pt(WIDTH * share / 100)
    name = OxmlElement("w:tblCaption")
    name.set(qn("w:val"), caption)
    table._tbl.tblPr.append(name)


def mark_header(table: Table) -> None:
    """Repeat the first row on each page, and break no row over two."""
    from docx.oxml import OxmlElement

    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def shade_tiles(table: Table) -> None:
    """The pale ground of tiles, their names standing on their figures."""
    from docx.enum.table import WD_ALIGN_VERTICAL
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for row in table.rows:
        for cell in row.cells:
            shading = OxmlElement("w:shd")
            for key, value in {"val": "clear", "color": "auto", "fill": PALE.removeprefix("#")}.items():
                shading.set(qn(f"w:{key}"), value)
            cell._tc.get_or_add_tcPr().append(shading)
    for cell in table.rows[0].cells:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM


def add_link(paragraph: Paragraph, text: str, link: str, *, style: str = "Small") -> None:
    """Words that open the paper; plain words where there is no address."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(text, style or None)
    if not link:
        return
    run.style = "Hyperlink"
    hyperlink = OxmlElement("w:hyperlink")
    hyperlink.set(qn("r:id"), paragraph.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    paragraph._p.append(hyperlink)
    hyperlink.append(run._r)


def set_language(run: Run, language: str) -> None:
    """Say of a run that it is not English."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    if language != "en":
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), LANGUAGES.get(language, language))
        run._r.get_or_add_rPr().append(mark)


def describe_picture(picture: InlineShape, words: str) -> None:
    """Say what the picture shows, for those who cannot see it, and set it flush."""
    picture._inline.docPr.set("descr", words)
    for side in ("distT", "distB", "distL", "distR"):  # some programs leave an eighth of an inch when none is told
        picture._inline.set(side, "0")


def add_fields(paragraph: Paragraph, words: str) -> None:
    """The footer: what this is, and the page with the number of pages."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt

    if paragraph.style is not None:
        paragraph.style.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{words}\tPage ")
    _add_field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _add_field(paragraph, "NUMPAGES")


def _add_field(paragraph: Paragraph, name: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


def save_document(document: Document) -> bytes:
    """The document's bytes, with one time for all its parts."""
    written, content = BytesIO(), BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, ZIP_TIME)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            target.writestr(part, source.read(name))
    return content.getvalue()
