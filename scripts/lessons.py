"""Annotations in; what the models learn from out: readings with labels, lessons for the encoder, folds by board."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from finetune import HEADS, KINDS, Lesson

from lscb_textmine.annotations import (
    LabelledSentence,
    LabelledStatement,
    Labels,
    read_labelled_sentences,
    read_labelled_statements,
)
from lscb_textmine.classify.encoder import Place, make_input
from lscb_textmine.classify.word_pieces import WordPieces
from lscb_textmine.records import CRITERIA, DOMAINS, RESULTS, Candidate, Span

SECOND = 0.3
"""How much of a target goes to the annotators' own labels, the rest to what was agreed: where people differ, a model
that is certain is wrong."""


ADJUDICATED = 3
"""How often an example re-worded from a published paper and labelled by three people counts beside one written for
training: the papers that the tool meets are published ones."""


@dataclass(frozen=True, slots=True)
class Example:
    """A statement, look-alike or sentence with the answer to each question that applies to it."""

    id: str
    candidate: Candidate
    group: str
    """The board: no board is both learnt from and tested on."""
    answers: dict[str, str]
    """Question to answer; a criterion is "yes" or "no"."""
    lesson: Lesson
    weight: int = 1
    """How often it counts in training."""


def read_examples(folder: Path, words: WordPieces, *, leave_out: Sequence[str] = ()) -> list[Example]:
    """The English examples of every annotation file under a folder, but for the named subfolders."""
    found: list[Example] = []
    for path in sorted(folder.rglob("*.jsonl")):
        if path.parent.name in leave_out:
            continue
        if path.name.startswith("statements"):
            statements = read_labelled_statements(path)
            rows = [statement_example(each, words) for each in statements if each.candidate.language == "en"]
        elif path.name.startswith("results"):
            rows = [sentence_example(each, words) for each in read_labelled_sentences(path)]
        else:
            continue
        weight = ADJUDICATED if path.parent.name == "first" else 1
        found += [replace(row, weight=weight) for row in rows]
    return found


def lessons_of(examples: Sequence[Example]) -> list[Lesson]:
    """The lessons of some examples, each as often as it counts."""
    return [example.lesson for example in examples for _ in range(example.weight)]


def statement_example(statement: LabelledStatement, words: WordPieces) -> Example:
    """A labelled statement as an example."""
    labels = statement.labels
    answers = {"objective": "yes" if labels.objective else "no"}
    if labels.criteria is not None and labels.primary_domain and labels.result:
        met = ("yes" if each else "no" for each in labels.criteria)
        answers |= dict(zip(CRITERIA, met, strict=True)) | {"domain": labels.primary_domain, "result": labels.result}
    own = [each for _, each in statement.annotators] or [labels]
    given = make_input(statement.candidate, words)
    lesson = Lesson(given, statement_targets(labels, own))
    return Example(statement.id, statement.candidate, statement.source, answers, lesson)


def statement_targets(labels: Labels, own: Sequence[Labels]) -> dict[str, tuple[float, ...]]:
    """For each head the shares of its outputs: what was agreed, softened by what each annotator said."""
    targets = {"objective": soften((float(labels.objective),), [(float(each.objective),) for each in own])}
    told = [each for each in own if each.criteria and each.primary_domain and each.result] or [labels]
    if labels.criteria and labels.primary_domain and labels.result:
        targets["criteria"] = soften(_marks(labels), [_marks(each) for each in told])
        for head, keys, name in (("domain", DOMAINS, "primary_domain"), ("result", RESULTS, "result")):
            targets[head] = soften(
                _one_of(keys, getattr(labels, name)), [_one_of(keys, getattr(each, name)) for each in told]
            )
    return targets


def _marks(labels: Labels) -> tuple[float, ...]:
    return tuple(map(float, labels.criteria or ()))


def _one_of(keys: Sequence[str], answer: str) -> tuple[float, ...]:
    return tuple(float(key == answer) for key in keys)


def soften(agreed: Sequence[float], own: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """The mean of what was agreed and what each said, weighted by `SECOND`."""
    means = [sum(column) / len(own) for column in zip(*own, strict=True)]
    return tuple((1 - SECOND) * each + SECOND * mean for each, mean in zip(agreed, means, strict=True))


def sentence_example(sentence: LabelledSentence, words: WordPieces) -> Example:
    """A labelled sentence of results language as an example."""
    candidate = Candidate(sentence.text, form="sentence", doc_type=sentence.doc_type or "other")
    given = make_input(candidate, words)
    spans = None if sentence.spans is None else span_kinds(given.places, sentence.spans)
    own = [_one_of(KINDS, kind) for _, kind in sentence.annotators] or [_one_of(KINDS, sentence.kind)]
    targets = {"sentence": soften(_one_of(KINDS, sentence.kind), own)}
    lesson = Lesson(given, targets, spans)
    return Example(sentence.id, candidate, sentence.source, {"sentence": sentence.kind}, lesson)


def span_kinds(places: Sequence[Place], spans: Sequence[Span]) -> tuple[int, ...]:
    """For each word piece of the text the index of the kind of phrase that it stands in; -1 for other pieces."""
    kinds = []
    for place in places:
        inside = next((span.kind for span in spans if span.start < place.end and place.start < span.end), "none")
        kinds.append(KINDS.index(inside) if place.source == "text" else -1)
    return tuple(kinds)


def fold_of(group: str, folds: int) -> int:
    """The fold of a board, by its name alone: further boards leave the others where they are."""
    return int(hashlib.sha256(group.encode("utf-8")).hexdigest(), 16) % folds


def head_columns(head: str) -> slice:
    """The columns of a head among the outputs."""
    start = 0
    for name, outputs in HEADS.items():
        if name == head:
            return slice(start, start + len(outputs))
        start += len(outputs)
    raise KeyError(head)
