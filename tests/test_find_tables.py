"""One row of a plan is one candidate, with every column of the row."""

from __future__ import annotations

import pytest

from lscb_textmine.find import find_statements
from lscb_textmine.read.columns import column_roles
from lscb_textmine.records import Candidate, Cell, Document, Known, Row, Table

HEADER = ("Ref", "Objective", "Specific Actions", "Lead", "By when")


def plan(*rows: tuple[str, ...], section: str = "Action plan", merged: bool = False) -> tuple[Candidate, ...]:
    lines = tuple(
        Row(
            tuple(Cell(text, merged=merged and i == 1) for i, text in enumerate(row)),
            section="Priority 1: Neglect",
            page=3,
        )
        for row in rows
    )
    table = Table(HEADER, lines, section=(section,), roles=column_roles(HEADER, rows))
    document = Document("plan.pdf", "", "pdf", blocks=(table,), doc_type=Known("business_plan"))
    candidates = find_statements(document)
    assert all(each.place and document.text_at(each.place) == each.text for each in candidates)
    return candidates


def test_the_action_is_the_statement_and_all_cells_stay() -> None:
    (candidate,) = plan(("1.1", "Better links", "Write to each school;", "Chair", ""))
    assert candidate.text == "Write to each school"
    assert [(cell.name, cell.text, cell.role) for cell in candidate.cells] == [
        ("Ref", "1.1", "reference"), ("Objective", "Better links", "parent"),
        ("Specific Actions", "Write to each school;", "statement"), ("Lead", "Chair", "lead"),
        ("By when", "", "timescale"),
    ]  # fmt: skip
    assert (candidate.form, candidate.page, candidate.section) == ("table_row", 3, "Priority 1: Neglect")
    assert candidate.marked == "statement column"


def test_a_row_without_an_action_gives_its_own_objective_or_nothing() -> None:
    assert [each.text for each in plan(("1", "Voice of the child", "", "Chair", "May"))] == ["Voice of the child"]
    rows = (("1", "Voice of the child", "Meet the Forum", "Chair", "May"), ("1", "Voice of the child", "", "Chair", ""))
    assert [each.text for each in plan(*rows, merged=True)] == ["Meet the Forum"]
    assert [each.text for each in plan(rows[0], ("2", "Training", "N/A", "", ""))] == ["Meet the Forum"]


@pytest.mark.parametrize(
    ("row", "section", "reason"),
    [
        (("", "", "Priority 2: Training", "", ""), "Action plan", "heading row"),
        (("Ref", "Objective", "Specific Actions", "Lead", "By when"), "Action plan", "repeated header"),
    ],
)
def test_rows_that_are_no_statement(row: tuple[str, ...], section: str, reason: str) -> None:
    assert [each.turned_down for each in plan(row, section=section)] == [reason]


def test_a_table_of_figures_gives_nothing() -> None:
    rows = (("Council", "£96,000"), ("Police", "£16,000"))
    table = Table(("Agency", "2013/14"), tuple(Row(tuple(map(Cell, row))) for row in rows), roles=("other", "other"))
    assert find_statements(Document("plan.pdf", "", "pdf", blocks=(table,))) == ()
