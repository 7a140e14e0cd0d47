"""A candidate's features in; the probability of each answer, and the words that carried most weight, out.

The weights are those of a scikit-learn pipeline laid flat by `scripts/train.py` (scikit-learn itself takes longer to
start than two hundred pages take to read). A test holds the two to the same probabilities.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any, NamedTuple

from lscb_textmine.classify import features
from lscb_textmine.classify.criteria import CriteriaFinding, judge_criteria
from lscb_textmine.classify.encoder import CELL, Encoder, TokenScores, make_input
from lscb_textmine.classify.features import Feature, WordPlace
from lscb_textmine.records import Candidate, Reason

FeatureReader = Callable[[Candidate], Sequence[Feature]]
READERS: dict[str, FeatureReader] = {
    "objective_rules": features.objective_rules,
    "challenge_rules": features.challenge_rules,
    "domain_scores": lambda candidate: features.score_features(candidate, "domain"),
    "result_scores": lambda candidate: features.score_features(candidate, "result"),
}
ENCODER = "encoder"
"""The part whose features are the encoder's outputs."""
VECTOR = "vector"
"""The part whose features are the numbers of the encoder's vector, each named by its index."""
NOWHERE: WordPlace = (0, 0, "")
MOST_REASONS = 3
TELLING = re.compile(r"[^\W\d_]{3}|\d\d|[A-Z]{2}")
"""What words must hold to be worth quoting: a word of three letters, a number of two figures, or initials."""
LOUD = 0.6
"""Share of what the loudest word says that a word must say to be quoted."""


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
    """The features of one kind: what each name counts for, and where the first of each name stands."""

    counts: Mapping[str, float]
    first: Mapping[str, WordPlace]


class WordScores(NamedTuple):
    """What each word says (rows) for each output of the encoder (columns), and where the words stand."""

    means: Any
    places: list[WordPlace]


class Reading:
    """A candidate's features, each kind read once however many models ask for it."""

    __slots__ = ("candidate", "encoder", "known", "seen", "spoken", "verdicts")

    def __init__(self, candidate: Candidate, encoder: Encoder) -> None:
        self.candidate = candidate
        self.encoder = encoder
        self.known: dict[str, Read] = {}
        self.seen: TokenScores | None = None
        self.spoken: WordScores | None = None
        self.verdicts: CriteriaFinding | None = None

    def tokens(self) -> TokenScores:
        """What the encoder sees in each word."""
        if self.seen is None:
            self.seen = self.encoder.score(make_input(self.candidate, self.encoder.word_pieces))
        return self.seen

    def words(self) -> WordScores:
        """The same for whole words."""
        if self.spoken is None:
            self.spoken = mean_by_word(self.tokens())
        return self.spoken

    def criteria(self) -> CriteriaFinding:
        """What the rules say of the criteria."""
        if self.verdicts is None:
            self.verdicts = judge_criteria(self.candidate)
        return self.verdicts

    def read(self, reader: str) -> Read:
        """The features that a reader finds."""
        if reader not in self.known:
            self.known[reader] = self._read(reader)
        return self.known[reader]

    def _read(self, reader: str) -> Read:
        if reader == ENCODER:
            means = self.tokens().scores.mean(0).tolist()
            counts = dict(zip(self.encoder.outputs, means, strict=True))
            return Read(counts, dict.fromkeys(counts, NOWHERE))
        if reader == VECTOR:
            vector = self.encoder.vector(make_input(self.candidate, self.encoder.word_pieces)).tolist()
            counts = {str(index): number for index, number in enumerate(vector)}
            return Read(counts, dict.fromkeys(counts, NOWHERE))
        names, places = self._names_and_places(reader)
        # filled from the end, so that the first of a name is what stays
        return Read(Counter(names), dict(zip(reversed(names), reversed(places), strict=True)))

    def _names_and_places(self, reader: str) -> tuple[list[str], list[WordPlace]]:
        if reader == "words":
            return features.read_words(self.candidate)
        if reader == "criteria_rules":
            found = features.criteria_rules(self.candidate, self.criteria())
        else:
            found = list(READERS[reader](self.candidate))
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


