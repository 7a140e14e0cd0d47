"""Objectives in; whose they are (the Board's, a sub-group's, one agency's, several agencies', nobody's) out.

Joint inspection report (2011): over-emphasis on the work of individual agencies in place of a collective approach
(3.1, 3.3), sub-groups led by social services (5.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from lscb_textmine.cues import load_cues
from lscb_textmine.records import Objective

OWNERS = ("the Board", "sub-group", "single agency", "several agencies", "person or post, agency not told", "nobody")
SOCIAL_SERVICES = "agency: social services"
AGENCY = "agency: "
DEPARTMENTS = frozenset(("agency: social services", "agency: education", "agency: housing", "agency: youth service"))
PARTIES = re.compile(r"\s*(?:[;/,&+]|\band\b|\bwith\b|\ba\b(?= [A-Z])|\bgyda\b)\s*")
INITIALS = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z]")
BRACKETED = re.compile(r"[(\[]([^)\]]*)[)\]]")


def owner_of(objective: Objective) -> str:
    """Which of `OWNERS` has the lead of an objective."""
    return _owner_named(_named(objective))


def leads_of(objective: Objective) -> frozenset[str]:
    """The agencies that have the lead of an objective, without those whose agency is not told."""
    return frozenset(kind.removeprefix(AGENCY) for kind in _kinds(_named(objective)) if kind.startswith(AGENCY))


def _named(objective: Objective) -> str:
    """The lead as the paper names it; with the attendance list's agencies where minutes give initials."""
    return objective.candidate.owner or objective.lead or ""


@lru_cache(maxsize=4096)
def _owner_named(named: str) -> str:
    kinds = _kinds(named)
    agencies = {kind for kind in kinds if kind.startswith(AGENCY)}
    if agencies & DEPARTMENTS:
        agencies.discard("agency: council")  # "HR (Education)": two departments of one authority
    if "sub-group" in kinds:
        return "sub-group"
    if len(agencies) > 1 or "several agencies" in kinds or (agencies and "board" in kinds):
        return "several agencies"
    if agencies:
        return "single agency"
    if "board" in kinds:
        return "the Board"
    return "person or post, agency not told" if "person" in kinds else "nobody"


@lru_cache(maxsize=4096)
def _kinds(named: str) -> frozenset[str]:
    """What the parties named as leads are: keys of `ownership.toml`, "person" for a name that says no more."""
    cues = load_cues("lscb_textmine.measure", "ownership.toml")
    if not named.strip(" –-?.") or "nobody" in cues.names_in(named):
        return frozenset()
    # the whole first: "Fire and Rescue" and "Voluntary Services Council" are one party each
    whole = _longest(named)
    parts = [part for part in PARTIES.split(BRACKETED.sub(r"; \1", named)) if part.strip(" .")]
    if len(parts) > 1 and all(INITIALS.fullmatch(part.strip()) for part in parts):
        return frozenset(("person",))  # "AM / GP": GP is a person here
    kinds = [kind for part in parts for kind in _longest(part)] if len(parts) > 1 and not _is_one(named) else whole
    return frozenset(kinds) or frozenset(("person",))


def _is_one(named: str) -> bool:
    """Whether one phrase of the file covers nearly all of a name, joined by "and" as it may be."""
    cues = load_cues("lscb_textmine.measure", "ownership.toml")
    return any(hit.end - hit.start >= len(named.strip()) - 3 for hit in cues.find(named))


def _longest(part: str) -> list[str]:
    """The kinds whose phrases stand in a party's name, without those that a longer phrase covers."""
    hits = load_cues("lscb_textmine.measure", "ownership.toml").find(part)
    kept = [
        hit
        for hit in hits
        if not any(
            other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
            for other in hits
        )
    ]
    kinds = {hit.name for hit in kept}
    if "sub-group" in kinds:
        return ["sub-group"]
    agencies = sorted((hit.start, hit.name) for hit in kept if hit.name.startswith(AGENCY))
    if agencies and "several agencies" not in kinds:
        return [agencies[0][1]]  # "Police Training Officer": the agency goes before the post
    return sorted(kinds)


def count_owners(objectives: Sequence[Objective]) -> Iterator[tuple[str, int, int]]:
    """Name, count and total: each kind of owner of all judged statements, then each agency of those that an agency
    leads alone."""
    owners = [owner_of(each) for each in objectives]
    for owner in OWNERS:
        yield f"owner: {owner}", owners.count(owner), len(owners)
    led = [leads_of(each) for each in objectives]
    alone = [agencies for agencies, owner in zip(led, owners, strict=True) if owner == "single agency"]
    social = sum("social services" in agencies for agencies in alone)
    yield "single-agency leads held by social services", social, len(alone)
    named = [agencies for agencies in led if agencies]
    yield "leads that social services have or share", sum("social services" in each for each in named), len(named)
