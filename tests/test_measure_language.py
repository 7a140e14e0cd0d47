"""Shares of outcome language: counted over phrases, corrected by probabilities, never outside 0 and 1."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from studies import make_objective, make_paper, make_study, make_welsh

from lscb_textmine.measure.correction import Mix, correct_counts, corrected_share, load_mix
from lscb_textmine.measure.language import (
    CORRECTED,
    ONCE,
    TOLD,
    VAGUE,
    correct_outcome_share,
    count_language,
    make_row,
    measure_language,
)
from lscb_textmine.records import RESULTS, Judgement, Objective, Paper, Sentence, Span

EVEN = Mix(("outcome", "output"), (0.5, 0.5))
ROWS = st.lists(st.tuples(*[st.floats(0.01, 1)] * 4), max_size=12)


def make_sentence(text: str, kind: str, *spans: str, probability: float = 0.9) -> Sentence:
    rest = (1 - probability) / 4
    told = tuple((name, probability if name == kind else rest) for name in ("none", *RESULTS))
    judgement = Judgement("sentence", kind, probability, by="model", probabilities=told)
    return Sentence(text, judgement, tuple(Span(each, 0, 4, text[:4]) for each in spans))


def with_result(objective: Objective, judgement: Judgement) -> Objective:
    others = (each for each in objective.judgements if each.question != judgement.question)
    return replace(objective, judgements=(*others, judgement))


def sample_paper() -> Paper:
    objectives = (make_objective("Publish the protocol"), make_welsh("Byddwn yn cyhoeddi"))
    results = (
        make_sentence("Children feel safer at home", "outcome", "outcome", "outcome"),
        make_sentence("The Board met twice", "process", "process"),
    )
    return replace(make_paper("plan.pdf", "Cwm Arthen", objectives), results=results)


def test_phrases_count_in_statements_in_running_text_and_in_all() -> None:
    counted = {name: (count, total) for name, count, total in count_language([sample_paper()])}
    assert counted["outcome share: statements"] == (1, 2)
    assert counted["outcome share: running text"] == (2, 2)
    assert counted["outcome share"] == (3, 4)
    assert counted["process share"] == (1, 5)
    assert counted[ONCE] == (1, 2)


def test_measures_have_their_names_once() -> None:
    names = [each.name for each in measure_language([sample_paper()], board="Cwm Arthen", year="2011-12")]
    assert len(set(names)) == len(names) and CORRECTED in names


def test_statement_that_hangs_on_a_vague_verb_is_told_by_the_rule() -> None:
    vague = with_result(make_objective("Improve practice", met=()), Judgement("specific", "no", 0.9, rule=VAGUE))
    firm = make_objective("Publish the protocol")
    papers = [make_paper("plan.pdf", "Cwm Arthen", (vague, firm, make_welsh("Gwella arfer")))]
    assert (VAGUE, 1, 2) in list(count_language(papers))


def test_sure_answers_are_counted_as_they_are() -> None:
    counts = dict(zip(EVEN.kinds, correct_counts([(1.0, 0.0)] * 30 + [(0.0, 1.0)] * 10, EVEN).counts, strict=True))
    assert counts == pytest.approx({"outcome": 30, "output": 10}, abs=1e-6)


def test_errors_are_put_right_where_the_mix_is_another() -> None:
    # Two in ten told as outcome at 0.8 are output where both are alike common; where output is the rule, far more are.
    told = correct_counts([(0.8, 0.2)] * 20 + [(0.2, 0.8)] * 80, EVEN)
    assert told.counts[0] < 6
    even = correct_counts([(0.8, 0.2)] * 50 + [(0.2, 0.8)] * 50, EVEN)
    assert even.counts[0] == pytest.approx(50, abs=0.5)


def test_what_a_person_answered_is_certain() -> None:
    judgement = Judgement("result", "outcome", 0.4, by="person", probabilities=(("output", 0.6), ("outcome", 0.4)))
    assert make_row(judgement, load_mix("result")) == (1.0, 0.0, 0.0, 0.0)


@given(ROWS, ROWS)
def test_corrected_share_lies_within_its_interval_and_within_0_and_1(
    one: list[tuple[float, ...]], two: list[tuple[float, ...]]
) -> None:
    mix = load_mix("result")
    parts = [correct_counts([tuple(p / sum(row) for p in row) for row in rows], mix) for rows in (one, two)]
    found = corrected_share(parts, "outcome", TOLD)
    assert 0 <= found.low <= found.high <= 1 and found.count <= found.total + 1e-6
    assert not found.total or found.low - 1e-4 <= found.count / found.total <= found.high + 1e-4
    assert sum(parts[0].counts) == pytest.approx(len(one))


def test_order_changes_nothing_and_more_of_the_same_narrows_the_interval() -> None:
    rows = [(0.7, 0.1, 0.1, 0.1), (0.1, 0.6, 0.2, 0.1), (0.2, 0.2, 0.3, 0.3), (0.05, 0.15, 0.2, 0.6)] * 5
    mix, shuffled = load_mix("result"), random.Random(4).sample(rows, len(rows))
    assert correct_counts(rows, mix) == correct_counts(shuffled, mix)
    few, many = (corrected_share([correct_counts(rows * n, mix)], "outcome", TOLD) for n in (1, 10))
    assert many.high - many.low < 0.5 * (few.high - few.low)


def test_nothing_to_count_has_no_share() -> None:
    found = correct_outcome_share([make_paper("plan.pdf", "Cwm Arthen", ())])
    assert (found.total, found.low, found.high) == (0, 0, 1)


@given(st.permutations(make_study().papers))
def test_order_of_papers_changes_no_measure(papers: list[Paper]) -> None:
    assert list(measure_language(papers, board="x")) == list(measure_language(make_study().papers, board="x"))


def test_learnt_mix_is_that_of_the_annotations() -> None:
    counts: Counter[str] = Counter()
    for folder, weight in (("boards", 1), ("first", 3)):
        lines = (ROOT / "annotations" / folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()
        told = Counter(
            row["result"] for row in map(json.loads, lines) if row["objective"] and row.get("lang", "en") == "en"
        )
        counts.update({kind: weight * count for kind, count in told.items()})
    mix = load_mix("result")
    shares = [counts[kind] / counts.total() for kind in mix.kinds]
    assert list(mix.shares) == pytest.approx(shares, abs=5e-4), "run scripts/quantify.py"
    assert sum(load_mix("sentence").shares) == pytest.approx(1, abs=1e-3)
