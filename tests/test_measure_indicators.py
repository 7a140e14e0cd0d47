"""What the papers show of what inspectors look for: figures, their rows, and the questions they raise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import make_objective, make_paper, make_study

from lscb_textmine.measure import measure_boards, tell_boards
from lscb_textmine.measure.enquiries import load_enquiries
from lscb_textmine.measure.indicators import COUNTS, load_indicators
from lscb_textmine.records import DOMAINS, Attendee, Indicator, Judgement, Paper, Place, Sentence

BOARD = "Thornmere Safeguarding Children Board"


def indicators_of(*papers: Paper) -> dict[str, Indicator]:
    return {each.key: each for each in tell_boards(papers)[0]}


def with_texts(*texts: str) -> Paper:
    return make_paper("plan.pdf", BOARD, tuple(make_objective(text, start=n) for n, text in enumerate(texts)))


def test_every_indicator_of_the_file_is_counted_and_none_beside() -> None:
    assert {each["key"] for each in load_indicators()} == set(COUNTS)


def test_every_question_asks_of_a_known_figure() -> None:
    known = {*COUNTS, *(f"domain: {domain}" for domain in DOMAINS)}
    rules = load_enquiries()
    assert {rule["indicator"] for rule in rules} <= known
    assert len({rule["key"] for rule in rules}) == len(rules)
    assert all(rule["question"].endswith("?") for rule in rules)


@pytest.mark.parametrize(
    ("key", "shown", "other"),
    [
        ("voice", "Ask the Young People's Forum what to put first", "Train 60 members of staff"),
        ("line_of_sight", "Board members to visit a front line team", "Publish the annual report"),
        ("training_evaluated", "Training for schools, its impact on practice told", "Training for schools"),
        ("audits_multi", "Multi-agency audit of twelve cases", "Police to audit twelve cases"),
        ("audits_child", "Audit of twelve cases, asking what the child said", "Audit of twelve cases"),
        ("partnerships", "Protocol with the Community Safety Partnership", "Protocol on bruising"),
        ("funding", "Agree a funding formula with all agencies", "Report the budget to the Board"),
    ],
)  # fmt: skip
def test_theme_is_told_by_words_and_leads_to_its_row(key: str, shown: str, other: str) -> None:
    paper = with_texts(shown, other)
    found = indicators_of(paper)[key]
    only = indicators_of(with_texts(shown))[key]
    assert (found.count, only.count) == (1, 1)
    assert found.evidence == only.evidence and found.evidence[0].sheet == "Evidence"


def test_nothing_to_count_over_is_said_in_words() -> None:
    found = indicators_of(make_paper("plan.pdf", BOARD, ()))
    assert all(each.total == 0 and each.finding.startswith("No ") for each in found.values())


def test_challenge_and_attendance_are_told_of_minutes() -> None:
    paper = make_paper("minutes.pdf", BOARD, ())
    minutes = replace(
        paper, document=replace(paper.document, doc_type=replace(paper.document.doc_type, value="minutes"))
    )
    asked = Sentence("The Chair asked Health why.", Judgement("challenge", "yes", 0.9), place=Place(4, 0, 27))
    people = (Attendee("Ann Roe", agency="Police"), Attendee("Bo Lee", agency="Health", status="apologies"))
    found = indicators_of(replace(minutes, challenge=(asked,), attendance=people))
    assert (found["challenge"].count, found["challenge"].total) == (1, 1)
    assert (found["attendance"].count, found["attendance"].total) == (1, 2)
    assert {row.sheet for key in ("challenge", "attendance") for row in found[key].evidence} == {
        "Challenge",
        "Attendance",
    }


def test_a_question_is_asked_only_when_its_figure_says_so() -> None:
    smart = make_paper("a.pdf", BOARD, tuple(make_objective(f"Publish report {n}", start=n) for n in range(6)))
    aspirational = make_paper("b.pdf", BOARD, tuple(make_objective(f"Improve {n}", met=(), start=n) for n in range(6)))
    asked = [{each.key for each in tell_boards([paper])[1]} for paper in (smart, aspirational)]
    assert "smart" not in asked[0] and "smart" in asked[1]
    question = next(each for each in tell_boards([aspirational])[1] if each.key == "smart")
    assert len(question.raised_by) == 6 and "0 of 6" in question.because


def test_figures_lie_within_their_totals() -> None:
    for each in tell_boards(make_study().papers)[0]:
        assert 0 <= each.count <= each.total
        assert 0 <= each.low <= each.high <= 1


@given(st.permutations(make_study().papers))
def test_order_of_papers_changes_nothing(papers: list[Paper]) -> None:
    assert tell_boards(papers) == tell_boards(make_study().papers)


def test_a_board_alone_has_the_same_figures_as_among_others() -> None:
    papers = make_study().papers
    alone = [paper for paper in papers if paper.document.board_name == BOARD]
    assert [each for each in measure_boards(papers) if each.board == BOARD] == list(measure_boards(alone))
    assert [each for each in tell_boards(papers)[0] if each.board == BOARD] == list(tell_boards(alone)[0])
    assert [each for each in tell_boards(papers)[1] if each.board == BOARD] == list(tell_boards(alone)[1])


def test_shares_lie_within_0_and_1() -> None:
    for each in measure_boards(make_study().papers):
        assert each.share is None or 0 <= each.low <= each.share <= each.high <= 1, each
