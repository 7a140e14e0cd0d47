"""Sentences of running text that may speak of results: which are taken, which cannot speak, none counted twice."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

from lscb_textmine.find import find_statements
from lscb_textmine.find.readable import find_readable_sentences
from lscb_textmine.find.results import find_running_sentences, fold_words
from lscb_textmine.models import load_models
from lscb_textmine.pipeline import judge_results
from lscb_textmine.read import read_document
from lscb_textmine.records import Candidate, Cell, Document, Known, Paragraph, Place, Row, Table

REPORT = ROOT / "corpora" / "stannerdale" / "SSCP-Yearly-Report-2020-21.pdf"
PAPERS = [path for path in sorted((ROOT / "corpora").rglob("*")) if path.suffix in (".pdf", ".docx", ".xlsx")]


def paper(*blocks: Paragraph | Table, doc_type: str = "annual_report") -> Document:
    return Document("paper.pdf", "", "pdf", blocks=blocks, doc_type=Known(doc_type))


def found(*blocks: Paragraph | Table, doc_type: str = "annual_report") -> list[str]:
    return [each.text for each in find_running_sentences(paper(*blocks, doc_type=doc_type))]


def plan(*cells: str, merged: bool = False) -> Table:
    row = Row((*(Cell(text, merged=merged) for text in cells[:-1]), Cell(cells[-1])))
    return Table(("Outcome", "Action", "Progress"), (row,), roles=("measure", "statement", "progress"))


def test_paragraphs_and_items_are_parted_into_sentences() -> None:
    first = Paragraph("Dr. Ames ran two courses. Thirty staff came.")
    item = Paragraph("sixteen mentors recruited", "list_item")
    assert found(first, item) == ["Dr. Ames ran two courses.", "Thirty staff came.", "sixteen mentors recruited"]


@pytest.mark.parametrize(
    "block",
    [
        Paragraph("Fewer children were harmed again.", "heading"),
        Paragraph("3 What changed for children 7", "contents"),
        Paragraph("Roedd llai o blant ar goll.", language="cy"),
        Paragraph("Are children any better off?"),
        Paragraph("Hilda Prosser-Nye, Independent Chair"),
        Paragraph("Write to hub@example.org or call after nine."),
        Paragraph("Section 28 of the Act places a duty on certain bodies."),
        Paragraph("Apologies were received from the Ambulance Trust."),
        Paragraph("C. Hale for the Trust, from item four", "list_item", section=("Present",)),
        Paragraph(
            "to develop policies for safeguarding", "list_item", lead_in="The Regulations set out its functions:"
        ),
    ],
)
def test_what_cannot_speak_of_results_is_passed_over(block: Paragraph) -> None:
    assert found(block) == []


def test_paragraph_under_a_heading_of_structure_may_tell_what_was_done() -> None:
    told = "The Executive met every six weeks."
    assert found(Paragraph(told, section=("2 The Board and its partners",))) == [told]


def test_plan_tells_by_its_outcome_and_progress_cells() -> None:
    cells = ("Babies sleep safely at home", "Visit every new father", "680 fathers were visited. Two moved away.")
    assert found(plan(*cells)) == [cells[0], "680 fathers were visited.", "Two moved away."]
    assert found(plan(*cells, merged=True)) == ["680 fathers were visited.", "Two moved away."]


def test_table_of_indicators_holds_no_sentences() -> None:
    row = Row((Cell("Children registered a second time"), Cell("9")))
    assert found(Table(("Measure", "2010/11"), (row,), roles=("measure", "other"))) == []


def test_terms_of_reference_tell_of_no_results() -> None:
    assert found(Paragraph("The Board co-ordinates what is done."), doc_type="terms_of_reference") == []


def test_words_of_objectives_are_not_taken_again() -> None:
    document = paper(
        Paragraph("We ran ten courses. We will run twelve next year."), Paragraph("We will run twelve next year.")
    )
    objective = Candidate("We will run twelve next year.", place=Place(0, 20, 49))
    assert [each.text for each in find_running_sentences(document, besides=[objective])] == ["We ran ten courses."]


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_sentence_leads_back_to_its_words(path: Path) -> None:
    document = read_document(path)
    sentences = find_running_sentences(document)
    assert sentences
    for sentence in sentences:
        assert sentence.place is not None
        assert document.text_at(sentence.place) == sentence.text
        assert sentence.page == document.page_at(sentence.place)


@cache
def results_of(path: Path) -> tuple[list[tuple[str, str]], dict[str, set[str]]]:
    """The gold phrases with their kinds, and each sentence told as a result with the kinds of its phrases."""
    gold = json.loads((path.parent / f"{path.stem}.gold.json").read_text(encoding="utf-8"))["results"]
    told = judge_results(read_document(path), (), load_models())
    kinds = {fold_words(each.text): {each.judgement.answer, *(s.kind for s in each.spans)} for each in told}
    return [(fold_words(each["text"]), each["kind"]) for each in gold], kinds


def test_yearly_report_of_stannerdale_is_told_as_people_tell_it() -> None:
    gold, kinds = results_of(REPORT)
    matched = [(kind, next((kinds[text] for text in kinds if words in text), set())) for words, kind in gold]
    assert sum(bool(told) for _, told in matched) >= 0.95 * len(gold)
    assert sum(kind in told for kind, told in matched) >= 0.85 * len(gold)


def test_sentence_that_is_an_objective_stands_among_the_objectives_alone() -> None:
    document = read_document(REPORT)
    objectives = [each for each in find_statements(document) if not each.turned_down]
    texts = {each.text for each in objectives}
    assert not texts & {each.text for each in find_running_sentences(document, besides=objectives)}


def test_readable_sentences_end_with_a_stop_or_stand_in_a_list() -> None:
    blocks = (
        Paragraph("The Board met five times. It was"),
        Paragraph("The Board will:"),
        Paragraph("publish the neglect protocol", "list_item"),
        Paragraph("Neglect", "list_item"),
        plan("Babies sleep safely", "Visit new fathers", "They were visited."),
        Paragraph("Cyfarfu’r Bwrdd bum gwaith.", language="cy"),
    )
    assert find_readable_sentences(paper(*blocks)) == ("The Board met five times.", "publish the neglect protocol")


def test_readable_sentences_of_a_real_paper_are_no_longer_than_people_write() -> None:
    lengths = [len(re.findall(r"\w+", each)) for each in find_readable_sentences(read_document(REPORT))]
    assert len(lengths) > 80 and max(lengths) < 60
