"""The models are what their cards say, give what scikit-learn gives, and refuse to load when they differ."""

from __future__ import annotations

import json
import pickle
import shutil
from functools import cache
from pathlib import Path

import pytest
import skops.io
from conftest import ROOT

from lscb_textmine.annotations import read_labelled_sentences, read_labelled_statements
from lscb_textmine.classify.linear import Reading, ask_model
from lscb_textmine.errors import ModelError
from lscb_textmine.models import QUESTIONS, Models, find_models, load_models
from lscb_textmine.records import Candidate

ANNOTATIONS = ROOT / "annotations"
SOME = 120
"""Statements and sentences on which flat weights and pipeline are compared: every twentieth or so."""


@cache
def models() -> Models:
    return load_models()


def annotated() -> list[Candidate]:
    statements = [
        each.candidate
        for path in sorted(ANNOTATIONS.rglob("statements.jsonl"))
        for each in read_labelled_statements(path)
        if each.candidate.language == "en"
    ]
    paths = sorted(ANNOTATIONS.rglob("results.jsonl"))
    sentences = [Candidate(each.text) for path in paths for each in read_labelled_sentences(path)]
    both = statements + sentences
    return both[:: len(both) // SOME]


@cache
def readings() -> list[Reading]:
    return [Reading(candidate, models().encoder) for candidate in annotated()]


@pytest.mark.parametrize("question", QUESTIONS)
def test_flat_weights_give_what_the_pipeline_gives(question: str) -> None:
    data = (ROOT / "models" / f"{question}.skops").read_bytes()
    unknown = skops.io.get_untrusted_types(data=data)
    assert all(name.startswith("lscb_textmine.classify.analysers.") for name in unknown)
    pipeline = skops.io.loads(data, trusted=unknown)
    for reading, row in zip(readings(), pipeline.predict_proba(readings()), strict=True):
        told = ask_model(models().questions[question], reading).probabilities
        assert told == pytest.approx(dict(zip(pipeline.classes_, row, strict=True)), abs=1e-6)


def test_a_statement_scores_alike_alone_and_among_others() -> None:
    first = readings()[0]
    again = Reading(first.candidate, load_models().encoder)
    assert (again.tokens().scores == first.tokens().scores).all()


def test_encoder_goes_to_another_process_unopened() -> None:
    readings()[0].tokens()
    sent = pickle.loads(pickle.dumps(models().encoder))
    assert sent == models().encoder and "session" not in vars(sent)


@pytest.mark.parametrize("question", QUESTIONS)
def test_card_tells_task_data_and_scores(question: str) -> None:
    card = json.loads((find_models() / f"{question}.card.json").read_text(encoding="utf-8"))
    assert sum(card["labels"].values()) == card["examples"]
    assert {"task", "data_sha256", "versions", "seed", "scores", "scores_by", "limits", "licence"} <= card.keys()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("domain.weights.zip", b"other bytes", "not the one its card tells of"),
        ("domain.weights.zip", None, "missing"),
        ("encoder.onnx", b"other bytes", "not the one its card tells of"),
        ("encoder.vocabulary.txt", None, "missing"),
        ("domain.card.json", b"{", "card is missing or damaged"),
        ("domain.card.json", b"[]", "card is damaged"),
    ],
)
def test_spoilt_model_is_refused(tmp_path: Path, name: str, content: bytes | None, message: str) -> None:
    folder = shutil.copytree(find_models(), tmp_path / "models")
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match=message):
        load_models(folder)


@pytest.mark.parametrize(
    ("card", "changed", "message"),
    [
        ("result", {"features_version": 0}, "made for features 0"),
        ("result", {"encoder_sha256": "another"}, "trained over another encoder"),
        ("encoder", {"input_version": 0}, "made for inputs of version 0"),
    ],
)
def test_model_of_another_version_is_refused(
    tmp_path: Path, card: str, changed: dict[str, object], message: str
) -> None:
    folder = shutil.copytree(find_models(), tmp_path / "models")
    path = folder / f"{card}.card.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changed), encoding="utf-8")
    with pytest.raises(ModelError, match=message):
        load_models(folder)
