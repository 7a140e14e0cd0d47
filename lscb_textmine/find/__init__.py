"""A document in; every unit that may be an objective statement out, with what stands around it (codebook section 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lscb_textmine.find.attendance import find_attendance, is_attendance_table, owner_in_full
from lscb_textmine.find.minutes import find_in_minute, find_in_minutes_table
from lscb_textmine.find.news import find_action_news
from lscb_textmine.find.prose import find_in_block
from lscb_textmine.find.tables import find_in_table
from lscb_textmine.records import Attendee, Candidate, Document, Paragraph

__all__ = ["find_action_news", "find_attendance", "find_statements", "is_attendance_table", "owner_in_full"]

ALIKE = 0.8
"""Least share of words that two actions of the same minutes have in common to be one action met twice."""

INSIDE = 0.9
"""Least share of an action's words that stand in a longer wording of it ("It was agreed that BT would ...")."""
DOERS = re.compile(
    r"(?P<names>(?:[A-Z]{2,4}|[A-Z][\w’'-]+)(?:(?: and |, ?| ?[/&] ?)(?:[A-Z]{2,4}|[A-Z][\w’'-]+))*)"
    r" (?:to|will|would|undertook|agreed)\b"
)


def find_statements(document: Document) -> tuple[Candidate, ...]:
    """Every candidate of a document in reading order; what only looks like a statement carries the reason.

    `document.text_at(candidate.place)` is the candidate's text.
    """
    candidates = list(_find_candidates(document))
    if document.doc_type.value not in ("minutes", "action_log"):
        return tuple(candidates)
    attendees = find_attendance(document)
    return tuple(_with_owner(candidate, attendees) for candidate in keep_once(candidates))


def keep_once(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without those met twice (in a summary of actions and in the text); the fuller one is kept."""
    kept: list[Candidate] = []
    words: list[frozenset[str]] = []
    for candidate in candidates:
        own = frozenset(re.findall(r"\w+", candidate.text.lower()))
        twin = None if candidate.turned_down else _twin(own, words, kept)
        if twin is None:
            kept.append(candidate)
            words.append(own)
        elif _fullness(candidate) > _fullness(kept[twin]):
            kept[twin], words[twin] = candidate, own
    return kept


def _find_candidates(document: Document) -> Iterator[Candidate]:
    minutes = document.doc_type.value == "minutes"
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield from (find_in_minute if minutes else find_in_block)(document, index, block)
        elif "statement" in block.roles:
            yield from find_in_table(document, index, block)
        elif minutes:
            yield from find_in_minutes_table(document, index, block)


def _with_owner(candidate: Candidate, attendees: Sequence[Attendee]) -> Candidate:
    doers = DOERS.match(candidate.text)
    named = candidate.cell_text("lead") or (doers["names"] if doers else "")
    owner = owner_in_full(named, attendees) if named and attendees else ""
    return replace(candidate, owner=owner) if owner else candidate


def _twin(own: frozenset[str], words: list[frozenset[str]], kept: list[Candidate]) -> int | None:
    if len(own) < 4:
        return None
    for i, other in enumerate(words):
        if kept[i].turned_down:
            continue
        shared = len(own & other)
        inside = kept[i].form == "minute_action" and shared >= INSIDE * min(len(own), len(other)) and shared >= 6
        if inside or shared >= ALIKE * max(len(own), len(other)):
            return i
    return None


def _fullness(candidate: Candidate) -> int:
    return sum(bool(cell.text) for cell in candidate.cells)
