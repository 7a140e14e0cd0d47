"""Train the models on `annotations/` and save them, with their cards, in `models/`.

    python scripts/train.py [--annotations FOLDER] [--models FOLDER]

One command, seeded: the same annotations give byte-identical models on the same machine. Every figure in a card comes
from cross-validation grouped by source, so that no paper is in both halves.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import platform
import re
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
import sklearn
import skops
import skops.io
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score, f1_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import FeatureUnion, Pipeline

from lscb_textmine.annotations import read_labelled_sentences, read_labelled_statements
from lscb_textmine.classify import features
from lscb_textmine.records import Candidate

ROOT = Path(__file__).resolve().parent.parent
SEED = 20111026
STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
FOLDS = 10
Analyser = Callable[[Candidate], list[str]]
ANALYSERS: dict[str, Analyser] = {
    "objective_rules": features.objective_rule_names,
    "domain_rules": features.domain_rule_names,
    "result_rules": features.result_rule_names,
    "domain_scores": features.domain_score_names,
    "result_scores": features.result_score_names,
    "words": features.word_names,
}
TASKS = {
    "objective": "Is this an objective statement? (codebook section 1)",
    "domain": "Which of the five domains does it serve first? (codebook section 3)",
    "result": "How far along process, output, practice, outcome does it promise? (codebook section 4)",
    "sentence": "Which kind of result does a sentence of running text speak of, if any? (codebook section 4)",
}
PARTS = {
    "objective": ("objective_rules", "words"),
    "domain": ("domain_scores", "words"),
    "result": ("result_scores", "words"),
    "sentence": ("result_rules", "result_scores", "words"),
}


@dataclass(frozen=True, slots=True)
class Examples:
    """Candidates of one question with their labels, and the source each came from."""

    candidates: list[Candidate]
    labels: list[str]
    sources: list[str]


def gather_examples(folder: Path) -> dict[str, Examples]:
    """The examples of every question, from all annotation files under a folder."""
    found = {question: Examples([], [], []) for question in TASKS}
    for path in sorted(folder.rglob("statements*.jsonl")):
        for each in read_labelled_statements(path):
            labels = {"objective": "yes" if each.labels.objective else "no"}
            if each.labels.objective and each.labels.primary_domain and each.labels.result:
                labels |= {"domain": each.labels.primary_domain, "result": each.labels.result}
            for question, label in labels.items():
                add_example(found[question], each.candidate, label, each.source)
    for path in sorted(folder.rglob("results*.jsonl")):
        for sentence in read_labelled_sentences(path):
            candidate = Candidate(sentence.text, form="sentence")
            add_example(found["sentence"], candidate, sentence.kind, sentence.source)
    return found


def add_example(examples: Examples, candidate: Candidate, label: str, source: str) -> None:
    """Add one example; Welsh statements are judged by cues alone and train nothing."""
    if candidate.language == "en":
        examples.candidates.append(candidate)
        examples.labels.append(label)
        examples.sources.append(source)


def make_pipeline(question: str, strength: float) -> Pipeline:
    """The pipeline of a question: rule features counted once, scores counted, words by TF-IDF; logistic regression."""
    parts = [(name, make_vectoriser(name)) for name in PARTS[question]]
    model = LogisticRegression(C=strength, class_weight="balanced", max_iter=5000, random_state=SEED)
    return Pipeline([("features", FeatureUnion(parts)), ("model", model)])


def make_vectoriser(name: str) -> CountVectorizer:
    """The vectoriser of one kind of features."""
    if name == "words":
        return TfidfVectorizer(analyzer=ANALYSERS[name], min_df=2)
    return CountVectorizer(analyzer=ANALYSERS[name], binary=name.endswith("rules"))


def choose_strength(question: str, examples: Examples) -> tuple[float, dict[str, float]]:
    """The regularisation with the best macro F1 by grouped cross-validation, and the figures it gave."""
    tried = {strength: cross_validate(question, examples, strength) for strength in STRENGTHS}
    best = max(tried, key=lambda strength: (tried[strength]["macro_f1"], -strength))
    return best, tried[best]


def cross_validate(question: str, examples: Examples, strength: float) -> dict[str, float]:
    """Macro F1, kappa and the F1 of each label over folds that share no source."""
    folds = GroupKFold(min(FOLDS, len(set(examples.sources))))
    guesses = cross_val_predict(
        make_pipeline(question, strength), examples.candidates, examples.labels, groups=examples.sources, cv=folds
    )
    labels = sorted(set(examples.labels))
    each = f1_score(examples.labels, guesses, average=None, labels=labels, zero_division=0)
    figures = {f"f1_{label}": round(float(value), 3) for label, value in zip(labels, each, strict=True)}
    figures["macro_f1"] = round(float(f1_score(examples.labels, guesses, average="macro", zero_division=0)), 3)
    figures["kappa"] = round(float(cohen_kappa_score(examples.labels, guesses)), 3)
    return figures


def save_model(question: str, examples: Examples, folder: Path, digest: str) -> dict[str, Any]:
    """Train a question on all examples, save pipeline, weights and card, and return the card."""
    strength, figures = choose_strength(question, examples)
    pipeline = make_pipeline(question, strength).fit(examples.candidates, examples.labels)
    (folder / f"{question}.skops").write_bytes(settle_skops(skops.io.dumps(pipeline)))
    weights = lay_flat(question, pipeline)
    (folder / f"{question}.weights.zip").write_bytes(weights)
    card = make_card(question, examples, strength=strength, figures=figures)
    card |= {"data_sha256": digest, "weights_sha256": hashlib.sha256(weights).hexdigest()}
    text = json.dumps(card, indent=1, ensure_ascii=False) + "\n"
    (folder / f"{question}.card.json").write_text(text, encoding="utf-8", newline="\n")
    return card


def make_card(question: str, examples: Examples, *, strength: float, figures: dict[str, float]) -> dict[str, Any]:
    """What a model was trained on, how, how well it does, and what it cannot do."""
    counts = {label: examples.labels.count(label) for label in sorted(set(examples.labels))}
    return {
        "question": question,
        "task": TASKS[question],
        "labels": counts,
        "examples": len(examples.labels),
        "sources": len(set(examples.sources)),
        "scores": figures,
        "scores_by": f"cross-validation in {FOLDS} folds grouped by source",
        "regularisation": strength,
        "seed": SEED,
        "features_version": features.FEATURES_VERSION,
        "versions": {
            "python": platform.python_version(), "scikit-learn": sklearn.__version__, "numpy": numpy.__version__,
            "skops": skops.__version__,
        },
        "limits": "English only. Trained on few statements: a probability near one half means that a person must look.",
        "licence": "MIT",
    }  # fmt: skip


def lay_flat(question: str, pipeline: Pipeline) -> bytes:
    """The weights of a pipeline as a zip file that `lscb_textmine.models` reads without numpy."""
    model = pipeline.named_steps["model"]
    files: dict[str, bytes] = {}
    parts: list[dict[str, Any]] = []
    at = 0
    for i, (name, vectoriser) in enumerate(pipeline.named_steps["features"].transformer_list):
        names = vectoriser.get_feature_names_out()
        shares = vectoriser.idf_ if isinstance(vectoriser, TfidfVectorizer) else numpy.ones(len(names))
        weights = model.coef_[:, at : at + len(names)].T
        at += len(names)
        files[f"names{i}.txt"] = "\n".join(names).encode("utf-8")
        files[f"numbers{i}.f64"] = numpy.concatenate([shares, weights.ravel()]).astype("<f8").tobytes()
        part = {"reader": name, "binary": name.endswith("rules"), "scaled": name == "words"}
        parts.append(part | {"columns": weights.shape[1]})
    about = {"question": question, "answers": list(map(str, model.classes_)), "intercepts": model.intercept_.tolist()}
    files["model.json"] = json.dumps(about | {"parts": parts}, indent=1).encode("utf-8")
    return zip_files(files)


def zip_files(files: dict[str, bytes]) -> bytes:
    """A zip file without times, so that the same content is the same file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as store:
        for name in sorted(files):
            store.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def settle_skops(data: bytes) -> bytes:
    """A skops file with the addresses and times of this run taken out, so that the same model is the same file."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        schema = old.read("schema.json").decode("utf-8")
        numbers: dict[str, str] = {}
        for found in re.findall(r"\d{9,}", schema):
            numbers.setdefault(found, str(len(numbers) + 1))

        def renumber(text: str) -> str:
            return re.sub(r"\d{9,}", lambda match: numbers[match.group()], text)

        parts = {renumber(name): old.read(name) for name in old.namelist() if name != "schema.json"}
    parts["schema.json"] = renumber(schema).encode("utf-8")
    return zip_files(parts)


def digest_of(folder: Path) -> str:
    """One digest of all annotation files, in the order of their names."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.jsonl")):
        found.update(path.relative_to(folder).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def main(arguments: Sequence[str]) -> None:
    """Train every question and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annotations", type=Path, default=ROOT / "annotations")
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    given = parser.parse_args(arguments)
    given.models.mkdir(parents=True, exist_ok=True)
    digest = digest_of(given.annotations)
    for question, examples in gather_examples(given.annotations).items():
        card = save_model(question, examples, given.models, digest)
        print(f"{question:10s} {card['examples']} examples of {card['sources']} sources  {card['scores']}")


if __name__ == "__main__":
    main(sys.argv[1:])
