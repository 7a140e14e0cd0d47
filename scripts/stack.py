"""Readings with labels in; one scikit-learn pipeline a question out, laid flat for the run, with what it scores.

A pipeline weighs the rules' findings, the words and what the encoder says. It learns from what encoders said that had
not seen the board (`unseen_scores`), so that it does not trust them more than they deserve (stacked generalisation,
Wolpert, 1992); its probabilities are calibrated for the same reason.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy
from finetune import BASE, OUTPUTS, TOKENIZER_LINES, Net, Settings, finetune, to_onnx
from lessons import Example, fold_of, lessons_of
from numpy.typing import NDArray
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.preprocessing import FunctionTransformer

from lscb_textmine.classify import analysers
from lscb_textmine.classify.encoder import Encoder, TokenScores
from lscb_textmine.classify.linear import ENCODER, Reading
from lscb_textmine.records import CRITERIA

SEED = 20111026
STRENGTHS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
FOLDS = 4
ANALYSERS: dict[str, Callable[[Reading], list[str]]] = {
    "objective_rules": analysers.objective_rule_names,
    "criteria_rules": analysers.criteria_rule_names,
    "domain_scores": analysers.domain_score_names,
    "result_scores": analysers.result_score_names,
    "words": analysers.word_names,
}
TASKS = {
    "objective": "Is this an objective statement? (codebook section 1)",
    **{criterion: f"Is it {criterion.replace('_', '-')}? (codebook section 2)" for criterion in CRITERIA},
    "domain": "Which of the five domains does it serve first? (codebook section 3)",
    "result": "How far along process, output, practice, outcome does it promise? (codebook section 4)",
    "sentence": "Which kind of result does a sentence of running text speak of, if any? (codebook section 4)",
}
PARTS = {
    "objective": (ENCODER, "objective_rules"),
    **dict.fromkeys(CRITERIA, (ENCODER, "criteria_rules")),
    "domain": (ENCODER, "domain_scores"),
    "result": (ENCODER, "result_scores"),
    "sentence": (ENCODER, "result_scores"),
}


def make_encoder(net: Net) -> Encoder:
    """The encoder as it is run: 8 bits, by onnxruntime."""
    return Encoder(to_onnx(net), TOKENIZER_LINES, OUTPUTS)


def unseen_readings(
    examples: Sequence[Example], settings: Settings, say: Callable[[str], None], *, kept: Path | None = None
) -> list[Reading]:
    """For each example its reading by an encoder that learnt from the boards of the other folds alone.

    With `kept` the scores are read from that file, or put there for the next run.
    """
    key = digest_of_lessons(examples, settings)
    if kept and kept.exists() and (known := load_scores(kept, key)):
        say(f"scores of {len(known)} examples read from {kept}")
        return [read_with(example, scores) for example, scores in zip(examples, known, strict=True)]
    found: dict[int, NDArray[Any]] = {}
    folds = [fold_of(example.group, FOLDS) for example in examples]
    for fold in range(FOLDS):
        others = [example for example, own in zip(examples, folds, strict=True) if own != fold]
        encoder = make_encoder(finetune(lessons_of(others), settings))
        for number, example in enumerate(examples):
            if folds[number] == fold:
                found[number] = encoder.score(example.lesson.given).scores
        say(f"encoder of fold {fold + 1} of {FOLDS}: learnt from {len(others)} examples")
    scores = [found[number] for number in range(len(examples))]
    if kept:
        lengths = numpy.array([len(each) for each in scores])
        with kept.open("wb") as store:
            numpy.savez(store, key=key, lengths=lengths, scores=numpy.concatenate(scores))
    return [read_with(example, each) for example, each in zip(examples, scores, strict=True)]


def read_with(example: Example, scores: NDArray[Any]) -> Reading:
    """The reading of an example whose scores are known."""
    reading = Reading(example.candidate, Encoder(b"", TOKENIZER_LINES, OUTPUTS))
    reading.seen = TokenScores(scores, example.lesson.given.places)
    return reading


def load_scores(kept: Path, key: str) -> list[NDArray[Any]] | None:
    """Scores kept by an earlier run, None when they are of other examples or settings."""
    with numpy.load(kept) as store:
        if str(store["key"]) != key:
            return None
        return list(numpy.split(store["scores"], numpy.cumsum(store["lengths"])[:-1]))


def digest_of_lessons(examples: Sequence[Example], settings: Settings) -> str:
    """One digest of what encoders learn from and how."""
    found = hashlib.sha256(repr((FOLDS, settings)).encode())
    for example in examples:
        found.update(repr((example.group, example.weight, example.lesson)).encode())
    return found.hexdigest()


def make_pipeline(question: str, strength: float, parts: Sequence[str] = ()) -> Pipeline:
    """The pipeline of a question: what the encoder says, rules, scores, words by TF-IDF; logistic regression."""
    union = FeatureUnion([(name, make_part(name)) for name in parts or PARTS[question]])
    model = LogisticRegression(C=strength, max_iter=5000, random_state=SEED)
    return Pipeline([("features", union), ("model", model)])


def make_part(name: str) -> Any:
    """What turns readings into the columns of one kind of features."""
    if name == ENCODER:
        return FunctionTransformer(analysers.encoder_means)
    if name == "words":
        return TfidfVectorizer(analyzer=ANALYSERS[name], min_df=2)
    if name == "characters":
        return TfidfVectorizer(
            preprocessor=text_of, analyzer="char_wb", ngram_range=(3, 5), min_df=3, sublinear_tf=True
        )
    if name == "static":
        return FunctionTransformer(static_vectors)
    return CountVectorizer(analyzer=ANALYSERS[name], binary=name.endswith("rules"))


def text_of(reading: Reading) -> str:
    """The text with its heading, for the trial of character features."""
    return f"{reading.candidate.text} {reading.candidate.section}".lower()


def static_vectors(readings: Sequence[Reading]) -> NDArray[Any]:
    """Static vectors of text and heading, 256 dimensions each, distilled from the encoder's base (model2vec)."""
    model = static_model()
    texts, headings = ([getattr(r.candidate, name) or " " for r in readings] for name in ("text", "section"))
    return numpy.hstack([model.encode(texts), model.encode(headings)])


