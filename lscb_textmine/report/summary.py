"""A study in; the rows of the sheet Summary out: boards by rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lscb_textmine.records import DOMAINS, Measure, Paper, Study
from lscb_textmine.report.flagged import KEPT, MASKED, count_flagged
from lscb_textmine.report.run import is_masked
from lscb_textmine.report.sheet import Value
from lscb_textmine.report.styles import Column, Styled

TITLE = "What these boards promise, and whether anyone could tell that it was done"
LEAD = (
    "Every objective found in the papers, judged by the words on the page. Read first: this sheet for the boards side "
    "by side, then Evidence, filtered by board, with the rows marked “review” before the others; the page number opens "
    "the paper there. Problems lists what could not be read. Method says what each word means and what a machine "
    "cannot judge."
)
SUMMARY = (
    Column("Board", 34),
    Column("Papers read", 8, "number"),
    Column("Pages read", 8, "number"),
    Column("Statements", 11, "number"),
    Column("of these judged", 9, "number"),
    Column("Share SMART", 9, "share"),
    Column("SMART: count, 95 % range", 23),
    *(Column(f"Domain: {domain}", 11, "share") for domain in DOMAINS),
    Column("Outcome share", 9, "share"),
    Column("Outcome phrases: count, 95 % range", 23),
    Column("To review", 8, "number"),
    Column("Not counted", 9, "number"),
    Column("Problems", 9, "number"),
)


def lead_of(study: Study) -> str:
    """How to read the workbook, and whether personal data in it is masked."""
    flagged = sum(map(count_flagged, study.papers))
    told = MASKED if is_masked(study) else KEPT.format(count=flagged) if flagged else ""
    return f"{LEAD} {told}".rstrip()


def summary_rows(study: Study) -> Iterator[list[Value]]:
    """A row for each board, and a last one for all of them when there are several."""
    boards = sorted({paper.document.board_name for paper in study.papers})
    for board in boards:
        yield _summary_row(study, board, [paper for paper in study.papers if paper.document.board_name == board])
    if len(boards) > 1:
        yield [Styled(_value(each), "total") if i == 0 else each for i, each in enumerate(_all_boards(study))]


def _all_boards(study: Study) -> list[Value]:
    return _summary_row(study, "", study.papers)


def _value(cell: Value) -> str | float | None:
    return cell.value if isinstance(cell, Styled) else cell


def _summary_row(study: Study, board: str, papers: Sequence[Paper]) -> list[Value]:
    shares = {each.name: each for each in study.measures if (each.board, each.year, each.document) == (board, "", "")}
    objectives = [objective for paper in papers for objective in paper.objectives]
    paths = {paper.document.path for paper in papers}
    pages = [page for paper in papers for page in paper.document.pages]
    return [
        board or "All boards",
        len(papers),
        sum(page.state == "read" for page in pages) if pages else None,
        len(objectives),
        sum(objective.judged for objective in objectives),
        *_share_cells(shares.get("SMART")),
        *(_share_cells(shares.get(f"domain: {domain}"))[0] for domain in DOMAINS),
        *_share_cells(shares.get("outcome share")),
        sum(objective.needs_review for objective in objectives),
        sum(len(paper.rejected) for paper in papers),
        sum(not board or problem.path in paths for problem in study.problems),
    ]


def _share_cells(measure: Measure | None) -> list[Value]:
    """The share, and the count with its range beside it, so that it never stands alone."""
    if measure is None or measure.share is None:
        return [Styled("–", "centre"), "none to count"]
    counted = f"{measure.count:g} of {measure.total:g} ({measure.low:.0%} to {measure.high:.0%})"
    return [measure.share, counted if measure.enough else f"{counted}; too few to compare"]
