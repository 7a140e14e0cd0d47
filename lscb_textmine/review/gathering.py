"""Reviewed workbooks and what was said before in; all opinions on each statement, or what is wrong in a workbook, out.

A workbook shows what was said before in its own folder. A row that still shows just that adds nothing and takes nothing
away; a row that was changed stands in place of what it showed. Of other folders' opinions, a person's new one takes the
place of their old one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import cast

from lscb_textmine.records import CRITERIA, Document, Objective, ReviewState, Study
from lscb_textmine.report.reviewed import CHOICES, STATE, changed_answer, machine_answers
from lscb_textmine.review.applying import Judge, apply_reviews, find_statements
from lscb_textmine.review.opinions import Opinion, StatementReview, derive_label, stand_for
from lscb_textmine.review.sheets import ReviewedWorkbook, ReviewRow


@dataclass(frozen=True, slots=True)
class Gathered:
    """The opinions on each statement, and a message for each thing that cannot stand."""

    reviews: tuple[StatementReview, ...]
    errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenWorkbook:
    """A workbook as read, with what was said before in its own folder, which it shows."""

    workbook: ReviewedWorkbook
    before: tuple[StatementReview, ...] = ()


@dataclass(slots=True)
class _Pile:
    """Opinions as they come in, by statement."""

    opinions: dict[str, list[Opinion]] = field(default_factory=dict)

    def add(self, id: str, opinion: Opinion) -> None:
        kept = [each for each in self.opinions.get(id, []) if not _replaces(opinion, each)]
        if not any(replace(each, given_in=opinion.given_in) == opinion for each in kept):
            kept.append(opinion)
        self.opinions[id] = kept

    def add_reviews(self, reviews: Sequence[StatementReview]) -> None:
        for review in reviews:
            for opinion in review.opinions:
                self.add(review.id, opinion)

    def withdraw(self, id: str, reviewers: Sequence[str]) -> None:
        kept = [each for each in self.opinions.get(id, []) if each.given_in or each.reviewer not in reviewers]
        self.opinions[id] = kept


def _replaces(new: Opinion, old: Opinion) -> bool:
    """Whether an opinion stands in place of another: the same person's, said earlier or in the same workbook."""
    return new.reviewer == old.reviewer and (not old.given_in or new.given_in == old.given_in)


def gather_reviews(
    study: Study,
    given: Sequence[GivenWorkbook],
    *,
    earlier: Sequence[StatementReview] = (),
    judge: Judge | None = None,
) -> Gathered:
    """All opinions on the statements of the study, which is as the machine left it."""
    pile = _Pile()
    errors: list[str] = []
    pile.add_reviews(earlier)
    for each, name in zip(given, name_workbooks([each.workbook for each in given]), strict=True):
        errors += each.workbook.errors
        errors += _take_workbook(pile, each, study, name, judge)
    known = {id: (objective, document) for id, objective, document in find_statements(study)}
    reviews = [_describe(id, *known[id], pile.opinions[id]) for id in known if pile.opinions.get(id)]
    return Gathered(tuple(reviews), tuple(errors))


def merge_reviews(reviews: Sequence[StatementReview]) -> tuple[StatementReview, ...]:
    """One review a statement, with all opinions; of one person's the last."""
    pile = _Pile()
    pile.add_reviews(reviews)
    last = {review.id: review for review in reviews}
    return tuple(replace(review, opinions=tuple(pile.opinions[id])) for id, review in last.items())


def name_workbooks(workbooks: Sequence[ReviewedWorkbook]) -> list[str]:
    """Who left the column Reviewer empty: the only one whose name stands in it, else the workbook by its own name."""
    stems = [workbook.path.stem for workbook in workbooks]
    return [_name_workbook(workbook, alone=stems.count(workbook.path.stem) == 1) for workbook in workbooks]


def _name_workbook(workbook: ReviewedWorkbook, *, alone: bool) -> str:
    names = {row.reviewer for row in workbook.rows if row.reviewer}
    if len(names) == 1:
        return next(iter(names))
    return workbook.path.stem if alone else f"{workbook.path.resolve().parent.name}/{workbook.path.stem}"


