"""A study in; the bytes of the evidence workbook out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from lscb_textmine.records import Study
from lscb_textmine.report.boards import add_boards, add_domains
from lscb_textmine.report.challenge import CHALLENGE, challenge_rows
from lscb_textmine.report.evidence import (
    EVIDENCE,
    FOLDS,
    NOT_COUNTED,
    NOT_COUNTED_PRINTED,
    PRINTED,
    evidence_rows,
    not_counted_rows,
)
from lscb_textmine.report.findings import Spot, add_enquiries, add_findings
from lscb_textmine.report.language import LANGUAGE, language_rows
from lscb_textmine.report.ledger import METHOD, PAPERS, PROBLEMS, load_method, method_rows, paper_rows, problem_rows
from lscb_textmine.report.links import link_to_paper
from lscb_textmine.report.meetings import ACTIONS, PEOPLE, action_rows, attendance_blocks, people_rows, people_top
from lscb_textmine.report.over_time import OVER_TIME, over_time_rows
from lscb_textmine.report.sheet import (
    Formats,
    Value,
    add_formats,
    fold_columns,
    set_up_page,
    write_block,
    write_table,
    write_text,
)
from lscb_textmine.report.styles import LOOKS, Column, Styled
from lscb_textmine.report.summary import SUMMARY, TITLE, lead_of, summary_rows

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
UNDATED = datetime(2000, 1, 1)
"""Stands for the time of writing, so that the same study gives the same bytes."""
LINKED = (
    ("Evidence", EVIDENCE, evidence_rows, "Statement"),
    ("Language", LANGUAGE, language_rows, "Sentence"),
    ("Objectives over time", OVER_TIME, over_time_rows, "Text"),
    ("Actions", ACTIONS, action_rows, "Action"),
    ("Attendance", PEOPLE, people_rows, "Name"),
    ("Challenge", CHALLENGE, challenge_rows, "Sentence"),
)
"""Sheets whose rows a finding may rest on: columns, rows, and the column of their words."""


def study_to_workbook(study: Study, folder: Path) -> bytes:
    """The workbook as it will stand in `folder`, from where its links lead to the papers."""
    from xlsxwriter import Workbook  # 70 ms that reading and `--help` need not wait for

    links = {
        paper.document.path: "" if paper.document.path_masked else link_to_paper(paper.document.path, folder)
        for paper in study.papers
    }
    content = BytesIO()
    with Workbook(content, SETTINGS) as workbook:
        workbook.set_properties({"title": TITLE, "created": UNDATED})
        formats = add_formats(workbook, LOOKS)
        _add_summary(workbook, study, formats)
        evidence = _add_sheet(workbook, "Evidence", EVIDENCE, evidence_rows(study, links), formats, frozen_columns=3)
        fold_columns(evidence, EVIDENCE, FOLDS)
        evidence.print_area(0, 0, sum(len(paper.objectives) for paper in study.papers), PRINTED - 1)
        spots = find_spots(study)
        add_boards(workbook, study, formats)
        add_domains(workbook, study, formats)
        add_findings(workbook, study, formats, spots)
        add_enquiries(workbook, study, formats, spots)
        _add_sheet(workbook, "Language", LANGUAGE, language_rows(study, links), formats, frozen_columns=3)
        _add_sheet(workbook, "Objectives over time", OVER_TIME, over_time_rows(study, links), formats, frozen_columns=3)
        _add_sheet(workbook, "Actions", ACTIONS, action_rows(study, links), formats, frozen_columns=3)
        _add_attendance(workbook, study, links, formats)
        _add_sheet(workbook, "Challenge", CHALLENGE, challenge_rows(study, links), formats, frozen_columns=3)
        others = _add_sheet(
            workbook, "Not counted", NOT_COUNTED, not_counted_rows(study, links), formats, frozen_columns=3
        )
        others.print_area(0, 0, sum(len(paper.rejected) for paper in study.papers), NOT_COUNTED_PRINTED - 1)
        _add_sheet(workbook, "Papers", PAPERS, paper_rows(study, links), formats, frozen_columns=2)
        _add_sheet(workbook, "Problems", PROBLEMS, problem_rows(study), formats)
        _add_method(workbook, study, formats)
    return content.getvalue()


def find_spots(study: Study) -> dict[tuple[str, str], Spot]:
    """Where each row of evidence stands in the workbook, by sheet and identifier; the first of several rows."""
    spots = {
        ("Papers", paper.document.sha256): Spot(row, paper.document.name)
        for row, paper in enumerate(study.papers, start=2)
    }
    for sheet, columns, rows, words in LINKED:
        names = [column.name for column in columns]
        identifier, text = names.index("Id"), names.index(words)
        top = people_top(study) if sheet == "Attendance" else 0
        for number, row in enumerate(rows(study, {}), start=top + 2):
            spots.setdefault((sheet, str(row[identifier])), Spot(number, _plain(row[text])))
    return spots


def _plain(value: Value) -> str:
    return str(value.value if isinstance(value, Styled) else value or "")


def _add_summary(workbook: Workbook, study: Study, formats: Formats) -> None:
    sheet = _add_titled(workbook, "Summary", TITLE, formats)
    sheet.merge_range(1, 0, 1, len(SUMMARY) - 1, lead_of(study), formats["lead"])
    sheet.set_row(1, 48)
    write_table(sheet, SUMMARY, summary_rows(study), formats=formats, top=3)
    sheet.set_row(3, 48)


def _add_method(workbook: Workbook, study: Study, formats: Formats) -> None:
    sheet = _add_titled(workbook, "Method", load_method()["title"], formats)
    write_table(sheet, METHOD, method_rows(study), formats=formats, top=3)


def _add_attendance(workbook: Workbook, study: Study, links: dict[str, str], formats: Formats) -> None:
    """Each board's agencies by meetings one below the other, then everyone by name."""
    sheet = workbook.add_worksheet("Attendance")
    top, header = 0, people_top(study)
    for block in attendance_blocks(study):
        sheet.set_row(top, 22)
        write_text(sheet, top, 0, block.board, formats, "title")
        write_block(sheet, block.columns, block.rows, formats=formats, top=top + 1)
        top += len(block.rows) + 3
    set_up_page(sheet, "Attendance", header=header, frozen_columns=1)
    sheet.freeze_panes(0, 1)
    sheet.set_row(header, 20)
    write_table(sheet, PEOPLE, people_rows(study, links), formats=formats, top=header)


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
