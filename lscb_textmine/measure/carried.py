"""The papers of all boards in; each objective that was followed from paper to paper, and what changed, out.

Objectives are joined by their words alone: the encoder's vectors were tried, alone and beside the words, and made the
joining worse (`scripts/carried.py`); they are near for "neglect" and "suicide", which are the same kind of promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lscb_textmine.measure.changes import list_steps
from lscb_textmine.measure.likeness import weigh_words
from lscb_textmine.measure.matching import APART, HELD, compare_all, pick_pairs
from lscb_textmine.measure.sightings import Seen, see_news, see_objectives
from lscb_textmine.measure.timeline import next_plans, order_papers
from lscb_textmine.records import Paper, Step, Thread

JOINING = ("minutes", "action_log", "terms_of_reference")
"""Kinds of paper whose statements may join a thread but begin none: actions of minutes are followed as actions."""
PLAN = "business_plan"


@dataclass(slots=True)
class Trail:
    """A thread while it is being followed."""

    seen: list[Seen]
    likeness: float = 1.0
    nearest: dict[str, float] = field(default_factory=dict)
    """How like it the most alike statement of each later paper is, by the paper's digest."""
    held: dict[str, float] = field(default_factory=dict)
    """How much of its words one statement of each later paper holds."""


@dataclass(frozen=True, slots=True)
class CarriedCount:
    """How many objectives of a board's plan for a year, of those in all, met one fate."""

    board: str
    year: str
    name: str
    count: int
    total: int


def follow_objectives(papers: Sequence[Paper]) -> tuple[Thread, ...]:
    """The objectives of each board seen in more than one of its papers, and all of a plan that a later one follows.

    An objective of the latter is "dropped" when nothing in the next year's plan, read in full, is at all like it. When
    something there may be the same, but is not like enough to be joined, the thread has one sighting and no step.
    """
    threads: list[Thread] = []
    for board, group in groupby(sorted(papers, key=_board), key=_board):
        of_board = order_papers(list(group))
        if len(of_board) > 1:
            threads += _follow_board(board, of_board)
    return tuple(threads)


def _board(paper: Paper) -> str:
    return paper.document.board_name


def _follow_board(board: str, papers: Sequence[Paper]) -> list[Thread]:
    promised = [see_objectives(paper) for paper in papers]
    told = [see_news(paper) for paper in papers]
    weights = weigh_words(seen.words for group in (*promised, *told) for seen in group)
    trails: list[Trail] = []
    for paper, objectives, news in zip(papers, promised, told, strict=True):
        trails += _follow_into(paper, trails, objectives, news, weights)
    following = next_plans(papers)
    return [_make_thread(board, trail, following) for trail in trails if _worth_keeping(trail, following)]


def _follow_into(
    paper: Paper,
    trails: Sequence[Trail],
    objectives: Sequence[Seen],
    news: Sequence[Seen],
    weights: Mapping[str, float],
) -> list[Trail]:
    """The trails that begin in a paper, once what stands there was added to those that it belongs to.

    What is promised and what is told compete for each trail, so that the audit told as done is not taken for the next
    audit that is like it. Then a trail that is promised there again is given what is told of it.
    """
    left = _join(trails, [*objectives, *news], weights, paper)
    again = [trail for trail in trails if trail.seen[-1].promised and trail.seen[-1].sighting.sha256 == _digest(paper)]
    _join(again, [seen for seen in left if not seen.promised], weights, paper)
    if paper.document.doc_type.value in JOINING:
        return []
    return [Trail([seen]) for seen in left if seen.promised]


def _digest(paper: Paper) -> str:
    return paper.document.sha256


def _join(trails: Sequence[Trail], found: Sequence[Seen], weights: Mapping[str, float], paper: Paper) -> list[Seen]:
    """Add what was found in a paper to the trails that it belongs to; what belongs to none is given back."""
    places = [(number, seen.words) for number, trail in enumerate(trails) for seen in trail.seen]
    owners = [number for number, _ in places]
    near = compare_all([words for _, words in places], [seen.words for seen in found], weights)
    for match in near.pairs:
        _note(trails[owners[match.earlier]].nearest, paper, match.likeness)
    for owner, held in zip(owners, near.held, strict=True):
        _note(trails[owner].held, paper, held)
    joined = pick_pairs(near.pairs, owners)
    for match in joined:
        trail = trails[owners[match.earlier]]
        trail.seen.append(found[match.later])
        trail.likeness = min(trail.likeness, match.likeness)
    taken = {match.later for match in joined}
    return [seen for number, seen in enumerate(found) if number not in taken]


