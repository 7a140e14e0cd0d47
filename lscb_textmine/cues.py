"""Cue phrases from a TOML file in; where they stand in a text out.

A cue file is data beside the stage that uses it:

    [[cue]]
    name = "vague verb"
    phrases = ["raise awareness", "promot*", "work together"]
    patterns = ['\\bby \\d+ ?%']
    needs = "digit"
    matches = ["Raise awareness of neglect", "by 10%"]
    misses = ["Publish the leaflet"]

A phrase is a run of words, in any case, with any white space or hyphen between them; a word that ends in `*` stands for
every word that begins so. A pattern is a regular expression, case ignored; `needs = "digit"` spares texts with no digit
the search. `matches` and `misses` are examples that the tests run: every cue has at least one of each.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from lscb_textmine.gates import Gates, LazyPattern

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[%£]")
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue found: its name and the characters it covers."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of a cue file, as written there."""

    name: str
    phrases: tuple[str, ...]
    patterns: tuple[str, ...]
    needs: str
    matches: tuple[str, ...]
    misses: tuple[str, ...]


Phrase = tuple[tuple[str, ...], str]
"""The words of a phrase, and the name of its cue."""


@dataclass(frozen=True, slots=True)
class Following:
    """The phrases that share a first word, by the second word where that is a whole one: few need a closer look."""

    by_second: dict[str, list[Phrase]]
    others: list[Phrase]
    """Those of one word, and those whose second word is a stem; they stand in every list of `by_second` too."""


@dataclass(frozen=True, slots=True)
class Cues:
    """A cue file made ready: phrases by their first words, patterns by what they cannot match without."""

    entries: tuple[Cue, ...]
    whole: dict[str, Following]
    stems: dict[str, Following]
    patterns: tuple[tuple[LazyPattern, str, bool], ...]
    gates: Gates
    lengths: dict[str, tuple[int, ...]]
    """How long the stems are that open with given three letters; other words need no search among the stems."""

    def find(self, text: str, *names: str) -> list[Hit]:
        """Where the cues stand in `text`, in order; only those with the given names when names are given."""
        hits = self._phrase_hits(text) + self._pattern_hits(text, names)
        if names:
            hits = [hit for hit in hits if hit.name in names]
        return sorted(hits, key=lambda hit: (hit.start, -hit.end))

    def names_in(self, text: str) -> set[str]:
        """The names of the cues that stand in `text`."""
        return {hit.name for hit in self.find(text)}

    def _phrase_hits(self, text: str) -> list[Hit]:
        spans, words = split_words(text)
        hits = []
        for i, (word, following) in enumerate(zip(words, [*words[1:], ""], strict=False)):
            for phrase, name in self._starting(word, following):
                if len(phrase) == 1 or _stands_at(phrase, words, i):
                    hits.append(Hit(name, spans[i][0], spans[i + len(phrase) - 1][1]))
        return hits

    def _starting(self, word: str, following: str) -> Sequence[Phrase]:
        """The phrases that may start with two words, in the order of the file, those with a stem after the others."""
        known = self.whole.get(word)
        starting = known.by_second.get(following, known.others) if known else ()
        for n in self.lengths.get(word[:3], ()):
            if n <= len(word) and (stem := self.stems.get(word[:n])):
                starting = [*starting, *stem.by_second.get(following, stem.others)]
        return starting

    def _pattern_hits(self, text: str, names: tuple[str, ...]) -> list[Hit]:
        if not self.patterns:
            return []
        has_digit = DIGIT.search(text) is not None
        return [
            Hit(name, *match.span())
            for pattern, name, needs_digit in map(self.patterns.__getitem__, self.gates.open_for(text))
            if (has_digit or not needs_digit) and (not names or name in names)
            for match in pattern.compiled.finditer(text)
        ]


def _stands_at(phrase: tuple[str, ...], words: list[str], i: int) -> bool:
    if len(phrase) > len(words) - i:
        return False
    # A plain loop over the words after the first, which the index has matched: this runs for every word of every text.
    for k in range(1, len(phrase)):
        part, word = phrase[k], words[i + k]
        if word != part and not (part[-1] == "*" and word.startswith(part[:-1])):
            return False
    return True


@lru_cache(maxsize=128)  # the cue files are searched one after the other for the same text
def split_words(text: str) -> tuple[list[tuple[int, int]], list[str]]:
    """Where the words of a text stand, and the words in lower case."""
    spans = [match.span() for match in WORD.finditer(text)]
    return spans, [text[start:end].lower().replace("’", "'") for start, end in spans]


@cache
def load_cues(package: str, name: str) -> Cues:
    """The cues of file `name` beside the modules of `package` ("lscb_textmine.find", "prose.toml")."""
    data = tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
    return cues_from(data.get("cue", []))


def cues_from(rows: list[dict[str, Any]]) -> Cues:
    """Cues made ready from the `[[cue]]` tables of a TOML file."""
    entries = tuple(_entry(row) for row in rows)
    whole: dict[str, list[Phrase]] = {}
    stems: dict[str, list[Phrase]] = {}
    for entry in entries:
        for phrase in entry.phrases:
            parts = _parts(phrase)
            index, first = (stems, parts[0][:-1]) if parts[0][-1] == "*" else (whole, parts[0])
            index.setdefault(first, []).append((parts, entry.name))
    lengths = {stem[:3]: tuple(sorted({len(each) for each in stems if each[:3] == stem[:3]})) for stem in stems}
    patterns = tuple(
        (LazyPattern(pattern), entry.name, entry.needs == "digit") for entry in entries for pattern in entry.patterns
    )
    gates = Gates([pattern.source for pattern, _, _ in patterns])
    return Cues(entries, _by_second(whole), _by_second(stems), patterns, gates, lengths)


def _by_second(index: dict[str, list[Phrase]]) -> dict[str, Following]:
    """The phrases of each first word by their second word, in the order of the file."""
    found = {}
    for first, phrases in index.items():
        seconds = [parts[1] if len(parts) > 1 and parts[1][-1] != "*" else "" for parts, _ in phrases]
        pairs = list(zip(seconds, phrases, strict=True))
        by_second = {word: [phrase for second, phrase in pairs if second in ("", word)] for word in seconds if word}
        found[first] = Following(by_second, [phrase for second, phrase in pairs if not second])
    return found


def _entry(row: dict[str, Any]) -> Cue:
    several = {key: tuple(row.get(key, ())) for key in ("phrases", "patterns", "matches", "misses")}
    return Cue(name=row["name"], needs=row.get("needs", ""), **several)


def _parts(phrase: str) -> tuple[str, ...]:
    parts = tuple(re.findall(r"[^\W_]+(?:'[^\W_]+)*\*?|[%£]", phrase.lower().replace("’", "'")))
    if not parts or any(len(part) < 4 for part in parts[:1] if part[-1] == "*"):
        raise ValueError(f"a phrase needs words, and at least three letters before *: {phrase!r}")
    return parts
