"""A study in; the sheets Findings and Lines of enquiry, and findings.csv, out: indicators with the rows behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lscb_textmine.records import EvidenceRow, Indicator, Study
from lscb_textmine.report.lines import table_to_csv
from lscb_textmine.report.sheet import Formats, Value, set_up_page, write_table
from lscb_textmine.report.styles import Column, Styled

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

FINDINGS = (
    Column("Board", 26),
    Column("Factor", 20),
    Column("What was looked for", 30),
    Column("What the papers show", 60),
    Column("Count", 8, "number"),
    Column("of", 8, "number"),
    Column("Share", 8, "share"),
    Column("95 % range", 13, "centre"),
    Column("Evidence", 24, "link"),
    Column("Report, paragraph", 15),
    Column("How it is counted", 50),
)
ENQUIRIES = (
    Column("Board", 26),
    Column("To ask", 17),
    Column("Question", 60),
    Column("Because", 50),
    Column("Domain", 12, "short"),
    Column("Raised by", 25, "link"),
)
Folding = tuple[str, list[Value], tuple[EvidenceRow, ...]]
"""A board, a row, and the rows of evidence folded below it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row of evidence stands in the workbook, and its words."""

    row: int
    """Counted from 1, as the workbook does."""
    text: str


Spots = Mapping[tuple[str, str], Spot]
"""By sheet and identifier."""


def add_findings(workbook: Workbook, study: Study, formats: Formats, spots: Spots) -> None:
    """The sheet Findings: each indicator, and folded below it the rows it rests on, each a link."""
    sheet = workbook.add_worksheet("Findings")
    set_up_page(sheet, "Findings", header=0, frozen_columns=1)
    sheet.set_row(0, 32)
    _write_folded(
        sheet,
        FINDINGS,
        [(each.board, _indicator_row(each, spots), each.evidence) for each in study.indicators],
        formats,
        spots,
        under="What the papers show",
    )


def _write_folded(
    sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Folding], formats: Formats, spots: Spots, *, under: str
) -> None:
    """Each row, and folded away below it the rows of evidence that it rests on, each a link; their words stand in the
    column named `under`."""
    written: list[list[Value]] = []
    folded: list[int] = []
    for board, row, evidence in rows:
        written.append(row)
        for each in evidence:
            if (each.sheet, each.id) in spots:
                spot = spots[each.sheet, each.id]
                cells = {"Board": board, under: f"“{spot.text}”"}
                link = link_to_rows((each,), spots)
                written.append([link if column.look == "link" else cells.get(column.name) for column in columns])
                folded.append(len(written))
    write_table(sheet, columns, written, formats=formats)
    for number in folded:
        sheet.set_row(number, 28, None, {"level": 1, "hidden": True})
    sheet.outline_settings(visible=True, symbols_below=False, symbols_right=False, auto_style=False)


def _indicator_row(indicator: Indicator, spots: Spots) -> list[Value]:
    counted = bool(indicator.total)
    return [
        *(indicator.board, indicator.factor, Styled(indicator.title, "heading"), indicator.finding),
        *(indicator.count if counted else None, indicator.total if counted else None),
        indicator.count / indicator.total if counted else None,
        f"{indicator.low:.0%} to {indicator.high:.0%}" if counted else None,
        link_to_rows(indicator.evidence, spots),
        *(indicator.paragraph, indicator.definition),
    ]


def link_to_rows(evidence: tuple[EvidenceRow, ...], spots: Spots) -> Value:
    """A link to the first of the rows that says how many there are; nothing where there is none."""
    known = [each for each in evidence if (each.sheet, each.id) in spots]
    if not known:
        return None
    first = known[0]
    place = spots[first.sheet, first.id].row
    more = f" and {len(known) - 1} more" if len(known) > 1 else ""
    return Styled(f"{first.sheet} {place}{more}", "link", f"internal:'{first.sheet}'!A{place}")


def add_enquiries(workbook: Workbook, study: Study, formats: Formats, spots: Spots) -> None:
    """The sheet Lines of enquiry: the questions that the findings raise, by board and audience."""
    sheet = workbook.add_worksheet("Lines of enquiry")
    set_up_page(sheet, "Lines of enquiry", header=0, frozen_columns=1)
    sheet.set_row(0, 32)
    rows = [
        (each.board, row, each.raised_by) for each, row in zip(study.enquiries, enquiry_rows(study, spots), strict=True)
    ]
    _write_folded(sheet, ENQUIRIES, rows, formats, spots, under="Question")


def enquiry_rows(study: Study, spots: Spots) -> Iterator[list[Value]]:
    """A row for each question."""
    for each in study.enquiries:
        yield [each.board, each.audience, each.question, each.because, each.domain, link_to_rows(each.raised_by, spots)]


def findings_to_csv(study: Study) -> bytes:
    """Each indicator with its figure, definition, paragraph and the identifiers of its evidence rows."""
    header = (
        *("board", "factor", "key", "title", "finding", "count", "total", "share", "low", "high"),
        *("paragraph", "definition", "evidence"),
    )
    rows = (
        (
            *(each.board, each.factor, each.key, each.title, each.finding, each.count, each.total),
            *(round(each.count / each.total, 4) if each.total else None, round(each.low, 4), round(each.high, 4)),
            *(each.paragraph, each.definition, "; ".join(f"{row.sheet}:{row.id}" for row in each.evidence)),
        )
        for each in study.indicators
    )
    return table_to_csv(header, rows)
