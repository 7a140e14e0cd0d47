"""A board's papers in; what they show of each thing that the inspection looked for, with the rows behind it, out.

Joint inspection report on Local Safeguarding Children Boards in Wales (2011), main findings 9-19 and section two.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from lscb_textmine.cues import load_cues
from lscb_textmine.measure.attendance import count_attendance
from lscb_textmine.measure.intervals import wilson_interval
from lscb_textmine.measure.ownership import leads_of, owner_of
from lscb_textmine.measure.timing import has_date, is_done, is_overdue
from lscb_textmine.records import (
    DOMAINS,
    Action,
    EvidenceRow,
    Indicator,
    Objective,
    Paper,
    Sheet,
    Sighting,
    Thread,
    attendee_id,
    finding_id,
)

BARE = 5
"""Words up to which a row needs its heading to say what it is about."""
MINUTES = ("minutes", "action_log")
STANDING = ("unchanged", "no progress told", "deadline moved", "reworded", "owner changed")
"""What may have changed without any progress being told."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A statement, or a sentence about results, with the themes of `themes.toml` that it speaks of."""

    row: EvidenceRow
    themes: frozenset[str]
    paper: Paper
    objective: Objective | None = None


@dataclass(frozen=True, slots=True)
class BoardPapers:
    """Everything known of one board."""

    board: str
    papers: tuple[Paper, ...]
    statements: tuple[Passage, ...]
    passages: tuple[Passage, ...]
    """The statements, then the sentences of running text about results."""
    threads: tuple[Thread, ...]
    actions: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """The rows that show a thing, and those that were looked at and do not."""

    shown: tuple[EvidenceRow, ...] = ()
    other: tuple[EvidenceRow, ...] = ()
    counted: tuple[int, int] | None = None
    """Count and total where they are no numbers of rows."""

    @property
    def count(self) -> int:
        """How many show it."""
        return self.counted[0] if self.counted else len(self.shown)

    @property
    def total(self) -> int:
        """How many were looked at."""
        return self.counted[1] if self.counted else len(self.shown) + len(self.other)


Test = Callable[[Passage], bool]


def gather_board(
    board: str, papers: Sequence[Paper], threads: Iterable[Thread], actions: Iterable[Action]
) -> BoardPapers:
    """What the papers of one board hold, ready for counting."""
    statements = tuple(
        Passage(EvidenceRow("Evidence", row_id(paper, objective)), themes_of(objective), paper, objective)
        for paper in papers
        for objective in paper.objectives
        if objective.judged
    )
    cues = load_cues("lscb_textmine.measure", "themes.toml")
    sentences = tuple(
        Passage(
            EvidenceRow("Language", finding_id(paper.document.sha256, each.place, each.text)),
            frozenset(cues.names_in(each.text)),
            paper,
        )
        for paper in papers
        for each in paper.results
    )
    return BoardPapers(
        board,
        tuple(papers),
        statements,
        (*statements, *sentences),
        tuple(each for each in threads if each.board == board),
        tuple(each for each in actions if each.board == board),
    )


def row_id(paper: Paper, objective: Objective) -> str:
    """The identifier of a statement's row."""
    return finding_id(paper.document.sha256, objective.candidate.place, objective.candidate.text)


def themes_of(objective: Objective) -> frozenset[str]:
    """The themes that a statement speaks of: in its words and measure cells, for a bare row in its heading too."""
    candidate = objective.candidate
    heading = candidate.section if len(candidate.text.split()) <= BARE else ""
    words = ". ".join(part for part in (candidate.text, candidate.cell_text("measure"), heading) if part)
    return frozenset(load_cues("lscb_textmine.measure", "themes.toml").names_in(words))


def _split(passages: Iterable[Passage], shows: Test) -> Tally:
    looked_at = list(passages)
    return Tally(
        tuple(each.row for each in looked_at if shows(each)), tuple(each.row for each in looked_at if not shows(each))
    )