def _take_workbook(pile: _Pile, given: GivenWorkbook, study: Study, name: str, judge: Judge | None) -> Iterator[str]:
    """Put what a workbook says on the pile; messages for what cannot stand."""
    path = given.workbook.path
    shown = apply_reviews(study, given.before, judge=judge) if given.before else study
    statements = {id: objective for id, objective, _ in find_statements(shown)}
    before = {review.id: review.opinions for review in given.before}
    for row in given.workbook.rows:
        objective = statements.get(row.id)
        if objective is not None:
            told = _take_row(pile, row, objective, before.get(row.id, ()), name=name, path=path)
            yield from (f"{path}, sheet {row.sheet}, {message}" for message in told)
        elif not row.says_nothing:
            yield (
                f"{path}, sheet {row.sheet}, row {row.number}: is no statement of the study; "
                "name the folder of the run that the workbook came from with --study"
            )


def _take_row(
    pile: _Pile, row: ReviewRow, objective: Objective, before: Sequence[Opinion], *, name: str, path: Path
) -> Sequence[str]:
    if before and _shows_just(row, objective):
        for opinion in before:
            pile.add(row.id, replace(opinion, given_in=str(path)))
        return ()
    reviewer, wrong = row.reviewer or name, tuple(find_contradictions(row, objective))
    pile.withdraw(row.id, [reviewer, *(opinion.reviewer for opinion in before)])
    if not wrong and not row.says_nothing:
        pile.add(row.id, replace(read_opinion(row, objective), reviewer=reviewer, given_in=str(path)))
    return wrong


def _shows_just(row: ReviewRow, objective: Objective) -> bool:
    """Whether a row still says what was written into it."""
    review = objective.review
    answers = {question: changed_answer(objective, question) for question in CHOICES}
    written = {question: answer for question, answer in answers.items() if answer}
    return (
        review is not None
        and dict(row.answers) == written
        and (row.state, row.comment, row.reviewer) == (review.state, review.comment.strip(), review.reviewer.strip())
    )


def find_contradictions(row: ReviewRow, objective: Objective) -> Iterator[str]:
    """Messages where the cells of one row do not go together, naming them."""
    given, machine = dict(row.answers), machine_answers(objective)
    others = [question for question in given if question != "objective"]
    criteria = [each for each in CRITERIA if each in given and given[each] != machine.get(each)]
    derived = derive_label({**machine, **given})
    if row.state == "changed" and not given:
        yield f"cell {row.cells(STATE)}: says changed, but no label is; choose the right label, or another state"
    if given.get("objective") == "no" and others:
        cells = f"cell {row.cells('objective')} says that it is no statement, cell {row.cells(*others)} gives labels"
        yield f"{cells}; empty the one or the other"
    elif "label" in given and not derived:
        yield f"cell {row.cells('label')}: the criteria were not judged; answer all five, and the label follows"
    elif "label" in given and criteria and given["label"] != derived:
        cells = f"cell {row.cells('label')} says {given['label']}, but from {row.cells(*criteria)} follows {derived}"
        yield f"{cells}; empty the one or mend the other"


def read_opinion(row: ReviewRow, objective: Objective) -> Opinion:
    """What the row's person stands for."""
    given, machine = dict(row.answers), machine_answers(objective)
    state = cast(ReviewState, row.state)
    if state != "unsure" and (given or state != "machine"):
        state = "changed" if any(machine.get(name) != answer for name, answer in given.items()) else "confirmed"
    return Opinion(row.reviewer, state, stand_for(given, machine, state), row.comment)


def _describe(id: str, objective: Objective, document: Document, opinions: Sequence[Opinion]) -> StatementReview:
    candidate = objective.candidate
    kept = tuple(replace(opinion, given_in="") for opinion in opinions)
    cells = tuple(cell.text for cell in candidate.cells)
    return StatementReview(id, kept, document.board_name, document.name, candidate.text, cells)
