"""A study in; the sentences of minutes that challenge another agency out, as CSV and as the rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from lscb_textmine.records import Paper, Sentence, Study, finding_id
from lscb_textmine.report.evidence import page_cell
from lscb_textmine.report.lines import table_to_csv
from lscb_textmine.report.sheet import Value
from lscb_textmine.report.styles import Column

CHALLENGE = (
    Column("Board", 18),
    Column("Paper", 24),
    Column("Meeting", 12, "short"),
    Column("Page", 7, "link"),
    Column("Section", 28),
    Column("Sentence", 80),
    Column("The words that show it", 36),
    Column("Probability", 11, "probability"),
    Column("Id", 19, "short"),
)


def challenge_to_csv(study: Study) -> bytes:
    """A line for each sentence of challenge, in the order of papers and of reading."""
    header = ("board", "document", "meeting", "page", "section", "text", "because", "probability", "id")
    rows = (
        (
            *(paper.document.board.value, paper.document.name, paper.document.dated.value, each.page, each.section),
            *(each.text, _deciding_words(each), round(each.judgement.probability, 4), _identifier(paper, each)),
        )
        for paper in study.papers
        for each in paper.challenge
    )
    return table_to_csv(header, rows)


def challenge_rows(study: Study, links: dict[str, str]) -> Iterator[list[Value]]:
    """A row for each sentence of challenge, its page leading to the paper."""
    for paper in study.papers:
        for each in paper.challenge:
            yield [
                paper.document.board_name,
                paper.document.name,
                paper.document.dated.value,
                page_cell(each.page, links.get(paper.document.path, "")),
                each.section,
                each.text,
                _deciding_words(each),
                round(each.judgement.probability, 2),
                _identifier(paper, each),
            ]


def _deciding_words(sentence: Sentence) -> str:
    return "; ".join(dict.fromkeys(" ".join(reason.text.split()) for reason in sentence.judgement.because))


def _identifier(paper: Paper, sentence: Sentence) -> str:
    return finding_id(paper.document.sha256, sentence.place, sentence.text)
