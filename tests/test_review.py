"""What a person says in the workbook arrives, every word of it, and nothing else changes."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from studies import make_objective, make_paper, make_study

from lscb_textmine.agreement import compare_files
from lscb_textmine.annotations import read_labelled_statements, write_labelled_statements
from lscb_textmine.cli import run
from lscb_textmine.errors import InputError
from lscb_textmine.records import CRITERIA, Objective, ReviewState, Study
from lscb_textmine.report import write_study
from lscb_textmine.report.evidence import EVIDENCE
from lscb_textmine.report.reviewed import CHOICES, ID, NAMES, machine_answers
from lscb_textmine.review import (
    Opinion,
    ReviewRound,
    StatementReview,
    apply_reviews,
    continue_reviews,
    review_workbooks,
    round_files,
)
from lscb_textmine.review.applying import find_statements
from lscb_textmine.review.kept import read_reviews
from lscb_textmine.review.opinions import stand_for
from lscb_textmine.review.telling import agree_reviewers, agree_with_tool, count_reviewed

Cells = dict[str, str]
Capture = pytest.CaptureFixture[str]
PROTOCOL, AWARENESS, WELSH = 2, 3, 4
"""Rows of the hand-built study's Evidence."""


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `analyse` writes of the fictional papers."""
    out = tmp_path_factory.mktemp("analysed")
    assert run(["analyse", str(ROOT / "corpora"), "--out", str(out), "-q"]) == 0
    return out


@pytest.fixture
def results(analysed: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(analysed, tmp_path / "results"))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The hand-built study as `analyse` would write it."""
    return write_round(ReviewRound(make_study(), make_study()), tmp_path / "results")


def write_round(found: ReviewRound, folder: Path) -> Path:
    write_study(found.study, folder, beside=round_files(found, folder))
    return folder


def columns(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[1]}


def fill(path: Path, rows: dict[int, Cells], *, sheet: str = "Evidence") -> Path:
    """Type into the cells of a workbook and save it, as a person would."""
    book = load_workbook(path)
    places = columns(book[sheet])
    for row, cells in rows.items():
        for name, value in cells.items():
            book[sheet].cell(row, places[name]).value = value
    book.save(path)
    return path


