"""Who attended, from tables and lists; initials to people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lscb_textmine.find.attendance import find_attendance, owner_in_full
from lscb_textmine.read import read_document
from lscb_textmine.records import Attendee, Block, Cell, Document, Paragraph, Row, Table


def attendance(*blocks: Block) -> list[tuple[str, str, str]]:
    return [
        (each.name, each.initials, each.status) for each in find_attendance(Document("m.pdf", "", "pdf", blocks=blocks))
    ]


def test_a_table_with_a_dated_column() -> None:
    rows = (
        ("Carys Hafod (CH)", "Police", "✓"),
        ("Bethan Nantlle", "Health", "Apologies"),
        ("Paul Oak", "Probation", "No apology received"),
    )
    table = Table(("Name", "Agency", "20/01/11"), tuple(Row(tuple(map(Cell, row))) for row in rows))
    assert attendance(table) == [
        ("Carys Hafod", "CH", "present"), ("Bethan Nantlle", "BN", "apologies"), ("Paul Oak", "PO", "absent"),
    ]  # fmt: skip


def test_columns_for_present_and_apology() -> None:
    rows = (("Fergal Tumelty", "Director", "", "X"), ("Ann Oak", "Nurse", "X", ""))
    table = Table(
        ("Name", "Title & Organisation", "Present", "Apology"), tuple(Row(tuple(map(Cell, row))) for row in rows)
    )
    assert [status for _, _, status in attendance(table)] == ["apologies", "present"]


def test_lists_of_names() -> None:
    blocks = (
        Paragraph("Present: Helen Marsh (HM), Chair; Bob Tarrant (BT), Police"),
        Paragraph("Apologies: Colin West, Probation"),
    )
    assert attendance(*blocks) == [
        ("Helen Marsh", "HM", "present"), ("Bob Tarrant", "BT", "present"), ("Colin West", "CW", "apologies"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("owner", "full"),
    [("HM", "Helen Marsh (LSCB)"), ("Helen / BT", "Helen Marsh (LSCB); Bob Tarrant"), ("All", ""), ("SCR Panel", "")],
)
def test_owner_in_full(owner: str, full: str) -> None:
    people = [Attendee("Helen Marsh", agency="LSCB", initials="HM"), Attendee("Bob Tarrant", initials="BT")]
    assert owner_in_full(owner, people) == full


def test_the_minutes_of_cwm_arthen(shared: Path) -> None:
    path = shared / "documents" / "cwm-arthen" / "lscb-minutes-2011-01-20.pdf"
    gold = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))["attendance"]
    wanted = [(each["name"], each["role"], each["agency"], each["status"]) for each in gold]
    found = [(each.name, each.role, each.agency, each.status) for each in find_attendance(read_document(path))]
    assert set(wanted) <= set(found)
