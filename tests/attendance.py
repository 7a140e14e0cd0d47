"""How far the attendance found in a paper agrees with what a person read there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from lscb_textmine.records import Attendee

ALIKE = 90
"""Least likeness of two spellings of an agency, of 100 (rapidfuzz's ratio of the words in any order)."""


def count_right(found: Sequence[Attendee], gold: Sequence[Mapping[str, str]]) -> int:
    """The people of the gold who were found with name, status, agency and, where the gold gives it, meeting."""
    left = list(found)
    right = 0
    for person in gold:
        match = next((each for each in left if _is_right(each, person)), None)
        if match:
            left.remove(match)
            right += 1
    return right


def errors(found: Sequence[Attendee], gold: Sequence[Mapping[str, str]]) -> list[str]:
    """What the gold has and was not found so, and what was found beside it."""
    missed = [f"missed {dict(person)}" for person in gold if not any(_is_right(each, person) for each in found)]
    return missed + [f"extra {each}" for each in found if not any(_is_right(each, person) for person in gold)]


def _is_right(attendee: Attendee, person: Mapping[str, str]) -> bool:
    return (
        _plain(attendee.name) == _plain(person["name"])
        and attendee.status == person["status"]
        and same_agency(attendee.agency, person["agency"])
        and person.get("meeting", attendee.meeting) == attendee.meeting
        and person.get("deputises", attendee.deputises) == attendee.deputises
    )


def same_agency(one: str, other: str) -> bool:
    return fuzz.token_sort_ratio(_plain(one), _plain(other)) >= ALIKE or _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
