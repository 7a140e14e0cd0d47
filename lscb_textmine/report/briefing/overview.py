"""All boards side by side: shares with their ranges, domain by domain, good practice to look at, patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from lscb_textmine.cues import load_cues
from lscb_textmine.records import DOMAINS, RESULTS, Measure
from lscb_textmine.report.briefing.blocks import Block, Cell, Grid, Quotes, Section, Subheading, Text
from lscb_textmine.report.briefing.pictures import scale_strip, share_strip
from lscb_textmine.report.briefing.promises import in_domain
from lscb_textmine.report.briefing.subject import Found, Subject, pick, tell_facts
from lscb_textmine.report.briefing.wording import Count, headers, names, percent, report_words, shorten, strip_of, words
from lscb_textmine.report.cells import quote_text

MOST_TOGETHER = 10
"""Boards in a table that is kept on one page."""
LONGEST_NAME = 90
MOST_CANDIDATES = 3
"""Under one heading."""
WIDTHS = (30, 14, 28, 28)


def tell_side_by_side(boards: Sequence[Subject]) -> Section:
    """SMART share and outcome share of each board as dots and whiskers."""
    board, statements, smart, outcome = headers("all", "side_header")
    header = (Cell(board), Cell(statements), Cell(smart, chart=scale_strip()), Cell(outcome, chart=scale_strip()))
    rows = tuple(
        (
            Cell(shorten(each.name, LONGEST_NAME)),
            Cell(f"{Count(len(each.statements()))}"),
            _share_cell(each.measure("SMART"), smart),
            _share_cell(each.measure("outcome share"), outcome),
        )
        for each in boards
    )
    grid = Grid(words("all", "side_caption"), header, rows, WIDTHS, _look(rows))
    blocks = (Text(report_words("patterns"), "report"), grid, Text(words("all", "side_note"), "note"))
    return Section("side", words("all", "side"), blocks)


def _share_cell(measure: Measure | None, name: str) -> Cell:
    return Cell(detail=strip_of(measure), chart=share_strip(measure, name))


def _look(rows: Sequence[tuple[Cell, ...]]) -> Literal["plain", "together"]:
    return "together" if len(rows) <= MOST_TOGETHER else "plain"


def tell_domains_compared(boards: Sequence[Subject]) -> Section:
    """Each domain: its statements at every board, and good practice to look at."""
    blocks: list[Block] = [Text(words("all", "candidates_lead"), "note")]
    for domain in DOMAINS:
        blocks.append(Subheading(f"{names('domains')[domain]} ({names('paragraphs')[domain]})"))
        blocks.append(_domain_table(boards, domain))
        blocks += _tell_candidates(boards, domain)
    blocks.append(Text(words("all", "candidates_rule"), "note"))
    return Section("domains", words("all", "domains"), tuple(blocks))


def _domain_table(boards: Sequence[Subject], domain: str) -> Grid:
    board, statements, share, smart = headers("all", "domain_header")
    rows = []
    for each in boards:
        of_board = each.measure(f"domain: {domain}")
        in_this = each.measure(f"SMART in domain: {domain}")
        count = f"{of_board.count:g}" if of_board else "0"
        smart_cell = _share_cell(in_this, smart) if in_this and in_this.total else Cell(words("all", "none_here"))
        rows.append((Cell(shorten(each.name, LONGEST_NAME)), Cell(count), _share_cell(of_board, share), smart_cell))
    header = (Cell(board), Cell(statements), Cell(share, chart=scale_strip()), Cell(smart, chart=scale_strip()))
    return Grid(
        words("all", "domain_caption", domain=names("domains")[domain]),
        header,
        tuple(rows),
        WIDTHS,
        _look(rows),
        captioned=False,
    )


def _tell_candidates(boards: Sequence[Subject], domain: str) -> Iterator[Block]:
    subjects = {each.name: each for each in boards}
    found = [each for subject in boards for each in in_domain(subject.judged(), domain) if is_candidate(each)]
    yield Text(words("all", "candidates"), "label")
    if not found:
        yield Text(words("all", "no_candidates"))
    for heading, members in by_theme(found, domain):
        quotations = []
        for each in _one_a_board(members):
            board = each.paper.document.board_name
            facts = "; ".join(filter(None, (quote_text(board), tell_facts(each.objective))))
            quotations.append(subjects[board].quote(each, facts=facts))
        yield Text(heading, "theme")
        yield Quotes(tuple(quotations))


def is_candidate(found: Found) -> bool:
    """Whether a statement may lead to good practice: SMART, told with certainty, and more than process."""
    return found.smart and not found.objective.needs_review and found.objective.answer("result") != "process"


def by_theme(found: Sequence[Found], domain: str) -> Iterator[tuple[str, list[Found]]]:
    """The statements under the report's headings for a domain, in its order, then those under none of them."""
    cues = load_cues(__package__, "good_practice.toml")
    left = list(found)
    for entry in cues.entries:
        of, heading = entry.name.split(" | ")
        if of == domain:
            members = [each for each in left if entry.name in cues.names_in(each.objective.candidate.text)]
            left = [each for each in left if each not in members]
            if members:
                yield heading, members
    if left:
        yield words("all", "other_theme"), left


def _one_a_board(members: Sequence[Found]) -> list[Found]:
    seen: set[str] = set()
    kept = []
    for each in pick(members, lambda each: -RESULTS.index(each.objective.answer("result")), "label", most=len(members)):
        board = each.paper.document.board_name
        if board not in seen:
            seen.add(board)
            kept.append(each)
    return kept[:MOST_CANDIDATES]


def tell_boards_trusted(boards: Sequence[Subject]) -> Grid:
    """Papers, pages, statements and what needs review at each board."""
    rows = []
    for each in boards:
        pages = [page for paper in each.papers for page in paper.document.pages]
        read, found = sum(page.state == "read" for page in pages), each.statements()
        review = sum(one.objective.needs_review for one in found)
        share = f"{Count(review)} ({percent(review / len(found))})" if found else "0"
        told = words("trust", "all_pages" if read == len(pages) else "pages", read=read, all=len(pages))
        cells = (str(len(each.papers)), told if pages else words("trust", "no_pages"), f"{Count(len(found))}", share)
        rows.append((Cell(shorten(each.name, LONGEST_NAME)), *map(Cell, cells)))
    header = tuple(map(Cell, headers("all", "trust_header")))
    return Grid(words("all", "trust_caption"), header, tuple(rows), (43, 11, 18, 14, 14))
