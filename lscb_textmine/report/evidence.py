"""The statements of a study in; the rows of the sheets Evidence and Not counted out."""

from __future__ import annotations

from collections.abc import Iterator

from lscb_textmine.records import CRITERIA, Judgement, Objective, Paper, Study, finding_id
from lscb_textmine.report.flagged import kinds_by_finding, kinds_in
from lscb_textmine.report.reviewed import REVIEW, REVIEW_NOT_COUNTED, review_cells, review_not_counted_cells
from lscb_textmine.report.sheet import Value
from lscb_textmine.report.statements import share_of_yes
from lscb_textmine.report.styles import Column, Styled

LONGEST_WORDS = 160
"""Characters of deciding words in a cell: enough to see them, few enough to keep the row low."""
EVIDENCE = (
    Column("Board", 15),
    Column("Paper", 18),
    Column("Page", 6, "link"),
    Column("Section", 22),
    Column("Statement", 50),
    Column("Lead", 15),
    Column("Deadline", 11),
    Column("Measure", 20),
    *(Column(criterion.replace("_", "-").capitalize(), 16) for criterion in CRITERIA),
    Column("SMART or aspirational", 13, "centre"),
    Column("Score", 6, "number"),
    Column("Domain", 12, "short"),
    Column("Other domains", 13),
    Column("Result", 10, "short"),
    Column("Probability", 11, "probability"),
    Column("Needs review", 9, "centre"),
    Column("Year", 9, "short"),
    Column("Form", 13, "short"),
    Column("Language", 9, "short"),
    Column("Personal data", 14),
    *REVIEW,
)
PRINTED = 15
"""Columns of Evidence that go on paper, as far as the score: all of them would be too small to read."""
NOT_COUNTED = (
    Column("Board", 18),
    Column("Paper", 24),
    Column("Page", 7, "link"),
    Column("Section", 30),
    Column("Text", 70),
    Column("Why it is not counted", 40),
    Column("Probability that it is one", 12, "probability"),
    Column("Decided by", 10, "short"),
    Column("Personal data", 14),
    *REVIEW_NOT_COUNTED,
)
FOLDS = slice([column.name for column in EVIDENCE].index("Statement") + 1, len(EVIDENCE) - len(REVIEW))
"""Columns of Evidence that can be folded away, so that the reviewer's stand beside the statement."""
NOT_COUNTED_PRINTED = len(NOT_COUNTED) - len(REVIEW_NOT_COUNTED)
LANGUAGES = {"en": "English", "cy": "Welsh"}


def evidence_rows(study: Study, links: dict[str, str]) -> Iterator[list[Value]]:
    """A row for each statement, its page leading to the paper; `links` gives each paper's address by its path."""
    for paper in study.papers:
        kinds = kinds_by_finding(paper)
        for objective in paper.objectives:
            link = links.get(paper.document.path, "")
            yield _evidence_row(objective, paper, link, kinds_in(objective, paper, kinds))


def _evidence_row(objective: Objective, paper: Paper, link: str, personal: str) -> list[Value]:
    candidate, document, label = objective.candidate, paper.document, objective.judgement("label")
    return [
        document.board_name,
        document.name,
        page_cell(candidate.page, link),
        candidate.section,
        candidate.text,
        objective.lead,
        objective.deadline,
        objective.measure,
        *(_criterion_cell(objective.judgement(criterion)) for criterion in CRITERIA),
        _label_cell(objective),
        objective.score if objective.judged else None,
        _answer(objective.judgement("domain")),
        ", ".join(objective.other_domains),
        _answer(objective.judgement("result")),
        round(label.probability, 2) if label else None,
        Styled("review", "review") if objective.needs_review else None,
        document.year.value,
        candidate.form.replace("_", " "),
        LANGUAGES[candidate.language],
        personal,
        *review_cells(objective, finding_id(document.sha256, candidate.place, candidate.text)),
    ]


def page_cell(page: int | None, link: str) -> Value:
    """The page, leading to the paper at that page; a paper without pages is opened as a whole."""
    if not link:
        return Styled(page, "centre")
    return Styled("open" if page is None else page, "link", link, "" if page is None else f"page={page}")


def _criterion_cell(judgement: Judgement | None) -> Value:
    if judgement is None:
        return Styled("not judged", "no")
    met = judgement.answer == "yes"
    words = _deciding_words(judgement)
    if not met or judgement.by == "person":
        words = judgement.note or words
    return Styled(f"{'✓' if met else '✗'} {words}".rstrip(), "yes" if met else "no")


def _deciding_words(judgement: Judgement) -> str:
    words = "; ".join(dict.fromkeys(" ".join(reason.text.split()) for reason in judgement.because if reason.text))
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 2].rstrip() + " …"


def _label_cell(objective: Objective) -> Value:
    if not objective.judged:
        return Styled("not judged", "no")
    return Styled(objective.label, "smart" if objective.label == "SMART" else "aspirational")


def _answer(judgement: Judgement | None) -> str:
    return judgement.answer if judgement else ""


def not_counted_rows(study: Study, links: dict[str, str]) -> Iterator[list[Value]]:
    """A row for each candidate that was turned down, with the reason."""
    for paper in study.papers:
        kinds = kinds_by_finding(paper)
        for objective in paper.rejected:
            candidate, judgement = objective.candidate, objective.judgement("objective")
            yield [
                paper.document.board_name,
                paper.document.name,
                page_cell(candidate.page, links.get(paper.document.path, "")),
                candidate.section,
                candidate.text,
                _why_not(judgement, candidate.turned_down),
                round(share_of_yes(judgement), 2) if judgement else None,
                judgement.by if judgement else "",
                kinds_in(objective, paper, kinds),
                *review_not_counted_cells(
                    objective, finding_id(paper.document.sha256, candidate.place, candidate.text)
                ),
            ]


def _why_not(judgement: Judgement | None, turned_down: str) -> str:
    if judgement is None or (turned_down and judgement.by != "person"):
        return turned_down
    words = _deciding_words(judgement)
    return judgement.note or (f"“{words}”" if words else "reads like a description, not a promise")
