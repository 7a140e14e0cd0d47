"""Papers in; who was at each meeting by agency, with one spelling for each agency of a board, out (report 4.2, 4.5)."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rapidfuzz.distance import Indel

from lscb_textmine.measure.meetings import name_body
from lscb_textmine.records import AgencyMeeting, Attendee, Paper, Status

ALIKE = 0.8
"""Least likeness of two spellings of a word in an agency's name (rapidfuzz, 0 to 1)."""
NOT_STATED = "Agency not stated"


@dataclass(frozen=True, slots=True)
class Seen:
    """A person, or an agency without a name, at one meeting of a board."""

    board: str
    meeting: str
    attendee: Attendee


def count_attendance(papers: Sequence[Paper]) -> tuple[AgencyMeeting, ...]:
    """Each agency at each meeting that names it, by board, agency and meeting.

    One who stands in for a member counts as a deputy whatever mark stands beside the name. A meeting that is listed in
    several papers counts once a person, as its own minutes have it.
    """
    counts: dict[tuple[str, str, str], Counter[Status]] = {}
    spellings = _spell_boards(papers)
    for seen in see_once(papers):
        named = seen.attendee.agency or (NOT_STATED if seen.attendee.name else "")
        key = seen.board, spellings[seen.board].get(named, named), seen.meeting
        status: Status = "deputy" if seen.attendee.deputises else seen.attendee.status
        counts.setdefault(key, Counter())[status] += 1
    return tuple(
        AgencyMeeting(*key, found["present"], found["apologies"], found["absent"], found["deputy"])
        for key, found in sorted(counts.items())
    )


def see_once(papers: Sequence[Paper]) -> list[Seen]:
    """Everyone at every meeting, once each: a meeting's own minutes go before a later table that lists it."""
    found: dict[tuple[str, str, str, str], Seen] = {}
    own = [(paper, each) for paper in papers for each in paper.attendance if not each.meeting]
    listed = [(paper, each) for paper in papers for each in paper.attendance if each.meeting]
    told = {(paper.document.board_name, name_meeting(paper, each)) for paper, each in own}
    for paper, each in (*own, *listed):
        board, meeting = paper.document.board_name, name_meeting(paper, each)
        if not each.meeting or (board, meeting) not in told:
            found.setdefault(
                (board, meeting, each.name.lower(), "" if each.name else each.agency), Seen(board, meeting, each)
            )
    return list(found.values())


def name_meeting(paper: Paper, attendee: Attendee) -> str:
    """The meeting's date, with its sub-group where the paper is of one; the paper's name where no date is told."""
    when = attendee.meeting or paper.document.dated.value or paper.document.name
    body = name_body(paper)
    return f"{when} ({body})" if body and when != paper.document.name else when


def _spell_boards(papers: Sequence[Paper]) -> dict[str, dict[str, str]]:
    named: dict[str, list[str]] = {}
    for paper in papers:
        named.setdefault(paper.document.board_name, []).extend(each.agency for each in paper.attendance if each.agency)
    return {board: spell_agencies(names) for board, names in named.items()}


def spell_agencies(names: Iterable[str]) -> dict[str, str]:
    """For each spelling the one under which its agency is shown: the most frequent, of equals the longest.

    >>> spell_agencies(["Probation Trust", "Probation Trust", "Probation Service", "Police"])
    {'Probation Trust': 'Probation Trust', 'Probation Service': 'Probation Trust', 'Police': 'Police'}
    """
    counts = Counter(names)
    shown: dict[str, str] = {}
    for name in sorted(counts, key=lambda each: (-counts[each], -len(each), each)):
        twin = next((other for other in dict.fromkeys(shown.values()) if same_agency(name, other)), name)
        shown[name] = twin
    return {name: shown[name] for name in counts}


def same_agency(one: str, other: str) -> bool:
    """Whether two spellings name one agency of a board: word by word alike, fillers left out.

    >>> same_agency("Marlham CCG", "Marlham CVS"), same_agency("Childrens Services", "Children’s Services")
    (False, True)
    """
    left, right = _telling(one), _telling(other)
    return len(left) == len(right) and all(
        a == b or (len(a) > 3 and Indel.normalized_similarity(a, b) >= ALIKE) for a, b in zip(left, right, strict=True)
    )


def _telling(name: str) -> list[str]:
    words = re.findall(r"[^\W_]+", name.lower().replace("’", "").replace("'", ""))
    return sorted(word for word in words if word not in _fillers()) or sorted(words)


@cache
def _fillers() -> frozenset[str]:
    data = tomllib.loads(files("lscb_textmine.measure").joinpath("meetings.toml").read_text(encoding="utf-8"))
    return frozenset(data["agencies"]["fillers"])
