"""A text in; the few patterns of a set that could match it, by the letters that each cannot do without, out.

Searching a sentence for two hundred patterns takes longer than reading it off the page, and nearly none of them match.
`scripts/gates.py` works out of each pattern some groups of three letters of which one stands in every match.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

SIZE = 3
FEW = 12
"""So few patterns are searched for sooner than their gates are looked at."""
ALIKE = frozenset("ſıİ")
"""Letters that a pattern takes for s and i, case ignored, though `lower` does not make them so."""


class LazyPattern:
    """A regular expression, case ignored, compiled when a text first opens its gate: most never are in a short run."""

    __slots__ = ("_compiled", "source")

    def __init__(self, source: str) -> None:
        self.source = source
        self._compiled: re.Pattern[str] | None = None

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern ready for use."""
        if self._compiled is None:
            self._compiled = re.compile(self.source, re.IGNORECASE)
        return self._compiled


class Gates:
    """The patterns of a set by the letters that open them."""

    __slots__ = ("always", "count", "doors")

    def __init__(self, sources: Sequence[str]) -> None:
        known = load_gates()
        self.count = len(sources)
        self.always = [i for i, source in enumerate(sources) if source not in known]
        self.doors: dict[str, list[int]] = {}
        for i, source in enumerate(sources):
            for gram in known.get(source, ()):
                self.doors.setdefault(gram, []).append(i)

    def open_for(self, text: str) -> Sequence[int]:
        """The places, in order, of the patterns that may match `text`."""
        grams = grams_of(text) if self.count >= FEW else None
        if grams is None:
            return range(self.count)
        opened = set(self.always)
        for gram in self.doors.keys() & grams:
            opened.update(self.doors[gram])
        return sorted(opened)


def split_grams(text: str) -> set[str]:
    """Every three neighbouring characters of a text."""
    return {text[i : i + SIZE] for i in range(len(text) - SIZE + 1)}


@lru_cache(maxsize=128)  # the cue files are searched one after the other for the same text
def grams_of(text: str) -> frozenset[str] | None:
    """The letters of a text that open gates; None when it holds letters whose case is no plain matter."""
    if not text.isascii() and not ALIKE.isdisjoint(text):
        return None
    return frozenset(split_grams(text.lower()))


@cache
def load_gates() -> dict[str, list[str]]:
    """The gate of each pattern that has one."""
    text = files("lscb_textmine").joinpath("gates.json").read_text(encoding="utf-8")
    found: dict[str, list[str]] = json.loads(text)
    return found
