"""The words of two statements in; how likely they are one objective, 0 to 1, out.

Plans re-word, shorten and merge their objectives, while different objectives share their frame ("Audit of neglect
cases", "Audit of exploitation cases"). Three things tell them apart: how much of their content they share, how much
that is, and whether one content word was swapped for another in an otherwise equal frame. Every word counts by how
rare it is among the statements of the board.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from math import exp, log
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

Words = tuple[str, ...]
YEARS = re.compile(r"\b(?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?\b")
WORD = re.compile(r"a&e|[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
ENDINGS = ("ations", "ation", "ments", "ings", "ment", "ies", "ied", "ing", "ed", "es", "ly", "s")
SHORTEST, LONGEST = 4, 6
"""Letters that a stem keeps at least when an ending goes, and at most."""
MOST_SHARED = 4.0
"""Weight of shared words beyond which more say nothing: two long paragraphs share many words and are not one."""
MOST_SWAPPED = 1.6


class Knowledge(NamedTuple):
    """What `likeness.toml` holds."""

    common: frozenset[str]
    abbreviations: Mapping[str, str]
    intercept: float
    weights: tuple[float, float, float]


class Features(NamedTuple):
    """What two statements have in common."""

    common_share: float
    """Share of the weight of their words that they share, 0 to 1 (Dice's coefficient, weighted)."""
    shared_weight: float
    """The weight of the shared words: two that share a rare name say more than two that share "policy"."""
    swapped: float
    """Weight of words put in place of others in a frame that is otherwise equal."""


@cache
def load_knowledge() -> Knowledge:
    """The words and weights of `likeness.toml`."""
    data = tomllib.loads(files(__package__).joinpath("likeness.toml").read_text(encoding="utf-8"))
    weights = data["weights"]
    return Knowledge(
        frozenset(data["common"].split()),
        data["abbreviations"],
        weights["intercept"],
        (weights["common_share"], weights["shared_weight"], weights["swapped"]),
    )


@lru_cache(maxsize=20_000)
def split_content(text: str) -> Words:
    """The content words of a statement by their stems, in order: no years, abbreviations written out.

    >>> split_content("Publish the annual report 2011-12 on CSE")
    ('publis', 'annual', 'report', 'child', 'sexual', 'exploi')
    """
    knowledge = load_knowledge()
    found = []
    for word in WORD.findall(YEARS.sub(" ", text.lower())):
        plain = re.sub("['’](?:s$)?", "", word)
        written_out = knowledge.abbreviations.get(plain, plain)
        found += [_stem(part) for part in WORD.findall(written_out.replace("'s", "")) if part not in knowledge.common]
    return tuple(found)


def _stem(word: str) -> str:
    ending = next((end for end in ENDINGS if word.endswith(end) and len(word) - len(end) >= SHORTEST), "")
    stem = word.removesuffix(ending) + ("y" if ending in ("ies", "ied") else "")
    if len(stem) > SHORTEST or not ending:
        stem = stem.removesuffix("s") if len(stem) == SHORTEST else stem.removesuffix("e")
    return stem[:LONGEST]


def weigh_words(statements: Iterable[Words]) -> dict[str, float]:
    """The weight of each word by how few of the statements hold it: 1 for a word that stands in one only.

    K. Spärck Jones, Journal of Documentation 28 (1972), 11-21; over its greatest value, so that it means the same in a
    small board and a large one. The same statement in two papers counts once.
    """
    different = set(statements)
    holding = Counter(word for words in different for word in set(words))
    most = log(1 + len(different))
    return {word: log(1 + len(different) / count) / most for word, count in holding.items()}


def compare_words(left: Words, right: Words, weights: Mapping[str, float]) -> Features:
    """What two statements have in common; `weights` has every word of both."""
    both = set(left) & set(right)
    whole = _weigh(set(left), weights) + _weigh(set(right), weights)
    if not whole:
        return Features(0.0, 0.0, 0.0)
    shared, kept, swapped = _weigh(both, weights), 0.0, 0.0
    for step in Levenshtein.opcodes(left, right):
        if step.tag == "equal":
            kept += _weigh(left[step.src_start : step.src_end], weights)
        elif step.tag == "replace":
            gone = set(left[step.src_start : step.src_end]) - both
            come = set(right[step.dest_start : step.dest_end]) - both
            swapped += min(_weigh(gone, weights), _weigh(come, weights))
    in_frame = min(1.0, 2 * kept / whole)
    return Features(
        min(1.0, 2 * shared / whole),
        min(shared, MOST_SHARED) / MOST_SHARED,
        in_frame * min(swapped, MOST_SWAPPED) / MOST_SWAPPED,
    )


def _weigh(words: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(weights[word] for word in sorted(words))


def rate_likeness(features: Features) -> float:
    """How likely two statements with these features are one objective; 1 for the same words."""
    if features.common_share >= 1.0 and not features.swapped:
        return 1.0
    knowledge = load_knowledge()
    total = knowledge.intercept + sum(w * x for w, x in zip(knowledge.weights, features, strict=True))
    return 1 / (1 + exp(-total))


def liken(left: Sequence[str], right: Sequence[str], weights: Mapping[str, float]) -> float:
    """How likely two statements are one objective."""
    return rate_likeness(compare_words(tuple(left), tuple(right), weights))
