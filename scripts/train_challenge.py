"""Train the model of challenge on `annotations/challenge/` over the encoder that is there, and measure it.

    python scripts/train_challenge.py [--annotations FOLDER] [--models FOLDER] [--errors] [--compare]

Writes `challenge.skops`, `challenge.weights.zip` and `challenge.card.json`, and the question's line in `accuracy.json`;
nothing else is touched, and no torch is needed. Seeded: the same annotations and encoder give the same bytes.

The cues were written after the sentences of round 1 had been read, and most of round 2 after the cues (which were
widened once more while it was written): what a cue is worth can only be seen there. Round 2 counts more, chooses the
regularisation and sets the calibration, and all figures are given for it by itself.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import onnxruntime
import sklearn
import skops
import skops.io
from laid_flat import lay_flat, settle_skops
from numpy.typing import NDArray
from scipy.special import expit
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score, log_loss, precision_recall_fscore_support
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import FunctionTransformer

from lscb_textmine.annotations import read_json_lines
from lscb_textmine.classify import analysers
from lscb_textmine.classify.challenge import as_sentence
from lscb_textmine.classify.features import FEATURES_VERSION
from lscb_textmine.classify.linear import VECTOR, Reading
from lscb_textmine.models import load_encoder
from lscb_textmine.records import Candidate

ROOT = Path(__file__).resolve().parent.parent
SEED, FOLDS, INNER, NUMBERS = 20111026, 8, 5, 384
STRENGTHS = (0.3, 1.0, 3.0, 10.0)
LOUDNESS = {"challenge_rules": 0.4, "words": 1.5, VECTOR: 4.0}
"""How large the features of each part are: the smaller, the more a part's weights are held back. Chosen on round 2."""
LATER, STATEMENT = 2.0, 0.4
"""How often a later sentence counts, and one of `of_statements.csv`: there are many of these, and
challenge is as rare among them as in minutes, so that the balance between the two kinds of error hangs on this."""
BINS = 10
Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Labelled sentences, column by column."""

    readings: list[Reading]
    labels: NDArray[Any]
    boards: list[str]
    later: NDArray[Any]
    """Whether it is of round 2."""
    weights: NDArray[Any]
    ordinary: NDArray[Any]
    """Whether it was drawn by lot from minutes as they came, not written or picked for this question."""

    def take(self, rows: NDArray[Any]) -> Sentences:
        """The sentences of these rows."""
        boards = [self.boards[row] for row in rows]
        columns = (self.labels[rows], boards, self.later[rows], self.weights[rows], self.ordinary[rows])
        return Sentences([self.readings[row] for row in rows], *columns)


def read_sentences(folder: Path, models: Path) -> Sentences:
    """The annotated sentences, each read by the encoder once; those of `of_statements.csv` stand in `boards/`."""
    encoder, _ = load_encoder(models)
    rows = read_json_lines(folder / "challenge" / "challenge.jsonl")
    statements = {row["id"]: row for row in read_json_lines(folder / "boards" / "statements.jsonl")}
    with (folder / "challenge" / "of_statements.csv").open(encoding="utf-8", newline="") as file:
        for told in csv.DictReader(file):
            row = statements[told["id"]]
            known = {"board": row["source"], "challenge": told["challenge"] == "true", "chosen": told["chosen"]}
            rows.append({"text": row["text"], "round": 2} | known)
    return Sentences(
        [Reading(as_sentence(Candidate(row["text"])), encoder) for row in rows],
        numpy.array(["yes" if row["challenge"] else "no" for row in rows]),
        [row["board"] for row in rows],
        numpy.array([row["round"] > 1 for row in rows]),
        numpy.array([STATEMENT if "chosen" in row else LATER if row["round"] > 1 else 1.0 for row in rows]),
        numpy.array([row.get("chosen") == "drawn" for row in rows]),
    )


def score_last(path: Path, models: Path, pipeline: Pipeline) -> dict[str, float]:
    """What the pipeline reaches on a last set, written when all else was done and never learnt from or mended for."""
    encoder, _ = load_encoder(models)
    rows = read_json_lines(path)
    readings = [Reading(as_sentence(Candidate(row["text"])), encoder) for row in rows]
    return score(numpy.array([row["challenge"] for row in rows]), pipeline.predict_proba(readings)[:, 1])


def fold_of(board: str, folds: int, salt: str = "") -> int:
    """The fold of a board, by its name alone."""
    return int(hashlib.sha256(f"{salt}{board}".encode()).hexdigest(), 16) % folds


def make_pipeline(strength: float, parts: Parts) -> Pipeline:
    """Cues, words by TF-IDF and the encoder's vector; logistic regression."""
    makers = {
        "challenge_rules": lambda: CountVectorizer(analyzer=analysers.challenge_rule_names, binary=True),
        "words": lambda: TfidfVectorizer(analyzer=analysers.word_names, min_df=2),
        VECTOR: lambda: FunctionTransformer(analysers.encoder_vectors),
    }
    union = FeatureUnion([(name, makers[name]()) for name in parts], transformer_weights=dict(LOUDNESS))
    model = LogisticRegression(C=strength, max_iter=5000, random_state=SEED)
    return Pipeline([("features", union), ("model", model)])


