"""The workbook, opened again: what an inspector finds in it, where its links lead, what a cell can never do."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from openpyxl import load_workbook
from studies import make_paper, make_study

from lscb_textmine.records import Sighting, Step, Study, Thread
from lscb_textmine.report.ledger import load_method
from lscb_textmine.report.links import escape_path, link_to_paper
from lscb_textmine.report.workbook import study_to_workbook

SHEETS = [
    *("Summary", "Evidence", "Boards", "Domains", "Findings", "Lines of enquiry", "Language", "Objectives over time"),
    *("Actions", "Attendance", "Challenge", "Not counted", "Papers", "Problems", "Method"),
]


def open_workbook(study: Study, folder: Path = Path("results")) -> Any:
    return load_workbook(BytesIO(study_to_workbook(study, folder)))


@pytest.fixture(scope="module")
def workbook() -> Any:
    return open_workbook(make_study())


def rows(sheet: Any, *, header: int = 1) -> list[dict[str, Any]]:
    names = [cell.value for cell in sheet[header]]
    return [dict(zip(names, row, strict=True)) for row in sheet.iter_rows(min_row=header + 1, values_only=True)]


def test_sheets_stand_in_order_with_filter_and_frozen_header(workbook: Any) -> None:
    assert workbook.sheetnames == SHEETS
    for sheet in workbook:
        assert sheet.freeze_panes, sheet.title
        assert sheet.auto_filter.ref or sheet.title == "Domains", sheet.title
        assert sheet.page_setup.orientation == "landscape" and sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows and "&P" in sheet.oddFooter.right.text


def test_summary_gives_each_board_a_row_and_all_of_them_one(workbook: Any) -> None:
    boards = rows(workbook["Summary"], header=4)
    assert [row["Board"] for row in boards][-1] == "All boards"
    assert boards[0]["SMART: count, 95 % range"] == "1 of 2 (9% to 91%); too few to compare"
    assert (boards[0]["Papers read"], boards[0]["Pages read"], boards[0]["Share SMART"]) == (1, 2, 0.5)
    assert boards[-1]["Statements"] == sum(row["Statements"] for row in boards[:-1]) == 15


def test_evidence_shows_the_deciding_words(workbook: Any) -> None:
    first, second, welsh = rows(workbook["Evidence"])[:3]
    assert (first["Time-limited"], first["SMART or aspirational"], first["Score"]) == ("✓ by March 2012", "SMART", 4)
    assert (second["Time-limited"], second["Needs review"]) == ("✗ no time limit found", "review")
    assert (welsh["Specific"], welsh["SMART or aspirational"]) == ("not judged", "not judged")
    assert welsh["Language"] == "Welsh"


def test_page_opens_the_paper_there(workbook: Any) -> None:
    link = workbook["Evidence"]["C2"].hyperlink
    assert link.target == "../papers/Cwm%20Arthen/plan%20100%25%20%232%20ŵy.pdf"
    assert link.location == "page=4"
    assert workbook["Papers"]["B2"].hyperlink.target == link.target


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PureWindowsPath("C:\\Board papers\\a.pdf"), "file:///C:/Board%20papers/a.pdf"),
        (PureWindowsPath("\\\\server\\papers\\a.pdf"), "file://server/papers/a.pdf"),
        (PurePosixPath("/home/ŵ/a.pdf"), "file:///home/ŵ/a.pdf"),
        (PurePosixPath("../100% #1?.pdf"), "../100%25%20%231%3F.pdf"),
        (PurePosixPath("javascript:alert(1).pdf"), "./javascript:alert(1).pdf"),
        (PurePosixPath("../a:b.pdf"), "../a:b.pdf"),
        (PurePosixPath("\\\\host\\share.pdf"), "./%5C%5Chost%5Cshare.pdf"),
        (PurePosixPath("%00/a\u202eb\nc.pdf"), "%2500/a%E2%80%AEb%0Ac.pdf"),
    ],
)
def test_addresses_are_escaped(path: PurePosixPath, address: str) -> None:
    assert escape_path(path) == address


def test_links_follow_when_papers_and_results_move_together(tmp_path: Path) -> None:
    assert link_to_paper(str(tmp_path / "papers/a b.pdf"), tmp_path / "out") == "../papers/a%20b.pdf"


def test_text_like_a_formula_is_text(workbook: Any) -> None:
    cell = workbook["Evidence"]["E3"]
    assert (cell.value, cell.data_type) == ("=Raise awareness", "s")


def test_what_was_not_counted_has_its_reason(workbook: Any) -> None:
    row = rows(workbook["Not counted"])[0]
    assert row["Why it is not counted"] == "what was done, not what will be"
    assert row["Probability that it is one"] == 0.1


def test_ledger_names_every_file_and_page(workbook: Any) -> None:
    papers = rows(workbook["Papers"])
    assert [row["Paper"] for row in papers] == ["plan 100% #2 ŵy.pdf", "plan.pdf", "plan 2013.pdf", "scan.pdf"]
    assert papers[0]["Pages, as read"] == "1-2 read; 3 image only (no text layer; needs OCR)"
    assert papers[-1]["Pages, as read"] == "not read"
    assert [row["Page"] for row in rows(workbook["Problems"])] == [None, 3]


def test_objectives_over_time_give_each_sighting_a_row() -> None:
    study = make_study()
    plan = study.papers[0].document
    seen = Sighting(
        "a", plan.name, plan.sha256, "business_plan", "2011-12", 4, "Publish the protocol", "DI", "2012-03-31"
    )
    later = replace(seen, document="plan 2013.pdf", sha256="0" * 64, year="2012-13", page=None, deadline="2013-01-31")
    steps = (Step("deadline moved", "2012-03-31", "2013-01-31"), Step("no progress told", after="So far: empty"))
    threads = (Thread("Cwm Arthen", (seen, later), steps, 0.9), Thread("Cwm Arthen", (seen,)))
    sheet = open_workbook(replace(study, threads=threads))["Objectives over time"]
    first, second = rows(sheet)
    assert (first["Objective no."], first["Page"], first["Likeness"]) == (1, "4", 0.9)
    assert sheet["F2"].hyperlink.location == "page=4"
    assert second["What changed since the last sighting"] == (
        "deadline moved: 2012-03-31 → 2013-01-31\nno progress told (So far: empty)"
    )


def test_method_tells_definitions_versions_and_digests(workbook: Any) -> None:
    told = {row["Subject"]: row["What is meant"] for row in rows(workbook["Method"], header=4)}
    assert {section["heading"] for section in load_method()["section"]} <= set(told)
    assert told["Model: objective"] == "ab" * 32
    assert "lscb-textmine" in told["Version"]


def test_study_without_papers_or_statements_still_opens() -> None:
    assert open_workbook(Study(())).sheetnames == SHEETS
    assert open_workbook(Study((make_paper("plan.pdf", "", ()),))).sheetnames == SHEETS
