"""Who was at the meetings, who was challenged, what became of the actions; and what else the inspection looked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lscb_textmine.records import Action, Attendee, Indicator, Paper, Status
from lscb_textmine.report.briefing.blocks import Block, Cell, Grid, Quotation, Quotes, Section, Subheading, Text
from lscb_textmine.report.briefing.subject import LONGEST_QUOTE, Subject
from lscb_textmine.report.briefing.wording import headers, iso_date, report_words, shorten, tell_date, words
from lscb_textmine.report.cells import quote_text

BEST_FIRST: tuple[Status, ...] = ("present", "deputy", "apologies", "absent")
MEETINGS_SHOWN = 5
AGENCIES_SHOWN = 12
FEW_AGENCIES = 8
"""Rows up to which the table of attendance is kept on one page."""
CHALLENGES_SHOWN = 3
LOST_SHOWN = 2
Meetings = Mapping[str, Mapping[str, Status]]
"""For each agency the best status that anyone of it had at each meeting."""


def tell_meetings(subject: Subject) -> Section:
    """Attendance, challenge, actions and indicators, each saying why when there is nothing to tell."""
    minutes = minutes_of(subject.papers)
    blocks: list[Block] = [Text(report_words("meetings"), "report")]
    challenge = [(each, paper) for paper in subject.papers for each in paper.challenge if _holds(each.judgement.answer)]
    attended = any(paper.attendance for paper in subject.papers)
    if minutes or attended or challenge:
        blocks += [Subheading(words("meetings", "attendance")), *_tell_attendance(subject, minutes)]
        blocks += [Subheading(words("meetings", "challenge")), *_tell_challenge(subject, len(minutes))]
    else:
        blocks.append(Text(words("meetings", "no_minutes")))
    blocks += _tell_actions(subject)
    blocks += _tell_indicators(subject)
    return Section("meetings", words("section", "meetings"), tuple(blocks))


def minutes_of(papers: Sequence[Paper]) -> list[Paper]:
    """The papers that are minutes."""
    return [paper for paper in papers if paper.document.doc_type.value == "minutes"]


def _holds(answer: str) -> bool:
    return answer != "no"


def meetings_of(papers: Sequence[Paper]) -> tuple[dict[str, dict[str, Status]], list[str]]:
    """For each agency its best status at each meeting, and the meetings, oldest first.

    A meeting is known by its date; of two people of one agency the one who was there counts.
    """
    table: dict[str, dict[str, Status]] = {}
    names: dict[str, str] = {}
    for paper in papers:
        for attendee in paper.attendance:
            meeting = _meeting(attendee, paper)
            agency = quote_text(attendee.agency)
            if agency:
                name = names.setdefault(agency.casefold(), agency)
                seen = table.setdefault(name, {})
                known = seen.get(meeting, attendee.status)
                seen[meeting] = min(known, attendee.status, key=BEST_FIRST.index)
    return table, sorted({meeting for seen in table.values() for meeting in seen})


def _meeting(attendee: Attendee, paper: Paper) -> str:
    return quote_text(attendee.meeting or paper.document.dated.value or paper.document.name)


def _tell_attendance(subject: Subject, minutes: Sequence[Paper]) -> Iterator[Block]:
    table, meetings = meetings_of(subject.papers)
    nameless = sum(not attendee.agency.strip() for paper in subject.papers for attendee in paper.attendance)
    if not table and not nameless:
        them = "it" if len(minutes) == 1 else "them"
        yield Text(words("meetings", "no_attendance", minutes=len(minutes), them=them))
    if table:
        yield _attendance_table(table, meetings)
    notes = [_tell_legend(table, meetings)] if table else []
    if nameless:
        notes.append(words("meetings", "no_agency", count=nameless))
    if notes:
        yield Text(" ".join(notes), "note")


def _attendance_table(table: Meetings, meetings: Sequence[str]) -> Grid:
    shown = meetings[-MEETINGS_SHOWN:]
    agency, present = headers("meetings", "header")
    header = (Cell(agency), Cell(present), *(Cell(_short_date(meeting)) for meeting in shown))
    each = 56 // max(len(shown), 3)
    widths = (100 - 12 - each * len(shown), 12, *([each] * len(shown)))
    rows = tuple(_attendance_row(agency, table[agency], shown) for agency in _most_absent(table)[:AGENCIES_SHOWN])
    return Grid(
        words("meetings", "caption"), header, rows, widths, "together" if len(rows) < 8 else "plain", captioned=False
    )


def _most_absent(table: Meetings) -> list[str]:
    """The agencies: by alphabet when all can be shown, else those with most absences first."""
    if len(table) <= AGENCIES_SHOWN:
        return sorted(table, key=str.casefold)
    return sorted(table, key=lambda agency: (_present(table[agency]) - len(table[agency]), agency.casefold()))


def _present(seen: Mapping[str, Status]) -> int:
    return sum(status in ("present", "deputy") for status in seen.values())


def _attendance_row(agency: str, seen: Mapping[str, Status], shown: Sequence[str]) -> tuple[Cell, ...]:
    statuses = (words("meetings", f"status_{seen[meeting]}") if meeting in seen else "" for meeting in shown)
    counted = words("share", "short", count=_present(seen), total=len(seen))
    return Cell(shorten(agency, 60)), Cell(counted), *map(Cell, statuses)


def _short_date(meeting: str) -> str:
    day = iso_date(meeting)
    return f"{day.day} {tell_date(meeting).split()[1][:3]} {day.year}" if day else shorten(meeting, 24)


def _tell_legend(table: Meetings, meetings: Sequence[str]) -> str:
    hidden = len(meetings) > MEETINGS_SHOWN
    shown = words("meetings", "shown", count=MEETINGS_SHOWN, all=len(meetings)) if hidden else ""
    legend = words("meetings", "legend", shown=shown).strip()
    more = len(table) - AGENCIES_SHOWN
    return f"{legend} {words('meetings', 'more', count=more)}" if more > 0 else legend


def _tell_challenge(subject: Subject, minutes: int) -> Iterator[Block]:
    found = [(each, paper) for paper in subject.papers for each in paper.challenge if _holds(each.judgement.answer)]
    if not found:
        yield Text(words("meetings", "no_challenge", minutes=minutes))
        return
    key = "challenge_count" if minutes else "challenge_only"
    yield Text(words("meetings", key, count=len(found), minutes=minutes))
    found.sort(key=lambda pair: (-pair[0].judgement.probability, pair[1].document.name, pair[0].text))
    yield Quotes(tuple(subject.quote_sentence(*pair) for pair in found[:CHALLENGES_SHOWN]))


def _tell_actions(subject: Subject) -> Iterator[Block]:
    actions = [action for action in subject.study.actions if action.board == subject.name]
    if not actions:
        return
    yield Subheading(words("meetings", "actions"))
    states = [action.state for action in actions]
    yield Text(
        words(
            "meetings",
            "action_count",
            count=len(actions),
            owner=sum(bool(action.owner.strip()) for action in actions),
            due=sum(bool(action.due.strip()) for action in actions),
            closed=states.count("closed"),
            carried=states.count("carried forward"),
            lost=states.count("not seen again"),
        )
    )
    lost = sorted((action for action in actions if action.state == "not seen again"), key=_latest_first)
    if lost:
        yield Text(words("meetings", "action_lost"), "label")
        yield Quotes(tuple(quote_action(subject, action) for action in lost[:LOST_SHOWN]))


def _latest_first(action: Action) -> tuple[int, str, str]:
    day = iso_date(action.meeting)
    return -day.toordinal() if day else 0, action.meeting, action.id


def quote_action(subject: Subject, action: Action) -> Quotation:
    """An action's words with their place, its owner and date."""
    facts = [("lead", action.owner), ("deadline", tell_date(action.due))]
    told = "; ".join(words("facts", key, words=shorten(value, 60)) for key, value in facts if value.strip())
    for paper in subject.papers:
        if paper.document.name == action.document:
            source, link = subject.locate(paper.document, action.page)
            return Quotation(shorten(action.text, LONGEST_QUOTE), source, link, facts=told)
    page = f", page {action.page}" if action.page is not None else ""
    return Quotation(shorten(action.text, LONGEST_QUOTE), f"{quote_text(action.document)}{page}", facts=told)


