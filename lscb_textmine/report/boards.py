"""A study in; the sheets Boards (measures with intervals, charts) and Domains (board by domain) out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lscb_textmine.records import CRITERIA, DOMAINS, Measure, Study
from lscb_textmine.report.sheet import Formats, Value, set_up_page, write_table, write_text
from lscb_textmine.report.styles import DARK, MIDDLE, Column, Styled

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

SHOWN = (
    ("SMART", "SMART"),
    *((f"criterion: {name}", name.replace("_", "-").capitalize()) for name in CRITERIA),
    ("mean score (share of 5)", "Mean score, as a share of 5"),
    ("outcome share", "Outcome share of results language"),
    ("outcome share, corrected", "Outcome share, corrected"),
    ("process share", "Process share"),
    ("owner: the Board", "Led by the Board itself"),
    ("owner: sub-group", "Led by sub-groups"),
    ("owner: several agencies", "Led by several agencies"),
    ("owner: single agency", "Led by one agency"),
    ("owner: nobody", "Nobody named"),
    ("deadline: a date", "Deadline is a date"),
    ("deadline: ongoing", "“Ongoing”"),
    ("needs review", "Needs review"),
)
"""Measures of the sheet Boards by their names, and what they are called there; all of them are in measures.csv."""
BOARDS = (
    Column("Board", 34),
    Column("Year", 9, "short"),
    Column("Measure", 32),
    Column("Count", 8, "number"),
    Column("of", 8, "number"),
    Column("Share", 8, "share"),
    Column("From (95 %)", 9, "share"),
    Column("To (95 %)", 9, "share"),
    Column("Enough to compare", 20),
)
DOMAIN_NAMES = {
    "outcomes": "Improving safeguarding outcomes for children",
    "strategy": "Establishing the Board's strategic direction",
    "governance": "Establishing effective governance",
    "capacity": "Building capacity",
    "delivery": "Delivering outputs",
}
TABLE = (Column("Board", 34), *(Column(DOMAIN_NAMES[domain], 17, "share") for domain in DOMAINS))
CHART = (
    Column("Board", 34),
    *(Column(f"{name} {part}", 10, "share") for name in ("SMART", "Outcome share") for part in ("", "below", "above")),
)
CHARTED = {
    "SMART": "Share of objectives that are SMART",
    "outcome share": "Outcome share of results language",
}
"""Measures that are drawn, and the charts' titles."""
DomainRow = tuple[str, list[Measure | None]]
"""A board and its measure in each domain."""
CHART_LEFT = len(BOARDS) + 1
CHART_ROWS = 18
SCALE = {
    **{"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#8FB3D1"},
    **{"min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1},
}


def add_boards(workbook: Workbook, study: Study, formats: Formats) -> None:
    """The sheet Boards: every measure of each board and year, and a chart of the two that inspectors ask for first."""
    sheet = workbook.add_worksheet("Boards")
    set_up_page(sheet, "Boards", header=0, frozen_columns=1)
    sheet.set_row(0, 32)
    write_table(sheet, BOARDS, board_rows(study), formats=formats)
    _write_chart_table(sheet, study, formats)
    boards = len(_whole_boards(study))
    for number, title in enumerate(CHARTED.values()):
        if boards:
            _insert_chart(workbook, sheet, number, title, boards)


def board_rows(study: Study) -> Iterator[list[Value]]:
    """A row for each measure of each board, and of each of its years where there are several."""
    for measure in _ordered(study):
        name = dict(SHOWN)[measure.name]
        share: Value = Styled("–", "centre") if measure.share is None else measure.share
        interval: list[Value] = [measure.low, measure.high] if measure.total else [None, None]
        enough = "yes" if measure.enough else "too few to compare"
        yield [
            measure.board or "All boards",
            measure.year,
            name,
            measure.count,
            measure.total,
            share,
            *interval,
            enough,
        ]


def _ordered(study: Study) -> list[Measure]:
    """The measures shown: boards in order, each whole and then by year, measures in the order of `SHOWN`."""
    place = {name: i for i, (name, _) in enumerate(SHOWN)}
    shown = [each for each in study.measures if each.name in place and not each.document]
    several = {
        board for board in {each.board for each in shown} if len({m.year for m in shown if m.board == board}) > 2
    }
    kept = [each for each in shown if not each.year or each.board in several]
    return sorted(kept, key=lambda each: (each.board == "", each.board, each.year, place[each.name]))


def _whole_boards(study: Study) -> list[tuple[str, Mapping[str, Measure]]]:
    """Each board with its measures over all years and papers, by their names."""
    names = sorted({each.board for each in study.measures if each.board})
    whole = [each for each in study.measures if not each.year and not each.document]
    return [(name, {each.name: each for each in whole if each.board == name}) for name in names]


def _write_chart_table(sheet: Worksheet, study: Study, formats: Formats) -> None:
    """What the charts are drawn from, to the right of the table: shares, and how far the interval reaches."""
    for number, column in enumerate(CHART):
        sheet.set_column(CHART_LEFT + number, CHART_LEFT + number, column.width)
        sheet.write_string(0, CHART_LEFT + number, column.name, formats["header"])
    for row, (board, measures) in enumerate(_whole_boards(study), start=1):
        write_text(sheet, row, CHART_LEFT, board, formats, "text")
        for number, name in enumerate(CHARTED):
            measure, left = measures[name], CHART_LEFT + 1 + 3 * number
            if measure.share is None or not measure.enough:
                for each in range(3):
                    sheet.write_string(row, left + each, "too few" if not each else "", formats["centre"])
                continue
            values = (measure.share, measure.share - measure.low, measure.high - measure.share)
            for each, value in enumerate(values):
                sheet.write_number(row, left + each, max(0.0, value), formats["share"])


def _insert_chart(workbook: Workbook, sheet: Worksheet, number: int, title: str, boards: int) -> None:
    """Dots with whiskers: a bar would say that the part below the dot is certain."""
    left = CHART_LEFT + 1 + 3 * number
    chart = workbook.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": title,
            "categories": ["Boards", 1, CHART_LEFT, boards, CHART_LEFT],
            "values": ["Boards", 1, left, boards, left],
            "line": {"none": True},
            "marker": {"type": "circle", "size": 8, "fill": {"color": DARK}, "border": {"color": DARK}},
            "y_error_bars": {
                "type": "custom",
                "minus_values": _column_range(left + 1, boards),
                "plus_values": _column_range(left + 2, boards),
                "line": {"color": DARK, "width": 1.5},
            },
        }
    )
    chart.set_title({"name": f"{title}, with 95 % interval", "name_font": {"size": 12, "color": DARK}})
    chart.set_y_axis(
        {"min": 0, "max": 1, "num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": MIDDLE}}}
    )
    chart.set_x_axis({"num_font": {"size": 9}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 640, "height": 340})
    sheet.insert_chart(boards + 3 + CHART_ROWS * number, CHART_LEFT, chart, {"description": f"{title} of each board"})


