"""Reviewed workbooks, or a folder that holds reviews, in; the reviewed study and what is kept of the round out."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path

from lscb_textmine.errors import InputError, TextmineError
from lscb_textmine.records import Problem, Study
from lscb_textmine.report.workbook import UNDATED
from lscb_textmine.review.applying import Judge, apply_reviews
from lscb_textmine.review.gathering import Gathered, GivenWorkbook, gather_reviews, merge_reviews
from lscb_textmine.review.kept import REVIEWS, add_lines, carry_over, read_reviews, reviews_to_jsonl
from lscb_textmine.review.opinions import StatementReview
from lscb_textmine.review.sheets import read_reviewed_workbook
from lscb_textmine.store import LEDGER, load_study, study_to_ledger

WORKBOOK, REVIEWED = "evidence.xlsx", "reviewed"


@dataclass(frozen=True, slots=True)
class ReviewRound:
    """What came of a round of review."""

    study: Study
    """With the reviewed labels first."""
    machine: Study
    """As the machine left it."""
    reviews: tuple[StatementReview, ...] = ()
    waiting: tuple[StatementReview, ...] = ()
    """Reviews of statements that the study does not hold."""
    errors: tuple[str, ...] = ()
    """What is wrong in the workbooks; nothing is to be written when there is any."""


def review_workbooks(workbooks: Sequence[Path], *, study: Path, out: Path, judge: Judge | None = None) -> ReviewRound:
    """The study in a folder with what people said in the workbooks, and had said before in `out`.

    Raises InputError when a workbook or the study cannot be read.
    """
    machine = load_study(study)
    before = read_reviews(out / REVIEWS) or read_reviews(study / REVIEWS)
    earlier, waiting = carry_over(before, machine)
    gathered = gather_reviews(machine, [_open(path, machine) for path in workbooks], earlier=earlier, judge=judge)
    reviewed = apply_reviews(machine, gathered.reviews, judge=judge)
    return ReviewRound(reviewed, machine, gathered.reviews, waiting, gathered.errors)


def _open(path: Path, study: Study) -> GivenWorkbook:
    before, _ = carry_over(read_reviews(path.parent / REVIEWS), study)
    return GivenWorkbook(read_reviewed_workbook(path), before)


def continue_reviews(found: Study, folder: Path, *, judge: Judge | None = None) -> ReviewRound:
    """A new run's study with the reviews that `folder` holds: kept before, or in a workbook that a person touched.

    What cannot be carried over is a warning among the study's problems.
    """
    kept, problems = _reviews_in(folder, judge)
    reviews, waiting = carry_over(kept, found)
    lost = tuple(Problem(str(folder / REVIEWS), _tell_lost(review), severity="warning") for review in waiting)
    machine = replace(found, problems=(*found.problems, *problems, *lost))
    return ReviewRound(apply_reviews(machine, reviews, judge=judge), machine, reviews, waiting)


def _reviews_in(folder: Path, judge: Judge | None) -> tuple[tuple[StatementReview, ...], tuple[Problem, ...]]:
    """The reviews in a folder of results, each with the line to keep it by; and what could not be read of them."""
    try:
        before = (*read_reviews(folder / REVIEWED / REVIEWS), *read_reviews(folder / REVIEWS))
        path = folder / WORKBOOK
        if not is_touched(path):
            return merge_reviews(before), ()
        machine = load_study(folder)
        known, others = carry_over(before, machine)
        gathered = gather_reviews(machine, [_open(path, machine)], earlier=known, judge=judge)
    except TextmineError as error:
        return (), (Problem(str(folder), f"{error}; no reviews were carried over", severity="warning"),)
    reviews = add_lines(gathered.reviews, apply_reviews(machine, gathered.reviews, judge=judge))
    return (*reviews, *merge_reviews(others)), tuple(_tell_wrong(path, gathered))


def _tell_wrong(path: Path, gathered: Gathered) -> list[Problem]:
    return [Problem(str(path), f"{error}; not carried over", severity="warning") for error in gathered.errors]


def _tell_lost(review: StatementReview) -> str:
    words = review.text if len(review.text) <= 80 else f"{review.text[:79]}…"
    place = f"{review.board}, {review.document}"
    return f"the review of “{words}” ({place}) fits no statement of this run; it is kept in {REVIEWS}"


def round_files(found: ReviewRound, folder: Path) -> dict[str, bytes]:
    """What is to be written to `folder` beside the reports: ledger, reviews, and a workbook that a person touched.

    That workbook goes under another name, as a new one takes its place.
    """
    files = {LEDGER: study_to_ledger(found.machine, folder)}
    if found.reviews or found.waiting or (folder / REVIEWS).exists():
        files[REVIEWS] = reviews_to_jsonl((*found.reviews, *found.waiting), found.study)
    if is_touched(folder / WORKBOOK):
        files[free_name(folder)] = (folder / WORKBOOK).read_bytes()
    return files


def free_name(folder: Path) -> str:
    """The name under which a touched workbook is kept: the first that is free, or that holds just this already."""
    number, content = 1, (folder / WORKBOOK).read_bytes()
    while (path := folder / f"evidence (reviewed {number}).xlsx").exists() and path.read_bytes() != content:
        number += 1
    return path.name


def is_touched(path: Path) -> bool:
    """Whether a workbook was saved by a person since it was written: then it tells another time of change."""
    try:
        with zipfile.ZipFile(BytesIO(path.read_bytes())) as book:
            return f"{UNDATED:%Y-%m-%dT%H:%M:%SZ}</dcterms:modified>" not in book.read("docProps/core.xml").decode()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (zipfile.BadZipFile, KeyError, ValueError):
        return True
