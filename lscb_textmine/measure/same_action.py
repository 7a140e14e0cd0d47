"""Two texts of one board's minutes in; how surely they speak of the same action, 0 to 1, out.

The words that both hold are weighed by how rare they are in the papers compared (inverse document frequency, Spärck
Jones 1972) and set over the weight of the action's words, or of the other text's where these are fewer. Words spelt
differently are one where rapidfuzz finds them alike, so that a typing error or a word torn by conversion parts nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import log
from typing import Any

from rapidfuzz.distance import Indel

ALIKE = 0.8
"""Least likeness of two spellings of a word (rapidfuzz, 0 to 1)."""
STEM = 5
"""Letters that two words must share at their beginning to be forms of one."""
OPENING = 3
"""Letters by which two texts are first compared."""
FEWEST = 2
"""Words that must be shared: one alone tells too little, however rare."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The telling words of a text, each once."""

    words: tuple[str, ...]
    openings: frozenset[str] = frozenset()
    """The first letters of each: texts that share fewer than two of these are spared a closer look."""


def read_wording(text: str) -> Wording:
    """The words of a text without the common ones; initials keep their capitals, and so does the letter of a case.

    >>> read_wording("NT to speak to the Arcade Proprietors").words
    ('NT', 'speak', 'arcade', 'proprietors')
    """
    found = []
    for word in re.findall(r"[^\W_]+", text.replace("’", "").replace("'", "")):
        plain = word if re.fullmatch(r"[B-HJ-Z]|[A-Z]{2,3}", word) else word.lower()
        if plain not in load_common() and (len(plain) > 1 or plain.isupper() or plain.isdigit()):
            found.append(plain)
    return Wording(tuple(dict.fromkeys(found)), frozenset(to_base(word)[:OPENING] for word in found))


def read_topic(heading: str) -> Wording:
    """The words of a heading without its number.

    >>> read_topic("5. Domestic abuse pilot").words
    ('domestic', 'abuse', 'pilot')
    """
    return read_wording(re.sub(r"^\W*\d+(?:\.\d+)*[.):]?\s+", "", heading))


def weigh_words(wordings: Collection[Wording]) -> dict[str, float]:
    """The weight of each word: the rarer among these texts, the heavier."""
    counts = Counter(word for wording in wordings for word in wording.words)
    return {word: log(1 + len(wordings) / count) for word, count in counts.items()}


def liken(one: Wording, other: Wording, weights: dict[str, float], *, least: float = 0.6) -> float:
    """The weight of the words of `one` that `other` holds too, over the lesser weight of the two; 0 for under two.

    A text of a few words is weighed as if it had at least the share `least` of the words of `one`.
    """
    if len(one.openings & other.openings) < FEWEST:
        return 0.0
    shared = [word for word in one.words if _stands_in(word, other.words)]
    shared += [word for word in _torn(one.words, other.words) if word not in shared]
    if len(shared) < FEWEST:
        return 0.0
    whole = _weight(one.words, weights)
    total = min(whole, max(_weight(other.words, weights), least * whole))
    return min(1.0, _weight(shared, weights) / total) if total else 0.0


def stand_in(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether there are words, and all of them stand among others."""
    return bool(words) and all(_stands_in(word, others) for word in words)


def _stands_in(word: str, words: Sequence[str]) -> bool:
    if word in words:
        return True
    if word.isupper() or word.isdigit():
        return False
    return any(_are_forms(word, other) for other in words)


@cache
def _are_forms(one: str, other: str) -> bool:
    one, other = to_base(one), to_base(other)
    if one == other or (len(one) >= STEM and one[:STEM] == other[:STEM]):
        return True
    return len(one) > 3 and len(other) > 3 and Indel.normalized_similarity(one, other) >= ALIKE


def to_base(word: str) -> str:
    """A word without its ending; a past form as the verb.

    >>> [to_base(word) for word in ("replied", "leaflets", "written", "visiting", "figures")]
    ['reply', 'leaflet', 'write', 'visit', 'figure']
    """
    if word in load_irregular():
        return load_irregular()[word]
    if word.endswith(("ied", "ies")) and len(word) > 4:
        return word[:-3] + "y"
    return re.sub(r"(?<=\w{4})(?:ing|ed)$|(?<=[^\Ws]{3})s$", "", word)


def _torn(one: Sequence[str], other: Sequence[str]) -> list[str]:
    """Words of `one` that are whole in `other` when joined with the next ("holi days"), or the other way about."""
    joined = {first + second: (first, second) for first, second in pairwise(one)}
    found = [word for whole, parts in joined.items() if whole in other for word in parts]
    return found + [word for word in one if word in {a + b for a, b in pairwise(other)}]


def _weight(words: Collection[str], weights: dict[str, float]) -> float:
    return sum(weights.get(word, log(2)) for word in words)


@cache
def load_common() -> frozenset[str]:
    """Words that tell no action from another."""
    return frozenset(_load()["common"]["words"])


@cache
def load_irregular() -> dict[str, str]:
    """Past forms that no ending tells, with their verb."""
    return {form: verb for verb, forms in _load()["irregular"].items() for form in forms}


def _load() -> dict[str, Any]:
    return tomllib.loads(files("lscb_textmine.measure").joinpath("meetings.toml").read_text(encoding="utf-8"))