@cache
def static_model() -> Any:
    """The static vectors, distilled once; only the trial in `scripts/evaluate.py --compare` needs them."""
    from model2vec.distill import distill

    return distill(str(BASE), pca_dims=256)


def asked(examples: Sequence[Example], question: str) -> list[int]:
    """The numbers of the examples to which a question applies."""
    return [number for number, example in enumerate(examples) if question in example.answers]


def unseen_probabilities(
    question: str, examples: Sequence[Example], readings: Sequence[Reading], strength: float, parts: Sequence[str] = ()
) -> tuple[list[str], NDArray[Any]]:
    """The answers, and for each example asked the probability of each by a pipeline that did not see its board."""
    numbers = asked(examples, question)
    answers = sorted({examples[number].answers[question] for number in numbers})
    told = numpy.zeros((len(numbers), len(answers)))
    folds = numpy.array([fold_of(examples[number].group, FOLDS) for number in numbers])
    for fold in range(FOLDS):
        learn = [number for number, own in zip(numbers, folds, strict=True) if own != fold]
        ask = [number for number, own in zip(numbers, folds, strict=True) if own == fold]
        if not ask:
            continue
        pipeline = fit_pipeline(question, examples, readings, learn, strength=strength, parts=parts)
        columns = [answers.index(answer) for answer in pipeline.classes_]
        told[numpy.ix_(folds == fold, columns)] = pipeline.predict_proba([readings[n] for n in ask])
    return answers, told


def fit_pipeline(
    question: str,
    examples: Sequence[Example],
    readings: Sequence[Reading],
    numbers: Sequence[int],
    *,
    strength: float,
    parts: Sequence[str] = (),
) -> Pipeline:
    """A question's pipeline fitted to the examples with these numbers, each counted as often as it weighs."""
    labels = [examples[number].answers[question] for number in numbers]
    weights = [float(examples[number].weight) for number in numbers]
    pipeline = make_pipeline(question, strength, parts)
    return pipeline.fit([readings[number] for number in numbers], labels, model__sample_weight=weights)


def choose_strength(question: str, examples: Sequence[Example], readings: Sequence[Reading]) -> float:
    """The regularisation with the least log loss on boards not seen: a proper score, so calibration counts."""
    truth = [examples[number].answers[question] for number in asked(examples, question)]

    def loss(strength: float) -> float:
        answers, told = unseen_probabilities(question, examples, readings, strength)
        rows = numpy.arange(len(truth))
        right = told[rows, [answers.index(answer) for answer in truth]]
        return float(-numpy.log(numpy.clip(right, 1e-9, 1)).mean())

    return min(STRENGTHS, key=loss)
