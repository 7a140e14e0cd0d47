"""Lines of enquiry by audience, each with the rows that raised it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from lscb_textmine.records import Enquiry, EvidenceRow, attendee_id, finding_id
from lscb_textmine.report.briefing.blocks import Block, Question, Questions, Quotation, Section, Subheading, Text
from lscb_textmine.report.briefing.changes import place_of
from lscb_textmine.report.briefing.meetings import quote_action, quote_attendee
from lscb_textmine.report.briefing.subject import LONGEST_QUOTE, Subject
from lscb_textmine.report.briefing.wording import listed, names, shorten, words
from lscb_textmine.report.cells import quote_text

MOST_ROWS = 1
MOST_QUESTIONS = 2
"""For each audience; the others stand in the workbook."""
LONGEST_ROW = 120
Known = Mapping[tuple[str, str], Quotation]
"""What stands in a row, by the sheet and the row's identifier."""


def tell_enquiries(subject: Subject) -> Section:
    """The questions for each audience, numbered through."""
    raised = [enquiry for enquiry in subject.study.enquiries if enquiry.board == subject.name]
    known = index_rows(subject) if raised else {}
    numbers = count(1)
    blocks: list[Block] = [Text(words("enquiries", "lead"), "opening") if raised else Text(words("enquiries", "none"))]
    left = len(raised)
    for audience, title in names("audiences").items():
        asked = [each for each in raised if each.audience == audience][:MOST_QUESTIONS]
        questions = tuple(_question(each, known, numbers) for each in asked)
        left -= len(questions)
        if questions:
            blocks += [Subheading(title), Questions(questions)]
    if left:
        blocks.append(Text(words("enquiries", "further", count=left)))
    return Section("enquiries", words("section", "enquiries"), tuple(blocks))


def _question(enquiry: Enquiry, known: Known, numbers: Iterator[int]) -> Question:
    rows = list(dict.fromkeys(enquiry.raised_by))
    shown = tuple(_quote_row(row, known) for row in rows[:MOST_ROWS])
    more = _tell_more(rows[MOST_ROWS:])
    because = words("enquiries", "because", because=quote_text(enquiry.because)) if enquiry.because.strip() else ""
    return Question(next(numbers), quote_text(enquiry.question), because, shown, words("enquiries", "rows"), more)


def _tell_more(rows: Sequence[EvidenceRow]) -> str:
    if not rows:
        return ""
    return words("enquiries", "more", count=len(rows), sheets=listed(sorted({row.sheet for row in rows})))


def _quote_row(row: EvidenceRow, known: Known) -> Quotation:
    found = known.get((row.sheet, row.id)) or known.get(("", row.id))
    if found:
        return replace(found, text=shorten(found.text, LONGEST_ROW))
    return Quotation("", words("enquiries", "unknown", sheet=row.sheet, id=quote_text(row.id)))


def index_rows(subject: Subject) -> dict[tuple[str, str], Quotation]:
    """What stands in the rows that a finding may rest on; under the sheet `""` what any sheet may name."""
    rows: dict[tuple[str, str], Quotation] = {}
    for found in subject.statements():
        rows["", found.id] = subject.quote(found)
    for paper in subject.papers:
        document = paper.document
        source, link = subject.locate(document, None)
        rows["", document.sha256] = rows["", document.path] = rows["", document.name] = Quotation("", source, link)
        for sheet, sentences in (("Language", paper.results), ("Challenge", paper.challenge)):
            for sentence in sentences:
                id = finding_id(document.sha256, sentence.place, sentence.text)
                rows[sheet, id] = subject.quote_sentence(sentence, paper)
        for attendee in paper.attendance:
            rows["Attendance", attendee_id(document.sha256, attendee)] = quote_attendee(subject, paper, attendee)
    for action in subject.study.actions:
        if action.board == subject.name:
            rows["Actions", action.id] = quote_action(subject, action)
    for thread in subject.study.threads:
        if thread.board == subject.name:
            for sighting in thread.sightings:
                quotation = Quotation(shorten(sighting.text, LONGEST_QUOTE), *place_of(subject, sighting))
                rows["Objectives over time", sighting.id] = quotation
    return rows
