"""A sentence or list item and what governs it in; whether it promises something, and if not why, out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lscb_textmine.find.context import OBJECTIVES, PAST
from lscb_textmine.find.openings import has_doer_to, name_opening
from lscb_textmine.find.rules import first_cue

GATE = re.compile(
    r"\b(?:will|shall|should|would|ought|to|aims?|vision|objectives?|priorit\w+|goals?|committed|set itself|agreed"
    r"|asked|that|requested|resolved|assurance|targets?|striv\w+|determined|next|bydd\w*|fydd\w*|bwriad\w*|dyl\w+|cytunwyd|sicrhau"
    r"|rydym|prif|nod)\b|[’']ll\b",
    re.IGNORECASE,
)
DATED = re.compile(
    r"\b(?:20\d\d|(?:by|before|from|in) (?:the end of |early |late )?(?:january|february|march|april|may|june"
    r"|july|august|september|october|november|december|spring|summer|autumn|easter|christmas)"
    r"|(?:this|next|coming) year)\b",
    re.IGNORECASE,
)
ASKED = re.compile(r"\b(?:what|whether|how|why|whose?|whom)\b(?:(?! and (?:\w+ ){0,2}will\b)[^,.;:])*", re.IGNORECASE)
"""A clause that asks or relates promises nothing of its own: "what a good report would contain"."""
SURVIVES_PAST = frozenset(("will", "is to", "intention", "aim", "agreed", "request", "has been asked to", "bydd"))
FINDING = re.compile(r"\b(?:was|were|had)\b|^\W*(?:an? |the )?(?:need|lack)\b", re.IGNORECASE)
"""Codebook section 1: an area for development is no statement when worded as a finding or need."""
REASONS = {
    PAST: "under a heading of what was done or found",
    "duties and functions set by law or remit": "under a heading of duties, functions or remit",
    "values and principles": "a value or principle",
    "risks": "a risk",
    "a key to ratings": "a key to ratings",
    "contact details": "contact details",
    "contents page": "contents page",
    "findings": "under a heading of findings",
    "what was dropped": "under a heading of what was dropped",
    "measures": "a measure, under a heading of measures",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What marks words as a promise ("" for nothing), and why they are none after all ("" when they may be one)."""

    sign: str = ""
    turned_down: str = ""


def judge_sentence(text: str, kind: str, *, setting: str = "", listed: bool = False) -> Verdict:
    """The verdict on a sentence or list item. `kind` is what governs it, `setting` "minutes" or ""."""
    sign = find_sign(text, setting=setting, listed=listed or kind == OBJECTIVES)
    if not sign and not (listed and kind):
        return Verdict()
    reason = first_cue("lookalikes.toml", text, setting=setting)
    if kind == OBJECTIVES and listed:
        if not sign and FINDING.search(text):
            reason = reason or "worded as a finding or need"
        return Verdict(sign or "listed", "" if reason == "a risk" else reason)
    return Verdict(sign or "listed", reason or _reason_by_kind(text, kind, sign, listed=listed))


def find_sign(text: str, *, setting: str = "", listed: bool = False) -> str:
    """The name of the first sign of a promise in the text, "" for none.

    Openings without a doer ("Publish ...", "Development of ...") are signs only in lists and under objectives.
    """
    opening = name_opening(text)
    if opening == "infinitive" or (listed and opening):
        return opening
    if not GATE.search(text):
        return ""
    text = ASKED.sub(lambda found: " " * len(found[0]), text)
    return first_cue("signs.toml", text, setting=setting) or ("doer to do" if has_doer_to(text) else "")


def _reason_by_kind(text: str, kind: str, sign: str, *, listed: bool) -> str:
    if kind not in REASONS:
        return ""
    if kind in (PAST, "findings", "what was dropped") and sign in SURVIVES_PAST:
        return ""
    if kind == "values and principles" and sign == "aim" and not listed:
        return ""
    if kind == "duties and functions set by law or remit" and (
        DATED.search(text) or (sign not in ("will", "should", "infinitive", "listed") and not listed)
    ):
        return ""
    if kind == "contact details" and sign == "will" and not listed:
        return ""
    return REASONS[kind]
