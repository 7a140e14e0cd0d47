"""Plain text and Markdown become the blocks that a reader sees, whichever way the lines were broken."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from lscb_textmine.read.delimited import read_delimited
from lscb_textmine.read.markdown import markdown_to_blocks
from lscb_textmine.read.plain import read_plain, text_to_paragraphs
from lscb_textmine.records import Paragraph, Table

PLAN = """Cwm Teifi Local Safeguarding Children Board

Contents
1 Introduction ........ 2
2 Priorities .......... 3

1. Introduction
The Board met in March and agreed that it would set
itself three priorities for the year after hear-
ing from 64 young people.
Page 2 of 9
2. Priorities
By March 2013 we will:
   - publish the neglect guide;
   - train 40 staff in every
     school; and
       o ask what they learnt
The plan is kept under review.
"""


def kinds(text: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.marker, each.text) for each in text_to_paragraphs(text)]


def test_hard_wrapped_plan() -> None:
    assert kinds(PLAN) == [
        ("title", "", "Cwm Teifi Local Safeguarding Children Board"),
        ("heading", "", "Contents"),
        ("contents", "", "1 Introduction ........ 2"),
        ("contents", "", "2 Priorities .......... 3"),
        ("heading", "1.", "Introduction"),
        (
            "paragraph",
            "",
            "The Board met in March and agreed that it would set itself three priorities for the year after hearing "
            "from 64 young people.",
        ),
        ("heading", "2.", "Priorities"),
        ("paragraph", "", "By March 2013 we will:"),
        ("list_item", "-", "publish the neglect guide;"),
        ("list_item", "-", "train 40 staff in every school; and"),
        ("list_item", "o", "ask what they learnt"),
        ("paragraph", "", "The plan is kept under review."),
    ]


def test_blank_line_after_every_line() -> None:
    lines = [
        "Funding",
        "1. The Board was set up in 2006 and has not",
        "had a budget of its own; it relies on what",
        "its members can spare.",
        "",
        "2. This will end when the formula is agreed",
        "by all of them in April.",
    ]
    assert kinds("\n\n".join(lines)) == [
        ("heading", "", "Funding"),
        (
            "list_item",
            "1.",
            "The Board was set up in 2006 and has not had a budget of its own; it relies on what its "
            "members can spare.",
        ),
        ("list_item", "2.", "This will end when the formula is agreed by all of them in April."),
    ]


def test_paragraphs_of_one_line_each() -> None:
    text = "A line that is a whole paragraph, as word processors save it, and goes on and on.\n\nThe next one.\n"
    assert [each.text for each in text_to_paragraphs(text * 3)] == [line for line in (text * 3).split("\n") if line]


def test_list_that_lost_its_markers() -> None:
    text = "The Act places duties on:\n\nLocal health boards;\n\nNHS trusts\n\nPolice services; and\n\nProbation\n"
    assert [each.kind for each in text_to_paragraphs(text)] == ["paragraph", *["list_item"] * 4]


def test_number_in_a_wrapped_line_is_no_marker() -> None:
    text = (
        "The Board asked that the report on the children named on page\n12. The rest should be sent out by the end.\n"
    )
    assert len(text_to_paragraphs(text)) == 1


def test_inspection_report(shared: Path) -> None:
    blocks = read_plain(shared / "source" / "joint-inspection-report-2011.txt").blocks
    by_marker = {each.marker: each for each in blocks if isinstance(each, Paragraph) and each.marker}
    headings = [each.text for each in blocks if isinstance(each, Paragraph) and each.kind == "heading"]
    assert {"Leadership", "Governance and Accountability", "Establishing effective governance", "Appendix One"} <= set(
        headings
    )
    assert by_marker["22."].text.endswith("need to be addressed at a national and local level.")
    assert by_marker["3.1"].kind == "paragraph"
    assert "changes in personnel and the configuration of the Board" in by_marker["3.2"].text
    assert by_marker["2"].text == "SMART is specific, measureable, achievable, realistic and timelimited."


def test_markdown() -> None:
    text = (
        "# Plan\n\nSome **bold** words\nwrapped.\n\n## 2.1 Aims\n\n- publish\n    - the guide\n\n"
        "| Action | Lead |\n|---|---|\n| Train *all* | GP |\n"
    )
    *blocks, table = markdown_to_blocks(text)
    assert [(each.kind, each.level, each.marker, each.text) for each in blocks if isinstance(each, Paragraph)] == [
        ("title", 0, "", "Plan"),
        ("paragraph", 0, "", "Some bold words wrapped."),
        ("heading", 2, "2.1", "Aims"),
        ("list_item", 0, "-", "publish"),
        ("list_item", 1, "-", "the guide"),
    ]
    assert isinstance(table, Table)
    assert (table.header, [cell.text for cell in table.rows[0].cells]) == (("Action", "Lead"), ["Train all", "GP"])


def test_csv_with_quoted_lines_and_title(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_bytes('Action log 2012;;\nAction;Lead;By when\n"Publish;\nthen train";Siân;May 2012\n'.encode("cp1252"))
    title, table = read_delimited(path).blocks
    assert isinstance(title, Paragraph) and title.text == "Action log 2012"
    assert isinstance(table, Table) and table.header == ("Action", "Lead", "By when")
    assert [cell.text for cell in table.rows[0].cells] == ["Publish; then train", "Siân", "May 2012"]


@given(st.text(alphabet="ab A.:;-1\n\f•", max_size=200))
def test_no_letter_is_lost_or_made(text: str) -> None:
    """Only rules of dashes, page numbers and line-end hyphens may go; letters never do."""
    read = "".join(each.marker + each.text for each in text_to_paragraphs(text))
    assert [c for c in read if c in "abA"] == [c for c in text if c in "abA"]
