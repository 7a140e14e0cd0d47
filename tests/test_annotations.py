"""Labelled statements come back as they were; a user's table becomes candidates or one clear line of complaint."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from lscb_textmine.annotations import (
    LabelledSentence,
    read_labelled_sentences,
    read_labelled_statements,
    read_statements,
    write_labelled_sentences,
    write_labelled_statements,
)
from lscb_textmine.errors import InputError
from lscb_textmine.records import NamedCell

FIRST = ROOT / "annotations" / "first"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_labelled_statements_come_back_the_same() -> None:
    path = FIRST / "statements.jsonl"
    assert write_labelled_statements(read_labelled_statements(path)) == path.read_text(encoding="utf-8")


def test_labelled_sentences_come_back_the_same() -> None:
    path = FIRST / "results.jsonl"
    assert write_labelled_sentences(read_labelled_sentences(path)) == path.read_text(encoding="utf-8")


@given(st.builds(LabelledSentence, *[st.text(st.characters(exclude_categories=["Cs"]))] * 6))
def test_any_sentence_comes_back(tmp_path_factory: pytest.TempPathFactory, sentence: LabelledSentence) -> None:
    path = write(tmp_path_factory.mktemp("sentences"), "results.jsonl", write_labelled_sentences([sentence]))
    assert read_labelled_sentences(path) == (sentence,)


def test_other_columns_are_cells_with_roles(tmp_path: Path) -> None:
    path = write(tmp_path, "plan.csv", "id,text,Lead,By when\n7,Publish the leaflet,Anwen Rees,March 2012\n")
    (given_statement,) = read_statements(path)
    assert given_statement.id == "7"
    assert given_statement.candidate.form == "table_row"
    assert given_statement.candidate.cells == (
        NamedCell("Lead", "Anwen Rees", "lead"),
        NamedCell("By when", "March 2012", "timescale"),
    )


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_of_other_countries(tmp_path: Path, separator: str) -> None:
    path = write(tmp_path, "plan.csv", f"text{separator}heading\nPublish it{separator}Our priorities\n")
    (only,) = read_statements(path)
    assert (only.candidate.text, only.candidate.section) == ("Publish it", "Our priorities")


def test_workbook_and_lines_give_the_same_candidates(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["text", "Lead"])
    book.active.append(["Train 40 staff", "Police"])
    book.save(tmp_path / "plan.xlsx")
    line = json.dumps({"text": "Train 40 staff", "cells": {"Lead": "Police"}})
    lines = write(tmp_path, "plan.jsonl", line + "\n")
    assert read_statements(tmp_path / "plan.xlsx") == read_statements(lines)


def test_statement_without_id_is_numbered(tmp_path: Path) -> None:
    path = write(tmp_path, "plan.jsonl", '{"text": "Publish it"}\n\n{"text": "Train staff", "id": 12}\n')
    assert [each.id for each in read_statements(path)] == ["1", "12"]


def test_action_label_marks_a_statement(tmp_path: Path) -> None:
    path = write(tmp_path, "minutes.jsonl", '{"text": "ACTION: RK to check"}\n{"text": "RK was thanked"}\n')
    assert [each.candidate.marked for each in read_statements(path)] == ["action label", ""]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("plan.csv", "", "holds no statements"),
        ("plan.csv", "statement\nPublish it\n", "no column named text"),
        ("plan.jsonl", "not JSON\n", "line 1: is not JSON"),
        ("plan.jsonl", '["a"]\n', "no object"),
        ("plan.jsonl", '{"text": null}\n', "statement 1 has no text"),
        ("plan.xlsx", "not a workbook", "cannot be opened as a workbook"),
        ("plan.docx", "text", "read from .csv, .xlsx or .jsonl"),
    ],
)
def test_unusable_table_is_named(tmp_path: Path, name: str, content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_statements(write(tmp_path, name, content))


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.csv: cannot be read"):
        read_statements(tmp_path / "nowhere.csv")