def explain_answer(model: LinearModel, told: Told, answer: str, reading: Reading) -> tuple[Reason, ...]:
    """The words that spoke most for an answer against the others, heaviest first, three at most.

    A rule feature counts with what it adds to the answer's score, a word with the mean of what its pieces add.
    """
    amounts = _amounts_by_place(model, told.weighed, answer)
    for place, amount in _amounts_by_piece(model, answer, reading):
        amounts[place] = amounts.get(place, 0.0) + amount
    best = sorted([(-amount, source, start, end) for (start, end, source), amount in amounts.items() if amount > 0])
    chosen: list[tuple[str, int, int]] = []
    for _, source, start, end in best:
        if len(chosen) == MOST_REASONS:
            break
        if source and not any(source == other[0] and start < other[2] and other[1] < end for other in chosen):
            chosen.append((source, start, end))
    return tuple(Reason("", start, end, source) for source, start, end in chosen)


def _amounts_by_place(model: LinearModel, weighed: Weighed, answer: str) -> dict[WordPlace, float]:
    """How much the features at each place spoke for an answer against the mean of all answers."""
    amounts: dict[WordPlace, float] = {}
    for place, share, weights in zip(*weighed, strict=True):
        if place is not NOWHERE:
            amounts[place] = amounts.get(place, 0.0) + share * _weight_for(model, weights, answer)
    return amounts


def _weight_for(model: LinearModel, weights: Sequence[float], answer: str) -> float:
    """What a feature weighs for an answer against the mean of all answers."""
    if len(weights) == 1:
        return weights[0] if answer == model.answers[1] else -weights[0]
    return weights[model.answers.index(answer)] - sum(weights) / len(weights)


def _amounts_by_piece(model: LinearModel, answer: str, reading: Reading) -> list[tuple[WordPlace, float]]:
    """How much the words spoke through the encoder; neighbours that speak alike are one phrase."""
    part = next((part for part in model.parts if part.reader == ENCODER), None)
    if part is None:
        return []
    weights = [_weight_for(model, part.weights[output], answer) if output in part.weights else 0.0
               for output in reading.encoder.outputs]  # fmt: skip
    words = reading.words()
    said = (words.means @ weights / len(reading.tokens().places)).tolist()
    return join_neighbours(words.places, said)


def join_neighbours(places: Sequence[WordPlace], said: Sequence[float]) -> list[tuple[WordPlace, float]]:
    """Phrases of neighbouring words that are each nearly as loud as the loudest."""
    least = max(said, default=0.0) * LOUD
    phrases: list[tuple[WordPlace, float]] = []
    for (start, end, source), amount in zip(places, said, strict=True):
        if amount < least or amount <= 0:
            continue
        if phrases and phrases[-1][0][2] == source and start - phrases[-1][0][1] == 1:
            phrases[-1] = ((phrases[-1][0][0], end, source), phrases[-1][1] + amount)
        else:
            phrases.append(((start, end, source), amount))
    return phrases


def mean_by_word(tokens: TokenScores) -> WordScores:
    """The words that pieces without a gap between them make up, each with the mean of what its pieces say, so that a
    name of many pieces is no louder for it."""
    import numpy

    starts: list[int] = []
    words: list[WordPlace] = []
    for number, place in enumerate(tokens.places):
        if place.source and words and words[-1][1:] == (place.start, place.source):
            words[-1] = (words[-1][0], place.end, place.source)
        else:
            starts.append(number)
            words.append((place.start, place.end, place.source))
    counts = numpy.diff([*starts, len(tokens.places)])
    means = numpy.add.reduceat(tokens.scores, starts, axis=0) / counts[:, None]
    named = [number for number, word in enumerate(words) if word[2]]
    return WordScores(means[named], [words[number] for number in named])


def quote_reasons(candidate: Candidate, reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """The reasons with the words that stand at their offsets in the text, the heading or the cell, each once."""
    quoted = []
    for each in reasons:
        words, source = _source_of(candidate, each.source)
        if TELLING.search(words, each.start, each.end):
            quoted.append(Reason(words[each.start : each.end], each.start, each.end, source))
    return tuple(dict.fromkeys(quoted))


def _source_of(candidate: Candidate, source: str) -> tuple[str, str]:
    """The words that a source holds, and its name for a reader: "text", "heading" or the column's."""
    if source in ("text", "heading"):
        return (candidate.text if source == "text" else candidate.section), source
    if source.startswith(CELL):
        cell = candidate.cells[int(source.removeprefix(CELL))]
        return cell.text, cell.name
    return next((cell.text for cell in candidate.cells if cell.name == source), ""), source


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
