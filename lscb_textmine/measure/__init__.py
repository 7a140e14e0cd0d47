"""Papers with their objectives in; what they come to for each board out."""

from __future__ import annotations

from collections.abc import Sequence

from lscb_textmine.measure.enquiries import make_enquiries
from lscb_textmine.measure.indicators import gather_board, make_indicators, tally_board
from lscb_textmine.measure.shares import measure_boards
from lscb_textmine.records import Action, Enquiry, Indicator, Paper, Thread

__all__ = ["measure_boards", "tell_boards"]


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
