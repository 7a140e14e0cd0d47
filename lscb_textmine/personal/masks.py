"""A text in; the text with what is personal in it replaced, and where each part of it stands now, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lscb_textmine.personal.finding import find_personal

MASKS = {
    "name": "[child or family name]",
    "date of birth": "[date of birth]",
    "NHS number": "[NHS number]",
    "address": "[address]",
    "case number": "[case number]",
    "phone number": "[phone number]",
    "e-mail address": "[e-mail address]",
}
"""What stands in the place of each kind."""
Secrets = tuple[tuple[str, str], ...]
"""Words to be masked wherever they stand, with their kind."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Characters of a text that a mask replaces."""

    start: int
    end: int
    mask: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text with its masks, and the edits that made it, in order and without overlap."""

    text: str
    edits: tuple[Edit, ...] = ()

    def move(self, start: int, end: int) -> tuple[int, int]:
        """Where characters of the text as it was stand now; what lies in part under a mask takes in all of it.

        >>> mask = Masked("ab [address] c", (Edit(3, 7, "[address]"),))
        >>> mask.move(0, 2), mask.move(5, 7), mask.move(8, 9)
        ((0, 2), (3, 12), (13, 14))
        """
        return self._shift(start, last=False), max(self._shift(start, last=False), self._shift(end, last=True))

    def _shift(self, offset: int, *, last: bool) -> int:
        moved = offset
        for edit in self.edits:
            if edit.end <= offset:
                moved += len(edit.mask) - (edit.end - edit.start)
            elif edit.start < offset:
                return moved - (offset - edit.start) + (len(edit.mask) if last else 0)
        return moved

    def touches(self, start: int, end: int) -> bool:
        """Whether a mask stands over any of these characters of the text as it was."""
        return any(edit.start < end and start < edit.end for edit in self.edits)


@dataclass(frozen=True, slots=True)
class Masker:
    """What is masked in the texts of a paper or a board: what the words around tell, and the secrets wherever."""

    secrets: Secrets = ()
    kept: frozenset[str] = frozenset()
    """The members' names in lower case."""
    pattern: re.Pattern[str] | None = None

    def mask(self, text: str) -> Masked:
        """The text without anything personal."""
        found = [(span.start, span.end, span.kind) for span in find_personal(text, self.kept)]
        found += self._secrets_in(text, found)
        edits = tuple(Edit(start, end, MASKS[kind]) for start, end, kind in sorted(found))
        parts, done = [], 0
        for edit in edits:
            parts += [text[done : edit.start], edit.mask]
            done = edit.end
        return Masked("".join((*parts, text[done:])), edits)

    def __call__(self, text: str) -> str:
        """The masked text alone."""
        return self.mask(text).text

    def _secrets_in(self, text: str, found: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
        """Where secrets stand beside what is found; a member's full name shields its parts."""
        if self.pattern is None or not (matches := list(self.pattern.finditer(text))):
            return
        kinds = {plain(words): kind for words, kind in self.secrets}
        shields = [shield.span() for name in self.kept if " " in name for shield in _whole(name).finditer(text)]
        taken = [(start, end) for start, end, _ in found]
        for match in matches:
            start, end = match.span()
            if not any(left < end and start < right for left, right in (*taken, *shields)):
                yield start, end, kinds[plain(match[0])]


def plain(words: str) -> str:
    """Words in lower case with single spaces, as secrets are compared."""
    return " ".join(words.split()).lower()


def make_masker(secrets: Iterable[tuple[str, str]], kept: Iterable[str] = ()) -> Masker:
    """A masker for these secrets, the longest first, so that a whole name goes before its parts."""
    ordered = tuple(sorted(set(secrets), key=lambda each: (-len(each[0]), each)))
    source = "|".join(_source(words) for words, _ in ordered)
    return Masker(ordered, frozenset(kept), re.compile(source) if source else None)


def _source(words: str) -> str:
    """The pattern of a secret: any white space, and any case where it is more than one short word."""
    spaced = r"[\s_]+".join(map(re.escape, words.split()))
    whole = rf"(?<![^\W_]){spaced}(?![^\W_])"
    return f"(?i:{whole})" if len(words) > 4 else whole


def _whole(name: str) -> re.Pattern[str]:
    return re.compile(r"\b" + r"\s+".join(map(re.escape, name.split())) + r"\b", re.IGNORECASE)
