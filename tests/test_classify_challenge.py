"""Challenge in minutes: what counts, what only sounds like it, and where it stands in the sample papers."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

from lscb_textmine.classify.challenge import judge_challenge
from lscb_textmine.classify.features import challenge_rules
from lscb_textmine.find.minute_sentences import find_minute_sentences
from lscb_textmine.models import Models, find_models, load_models
from lscb_textmine.pipeline import find_challenge
from lscb_textmine.read import read_document
from lscb_textmine.records import Candidate, Cell, Document, Known, Paragraph, Place, Row, Sentence, Table

MARLHAM = ROOT / "corpora" / "marlham" / "MSCB Full Board minutes 11-09-2013 (draft).docx"
PENRHYN = ROOT / "corpora" / "penrhyn-celyg" / "Cofnodion – Minutes LSCB 16 Oct 2008.pdf"
SAID = ROOT / "annotations" / "challenge" / "challenge.jsonl"


@cache
def models() -> Models:
    return load_models()


def judge(text: str) -> Sentence:
    (sentence,) = judge_challenge([Candidate(text)], models())
    return sentence


def minutes(*blocks: Paragraph | Table, doc_type: str = "minutes") -> Document:
    return Document("minutes.pdf", "", "pdf", blocks=blocks, doc_type=Known(doc_type))


@pytest.mark.parametrize(
    "text",
    [
        "The Chair challenged the Police on their attendance at initial conferences.",
        "In response to a query about why figures had fallen, the Named Nurse said that forms were late.",
        "Members sought assurance that each of the children had been seen, which the Director gave.",
        "Probation disputed the figure, as four of the conferences had been cancelled.",
        "JT was not satisfied with the explanation and asked for it in writing.",
    ],
)
def test_questions_and_disputes_are_challenge(text: str) -> None:
    sentence = judge(text)
    assert sentence.judgement.answer == "yes" and sentence.judgement.because
    assert all(reason.text == text[reason.start : reason.end] for reason in sentence.judgement.because)


@pytest.mark.parametrize(
    "text",
    [
        "The Board noted the report and thanked its author.",
        "Recruitment will be the greatest challenge of the coming year.",
        "Two young men were arrested and questioned by police.",
        "Members were asked to send their apologies to the Business Manager.",
        "The assurance report of the Trust was received for information.",
        "It had been a challenging quarter for every partner.",
        "The policy says how professionals should challenge a decision.",
        "The Head of Service explained that two posts were vacant.",
    ],
)
def test_what_only_sounds_like_it_is_not(text: str) -> None:
    assert judge(text).judgement.answer == "no"


def test_a_sentence_is_judged_by_its_own_words_wherever_it_stands() -> None:
    text = "CH challenged the core group figure."
    place = Place(3, 0, len(text))
    elsewhere = Candidate(text, form="table_row", section="3. Performance", doc_type="other", place=place, page=2)
    _, told = judge_challenge([Candidate("Noted."), elsewhere], models())
    assert told.judgement == judge(text).judgement
    assert (told.place, told.page, told.section) == (place, 2, "3. Performance")


def test_welsh_is_not_judged() -> None:
    (told,) = judge_challenge([Candidate("Gofynnodd y Cadeirydd pam.", language="cy")], models())
    assert (told.judgement.answer, told.judgement.probability) == ("", 0.0)


def test_cues_tell_each_kind_once_and_who_speaks_decides_nothing() -> None:
    found = challenge_rules(Candidate("Health asked why, and the Police queried the figure."))
    names = [feature.name for feature in found]
    assert names.count("any/ask") == 1 and "two agencies" in names
    assert all(feature.source == "" for feature in found if feature.name.startswith("party/"))


def test_sentences_come_from_paragraphs_and_from_the_minute_column() -> None:
    cell = Cell("Performance RT presented. OA asked why.", breaks=(12,), bold=((0, 11),))
    table = Table(("No.", "Item", "Who"), (Row((Cell("4"), cell, Cell("RT"))),), roles=("reference", "other", "lead"))
    present = Table(("Name", "Agency", "12/1"), (Row((Cell("Ann Rees"), Cell("Police"), Cell("✓"))),))
    heading = Paragraph("3. Matters arising from the minutes", "heading", 1)
    document = minutes(heading, Paragraph("HE spoke for the schools. MI asked why it was late."), table, present)
    found = find_minute_sentences(document)
    assert [each.text for each in found] == [
        "HE spoke for the schools.",
        "MI asked why it was late.",
        "OA asked why.",
    ]
    assert all(each.place and document.text_at(each.place) == each.text for each in found)
    assert find_minute_sentences(minutes(*document.blocks, doc_type="annual_report")) == ()


@pytest.mark.parametrize(
    ("path", "challenge", "others"),
    [
        (
            MARLHAM,
            (
                "06/3: OA asked how many GPs had sent a report to conference since April.",
                "OA challenged the use of “offered”: how many had been seen?",
                "OA was asked why the CCG would not commit for longer.",
                "JA asked how many of the twenty-nine had been confirmed by anybody.",
            ),
            ("Noted.", "JA moved on.", "There were no declarations of interest.", "The agenda will be circulated"),
        ),
        (
            PENRHYN,
            (
                "MI asked what had become of the children who had been told that they would start on the first of "
                "September.",
                "MPT disputed that: three of the five had been at the coroner’s office on the day.",
            ),
            ("Lunch will be provided.", "This was accepted.", "Members thanked the auditors"),
        ),
    ],
    ids=["marlham", "penrhyn-celyg"],
)
def test_sample_minutes(path: Path, challenge: tuple[str, ...], others: tuple[str, ...]) -> None:
    document = read_document(str(path))
    found = find_challenge(document, models())
    assert {each.text for each in found} >= set(challenge)
    assert not [each.text for each in found if each.text.startswith(others)]
    assert all(each.place and document.text_at(each.place) == each.text for each in found)
    assert len(found) < len(find_minute_sentences(document)) / 5


def test_accuracy_told_is_what_the_card_says() -> None:
    scores = json.loads((find_models() / "challenge.card.json").read_text(encoding="utf-8"))["scores"]
    (told,) = [each for each in models().accuracy if each.question == "challenge"]
    assert (told.right, told.kappa, told.examples) == (scores["right"], scores["kappa"], scores["sentences"])


def test_annotations_are_many_of_many_boards() -> None:
    rows = [json.loads(line) for line in SAID.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 1500 and len({row["board"] for row in rows}) >= 60
    assert len({row["id"] for row in rows}) == len(rows)
    assert 0.2 < sum(row["challenge"] for row in rows) / len(rows) < 0.5