def _theme(*wanted: str) -> Callable[[BoardPapers], Tally]:
    """Of all passages, those that speak of a theme."""
    return lambda board: _split(board.passages, lambda each: bool(each.themes & set(wanted)))


def _within(theme: str, *wanted: str) -> Callable[[BoardPapers], Tally]:
    """Of the passages on one theme, those that also speak of another."""

    def tally(board: BoardPapers) -> Tally:
        on_theme = [each for each in board.passages if theme in each.themes]
        return _split(on_theme, lambda each: bool(each.themes & set(wanted)))

    return tally


def _statements(
    shows: Callable[[Passage], bool], of: Callable[[Passage], bool] | None = None
) -> Callable[[BoardPapers], Tally]:
    """Of the statements (of those that `of` keeps), those that show a thing."""
    return lambda board: _split([each for each in board.statements if of is None or of(each)], shows)


def _owner(passage: Passage) -> str:
    return owner_of(passage.objective) if passage.objective else ""


def _is_smart(passage: Passage) -> bool:
    return passage.objective is not None and passage.objective.label == "SMART"


def _measures_outcome(passage: Passage) -> bool:
    objective = passage.objective
    promises = objective is not None and objective.answer("result") == "outcome" and objective.met("measurable")
    return promises or "outcome measure" in passage.themes


def _has_lead(passage: Passage) -> bool:
    return _owner(passage) not in ("nobody", "person or post, agency not told")


def _can_be_overdue(passage: Passage) -> bool:
    """Whether a dated paper holds an objective with a date, of which its own row does not say that it is done."""
    dated = bool(passage.paper.document.dated.value)
    return dated and passage.objective is not None and has_date(passage.objective) and not is_done(passage.objective)


def _is_overdue(passage: Passage) -> bool:
    return passage.objective is not None and is_overdue(passage.objective, passage.paper)


def _count_domains(board: BoardPapers) -> Tally:
    served = {each.objective.answer("domain") for each in board.statements if each.objective} & set(DOMAINS)
    return Tally(counted=(len(served), len(DOMAINS) if board.statements else 0))


def _count_challenge(board: BoardPapers) -> Tally:
    minutes = [paper for paper in board.papers if paper.document.doc_type.value == "minutes"]
    rows = tuple(
        EvidenceRow("Challenge", finding_id(paper.document.sha256, each.place, each.text))
        for paper in minutes
        for each in paper.challenge
    )
    silent = tuple(_paper_row(paper) for paper in minutes if not paper.challenge)
    return Tally(rows, silent, (sum(bool(paper.challenge) for paper in minutes), len(minutes)))


def _paper_row(paper: Paper) -> EvidenceRow:
    return EvidenceRow("Papers", paper.document.sha256)


def _count_attendance(board: BoardPapers) -> Tally:
    """Agencies by meetings: those of which somebody came, a deputy included; the rows are those of their people."""
    seats = count_attendance(board.papers)
    absent = tuple(
        EvidenceRow("Attendance", attendee_id(paper.document.sha256, each))
        for paper in board.papers
        for each in paper.attendance
        if each.status in ("apologies", "absent")
    )
    here = tuple(
        EvidenceRow("Attendance", attendee_id(paper.document.sha256, each))
        for paper in board.papers
        for each in paper.attendance
        if each.status in ("present", "deputy")
    )
    return Tally(here, absent, (sum(each.attended for each in seats), len(seats)))


def _count_actions(board: BoardPapers) -> Tally:
    followed = [each for each in board.actions if each.state != "agreed"]
    return Tally(
        tuple(EvidenceRow("Actions", each.id) for each in followed if each.state == "closed"),
        tuple(EvidenceRow("Actions", each.id) for each in followed if each.state != "closed"),
    )


