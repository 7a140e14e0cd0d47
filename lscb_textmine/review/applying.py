"""A study as the machine left it and what people said in; the study with the reviewed labels first out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from lscb_textmine.classify import is_unsure
from lscb_textmine.classify.weighing import judge_label
from lscb_textmine.pipeline import summarise
from lscb_textmine.records import CRITERIA, Candidate, Document, Judgement, Objective, Paper, Review, Study, finding_id
from lscb_textmine.report.reviewed import CHOICES, machine_answers, machine_judgements
from lscb_textmine.review.opinions import Answers, Opinion, StatementReview, Verdict, agree_opinions

Judge = Callable[[Candidate], Objective]
"""Judges a candidate that a person calls a statement, where the machine had turned it down and asked no further."""


def apply_reviews(study: Study, reviews: Sequence[StatementReview], *, judge: Judge | None = None) -> Study:
    """The study with each reviewed statement as people left it, and every figure made again.

    What is no statement moves to those turned down, and what is one moves back. Nothing else changes.
    """
    opinions = {review.id: review.opinions for review in reviews}
    if not opinions:
        return study
    papers = [_review_paper(paper, opinions, judge) for paper in study.papers]
    return summarise(
        papers, problems=study.problems, settings=study.settings, models=study.models, accuracy=study.accuracy
    )


def statement_id(objective: Objective, document: Document) -> str:
    """The identifier under which reports and reviews know a statement."""
    return finding_id(document.sha256, objective.candidate.place, objective.candidate.text)


def find_statements(study: Study) -> Iterator[tuple[str, Objective, Document]]:
    """Every candidate of the study, counted or not, with its identifier and its paper."""
    for paper in study.papers:
        for objective in (*paper.objectives, *paper.rejected):
            yield statement_id(objective, paper.document), objective, paper.document


def _review_paper(paper: Paper, opinions: Mapping[str, Sequence[Opinion]], judge: Judge | None) -> Paper:
    def review(objective: Objective) -> Objective:
        told = opinions.get(statement_id(objective, paper.document))
        return review_objective(objective, told, judge=judge) if told else objective

    objectives, rejected = tuple(map(review, paper.objectives)), tuple(map(review, paper.rejected))
    return replace(
        paper,
        objectives=_join([each for each in objectives if each.counted], [each for each in rejected if each.counted]),
        rejected=_join([e for e in rejected if not e.counted], [e for e in objectives if not e.counted]),
    )


def _join(stayed: list[Objective], moved: Sequence[Objective]) -> tuple[Objective, ...]:
    """Those that stayed in their order, with each that moved before the first that stands after it in the paper."""
    for each in moved:
        after = (number for number, other in enumerate(stayed) if _where(other) > _where(each))
        stayed.insert(next(after, len(stayed)), each)
    return tuple(stayed)


def _where(objective: Objective) -> tuple[int, ...]:
    place = objective.candidate.place
    return (place.block, place.row or 0, place.column or 0, place.start) if place else ()


def review_objective(objective: Objective, opinions: Sequence[Opinion], *, judge: Judge | None = None) -> Objective:
    """The statement with what people said of it; what the machine had judged stands in its review."""
    machine = {each.question: each for each in machine_judgements(objective)}
    verdict = agree_opinions(opinions, machine_answers(objective))
    if verdict.answers.get("objective") == "yes" and judge is not None and machine.keys() == {"objective"}:
        judged = judge(objective.candidate)
        machine = {each.question: each for each in judged.judgements} | machine
        objective = replace(judged, candidate=objective.candidate)
    review = Review(verdict.state, verdict.reviewer, verdict.comment, tuple(machine.values()))
    judgements = _settle(machine, verdict)
    met = {each.question for each in judgements if each.answer == "yes"}
    domain = verdict.answers.get("domain", "")
    return replace(
        objective,
        judgements=judgements,
        other_domains=_other_domains(objective, machine, domain),
        deadline=objective.deadline if "time_limited" in met or "time_limited" not in verdict.answers else "",
        measure=objective.measure if "measurable" in met or "measurable" not in verdict.answers else "",
        needs_review=_needs_review(objective, verdict, judgements),
        review=review,
    )


def _settle(machine: Mapping[str, Judgement], verdict: Verdict) -> tuple[Judgement, ...]:
    settled = {
        question: _answer(question, verdict.answers, machine.get(question))
        for question in CHOICES
        if question in verdict.answers or question in machine
    }
    objective = settled.get("objective")
    if objective is not None and objective.answer == "no":
        return (objective,)
    criteria = [settled[criterion] for criterion in CRITERIA if criterion in settled]
    if "label" not in verdict.answers and len(criteria) == len(CRITERIA) and verdict.answers.keys() & set(CRITERIA):
        settled["label"] = judge_label(criteria)
    return tuple(settled[question] for question in CHOICES if question in settled)


def _answer(question: str, answers: Answers, machine: Judgement | None) -> Judgement:
    """The machine's judgement where nobody answered; with a person behind it where they agree; else the person's."""
    answer = answers.get(question)
    if answer is None and machine is not None:
        return machine
    told = answer or ""
    probabilities = ((told, 1.0),) if question in ("domain", "result") else ()
    if machine is not None and machine.answer == told:
        return replace(machine, probability=1.0, by="person", probabilities=probabilities)
    note = "a person says that it is none" if (question, told) == ("objective", "no") else "a person's answer"
    return Judgement(question, told, 1.0, by="person", probabilities=probabilities, note=note)


def _other_domains(objective: Objective, machine: Mapping[str, Judgement], domain: str) -> tuple[str, ...]:
    """The further domains; one that a person made the first changes places with the machine's first."""
    first = machine["domain"].answer if "domain" in machine else ""
    return tuple(first if each == domain else each for each in objective.other_domains)


def _needs_review(objective: Objective, verdict: Verdict, judgements: Sequence[Judgement]) -> bool:
    if verdict.state == "machine":
        return objective.needs_review
    return verdict.state == "unsure" or is_unsure(judgements)
