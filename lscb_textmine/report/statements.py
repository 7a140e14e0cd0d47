"""A judged statement in; its line of `statements.jsonl` out, as design.md lays it down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lscb_textmine.records import CRITERIA, Document, Judgement, NamedCell, Objective, Review, finding_id

Line = dict[str, Any]
NO_DOCUMENT = Document(path="", sha256="", format="")


def statement_line(objective: Objective, *, document: Document = NO_DOCUMENT, id: str = "") -> Line:
    """The statement as one JSON object; `id` is kept when given, else made from the file and the place in it."""
    candidate = objective.candidate
    judged = objective.judgement("objective")
    return {
        "id": id or finding_id(document.sha256, candidate.place, candidate.text),
        "board": document.board.value,
        "document": document.name,
        "sha256": document.sha256,
        "doc_type": document.doc_type.value or candidate.doc_type,
        "year": document.year.value or candidate.year,
        "language": candidate.language,
        "page": candidate.page,
        "bbox": [round(edge, 1) for edge in candidate.box] if candidate.box else None,
        "section": candidate.section,
        "form": candidate.form,
        "text": candidate.text,
        "cells": name_cells(candidate.cells),
        "objective": objective.counted,
        "objective_probability": _round(share_of_yes(judged)) if judged else None,
        **_judged_fields(objective),
        **({"review": review_fields(objective.review)} if objective.review else {}),
    }


def review_fields(review: Review) -> Line:
    """What a person said, and beside it what the machine had answered."""
    machine = {each.question: each.answer for each in review.machine}
    told = {"state": review.state, "by": "person", "reviewer": review.reviewer, "comment": review.comment}
    return told | {"machine": machine}


def _judged_fields(objective: Objective) -> Line:
    label, domain, result = map(objective.judgement, ("label", "domain", "result"))
    return {
        "smart": {criterion: _criterion(objective.judgement(criterion)) for criterion in CRITERIA},
        "label": objective.label if objective.judged else None,
        "smart_score": objective.score if objective.judged else None,
        "probability": _round(label.probability) if label else None,
        "needs_review": objective.needs_review,
        "deadline": objective.deadline or None,
        "lead": objective.lead or None,
        "measure": objective.measure or None,
        "primary_domain": domain.answer if domain else None,
        "other_domains": list(objective.other_domains),
        "domain_probabilities": _probabilities(domain),
        "domain_because": [reason.text for reason in domain.because] if domain else [],
        "result": result.answer if result else None,
        "result_probabilities": _probabilities(result),
        "result_because": [reason.text for reason in result.because] if result else [],
        "spans": [
            {"kind": span.kind, "start": span.start, "end": span.end, "text": span.text} for span in objective.spans
        ],
    }


def _criterion(judgement: Judgement | None) -> Line:
    if judgement is None:
        return {"met": False, "probability": None, "because": [], "note": "not judged"}
    line: Line = {
        "met": judgement.answer == "yes",
        "probability": _round(judgement.probability),
        "because": [reason.text for reason in judgement.because],
    }
    return line | {"note": judgement.note} if judgement.note else line


def _probabilities(judgement: Judgement | None) -> dict[str, float]:
    return {answer: _round(share) for answer, share in judgement.probabilities} if judgement else {}


def _round(share: float) -> float:
    return round(share, 4)


def share_of_yes(judgement: Judgement) -> float:
    """The probability of "yes", whichever answer was given.

    >>> share_of_yes(Judgement("specific", "no", 0.75))
    0.25
    """
    return judgement.probability if judgement.answer == "yes" else 1 - judgement.probability


def name_cells(cells: Iterable[NamedCell]) -> dict[str, str]:
    """The cells by their column's own name; a second column of the same name, or of none, gets a number.

    >>> name_cells([NamedCell("Lead", "GP"), NamedCell("Lead", "HV"), NamedCell("", "x")])
    {'Lead': 'GP', 'Lead (2)': 'HV', 'Column 3': 'x'}
    """
    named: dict[str, str] = {}
    for number, cell in enumerate(cells, start=1):
        name, again = cell.name or f"Column {number}", 2
        while name in named:
            name, again = f"{cell.name or f'Column {number}'} ({again})", again + 1
        named[name] = cell.text
    return named
