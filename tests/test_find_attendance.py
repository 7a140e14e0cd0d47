"""Who attended, from tables and lists; initials to people."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from attendance import count_right, errors

from lscb_textmine.find.attendance import find_attendance, owner_in_full
from lscb_textmine.find.people import read_person
from lscb_textmine.read import read_document
from lscb_textmine.records import Attendee, Block, Cell, Document, Known, Paragraph, Row, Table

ROOT = Path(__file__).resolve().parent.parent
BLOCKS = tomllib.loads((Path(__file__).parent / "attendance_blocks.toml").read_text(encoding="utf-8"))["block"]
MINUTES = sorted(path for path in (ROOT / "corpora").rglob("*") if "inutes" in path.name and path.suffix != ".json")


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


def gold_of(path: Path) -> list[dict[str, str]]:
    gold: list[dict[str, str]] = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))["attendance"]
    return gold


def test_the_minutes_of_cwm_arthen(shared: Path) -> None:
    path = shared / "documents" / "cwm-arthen" / "lscb-minutes-2011-01-20.pdf"
    found = find_attendance(read_document(path))
    wanted = [(each["name"], each["role"], each["agency"], each["status"]) for each in gold_of(path)]
    assert set(wanted) <= {(each.name, each.role, each.agency, each.status) for each in found}
    assert {each.page for each in found} == {1}
    assert [each.deputises for each in found if each.deputises] == ["Supt. Tregaron"]


@pytest.mark.parametrize("path", MINUTES, ids=lambda path: path.stem)
def test_people_of_the_corpora_are_right(path: Path) -> None:
    found, gold = find_attendance(read_document(path)), gold_of(path)
    assert count_right(found, gold) >= 0.95 * len(gold), errors(found, gold)
    assert len(found) <= len(gold) + 1, errors(found, gold)


def block_attendance(block: Mapping[str, Any], folder: Path) -> tuple[Attendee, ...]:
    path = folder / ("paper.html" if "<html>" in block["text"] else "paper.md")
    path.write_text(block["text"].strip(), encoding="utf-8")
    document = read_document(path)
    kind = Known(block.get("doc_type", "minutes"), "manifest")
    return find_attendance(replace(document, doc_type=kind, year=Known(block.get("year", document.year.value))))


def person_of(line: str) -> dict[str, str]:
    name, agency, status, *more = (part.strip() for part in line.split("|"))
    return {"name": name, "agency": agency, "status": status} | dict(part.split("=") for part in more)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block["form"])
def test_lists_in_the_forms_that_boards_use(block: dict[str, Any], tmp_path: Path) -> None:
    found, gold = block_attendance(block, tmp_path), [person_of(line) for line in block["people"]]
    assert count_right(found, gold) == len(gold) == len(found), errors(found, gold)


@pytest.mark.parametrize(
    ("entry", "parts"),
    [
        ("Dr Shirin Bakhtiari, Named Doctor, Hendre Health Board", ("Named Doctor", "Hendre Health Board")),
        ("Pete Lowndes (Hendre Police), Superintendent", ("Superintendent", "Hendre Police")),
        (
            "Una Corry – Head of Children’s Services, Loughmore Council",
            ("Head of Children’s Services", "Loughmore Council"),
        ),
        ("Cai Ash Named Nurse Penfold Health Board", ("Named Nurse", "Penfold Health Board")),
        ("Bel Somers (minutes)", ("", "")),
    ],
)
def test_role_and_agency_behind_a_name(entry: str, parts: tuple[str, str]) -> None:
    person = read_person(entry, "present")
    assert person and (person.role, person.agency) == parts


@pytest.mark.parametrize(
    "text",
    [
        "The Chair welcomed members.",
        "Ann Oak welcomed everyone to the meeting.",
        "None",
        "Matters arising",
        "Health Board",
    ],
)
def test_what_names_nobody(text: str) -> None:
    assert read_person(text, "present") is None


def test_members_named_in_a_plan_attended_nothing() -> None:
    table = Table(("Name", "Agency"), tuple(Row((Cell(name), Cell("Police"))) for name in ("Ann Oak", "Bob Elm")))
    plan = Document("plan.pdf", "", "pdf", blocks=(table,), doc_type=Known("business_plan"))
    assert find_attendance(plan) == ()
