"""Objectives in; when they fall due, which were overdue at their paper's date, and which have no end, out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from lscb_textmine.cues import load_cues
from lscb_textmine.records import Objective, Paper

DATE = re.compile(r"(\d{4})-(\d{2})-\d{2}$")
QUARTERS = ("January to March", "April to June", "July to September", "October to December")


def quarter_of(deadline: str) -> str:
    """The quarter of an ISO date, `""` for words that give none.

    >>> quarter_of("2012-03-31"), quarter_of("next meeting")
    ('2012 Q1, January to March', '')
    """
    found = DATE.match(deadline)
    quarter = (int(found[2]) - 1) // 3 if found else 0
    return f"{found[1]} Q{quarter + 1}, {QUARTERS[quarter]}" if found else ""


def is_ongoing(objective: Objective) -> bool:
    """Whether the cell that should hold a time says that there is no end."""
    said = objective.candidate.cell_text("timescale")
    return not objective.met("time_limited") and bool(load_cues("lscb_textmine.measure", "timing.toml").find(said))


def is_overdue(objective: Objective, paper: Paper) -> bool:
    """Whether the deadline lay before the date that the paper gives itself."""
    return has_date(objective) and objective.deadline < paper.document.dated.value


def is_done(objective: Objective) -> bool:
    """Whether the row's own status or progress cell says that it is done."""
    said = objective.candidate.cell_text("status", "progress")
    return "done" in load_cues("lscb_textmine.measure", "timing.toml").names_in(said)


def has_date(objective: Objective) -> bool:
    """Whether the deadline is a calendar date."""
    return DATE.match(objective.deadline or "") is not None


def count_times(papers: Sequence[Paper]) -> Iterator[tuple[str, int, int]]:
    """Name, count and total: deadlines that are dates, each quarter's share of them, those overdue, and "ongoing"."""
    judged = [each for paper in papers for each in paper.objectives if each.judged]
    dated = [each for each in judged if has_date(each)]
    yield "deadline: a date", len(dated), len(judged)
    yield "deadline: ongoing", sum(map(is_ongoing, judged)), len(judged)
    told = [
        (each, paper)
        for paper in papers
        if paper.document.dated.value
        for each in paper.objectives
        if each.judged and has_date(each) and not is_done(each)
    ]
    yield "deadline: before the paper's own date", sum(is_overdue(*pair) for pair in told), len(told)
    for quarter, count in sorted(Counter(quarter_of(each.deadline) for each in dated).items()):
        yield f"deadline in {quarter}", count, len(dated)
