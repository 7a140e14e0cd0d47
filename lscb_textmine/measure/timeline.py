"""The papers of a board in; the order in which they speak, and which plan follows which, out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lscb_textmine.records import Paper

ORDER = ("strategy", "business_plan", "other", "terms_of_reference", "action_log", "minutes", "review", "annual_report")
"""Which of two papers of the same day is read first: what is promised before what is told of it."""
LOOKING_BACK = ("review", "annual_report")
YEAR = re.compile(r"(\d\d)(\d\d)(?:-(\d\d))?")


def place_in_time(paper: Paper) -> str:
    """The ISO day on which a paper speaks, `""` when neither its date nor its year is known.

    Minutes on the day of the meeting, a plan or strategy at the start of its years, an annual report or review at the
    end; a financial year runs from April to March.
    """
    document = paper.document
    if document.doc_type.value in ("minutes", "action_log") and document.dated.value:
        return document.dated.value
    year = YEAR.match(document.year.value)
    if not year:
        return document.dated.value
    century, first, last = year.groups()
    if document.doc_type.value in LOOKING_BACK:
        return f"{century}{last}-03-31" if last else f"{century}{first}-12-31"
    return f"{century}{first}-04-01" if last else f"{century}{first}-01-01"


def order_papers(papers: Sequence[Paper]) -> list[Paper]:
    """The papers that can be placed in time, the earliest first, in an order that the order given does not change."""
    placed = [paper for paper in papers if place_in_time(paper)]
    return sorted(placed, key=lambda paper: (place_in_time(paper), _rank(paper), paper.document.sha256))


def _rank(paper: Paper) -> int:
    kind = paper.document.doc_type.value
    return ORDER.index(kind) if kind in ORDER else ORDER.index("other")


def next_plans(papers: Sequence[Paper]) -> dict[str, tuple[Paper, ...]]:
    """By the digest of each business plan, the business plans of the next year that was read; none for the last."""
    plans = [paper for paper in order_papers(papers) if paper.document.doc_type.value == "business_plan"]
    found = {}
    for plan in plans:
        later = [paper for paper in plans if place_in_time(paper) > place_in_time(plan)]
        following = tuple(paper for paper in later if place_in_time(paper) == place_in_time(later[0]))
        if following:
            found[plan.document.sha256] = following
    return found
