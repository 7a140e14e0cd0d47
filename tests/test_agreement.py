"""Two people's labels are compared as Cohen (1960) has it, whatever form of file they come in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from lscb_textmine.agreement import cohen_kappa, compare_files, read_answers
from lscb_textmine.cli import app
from lscb_textmine.errors import InputError


def write_jsonl(path: Path, *rows: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_workbook(path: Path, *rows: list[object], sheet: str = "Evidence") -> Path:
    book = Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def labelled(number: int, *, met: bool = True, domain: str = "governance") -> dict[str, object]:
    criteria = dict.fromkeys(("specific", "measurable", "achievable", "realistic", "time_limited"), met)
    row: dict[str, object] = {"id": f"s{number}", "text": f"Publish report {number}", "objective": True}
    return row | {"criteria": criteria, "label": "SMART" if met else "aspirational", "primary_domain": domain,
                  "result": "output"}  # fmt: skip


def test_kappa_of_a_known_table() -> None:
    # 20 of 50 both yes, 15 both no, 5 and 10 apart: Cohen's kappa is 0.40
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert cohen_kappa(pairs) == pytest.approx(0.4)


def test_one_and_the_same_answer_has_no_kappa() -> None:
    assert cohen_kappa([("yes", "yes")] * 3) is None


def test_differences_name_statement_and_question(tmp_path: Path) -> None:
    left = write_jsonl(tmp_path / "a.jsonl", labelled(1), labelled(2), labelled(3))
    right = write_jsonl(tmp_path / "b.jsonl", labelled(1), labelled(2, domain="delivery"), labelled(4))
    found = compare_files(left, right)
    assert [(each.key, each.question, each.left, each.right) for each in found.differences] == [
        ("s2", "domain", "governance", "delivery")
    ]
    assert (found.only_left, found.only_right) == (1, 1)
    assert {each.question: each.count for each in found.questions}["label"] == 2


def test_a_look_alike_has_no_other_labels(tmp_path: Path) -> None:
    left = write_jsonl(tmp_path / "a.jsonl", labelled(1) | {"objective": False})
    right = write_jsonl(tmp_path / "b.jsonl", labelled(1))
    assert [each.question for each in compare_files(left, right).questions] == ["objective"]


def test_workbook_against_what_the_tool_wrote(tmp_path: Path) -> None:
    header = ["Statement", "Specific", "SMART or aspirational", "Domain", "Result"]
    book = write_workbook(
        tmp_path / "a.xlsx", header, ["Publish  report 1", "✓ Publish report", "SMART", "delivery", ""]
    )
    tool = {
        "text": "Publish report 1",
        "smart": {"specific": {"met": False}},
        "label": "SMART",
        "primary_domain": "delivery",
    }
    found = compare_files(book, write_jsonl(tmp_path / "b.jsonl", tool))
    assert [(each.question, each.left, each.right) for each in found.differences] == [("specific", "yes", "no")]


def test_wrong_answer_is_named_with_its_place(tmp_path: Path) -> None:
    book = write_workbook(tmp_path / "a.xlsx", ["Statement", "Domain"], ["Publish", "leadership"])
    with pytest.raises(
        InputError, match=r"sheet Evidence, row 2, primary_domain: “leadership” is no answer; give outcomes"
    ):
        read_answers(book)


def test_nothing_in_common_is_said(tmp_path: Path) -> None:
    left, right = (write_jsonl(tmp_path / f"{n}.jsonl", labelled(n)) for n in (1, 2))
    with pytest.raises(InputError, match="no statement in common"):
        compare_files(left, right)


def test_the_command_prints_table_and_writes_differences(tmp_path: Path) -> None:
    left = write_jsonl(tmp_path / "a.jsonl", labelled(1), labelled(2))
    right = write_jsonl(tmp_path / "b.jsonl", labelled(1), labelled(2, met=False))
    out = tmp_path / "differences.csv"
    done = CliRunner().invoke(app, ["agreement", str(left), str(right), "--differences", str(out)])
    assert done.exit_code == 0 and "time-limited" in done.stdout
    assert out.read_text(encoding="utf-8-sig").count("Publish report 2") == 6


def test_a_file_without_identifiers_is_paired_by_words_each_once(tmp_path: Path) -> None:
    plain = {name: value for name, value in labelled(1).items() if name != "id"}
    left = write_jsonl(tmp_path / "a.jsonl", plain, plain | {"label": "aspirational"})
    right = write_jsonl(tmp_path / "b.jsonl", labelled(1), labelled(1) | {"id": "s9"})
    found = compare_files(left, right)
    assert [(each.question, each.left, each.right) for each in found.differences] == [
        ("label", "aspirational", "smart")
    ]


def test_what_was_not_judged_is_no_answer(tmp_path: Path) -> None:
    welsh = {"text": "Cyhoeddi canllaw", "objective": True, "smart": {"specific": {"met": False, "probability": None}}}
    (told,) = read_answers(write_jsonl(tmp_path / "a.jsonl", welsh))
    assert told.answers == {"objective": "yes"}


def test_rows_that_a_reviewer_left_are_not_their_labels(tmp_path: Path) -> None:
    header: list[object] = ["Id", "Statement", "Domain", "Reviewed: domain", "State"]
    rows: list[list[object]] = [
        ["a1", "Publish", "delivery"],
        ["b2", "Audit", "governance"],
        ["c3", "Fund", "capacity"],
    ]
    mine = write_workbook(
        tmp_path / "mine.xlsx",
        header,
        [*rows[0], "strategy", "machine"],
        [*rows[1], "", "confirmed"],
        [*rows[2], "", "machine"],
    )
    machine = write_workbook(tmp_path / "machine.xlsx", header, *([*row, "", "machine"] for row in rows))
    found = compare_files(mine, machine)
    assert [(each.question, each.count, each.same) for each in found.questions] == [("domain", 2, 1)]
    assert (found.only_left, found.only_right) == (0, 1)
