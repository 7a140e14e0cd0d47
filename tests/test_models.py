"""The models are what their cards say, give what scikit-learn gives, and refuse to load when they differ."""

from __future__ import annotations

import json
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

FIRST = ROOT / "annotations" / "first"


@cache
def models() -> Models:
    return load_models()


def annotated() -> list[Candidate]:
    statements = [each.candidate for each in read_labelled_statements(FIRST / "statements.jsonl")]
    return statements + [Candidate(each.text) for each in read_labelled_sentences(FIRST / "results.jsonl")]


@pytest.mark.parametrize("question", QUESTIONS)
def test_flat_weights_give_what_the_pipeline_gives(question: str) -> None:
    data = (ROOT / "models" / f"{question}.skops").read_bytes()
    unknown = skops.io.get_untrusted_types(data=data)
    assert all(name.startswith("lscb_textmine.classify.features.") for name in unknown)
    pipeline = skops.io.loads(data, trusted=unknown)
    model = getattr(models(), question)
    candidates = annotated()
    for candidate, row in zip(candidates, pipeline.predict_proba(candidates), strict=True):
        told = ask_model(model, Reading(candidate)).probabilities
        assert told == pytest.approx(dict(zip(pipeline.classes_, row, strict=True)), abs=1e-6)


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


def test_model_for_other_features_is_refused(tmp_path: Path) -> None:
    folder = shutil.copytree(find_models(), tmp_path / "models")
    path = folder / "result.card.json"
    card = json.loads(path.read_text(encoding="utf-8")) | {"features_version": 0}
    path.write_text(json.dumps(card), encoding="utf-8")
    with pytest.raises(ModelError, match="made for features 0"):
        load_models(folder)
