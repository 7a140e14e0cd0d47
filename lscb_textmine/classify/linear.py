"""A candidate's features in; the probability of each answer, and the words that carried most weight, out.

The weights are those of a scikit-learn pipeline laid flat by `scripts/train.py` (scikit-learn itself takes longer to
start than two hundred pages take to read). A test holds the two to the same probabilities.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import mul
from typing import NamedTuple

from lscb_textmine.classify import features
from lscb_textmine.classify.features import Feature, WordPlace
from lscb_textmine.records import Candidate, Reason

FeatureReader = Callable[[Candidate], Sequence[Feature]]
READERS: dict[str, FeatureReader] = {
    "objective_rules": features.objective_rules,
    "domain_rules": features.domain_rules,
    "result_rules": features.result_rules,
    "domain_scores": lambda candidate: features.score_features(candidate, "domain"),
    "result_scores": lambda candidate: features.score_features(candidate, "result"),
}
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """Features of one kind: how they are read, whether counted once, whether scaled to length one, their weights."""

    reader: str
    binary: bool
    scaled: bool
    shares: dict[str, float]
    """What one feature counts for before scaling (idf)."""
    weights: dict[str, tuple[float, ...]]
    """What a feature weighs for each answer."""


@dataclass(frozen=True, slots=True)
class LinearModel:
    """A multinomial or binary logistic regression over the parts' features."""

    question: str
    answers: tuple[str, ...]
    parts: tuple[Part, ...]
    intercepts: tuple[float, ...]


class Weighed(NamedTuple):
    """The features found that a model knows, in three columns: where each stands, its scaled count, its weights.

    Columns, not records: a statement has hundreds, asked for by three models, and sums over columns are far quicker.
    """

    places: list[WordPlace]
    shares: list[float]
    weights: list[tuple[float, ...]]


class Told(NamedTuple):
    """The probability of each answer, and every feature that spoke."""

    probabilities: dict[str, float]
    weighed: Weighed


class Read(NamedTuple):
    """The features of one kind: how often each name occurs, and where the first of each name stands."""

    counts: dict[str, int]
    first: dict[str, WordPlace]


class Reading:
    """A candidate's features, each kind read once however many models ask for it."""

    __slots__ = ("candidate", "known")

    def __init__(self, candidate: Candidate) -> None:
        self.candidate = candidate
        self.known: dict[str, Read] = {}

    def read(self, reader: str) -> Read:
        """The features that a reader finds."""
        if reader not in self.known:
            names, places = self._names_and_places(reader)
            # filled from the end, so that the first of a name is what stays
            self.known[reader] = Read(Counter(names), dict(zip(reversed(names), reversed(places), strict=True)))
        return self.known[reader]

    def _names_and_places(self, reader: str) -> tuple[list[str], list[WordPlace]]:
        if reader == "words":
            return features.read_words(self.candidate)
        found = READERS[reader](self.candidate)
        return [each.name for each in found], [each[1:] for each in found]


def ask_model(model: LinearModel, reading: Reading) -> Told:
    """What a model tells of a candidate."""
    weighed = Weighed([], [], [])
    for part in model.parts:
        found = _weigh_part(part, reading)
        weighed.places.extend(found.places)
        weighed.shares.extend(found.shares)
        weighed.weights.extend(found.weights)
    scores = list(model.intercepts)
    for i, column in enumerate(zip(*weighed.weights, strict=True)):
        scores[i] += sum(map(mul, weighed.shares, column))
    return Told(dict(zip(model.answers, _to_probabilities(scores), strict=True)), weighed)


def explain_answer(model: LinearModel, told: Told, answer: str) -> tuple[Reason, ...]:
    """The words that spoke most for an answer against the others, heaviest first, three at most."""
    amounts = _amounts_by_place(model, told.weighed, answer)
    best = sorted([(-amount, source, start, end) for (start, end, source), amount in amounts.items() if amount > 0])
    chosen: list[tuple[str, int, int]] = []
    for _, source, start, end in best:
        if len(chosen) == MOST_REASONS:
            break
        if source and not any(source == other[0] and start < other[2] and other[1] < end for other in chosen):
            chosen.append((source, start, end))
    return tuple(Reason("", start, end, source) for source, start, end in chosen)


def _amounts_by_place(model: LinearModel, weighed: Weighed, answer: str) -> dict[WordPlace, float]:
    """How much the words at each place spoke for an answer against the mean of all answers."""
    count = len(model.intercepts)
    index = model.answers.index(answer) if count > 1 else 0
    sign = 1.0 if count > 1 or answer == model.answers[1] else -1.0
    totals = map(sum, weighed.weights) if count > 1 else repeat(0.0)
    amounts: dict[WordPlace, float] = {}
    for place, share, weights, total in zip(*weighed, totals, strict=False):
        amounts[place] = amounts.get(place, 0.0) + sign * share * (weights[index] - total / count)
    return amounts


def quote_reasons(candidate: Candidate, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons with the words that stand at their offsets in the text, the heading or the cell."""
    return tuple(
        Reason(text[each.start : each.end], each.start, each.end, each.source)
        for each in reasons
        if (text := _source_text(candidate, each.source))
    )


def _source_text(candidate: Candidate, source: str) -> str:
    if source in ("text", "heading"):
        return candidate.text if source == "text" else candidate.section
    return next((cell.text for cell in candidate.cells if cell.name == source), "")


def _weigh_part(part: Part, reading: Reading) -> Weighed:
    counts, first = reading.read(part.reader)
    known = part.shares
    names = [name for name in counts if name in known]
    shares = [known[name] for name in names] if part.binary else [counts[name] * known[name] for name in names]
    if part.scaled and shares:
        length = math.sqrt(sum(map(mul, shares, shares)))
        shares = [share / length for share in shares]
    return Weighed([first[name] for name in names], shares, [part.weights[name] for name in names])


def _to_probabilities(scores: Sequence[float]) -> list[float]:
    if len(scores) == 1:
        positive = 1 / (1 + math.exp(-max(-500.0, min(500.0, scores[0]))))
        return [1 - positive, positive]
    most = max(scores)
    exponents = [math.exp(score - most) for score in scores]
    return [each / sum(exponents) for each in exponents]
