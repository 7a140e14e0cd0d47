"""A statement in; what a person said of it, as the reviewer's columns of Evidence and Not counted, out."""

from __future__ import annotations

from typing import get_args

from lscb_textmine.records import CRITERIA, DOMAINS, RESULTS, Judgement, Objective, ReviewState
from lscb_textmine.report.sheet import Value
from lscb_textmine.report.styles import Column

STATES: tuple[str, ...] = get_args(ReviewState)
YES_NO, LABELS = ("yes", "no"), ("SMART", "aspirational")
CHOICES: dict[str, tuple[str, ...]] = {
    "objective": YES_NO,
    **dict.fromkeys(CRITERIA, YES_NO),
    "label": LABELS,
    "domain": DOMAINS,
    "result": RESULTS,
}
"""What may be answered to each question."""
NAMES = {
    "objective": "Reviewed: statement",
    **{criterion: f"Reviewed: {criterion.replace('_', '-')}" for criterion in CRITERIA},
    "label": "Reviewed: SMART or aspirational",
    "domain": "Reviewed: domain",
    "result": "Reviewed: result",
}
"""The column in which a person answers each question."""
STATE, COMMENT, REVIEWER, ID = "State", "Comment", "Reviewer", "Id"
WIDTHS = {"label": 17, "domain": 12}
EMPTY = "Leave empty where the machine is right."
PROMPTS = {
    "objective": f"Is this an objective statement? {EMPTY}",
    **dict.fromkeys(CRITERIA, f"Do its words show it? SMART follows from the five. {EMPTY}"),
    "label": f"Only where it should not follow from the five. {EMPTY}",
    "domain": f"The one it is for. {EMPTY}",
    "result": f"The furthest that it promises. {EMPTY}",
}
STATE_PROMPT = (
    "confirmed: every label is right. changed: you gave another. unsure: someone else should look. "
    "machine: not looked at."
)
ADDED = {"look": "reviewer", "header": "reviewer header"}


def _answered(question: str) -> Column:
    return Column(
        NAMES[question], WIDTHS.get(question, 11), choices=CHOICES[question], prompt=PROMPTS[question], **ADDED
    )


_TOLD = (
    Column(STATE, 11, choices=STATES, prompt=STATE_PROMPT, **ADDED),
    Column(COMMENT, 30, "reviewer text", header="reviewer header"),
    Column(REVIEWER, 11, "reviewer text", header="reviewer header"),
    Column(ID, 5, "id", header="reviewer header"),
)
REVIEW = (Column("Machine's labels", 20, "glance"), *map(_answered, CHOICES), *_TOLD)
"""The last columns of Evidence; the identifier pairs a row with its statement."""
REVIEW_NOT_COUNTED = (_answered("objective"), *_TOLD)


def review_cells(objective: Objective, identity: str) -> list[Value]:
    """The values under `REVIEW`."""
    answers = [changed_answer(objective, question) for question in CHOICES]
    return [describe_labels(objective), *answers, *_told_cells(objective, identity)]


def review_not_counted_cells(objective: Objective, identity: str) -> list[Value]:
    """The values under `REVIEW_NOT_COUNTED`."""
    return [changed_answer(objective, "objective"), *_told_cells(objective, identity)]


def _told_cells(objective: Objective, identity: str) -> list[Value]:
    review = objective.review
    if review is None:
        return ["machine", None, None, identity]
    return [review.state, review.comment, review.reviewer, identity]


def machine_judgements(objective: Objective) -> tuple[Judgement, ...]:
    """What the machine judged, whatever a person made of it."""
    return objective.review.machine if objective.review else objective.judgements


def machine_answers(objective: Objective) -> dict[str, str]:
    """The machine's answer to each question that it judged."""
    told = {each.question: each.answer for each in machine_judgements(objective)}
    return {question: told[question] for question in CHOICES if question in told}


def changed_answer(objective: Objective, question: str) -> str:
    """A person's answer where it is not the machine's, else `""`."""
    judgement = objective.judgement(question)
    if judgement is None or judgement.by != "person":
        return ""
    return "" if machine_answers(objective).get(question) == judgement.answer else judgement.answer


def describe_labels(objective: Objective) -> str:
    """The machine's labels in one line, a dash for each criterion that is not met.

    >>> from lscb_textmine.records import Candidate
    >>> told = (("specific", "yes"), ("realistic", "no"), ("label", "aspirational"), ("result", "output"))
    >>> describe_labels(Objective(Candidate("x"), tuple(Judgement(name, answer, 0.9) for name, answer in told)))
    'S ? ? – ?, aspirational, output'
    """
    answers = machine_answers(objective)
    marks = {"yes": "", "no": "–", "": "?"}
    criteria = " ".join(marks[answers.get(criterion, "")] or criterion[0].upper() for criterion in CRITERIA)
    return ", ".join([criteria, *(answers[each] for each in ("label", "domain", "result") if each in answers)])
