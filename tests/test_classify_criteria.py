"""The five SMART criteria, decided from the words, the heading and the cells (codebook section 2)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_textmine.classify.criteria import CriteriaFinding, judge_criteria
from lscb_textmine.classify.verdicts import Verdict
from lscb_textmine.records import CRITERIA, Candidate, NamedCell, Role


def judge(text: str, **known: object) -> CriteriaFinding:
    return judge_criteria(Candidate(text=text, **known))  # type: ignore[arg-type]


def answer(finding: CriteriaFinding, criterion: str) -> Verdict:
    return finding.verdict(criterion)


def row(text: str, **cells: str) -> Candidate:
    roles: dict[str, Role] = {
        "lead": "lead",
        "when": "timescale",
        "start": "start",
        "outcome": "measure",
        "cost": "resources",
    }
    named = tuple(NamedCell(name, words, roles[name]) for name, words in cells.items())
    return Candidate(text=text, form="table_row", cells=named, year="2010-11")


def test_verdicts_stand_in_the_order_of_the_criteria() -> None:
    finding = judge("Publish the neglect protocol by March 2012")
    assert [finding.verdict(criterion) for criterion in CRITERIA] == list(finding.verdicts)


@pytest.mark.parametrize(
    "text",
    [
        "Publish the neglect protocol",
        "RK to circulate the attendance leaflet",
        "Set up a task group on exploitation",
        "Scrutiny of transitions between children's and adults' teams",
    ],
)
def test_specific(text: str) -> None:
    assert answer(judge(text), "specific").met


@pytest.mark.parametrize(
    "text", ["Improve outcomes", "Raise awareness of neglect", "Online safety", "RK to check and come back"]
)
def test_not_specific(text: str) -> None:
    verdict = answer(judge(text), "specific")
    assert not verdict.met and verdict.note


def test_vague_verb_is_named_in_the_note() -> None:
    assert answer(judge("Promote awareness"), "specific").note == "vague verb 'Promote' on 'awareness'"


@pytest.mark.parametrize(
    "text", ["Audit all 23 cases", "Send the slides to the Board", "Reduce re-registration by 10%"]
)
def test_measurable(text: str) -> None:
    assert answer(judge(text), "measurable").met


@pytest.mark.parametrize(
    "text", ["Improve practice", "Monitor progress", "Look into the long term future of mentoring"]
)
def test_not_measurable(text: str) -> None:
    assert not answer(judge(text), "measurable").met


def test_measure_cell_counts_and_is_kept() -> None:
    finding = judge_criteria(row("Support families", outcome="Re-registration falls from 17% to 12%"))
    verdict = answer(finding, "measurable")
    assert verdict.met and verdict.because[0].source == "outcome"
    assert finding.measure == "Re-registration falls from 17% to 12%"


@pytest.mark.parametrize(
    "lead",
    ["QA sub group (D. Cadwaladr)", "Business Manager / Head of Finance", "Police", "Helen", "SMAT", "Women’s Aid"],
)
def test_named_lead(lead: str) -> None:
    finding = judge_criteria(row("Write the paper", lead=lead))
    assert answer(finding, "achievable").met and finding.lead == lead


@pytest.mark.parametrize(
    "lead", ["All", "All agencies", "partners", "The Board", "TBC", "All Board members", "LSCB", "Everyone"]
)
def test_collective_lead_is_no_owner(lead: str) -> None:
    verdict = answer(judge_criteria(row("Write the paper", lead=lead)), "achievable")
    assert not verdict.met and lead in verdict.note


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Training Officer to telephone 20 of those who had not replied.", "Training Officer"),
        ("Housing officers (all nine) to complete the course", "Housing officers"),
        ("It was agreed that RE would go back to the Director of Finance", "RE"),
        (
            "The list to be checked by the Education Safeguarding Officer each term",
            "the Education Safeguarding Officer",
        ),
        ("The end dates to be firmed up. (Action: Nathan Pickard)", "Nathan Pickard"),
        ("NT confirmed that she would write to the Trust", "NT"),
        ("Police to share all notices with schools", "Police"),
    ],
)
def test_doer_in_the_text(text: str, doer: str) -> None:
    finding = judge(text)
    assert answer(finding, "achievable").met and finding.lead == doer


@pytest.mark.parametrize(
    "text",
    [
        "Send the report to the Director of Education",
        "All members to read the paper",
        "The Board will work with partners",
        "Contributions in kind to be costed",
        "Liaise with the Fostering Consortium to strengthen placements",
        "A multi-agency team would be established",
    ],
)
def test_recipient_or_everyone_is_no_owner(text: str) -> None:
    assert not answer(judge(text), "achievable").met


def test_budget_makes_achievable() -> None:
    assert answer(judge_criteria(row("Organise forums", cost="£3,500")), "achievable").met


@pytest.mark.parametrize("text", ["No child will suffer harm", "All children are safe", "Work together better"])
def test_not_realistic(text: str) -> None:
    assert not answer(judge(text), "realistic").met


@pytest.mark.parametrize("text", ["Visit the five teams in Pontarthen", "Publish the leaflet for young carers"])
def test_realistic(text: str) -> None:
    assert answer(judge(text), "realistic").met


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Send comments by 4th February 2011", "2011-02-04"),
        ("Report to the next meeting", "to the next meeting"),
        ("Dip sample of ten each quarter", "each quarter"),
        ("Try it out for three months", "for three months"),
        ("Report within six weeks", "within six weeks"),
        ("Audit all 23 cases re-registered between April 2008 and March 2010 and report by May 2011", "2011-05-31"),
    ],
)
def test_own_time(text: str, deadline: str) -> None:
    finding = judge(text)
    assert answer(finding, "time_limited").met and finding.deadline == deadline


@pytest.mark.parametrize(
    "text",
    [
        "Audit all cases re-registered between April 2008 and March 2010",
        "The part of the minutes about the quarterly placements report to be corrected",
        "Correct the note of the September meeting",
        "Negotiate a three year funding agreement",
        "Consider this at a later meeting",
        "Review the 2004 policy",
        "Improve the daily lives of children",
    ],
)
def test_time_of_something_else(text: str) -> None:
    assert not answer(judge(text), "time_limited").met


@pytest.mark.parametrize(
    "cell", ["Ongoing", "TBC", "In due course", "as diaries permit", "when IT allows", "in line with roll out", ""]
)
def test_open_cell_is_no_limit(cell: str) -> None:
    assert not answer(judge_criteria(row("Write the paper", when=cell)), "time_limited").met


@pytest.mark.parametrize(
    ("cell", "deadline"),
    [
        ("Start: Apr 10 Complete: Dec 10", "2010-12-31"),
        ("October Executive", "2010-10-31"),
        ("2010/11", "2011-03-31"),
        ("After each Board", "After each Board"),
        ("14/10", "2010-10-14"),
    ],
)
def test_time_cell(cell: str, deadline: str) -> None:
    finding = judge_criteria(row("Write the paper", when=cell))
    assert finding.deadline == deadline and answer(finding, "time_limited").because[0].source == "when"


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("Priorities for 2016/17", True),
        ("By March 2012 we will:", True),
        ("Improvements over the next five years include:", True),
        ("Business Plan 2019-2022", False),
        ("Serious Case Review Action Plan – October 2007", False),
        ("Minutes of 14th October 2010", False),
        ("Achievements in 2013/14", False),
    ],
)
def test_time_in_the_heading(section: str, expected: bool) -> None:
    assert answer(judge("Online safety", section=section), "time_limited").met == expected


WORDS = ["publish", "improve", "the neglect leaflet", "by March 2012", "RK to", "Board", "all agencies", "each term"]
WORDS += ["(Action: Helen)", "Police will", "20% of cases", "next meeting", "Ongoing", "no child", ",", "."]


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), st.sampled_from(WORDS))
def test_every_reason_quotes_its_source(text: str, cell: str) -> None:
    candidate = row(text, lead=cell, when=cell, outcome=cell)
    sources = {"text": text, "lead": cell, "when": cell, "outcome": cell}
    for verdict in judge_criteria(candidate).verdicts:
        for reason in verdict.because:
            assert sources[reason.source][reason.start : reason.end] == reason.text
