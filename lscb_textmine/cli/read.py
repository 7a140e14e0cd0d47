"""`lscb-textmine read`: a paper in; what was read, as Markdown, JSON or pictures, out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lscb_textmine.cli.show import describe_problem, print_error, print_line, speaks_unicode
from lscb_textmine.records import Document

EXAMPLES = """\b
Examples:
  lscb-textmine read plan.pdf
  lscb-textmine read minutes.docx --json --out minutes.json
  lscb-textmine read plan.pdf --picture pictures

A picture shows each page with what was found drawn over it: paragraphs blue, headings purple, list items green, tables
and their cells orange, statements red.
"""


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The paper to read.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON in place of Markdown.")] = False,
    picture: Annotated[Path | None, typer.Option(metavar="DIR", help="Draw what was found over each PDF page.")] = None,
    ocr: Annotated[bool, typer.Option("--ocr/--no-ocr", help="Read pages that are pictures, with tesseract.")] = True,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write there, in UTF-8, not on the screen.")] = None,
) -> None:
    """Show what was read of a paper: headings, paragraphs, lists, tables and pages."""
    from lscb_textmine.manifest import PaperRequest
    from lscb_textmine.pipeline import read_request
    from lscb_textmine.report.files import write_files
    from lscb_textmine.report.markdown import document_to_json, document_to_markdown

    def show(document: Document, *, ascii_only: bool) -> str:
        return document_to_json(document, ascii_only=ascii_only) if as_json else document_to_markdown(document)

    document = read_request(PaperRequest(str(file), ocr=ocr))
    if out is not None:
        write_files(out.parent, {out.name: show(document, ascii_only=False).encode("utf-8", "replace")})
    if picture is not None:
        draw(document, picture)
    if out is None and picture is None:
        print_line(show(document, ascii_only=not speaks_unicode()).rstrip("\n"))
    for problem in document.problems:
        print_error(describe_problem(problem))
    raise typer.Exit(int(any(problem.severity == "error" for problem in document.problems)))


def draw(document: Document, folder: Path) -> None:
    """Write the pictures of a paper's pages, with the statements that count, to a folder."""
    from lscb_textmine.models import load_models
    from lscb_textmine.pipeline import judge_document
    from lscb_textmine.report.files import write_files
    from lscb_textmine.report.picture import draw_pages

    statements = [objective.candidate for objective in judge_document(document, load_models()) if objective.counted]
    written = write_files(folder, dict(draw_pages(document, statements)))
    print_line(f"{len(written)} pictures in {folder}")
