"""Crossings and cells are those of pdfplumber's own finder, whatever the lines."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells

from lscb_textmine.read.crossings import cells_to_groups, crossings_to_cells, edges_to_crossings

ENDS = st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 6)).map(
    lambda each: tuple(10 * part for part in each)
)


def edge(line: tuple[int, ...], *, upright: bool) -> dict[str, Any]:
    place, first, second = line
    low, high = sorted((first, second))
    if upright:
        return {"orientation": "v", "x0": place, "x1": place, "top": low, "bottom": high}
    return {"orientation": "h", "x0": low, "x1": high, "top": place, "bottom": place}


@given(st.lists(ENDS, max_size=12, unique=True), st.lists(ENDS, max_size=12, unique=True))
def test_the_same_cells_as_pdfplumber(upright: list[tuple[int, ...]], level: list[tuple[int, ...]]) -> None:
    edges = [edge(each, upright=True) for each in upright] + [edge(each, upright=False) for each in level]
    crossings, expected = edges_to_crossings(edges, 3), edges_to_intersections(edges, 3, 3)
    assert set(crossings) == set(expected)
    cells = crossings_to_cells(crossings)
    assert cells == intersections_to_cells(expected)
    assert {frozenset(group) for group in cells_to_groups(cells)} == {
        frozenset(group) for group in cells_to_tables(cells)
    }