def fit(sentences: Sentences, strength: float, parts: Parts) -> Pipeline:
    """A pipeline fitted, each sentence counted as often as it weighs."""
    pipeline = make_pipeline(strength, parts)
    pipeline.steps[0][1].transformer_weights = {name: LOUDNESS[name] for name in parts}
    return pipeline.fit(sentences.readings, sentences.labels, model__sample_weight=sentences.weights)


def unseen(sentences: Sentences, strength: float, parts: Parts) -> NDArray[Any]:
    """For each sentence its score by a pipeline that did not see its board."""
    scores = numpy.zeros(len(sentences.labels))
    folds = numpy.array([fold_of(board, INNER, "inner") for board in sentences.boards])
    for fold in range(INNER):
        learn, ask = (numpy.flatnonzero(folds != fold), numpy.flatnonzero(folds == fold))
        pipeline = fit(sentences.take(learn), strength, parts)
        scores[ask] = pipeline.decision_function([sentences.readings[row] for row in ask])
    return scores


def train(sentences: Sentences, parts: Parts) -> tuple[Pipeline, float]:
    """The pipeline with the regularisation that has the least log loss on later boards not seen, its scores calibrated
    there by a slope and an intercept (Platt, 1999)."""
    scores = {strength: unseen(sentences, strength, parts) for strength in STRENGTHS}
    later = sentences.weights == LATER
    truth = (sentences.labels == "yes")[later]
    strength = min(STRENGTHS, key=lambda each: log_loss(truth, expit(scores[each][later])))
    line = LogisticRegression(C=1e6).fit(scores[strength][later][:, None], truth)
    pipeline = fit(sentences, strength, parts)
    model = pipeline.named_steps["model"]
    model.coef_ = model.coef_ * line.coef_[0, 0]
    model.intercept_ = model.intercept_ * line.coef_[0, 0] + line.intercept_
    return pipeline, strength


def cross_validate(sentences: Sentences, parts: Parts) -> NDArray[Any]:
    """For each sentence the probability of challenge, trained and calibrated without its board."""
    told = numpy.zeros(len(sentences.labels))
    folds = numpy.array([fold_of(board, FOLDS) for board in sentences.boards])
    for fold in range(FOLDS):
        learn, ask = (numpy.flatnonzero(folds != fold), numpy.flatnonzero(folds == fold))
        pipeline, _ = train(sentences.take(learn), parts)
        told[ask] = pipeline.predict_proba([sentences.readings[row] for row in ask])[:, 1]
    return told


def score(truth: NDArray[Any], told: NDArray[Any]) -> dict[str, float]:
    """Precision, recall and F1 of challenge, Cohen's kappa, calibration error, with counts."""
    guess = told >= 0.5
    precision, recall, f1, _ = precision_recall_fscore_support(truth, guess, average="binary")
    figures = {"precision": precision, "recall": recall, "f1_yes": f1, "kappa": cohen_kappa_score(truth, guess)}
    figures |= {"right": (truth == guess).mean(), "calibration_error": calibration_error(truth, told)}
    return {name: round(float(value), 3) for name, value in figures.items()} | {
        "sentences": len(truth), "challenges": int(truth.sum()), "told": int(guess.sum()),
        "rightly_told": int((guess & truth).sum()),
    }  # fmt: skip


def calibration_error(truth: NDArray[Any], told: NDArray[Any]) -> float:
    """Expected calibration error in ten bins (Naeini and others, 2015)."""
    bins = numpy.minimum((told * BINS).astype(int), BINS - 1)
    gaps = [abs(truth[bins == each].mean() - told[bins == each].mean()) * (bins == each).mean() for each in set(bins)]
    return float(sum(gaps))


def digest_of(folder: Path) -> str:
    """One digest of the annotation files that this question learns from."""
    names = ("challenge/challenge.jsonl", "challenge/of_statements.csv", "boards/statements.jsonl")
    return hashlib.sha256(b"".join((folder / name).read_bytes() for name in names)).hexdigest()


