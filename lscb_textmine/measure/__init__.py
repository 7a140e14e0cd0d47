"""Papers with their objectives in; what they come to for each board out."""

from __future__ import annotations

from collections.abc import Sequence

from lscb_textmine.measure.attendance import count_attendance
from lscb_textmine.measure.carried import count_carried, follow_objectives
from lscb_textmine.measure.enquiries import make_enquiries
from lscb_textmine.measure.indicators import gather_board, make_indicators, tally_board
from lscb_textmine.measure.intervals import wilson_interval
from lscb_textmine.measure.meetings import follow_actions
from lscb_textmine.measure.shares import measure_boards
from lscb_textmine.records import Action, Enquiry, Indicator, Measure, Paper, Thread

__all__ = [
    "count_attendance",
    "follow_actions",
    "follow_objectives",
    "measure_boards",
    "measure_carried",
    "tell_boards",
]


def measure_carried(threads: Sequence[Thread]) -> tuple[Measure, ...]:
    """What became of the objectives of each plan that a later plan follows, as shares of them."""
    return tuple(
        Measure(each.board, each.name, each.count, each.total, *wilson_interval(each.count, each.total), year=each.year)
        for each in count_carried(threads)
    )


def tell_boards(
    papers: Sequence[Paper], threads: Sequence[Thread] = (), actions: Sequence[Action] = ()
) -> tuple[tuple[Indicator, ...], tuple[Enquiry, ...]]:
    """What each board's papers show of the things that the inspection looked for, and the questions this raises."""
    indicators: list[Indicator] = []
    enquiries: list[Enquiry] = []
    for board in sorted({paper.document.board_name for paper in papers}):
        of_board = sorted(
            (paper for paper in papers if paper.document.board_name == board),
            key=lambda each: (each.document.name, each.document.sha256),
        )
        found = gather_board(board, of_board, threads, actions)
        tallies = tally_board(found)
        indicators += make_indicators(board, tallies)
        enquiries += make_enquiries(found, tallies)
    return tuple(indicators), tuple(enquiries)