def read_lines(folder: Path) -> dict[str, dict[str, Any]]:
    lines = (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines()
    return {line["id"]: line for line in map(json.loads, lines)}


def answers(line: dict[str, Any]) -> Cells:
    told = {criterion: "yes" if judged["met"] else "no" for criterion, judged in line["smart"].items()}
    return told | {"label": line["label"], "domain": line["primary_domain"], "result": line["result"]}


def other(question: str, answer: str) -> str:
    """The next of the answers that a person may choose."""
    allowed = CHOICES[question]
    return allowed[(allowed.index(answer) + 1) % len(allowed)]


def change_thirty(folder: Path) -> dict[str, Cells]:
    """Thirty other labels in thirty rows of the workbook; what each statement's labels now are to be."""
    sheet = load_workbook(folder / "evidence.xlsx")["Evidence"]
    lines, places = read_lines(folder), columns(sheet)
    typed: dict[int, Cells] = {}
    wanted: dict[str, Cells] = {}
    for row in range(2, sheet.max_row + 1, 9):
        line = lines[str(sheet.cell(row, places[ID]).value)]
        question = (*CRITERIA, "domain", "result")[len(typed) % 7]
        if len(typed) == 30 or line["language"] == "cy":
            continue
        answer = other(question, answers(line)[question])
        typed[row] = {NAMES[question]: answer.upper() if question == "domain" else answer, "Reviewer": "AB",
                      "Comment": f"see page {row}"}  # fmt: skip
        wanted[line["id"]] = {question: answer}
    assert len(typed) == 30
    fill(folder / "evidence.xlsx", typed)
    return wanted


def check_thirty(before: dict[str, dict[str, Any]], folder: Path, wanted: dict[str, Cells]) -> None:
    after = read_lines(folder)
    assert after.keys() == before.keys()
    assert {id: line for id, line in after.items() if id not in wanted} == {
        id: line for id, line in before.items() if id not in wanted
    }
    for id, changed in wanted.items():
        new, old = answers(after[id]), answers(before[id])
        follows = new["label"] if set(changed) & set(CRITERIA) else old["label"]
        assert new == old | changed | {"label": follows}
        review = after[id]["review"]
        assert (review["state"], review["by"], review["reviewer"]) == ("changed", "person", "AB")
        assert review["comment"].startswith("see page ") and not after[id]["needs_review"]
        assert {question: review["machine"][question] for question in old} == old


def test_thirty_changed_labels_arrive_and_nothing_else_changes(results: Path, capsys: Capture) -> None:
    before, workbook = read_lines(results), results / "evidence.xlsx"
    wanted = change_thirty(results)
    typed = workbook.read_bytes()
    assert run(["review", str(workbook)]) == 0
    assert "30 reviewed: 0 confirmed, 30 changed, 0 unsure" in capsys.readouterr().out
    check_thirty(before, results / "reviewed", wanted)
    assert workbook.read_bytes() == typed and read_lines(results) == before
    kept = read_labelled_statements(results / "reviewed" / "reviews.jsonl")
    assert {each.id for each in kept} == wanted.keys()
    assert all([name for name, _ in each.annotators] == ["AB"] for each in kept)
    assert write_labelled_statements(kept) == (results / "reviewed" / "reviews.jsonl").read_text(encoding="utf-8")


def test_the_reviewed_workbook_reads_back_to_the_same(results: Path) -> None:
    before, wanted = read_lines(results), change_thirty(results)
    assert run(["review", str(results / "evidence.xlsx"), "-q"]) == 0
    once = {name: (results / "reviewed" / name).read_bytes() for name in ("statements.jsonl", "reviews.jsonl")}
    assert run(["review", str(results / "reviewed" / "evidence.xlsx"), "-q"]) == 0
    check_thirty(before, results / "reviewed", wanted)
    assert once == {name: (results / "reviewed" / name).read_bytes() for name in once}


def test_a_workbook_saved_by_libreoffice_says_the_same(results: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice to save the workbook")
    before, wanted = read_lines(results), change_thirty(results)
    saved = results / "saved"
    command = [office, f"-env:UserInstallation={(results / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", str(saved), str(results / "evidence.xlsx")], check=True, capture_output=True)
    assert run(["review", str(saved / "evidence.xlsx"), "--study", str(results), "-q"]) == 0
    check_thirty(before, saved / "reviewed", wanted)


def test_drop_downs_offer_the_answers_in_every_row(small: Path) -> None:
    sheet = load_workbook(small / "evidence.xlsx")["Evidence"]
    offered = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    (letter,) = (cell.column_letter for cell in sheet[1] if cell.value == NAMES["domain"])
    assert offered[f"{letter}2:{letter}{sheet.max_row}"] == '"outcomes,strategy,governance,capacity,delivery"'
    assert len(offered) == len(CHOICES) + 1


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({NAMES["domain"]: "leadership"}, "“leadership” is no answer under Reviewed: domain; give outcomes, strategy"),
        ({NAMES["specific"]: "perhaps"}, "“perhaps” is no answer under Reviewed: specific; give yes or no"),
        ({"State": "done"}, "“done” is no answer under State; give machine, confirmed, changed or unsure"),
        ({"State": "changed"}, "says changed, but no label is"),
        ({"Comment": "=A1"}, "holds a formula"),
        ({NAMES["objective"]: "no", NAMES["domain"]: "delivery"}, "says that it is no statement"),
        ({NAMES["label"]: "SMART", NAMES["specific"]: "no"}, "says SMART, but from "),
    ],
)
def test_wrong_value_is_named_with_sheet_and_cell(small: Path, capsys: Capture, cells: Cells, told: str) -> None:
    path = fill(small / "evidence.xlsx", {PROTOCOL: cells, AWARENESS: {NAMES["result"]: "impact"}})
    places = [cell.column_letter for cell in load_workbook(path)["Evidence"][1] if cell.value in cells]
    assert run(["review", str(path)]) == 2
    errors = capsys.readouterr().err.splitlines()
    named = tuple(f"evidence.xlsx, sheet Evidence, cell {place}2" for place in places)
    assert any(told in line and any(name in line for name in named) for line in errors)
    assert any("“impact”" in line for line in errors) and "nothing was written" in errors[-1]
    assert not (small / "reviewed").exists()


def test_a_welsh_label_needs_its_criteria(small: Path) -> None:
    fill(small / "evidence.xlsx", {WELSH: {NAMES["label"]: "SMART"}})
    found = review_small(small)
    assert "criteria were not judged; answer all five" in found.errors[0]
    fill(small / "evidence.xlsx", {WELSH: {NAMES["label"]: None} | {NAMES[name]: "yes" for name in CRITERIA}})  # type: ignore[dict-item]
    assert by_row(review_small(small).study)[WELSH].label == "SMART"