def save(pipeline: Pipeline, card: dict[str, Any], folder: Path) -> None:
    """The pipeline, its weights and its card, and the line of `accuracy.json`."""
    (folder / "challenge.skops").write_bytes(settle_skops(skops.io.dumps(pipeline)))
    columns = {VECTOR: [str(number) for number in range(NUMBERS)]}
    weights = lay_flat("challenge", pipeline, columns, scaled=("words", VECTOR))
    (folder / "challenge.weights.zip").write_bytes(weights)
    write(folder / "challenge.card.json", card | {"weights_sha256": hashlib.sha256(weights).hexdigest()})
    known = folder / "accuracy.json"
    others = json.loads(known.read_text(encoding="utf-8")) if known.exists() else []
    scores = card["scores"]
    own = {"question": "challenge", "measured_on": "boards not seen", "examples": scores["sentences"]}
    own |= {name: scores[name] for name in ("right", "kappa")}
    write(known, [each for each in others if each["question"] != "challenge"] + [own])


def write(path: Path, content: Any) -> None:
    """A JSON file as the other cards are written."""
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


def make_card(sentences: Sentences, told: NDArray[Any], strength: float, parts: Parts, **known: str) -> dict[str, Any]:
    """What the model is, what it learnt from and how well it does."""
    labels, truth = sentences.labels.tolist(), sentences.labels == "yes"
    later = sentences.weights == LATER
    return {
        "question": "challenge",
        "task": "Does a member question, test or dispute another agency's work, data or account, or ask for assurance? "
        "(codebook section 5)",
        "labels": {label: labels.count(label) for label in sorted(set(labels))},
        "examples": len(labels),
        "boards": len(set(sentences.boards)),
        "scores": score(truth[later], told[later]),
        "scores_by": f"nested cross-validation in {FOLDS} folds grouped by board, on sentences of round 2 that were "
        "written for the question, most of them after its cues",
        "scores_of_ordinary_minutes": score(truth[sentences.ordinary], told[sentences.ordinary]),
        "scores_of_all": score(truth, told),
        "parts": list(parts),
        "loudness": LOUDNESS,
        "regularisation": strength,
        "features_version": FEATURES_VERSION,
        "encoder_sha256": known["encoder"],
        "data_sha256": known["digest"],
        "seed": SEED,
        "versions": {
            "python": platform.python_version(), "scikit-learn": sklearn.__version__, "numpy": numpy.__version__,
            "skops": skops.__version__, "onnxruntime": onnxruntime.__version__,
        },
        "limits": "English only, one sentence at a time: what was asked in the sentence before is not seen. Learnt "
        "from fictional minutes written for this project.",
        "licence": "MIT; the encoder's base, all-MiniLM-L6-v2, is under the Apache License 2.0",
    }  # fmt: skip


def compare(sentences: Sentences) -> None:
    """Print what each part, and each pair of them, reaches."""
    truth = sentences.labels == "yes"
    rules, words = "challenge_rules", "words"
    for parts in ((rules,), (words,), (VECTOR,), (words, VECTOR), (rules, words), (rules, VECTOR), tuple(LOUDNESS)):
        told = cross_validate(sentences, parts)
        for name, rows in (("round 2", sentences.weights == LATER), ("ordinary", sentences.ordinary)):
            loss = log_loss(truth[rows], told[rows])
            print(f"{' + '.join(parts):34s} {name:8s} log loss {loss:.3f} {score(truth[rows], told[rows])}", flush=True)


def show_errors(sentences: Sentences, told: NDArray[Any]) -> None:
    """Print what is told wrongly, the surest first."""
    truth = sentences.labels == "yes"
    for row in numpy.argsort(-numpy.abs(truth - told)):
        if (told[row] >= 0.5) != truth[row]:
            mark = "later" if sentences.later[row] else "     "
            print(
                f"{mark} {'missed' if truth[row] else 'false '} {told[row]:.2f}", sentences.readings[row].candidate.text
            )


def main(arguments: Sequence[str]) -> None:
    """Train, measure, save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annotations", type=Path, default=ROOT / "annotations")
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--errors", action="store_true", help="print the sentences told wrongly in cross-validation")
    parser.add_argument("--compare", action="store_true", help="print what each part reaches by itself; save nothing")
    given = parser.parse_args(arguments)
    sentences = read_sentences(given.annotations, given.models)
    if given.compare:
        compare(sentences)
        return
    parts = tuple(LOUDNESS)
    told = cross_validate(sentences, parts)
    pipeline, strength = train(sentences, parts)
    digest = digest_of(given.annotations)
    card = make_card(sentences, told, strength, parts, encoder=load_encoder(given.models)[1], digest=digest)
    last = given.annotations / "challenge" / "last.jsonl"
    card["scores_of_last_set"] = score_last(last, given.models, pipeline)
    save(pipeline, card, given.models)
    for name in ("scores", "scores_of_ordinary_minutes", "scores_of_all", "scores_of_last_set"):
        print(f"{name}: {card[name]}")
    if given.errors:
        show_errors(sentences, told)


if __name__ == "__main__":
    main(sys.argv[1:])
