"""One way in for every format, and every file under the paths given is read, passed over for a reason, or a problem."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from docx import Document as WordDocument

from lscb_textmine.errors import ReadError
from lscb_textmine.read import find_papers, read_document
from lscb_textmine.records import Paragraph

TEXT = "Cwm Teifi LSCB\n\nBusiness Plan 2012-13\n\nPriorities\n\nBy March 2013 we will:\n\n- publish the guide\n"


def write(path: Path, text: str = "words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def names(paths: list[Path | str]) -> list[str]:
    return [path.name for path, _ in find_papers(paths)[0]]


def test_text_paper_is_read_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "Cynllun Gŵyl 1.txt", TEXT)
    document = read_document(path)
    assert (document.format, document.pages, document.problems) == ("txt", (), ())
    assert document.board.value == "Cwm Teifi Local Safeguarding Children Board"
    assert (document.doc_type.value, document.year.value) == ("business_plan", "2012-13")
    assert document.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    item = document.blocks[-1]
    assert isinstance(item, Paragraph) and item.page is None
    assert (item.text, item.lead_in, item.section[-1]) == ("publish the guide", "By March 2013 we will:", "Priorities")


def test_mislabelled_file_is_read_by_its_content(tmp_path: Path) -> None:
    paper = WordDocument()
    paper.add_paragraph("The Board will publish its plan.")
    paper.save(str(tmp_path / "plan.docx"))
    (tmp_path / "plan.docx").rename(tmp_path / "plan.pdf")
    document = read_document(tmp_path / "plan.pdf")
    assert document.format == "docx"
    (problem,) = document.problems
    assert problem.severity == "warning" and "content is DOCX" in problem.message


@pytest.mark.parametrize("name", ["plan.pdf", "plan.xlsx", "plan.docx"])
def test_damaged_file_is_a_read_error(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"%PDF-1.4 torn" if name == "plan.pdf" else b"PK\x03\x04 torn")
    with pytest.raises(ReadError, match=name):
        read_document(path)


def test_folder_is_searched_in_order_with_its_root(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a/one.txt", "b/Deep folder/Cofnodion â.md"):
        write(tmp_path / name)
    papers, problems = find_papers([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path, _ in papers] == [
        "a/one.txt",
        "b/two.txt",
        "b/Deep folder/Cofnodion â.md",
    ]
    assert {root for _, root in papers} == {tmp_path} and problems == ()


def test_locks_hidden_files_and_own_outputs_are_passed_over(tmp_path: Path) -> None:
    for name in (
        "~$plan.docx",
        ".DS_Store",
        "Thumbs.db",
        "plan.gold.json",
        "evidence.xlsx",
        "statements.jsonl",
        "plan.txt",
    ):
        write(tmp_path / name)
    write(tmp_path / ".git" / "x.txt")
    assert names([tmp_path]) == ["plan.txt"]


def test_file_met_twice_is_one_paper(tmp_path: Path) -> None:
    path = write(tmp_path / "plan.txt")
    papers, _ = find_papers([path, tmp_path])
    assert papers == ((path, None),)


def test_unknown_file_is_kept_so_that_reading_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(bytes(range(256)) * 8)
    assert names([tmp_path]) == ["clip.mp4"]
    with pytest.raises(ReadError, match="not a paper"):
        read_document(tmp_path / "clip.mp4")


def test_missing_path_is_a_problem(tmp_path: Path) -> None:
    papers, (problem,) = find_papers([tmp_path / "gone"])
    assert papers == () and "no such file" in problem.message


def test_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt")
    inside = write(tmp_path / "given" / "plan.txt")
    try:
        (inside.parent / "link.txt").symlink_to(outside)
        (inside.parent / "folder").symlink_to(outside.parent, target_is_directory=True)
    except OSError:
        pytest.skip("this system allows no symbolic links")
    papers, problems = find_papers([inside.parent])
    assert [path.name for path, _ in papers] == ["plan.txt"]
    assert sorted(Path(problem.path).name for problem in problems) == ["folder", "link.txt"]
