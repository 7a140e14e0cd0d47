"""Candidates from running text and lists: what governs decides, and each place gives back its words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_textmine.find import find_statements
from lscb_textmine.find.sentences import split_sentences, trim_statement
from lscb_textmine.records import Candidate, Document, Known, Paragraph


def paper(*blocks: Paragraph, doc_type: str = "business_plan", year: str = "2012-13") -> Document:
    return Document("paper.pdf", "", "pdf", blocks=blocks, doc_type=Known(doc_type), year=Known(year))


def found(*blocks: Paragraph, doc_type: str = "business_plan", year: str = "2012-13") -> list[str]:
    candidates = find_statements(paper(*blocks, doc_type=doc_type, year=year))
    return [candidate.text for candidate in candidates if not candidate.turned_down]


def item(text: str, lead_in: str = "", section: str = "") -> Paragraph:
    return Paragraph(text, "list_item", marker="•", lead_in=lead_in, section=(section,) if section else ())


@pytest.mark.parametrize(
    "text",
    [
        "The Board has set itself to answer the question in the report for 2014/15.",
        "We intend to scope the extent of sexual exploitation in the county.",
        "The report card is to be used for each of the priorities.",
        "Each Board agenda should begin with a child’s experience.",
        "The Chair undertook to meet the Forum before the June Board.",
        "Our ambition is that every school has a trained lead.",
        "Comms Group to review the website by Easter.",
    ],
)
def test_a_sentence_that_promises(text: str) -> None:
    assert found(Paragraph(f"Income was £68,420. {text} It rained.")) == [text]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Inspectors said that the Board should hold partners to account.",
            "what an inspectorate or report said of boards",
        ),
        ("This plan will be reviewed by the Executive every six months.", "the paper's own housekeeping"),
        ("A National Independent Safeguarding Board will be created by the Bill.", "a doer outside the board"),
        ("The Executive will oversee the work of the sub groups.", "a standing arrangement or remit"),
        ("If you are worried about a child you should call 01000 555 020.", "said to the reader or the public"),
        ("“I would like them to carry on coming.”", "words of a child, parent or other speaker"),
        ("The aim to reduce registrations to fewer than 12% was missed.", "a past aim restated"),
        ("Partners remain committed to safeguarding as a shared responsibility.", "a continuing concern with no deed"),
    ],
)
def test_a_look_alike_is_kept_with_its_reason(text: str, reason: str) -> None:
    assert [candidate.turned_down for candidate in find_statements(paper(Paragraph(text)))] == [reason]


@pytest.mark.parametrize("text", ["Training was delivered to 412 people.", "The full Board meets four times a year."])
def test_a_report_of_fact_is_no_candidate(text: str) -> None:
    assert find_statements(paper(Paragraph(text))) == ()


@pytest.mark.parametrize(
    ("lead_in", "section", "counted"),
    [
        ("Over the coming year the Board will:", "Neglect", True),
        ("", "Priorities for 2013/14", True),
        ("By 31 March 2015 we will have:", "Priorities", True),
        ("Among the things that went well:", "Priorities", False),
        ("", "Achievements", False),
        ("The Regulations set out its functions, which are:", "Legal background", False),
        ("Members hold to the following values:", "Vision and values", False),
        ("", "Risks", False),
    ],
)
def test_what_governs_a_list_decides(lead_in: str, section: str, counted: bool) -> None:
    assert found(item("Implementation of the thresholds guidance;", lead_in, section)) == (
        ["Implementation of the thresholds guidance"] if counted else []
    )


@pytest.mark.parametrize(("section", "counted"), [("Priorities for 2012/13", True), ("Priorities 2011/12", False)])
def test_priorities_of_the_year_just_ended_are_past(section: str, counted: bool) -> None:
    assert bool(found(item("Neglect", section=section), doc_type="annual_report", year="2011-12")) is counted


def test_terms_of_reference_promise_nothing() -> None:
    assert found(item("To undertake audits", section="Functions"), doc_type="terms_of_reference") == []


def test_items_run_together_are_parted() -> None:
    text = "Our priorities are: Reduce the harm from neglect Provide early help to families Support staff in schools"
    assert found(Paragraph(text)) == [
        "Reduce the harm from neglect", "Provide early help to families", "Support staff in schools",
    ]  # fmt: skip


def test_welsh_text_is_found_by_welsh_signs() -> None:
    block = Paragraph("Bydd y Bwrdd yn cyhoeddi protocol erbyn Medi 2012.", language="cy")
    assert [candidate.language for candidate in find_statements(paper(block))] == ["cy"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("• Publish the protocol; and", "Publish the protocol"),
        ("2.4 Publish the protocol;", "Publish the protocol"),
        ("ACTION: CF to feed back", "CF to feed back"),
        ("GP to write to the Trust. (Action: GP)", "GP to write to the Trust."),
        ("Aim 1: To reduce harm", "To reduce harm"),
        ("Action – SQA to correct the title", "SQA to correct the title"),
    ],
)
def test_marker_label_and_tail_are_left_out(text: str, words: str) -> None:
    start, end = trim_statement(text, 0, len(text))
    assert text[start:end] == words


def test_abbreviations_end_no_sentence() -> None:
    text = (
        "Det. Supt. Oyelaran wrote to D. Cadwaladr (see para. 4). No. 7 was closed at 9.30 a.m. on Friday. It was late."
    )
    assert len(split_sentences(text)) == 3


@given(st.text(alphabet="Aab .;:!?()•-1\n", max_size=60))
def test_sentences_are_in_order_and_inside(text: str) -> None:
    edges = [edge for span in split_sentences(text) for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


@given(
    st.lists(
        st.sampled_from(
            ["The Board will meet.", "To publish it;", "ACTION: GP to write", "(Action: GP)", "• a)", "Is it? "]
        ),
        max_size=5,
    )
)
def test_the_words_at_the_place_are_the_text(parts: list[str]) -> None:
    for doc_type in ("minutes", "strategy"):
        document = paper(Paragraph(" ".join(parts), section=("Priorities",)), doc_type=doc_type)
        candidates: tuple[Candidate, ...] = find_statements(document)
        assert all(each.place and document.text_at(each.place) == each.text for each in candidates)
