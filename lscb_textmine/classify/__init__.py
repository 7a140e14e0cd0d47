"""Candidates and models in; objectives, each question answered with the words that decided it, out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from lscb_textmine.classify.choices import further_domains, judge_choice
from lscb_textmine.classify.criteria import judge_criteria
from lscb_textmine.classify.linear import LinearModel, Reading
from lscb_textmine.classify.objective import judge_objective
from lscb_textmine.classify.results import find_spans
from lscb_textmine.records import Candidate, Judgement, Objective

__all__ = ["classify_statements"]

UNSURE = 0.65
"""Probability below which a person should look at whether it is a statement at all."""
UNSURE_CHOICE = 0.4
"""Probability below which a person should look at a domain or result type."""


class StatementModels(Protocol):
    """What is needed of `models.Models`, which stands outside this stage."""

    @property
    def objective(self) -> LinearModel:
        """Statement or not."""

    @property
    def domain(self) -> LinearModel:
        """Primary domain."""

    @property
    def result(self) -> LinearModel:
        """Result type."""


def classify_statements(candidates: Sequence[Candidate], models: StatementModels) -> tuple[Objective, ...]:
    """One objective for each candidate, in order; those that are no statement carry only the judgement that says so,
    unless they were given as statements (`place` is None): then all questions are answered.

    Welsh statements are never judged by English rules: they are found and counted, and left to a person.
    """
    return tuple(_classify(candidate, models) for candidate in candidates)


def _classify(candidate: Candidate, models: StatementModels) -> Objective:
    reading = Reading(candidate)
    objective = judge_objective(reading, models.objective)
    if objective.answer == "no" and (candidate.place or candidate.turned_down):
        return Objective(candidate, (objective,), needs_review=objective.probability < UNSURE)
    if candidate.language == "cy":
        return Objective(candidate, (objective,), needs_review=True)
    criteria = judge_criteria(candidate)
    domain = judge_choice(reading, models.domain)
    result = judge_choice(reading, models.result)
    judgements = (objective, *criteria.judgements, domain, result)
    return Objective(
        candidate,
        judgements,
        other_domains=further_domains(domain),
        deadline=criteria.deadline,
        lead=criteria.lead,
        measure=criteria.measure,
        spans=find_spans(candidate.text),
        needs_review=_needs_review(judgements),
    )


def _needs_review(judgements: Sequence[Judgement]) -> bool:
    """Whether the tool should not decide alone: a wrong label stated with confidence is worse than this."""
    by_question = {each.question: each for each in judgements}
    unsure = by_question["objective"].probability < UNSURE
    hazy = any(by_question[question].probability < UNSURE_CHOICE for question in ("domain", "result"))
    return unsure or hazy
