"""The labelled statements that the models learn from: enough of every kind, told twice by nobody."""

from __future__ import annotations

import importlib.util
from collections import Counter
from functools import cache
from types import ModuleType

import pytest
from conftest import ROOT

from lscb_textmine.agreement import cohen_kappa
from lscb_textmine.annotations import (
    LabelledSentence,
    LabelledStatement,
    read_labelled_sentences,
    read_labelled_statements,
    write_labelled_sentences,
    write_labelled_statements,
)
from lscb_textmine.models import load_models

BOARDS = ROOT / "annotations" / "boards"
FEWEST = 150


@cache
def statements() -> tuple[LabelledStatement, ...]:
    return read_labelled_statements(BOARDS / "statements.jsonl")


@cache
def sentences() -> tuple[LabelledSentence, ...]:
    return read_labelled_sentences(BOARDS / "results.jsonl")


@cache
def near_duplicates() -> ModuleType:
    """`scripts/near_duplicates.py`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("near_duplicates", ROOT / "scripts" / "near_duplicates.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_there_are_enough_of_enough_boards() -> None:
    assert len(statements()) >= 3000 and len({each.source for each in statements()}) >= 40
    assert len(sentences()) >= 800 and all(each.spans or each.kind == "none" for each in sentences())


@pytest.mark.parametrize("what", ["primary_domain", "result", "look_alike"])
def test_rare_classes_are_there(what: str) -> None:
    told = statements()
    labels = [each.look_alike if what == "look_alike" else getattr(each.labels, what) for each in told]
    counts = Counter(label for label in labels if label and label != "other")
    assert min(counts.values()) >= FEWEST, counts


def test_most_objectives_are_aspirational() -> None:
    met = [each.labels.criteria for each in statements() if each.labels.criteria]
    smart = sum(s and m and t and (a or r) for s, m, a, r, t in met)
    assert smart / len(met) < 0.45


def test_two_annotators_agree_on_what_both_labelled() -> None:
    both = [own for each in statements() if {"A", "B"} <= (own := dict(each.annotators)).keys()]
    assert len(both) >= 400
    pairs = [(str(own["A"].objective), str(own["B"].objective)) for own in both]
    assert (cohen_kappa(pairs) or 0) >= 0.9


def test_every_phrase_stands_in_its_sentence() -> None:
    for each in sentences():
        assert all(each.text[span.start : span.end] == span.text for span in each.spans or ())
        assert each.kind == "none" or any(span.kind == each.kind for span in each.spans or ())


def test_lines_in_the_manner_of_published_papers_are_whole() -> None:
    path = BOARDS.parent / "manner" / "statements.jsonl"
    told = read_labelled_statements(path)
    assert write_labelled_statements(told) == path.read_text(encoding="utf-8")
    assert not {each.source for each in told} & {each.source for each in statements()}


def test_lines_are_the_same_when_written_again() -> None:
    path = BOARDS / "statements.jsonl"
    assert write_labelled_statements(statements()) == path.read_text(encoding="utf-8")
    assert write_labelled_sentences(sentences()) == (BOARDS / "results.jsonl").read_text(encoding="utf-8")


def test_nothing_is_said_twice() -> None:
    script = near_duplicates()
    pairs = script.find_pairs(script.read_texts(ROOT / "annotations"), load_models().encoder)
    assert not [(pair.first.id, pair.second.id) for pair in pairs], "run scripts/near_duplicates.py --remove"
