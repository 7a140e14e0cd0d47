"""Result files: whole or not at all, the same bytes for the same study, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studies import make_objective, make_study

from lscb_textmine.errors import OutputError
from lscb_textmine.records import Document, NamedCell, Place, Problem, Study
from lscb_textmine.report import NAMES, check_results, write_study
from lscb_textmine.report.cells import LONGEST, clean_text, guard_text
from lscb_textmine.report.files import write_files
from lscb_textmine.report.lines import documents_to_csv, lines_to_csv, lines_to_jsonl, problems_to_csv, study_lines
from lscb_textmine.report.statements import name_cells, statement_line

FIELDS = (
    *("id", "board", "document", "sha256", "doc_type", "year", "language", "page", "bbox", "section", "form", "text"),
    *("cells", "objective", "objective_probability", "smart", "label", "smart_score", "probability", "needs_review"),
    *("deadline", "primary_domain", "other_domains", "domain_probabilities", "result", "result_probabilities", "spans"),
)


def read_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_line_holds_every_field_of_the_contract() -> None:
    line = study_lines(make_study())[0]
    assert [name for name in line if name in FIELDS] == list(FIELDS)
    assert (line["label"], line["smart_score"], line["deadline"], line["page"]) == ("SMART", 4, "2012-03-31", 4)
    assert line["smart"]["specific"] == {"met": True, "probability": 0.9, "because": ["by March 2012"]}
    assert line["bbox"] == [72.0, 310.2, 523.1, 334.9]
    assert line["probability"] == pytest.approx(0.9**3 * (1 - 0.1 * 0.8), abs=1e-4)


def test_welsh_statement_is_listed_and_not_judged() -> None:
    line = study_lines(make_study())[2]
    assert (line["language"], line["objective"], line["label"], line["smart_score"]) == ("cy", True, None, None)


def test_only_what_counts_stands_in_the_lines() -> None:
    assert all(line["objective"] for line in study_lines(make_study()))


def test_probability_of_aspirational_is_of_that_answer() -> None:
    assert statement_line(make_objective("Raise awareness", met=()))["probability"] == pytest.approx(1, abs=0.01)


def test_same_study_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        written = write_study(make_study(), tmp_path / "out" / name)
        assert [path.name for path in written][: len(NAMES)] == list(NAMES)
    for name in [path.relative_to(tmp_path / "out/two").as_posix() for path in written]:
        assert (tmp_path / "out/one" / name).read_bytes() == (tmp_path / "out/two" / name).read_bytes(), name


def test_ids_differ_by_file_and_place_only() -> None:
    objective = make_objective("Publish the protocol")
    other_place = replace(objective, candidate=replace(objective.candidate, place=Place(4, 0, 20)))
    here, there = Document("plan.pdf", "aa", "pdf"), Document("elsewhere/copy.pdf", "aa", "pdf")
    own = statement_line(objective, document=here)["id"]
    assert own == statement_line(objective, document=there)["id"]
    other_file = statement_line(objective, document=Document("plan.pdf", "bb", "pdf"))["id"]
    assert len({own, statement_line(other_place, document=here)["id"], other_file}) == 3


def test_columns_of_the_same_name_are_all_kept() -> None:
    cells = [NamedCell("Q1", "a"), NamedCell("Q1", "b"), NamedCell("", "c")]
    assert name_cells(cells) == {"Q1": "a", "Q1 (2)": "b", "Column 3": "c"}


@pytest.mark.parametrize("text", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_csv_cells_are_never_formulas(text: str) -> None:
    objective = make_objective(text)
    (row,) = read_csv(lines_to_csv([statement_line(objective)]))
    assert row["text"] == guard_text(text) and row["text"].startswith("'")


@given(st.text())
def test_csv_gives_back_what_went_in(text: str) -> None:
    (row,) = read_csv(lines_to_csv([statement_line(make_objective(text))]))
    assert row["text"] == guard_text(text)


@given(st.text())
def test_jsonl_gives_back_what_went_in(text: str) -> None:
    content = lines_to_jsonl([statement_line(make_objective(text))])
    assert content.count(b"\n") == 1
    assert json.loads(content)["text"] == text


def test_long_and_odd_text_fits_a_cell() -> None:
    assert len(clean_text("word " * 10_000)) <= LONGEST
    assert len(clean_text("🎈" * 20_000).encode("utf-16-le")) // 2 <= LONGEST
    assert clean_text("a\x00\x1f\ufffeb\x0bc") == "ab\nc"


def test_problems_keep_page_and_kind() -> None:
    rows = read_csv(problems_to_csv(make_study().problems))
    assert [(row["severity"], row["page"]) for row in rows] == [("error", ""), ("error", "3")]


def test_nothing_is_written_when_one_file_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "evidence.xlsx").write_bytes(b"old")
    (tmp_path / "statements.csv").mkdir()
    with pytest.raises(OutputError, match=r"statements\.csv: is not a file that could be replaced"):
        write_study(make_study(), tmp_path)
    assert (tmp_path / "evidence.xlsx").read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evidence.xlsx", "statements.csv"]


@pytest.mark.parametrize("lock", ["~$evidence.xlsx", ".~lock.evidence.xlsx#"])
def test_workbook_open_elsewhere_is_told_before_the_work(tmp_path: Path, lock: str) -> None:
    (tmp_path / lock).touch()
    with pytest.raises(OutputError, match=r"close evidence\.xlsx and run again"):
        check_results(tmp_path)


def test_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(OutputError, match="choose another folder"):
        check_results(tmp_path / "out")


def test_written_files_replace_the_old(tmp_path: Path) -> None:
    write_files(tmp_path, {"a.txt": b"one"})
    assert write_files(tmp_path, {"a.txt": b"two"}) == (tmp_path / "a.txt",)
    assert (tmp_path / "a.txt").read_bytes() == b"two"


def test_ledger_names_the_files_that_were_not_read() -> None:
    problem = Problem("a/locked plan.pdf", "a/locked plan.pdf: protected by a password")
    ledger = documents_to_csv(Study((), problems=(problem, problem))).decode("utf-8-sig").splitlines()
    assert len(ledger) == 2
    assert "locked plan.pdf" in ledger[1] and "not read: a/locked plan.pdf: protected by a password" in ledger[1]