def _count_carried(board: BoardPapers) -> Tally:
    """Of the objectives in plans of two years: those of which no later row tells any progress."""
    sheet: Sheet = "Objectives over time"
    followed = [(each, _plans_of(each)) for each in board.threads]
    repeated = [(each, plans) for each, plans in followed if len({plan.year for plan in plans}) > 1]
    still = [plans[-1] for each, plans in repeated if _stands_still(each, plans)]
    others = [plans[-1] for each, plans in repeated if not _stands_still(each, plans)]
    return Tally(
        tuple(EvidenceRow(sheet, each.id) for each in still), tuple(EvidenceRow(sheet, each.id) for each in others)
    )


def _plans_of(thread: Thread) -> list[Sighting]:
    """The sightings in which it is promised by a plan or strategy, oldest first."""
    return [each for each in thread.sightings if each.doc_type in ("business_plan", "strategy")]


def _stands_still(thread: Thread, plans: Sequence[Sighting]) -> bool:
    """Whether no step tells an end and no later plan's row tells progress."""
    return all(step.change in STANDING for step in thread.steps) and not any(each.progress for each in plans[1:])


COUNTS: dict[str, Callable[[BoardPapers], Tally]] = {
    "collective": _statements(
        lambda each: _owner(each) in ("the Board", "sub-group", "several agencies"), of=_has_lead
    ),
    "social_services": _statements(
        lambda each: each.objective is not None and "social services" in leads_of(each.objective),
        of=lambda each: _owner(each) == "single agency",
    ),
    "unowned": _statements(lambda each: _owner(each) == "nobody"),
    "challenge": _count_challenge,
    "attendance": _count_attendance,
    "actions_closed": _count_actions,
    "overdue": _statements(
        lambda each: each.objective is not None and is_overdue(each.objective, each.paper),
        of=lambda each: (
            each.objective is not None and has_date(each.objective) and bool(each.paper.document.dated.value)
        ),
    ),
    "smart": _statements(_is_smart),
    "dated": _statements(lambda each: each.objective is not None and each.objective.met("time_limited")),
    "not_carried": _count_carried,
    "domains": _count_domains,
    "partnerships": _statements(lambda each: "other partnerships" in each.themes),
    "sub_groups": _statements(lambda each: _owner(each) == "sub-group", of=_has_lead),
    "funding": _within("funding", "agreed"),
    "outcome_measures": _statements(_measures_outcome),
    "line_of_sight": _theme("line of sight to practice"),
    "audits_multi": _within("audit", "multi-agency"),
    "audits_child": _within("audit", "child's experience", "voice of the child"),
    "training_evaluated": _within("training", "evaluated for impact"),
    "voice": _theme("voice of the child"),
    "communities": _theme("parents and communities"),
}
"""How each indicator of `indicators.toml` is counted."""


@cache
def load_indicators() -> tuple[dict[str, Any], ...]:
    """The indicators as the file gives them, in its order."""
    text = files("lscb_textmine.measure").joinpath("indicators.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["indicator"])


def tally_board(board: BoardPapers) -> dict[str, Tally]:
    """What shows each indicator, by its key."""
    return {each["key"]: COUNTS[each["key"]](board) for each in load_indicators()}


def make_indicators(board: str, tallies: dict[str, Tally]) -> tuple[Indicator, ...]:
    """Each indicator of a board, its figure in one sentence."""
    return tuple(_make_indicator(board, about, tallies[about["key"]]) for about in load_indicators())


def _make_indicator(board: str, about: dict[str, Any], tally: Tally) -> Indicator:
    low, high = wilson_interval(tally.count, tally.total)
    return Indicator(
        board=board,
        count=tally.count,
        total=tally.total,
        finding=say_finding(about, tally),
        evidence=tally.shown,
        low=low,
        high=high,
        **{name: about[name] for name in ("key", "title", "factor", "definition", "paragraph")},
    )


def say_finding(about: dict[str, Any], tally: Tally) -> str:
    """The sentence of `indicators.toml` with the figures put in."""
    if not tally.total:
        return str(about["none"])
    return str(about["finding"]).format(count=tally.count, total=tally.total, share=f"{tally.count / tally.total:.0%}")
