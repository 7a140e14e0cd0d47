"""A study in; the bytes of the evidence workbook out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from lscb_textmine.records import Study
from lscb_textmine.report.cells import clean_text
from lscb_textmine.report.evidence import EVIDENCE, NOT_COUNTED, PRINTED, evidence_rows, not_counted_rows
from lscb_textmine.report.ledger import METHOD, PAPERS, PROBLEMS, load_method, method_rows, paper_rows, problem_rows
from lscb_textmine.report.links import link_to_paper
from lscb_textmine.report.meetings import ACTIONS, PEOPLE, action_rows, attendance_blocks, people_rows
from lscb_textmine.report.sheet import Formats, Value, set_up_page, write_block, write_table
from lscb_textmine.report.styles import LOOKS, Column
from lscb_textmine.report.summary import LEAD, SUMMARY, TITLE, summary_rows

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
UNDATED = datetime(2000, 1, 1)
"""Stands for the time of writing, so that the same study gives the same bytes."""


def study_to_workbook(study: Study, folder: Path) -> bytes:
    """The workbook as it will stand in `folder`, from where its links lead to the papers."""
    from xlsxwriter import Workbook  # 70 ms that reading and `--help` need not wait for

    links = {paper.document.path: link_to_paper(paper.document.path, folder) for paper in study.papers}
    content = BytesIO()
    with Workbook(content, SETTINGS) as workbook:
        workbook.set_properties({"title": TITLE, "created": UNDATED})
        formats = {name: workbook.add_format(look) for name, look in LOOKS.items()}
        _add_summary(workbook, study, formats)
        evidence = _add_sheet(workbook, "Evidence", EVIDENCE, evidence_rows(study, links), formats, frozen_columns=3)
        evidence.print_area(0, 0, sum(len(paper.objectives) for paper in study.papers), PRINTED - 1)
        _add_sheet(workbook, "Not counted", NOT_COUNTED, not_counted_rows(study, links), formats, frozen_columns=3)
        _add_attendance(workbook, study, links, formats)
        _add_sheet(workbook, "Actions", ACTIONS, action_rows(study, links), formats, frozen_columns=3)
        _add_sheet(workbook, "Papers", PAPERS, paper_rows(study, links), formats, frozen_columns=2)
        _add_sheet(workbook, "Problems", PROBLEMS, problem_rows(study), formats)
        _add_method(workbook, study, formats)
    return content.getvalue()


def _add_summary(workbook: Workbook, study: Study, formats: Formats) -> None:
    sheet = _add_titled(workbook, "Summary", TITLE, formats)
    sheet.merge_range(1, 0, 1, len(SUMMARY) - 1, LEAD, formats["lead"])
    sheet.set_row(1, 34)
    write_table(sheet, SUMMARY, summary_rows(study), formats=formats, top=3)
    sheet.set_row(3, 48)


def _add_method(workbook: Workbook, study: Study, formats: Formats) -> None:
    sheet = _add_titled(workbook, "Method", load_method()["title"], formats)
    write_table(sheet, METHOD, method_rows(study), formats=formats, top=3)


def _add_attendance(workbook: Workbook, study: Study, links: dict[str, str], formats: Formats) -> None:
    """Each board's agencies by meetings one below the other, then everyone by name."""
    sheet = workbook.add_worksheet("Attendance")
    top = 0
    for block in attendance_blocks(study):
        sheet.set_row(top, 22)
        sheet.write_string(top, 0, clean_text(block.board), formats["title"])
        write_block(sheet, block.columns, block.rows, formats=formats, top=top + 1)
        top += len(block.rows) + 3
    set_up_page(sheet, "Attendance", header=top, frozen_columns=1)
    sheet.freeze_panes(0, 1)
    sheet.set_row(top, 20)
    write_table(sheet, PEOPLE, people_rows(study, links), formats=formats, top=top)


def _add_titled(workbook: Workbook, name: str, title: str, formats: Formats) -> Worksheet:
    sheet = workbook.add_worksheet(name)
    set_up_page(sheet, name, header=3, frozen_columns=1)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, title, formats["title"])
    return sheet


def _add_sheet(
    workbook: Workbook,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    formats: Formats,
    *,
    frozen_columns: int = 0,
) -> Worksheet:
    sheet = workbook.add_worksheet(name)
    set_up_page(sheet, name, header=0, frozen_columns=frozen_columns)
    sheet.set_row(0, 32)
    write_table(sheet, columns, rows, formats=formats)
    return sheet