@pytest.mark.parametrize(("damage", "told"), [("text", "cannot be opened as a workbook"), ("gone", "cannot be read"),
                                              ("sheets", "has no sheet Evidence or Not counted")])  # fmt: skip
def test_what_is_no_evidence_workbook_is_refused(small: Path, damage: str, told: str) -> None:
    path = small / "other.xlsx"
    if damage == "text":
        path.write_text("some words", encoding="utf-8")
    elif damage == "sheets":
        book = load_workbook(small / "evidence.xlsx")
        del book["Evidence"], book["Not counted"]
        book.save(path)
    with pytest.raises(InputError, match=told):
        review_workbooks([path], study=small, out=small / "reviewed")


def test_rows_that_the_tool_did_not_write_are_named(small: Path) -> None:
    path = fill(small / "evidence.xlsx", {40: {NAMES["domain"]: "delivery"}, 41: {ID: "ff", "State": "unsure"}})
    fill(path, {3: {ID: load_workbook(path)["Evidence"].cell(2, len(EVIDENCE)).value, "State": "confirmed"}})
    errors = review_small(small).errors
    assert "row 40: has no Id" in errors[0]
    assert any("row 3: is the same statement as row 2" in each for each in errors)
    assert any("row 41: is no statement of the study" in each for each in errors)


def review_small(folder: Path, *paths: Path, out: str = "reviewed") -> ReviewRound:
    workbooks = paths or (folder / "evidence.xlsx",)
    return review_workbooks(
        workbooks, study=folder, out=folder / out, judge=lambda candidate: make_objective(candidate.text)
    )


def by_row(study: Study) -> list[Objective]:
    """The statements by their row in Evidence; the first two places are no rows."""
    nothing = make_objective("")
    return [nothing, nothing, *(objective for paper in study.papers for objective in paper.objectives)]


def test_states_say_who_stands_for_what(small: Path) -> None:
    typed = {
        PROTOCOL: {"State": "confirmed", "Reviewer": "AB"},
        AWARENESS: {"State": "unsure", NAMES["domain"]: "capacity"},
        5: {"Comment": "whose files?"},
    }
    fill(small / "evidence.xlsx", typed)
    found = review_small(small)
    confirmed, unsure, noted = (by_row(found.study)[row] for row in typed)
    assert all(
        each.by == "person" and each.probability == 1 for each in confirmed.judgements if each.question != "label"
    )
    assert confirmed.review and (confirmed.review.state, confirmed.needs_review) == ("confirmed", False)
    assert confirmed.judgement("specific").because and confirmed.judgement("label").probability == 1  # type: ignore[union-attr]
    assert unsure.needs_review and [each.question for each in unsure.judgements if each.by == "person"] == ["domain"]
    assert noted.review and (noted.review.state, noted.review.comment) == ("machine", "whose files?")
    assert noted.judgements == by_row(found.machine)[5].judgements
    assert count_reviewed(found.study) == {"statements": 15, "reviewed": 2, "confirmed": 1, "changed": 0, "unsure": 1,
                                           "commented": 1}  # fmt: skip


def test_annotations_hold_only_what_people_stand_for(small: Path) -> None:
    typed = {PROTOCOL: {"State": "confirmed"}, AWARENESS: {"State": "unsure", NAMES["domain"]: "capacity"},
             6: {NAMES["label"]: "aspirational"}}  # fmt: skip
    fill(small / "evidence.xlsx", typed)
    write_round(review_small(small), small / "reviewed")
    labels = [each.labels for each in read_labelled_statements(small / "reviewed" / "reviews.jsonl")]
    assert [each.criteria is not None for each in labels] == [True, False, False]
    assert [(each.primary_domain, each.result) for each in labels[:2]] == [("governance", "output"), ("capacity", None)]


def test_label_follows_criteria_unless_a_person_gives_it(small: Path) -> None:
    fill(small / "evidence.xlsx", {PROTOCOL: {NAMES["specific"]: "no"}, AWARENESS: {NAMES["label"]: "SMART"}})
    study = review_small(small).study
    follows, stands = by_row(study)[PROTOCOL], by_row(study)[AWARENESS]
    assert (follows.label, follows.answer("label")) == ("aspirational", "aspirational")
    assert (stands.label, stands.score, stands.judgement("specific").by) == ("SMART", 0, "rule")  # type: ignore[union-attr]
    before = {each.name: each for each in make_study().measures if each.board.startswith("Cwm") and not each.document}
    after = {each.name: each for each in study.measures if each.board.startswith("Cwm") and not each.document}
    assert after["criterion: specific"].count == before["criterion: specific"].count - 1
    assert after["SMART"].count == before["SMART"].count


