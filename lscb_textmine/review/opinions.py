"""What people said of a statement in; what is to stand of it, and where they differ, out.

An opinion holds every answer that a person stands for: those given, and the machine's where they were left as they
were in a row that was looked at. So it keeps its meaning when the machine changes its mind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lscb_textmine.annotations import is_smart
from lscb_textmine.records import CRITERIA, ReviewState
from lscb_textmine.report.reviewed import CHOICES

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one person said of one statement."""

    reviewer: str
    state: ReviewState
    answers: tuple[tuple[str, str], ...] = ()
    """Question and answer. "label" is among them only where it does not follow from the criteria."""
    comment: str = ""
    given_in: str = ""
    """The workbook in which it was given in this run."""


@dataclass(frozen=True, slots=True)
class StatementReview:
    """The opinions on one statement, with what finds it again in another run."""

    id: str
    opinions: tuple[Opinion, ...]
    board: str = ""
    document: str = ""
    text: str = ""
    cells: tuple[str, ...] = ()
    line: str = field(default="", compare=False)
    """As it was kept in a file, `""` when it was not."""


@dataclass(frozen=True, slots=True)
class Differing:
    """A question on which two people differ."""

    question: str
    answers: tuple[tuple[str, str], ...]
    """Reviewer and answer."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to stand of a statement."""

    answers: dict[str, str]
    state: ReviewState
    reviewer: str
    comment: str
    differences: tuple[Differing, ...] = ()


def derive_label(answers: Answers) -> str:
    """The label that follows from the five criteria (codebook section 2), `""` when not all were answered.

    >>> derive_label({"specific": "yes", "measurable": "yes", "achievable": "no", "realistic": "yes",
    ...               "time_limited": "yes"})
    'SMART'
    """
    if any(criterion not in answers for criterion in CRITERIA):
        return ""
    return "SMART" if is_smart([answers[criterion] == "yes" for criterion in CRITERIA]) else "aspirational"


def label_of(answers: Answers) -> str:
    """The label that a person gave, else the one that follows from their criteria."""
    return answers.get("label") or derive_label(answers)


def stand_for(given: Answers, machine: Answers, state: ReviewState) -> tuple[tuple[str, str], ...]:
    """Every answer of a person who gave some and left the machine's others as they were.

    Who is unsure, or only left a comment, stands for nothing but what was given.
    """
    label = given.get("label", "")
    told = {question: answer for question, answer in given.items() if question != "label"}
    if told.get("objective", machine.get("objective")) == "no":
        return (("objective", "no"),) if "objective" in told or state in ("confirmed", "changed") else ()
    own_label = label and label != derive_label({**machine, **told})
    if state in ("confirmed", "changed"):
        left_open = (*CRITERIA, "label") if own_label else ("label",)
        told = {name: answer for name, answer in machine.items() if name not in left_open} | told
    if own_label:
        told["label"] = label
    return tuple((question, told[question]) for question in CHOICES if question in told)


def agree_opinions(opinions: Sequence[Opinion], machine: Answers) -> Verdict:
    """What stands: the answers on which all agree who gave one; where they differ the machine's, and it is unsure."""
    everyone = [(opinion.reviewer, dict(opinion.answers)) for opinion in opinions]
    differences = tuple(_differing(everyone))
    open_questions = {each.question for each in differences}
    answers: dict[str, str] = {}
    for _, told in everyone:
        answers |= {question: answer for question, answer in told.items() if question not in open_questions}
    if answers.get("objective") == "no":
        answers = {"objective": "no"}
    states = {opinion.state for opinion in opinions}
    return Verdict(
        answers={question: answers[question] for question in CHOICES if question in answers},
        state=_agree_states(states, answers, machine, differ=bool(differences)),
        reviewer="; ".join(dict.fromkeys(opinion.reviewer for opinion in opinions)),
        comment="; ".join([*_comments(opinions), *map(_describe, differences)]),
        differences=differences,
    )


def _differing(everyone: Sequence[tuple[str, dict[str, str]]]) -> Iterator[Differing]:
    for question in CHOICES:
        told = [(reviewer, answers[question]) for reviewer, answers in everyone if question in answers]
        if question == "label" and told:  # one who gave the criteria alone has said what follows from them
            labels = [(reviewer, label_of(answers)) for reviewer, answers in everyone]
            told = [(reviewer, label) for reviewer, label in labels if label]
        if len({answer for _, answer in told}) > 1:
            yield Differing(question, tuple(told))


def _agree_states(states: Iterable[ReviewState], answers: Answers, machine: Answers, *, differ: bool) -> ReviewState:
    told = set(states)
    if differ or "unsure" in told:
        return "unsure"
    if told == {"machine"}:
        return "machine"
    return "changed" if any(machine.get(name) != answer for name, answer in answers.items()) else "confirmed"


def _comments(opinions: Sequence[Opinion]) -> list[str]:
    told = [opinion for opinion in opinions if opinion.comment]
    if len({opinion.reviewer for opinion in opinions}) < 2:
        return list(dict.fromkeys(opinion.comment for opinion in told))
    return list(dict.fromkeys(f"{opinion.reviewer}: {opinion.comment}" for opinion in told))


def _describe(difference: Differing) -> str:
    answers = ", ".join(f"{reviewer} {answer}" for reviewer, answer in difference.answers)
    return f"reviewers differ on {difference.question.replace('_', '-')} ({answers})"
