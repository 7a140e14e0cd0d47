"""Words in; the pieces that a BERT model knows them by, with the characters of each, out.

Own code, as every library that does this brings a client that downloads models, and this tool opens no connection.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
LONGEST_WORD = 100
"""Characters of a word beyond which BERT takes it as unknown."""
UNKNOWN = "[UNK]"


class Piece(NamedTuple):
    """A piece of a word: its number in the vocabulary, and its characters in the text."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class WordPieces:
    """A vocabulary of word pieces; a piece that goes on a word begins with "##"."""

    numbers: dict[str, int]
    known: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict, compare=False, repr=False)
    """Words met before, with number and length of each piece."""

    def split(self, text: str, *, most: int) -> list[Piece]:
        """The pieces of a text by longest match first, `most` at most (Devlin and others, BERT, 2019; uncased).

        >>> pieces = WordPieces({"[UNK]": 0, "re": 1, "##view": 2, "plan": 3})
        >>> [piece.number for piece in pieces.split("Review: plan", most=9)]
        [1, 2, 0, 3]
        """
        found: list[Piece] = []
        for match in WORD.finditer(text):
            if len(found) >= most:
                break
            at = match.start()
            for number, length in self._pieces_of(match.group()):
                found.append(Piece(number, at, at + length))
                at += length
        return found[:most]

    def _pieces_of(self, word: str) -> tuple[tuple[int, int], ...]:
        if word not in self.known:
            self.known[word] = self._match(word)
        return self.known[word]

    def _match(self, word: str) -> tuple[tuple[int, int], ...]:
        plain = "".join(_plain(character) for character in word)
        whole = ((self.numbers[UNKNOWN], len(word)),)
        if len(plain) != len(word) or len(word) > LONGEST_WORD:
            return whole
        found: list[tuple[int, int]] = []
        start = 0
        while start < len(plain):
            before = "##" if start else ""
            end = next((end for end in range(len(plain), start, -1) if before + plain[start:end] in self.numbers), 0)
            if not end:
                return whole
            found.append((self.numbers[before + plain[start:end]], end - start))
            start = end
        return tuple(found)


def read_vocabulary(lines: str) -> WordPieces:
    """The word pieces of a vocabulary file: a piece a line, numbered from 0."""
    return WordPieces({piece: number for number, piece in enumerate(lines.rstrip("\n").split("\n"))})


def _plain(character: str) -> str:
    """A character in lower case without its accent, always one character long where it can be."""
    bare = unicodedata.normalize("NFD", character.lower())
    return "".join(each for each in bare if unicodedata.category(each) != "Mn")
