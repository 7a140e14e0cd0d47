"""Reviews in; `reviews.jsonl`, in the form of annotations, out, and back; and the same reviews on another run's study.

A line is a labelled statement (`annotations/README.md`): the labels that people stand for, each reviewer's own under
`annotators`, and under `review` the state, who said what, and the machine's answers beside.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from lscb_textmine.annotations import LabelledStatement, Labels, read_json_lines, write_labelled_statements
from lscb_textmine.errors import InputError
from lscb_textmine.records import CRITERIA, Document, Objective, ReviewState, Study
from lscb_textmine.report.data import escape_unseen
from lscb_textmine.report.reviewed import CHOICES, STATES, machine_answers
from lscb_textmine.review.applying import find_statements
from lscb_textmine.review.opinions import Answers, Opinion, StatementReview

REVIEWS = "reviews.jsonl"
Key = tuple[str, str, str, tuple[str, ...]]


def reviews_to_jsonl(reviews: Sequence[StatementReview], study: Study) -> bytes:
    """The reviews as they stand in the study that they were applied to; of what is not in it, the line kept before."""
    found = {id: (objective, document) for id, objective, document in find_statements(study)}
    lines = [
        write_labelled_statements([_labelled(review, *found[review.id])]) if review.id in found else review.line
        for review in reviews
    ]
    return escape_unseen("".join(lines)).encode("utf-8")


def add_lines(reviews: Sequence[StatementReview], study: Study) -> tuple[StatementReview, ...]:
    """The reviews with the line that each would be kept as, so that they can wait for their statement."""
    return tuple(replace(review, line=reviews_to_jsonl([review], study).decode("utf-8")) for review in reviews)


def _labelled(review: StatementReview, objective: Objective, document: Document) -> LabelledStatement:
    stands = {each.question: each.answer for each in objective.judgements if each.by == "person"}
    return LabelledStatement(
        id=review.id,
        candidate=objective.candidate,
        source=document.board_name,
        labels=_labels(stands, counted=objective.counted),
        other_domains=objective.other_domains,
        annotators=tuple(_annotators(review.opinions, machine_answers(objective))),
        review=_review_fields(review, objective, document),
    )


def _labels(answers: Answers, *, counted: bool) -> Labels:
    """The labels that people stand for; the criteria stay open where SMART or not was said against them."""
    judged = "label" not in answers and all(criterion in answers for criterion in CRITERIA)
    return Labels(
        objective=counted,
        criteria=tuple(answers[criterion] == "yes" for criterion in CRITERIA) if judged else None,
        primary_domain=answers.get("domain"),
        result=answers.get("result"),
    )


def _annotators(opinions: Sequence[Opinion], machine: Answers) -> Iterator[tuple[str, Labels]]:
    """Each reviewer's own labels."""
    seen: dict[str, int] = {}
    for opinion in opinions:
        seen[opinion.reviewer] = seen.get(opinion.reviewer, 0) + 1
        number, own = seen[opinion.reviewer], dict(opinion.answers)
        counted = (own.get("objective") or machine.get("objective")) == "yes"
        yield (opinion.reviewer if number == 1 else f"{opinion.reviewer} ({number})"), _labels(own, counted=counted)


def _review_fields(review: StatementReview, objective: Objective, document: Document) -> dict[str, Any]:
    told = objective.review
    return {
        "by": "person",
        "state": told.state if told else "machine",
        "board": review.board,
        "document": review.document,
        "sha256": document.sha256,
        "page": objective.candidate.page,
        "cells": [cell.text for cell in objective.candidate.cells],
        "label": objective.label if objective.counted and objective.judged else None,
        "machine": machine_answers(objective),
        "opinions": [
            {"reviewer": each.reviewer, "state": each.state, "comment": each.comment, "answers": dict(each.answers)}
            for each in review.opinions
        ],
    }


def read_reviews(path: Path) -> tuple[StatementReview, ...]:
    """The reviews kept in a file, none when it is not there. Raises InputError naming the line that is none."""
    if not path.exists():
        return ()
    rows = enumerate(read_json_lines(path), start=1)
    return tuple(_review(row, f"{path}, review {number}") for number, row in rows)


def _review(row: dict[str, Any], where: str) -> StatementReview:
    try:
        told = row["review"]
        return StatementReview(
            id=str(row["id"]),
            opinions=tuple(_opinion(each) for each in told["opinions"]),
            board=str(told["board"]),
            document=str(told["document"]),
            text=str(row["text"]),
            cells=tuple(map(str, told["cells"])),
            line=json.dumps(row, ensure_ascii=False) + "\n",
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{where}: is no review as this program writes it ({error}); mend or remove it") from error


def _opinion(plain: dict[str, Any]) -> Opinion:
    answers, state = plain["answers"], plain["state"]
    wrong = [f"{name} {answer}" for name, answer in answers.items() if answer not in CHOICES.get(name, ())]
    if wrong or state not in STATES:
        raise ValueError(f"{', '.join(wrong) or state} is no answer")
    return Opinion(str(plain["reviewer"]), cast(ReviewState, state), tuple(answers.items()), str(plain["comment"]))


def carry_over(
    reviews: Sequence[StatementReview], study: Study
) -> tuple[tuple[StatementReview, ...], tuple[StatementReview, ...]]:
    """The reviews on the unchanged statements of another run's study, and those whose statement is not there any more.

    A statement is unchanged when it has the same identifier, or the same words and cells in a paper of the same name
    and board; where these stand more than once, the first goes with the first.
    """
    ids = {id for id, _, _ in find_statements(study)}
    taken = {review.id for review in reviews if review.id in ids}
    free: dict[Key, list[str]] = {}
    for id, objective, document in find_statements(study):
        if id not in taken:
            cells = tuple(cell.text for cell in objective.candidate.cells)
            free.setdefault((document.board_name, document.name, objective.candidate.text, cells), []).append(id)
    carried, lost = [], []
    for review in reviews:
        same = free.get((review.board, review.document, review.text, review.cells), [])
        if review.id in ids:
            carried.append(review)
        elif same:
            carried.append(replace(review, id=same.pop(0)))
        else:
            lost.append(review)
    return tuple(carried), tuple(lost)
