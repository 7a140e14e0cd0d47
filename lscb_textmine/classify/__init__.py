"""Candidates and models in; objectives, each question answered with the words that decided it, out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Protocol

from lscb_textmine.classify.choices import further_domains, judge_choice
from lscb_textmine.classify.encoder import Encoder
from lscb_textmine.classify.linear import LinearModel, Reading
from lscb_textmine.classify.objective import judge_objective
from lscb_textmine.classify.results import find_spans
from lscb_textmine.classify.weighing import judge_criterion, judge_label
from lscb_textmine.classify.welsh import judge_welsh_criteria
from lscb_textmine.records import CRITERIA, Candidate, Judgement, Objective

__all__ = ["classify_statements"]


class StatementModels(Protocol):
    """What is needed of `models.Models`, which stands outside this stage."""

    @property
    def encoder(self) -> Encoder:
        """What sees the words for every question."""

    @property
    def questions(self) -> Mapping[str, LinearModel]:
        """The model of each question: "objective", each criterion, "domain", "result"."""


def classify_statements(candidates: Sequence[Candidate], models: StatementModels) -> tuple[Objective, ...]:
    """One objective for each candidate, in order; those that are no statement carry only the judgement that says so,
    unless they were given as statements (`place` is None): then all questions are answered.

    Welsh statements are never judged by English rules or models: time, owner and numbers are told by Welsh cues, the
    rest is left to a person.
    """
    return tuple(_classify(candidate, models) for candidate in candidates)


def _classify(candidate: Candidate, models: StatementModels) -> Objective:
    reading, questions = Reading(candidate, models.encoder), models.questions
    objective = judge_objective(reading, questions["objective"])
    if objective.answer == "no" and (candidate.place or candidate.turned_down):
        return Objective(candidate, (objective,), needs_review=is_unsure([objective]))
    if candidate.language == "cy":
        judged, deadline = judge_welsh_criteria(candidate)
        return Objective(candidate, (objective, *judged), deadline=deadline, needs_review=True)
    criteria = tuple(judge_criterion(criterion, reading, questions[criterion]) for criterion in CRITERIA)
    domain = judge_choice(reading, questions["domain"])
    result = judge_choice(reading, questions["result"])
    judgements = (objective, *criteria, judge_label(criteria), domain, result)
    finding, met = reading.criteria(), {each.question for each in criteria if each.answer == "yes"}
    return Objective(
        candidate,
        judgements,
        other_domains=further_domains(domain),
        deadline=finding.deadline if "time_limited" in met else "",
        lead=finding.lead,
        measure=finding.measure if "measurable" in met else "",
        spans=find_spans(reading),
        needs_review=is_unsure(judgements),
    )


def is_unsure(judgements: Sequence[Judgement]) -> bool:
    """Whether the tool should not decide alone: a wrong label stated with confidence is worse than this.

    Criteria are looked at together, in the label that follows from them.
    """
    limits = load_limits()
    told = [each for each in judgements if each.question in limits and each.by != "person"]
    return any(each.probability < limits[each.question] for each in told)


@cache
def load_limits() -> dict[str, float]:
    """The probability of each question's answer below which a person should look."""
    text = files("lscb_textmine.classify").joinpath("review.toml").read_text(encoding="utf-8")
    return {name: float(limit) for name, limit in tomllib.loads(text)["least"].items()}
