"""Statement or not, domain, result type and phrases: what must hold whatever the models have learnt."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_textmine.classify import classify_statements, encoder
from lscb_textmine.classify.features import (
    add_scores,
    cue_features,
    objective_rules,
    opening_features,
    word_features,
)
from lscb_textmine.classify.linear import Reading, join_neighbours, mean_by_word
from lscb_textmine.classify.results import find_spans, judge_sentences
from lscb_textmine.models import Models, load_models
from lscb_textmine.records import CRITERIA, DOMAINS, RESULTS, Candidate, NamedCell, Objective, Place

WORDS = st.sampled_from(
    [
        "The",
        "Board",
        "will",
        "publish",
        "train",
        "children",
        "staff",
        "to",
        "are",
        "safe",
        ".",
        ";",
        "ACTION:",
        "300",
        "neglect",
        "review",
    ]
)
TEXTS = st.lists(WORDS, max_size=15).map(" ".join)
PLAN = Candidate("To publish a leaflet for parents by March 2012", section="Priorities for 2011-12")


@cache
def models() -> Models:
    return load_models()


def classify(candidate: Candidate) -> Objective:
    (objective,) = classify_statements([candidate], models())
    return objective


def answer(candidate: Candidate, question: str) -> str:
    judgement = classify(candidate).judgement(question)
    return judgement.answer if judgement else ""


def says(text: str, question: str) -> str:
    scores = add_scores(cue_features(Candidate(text), question), question)
    return max(scores, key=lambda answer: (scores[answer], answer))


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("Train staff on child sexual exploitation", "delivery"),
        ("Audit of cases in which children go missing", "governance"),
        ("Reduce the harm that neglect does to children", "outcomes"),
        ("Strengthen links with the Health and Wellbeing Board", "strategy"),
        ("Agree the funding formula with each agency", "capacity"),
        ("Issue a protocol on bruising in babies", "delivery"),
    ],
)
def test_rules_alone_know_the_close_calls_of_domains(text: str, domain: str) -> None:
    assert says(text, "domain") == domain


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Fewer children are harmed again", "outcome"),
        ("Staff are more confident to refer", "practice"),
        ("Publish a leaflet for children", "output"),
        ("The sub-group will continue to monitor", "process"),
    ],
)
def test_rules_alone_know_the_examples_of_results(text: str, result: str) -> None:
    assert says(text, "result") == result


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("ACTION (RK): circulate the letter", "open:verb/action"),
        ("o Publish the plan", "open:verb/action"),
        ("2.1 To publish the plan", "open:to"),
        ("Implementation of the strategy", "open:noun/action"),
        ("Undertaking a survey", "open:-ing"),
        ("The plan was published", "open:other"),
    ],
)
def test_opening_is_read_behind_marker_and_label(text: str, shape: str) -> None:
    assert shape in {feature.name for feature in opening_features(Candidate(text))}


def test_turned_down_candidate_is_none_with_its_reason() -> None:
    objective = classify(replace(PLAN, turned_down="contents page"))
    assert not objective.counted
    assert objective.judgements[0].note == "turned down: contents page"
    assert objective.judgements[0].because


def test_welsh_is_never_judged_by_english_rules() -> None:
    objective = classify(Candidate("Byddwn yn cyhoeddi taflen erbyn mis Mawrth", language="cy"))
    assert objective.counted and objective.needs_review and not objective.judged
    assert [each.question for each in objective.judgements] == ["objective", "achievable", "time_limited"]


def test_row_of_an_action_column_is_a_statement() -> None:
    cells = (NamedCell("Action", "Online safety", "statement"), NamedCell("Lead", "GP", "lead"))
    row = Candidate("Online safety", "table_row", cells=cells, marked="statement column", place=Place(0, 0, 13))
    assert answer(row, "objective") == "yes"


def test_every_label_has_its_words() -> None:
    objective = classify(PLAN)
    for question in ("objective", *CRITERIA, "domain", "result"):
        judgement = objective.judgement(question)
        assert judgement and (judgement.because or judgement.note)
        for reason in judgement.because:
            source = PLAN.text if reason.source == "text" else PLAN.section
            assert source[reason.start : reason.end] == reason.text


@given(TEXTS, TEXTS)
def test_features_stand_where_they_say(text: str, heading: str) -> None:
    candidate = Candidate(text, section=heading)
    for reader in (objective_rules, word_features):
        for feature in reader(candidate):
            source = heading if feature.source == "heading" else text
            assert 0 <= feature.start <= feature.end <= len(source)


@given(TEXTS)
def test_probabilities_are_shares_of_one(text: str) -> None:
    for question, answers in (("domain", DOMAINS), ("result", RESULTS)):
        judgement = classify(Candidate(text, marked="action column")).judgement(question)
        assert judgement is not None
        told = dict(judgement.probabilities)
        assert set(told) == set(answers) and sum(told.values()) == pytest.approx(1)
        assert judgement.probability == max(told.values())


@given(st.lists(TEXTS, max_size=4))
def test_order_does_not_change_a_judgement(texts: list[str]) -> None:
    candidates = [Candidate(text) for text in texts]
    assert classify_statements(candidates[::-1], models()) == classify_statements(candidates, models())[::-1]


@given(TEXTS)
def test_spans_are_phrases_of_the_text(text: str) -> None:
    spans = find_spans(Reading(Candidate(text), models().encoder))
    assert all(text[span.start : span.end] == span.text and span.kind in RESULTS for span in spans)
    assert all(left.end <= right.start for left, right in itertools.pairwise(spans))


def test_pieces_of_a_word_speak_as_one_and_loud_neighbours_are_a_phrase() -> None:
    spots = [(0, 0, ""), (0, 2, "text"), (3, 6, "text"), (6, 9, "text"), (10, 14, "text"), (0, 5, "Lead")]
    said = numpy.array([[9.0], [0.1], [3.0], [1.0], [2.5], [2.5]])
    words = mean_by_word(encoder.TokenScores(said, [encoder.Place(*spot) for spot in spots]))
    assert words.means.ravel().tolist() == [0.1, 2.0, 2.5, 2.5]
    found = join_neighbours(words.places, words.means.ravel().tolist())
    assert found == [((3, 14, "text"), 4.5), ((0, 5, "Lead"), 2.5)]


def test_sentences_are_judged_in_order() -> None:
    texts = ["612 staff were trained on 36 courses", "Young people said that they felt safer at home"]
    found = judge_sentences([Candidate(text) for text in texts], models())
    assert [each.text for each in found] == texts
    assert [each.judgement.answer for each in found] == ["output", "outcome"]
