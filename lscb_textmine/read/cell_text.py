"""The words of one table cell in; its text with the places where its paragraphs begin, and which are bold, out."""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from lscb_textmine.read.joining import join_lines
from lscb_textmine.read.lines import Line, words_to_lines
from lscb_textmine.read.printed_markers import is_bullet, split_marker
from lscb_textmine.read.words import Word


class CellText(NamedTuple):
    """A cell's text as `records.Cell` keeps it."""

    text: str
    breaks: tuple[int, ...]
    """Offsets at which a further paragraph or list item begins."""
    bold: tuple[tuple[int, int], ...]
    """Offsets of paragraphs that are wholly bold."""


class _Part(NamedTuple):
    """A paragraph of a cell in the making."""

    lines: list[str]
    words: list[Word]


def lines_to_text(words: Sequence[Word], vocabulary: Set[str]) -> CellText:
    """The text of a cell that holds `words`, in stored order; `vocabulary` is that of the document (`words_seen`).

    Bullets are left out and begin a paragraph; numbers and letters that count ("1.", "(a)") begin one and stay.
    """
    if len(words) < 2:
        return _one_word_text(words, vocabulary)
    return _parts_to_text(_lines_to_parts(words_to_lines(words)), vocabulary)


def _one_word_text(words: Sequence[Word], vocabulary: Set[str]) -> CellText:
    if not words:
        return CellText("", (), ())
    text = join_lines([words[0].text], vocabulary)
    return CellText(text, (), ((0, len(text)),) if words[0].bold else ())


def _lines_to_parts(lines: Sequence[Line]) -> list[_Part]:
    """The paragraphs of a cell: a marker, a wider gap or the end of bold type begins a new one."""
    pitches = [second.bottom - first.bottom for first, second in pairwise(lines)]
    usual = min((pitch for pitch in pitches if pitch > 0), default=0.0)
    parts: list[_Part] = []
    for i, line in enumerate(lines):
        marked = split_marker(line.words)
        bullet = marked is not None and is_bullet(marked.marker) and (marked.sure or i == 0 or _ends(lines[i - 1]))
        counted = marked is not None and not is_bullet(marked.marker) and (i == 0 or _ends(lines[i - 1]))
        wide = i > 0 and pitches[i - 1] > 1.3 * max(usual, line.size)
        turned = i > 0 and _bold(lines[i - 1].words) and not _bold(line.words) and line.words[0].text[:1].isupper()
        words = marked.words if bullet and marked else line.words
        if not parts or bullet or counted or wide or turned:
            parts.append(_Part([], []))
        parts[-1].lines.append(line.text if words is line.words else line._replace(words=tuple(words)).text)
        parts[-1].words.extend(words)
    return parts


def _ends(line: Line) -> bool:
    """Whether a list item may begin after this line."""
    return line.words[-1].text[-1] in ".;:,!?)" or line.words[-1].text in ("and", "or")


def _parts_to_text(parts: Sequence[_Part], vocabulary: Set[str]) -> CellText:
    text = ""
    breaks: list[int] = []
    bold: list[tuple[int, int]] = []
    for part in parts:
        piece = join_lines(part.lines, vocabulary).strip()
        if not piece:
            continue
        if text:
            text += " "
            breaks.append(len(text))
        start = len(text)
        text += piece
        if _bold(part.words):
            bold.append((start, len(text)))
    return CellText(text, tuple(breaks), tuple(bold))


def _bold(words: Sequence[Word]) -> bool:
    return all(word.bold for word in words if word.text[-1].isalnum() or len(word.text) > 1)
