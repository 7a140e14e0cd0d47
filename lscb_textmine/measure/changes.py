"""The sightings of an objective in order in; what changed from each to the next out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lscb_textmine.measure.likeness import YEARS
from lscb_textmine.measure.sightings import Seen
from lscb_textmine.measure.told import changed_owner, moved_deadline
from lscb_textmine.records import Step

OF_MEETINGS = ("minutes", "action_log")
"""Their dates and owners are those of the next small deed, not of the objective."""


def list_steps(seen: Sequence[Seen]) -> tuple[Step, ...]:
    """What changed at each sighting after the first, and where the objective is told to be done or given up."""
    steps: list[Step] = []
    for number, here in enumerate(seen):
        before = next((each for each in reversed(seen[:number]) if each.promised), None)
        if before is not None and here.promised:
            steps += _compare(before, here, number)
            comparable = [each for each in seen[:number] if _has_terms(each)]
            if comparable and _has_terms(here):
                steps += _compare_terms(comparable[-1], here, number)
        steps += _tell(here, number)
    return tuple(_say_unchanged(steps, seen))


def _compare(before: Seen, here: Seen, number: int) -> Iterator[Step]:
    one, other = before.sighting.text, here.sighting.text
    if _plain(one) != _plain(other):
        yield Step("reworded", one, other, number)


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", YEARS.sub(" ", text.lower()))


def _has_terms(seen: Seen) -> bool:
    return seen.promised and seen.sighting.doc_type not in OF_MEETINGS


def _compare_terms(before: Seen, here: Seen, number: int) -> Iterator[Step]:
    one, other = before.sighting, here.sighting
    if moved_deadline(one.deadline, other.deadline, texts=(one.text, other.text)):
        yield Step("deadline moved", one.deadline, other.deadline, number)
    if changed_owner(one.lead, other.lead):
        yield Step("owner changed", one.lead, other.lead, number)


def _tell(here: Seen, number: int) -> Iterator[Step]:
    if here.news == "done":
        yield Step("reported done", "", here.because, number)
    elif here.news == "dropped":
        yield Step("dropped", "", here.because, number)
    elif here.news == "nothing" and number:
        yield Step("no progress told", "", here.because, number)


def _say_unchanged(steps: Sequence[Step], seen: Sequence[Seen]) -> Iterator[Step]:
    """The steps, and "unchanged" for each later sighting at which neither words, deadline nor owner changed."""
    for number, here in enumerate(seen):
        own = [step for step in steps if step.sighting == number]
        if (
            number
            and here.promised
            and not any(step.change not in ("reported done", "no progress told") for step in own)
        ):
            yield Step("unchanged", sighting=number)
        yield from own
