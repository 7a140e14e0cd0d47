"""A text in; the places of its sentences, and of a statement's own words within a piece, out."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from tomllib import loads

STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[A-Z0-9ÂÊÎÔÛŴŶ•–-])")
WORD_BEFORE = re.compile(r"[^\s(“\"]+$")
MARKER = re.compile(
    r"\s*(?:[•·●○▪■□◦♦§➢✓*]\s*|[-–—]\s+|o\s+(?=[A-Z])|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+(?=\S)|\d{1,2}(?:\.\d{1,2}[a-z]?)+\.?\s+(?=[A-Z(])"
    r"|(?:our\s+)?(?:vision|mission)(?:\s+statement)?\s*:\s*|(?:aim|objective|priority|goal|recommendation|outcome)\s+(?:\d{1,2}|one|two|three|four|five|six)(?:\.\d+)?\s*[:–—-]\s*)",
    re.IGNORECASE,
)
LABEL = re.compile(
    r"\s*(?:(?:AGREED |KEY |Agreed |New )?(?:ACTIONS?|Actions?)(?: (?:POINT|point|NO\.?|no\.?|required))?\s?\d*"
    r"(?:\s?\((?P<owner>[^)]{1,40})\))?\s*(?:[:–—]|-(?=\s))"
    r"|(?:AGREED|RESOLVED|DECISION|PENDERFYNWYD|GWEITHREDU|CAM GWEITHREDU|Camau? gweithredu)\s*[:–—-])\s*"
)
TAIL = re.compile(
    r"[\s,;:–—-]*(?:[(\[]\s*(?:ACTIONS?|Actions?|Gweithredu)\s?\d*\s*(?:[:–—-]|by|for)?\s*(?P<inside>[^)\]]{1,80})[)\]]\.?"
    r"|(?<=[\s.])(?:ACTIONS?|Actions?|Gweithredu)\s?\d*\s*[:–—-]\s*"
    r"(?P<outside>(?=[A-Z])(?:(?!\b(?:to|will|be)\b)[\w’'.&/, -]){1,40}))\s*$"
)
CLOSING = re.compile(r"(?:\s*[;,]\s*(?:and|or|a|ac|neu)?|\s+(?:and|ac)(?<=; and))\s*$")


@cache
def load_abbreviations() -> frozenset[str]:
    """Words whose full stop ends no sentence, in lower case without the stop."""
    data = loads(files("lscb_textmine.find").joinpath("words.toml").read_text(encoding="utf-8"))
    return frozenset(data["abbreviations"])


def split_sentences(text: str, *, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Start and end of each sentence in `text`, white space at the ends left out.

    >>> text = "Mr. Rees met Dr. Pillai. They agreed."
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['Mr. Rees met Dr. Pillai.', 'They agreed.']
    """
    end = len(text) if end is None else end
    spans, left = [], start
    for stop in STOP.finditer(text, start, end):
        if stop.end() >= end or _is_abbreviation(text[left : stop.start()], stop.group(), text[stop.end() : end]):
            continue
        spans.append((left, stop.end()))
        left = stop.end()
    spans.append((left, end))
    return [span for a, b in spans if (span := strip_space(text, a, b))[1] > span[0]]


def strip_space(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def trim_statement(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without list markers, "ACTION:" labels, "(Action: X)" tails and a closing semicolon (design.md).

    >>> text = "2. ACTION: CF to feed back; and"
    >>> start, end = trim_statement(text, 0, len(text))
    >>> text[start:end]
    'CF to feed back'
    """
    for _ in range(3):
        label = LABEL.match(text, start, end)
        marker = label or MARKER.match(text, start, end)
        if not marker or marker.end() >= end:
            break
        start = marker.end()
    if (tail := TAIL.search(text, start, end)) and tail.start() > start:
        end = tail.start() + (tail.group()[:1] == "." and 1)
    while (closing := CLOSING.search(text, start, end)) and closing.start() > start:
        end = closing.start()
    return strip_space(text, start, end)


def _is_abbreviation(before: str, stop: str, after: str) -> bool:
    if stop[0] != ".":
        return False
    found = WORD_BEFORE.search(before)
    if not found:
        return False
    word = found.group().lower().strip("(“\"'‘.")
    single = len(word) == 1 and word.isalpha() and found.group().isupper()
    if single:
        return bool(re.match(r"\s+[A-Z]", after))
    if word.isdigit():
        return len(before.strip()) == len(word)
    if word in {"a.m", "p.m", "etc"}:
        return not re.match(r"\s+[A-Z]", after)
    return word in load_abbreviations()