def _note(noted: dict[str, float], paper: Paper, value: float) -> None:
    noted[_digest(paper)] = max(value, noted.get(_digest(paper), 0.0))


def _worth_keeping(trail: Trail, following: Mapping[str, Sequence[Paper]]) -> bool:
    return len(trail.seen) > 1 or trail.seen[0].sighting.sha256 in following


def _make_thread(board: str, trail: Trail, following: Mapping[str, Sequence[Paper]]) -> Thread:
    steps = list_steps(trail.seen)
    sightings = tuple(seen.sighting for seen in trail.seen)
    if not any(step.change in ("reported done", "dropped") for step in steps):
        steps += _miss(trail, following)
    return Thread(board, sightings, steps, round(trail.likeness, 3))


def _miss(trail: Trail, following: Mapping[str, Sequence[Paper]]) -> tuple[Step, ...]:
    """That the objective is not in the plan after the last one in which it stood, when that can be said."""
    plans = [seen.sighting for seen in trail.seen if seen.sighting.doc_type == PLAN and seen.promised]
    later = following.get(plans[-1].sha256, ()) if plans else ()
    if not later or not all(_read_in_full(paper) and _is_gone(trail, _digest(paper)) for paper in later):
        return ()
    names = " and ".join(paper.document.name for paper in later)
    return (Step("dropped", plans[-1].text, f"not seen again in {names}", len(trail.seen) - 1),)


def _is_gone(trail: Trail, digest: str) -> bool:
    return trail.nearest.get(digest, 0.0) < APART and trail.held.get(digest, 0.0) < HELD


def _read_in_full(paper: Paper) -> bool:
    return bool(paper.objectives) and all(page.state in ("read", "empty") for page in paper.document.pages)


def count_carried(threads: Iterable[Thread]) -> tuple[CarriedCount, ...]:
    """Of the objectives of each plan that a later plan follows: carried over, reported done, not seen again.

    Each counts once: as reported done when a paper up to the next plan says so and it is not promised there again, as
    carried over when the next plan or a later one promises it, as not seen again when nothing there is like it. The
    rest, up to the total, cannot be told.
    """
    counts: list[CarriedCount] = []
    for board, group in groupby(sorted(threads, key=lambda thread: thread.board), key=lambda thread: thread.board):
        of_board = list(group)
        years = sorted(
            {sighting.year for thread in of_board for sighting in thread.sightings if sighting.doc_type == PLAN}
        )
        for year in years[:-1] or [year for year in years if any(_tells_missing(thread) for thread in of_board)]:
            fates = [fate for thread in of_board if (fate := _tell_fate(thread, year)) is not None]
            for name in ("carried over", "reported done", "not seen again"):
                counts.append(CarriedCount(board, year, f"objectives {name}", fates.count(name), len(fates)))
    return tuple(counts)


def _tells_missing(thread: Thread) -> bool:
    return any(step.change == "dropped" for step in thread.steps)


def _tell_fate(thread: Thread, year: str) -> str | None:
    """What became of an objective of the plan for a year, `""` when it cannot be told, None when it was not in it."""
    places = [n for n, sighting in enumerate(thread.sightings) if (sighting.doc_type, sighting.year) == (PLAN, year)]
    if not places:
        return None
    done = {step.sighting for step in thread.steps if step.change == "reported done"}
    given_up = {step.sighting for step in thread.steps if step.change == "dropped" and not step.before}
    later = {n for n, each in enumerate(thread.sightings) if each.doc_type == PLAN and each.year > year}
    if later - done - given_up:
        return "carried over"
    if any(n >= places[0] for n in done):
        return "reported done"
    return "not seen again" if _tells_missing(thread) else ""
