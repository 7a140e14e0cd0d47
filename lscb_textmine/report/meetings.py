"""A study in; attendance and actions as CSV, and as the rows of the sheets Attendance and Actions, out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from lscb_textmine.records import Action, AgencyMeeting, Attendee, Paper, Study, attendee_id
from lscb_textmine.report.evidence import page_cell
from lscb_textmine.report.lines import table_to_csv
from lscb_textmine.report.sheet import Value
from lscb_textmine.report.styles import Column, Styled

PEOPLE = (
    Column("Agency", 28),
    Column("Meeting", 14, "centre"),
    Column("Status", 14, "centre"),
    Column("Page", 14, "link"),
    Column("Name", 20),
    Column("Role", 28),
    Column("Deputises for", 18),
    Column("Paper", 32),
    Column("Board", 28),
    Column("Id", 19, "short"),
)
"""The agency first, so that the tables of agencies by meetings above the list share its columns."""
ACTIONS = (
    Column("Board", 18),
    Column("Paper", 20),
    Column("Meeting", 11, "centre"),
    Column("Page", 6, "link"),
    Column("Action", 54),
    Column("Owner", 24),
    Column("Due", 13),
    Column("State", 14, "centre"),
    Column("Seen in", 20),
    Column("Words that tell it", 44),
    Column("Id", 19, "short"),
)
STATES = {"closed": "✓ closed", "carried forward": "→ carried forward", "not seen again": "? not seen again"}


class Block(NamedTuple):
    """The attendance of one board: agencies by rows, meetings by columns, and how many meetings each attended."""

    board: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def attendance_to_csv(study: Study) -> bytes:
    """A row for each person at each meeting, in the order of papers and of reading."""
    rows = (
        (
            *(paper.document.board_name, paper.document.name, meeting_of(paper, each)),
            *(each.name, each.role, each.agency, each.status),
        )
        for paper in study.papers
        for each in paper.attendance
    )
    return table_to_csv(("board", "document", "meeting", "name", "role", "agency", "status"), rows)


def actions_to_csv(study: Study) -> bytes:
    """A row for each action of minutes with what became of it."""
    header = ("board", "document", "meeting", "page", "text", "owner", "due", "state", "seen_in", "because")
    rows = (
        (
            *(each.board, each.document, each.meeting, each.page, each.text, each.owner, each.due),
            *(each.state, each.seen_in, each.because),
        )
        for each in study.actions
    )
    return table_to_csv(header, rows)


def meeting_of(paper: Paper, attendee: Attendee) -> str:
    """The meeting's date, the paper's name where none is told."""
    return attendee.meeting or paper.document.dated.value or paper.document.name


def attendance_blocks(study: Study) -> Iterator[Block]:
    """For each board a table of agencies by meetings, with the meetings attended, and those that list the agency."""
    for board, of_board in groupby(study.attendance, key=lambda each: each.board):
        found = list(of_board)
        meetings = sorted({each.meeting for each in found})
        at = {(each.agency, each.meeting): each for each in found}
        agencies = list(dict.fromkeys(each.agency for each in found))
        rows = tuple(_agency_row(agency, [at.get((agency, meeting)) for meeting in meetings]) for agency in agencies)
        columns = (Column("Agency", 28), *(Column(name, 11) for name in (*meetings, "Attended", "Listed")))
        yield Block(board, columns, rows)


def _agency_row(agency: str, meetings: list[AgencyMeeting | None]) -> tuple[Value, ...]:
    listed = [each for each in meetings if each]
    attended = Styled(sum(each.attended for each in listed), "number")
    return (Styled(agency, "heading"), *map(_agency_cell, meetings), attended, Styled(len(listed), "number"))


def _agency_cell(each: AgencyMeeting | None) -> Value:
    """How the agency was there: a tick when it was, a cross when it was not, with the number where more than one."""
    if each is None:
        return Styled("–", "centre")
    counts = (
        ("present", each.present),
        ("deputy", each.deputy),
        ("apologies", each.apologies),
        ("absent", each.absent),
    )
    told = [name if count == 1 else f"{count} {name}" for name, count in counts if count]
    return Styled(f"{'✓' if each.attended else '✗'} {', '.join(told)}", "yes" if each.attended else "no")


def people_top(study: Study) -> int:
    """The row, from 0, of the header of the list of people: below the tables of agencies."""
    return sum(len(block.rows) + 3 for block in attendance_blocks(study))


def people_rows(study: Study, links: dict[str, str]) -> Iterator[list[Value]]:
    """A row for each person at each meeting, the page leading to the paper."""
    for paper in study.papers:
        for each in paper.attendance:
            yield [
                each.agency,
                meeting_of(paper, each),
                Styled(each.status, "yes" if each.status in ("present", "deputy") else "no"),
                page_cell(each.page, links.get(paper.document.path, "")),
                each.name,
                each.role,
                each.deputises,
                paper.document.name,
                paper.document.board_name,
                attendee_id(paper.document.sha256, each),
            ]


def action_rows(study: Study, links: dict[str, str]) -> Iterator[list[Value]]:
    """A row for each action; its page leads to the paper that agreed it."""
    paths = {(paper.document.board_name, paper.document.name): paper.document.path for paper in study.papers}
    for each in study.actions:
        yield _action_row(each, links.get(paths.get((each.board, each.document), ""), ""))


def _action_row(action: Action, link: str) -> list[Value]:
    return [
        action.board,
        action.document,
        action.meeting,
        page_cell(action.page, link),
        action.text,
        action.owner,
        action.due,
        Styled(STATES.get(action.state, action.state), "yes" if action.state == "closed" else "no"),
        action.seen_in,
        action.because,
        action.id,
    ]
