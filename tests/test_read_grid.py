"""Grids built by hand: the header, heading rows, carried cells and roles that a reader sees in them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lscb_textmine.read.grid import Grid, GridCell, GridRow, grid_to_table


def make_grid(rows: list[list[str]]) -> Grid:
    """A grid with a cell for each text; bold in the first row."""
    cells = [
        GridCell(text, r, c, bold=((0, len(text)),) if r == 0 and text else ())
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return Grid(tuple(cells), tuple(GridRow(page=1) for _ in rows), len(rows[0]), "lines")


PLAN = [
    ["Ref", "Objective", "Action", "Lead", "By when"],
    ["1.1", "Children are heard", "Ask every child what they think of their plan", "IRO Manager", "March 2012"],
    ["", "", "Publish what they said", "Participation Officer", ""],
]


def test_header_roles_and_rows() -> None:
    table = grid_to_table(make_grid(PLAN))
    assert table.header == ("Ref", "Objective", "Action", "Lead", "By when")
    assert table.roles == ("reference", "parent", "statement", "lead", "timescale")
    assert len(table.rows) == 2


def test_empty_parent_is_carried_and_an_empty_date_is_not() -> None:
    second = grid_to_table(make_grid(PLAN)).rows[1]
    assert [cell.text for cell in second.cells] == [
        "1.1", "Children are heard", "Publish what they said", "Participation Officer", "",
    ]  # fmt: skip
    assert second.cells[1].merged and not second.cells[2].merged


def test_merged_cell_stands_in_each_row_it_covers() -> None:
    grid = make_grid(PLAN)
    cells = [cell for cell in grid.cells if (cell.row, cell.column) not in ((1, 4), (2, 4))]
    grid = Grid((*cells, GridCell("March 2012", 1, 4, row_span=2)), grid.rows, 5, "lines")
    assert [row.cells[4].text for row in grid_to_table(grid).rows] == ["March 2012", "March 2012"]


def test_heading_row_becomes_the_section_of_the_rows_below() -> None:
    grid = make_grid([PLAN[0], [""] * 5, *PLAN[1:]])
    cells = [cell for cell in grid.cells if cell.row != 1]
    grid = Grid((*cells, GridCell("Priority 2: Neglect", 1, 0, column_span=5)), grid.rows, 5, "lines")
    assert {row.section for row in grid_to_table(grid).rows} == {"Priority 2: Neglect"}


def test_repeated_header_is_dropped() -> None:
    table = grid_to_table(make_grid([*PLAN[:2], PLAN[0], PLAN[2]]))
    assert [row.cells[2].text for row in table.rows] == [PLAN[1][2], PLAN[2][2]]


def test_second_header_line_names_the_parts_of_a_merged_name() -> None:
    rows = [
        ["Action", "Timescale", "", "Lead"],
        ["", "Start", "End", ""],
        ["Publish the leaflet", "May", "June", "Chair"],
    ]
    cells = [GridCell(t, r, c) for r, row in enumerate(rows) for c, t in enumerate(row) if t and (r, c) != (0, 1)]
    grid = Grid((*cells, GridCell("Timescale", 0, 1, column_span=2)), (GridRow(),) * 3, 4, "lines")
    table = grid_to_table(grid)
    assert table.header == ("Action", "Timescale Start", "Timescale End", "Lead")
    assert len(table.rows) == 1


def test_attendance_has_no_statement_column() -> None:
    rows = [["Name", "Role", "Agency", "Present"], ["A. Pugh", "Named Nurse", "Health Board", "✓"]]
    assert "statement" not in grid_to_table(make_grid(rows)).roles


@given(st.lists(st.lists(st.text("abc ", max_size=6), min_size=3, max_size=3), min_size=1, max_size=8))
def test_no_words_are_lost(rows: list[list[str]]) -> None:
    table = grid_to_table(make_grid(rows))
    kept = " ".join((*table.header, *(f"{row.section} {' '.join(c.text for c in row.cells)}" for row in table.rows)))
    lost = {word for row in rows for text in row for word in text.split()} - set(kept.split())
    headings = {
        word for row in rows if sum(bool(text.strip()) for text in row) == 1 for text in row for word in text.split()
    }
    assert lost <= headings
