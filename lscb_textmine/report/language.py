"""A study in; the rows of the sheet Language out: every phrase of results language with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lscb_textmine.records import Judgement, Objective, Paper, Place, Sentence, Span, Study, finding_id
from lscb_textmine.report.evidence import page_cell
from lscb_textmine.report.sheet import Value
from lscb_textmine.report.styles import Column

LANGUAGE = (
    Column("Board", 18),
    Column("Paper", 22),
    Column("Page", 7, "link"),
    Column("Section", 26),
    Column("Kind", 10, "short"),
    Column("Phrase", 40),
    Column("Sentence", 70),
    Column("Where", 13, "short"),
    Column("Kind of the whole sentence", 12, "short"),
    Column("Probability of that", 11, "probability"),
    Column("Id", 19, "short"),
)


class Told(NamedTuple):
    """A statement or sentence as this sheet shows it."""

    where: str
    text: str
    section: str
    page: int | None
    place: Place | None
    spans: tuple[Span, ...]
    judgement: Judgement | None


def language_rows(study: Study, links: dict[str, str]) -> Iterator[list[Value]]:
    """A row for each phrase, those of statements first in each paper; a sentence without one has a row of its own."""
    for paper in study.papers:
        statements = (_of_statement(each) for each in paper.objectives if each.judged and each.spans)
        for told in (*statements, *map(_of_sentence, paper.results)):
            yield from _rows(told, paper, links.get(paper.document.path, ""))


def _of_statement(objective: Objective) -> Told:
    it = objective.candidate
    judgement = objective.judgement("result")
    return Told("statement", it.text, it.section, it.page, it.place, objective.spans, judgement)


def _of_sentence(it: Sentence) -> Told:
    return Told("running text", it.text, it.section, it.page, it.place, it.spans, it.judgement)


def _rows(told: Told, paper: Paper, link: str) -> Iterator[list[Value]]:
    document, judgement = paper.document, told.judgement
    for span in told.spans or (None,):
        yield [
            document.board_name,
            document.name,
            page_cell(told.page, link),
            told.section,
            span.kind if span else "",
            span.text if span else "",
            told.text,
            told.where,
            judgement.answer if judgement else "",
            round(judgement.probability, 2) if judgement else None,
            finding_id(document.sha256, told.place, told.text),
        ]
