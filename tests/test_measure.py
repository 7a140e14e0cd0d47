"""Shares with their intervals: always between 0 and 1, never changed by the order of the papers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import make_paper, make_study

from lscb_textmine.measure import measure_boards
from lscb_textmine.measure.intervals import wilson_interval
from lscb_textmine.records import Measure


def find_measure(measures: tuple[Measure, ...], board: str, name: str) -> Measure:
    return next(each for each in measures if (each.board, each.year, each.document, each.name) == (board, "", "", name))


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_wilson_interval_agrees_with_published_figures(count: int, total: int, low: float, high: float) -> None:
    assert wilson_interval(count, total) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(0, 500), st.integers(0, 500))
def test_interval_holds_the_share_within_0_and_1(left: int, right: int) -> None:
    count, total = min(left, right), max(left, right)
    low, high = wilson_interval(count, total)
    assert 0 <= low <= high <= 1
    assert not total or (low <= count / total + 1e-12 and count / total <= high + 1e-12)


@given(st.permutations(make_study().papers))
def test_order_of_papers_changes_no_measure(papers: list) -> None:  # type: ignore[type-arg]
    assert measure_boards(papers) == measure_boards(make_study().papers)


def test_welsh_statements_are_not_counted_over() -> None:
    smart = find_measure(make_study().measures, "Cwm Arthen Local Safeguarding Children Board", "SMART")
    assert (smart.count, smart.total, smart.enough) == (1, 2, False)


def test_outcome_share_is_over_spans() -> None:
    share = find_measure(make_study().measures, "Cwm Arthen Local Safeguarding Children Board", "outcome share")
    assert (share.count, share.total) == (2, 4)


def test_years_of_a_board_are_measured_beside_the_whole() -> None:
    measures = [each for each in make_study().measures if each.name == "SMART" and not each.document]
    thornmere = [each.year for each in measures if each.board.startswith("Thornmere")]
    assert thornmere == ["", "2011-12", "2012-13"]


def test_board_without_name_or_statements_has_no_share() -> None:
    (share, *_) = measure_boards([make_paper("plan.pdf", "", ())])
    assert (share.board, share.share, share.low, share.high) == ("Board not named", None, 0.0, 1.0)
