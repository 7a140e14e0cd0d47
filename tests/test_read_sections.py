"""Headings above and lead-ins, whatever format the blocks came from."""

from __future__ import annotations

import pytest

from lscb_textmine.read.sections import attach_sections
from lscb_textmine.records import Paragraph, Table


def heading(text: str, level: int = 1, marker: str = "") -> Paragraph:
    return Paragraph(text, "heading", level, marker)


def item(text: str, level: int = 0, marker: str = "•") -> Paragraph:
    return Paragraph(text, "list_item", level, marker)


def lead_ins(*blocks: Paragraph | Table) -> list[str]:
    return [
        each.lead_in for each in attach_sections(blocks) if isinstance(each, Paragraph) and each.kind == "list_item"
    ]


def test_section_is_the_path_of_headings_with_their_numbers() -> None:
    blocks = (
        heading("Plan", 1, "5."),
        heading("Neglect", 2),
        Paragraph("Text."),
        heading("Money", 1, "6."),
        Table((), ()),
    )
    sections = [each.section for each in attach_sections(blocks)]
    assert sections == [(), ("5. Plan",), ("5. Plan", "Neglect"), (), ("6. Money",)]


def test_title_and_contents_heading_govern_nothing() -> None:
    blocks = (Paragraph("Plan", "title"), heading("Contents", 1), Paragraph("1 Aim 3", "contents"), heading("Aim", 2))
    assert attach_sections(blocks)[-1].section == ()


@pytest.mark.parametrize(
    "text", ["By March 2012 we will:", "Over the coming year the Board will", "Members agreed the following."]
)
def test_introduction_governs_every_item(text: str) -> None:
    assert lead_ins(Paragraph(text), item("one"), Paragraph("note", "footnote"), item("two")) == [text, text]


@pytest.mark.parametrize("text", ["The Board met five times.", "Neglect"])
def test_finished_sentence_or_bare_word_is_no_lead_in(text: str) -> None:
    assert lead_ins(Paragraph(text), item("one")) == [""]


def test_nested_items_take_the_item_above_and_then_the_list_goes_on() -> None:
    blocks = (
        Paragraph("We will:"),
        item("visit:"),
        item("schools", 1),
        item("homes", 1),
        item("publish"),
        item("x", 1),
    )
    assert lead_ins(*blocks) == ["We will:", "visit:", "visit:", "We will:", "We will:"]


def test_paragraph_ends_a_list_of_bullets_but_not_a_list_that_counts_on() -> None:
    between = Paragraph("That was agreed.")
    assert lead_ins(Paragraph("We will:"), item("a"), between, item("b")) == ["We will:", ""]
    counted = (Paragraph("We will:"), item("a", 0, "1."), between, item("b", 0, "2."))
    assert lead_ins(*counted) == ["We will:", "We will:"]


def test_table_and_heading_end_a_list() -> None:
    assert lead_ins(Paragraph("We will:"), item("a"), Table((), ()), item("b")) == ["We will:", ""]
    assert lead_ins(Paragraph("We will:"), heading("Neglect"), item("b")) == [""]
    assert lead_ins(heading("By September 2015:"), item("b")) == ["By September 2015:"]


def test_blocks_come_out_as_they_went_in_but_for_section_and_lead_in() -> None:
    blocks = (heading("Aim"), Paragraph("We will:"), item("visit"))
    assert [each.text for each in attach_sections(blocks) if isinstance(each, Paragraph)] == [
        "Aim",
        "We will:",
        "visit",
    ]
