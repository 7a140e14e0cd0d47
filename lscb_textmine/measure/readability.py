"""A paper's English sentences in; how hard they are to read out."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Protocol

from lscb_textmine.records import Readability

FEWEST_WORDS = 100
"""Flesch's own sample; fewer words say nothing of a paper."""
JOINED = str.maketrans({"’": "'", "/": " ", "–": " ", "—": " "})
"""What would be lost or fused when punctuation is taken out: apostrophes inside words, words with a stroke between."""


class Counter(Protocol):
    """The two counts of textstat that are used."""

    def lexicon_count(self, text: str) -> int:
        """The words of a text."""

    def syllable_count(self, text: str) -> int:
        """Its syllables, by the CMU pronouncing dictionary, else by places of hyphenation."""


def measure_readability(sentences: Sequence[str]) -> Readability | None:
    """How hard the sentences are to read; None for fewer than a hundred words.

    textstat counts words and syllables; sentences are those given, as it would take every full stop for an end and run
    list items without one together. English alone: the formulas were fitted to English.
    """
    if sum(len(sentence.split()) for sentence in sentences) < FEWEST_WORDS:
        return None
    counter, plain = load_counter(), [sentence.translate(JOINED) for sentence in sentences]
    words = sum(map(counter.lexicon_count, plain))
    syllables = sum(map(counter.syllable_count, plain))
    if words < FEWEST_WORDS:
        return None
    ease, grade = flesch_reading_ease(words, len(plain), syllables), flesch_kincaid_grade(words, len(plain), syllables)
    return Readability(words, len(plain), round(ease, 1), round(grade, 1))


def flesch_reading_ease(words: int, sentences: int, syllables: int) -> float:
    """The higher the easier; 60 to 70 is plain English.

    R. Flesch, Journal of Applied Psychology 32 (1948), 221-233.

    >>> round(flesch_reading_ease(100, 5, 150), 1)
    59.6
    """
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words


def flesch_kincaid_grade(words: int, sentences: int, syllables: int) -> float:
    """Years of school in the United States that a reader needs.

    J. P. Kincaid and others, Research Branch Report 8-75, Naval Technical Training Command (1975).

    >>> round(flesch_kincaid_grade(100, 5, 150), 1)
    9.9
    """
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


@cache
def load_counter() -> Counter:
    """textstat with its dictionary read from the installed package; no connection is opened (version 0.7.8)."""
    import textstat  # only a paper with enough English needs it, and its dictionary takes 70 MB

    counter: Counter = textstat.textstat
    with _without_collection():
        counter.syllable_count("safeguarding")
    return counter


@contextmanager
def _without_collection() -> Iterator[None]:
    """Python's collector would look through the dictionary's million objects again and again: 0.5 s in place of 0.2."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
