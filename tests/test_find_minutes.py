"""Actions in minutes, in words, by label, by tail and by the column beside; each with its owner in full."""

from __future__ import annotations

import pytest

from lscb_textmine.find import find_statements
from lscb_textmine.find.minutes import whole_paragraphs
from lscb_textmine.read.columns import column_roles
from lscb_textmine.records import Block, Candidate, Cell, Document, Known, Paragraph, Row, Table


def found(*blocks: Block) -> list[Candidate]:
    document = Document("minutes.pdf", "", "pdf", blocks=blocks, doc_type=Known("minutes"), year=Known("2011"))
    candidates = find_statements(document)
    assert all(each.place and document.text_at(each.place) == each.text for each in candidates)
    return [candidate for candidate in candidates if not candidate.turned_down]


def minutes_table(*rows: tuple[str, str, str], breaks: tuple[int, ...] = ()) -> Table:
    header = ("", "Item", "ACTION")
    lines = tuple(
        Row((Cell(number), Cell(text, breaks=breaks, bold=((0, breaks[0] - 1),) if breaks else ()), Cell(owner)))
        for number, text, owner in rows
    )
    return Table(header, lines, roles=column_roles(header, rows))


@pytest.mark.parametrize(
    ("text", "task", "owner"),
    [
        ("It was late. ACTION: CF to feed back to the Trust.", "CF to feed back to the Trust.", ""),
        (
            "It was agreed that HM would write to heads. (Action: HM)",
            "It was agreed that HM would write to heads.",
            "HM",
        ),
        ("ACTION (RK): to ask about eligibility.", "to ask about eligibility.", "RK"),
        ("GW will re-cost the plan by the end of May.", "GW will re-cost the plan by the end of May.", ""),
        ("It was intended to consult GPs.", "It was intended to consult GPs.", ""),
        ("In future each member to come ready to speak.", "In future each member to come ready to speak.", ""),
    ],
)
def test_actions_in_running_text(text: str, task: str, owner: str) -> None:
    (candidate,) = found(Paragraph(text))
    assert (candidate.text, candidate.cell_text("lead")) == (task, owner)


@pytest.mark.parametrize(
    "text",
    [
        "The Board RESOLVED to accept the report.",
        "CH asked whether the Health Board would release its data.",
        "She would rather send a good report than a tired constable.",
        "Papers will be sent out one week before the meeting.",
        "To inform Members of the contents of the draft guidance.",
        "Action 4: complete.",
        "The purpose of the audit is to assess the extent to which agencies meet the standards.",
    ],
)
def test_noting_asking_and_logistics_are_no_actions(text: str) -> None:
    assert found(Paragraph(text)) == []


def test_an_owner_on_a_line_of_its_own_belongs_to_the_sentence_before() -> None:
    (candidate,) = found(Paragraph("RE to go back to the committee."), Paragraph("ACTION: RE / SM"))
    assert (candidate.form, candidate.cell_text("lead")) == ("minute_action", "RE / SM")


def test_each_owner_in_the_column_finds_its_task() -> None:
    text = "Performance SM to bring a note on the six children. DC raised the figure. CH and DC to draw up a template."
    one, two = found(minutes_table(("3.", text, "SM CH / DC"), breaks=(12,)))
    assert (one.text, one.cell_text("lead")) == ("SM to bring a note on the six children.", "SM")
    assert (two.text, two.cell_text("lead")) == ("CH and DC to draw up a template.", "CH / DC")
    assert one.headings == ("3. Performance",)


def test_an_owner_beside_a_text_without_a_sign_takes_the_last_sentence() -> None:
    text = "The heads had not replied to the letter. A second letter from the Chair of the Board."
    (candidate,) = found(minutes_table(("4.", text, "GP")))
    assert (candidate.text, candidate.marked) == ("A second letter from the Chair of the Board.", "action column")


def test_an_action_met_twice_is_one() -> None:
    header = ("No.", "Action", "Lead")
    rows = (("1", "Circulate the escalation policy to all the schools", "BT"),)
    summary = Table(header, tuple(Row(tuple(map(Cell, row))) for row in rows), roles=column_roles(header, rows))
    text = Paragraph("It was agreed that BT would circulate the escalation policy to all the schools by May.")
    assert [each.cell_text("lead") for each in found(summary, text)] == ["BT"]


def test_a_sentence_torn_by_a_page_end_is_whole() -> None:
    text = "RE would go back before 17th February. All agreed"
    assert whole_paragraphs(Cell(text, breaks=(29, 39))) == [(0, 38), (39, 49)]


def test_initials_are_resolved_through_the_attendance_list() -> None:
    (candidate,) = found(
        Paragraph("Present: Delyth Cadwaladr (DC), Health Board"), Paragraph("DC to write to two agencies.")
    )
    assert candidate.owner == "Delyth Cadwaladr (Health Board)"
