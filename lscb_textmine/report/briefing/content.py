"""A study in; its briefings as plain content out. Here alone figures are taken, so that page and document agree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lscb_textmine.records import Paper, Study
from lscb_textmine.report.briefing.blocks import Block, Briefing, Bullets, Section, Subheading, Text
from lscb_textmine.report.briefing.changes import tell_changes
from lscb_textmine.report.briefing.enquiries import tell_enquiries
from lscb_textmine.report.briefing.examples import tell_kinds, tell_smart
from lscb_textmine.report.briefing.meetings import tell_meetings
from lscb_textmine.report.briefing.overview import tell_boards_trusted, tell_domains_compared, tell_side_by_side
from lscb_textmine.report.briefing.patterns import tell_patterns
from lscb_textmine.report.briefing.promises import tell_domains, tell_glance
from lscb_textmine.report.briefing.subject import Subject, in_order, links_of, subjects_of, years_of
from lscb_textmine.report.briefing.trust import tell_accuracy, tell_limits, tell_problem, tell_sureness, tell_trust
from lscb_textmine.report.briefing.wording import report_words, shorten, words
from lscb_textmine.report.cells import quote_text

LONGEST_TITLE = 140
SECTIONS = (
    tell_glance, tell_domains, tell_smart, tell_kinds, tell_changes, tell_meetings, tell_enquiries, tell_trust,
)  # fmt: skip


def study_to_briefings(study: Study, folder: Path) -> list[tuple[str, Briefing]]:
    """Each board's name with its briefing, and last, where there are several, `""` with the one over all of them.

    `folder` is where they will stand: their links lead from there to the papers.
    """
    boards = subjects_of(study, folder)
    found = [(board.name, tell_board(board)) for board in boards]
    if len(boards) > 1:
        everything = Subject("", study, in_order(study.papers), links_of(study, folder))
        found.append(("", tell_all_boards(everything, boards)))
    return found


def tell_board(board: Subject) -> Briefing:
    """The briefing on one board."""
    title = shorten(board.name, LONGEST_TITLE)
    lead = words(
        "head", "lead", papers=len(board.papers), years=_span(board.papers), statements=len(board.statements())
    )
    footer = words("head", "footer", title=title)
    sections = tuple(tell(board) for tell in SECTIONS)
    return Briefing(title, words("head", "over"), words("head", "under"), lead, sections, footer)


def tell_all_boards(everything: Subject, boards: Sequence[Subject]) -> Briefing:
    """The briefing over all boards."""
    lead = words(
        "head",
        "lead_all",
        boards=len(boards),
        papers=len(everything.papers),
        years=_span(everything.papers),
        statements=len(everything.statements()),
    )
    sections = (
        tell_side_by_side(boards), tell_domains_compared(boards), tell_patterns(boards), _trust_all(everything, boards),
    )  # fmt: skip
    return Briefing(
        words("head", "title_all"), words("head", "over_all"), words("head", "under_all"), lead, sections,
        words("head", "footer_all"),
    )  # fmt: skip


def _trust_all(everything: Subject, boards: Sequence[Subject]) -> Section:
    blocks: list[Block] = [Text(report_words("trust"), "report"), tell_boards_trusted(boards)]
    blocks.append(Subheading(words("trust", "unread")))
    problems = sorted(everything.study.problems, key=lambda each: (each.path, each.page or 0, each.message))
    if problems:
        blocks.append(Bullets(tuple(tell_problem(problem) for problem in problems)))
    else:
        blocks.append(Text(words("trust", "all_read")))
    blocks += [Text(text) for text in tell_sureness(everything)]
    blocks += [*tell_accuracy(everything.study.accuracy), *tell_limits()]
    return Section("trust", words("all", "trust"), tuple(blocks))


def _span(papers: Sequence[Paper]) -> str:
    years = [quote_text(year) for year in years_of(papers)]
    if not years:
        return ""
    return words("head", "years", span=years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}")
