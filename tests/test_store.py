"""What is kept is what was: every record comes back the same, and what cannot be read is refused by name."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from studies import make_paper, make_study, many_rows

from lscb_textmine.errors import InputError
from lscb_textmine.records import Block, Judgement, Paper, Paragraph, Place, Problem, Study, Table
from lscb_textmine.store import LEDGER, Entry, load_study, study_to_ledger
from lscb_textmine.store.ledger import find_entry, open_ledger, put_entries, read_entries
from lscb_textmine.store.plain import bytes_to_record, plain_to_record, record_to_bytes, record_to_plain

st.register_type_strategy(float, st.floats(allow_nan=False))
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def keep(study: Study, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LEDGER).write_bytes(study_to_ledger(study, folder))
    return folder


@FEW
@given(st.from_type(Paper))
def test_any_paper_comes_back_the_same(paper: Paper) -> None:
    assert bytes_to_record(record_to_bytes(paper), Paper) == paper


@FEW
@given(st.from_type(Study))
def test_any_study_comes_back_the_same(study: Study) -> None:
    assert bytes_to_record(record_to_bytes(study), Study) == study


@given(st.text(st.characters(), max_size=8))
def test_any_text_comes_back_the_same(text: str) -> None:
    assert bytes_to_record(record_to_bytes(Problem(text, text)), Problem) == Problem(text, text)


def test_blocks_keep_their_kind() -> None:
    paper = make_paper("plan.pdf", "Cwm Arthen", ())
    blocks: tuple[Block, ...] = (Paragraph("Aims", "heading", box=(0, 1, 2, 3.5)), Table(("Action",), ()))
    paper = replace(paper, document=replace(paper.document, blocks=blocks))
    assert bytes_to_record(record_to_bytes(paper), Paper) == paper


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": 99}, "version 99"),
        ({"is": "Study"}, "'Study' where Paper or Problem is due"),
        ({"value": {"path": "a", "message": "b", "colour": "red"}}, "'colour' where a field of Problem"),
        ({"value": {"path": "a"}}, "lacks a part"),
        ({"value": {"path": 3, "message": "b"}}, "'3' where str is due"),
        ({"value": {"path": "a", "message": "b", "severity": "grave"}}, "'grave' where one of"),
    ],
)
def test_what_is_none_of_ours_is_refused(change: dict[str, object], told: str) -> None:
    plain = record_to_plain(Problem("a", "b")) | change
    with pytest.raises(InputError, match=told):
        plain_to_record(plain, Paper, Problem)


def test_a_study_is_loaded_as_it_was_written(tmp_path: Path) -> None:
    assert load_study(keep(make_study(), tmp_path)) == make_study()
    assert sorted(path.name for path in tmp_path.iterdir()) == [LEDGER]


def test_papers_are_found_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here" / "papers").mkdir(parents=True)
    (tmp_path / "here" / "papers" / "plan.pdf").touch()
    monkeypatch.chdir(tmp_path / "here")
    paper = make_paper("papers/plan.pdf", "Cwm Arthen", ())
    keep(Study((paper,), problems=(Problem("papers/plan.pdf", "torn", page=2),)), Path("results"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here").rename(tmp_path / "there")
    study = load_study(Path("there/results"))
    assert study.papers[0].document.path == study.problems[0].path == str(Path("there/papers/plan.pdf"))


def test_papers_stand_in_the_order_of_the_run_and_are_found_by_content(tmp_path: Path) -> None:
    study = many_rows(make_study(), 3)
    entries = [Entry(paper.document.path, paper.document.sha256, paper, "s", "m") for paper in study.papers]
    with closing(open_ledger(tmp_path / LEDGER)) as ledger:
        put_entries(ledger, entries)
        put_entries(ledger, [replace(entries[0], models="n"), Entry("torn.pdf", "", Problem("torn.pdf", "damaged"))])
        found = find_entry(ledger, entries[0].sha256, settings="s")
        assert found == replace(entries[0], models="n")
        assert find_entry(ledger, entries[0].sha256, settings="other") is None
        kept = list(read_entries(ledger))
    assert [entry.path for entry in kept] == [*(entry.path for entry in entries), "torn.pdf"]
    assert [entry.state for entry in kept][-2:] == ["read", "not read"]


def test_no_ledger_and_no_sqlite_file_are_told_by_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not there; run lscb-textmine analyse"):
        load_study(tmp_path)
    (tmp_path / LEDGER).write_bytes(b"some words that are no ledger" * 100)
    with pytest.raises(InputError, match="cannot be read as a ledger"):
        load_study(tmp_path)


def test_ledger_of_another_version_is_refused(tmp_path: Path) -> None:
    keep(make_study(), tmp_path)
    with closing(sqlite3.connect(tmp_path / LEDGER)) as ledger, ledger:
        ledger.execute("UPDATE facts SET value = ?", (record_to_bytes(Judgement("label", "SMART", 1.0)),))
    with pytest.raises(InputError, match="'Judgement' where Study is due"):
        load_study(tmp_path)


def test_a_place_without_a_row_keeps_none() -> None:
    assert bytes_to_record(record_to_bytes(Place(1, 0, 4)), Place) == Place(1, 0, 4)