def _column_range(column: int, rows: int) -> str:
    """The cells of a column below the header, as a formula."""
    from xlsxwriter.utility import xl_range_abs

    return f"=Boards!{xl_range_abs(1, column, rows, column)}"


def add_domains(workbook: Workbook, study: Study, formats: Formats) -> None:
    """The sheet Domains: how each board's objectives are spread over the five domains, and how many are SMART."""
    sheet = workbook.add_worksheet("Domains")
    set_up_page(sheet, "Domains", header=1, frozen_columns=1)
    boards = _whole_boards(study)
    tables = (
        ("Share of each board's objectives that serve a domain first of all", "domain: {}"),
        ("Share of the objectives of a domain that are SMART", "SMART in domain: {}"),
    )
    for number, (title, name) in enumerate(tables):
        top = number * (2 * len(boards) + 4)
        sheet.write_string(top, 0, title, formats["title"])
        rows = [_domain_row(board, measures, name) for board, measures in boards]
        _write_heat(sheet, top + 1, rows, formats)
    sheet.set_column(1, len(DOMAINS), 17)


def _domain_row(board: str, measures: Mapping[str, Measure], name: str) -> DomainRow:
    return board, [measures.get(name.format(domain)) for domain in DOMAINS]


def _write_heat(sheet: Worksheet, top: int, rows: Sequence[DomainRow], formats: Formats) -> None:
    """Two lines a board: the shares, shaded, and below them the counts, so that no share stands alone."""
    for number, column in enumerate(TABLE):
        sheet.write_string(top, number, column.name, formats["header"])
    sheet.set_column(0, 0, TABLE[0].width)
    sheet.set_row(top, 60)
    for i, (board, measures) in enumerate(rows):
        row = top + 1 + 2 * i
        sheet.merge_range(row, 0, row + 1, 0, "", formats["heading"])
        write_text(sheet, row, 0, board, formats, "heading")
        for number, measure in enumerate(measures, start=1):
            if measure is None or measure.share is None:
                sheet.write_string(row, number, "none", formats["centre"])
                sheet.write_string(row + 1, number, "no objective", formats["centre"])
                continue
            sheet.write_number(row, number, measure.share, formats["share"])
            few = "" if measure.enough else "; too few"
            sheet.write_string(row + 1, number, f"{measure.count:g} of {measure.total:g}{few}", formats["centre"])
        sheet.conditional_format(row, 1, row, len(DOMAINS), SCALE)
