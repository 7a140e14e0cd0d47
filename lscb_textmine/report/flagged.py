"""A paper in; what was flagged as personal in each of its findings out."""

from __future__ import annotations

from lscb_textmine.records import Objective, Paper, finding_id

MASKED = (
    "What names or identifies a child or family is replaced by what it is, in brackets, in every sheet and file; a "
    "machine does not find all of it: read before passing on."
)
KEPT = (
    "Nothing is masked: {count} findings may name or identify a child or family (Evidence and Not counted, column "
    "Personal data). Run with --mask to replace it."
)


def kinds_by_finding(paper: Paper) -> dict[str, str]:
    """The kinds flagged in each finding, by its identifier ("date of birth, name")."""
    kinds: dict[str, set[str]] = {}
    for flag in paper.flags:
        kinds.setdefault(flag.finding, set()).add(flag.kind)
    return {finding: ", ".join(sorted(found)) for finding, found in kinds.items()}


def kinds_in(objective: Objective, paper: Paper, kinds: dict[str, str]) -> str:
    """The kinds flagged in an objective, `""` for none."""
    candidate = objective.candidate
    return kinds.get(finding_id(paper.document.sha256, candidate.place, candidate.text), "") if kinds else ""


def count_flagged(paper: Paper) -> int:
    """How many findings of a paper hold something personal; its title and its file name count as one."""
    return len({flag.finding for flag in paper.flags})
