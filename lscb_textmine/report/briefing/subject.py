"""A study in; what one briefing is about out: the papers of a board in a fixed order, its statements, its figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lscb_textmine.records import Document, Measure, Objective, Paper, Place, Sentence, Study, finding_id
from lscb_textmine.report.briefing.blocks import Quotation
from lscb_textmine.report.briefing.wording import shorten, tell_date, words
from lscb_textmine.report.cells import quote_text
from lscb_textmine.report.links import link_to_paper

LONGEST_QUOTE = 260
LONGEST_FACT = 70
LONGEST_HEADING = 44


@dataclass(frozen=True, slots=True)
class Found:
    """A statement with the paper that it stands in."""

    objective: Objective
    paper: Paper

    @property
    def id(self) -> str:
        """As in `statements.jsonl`."""
        candidate = self.objective.candidate
        return finding_id(self.paper.document.sha256, candidate.place, candidate.text)

    @property
    def smart(self) -> bool:
        """Whether it is SMART."""
        return self.objective.label == "SMART"

    def sureness(self, question: str) -> float:
        """The probability of the answer given, 0 when the question was not judged."""
        judgement = self.objective.judgement(question)
        return judgement.probability if judgement else 0.0


@dataclass(frozen=True, slots=True)
class Subject:
    """What a briefing is about; `name` is `""` for all boards together."""

    name: str
    study: Study
    papers: tuple[Paper, ...]
    links: Mapping[str, str]
    """The address of each paper, by its path, as seen from the folder of briefings."""

    def statements(self) -> list[Found]:
        """All statements, in the order of the papers."""
        return [Found(objective, paper) for paper in self.papers for objective in paper.objectives]

    def judged(self) -> list[Found]:
        """The statements that the shares count."""
        return [each for each in self.statements() if each.objective.judged]

    def measure(self, name: str) -> Measure | None:
        """A figure of this board over all its years, None when it was not taken."""
        wanted = (self.name, name, "", "")
        return next((m for m in self.study.measures if (m.board, m.name, m.year, m.document) == wanted), None)

    def quote(self, found: Found, *, facts: str = "") -> Quotation:
        """A statement's words with their place."""
        candidate, document = found.objective.candidate, found.paper.document
        source, link = self.locate(document, candidate.page, candidate.section)
        return Quotation(shorten(candidate.text, LONGEST_QUOTE), source, link, candidate.language, facts)

    def quote_sentence(self, sentence: Sentence, paper: Paper) -> Quotation:
        """A sentence's words with their place."""
        source, link = self.locate(paper.document, sentence.page, sentence.section)
        return Quotation(shorten(sentence.text, LONGEST_QUOTE), source, link, sentence.language)

    def locate(self, document: Document, page: int | None, section: str = "") -> tuple[str, str]:
        """A paper with page, or heading where the format has no pages; and the address that leads there."""
        name, link = quote_text(document.name), self.links.get(document.path, "")
        if page is not None:
            return f"{name}, page {page}", f"{link}#page={page}" if link and document.format == "pdf" else link
        heading = shorten(section.rsplit(" | ", 1)[0], LONGEST_HEADING)
        return f"{name}, under “{heading}”" if heading else name, link


def tell_facts(objective: Objective, *, label: bool = False) -> str:
    """What the row says of owner, time and measure; with `label` also what the statement is."""
    kinds = []
    if label and objective.judged:
        kinds = [words("facts", "smart" if objective.label == "SMART" else "aspirational")]
        kinds += [words("facts", "outcome")] * (objective.answer("result") == "outcome")
    lead = objective.lead if objective.met("achievable") else ""
    measure = objective.candidate.cell_text("measure") if objective.met("measurable") else ""
    rest = (("lead", lead), ("deadline", tell_date(objective.deadline)), ("measure", measure))
    told = [words("facts", key, words=shorten(value, LONGEST_FACT)) for key, value in rest if value.strip()]
    return "; ".join([*kinds, *told])


def subjects_of(study: Study, folder: Path) -> list[Subject]:
    """Each board of the study, in the order of the alphabet."""
    boards = sorted({paper.document.board_name for paper in study.papers})
    links = links_of(study, folder)
    return [
        Subject(board, study, in_order(p for p in study.papers if p.document.board_name == board), links)
        for board in boards
    ]


def links_of(study: Study, folder: Path) -> dict[str, str]:
    """The address of each paper as seen from `folder`."""
    return {
        paper.document.path: link_to_paper(paper.document.path, folder)
        for paper in study.papers
        if not paper.document.path_masked
    }


def in_order(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Papers by year and name, whatever order they were given in."""
    return tuple(sorted(papers, key=lambda paper: (_year(paper), paper.document.name, paper.document.sha256)))


def _year(paper: Paper) -> str:
    return paper.document.year.value or paper.document.dated.value[:4] or "9999"


def years_of(papers: Sequence[Paper]) -> list[str]:
    """The years that the papers are of."""
    return sorted({paper.document.year.value for paper in papers if paper.document.year.value})


def pick(found: Sequence[Found], rank: Callable[[Found], int], question: str, *, most: int) -> list[Found]:
    """At most so many statements: by `rank`, within a rank from different papers, then by certainty; none said twice.

    The order of the papers plays no part: what is left equal is ordered by its own words and place.
    """
    seen: set[str] = set()
    turns: dict[tuple[int, str], int] = {}
    ranked: list[tuple[int, int, int, Found]] = []
    for each in sorted(found, key=lambda each: (rank(each), -each.sureness(question), _own_order(each))):
        text = quote_text(each.objective.candidate.text).casefold()
        if text not in seen:
            seen.add(text)
            key = (rank(each), each.paper.document.sha256)
            turns[key] = turns.get(key, 0) + 1
            ranked.append((rank(each), turns[key], len(ranked), each))
    return [each for *_, each in sorted(ranked, key=lambda entry: entry[:3])[:most]]


def _own_order(found: Found) -> tuple[str, str, tuple[int, ...]]:
    place = found.objective.candidate.place or Place(0, 0, 0)
    where = (place.block, -1 if place.row is None else place.row, place.start)
    return found.paper.document.name, found.paper.document.sha256, where
