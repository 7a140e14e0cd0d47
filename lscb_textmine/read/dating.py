"""A paper's blocks and file name in; the day it gives for itself, with where that stands, out.

Minutes and action logs have the day of their meeting; other papers the day on which they say they were agreed,
presented or printed. A period that a plan covers, the next meeting, the last minutes and a review to come are none of
these, and where only the year is told there is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lscb_textmine.cues import Cues, load_cues
from lscb_textmine.records import Block, Day, Known, Table, find_days

MEETINGS = ("minutes", "action_log")
CLAUSE = re.compile(r"(?<!\bv)[;()|]\s*|(?<=[a-z0-9])\.\s+(?=[A-Z])")
OPENING_BLOCKS = 12
"""Blocks from the beginning among which a title, a table of date and venue, and a list of those present stand."""
BARE_WORDS = 3
"""Most words beside a date in a line that says nothing else ("Thursday 20th January 2011, 9.30 a.m.")."""
LONGEST_LINE = 40
"""Words. The line that names a meeting may run on with its time and its place."""


def find_date(blocks: Sequence[Block], title: Sequence[str], stem: str, *, doc_type: str) -> Known:
    """The ISO date of a paper, from its title page or else its file name; unknown where neither gives one.

    `title` are the lines of its title page. Where only a month is named, the date is the month's last day.
    """
    dated = [day for line in title for day in own_days(line)]
    found = _of_meeting(blocks) if doc_type in MEETINGS else _latest(dated)
    if found:
        return Known(found.iso, "title page")
    named = _latest(list(find_days(stem)), exact_first=True)
    if named:
        return Known(named.iso, "file name")
    column = _of_column(blocks) if doc_type in MEETINGS else None
    return Known(column.iso, "attendance table") if column else Known()


def own_days(line: str) -> Iterator[Day]:
    """The days in a line of a title page that are the paper's own: said to be, or alone in their line.

    >>> [day.iso for day in own_days("Agreed by the Board on 18th March 2010. Review date: March 2012")]
    ['2010-03-18']
    >>> list(own_days("April 2010 – March 2011"))
    []
    """
    for start, clause in _clauses(line):
        if cues().find(clause, "other"):
            continue
        for day in find_days(clause):
            said = cues().find(clause[: day.start], "own")
            if said or _is_bare(clause, day):
                yield Day(day.iso, start + day.start, start + day.end, day.exact)


def _of_meeting(blocks: Sequence[Block]) -> Day | None:
    """The day of the meeting: in the lines above the list of those present, first where a line speaks of a meeting."""
    bare: Day | None = None
    for line in _title_block(blocks):
        for _, clause in _clauses(line):
            if cues().find(clause, "other"):
                continue
            for day in find_days(clause):
                if cues().find(clause[: day.start], "meeting"):
                    return day
                if bare is None and (day.exact or _is_bare(clause, day)):
                    bare = day
    return bare


def _title_block(blocks: Sequence[Block]) -> Iterator[str]:
    """The lines above the first heading of minutes; a table there of date, time and place is read row by row."""
    for block in blocks[:OPENING_BLOCKS]:
        if isinstance(block, Table):
            rows = [block.header, *([cell.text for cell in row.cells] for row in block.rows)]
            lines = [" ".join(filter(None, row)) for row in rows]
            yield from (line for line in lines if cues().find(line, "meeting") and len(line.split()) <= LONGEST_LINE)
            continue
        if cues().find(block.text, "end of title"):
            return
        if len(block.text.split()) <= LONGEST_LINE:
            yield block.text


def _of_column(blocks: Sequence[Block]) -> Day | None:
    """The day over the only dated column of the first table of names."""
    for block in blocks[:OPENING_BLOCKS]:
        if isinstance(block, Table):
            days = [day for name in block.header for day in find_days(name)]
            return days[0] if len(days) == 1 else None
    return None


def _clauses(line: str) -> Iterator[tuple[int, str]]:
    start = 0
    for cut in CLAUSE.finditer(line):
        yield start, line[start : cut.start()]
        start = cut.end()
    yield start, line[start:]


def _is_bare(clause: str, day: Day) -> bool:
    rest = clause[: day.start] + " " + clause[day.end :]
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= BARE_WORDS and len(list(find_days(clause))) == 1


def _latest(days: Sequence[Day], *, exact_first: bool = False) -> Day | None:
    """The latest day: a paper agreed in March and revised in May is the one of May."""
    if exact_first and (exact := [day for day in days if day.exact]):
        return exact[0]
    return max(days, key=lambda day: (day.exact, day.iso), default=None)


def cues() -> Cues:
    """The words of title pages."""
    return load_cues("lscb_textmine.read", "dating.toml")
