"""Headings and lead-in in; what they say of the words below (objectives, the past, duties, values, ...) out.

Codebook section 1: the heading or column decides, not the verb; a heading that governs a list belongs to each item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lscb_textmine.find.rules import heading_cue
from lscb_textmine.find.sentences import split_sentences
from lscb_textmine.records import Document

YEAR = re.compile(r"\b(20\d\d)\b(?:\s?[/–-]\s?(?:20)?(\d\d)\b)?|(?<![\d/])(\d\d)/(\d\d)(?![\d/])")
OBJECTIVES = "objectives"
PAST = "what was done or found"


def governing_kind(lead_in: str, headings: Sequence[str], *, document: Document) -> str:
    """The kind of thing that stands below: a cue name of `context.toml`, "" when no heading says.

    The lead-in speaks first, by its last sentence; then the headings from the nearest outwards.
    """
    nearest = headings[-1] if headings else ""
    for words in (*_lead_in_words(lead_in), *reversed(headings)):
        kind = heading_cue(words)
        if kind == "contents page" and words != nearest:
            continue  # in large type it stands over every heading that follows
        if kind == "aims":
            kind = PAST if is_past_year(words, document) else OBJECTIVES
        if kind:
            return kind
    return ""


def is_past_year(words: str, document: Document) -> bool:
    """Whether a heading names a year that this paper looks back on ("Priorities 2011/12" in the report for 2011-12)."""
    named, own = _years(words), _years(document.year.value)
    if not named or not own:
        return False
    if document.doc_type.value == "annual_report":
        return max(named) <= max(own) and min(named) <= min(own)
    return max(named) < min(own) or (
        document.doc_type.value in ("business_plan", "strategy") and max(named) <= min(own) and len(named) > 1
    )


def _years(words: str) -> list[int]:
    years = []
    for first, second, short, short_second in YEAR.findall(words):
        start = int(first) if first else 2000 + int(short)
        end = second or short_second
        years += [start, 2000 + int(end)] if end else [start]
    return years


def _lead_in_words(lead_in: str) -> tuple[str, ...]:
    if not lead_in:
        return ()
    left, right = split_sentences(lead_in)[-1] if lead_in.strip() else (0, 0)
    return (lead_in[left:right], lead_in)