def test_statements_move_between_the_sheets(small: Path) -> None:
    fill(small / "evidence.xlsx", {PROTOCOL: {NAMES["objective"]: "no", "Comment": "it was done"}})
    fill(small / "evidence.xlsx", {2: {NAMES["objective"]: "yes"}}, sheet="Not counted")
    found = review_small(small)
    first, before = found.study.papers[0], found.machine.papers[0]
    assert first.objectives[0].candidate.text.startswith("Training was delivered")
    assert len(first.objectives) == len(before.objectives) and len(first.rejected) == len(before.rejected)
    raised, turned_down = first.objectives[0], first.rejected[0]
    assert (raised.label, raised.judgement("objective").by) == ("SMART", "person")  # type: ignore[union-attr]
    assert turned_down.review and machine_answers(turned_down) == machine_answers(before.objectives[0])
    again = write_round(found, small / "reviewed")
    assert review_small(small, again / "evidence.xlsx").study == found.study


def test_where_two_reviewers_differ_the_machine_stands_and_someone_must_look(small: Path, tmp_path: Path) -> None:
    shutil.copy(small / "evidence.xlsx", tmp_path / "bryn.xlsx")
    first = fill(small / "evidence.xlsx", {PROTOCOL: {NAMES["domain"]: "delivery", NAMES["result"]: "process"},
                                           6: {"State": "confirmed", "Reviewer": "AB"}})  # fmt: skip
    second = fill(tmp_path / "bryn.xlsx", {PROTOCOL: {NAMES["domain"]: "capacity", NAMES["result"]: "process",
                                                      "Comment": "money"}, 6: {"State": "confirmed"}})  # fmt: skip
    found = review_small(small, first, second)
    differ = by_row(found.study)[PROTOCOL]
    assert (differ.answer("domain"), differ.answer("result"), differ.needs_review) == ("governance", "process", True)
    assert (
        differ.review
        and differ.review.comment == "bryn: money; reviewers differ on domain (AB delivery, bryn capacity)"
    )
    (pair,) = agree_reviewers(found.reviews)
    assert [(each.question, each.left, each.right) for each in pair.agreement.differences] == [
        ("domain", "delivery", "capacity")
    ]
    with_tool = {
        each.question: (each.count, each.same) for each in agree_with_tool(found.reviews, found.study).questions
    }
    assert (with_tool["domain"], with_tool["result"], with_tool["specific"]) == ((4, 2), (4, 2), (4, 4))


def test_a_second_round_keeps_what_others_said_before(small: Path, tmp_path: Path) -> None:
    shutil.copy(small / "evidence.xlsx", tmp_path / "bryn.xlsx")
    fill(small / "evidence.xlsx", {PROTOCOL: {"State": "confirmed", "Reviewer": "AB"}, 6: {"State": "unsure"}})
    write_round(review_small(small), small / "reviewed")
    late = fill(tmp_path / "bryn.xlsx", {7: {NAMES["domain"]: "capacity", "Reviewer": "BC"}})
    both = review_small(small, late)
    assert count_reviewed(both.study)["reviewed"] == 3
    fill(small / "evidence.xlsx", {PROTOCOL: {"State": "machine"}})
    assert count_reviewed(review_small(small).study)["reviewed"] == 1


def test_reviews_of_unchanged_statements_outlive_a_new_run(small: Path) -> None:
    fill(
        small / "evidence.xlsx",
        {PROTOCOL: {NAMES["domain"]: "delivery"}, AWARENESS: {"State": "unsure"}, 6: {"State": "confirmed"}},
    )
    typed = (small / "evidence.xlsx").read_bytes()
    paper, *others = make_study().papers
    moved = replace(paper.objectives[0], candidate=replace(paper.objectives[0].candidate, page=9, place=None))
    reworded = make_objective("Raise awareness of neglect", start=1)
    again = replace(make_study(), papers=(replace(paper, objectives=(moved, reworded)), *others))
    found = continue_reviews(again, small)
    assert by_row(found.study)[PROTOCOL].answer("domain") == "delivery"
    assert count_reviewed(found.study)["reviewed"] == 2
    (lost,) = (problem for problem in found.study.problems if "fits no statement of this run" in problem.message)
    assert "“=Raise awareness”" in lost.message and lost.severity == "warning"
    write_round(found, small)
    assert (small / "evidence (reviewed 1).xlsx").read_bytes() == typed
    assert {review.text for review in read_reviews(small / "reviews.jsonl")} > {"=Raise awareness"}
    back = continue_reviews(make_study(), small)
    assert count_reviewed(back.study)["reviewed"] == 3 and not back.waiting
    assert not [name for name in round_files(back, small) if name.endswith(".xlsx")]


