"""What may be an objective statement, and what was judged of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lscb_textmine.records.papers import Box, Form, Language, Place, Role

CRITERIA = ("specific", "measurable", "achievable", "realistic", "time_limited")
DOMAINS = ("outcomes", "strategy", "governance", "capacity", "delivery")
RESULTS = ("process", "output", "practice", "outcome")
ReviewState = Literal["machine", "confirmed", "changed", "unsure"]


@dataclass(frozen=True, slots=True)
class NamedCell:
    """A cell of a statement's row under the document's own column name, with the role the column plays."""

    name: str
    text: str
    role: Role = "other"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words that may be an objective statement, with everything that stands around them.

    `place` is None when the statement did not come from a document (the `classify` command).
    """

    text: str
    form: Form = "sentence"
    section: str = ""
    """The governing heading and lead-in, as one string (" | " between heading and lead-in)."""
    headings: tuple[str, ...] = ()
    lead_in: str = ""
    cells: tuple[NamedCell, ...] = ()
    language: Language = "en"
    doc_type: str = "other"
    year: str = ""
    dated: str = ""
    """ISO day of the meeting whose minutes these are: months named in them are those that follow."""
    place: Place | None = None
    page: int | None = None
    page_end: int | None = None
    box: Box | None = None
    marked: str = ""
    """What marks this as an action or objective beyond its words: "action label", "action column", "statement column",
    "objectives list", `""` for none."""
    owner: str = ""
    """The owner in full where minutes give initials and the attendance list resolves them."""
    turned_down: str = ""
    """Why the structure alone says that this is no objective ("contents page", "heading row", ...), else `""`."""

    def cell_text(self, *roles: Role) -> str:
        """The texts of the cells with these roles, in order, joined by "; "."""
        return "; ".join(cell.text for cell in self.cells if cell.role in roles and cell.text)


@dataclass(frozen=True, slots=True)
class Reason:
    """Words that decided a judgement. `source` says where they stand: "text", "heading", or a column's name."""

    text: str
    start: int = 0
    end: int = 0
    source: str = "text"


@dataclass(frozen=True, slots=True)
class Judgement:
    """An answer to one question, with its probability, the words that decided it and who decided."""

    question: str
    answer: str
    """"yes" or "no" for a criterion and for "objective"; a key of the codebook for "domain" and "result"."""
    probability: float
    """Of the answer given, 0 to 1."""
    because: tuple[Reason, ...] = ()
    by: Literal["rule", "model", "person"] = "rule"
    probabilities: tuple[tuple[str, float], ...] = ()
    """Of every answer, where the question has more than two."""
    note: str = ""
    """What the words do not show by themselves: "no time limit found", "owner is not a named role"."""
    rule: str = ""
    """The rule that a criterion's answer follows ("vague verb", "product"), `""` where the model decided alone."""


@dataclass(frozen=True, slots=True)
class Span:
    """A phrase of outcome, practice, output or process language in a statement's text."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Review:
    """What a person said of a statement; their answers stand among its judgements, `by` "person"."""

    state: ReviewState
    reviewer: str = ""
    comment: str = ""
    machine: tuple[Judgement, ...] = ()
    """The machine's own judgements, kept beside those that a person changed."""


@dataclass(frozen=True, slots=True)
class Objective:
    """A candidate with its judgements. Counted as an objective only when "objective" is answered yes."""

    candidate: Candidate
    judgements: tuple[Judgement, ...]
    other_domains: tuple[str, ...] = ()
    deadline: str = ""
    """ISO date, or the words where no date can be told ("next meeting"), or `""`."""
    lead: str = ""
    measure: str = ""
    spans: tuple[Span, ...] = ()
    needs_review: bool = False
    review: Review | None = None
    """What a person said of it, None when nobody looked."""

    def judgement(self, question: str) -> Judgement | None:
        """The judgement on a question, None when it was not judged (Welsh text, say)."""
        return next((each for each in self.judgements if each.question == question), None)

    def met(self, criterion: str) -> bool:
        """Whether a criterion is answered yes."""
        judgement = self.judgement(criterion)
        return judgement is not None and judgement.answer == "yes"

    @property
    def counted(self) -> bool:
        """Whether this is an objective statement at all."""
        return self.met("objective")

    @property
    def judged(self) -> bool:
        """Whether all criteria were judged; of a Welsh statement only some are, so that it has no label."""
        return all(self.judgement(criterion) is not None for criterion in CRITERIA)

    @property
    def score(self) -> int:
        """Number of criteria met, 0 to 5 (codebook section 2)."""
        return sum(self.met(criterion) for criterion in CRITERIA)

    @property
    def label(self) -> str:
        """SMART when S and M and T and at least one of A and R are met, else aspirational (codebook section 2).

        A person's own answer goes first.
        """
        told = self.judgement("label")
        if told is not None and told.by == "person":
            return told.answer
        needed = self.met("specific") and self.met("measurable") and self.met("time_limited")
        return "SMART" if needed and (self.met("achievable") or self.met("realistic")) else "aspirational"

    def answer(self, question: str) -> str:
        """The answer given to a question, `""` when it was not judged."""
        judgement = self.judgement(question)
        return judgement.answer if judgement else ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of running text and what was judged of it: the kind of result it tells of, or whether it challenges.

    Its judgement's question is "sentence" (a key of `RESULTS`, or "none") or "challenge" ("yes" or "no").
    """

    text: str
    judgement: Judgement
    spans: tuple[Span, ...] = ()
    section: str = ""
    place: Place | None = None
    page: int | None = None
    language: Language = "en"
