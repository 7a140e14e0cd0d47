"""A workbook is read as a reader sees it: shown values, merged cells, titles above tables, hidden rows noted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from lscb_textmine.errors import ReadError
from lscb_textmine.read.number_format import shown_value
from lscb_textmine.read.spreadsheet import read_spreadsheet
from lscb_textmine.records import Paragraph, Table

HEADER: list[object] = ["Ref", "Objective", "Action", "Lead", "By when"]


def make_book(rows: Sequence[Sequence[object]]) -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Action plan"
    for row in rows:
        sheet.append(list(row))
    return book, sheet


def read_book(book: openpyxl.Workbook, folder: Path) -> tuple[list[Paragraph], list[Table], tuple[str, ...]]:
    book.save(folder / "plan.xlsx")
    content = read_spreadsheet(folder / "plan.xlsx")
    paragraphs = [block for block in content.blocks if isinstance(block, Paragraph)]
    return paragraphs, [block for block in content.blocks if isinstance(block, Table)], content.notes


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_title_above_table_and_merged_parent(tmp_path: Path) -> None:
    book, sheet = make_book(
        [
            ["Cwm Teifi LSCB Business Plan 2012-13"],
            [],
            HEADER,
            ["1.1", "Reduce neglect", "Publish the guide", "GP", "May 2012"],
            ["1.2", None, "Train 40 staff", "SM", "June 2012"],
        ]
    )
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("B4:B5")
    paragraphs, (table,), _ = read_book(book, tmp_path)
    assert [(each.kind, each.level, each.text) for each in paragraphs] == [
        ("heading", 1, "Action plan"),
        ("heading", 2, "Cwm Teifi LSCB Business Plan 2012-13"),
    ]
    assert table.header == tuple(map(str, HEADER))
    assert texts(table)[1] == ["1.2", "Reduce neglect", "Train 40 staff", "SM", "June 2012"]
    assert table.rows[1].cells[1].merged and table.found_by == "sheet" and table.page is None


def test_blank_row_within_a_table(tmp_path: Path) -> None:
    book, _ = make_book(
        [HEADER, ["1", "Neglect", "Publish the guide", "GP", "May"], [], ["2", "Voice", "Hold a forum", "AM", "June"]]
    )
    _, tables, _ = read_book(book, tmp_path)
    assert [len(table.rows) for table in tables] == [2]


def test_two_tables_on_a_sheet(tmp_path: Path) -> None:
    book, _ = make_book(
        [HEADER, ["1", "Neglect", "Publish the guide", "GP", "May"], [], ["Risk", "Owner"], ["Staff leave", "SM"]]
    )
    _, tables, _ = read_book(book, tmp_path)
    assert [table.header for table in tables] == [tuple(map(str, HEADER)), ("Risk", "Owner")]


def test_heading_row_governs_the_rows_below(tmp_path: Path) -> None:
    book, sheet = make_book([HEADER, ["Priority 2: Listening"], ["2.1", "Voice", "Hold a forum", "AM", "June"]])
    sheet.merge_cells("A2:E2")
    _, (table,), _ = read_book(book, tmp_path)
    assert [row.section for row in table.rows] == ["Priority 2: Listening"]


def test_what_is_hidden_is_read_and_noted(tmp_path: Path) -> None:
    book, sheet = make_book(
        [HEADER, ["1", "Neglect", "Publish the guide", "GP", "May"], ["2", "Voice", "Hold a forum", "AM", "=A2"]]
    )
    sheet.row_dimensions[3].hidden = True
    sheet["A2"].comment = Comment("ask SM", "SM")
    old = book.create_sheet("Old")
    old.append(["Online safety"])
    old.sheet_state = "hidden"
    paragraphs, (table,), notes = read_book(book, tmp_path)
    assert [row.hidden for row in table.rows] == [False, True]
    assert paragraphs[-1].text == "Online safety"
    for words in ("1 hidden row(s)", "'Old' is hidden", "1 comment(s)", "1 formula(s) have no saved value"):
        assert any(words in note for note in notes)


def test_lines_of_a_cell_are_its_paragraphs(tmp_path: Path) -> None:
    book, _ = make_book([["Action", "Lead"], ["• Publish the guide\n• Train 40 staff in\nevery school", "GP"]])
    _, (table,), _ = read_book(book, tmp_path)
    cell = table.rows[0].cells[0]
    assert cell.text == "Publish the guide Train 40 staff in every school"
    assert [cell.text[start:end] for start, end in cell.paragraphs()] == [
        "Publish the guide",
        "Train 40 staff in every school",
    ]


def test_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    book, sheet = make_book([["Action", "Lead"], ["Publish the guide", "GP"]])
    sheet.cell(1_048_576, 16_384).font = Font(bold=True)
    _, (table,), _ = read_book(book, tmp_path)
    assert texts(table) == [["Publish the guide", "GP"]]


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [
        (datetime(2012, 3, 31), "mm-dd-yy", "31/03/2012"),
        (datetime(2012, 3, 1), "mmm\\ yyyy", "Mar 2012"),
        (datetime(2012, 3, 1), "mmm-yy", "Mar-12"),
        (date(2012, 3, 5), "d mmmm yyyy;@", "5 March 2012"),
        (datetime(2012, 3, 5), "[$-809]dddd, d mmmm yyyy", "Monday, 5 March 2012"),
        (datetime(2012, 3, 5, 9, 30), "dd/mm/yyyy h:mm", "05/03/2012 9:30"),
        (time(14, 5), "h:mm AM/PM", "2:05 PM"),
        (0.75, "0%", "75%"),
        (0.125, "0.0%", "12.5%"),
        (1200, "#,##0", "1,200"),
        (1200.5, '"£"#,##0.00', "£1,200.50"),
        (-3, "0", "-3"),
        (7, "000", "007"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),
        (True, "General", "TRUE"),
        ("By May", "@", "By May"),
        (None, "General", ""),
    ],
)
def test_values_as_shown(value: object, number_format: str, shown: str) -> None:
    assert shown_value(value, number_format) == shown


def test_damaged_workbook(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(ReadError, match=r"plan\.xlsx.*damaged"):
        read_spreadsheet(path)