def quote_attendee(subject: Subject, paper: Paper, attendee: Attendee) -> Quotation:
    """One person's entry at one meeting: name, agency and status."""
    told = ", ".join(part for part in (attendee.name, attendee.agency) if part)
    source, link = subject.locate(paper.document, attendee.page)
    return Quotation(f"{quote_text(told)}: {words('meetings', f'status_{attendee.status}')}", source, link)


def _tell_indicators(subject: Subject) -> Iterator[Block]:
    hidden = headers("meetings", "shown_elsewhere")
    asked = {enquiry.because for enquiry in subject.study.enquiries if enquiry.board == subject.name}
    ours = (indicator for indicator in subject.study.indicators if indicator.board == subject.name)
    found = [indicator for indicator in ours if indicator.key not in hidden and indicator.finding not in asked]
    if not found:
        return
    yield Subheading(words("meetings", "indicators"))
    rows = tuple(_indicator_row(indicator) for indicator in found)
    header = tuple(map(Cell, headers("meetings", "indicators_header")))
    yield Grid(words("meetings", "indicators_caption"), header, rows, (30, 58, 12), captioned=False)
    if asked:
        yield Text(words("meetings", "indicators_note"), "note")


def _indicator_row(indicator: Indicator) -> tuple[Cell, ...]:
    return (
        Cell(quote_text(indicator.title)),
        Cell(shorten(indicator.finding, 220)),
        Cell(quote_text(indicator.paragraph)),
    )