def test_analyse_again_carries_over_and_keeps_the_workbook(results: Path, capsys: Capture) -> None:
    before, wanted = read_lines(results), change_thirty(results)
    for _ in range(2):
        assert run(["analyse", str(ROOT / "corpora"), "--out", str(results)]) == 0
        check_thirty(before, results, wanted)
    first, *rest = capsys.readouterr().out.splitlines()
    count = len(read_lines(results))
    assert f"{count} statements" in first
    assert rest[0] == f"Reviews carried over: {count} statements; 30 reviewed: 0 confirmed, 30 changed, 0 unsure."
    assert rest[1] == "evidence.xlsx had been changed by hand: kept as evidence (reviewed 1).xlsx"
    assert len(rest) == 4


def test_a_workbook_with_wrong_values_never_stops_a_run(small: Path) -> None:
    fill(small / "evidence.xlsx", {PROTOCOL: {NAMES["domain"]: "leadership"}, 6: {"State": "confirmed"}})
    found = continue_reviews(make_study(), small)
    assert count_reviewed(found.study)["reviewed"] == 1
    assert any("“leadership”" in each.message and each.severity == "warning" for each in found.study.problems)
    (small / "ledger.sqlite").unlink()
    assert any(
        "no reviews were carried over" in each.message for each in continue_reviews(make_study(), small).study.problems
    )


def test_two_reviewed_workbooks_are_compared_by_what_people_said(small: Path, tmp_path: Path) -> None:
    shutil.copy(small / "evidence.xlsx", tmp_path / "bryn.xlsx")
    first = fill(small / "evidence.xlsx", {PROTOCOL: {NAMES["domain"]: "delivery", NAMES["specific"]: "no"}})
    found = compare_files(first, tmp_path / "bryn.xlsx")
    assert [(each.question, each.left, each.right) for each in found.differences] == [
        ("specific", "no", "yes"), ("label", "aspirational", "smart"), ("domain", "delivery", "governance"),
    ]  # fmt: skip


STUDY = make_study()
IDS = tuple(id for id, _, _ in find_statements(STUDY))


def some_answers() -> st.SearchStrategy[Cells]:
    each = {question: st.sampled_from(allowed) for question, allowed in CHOICES.items() if question != "label"}
    return st.fixed_dictionaries({}, optional=each)


@st.composite
def some_reviews(draw: st.DrawFn) -> tuple[StatementReview, ...]:
    known = {id: objective for id, objective, _ in find_statements(STUDY)}
    found = []
    for id in draw(st.lists(st.sampled_from(IDS), unique=True)):
        state: ReviewState = draw(st.sampled_from(("confirmed", "changed", "unsure")))
        told = stand_for(draw(some_answers()), machine_answers(known[id]), state)
        found.append(StatementReview(id, (Opinion("AB", state, told),)))
    return tuple(found)


def candidates(study: Study) -> Iterator[tuple[str, Objective]]:
    yield from ((id, objective) for id, objective, _ in find_statements(study))


@given(some_reviews())
def test_what_people_said_stands_and_all_else_is_left(reviews: tuple[StatementReview, ...]) -> None:
    reviewed = apply_reviews(STUDY, reviews)
    after, before = dict(candidates(reviewed)), dict(candidates(STUDY))
    assert after.keys() == before.keys() and len(after) == len(IDS)
    told = {review.id: dict(review.opinions[0].answers) for review in reviews}
    for id, objective in after.items():
        if id not in told:
            assert objective == before[id]
        elif objective.counted:
            assert {question: objective.answer(question) for question in told[id]} == told[id]
            assert all(objective.judgement(question).by == "person" for question in told[id])  # type: ignore[union-attr]
        if id in told:
            assert machine_answers(objective) == machine_answers(before[id])
            assert objective.needs_review == (objective.review is not None and objective.review.state == "unsure")
    assert apply_reviews(reviewed, reviews) == reviewed == apply_reviews(STUDY, reviews[::-1])


def test_no_reviews_change_nothing() -> None:
    assert apply_reviews(STUDY, ()).papers == STUDY.papers
    assert apply_reviews(Study((make_paper("a.pdf", "", ()),)), ()).papers[0].objectives == ()
