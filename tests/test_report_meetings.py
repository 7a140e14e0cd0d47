"""Attendance and actions as the files and the sheets show them."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

from openpyxl import load_workbook
from studies import make_study

from lscb_textmine.measure import count_attendance
from lscb_textmine.records import Action, Attendee, Known, Study
from lscb_textmine.report.meetings import actions_to_csv, attendance_blocks, attendance_to_csv
from lscb_textmine.report.workbook import study_to_workbook

PEOPLE = (
    Attendee("Ann Oak", "Chair", "LSCB", page=1),
    Attendee("Bob Elm", "Inspector", "Police", "apologies", page=1),
    Attendee("Cai Ash", "=Sergeant", "Police", "deputy", page=1, deputises="Bob Elm"),
)
ACTION = Action(
    "a1", "Thornmere", "minutes.pdf", "2012-01-10", "Publish it", "Ann Oak", "2012-03-31", "closed", "b", "Closed", 2
)


def make_meetings() -> Study:
    study = make_study()
    first = study.papers[0]
    document = replace(first.document, doc_type=Known("minutes"), dated=Known("2012-01-10", "title page"))
    papers = (replace(first, document=document, attendance=PEOPLE), *study.papers[1:])
    return replace(study, papers=papers, actions=(ACTION,), attendance=count_attendance(papers))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_attendance_has_the_columns_of_the_contract() -> None:
    found = rows(attendance_to_csv(make_meetings()))
    assert list(found[0]) == ["board", "document", "meeting", "name", "role", "agency", "status"]
    assert [(row["meeting"], row["name"], row["status"]) for row in found][1:] == [
        ("2012-01-10", "Bob Elm", "apologies"), ("2012-01-10", "Cai Ash", "deputy"),
    ]  # fmt: skip


def test_actions_tell_what_became_of_them() -> None:
    (row,) = rows(actions_to_csv(make_meetings()))
    assert (row["state"], row["seen_in"], row["because"], row["page"]) == ("closed", "b", "Closed", "2")


def test_agencies_by_meetings() -> None:
    (block,) = attendance_blocks(make_meetings())
    assert [column.name for column in block.columns] == ["Agency", "2012-01-10", "Attended", "Listed"]
    values = [[getattr(cell, "value", cell) for cell in row] for row in block.rows]
    assert values == [["LSCB", "✓ present", 1, 1], ["Police", "✓ deputy, apologies", 1, 1]]


def test_sheets_hold_the_tables_and_the_lists() -> None:
    study = make_meetings()
    workbook = load_workbook(BytesIO(study_to_workbook(study, Path("results"))))
    values = [row for row in workbook["Attendance"].iter_rows(values_only=True) if any(row)]
    assert values[0][0] == study.papers[0].document.board_name
    assert [row[4] for row in values if row[1] == "2012-01-10" and row[4]] == ["Ann Oak", "Bob Elm", "Cai Ash"]
    assert workbook["Actions"]["H2"].value == "✓ closed"


def test_a_study_without_meetings_has_empty_sheets() -> None:
    workbook = load_workbook(BytesIO(study_to_workbook(make_study(), Path("results"))))
    assert workbook["Attendance"].max_row == workbook["Actions"].max_row == 1
