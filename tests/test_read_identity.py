"""Board, type and year come from the title page, folder or file name, each with where it came from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lscb_textmine.read import read_document
from lscb_textmine.read.boards import expand_initials, find_boards
from lscb_textmine.read.identity import Identity, canonical_board, identify, merge_boards, same_board, type_of_line
from lscb_textmine.read.years import find_short_spans, find_years
from lscb_textmine.records import Block, Known, Paragraph

TEIFI = "Cwm Teifi Local Safeguarding Children Board"


def identify_lines(*lines: str, path: str = "paper.pdf", root: str | None = "/given") -> Identity:
    blocks: list[Block] = [Paragraph(line) for line in lines]
    return identify(blocks, Path("/given") / path, root=Path(root) if root else None)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Minutes of the Cwm Teifi LSCB", [TEIFI]),
        ("CWM TEIFI LOCAL SAFEGUARDING CHILDREN BOARD", [TEIFI]),
        ("Cwm Teifi Local safeguarding children’s board", [TEIFI]),
        ("ANNUAL REPORT OF THE VALE OF TYWI LSCB 2011", ["Vale of Tywi Local Safeguarding Children Board"]),
        ("Bryn and Dyffryn Safeguarding Children Partnership", ["Bryn and Dyffryn Safeguarding Children Partnership"]),
        ("Bwrdd Lleol Diogelu Plant Cwm Teifi", ["Bwrdd Lleol Diogelu Plant Cwm Teifi"]),
        (
            "BWRDD LLEOL DIOGELU PLANT CWM TEIFI CWM TEIFI LOCAL SAFEGUARDING CHILDREN BOARD",
            ["Bwrdd Lleol Diogelu Plant Cwm Teifi", TEIFI],
        ),
        ("Welcome to the Local Safeguarding Children Board", []),
        ("Each LSCB should publish a plan", []),
    ],
)
def test_board_names_in_a_text(text: str, names: list[str]) -> None:
    assert list(find_boards(text)) == names


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Cwm Teifi LSCB", TEIFI, True),
        ("CWM TEIFI LSCB", "Cwm-Teifi LSCB", True),
        (TEIFI, "Bwrdd Lleol Diogelu Plant Cwm Teifi", True),
        ("TSCB", "Thornmere Safeguarding Children Board", True),
        ("CTLSCB", TEIFI, True),
        ("Thornmere", "Thornmere Safeguarding Children Board", True),
        ("Bryn & Dyffryn LSCB", "Bryn and Dyffryn LSCB", True),
        ("Aberhesgen LSCB", "Aberhesgin LSCB", True),
        (TEIFI, "Cwm Arthen LSCB", False),
        ("East Marl LSCB", "West Marl LSCB", False),
        (TEIFI, "Cwm Teifi Safeguarding Adults Board", False),
        ("Thornmere Safeguarding Children Board", "Thornmere Safeguarding Children Partnership", False),
    ],
)
def test_same_board(left: str, right: str, same: bool) -> None:
    assert same_board(left, right) is same and same_board(right, left) is same


def test_merged_boards_show_their_longest_name() -> None:
    names = [
        "Cwm Teifi LSCB",
        "Bwrdd Lleol Diogelu Plant Cwm Teifi",
        TEIFI.upper(),
        "Thornmere SCB",
        "TSCB",
        "cwm teifi",
    ]
    thornmere = "Thornmere Safeguarding Children Board"
    assert merge_boards(names) == dict.fromkeys([names[0], names[1], names[2], names[5]], TEIFI) | {
        "Thornmere SCB": thornmere,
        "TSCB": thornmere,
    }


def test_initials_that_fit_two_boards_stay() -> None:
    assert merge_boards(["TSCB", "Thornmere SCB", "Tewford SCB"])["TSCB"] == "TSCB"
    assert expand_initials("XSCB", [TEIFI]) == "XSCB"


@pytest.mark.parametrize("name", ["Cwm Teifi LSCB", TEIFI, "TSCB", "Thornmere", "Bwrdd Lleol Diogelu Plant Cwm Teifi"])
def test_canonical_name_stays_as_it_is(name: str) -> None:
    assert canonical_board(canonical_board(name)) == canonical_board(name)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Business Plan and Delivery Framework 2014/15", "business_plan"),
        ("Serious Case Review Action Plan", "business_plan"),
        ("Minutes of the Serious Case Review sub-group", "minutes"),
        ("Neglect Strategy 2014-17", "strategy"),
        ("Annual Report on the neglect strategy", "annual_report"),
        ("Adroddiad Blynyddol 2011-12", "annual_report"),
        ("Action log from the Executive", "action_log"),
        ("Training group: terms of reference", "terms_of_reference"),
        ("Child Practice Review CTSB 2/2014", "review"),
        ("Keeping every child safe", ""),
    ],
)
def test_type_by_title(line: str, kind: str) -> None:
    assert type_of_line(line) == kind


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("April 2010 – March 2011", ["2010-11"]),
        ("1st April 2010 to 31st March 2011", ["2010-11"]),
        ("Annual Report 2011/12", ["2011-12"]),
        ("2010 - 2011", ["2010-11"]),
        ("Strategy 2011-14", ["2011-14"]),
        ("Strategy 2011 to 2014", ["2011-14"]),
        ("for the year ending 31 March 2012", ["2011-12"]),
        ("Thursday 20th January 2011 at 9.30", ["2011"]),
        ("20/01/11", ["2011"]),
        ("Cofnodion 20 Ionawr 2011", ["2011"]),
        ("January 2011 to December 2011", ["2011"]),
        ("Children Act 2004", []),
        ("1,204 delegates, 2 of 9", []),
    ],
)
def test_years_in_a_text(text: str, years: list[str]) -> None:
    assert [year.value for year in find_years(text, laws="act")] == years


def test_short_years_of_a_file_name() -> None:
    assert [year.value for year in find_short_spans("plan 10-11 v4")] == ["2010-11"]
    assert not list(find_short_spans("20-01-11"))


def test_title_page_goes_before_folder_and_file_name() -> None:
    known = identify_lines(
        "Cwm Teifi LSCB",
        "Business Plan",
        "April 2012 – March 2013",
        "Agreed by the Board on 18th March 2012",
        path="Thornmere LSCB/minutes-2009.pdf",
    )
    assert known[:3] == (
        Known(TEIFI, "title page"),
        Known("business_plan", "title page"),
        Known("2012-13", "title page"),
    )
    assert known.dated == Known("2012-03-18", "title page")


def test_folder_then_file_name() -> None:
    known = identify_lines("Keeping children safe", path="cwm-teifi-lscb/action_log 2012-13.xlsx")
    assert known[:3] == (Known(TEIFI, "folder"), Known("action_log", "file name"), Known("2012-13", "file name"))


def test_folder_of_a_board_by_its_place() -> None:
    assert identify_lines("Plan", path="thornmere/plan.pdf").board == Known("Thornmere", "folder")
    assert identify_lines("Plan", path="Annual reports/plan.pdf").board == Known()


def test_initials_in_a_file_name_are_made_full_by_the_text() -> None:
    prose = "In this year the Thornmere Safeguarding Children Board met six times. " + "It did a good deal. " * 8
    known = identify_lines("Where we stand", prose, path="TSCB report.docx")
    assert known.board == Known("Thornmere Safeguarding Children Board", "file name")


def test_minutes_that_do_not_say_so() -> None:
    known = identify_lines(TEIFI, "20th January 2011", "Present:", "Matters arising", "The plan was noted.")
    assert (known.doc_type, known.year) == (Known("minutes", "text"), Known("2011", "title page"))


def test_date_of_agreement_counts_last() -> None:
    lines = (TEIFI, "Business Plan", "Agreed by the Board on 18th March 2010")
    assert identify_lines(*lines, path="plan-2010-11.pdf").year == Known("2010-11", "file name")
    assert identify_lines(*lines).year == Known("2010", "title page")


def test_what_the_user_says_stands_above_all() -> None:
    blocks = [Paragraph("Thornmere LSCB Minutes 2011")]
    known = identify(blocks, Path("x.pdf"), board="Cwm Teifi LSCB", year="2012-13", override_source="--board")
    assert known.board == Known(TEIFI, "--board")
    assert (known.doc_type.value, known.year) == ("minutes", Known("2012-13", "--board"))


def test_shared_papers(shared: Path) -> None:
    for gold_path in sorted(shared.rglob("*.gold.json")):
        gold = json.loads(gold_path.read_text(encoding="utf-8"))
        stem = gold_path.name.removesuffix(".gold.json")
        (paper,) = [path for path in gold_path.parent.iterdir() if path.stem == stem]
        document = read_document(paper, root=shared / "documents")
        found = {"board": document.board.value, "doc_type": document.doc_type.value, "year": document.year.value}
        assert found == {key: gold[key] for key in found}, paper.name
        assert list(document.languages) == gold["languages"]
