"""A round of review in; how far people agree with the tool and with each other, and what to tell of the round, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from lscb_textmine.agreement import QUESTIONS, Agreement, Answered, compare_question, list_differences
from lscb_textmine.records import Study
from lscb_textmine.report.agreed import agreement_lines, agreement_to_json
from lscb_textmine.report.reviewed import machine_answers
from lscb_textmine.review.applying import find_statements
from lscb_textmine.review.opinions import Answers, Opinion, StatementReview, label_of
from lscb_textmine.review.rounds import ReviewRound

SEEN = "Labels left as they were count as agreed, and people saw the tool's before they gave theirs: an upper bound."


@dataclass(frozen=True, slots=True)
class ReviewersAgreed:
    """Agreement of two reviewers on the statements that both looked at."""

    first: str
    second: str
    agreement: Agreement


def agree_with_tool(reviews: Sequence[StatementReview], reviewed: Study) -> Agreement:
    """How far the reviewers' answers are the tool's; an opinion of each person on a statement is one pair."""
    machine = {id: _comparable(machine_answers(objective)) for id, objective, _ in find_statements(reviewed)}
    pairs = [
        (Answered(review.id, review.text, machine[review.id]), _answered(review, opinion))
        for review in reviews
        for opinion in review.opinions
        if opinion.answers and review.id in machine
    ]
    return _agree(pairs)


def agree_reviewers(reviews: Sequence[StatementReview]) -> tuple[ReviewersAgreed, ...]:
    """The agreement of each two reviewers who looked at the same statements."""
    names = sorted({opinion.reviewer for review in reviews for opinion in review.opinions})
    found = []
    for first, second in combinations(names, 2):
        pairs = [
            (_answered(review, left), _answered(review, right))
            for review in reviews
            for left in review.opinions
            for right in review.opinions
            if (left.reviewer, right.reviewer) == (first, second) and left.answers and right.answers
        ]
        if pairs:
            found.append(ReviewersAgreed(first, second, _agree(pairs)))
    return tuple(found)


def _agree(pairs: Sequence[tuple[Answered, Answered]]) -> Agreement:
    questions = [compare_question(question, pairs) for question in QUESTIONS]
    return Agreement(tuple(each for each in questions if each is not None), tuple(list_differences(pairs)), 0, 0)


def _answered(review: StatementReview, opinion: Opinion) -> Answered:
    return Answered(review.id, review.text, _comparable(dict(opinion.answers)))


def _comparable(answers: Answers) -> dict[str, str]:
    """The answers with the label that follows from them; what is no statement has no other."""
    if answers.get("objective") == "no":
        return {"objective": "no"}
    label = label_of(answers)
    return {**answers, **({"label": label} if label else {})}


def count_reviewed(study: Study) -> dict[str, int]:
    """How many statements stand in the study, and how many were reviewed with what outcome."""
    states = [objective.review.state for _, objective, _ in find_statements(study) if objective.review]
    statements = sum(len(paper.objectives) for paper in study.papers)
    told = {state: states.count(state) for state in ("confirmed", "changed", "unsure")}
    return {"statements": statements, "reviewed": sum(told.values()), **told, "commented": states.count("machine")}


def describe_counts(study: Study) -> str:
    """The counts in a line."""
    counts = count_reviewed(study)
    told = f"{counts['statements']} statements; {counts['reviewed']} reviewed"
    if counts["reviewed"]:
        told += f": {counts['confirmed']} confirmed, {counts['changed']} changed, {counts['unsure']} unsure"
    return told + (f"; {counts['commented']} only commented on" if counts["commented"] else "")


def round_lines(found: ReviewRound) -> Iterator[str]:
    """The agreement of reviewers and tool, then of each two reviewers with every difference."""
    with_tool = agree_with_tool(found.reviews, found.study)
    if with_tool.questions:
        yield f"Reviewers and tool. {SEEN}"
        yield from agreement_lines(with_tool, Path("tool"), Path("reviewers"), listed=False)
    for each in agree_reviewers(found.reviews):
        yield f"{each.first} and {each.second}. Where they differ the tool's label stays, marked for review."
        yield from agreement_lines(each.agreement, Path(each.first), Path(each.second), listed=True)
    for review in found.waiting:
        yield f"kept for later, as its statement is not in this study: “{review.text[:80]}” ({review.document})"


def carried_lines(found: ReviewRound, files: Iterable[str]) -> Iterator[str]:
    """What a new run has to tell of the reviews that were there, given the names of the files written beside."""
    if found.reviews:
        yield f"Reviews carried over: {describe_counts(found.study)}."
    if found.waiting:
        yield f"{len(found.waiting)} reviews fit no statement of this run: see the sheet Problems"
    for name in files:
        if name.endswith(".xlsx"):
            yield f"evidence.xlsx had been changed by hand: kept as {name}"


def round_to_json(found: ReviewRound, *, folder: Path, files: Sequence[Path]) -> dict[str, Any]:
    """What `review --json` prints."""
    return {
        "out": str(folder),
        "files": [str(path) for path in files],
        **count_reviewed(found.study),
        "waiting": len(found.waiting),
        "tool": agreement_to_json(agree_with_tool(found.reviews, found.study)),
        "reviewers": [
            {"first": each.first, "second": each.second, **agreement_to_json(each.agreement)}
            for each in agree_reviewers(found.reviews)
        ],
    }
