"""Action plans with known cells, printed by several programs in several styles: what table reading is measured on.

`python scripts/plans.py [--rows N] [--seed N]` prints, for each producer and style, the share of cells right, of rows
that break over pages kept whole, and of prose pages on which a table was claimed.
"""

from __future__ import annotations

import argparse
import html
import random
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

STYLES = ("ruled", "level", "none", "merged")
HEADER = ("Ref", "Objective", "Action", "Lead", "By when", "Success measure")
WORDS = (
    "review the protocol for children missing from home and tell every school what changed after the audit of files "
    "held by health visitors in the valley teams so that conference chairs see young people before they decide which "
    "plan to follow when a parent has been unwell and neighbours offer help with meals lifts or a bed for one night "
    "publish leaflet training governors police nurse panel draft sign agree count visit ask write share bring meet"
)
LEADS = ("Named Nurse", "Business Manager", "DI Public Protection", "QA sub group", "Head of Inclusion", "Chair")
TIMES = ("30 June 2011", "Ongoing", "by Easter", "Q3 2011/12", "TBC", "31/03/2012", "October Board", "")


@dataclass(frozen=True, slots=True)
class Plan:
    """A table's truth: header, rows of cells (a merged parent repeated), and how many rows each parent covers."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    covers: tuple[int, ...]


def make_plan(rng: random.Random, rows: int) -> Plan:
    """A plan of about `rows` rows; the long cell of row i begins "Ai" and ends "Zi", so that breaks can be seen."""
    made: list[tuple[str, ...]] = []
    covers: list[int] = []
    while len(made) < rows:
        count = rng.choice((1, 1, 2, 3))
        ref, parent = f"{len(covers) + 1}.{rng.randint(1, 9)}", sentence(rng, 4, 9)
        for _ in range(count):
            i = len(made)
            action = f"A{i} {sentence(rng, 4, 45)} Z{i}"
            made.append((ref, parent, action, rng.choice(LEADS), rng.choice(TIMES), sentence(rng, 2, 14)))
        covers.append(count)
    return Plan(HEADER, tuple(made), tuple(covers))


def sentence(rng: random.Random, least: int, most: int) -> str:
    """Words that read like a cell of a plan, if not like sense."""
    text = " ".join(rng.choice(WORDS.split()) for _ in range(rng.randint(least, most)))
    return text[0].upper() + text[1:]


def print_reportlab(plan: Plan, style: str, path: Path) -> None:
    """The plan as a landscape table by ReportLab; rows may break within."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    body = ParagraphStyle("body", fontName="Helvetica", fontSize=9, leading=11)
    bold = ParagraphStyle("bold", parent=body, fontName="Helvetica-Bold")
    rows = [[Paragraph(html.escape(cell), bold) for cell in plan.header]]
    rows += [[Paragraph(html.escape(cell), body) for cell in row] for row in cells_as_printed(plan, style)]
    commands: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if style in ("ruled", "merged"):
        commands.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    if style == "level":
        commands.append(("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey))
    if style == "merged":
        commands += [("SPAN", (c, a), (c, b)) for c in (0, 1) for a, b in parent_rows(plan) if b > a]
    table = Table(
        rows, colWidths=[40, 140, 240, 95, 80, 150], repeatRows=1, style=commands, splitInRow=style != "merged"
    )
    SimpleDocTemplate(str(path), pagesize=landscape(A4), title="Plan").build([Paragraph("Action plan", bold), table])


def plan_to_html(plan: Plan, style: str) -> str:
    """The plan as a page for WeasyPrint and LibreOffice."""
    line = {
        "ruled": "border:0.6pt solid #000",
        "merged": "border:0.6pt solid #000",
        "level": "border-bottom:0.6pt solid #555",
    }
    css = (
        "@page{size:A4 landscape;margin:15mm} body{font:9pt 'DejaVu Sans',sans-serif} "
        "table{border-collapse:collapse;width:100%} th{text-align:left} "
        f"td,th{{padding:3pt 5pt;vertical-align:top;{line.get(style, '')}}}"
    )
    body = ["<tr>" + "".join(f"<th>{html.escape(name)}</th>" for name in plan.header) + "</tr>"]
    starts = {start - 1: end - start + 1 for start, end in parent_rows(plan)}
    for i, row in enumerate(plan.rows):
        cells = []
        for c, text in enumerate(row):
            if c < 2 and style == "merged":
                if i in starts:
                    cells.append(f"<td rowspan={starts[i]}>{html.escape(text)}</td>")
            else:
                cells.append(f"<td>{html.escape(text)}</td>")
        body.append("<tr>" + "".join(cells) + "</tr>")
    head = f"<thead>{body[0]}</thead>"
    return f"<style>{css}</style><h1>Action plan</h1><table>{head}<tbody>{''.join(body[1:])}</tbody></table>"


def print_weasyprint(plan: Plan, style: str, path: Path) -> None:
    """The plan by WeasyPrint."""
    write_html(plan_to_html(plan, style), path)


def write_html(page: str, path: Path) -> None:
    """A page printed by WeasyPrint, which warns of libraries that only future versions will need."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        from weasyprint import HTML

        HTML(string=page).write_pdf(path)


def print_libreoffice(plan: Plan, style: str, path: Path) -> None:
    """The plan as a Word file by python-docx, printed by LibreOffice."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    document = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    document.styles["Normal"].font.size = Pt(9)
    document.add_heading("Action plan", 1)
    table = document.add_table(rows=0, cols=len(plan.header))
    table.style = "Table Grid" if style in ("ruled", "merged") else "Normal Table"
    for row in (plan.header, *plan.rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    _word_header(table)
    if style == "merged":
        _word_merge(table, plan)
    if style == "level":
        _word_level_rules(table)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{path.stem}.docx"
        document.save(str(source))
        soffice_to_pdf(source, path.parent)


def _word_header(table: object) -> None:
    from docx.oxml import OxmlElement

    row = table.rows[0]  # type: ignore[attr-defined]
    for cell in row.cells:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _word_merge(table: object, plan: Plan) -> None:
    for start, end in parent_rows(plan):
        for column in (0, 1):
            for row in range(start + 1, end + 1):
                table.cell(row, column).text = ""  # type: ignore[attr-defined]
            text = table.cell(start, column).text  # type: ignore[attr-defined]
            merged = table.cell(start, column).merge(table.cell(end, column))  # type: ignore[attr-defined]
            merged.text = text


def _word_level_rules(table: object) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    for row in table.rows:  # type: ignore[attr-defined]
        for cell in row.cells:
            border = f'<w:tcBorders {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:color="555555"/></w:tcBorders>'
            cell._tc.get_or_add_tcPr().append(parse_xml(border))


def soffice_to_pdf(source: Path, folder: Path) -> None:
    """A file printed to PDF by LibreOffice, in a profile of its own."""
    program = shutil.which("soffice")
    if not program:
        raise FileNotFoundError("LibreOffice (soffice) is not installed")
    with tempfile.TemporaryDirectory() as profile:
        command = [program, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*command, "--outdir", str(folder), str(source)], check=True, capture_output=True, timeout=120)


PRODUCERS = {"reportlab": print_reportlab, "weasyprint": print_weasyprint, "libreoffice": print_libreoffice}


def parent_rows(plan: Plan) -> Iterator[tuple[int, int]]:
    """First and last row of each parent, the header being row 0."""
    at = 1
    for count in plan.covers:
        yield at, at + count - 1
        at += count


def cells_as_printed(plan: Plan, style: str) -> Iterator[tuple[str, ...]]:
    """The rows as printed: a merged parent's text only in its first row."""
    starts = {start - 1 for start, _ in parent_rows(plan)}
    for i, row in enumerate(plan.rows):
        yield row if style != "merged" or i in starts else ("", "", *row[2:])


def print_prose(path: Path, rng: random.Random, *, columns: int) -> None:
    """Pages of prose with headings and lists, in one or two columns, by WeasyPrint."""
    parts = []
    for i in range(14):
        parts.append(f"<h2>{i + 1} {sentence(rng, 2, 5)}</h2>")
        parts += [f"<p>{'. '.join(sentence(rng, 8, 25) for _ in range(5))}.</p>" for _ in range(2)]
        parts.append("<ul>" + "".join(f"<li>{sentence(rng, 4, 20)};</li>" for _ in range(4)) + "</ul>")
    css = f"body{{font:10pt serif;columns:{columns};text-align:justify}} h2{{border-bottom:0.5pt solid #888}}"
    write_html(f"<style>{css}</style>{''.join(parts)}", path)


@dataclass(slots=True)
class Score:
    """Counts of one or more plans: cells and those right, rows broken over pages and those whole."""

    cells: int = 0
    right: int = 0
    broken: int = 0
    whole: int = 0


def score_plan(plan: Plan, path: Path) -> Score:
    """How much of a printed plan `read_pdf` gives back."""
    from lscb_textmine.read.pdf import read_pdf
    from lscb_textmine.records import Table

    tables = [block for block in read_pdf(path).blocks if isinstance(block, Table)]
    found = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    by_start = {cell.split(" ", 1)[0]: row for row in found for cell in row if cell.startswith("A")}
    broken = broken_rows(path, len(plan.rows))
    score = Score()
    for i, row in enumerate(plan.rows):
        given = by_start.get(f"A{i}", [])
        right = sum(text == cell for text, cell in zip(row, given, strict=False)) if len(given) == len(row) else 0
        score.cells += len(row)
        score.right += right
        score.broken += i in broken
        score.whole += i in broken and bool(given) and row[2] in given
    return score


def broken_rows(path: Path, rows: int) -> set[int]:
    """The rows whose long cell begins on one page and ends on another."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pages = [set(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    where = [[n for n, words in enumerate(pages) if mark in words] for mark in _marks(rows)]
    return {i for i in range(rows) if where[2 * i] and where[2 * i + 1] and where[2 * i] != where[2 * i + 1]}


def _marks(rows: int) -> list[str]:
    return [f"{letter}{i}" for i in range(rows) for letter in "AZ"]


def claimed_pages(path: Path) -> tuple[int, int]:
    """Pages of prose on which a table was claimed, and all pages."""
    from lscb_textmine.read.pdf import read_pdf
    from lscb_textmine.records import Table

    content = read_pdf(path)
    return len({block.page for block in content.blocks if isinstance(block, Table)}), len(content.pages)


def main(arguments: list[str]) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--plans", type=int, default=3, help="plans for each producer and style")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="keep the printed plans in this folder")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        report(given.keep or Path(folder), given.rows, given.plans, given.seed)


def report(folder: Path, rows: int, plans: int, seed: int) -> None:
    """Print and score plans of every producer and style, then prose."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, printer in PRODUCERS.items():
        if name == "libreoffice" and not shutil.which("soffice"):
            print("libreoffice: not installed, left out")
            continue
        for style in STYLES:
            total = Score()
            for n in range(plans):
                plan = make_plan(random.Random(f"{seed} {name} {style} {n}"), rows)
                path = folder / f"{name}-{style}-{n}.pdf"
                printer(plan, style, path)
                score = score_plan(plan, path)
                for field in ("cells", "right", "broken", "whole"):
                    setattr(total, field, getattr(total, field) + getattr(score, field))
            share, whole = total.right / total.cells, f"{total.whole}/{total.broken}"
            print(f"{name:12s} {style:7s} cells right {share:.3f} of {total.cells}   broken rows whole {whole}")
    for columns in (1, 2):
        path = folder / f"prose-{columns}.pdf"
        print_prose(path, random.Random(seed), columns=columns)
        claimed, pages = claimed_pages(path)
        print(f"prose in {columns} column(s): tables claimed on {claimed} of {pages} pages")


if __name__ == "__main__":
    main(sys.argv[1:])
