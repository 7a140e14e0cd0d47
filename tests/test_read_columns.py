"""Column roles from header names and from what stands below them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_textmine.read.column_content import describe_column
from lscb_textmine.read.columns import column_roles, name_meaning, normalise_name

ENTRIES = tomllib.loads(files("lscb_textmine.read").joinpath("columns.toml").read_text(encoding="utf-8"))["column"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry['role']} {entry.get('rank', 0)}")
def test_names_of_the_toml_match_and_miss(entry: dict[str, list[str]]) -> None:
    assert entry["matches"] and entry["misses"]
    wanted = (entry["role"], entry.get("rank", 0))
    for name in [*entry["matches"], *entry["names"]]:
        meaning = name_meaning(normalise_name(name))
        assert meaning and (meaning.role, meaning.rank) == wanted, name
    for name in entry["misses"]:
        meaning = name_meaning(normalise_name(name))
        assert meaning is None or (meaning.role, meaning.rank) != wanted, name


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        ("Ref | Objective | Specific Actions | Lead Person(s) | By when | Desired outcome",
         "reference parent statement lead timescale measure"),
        ("Ref | What we want to achieve | How will TSCB do this? | Owner | Start Date | End Date"
         " | Success criteria | Progress | RAG",
         "reference parent statement lead start timescale measure progress status"),
        ("Recommendation | Action | Lead Person(s) | Target Date | Review Date",
         "parent statement lead timescale timescale"),
        ("Objective | Lead | Timescale", "statement lead timescale"),
        ("How will the LSCB do this? | What will it do? | Responsible lead/ group | By when",
         "parent statement lead timescale"),
        ("Programme | So far, we have… | This year we will… | Well-being goals", "parent progress statement other"),
        ("Themes and rationales | Scope and methods | Outcomes", "statement other measure"),
        ("TF/Linked Grp | Headlines | Progress/Problems/Issues | Q1Apr-June 11 | Q2 July-Sept 11",
         "lead statement progress status status"),
        ("Project | Aims & description | Key Activities | Start Date | Resource or cost | Performance measures",
         "parent parent statement start resources measure"),
        ("Subject | Discussion and Agreed | Responsible Person | Timescale", "other other lead timescale"),
        ("Name | Title & Organisation | Present | Apology", "other other other other"),
        ("Agency | Meetings attended (of 5)", "other other"),
        ("Date | Time | Venue", "timescale other other"),
        ("Version | Date | Author | Changes", "other timescale other other"),
        ("What we said we would do | What we did | Impact", None),
    ],
)  # fmt: skip
def test_roles_by_name(header: str, roles: str | None) -> None:
    found = column_roles(header.split(" | "), [])
    if roles is None:
        assert "statement" not in found
    else:
        assert found == tuple(roles.split())


def test_action_column_of_initials_is_the_owner() -> None:
    rows = [
        ["1.", "The Chair welcomed members and thanked them for their attendance today", "GP"],
        ["2.", "", "CH / DC"],
    ]
    assert column_roles(["", "Item", "ACTION"], rows)[2] == "lead"
    assert column_roles(["Action"], [["Anna Waters"]]) == ("lead",)


def test_figures_are_no_plan() -> None:
    rows = [["Children on the register", "97", "108"], ["of whom neglect", "58", "66"]]
    assert column_roles(["Measure", "2009/10", "2010/11"], rows)[0] == "measure"
    assert "statement" not in column_roles(["Agency", "2013/14", "2014/15"], [["Council", "£96,000", "£96,000"]])


def test_nameless_columns_are_told_by_content() -> None:
    rows = [
        ["1.1", "Publish the neglect protocol", "Named Nurse", "June 2012", "G"],
        ["1.2", "Review the training programme for schools", "Training Officer", "Ongoing", "A"],
    ]
    assert column_roles([""] * 5, rows) == ("reference", "statement", "lead", "timescale", "status")


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Respons- ible person:", "responsible person"),
        ("Phase[2]", "phase"),
        ("DueDate(mm/yy)", "duedate"),
        ("Lead\nagency", "lead agency"),
    ],
)
def test_names_are_made_plain(name: str, plain: str) -> None:
    assert normalise_name(name) == plain


@given(st.lists(st.text(max_size=20), min_size=1, max_size=6), st.data())
def test_one_role_a_column_and_at_most_one_statement(header: list[str], data: st.DataObject) -> None:
    rows = data.draw(st.lists(st.lists(st.text(max_size=20), max_size=7), max_size=4))
    roles = column_roles(header, rows)
    assert len(roles) == len(header)
    assert roles.count("statement") <= 1


def test_repeated_cells_count_once() -> None:
    assert describe_column(["Chair", "Chair", ""]).filled == 1
