"""Manifests: what can be used is used, what cannot is told in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from lscb_textmine.errors import InputError
from lscb_textmine.inputs import gather_requests
from lscb_textmine.manifest import read_manifest


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    for name in ("plan one.txt", "ŵy.txt"):
        (tmp_path / "papers").mkdir(exist_ok=True)
        (tmp_path / "papers" / name).write_text("We will publish the plan.", encoding="utf-8")
    return tmp_path


def write_manifest(folder: Path, content: str, *, encoding: str = "utf-8-sig") -> Path:
    path = folder / "papers.csv"
    path.write_text(content, encoding=encoding)
    return path


def test_rows_are_read_with_what_they_say(papers: Path) -> None:
    path = write_manifest(papers, "Path,Board,Doc type,Year\npapers/plan one.txt,Cwm Arthen,Business plan,2010-11\n")
    (row,) = read_manifest(path).rows
    assert (row.board, row.doc_type, row.year, row.source) == ("Cwm Arthen", "business_plan", "2010-11", "manifest")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_semicolons_and_encodings_of_excel(papers: Path, encoding: str) -> None:
    path = write_manifest(papers, "path;board\npapers/plan one.txt;Bwrdd Caerffôl\n", encoding=encoding)
    assert read_manifest(path).rows[0].board == "Bwrdd Caerffôl"


def test_missing_file_is_a_problem_and_the_rest_is_read(papers: Path) -> None:
    manifest = read_manifest(write_manifest(papers, "path,board\nnone.pdf,X\n,Y\npapers/ŵy.txt,Z\n"))
    assert [row.board for row in manifest.rows] == ["Z"]
    assert [problem.severity for problem in manifest.problems] == ["error", "error"]
    assert "line 2" in manifest.problems[0].message


def test_unknown_type_is_a_warning(papers: Path) -> None:
    manifest = read_manifest(write_manifest(papers, "path,board,doc_type\npapers/ŵy.txt,X,novel\n"))
    assert manifest.rows[0].doc_type == ""
    assert manifest.problems[0].severity == "warning"


@pytest.mark.parametrize("content", ["file,board\na,b\n", "path,year\na,2010\n", "", " \n"])
def test_manifest_without_needed_columns_is_refused(papers: Path, content: str) -> None:
    with pytest.raises(InputError, match=r"papers\.csv: the manifest"):
        read_manifest(write_manifest(papers, content))


def test_missing_manifest_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_manifest(tmp_path / "none.csv")


def test_manifest_goes_before_board_and_adds_its_papers(papers: Path) -> None:
    path = write_manifest(papers, "path,board\npapers/ŵy.txt,Thornmere\n")
    requests, problems = gather_requests([papers / "papers"], board="Cwm Arthen", manifest=path)
    assert [(Path(each.path).name, each.board) for each in requests] == [
        ("plan one.txt", "Cwm Arthen"),
        ("ŵy.txt", "Thornmere"),
    ]
    assert not problems


def test_folder_in_a_manifest_stands_for_its_papers(papers: Path) -> None:
    requests, _ = gather_requests([], manifest=write_manifest(papers, "path,board\npapers,Thornmere\n"))
    assert [each.board for each in requests] == ["Thornmere", "Thornmere"]


def test_empty_folder_is_a_problem(tmp_path: Path) -> None:
    requests, problems = gather_requests([tmp_path])
    assert not requests and "holds no papers" in problems[0].message
    with pytest.raises(InputError, match="no papers named"):
        gather_requests([])
