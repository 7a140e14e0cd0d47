"""Papers, boards and file names that mean harm: whatever is written and told of them is neutral."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from board_studies import make_rich_study
from docx import Document as new_word_document
from hostile import (
    OVERRIDE,
    STRINGS,
    assert_visible,
    check_csv,
    check_json_lines,
    check_results,
    check_text,
    check_workbook,
    is_formula,
)
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from lscb_textmine.cli import run
from lscb_textmine.errors import OutputError
from lscb_textmine.report import write_study
from lscb_textmine.report.briefing.names import RESERVED, file_names
from lscb_textmine.report.cells import LONGEST, UNSEEN, clean_text, guard_text, quote_text, visible_text
from lscb_textmine.report.data import to_json
from lscb_textmine.report.files import check_folder, write_files

Capture = pytest.CaptureFixture[str]
TEXTS = st.text() | st.sampled_from(sorted(STRINGS.values())) | st.text("=+-@＝ \t\r\n\ufeff\u202e\u2028\x85\x1b;\"'")


# -- the functions that make text neutral


@given(TEXTS)
def test_visible_text_hides_nothing_and_loses_nothing_seen(text: str) -> None:
    shown = visible_text(text)
    assert_visible(shown, "text")
    assert visible_text(shown) == shown
    assert [c for c in shown if not c.isspace()] == [c for c in text if not c.isspace() and not UNSEEN.match(c)]


@given(TEXTS)
def test_lines_quoted_are_one_line(text: str) -> None:
    quoted = quote_text(text)
    assert "\n" not in quoted and quoted == quoted.strip() == quote_text(quoted)


@given(TEXTS)
def test_no_cell_of_a_csv_is_a_formula(text: str) -> None:
    assert not is_formula(guard_text(text)) and guard_text(text).removeprefix("'") == clean_text(text).removeprefix("'")


@given(TEXTS)
def test_json_keeps_every_character_and_shows_it(text: str) -> None:
    line = to_json({"text": text})
    assert json.loads(line) == {"text": text}
    assert_visible(line, "JSON")
    assert len(line.splitlines()) == 1


@given(st.lists(TEXTS, max_size=6))
def test_every_board_gets_a_file_of_its_own_anywhere(boards: list[str]) -> None:
    names = file_names(boards)
    for name in names.values():
        assert Path(name).name == name and name.strip(" .") == name and not RESERVED.match(name)
        assert len(f"{name}.docx".encode()) <= 255 and not set(name) & set('<>:"/\\|?*')
        assert_visible(name, "a file's name")
    assert len({name.casefold() for name in names.values()}) == len(names)


def test_twins_of_a_board_overwrite_nobody() -> None:
    boards = [
        "Pen-y-bont",
        "PEN-Y-BONT",
        "Bwrdd ŵ",
        "Bwrdd w\u0302",
        "nul",
        "NUL.txt",
        "a" * 300,
        "a" * 301,
        "Cwm\u200b",
        "Cwm",
    ]
    names = file_names(boards)
    assert len({name.casefold() for name in names.values()}) == len(boards)


# -- a study whose every word means harm


KEPT = {
    "kind",
    "form",
    "answer",
    "by",
    "state",
    "status",
    "severity",
    "format",
    "language",
    "languages",
    "sha256",
    "id",
}
KEPT |= {"deadline", "sheet", "key", "path", "change", "doc_type", "source", "probabilities", "models", "other_domains"}
KEPT_OF = {"Measure": {"name"}, "Judgement": {"question"}, "Accuracy": {"question", "measured_on"}, "Known": {"source"}}


def poison(value: Any, word: str) -> Any:
    """The record with `word` before each text that comes from a paper or a person."""
    if isinstance(value, str):
        return f"{word}{value}" if value else value
    if isinstance(value, tuple):
        return tuple(poison(each, word) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    kept = KEPT | KEPT_OF.get(type(value).__name__, set())
    return replace(value, **{f.name: poison(getattr(value, f.name), word) for f in fields(value) if f.name not in kept})


# every third in turn: a whole study takes seconds, and all of them stand in the papers of the whole way below
@pytest.mark.parametrize("word", list(STRINGS.values())[::3], ids=list(STRINGS)[::3])
def test_study_of_hostile_words_is_written_neutral(word: str, tmp_path: Path) -> None:
    found = make_rich_study()
    papers = []
    for paper in found.papers:
        path = tmp_path / "papers" / Path(paper.document.path).name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
        document = poison(replace(paper.document, doc_type=paper.document.doc_type), word)
        document = replace(document, path=str(path), doc_type=paper.document.doc_type, year=paper.document.year)
        papers.append(replace(poison(paper, word), document=document))
    write_study(replace(poison(found, word), papers=tuple(papers)), tmp_path / "out")
    check_results(tmp_path / "out")
    assert check_workbook(tmp_path / "out/evidence.xlsx") > 0
    texts = [str(line["text"]) for line in check_json_lines(tmp_path / "out/statements.jsonl")]
    assert texts and all(text.startswith(word) for text in texts)
    assert load_workbook(tmp_path / "out/evidence.xlsx")["Evidence"].max_row == len(texts) + 1


# -- the whole way


def file_name(text: str) -> str:
    """The text as far as a file of this system may be called so."""
    return (
        text.replace("/", "∕").replace("\0", "").encode("utf-8", "replace")[:120].decode("utf-8", "ignore").strip("~")
    )


def seen(text: str) -> str:
    """The text as far as Word and Excel files can hold it."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))


def write_hostile_papers(folder: Path) -> None:
    """Each string as a board's folder with four papers called by it, its words in headings, cells and sentences."""
    for number, text in enumerate(STRINGS.values()):
        form = number % 4 if text == seen(text) else number % 2  # a file of control characters is rightly no text
        board = folder / (file_name(text).strip(".") or "x")
        board.mkdir(parents=True, exist_ok=True)
        name = file_name(text).lstrip(".") or "x"
        if form == 0:
            write_hostile_word(board / f"{name} plan.docx", text)
        elif form == 1:
            write_hostile_sheet(board / f"{name} plan.xlsx", text)
        elif form == 2:
            quoted = text.replace('"', '""')
            rows = f'Action,Lead,By when\n"{quoted} Publish the neglect protocol",Training sub-group,May 2013\n'
            (board / f"{name} plan.csv").write_text(rows, "utf-8")
        else:
            words = f"{text} LSCB Business Plan 2012-13\n\nPriority 1: {text}\n\n"
            words += f"The Board will publish {text} the neglect protocol by May 2013.\n"
            (board / f"{name} plan.txt").write_text(words, "utf-8")


def write_hostile_word(path: Path, text: str) -> None:
    text, document = seen(text), new_word_document()
    document.core_properties.title = text[:200]
    document.add_heading(f"{text} LSCB Business Plan 2012-13", 1)
    document.add_paragraph(f"The Board will publish {text} by May 2013.")
    table = document.add_table(rows=2, cols=3)
    for cell, words in zip(table.rows[0].cells, ("Action", f"{text} Lead", "By when"), strict=True):
        cell.text = words
    for cell, words in zip(
        table.rows[1].cells, (f"{text} Publish the protocol", text, f"{text} May 2013"), strict=True
    ):
        cell.text = words
    document.save(str(path))


def write_hostile_sheet(path: Path, text: str) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Action", "Lead", "By when"])
    for row, column, words in ((2, 1, f"{text} Publish the protocol"), (2, 2, text), (2, 3, "May 2013")):
        cell = sheet.cell(row, column)
        try:
            cell.value = words
        except IllegalCharacterError:
            cell.value = seen(words)
        cell.data_type = "s"
    book.save(path)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "papers"
    write_hostile_papers(folder)
    (folder / "loop").symlink_to("loop")
    (folder / os.fsdecode(b"no \xff name")).mkdir()
    (folder / os.fsdecode(b"no \xff name/plan \xfe.txt")).write_text("The Board will publish the protocol by May 2013.")
    (folder.parent / "secret.txt").write_text("The Board will keep the secret by May 2013.")
    (folder / "secret plan.txt").symlink_to("../secret.txt")
    return folder


@pytest.mark.parametrize("mask", [(), ("--mask",)])
def test_hostile_papers_the_whole_way(papers: Path, mask: tuple[str, ...], tmp_path: Path, capsys: Capture) -> None:
    out = tmp_path / "out"
    assert run(["analyse", str(papers), "--out", str(out), "--jobs", "2", *mask]) == 0
    told = capsys.readouterr()
    assert_visible(told.out + told.err, "the terminal")
    check_results(out)
    lines = check_json_lines(out / "statements.jsonl")
    read = [row for row in check_csv(out / "documents.csv") if row[-1]]
    assert len(read) == len(STRINGS) + 1
    assert len({line["document"] for line in lines}) > 0.8 * len(STRINGS)
    assert not any("secret" in str(line["text"]) for line in lines)
    assert any(OVERRIDE in str(line["text"]) for line in lines)
    assert "secret plan.txt" in (out / "problems.csv").read_text("utf-8")
    assert run(["review", str(out / "evidence.xlsx")]) == 0
    assert_visible("".join(capsys.readouterr()), "the terminal")
    check_results(out / "reviewed")


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".jsonl"])
@pytest.mark.parametrize("question", ["objectives", "results"])
def test_hostile_statements_classified(ending: str, question: str, tmp_path: Path) -> None:
    given_lines = [{"id": text, "text": f"{text} Publish it by May 2013", text: text} for text in STRINGS.values()]
    given_lines.append({"id": "half a character", "text": "Publish it \ud800 by May 2013"})
    given_lines.append({"id": "long", "text": "Publish " + "x" * 40_000, "Lead": "y" * 40_000})
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in given_lines), "utf-8")
    out = tmp_path / f"out{ending}"
    assert run(["classify", str(tmp_path / "in.jsonl"), "--out", str(out), "--question", question]) == 0
    if ending == ".csv":
        check_csv(out)
    elif ending == ".xlsx":
        assert check_workbook(out) == 0
        sheet = load_workbook(out).active
        assert sheet is not None and sheet.max_row == len(given_lines) + 1
        assert all(len(str(cell.value or "")) <= LONGEST for row in sheet.iter_rows() for cell in row)
    else:
        assert [line["id"] for line in check_json_lines(out)] == [line["id"] for line in given_lines]


def test_hostile_paper_read_and_two_hostile_reviewers_compared(tmp_path: Path, capsys: Capture) -> None:
    for place, text in enumerate(STRINGS.values()):
        write_hostile_word(tmp_path / "plan.docx", text)
        for form in ((), ("--json",)):
            assert run(["read", str(tmp_path / "plan.docx"), *form]) in (0, 1)
            assert run(["read", str(tmp_path / "plan.docx"), *form, "--out", str(tmp_path / "read.txt")]) in (0, 1)
            check_text(tmp_path / "read.txt")
        for name, label in (("=one", "SMART"), ("-two", "aspirational")):
            row = {"id": text, "text": f"{text} {place}", "objective": True, "label": label}
            (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
        files = [str(tmp_path / "=one.jsonl"), str(tmp_path / "-two.jsonl")]
        run(["agreement", *files])
        run(["agreement", *files, "--json", "--differences", str(tmp_path / "differences.csv")])
        run(["read", str(tmp_path / file_name(f"{text} is not there.pdf"))])
        assert_visible("".join(capsys.readouterr()), "the terminal")
    check_csv(tmp_path / "differences.csv")


def test_markdown_begins_no_tag_link_or_picture(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "--> plan.txt").write_text(
        f"The Board will {STRINGS['Markdown']} {STRINGS['script']} by 2013.", "utf-8"
    )
    run(["read", str(tmp_path / "--> plan.txt")])
    told = capsys.readouterr().out
    assert "](" not in told and "<script" not in told and "<http" not in told and told.count("-->") == 1


# -- what is written: where, with which rights, and what is left behind


@pytest.mark.parametrize("mask", [0o022, 0o002, 0o077])
def test_rights_follow_the_umask(mask: int, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("The Board will publish the protocol by May 2013.", "utf-8")
    before = os.umask(mask)
    try:
        run(["analyse", str(tmp_path / "plan.txt"), "--out", str(tmp_path / "out"), "-q"])
    finally:
        os.umask(before)
    for path in [tmp_path / "out", *(tmp_path / "out").rglob("*")]:
        whole = 0o777 if path.is_dir() else 0o666
        assert stat.S_IMODE(path.stat().st_mode) == whole & ~mask, path.name


PLANTED = ("evidence.xlsx", "problems.csv", "analyse.log", "run.sqlite", "run.sqlite-wal", "ledger.sqlite", "briefings")


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("name", PLANTED)
def test_nothing_is_written_through_a_link(name: str, there: bool, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "plan.txt").write_text("The Board will publish the protocol by May 2013.", "utf-8")
    out, target = tmp_path / "out", tmp_path / "elsewhere"
    out.mkdir()
    if there:
        target.mkdir() if name == "briefings" else target.write_bytes(b"mine")
    (out / name).symlink_to(target)
    assert run(["analyse", str(tmp_path / "plan.txt"), "--out", str(out)]) == 2
    assert f"{name}: is a link; nothing is written through it" in capsys.readouterr().err
    assert target.exists() == there and (out / name).is_symlink()
    assert not there or (not list(target.iterdir()) if target.is_dir() else target.read_bytes() == b"mine")


def test_link_planted_inside_the_briefings_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out/briefings").mkdir(parents=True)
    (tmp_path / "out/briefings/a.html").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match=r"a\.html: is a link"):
        write_files(tmp_path / "out", {"new.txt": b"", "briefings/a.html": b""})
    assert not (tmp_path / "elsewhere").exists() and not (tmp_path / "out/new.txt").exists()


def test_reviewed_results_do_not_go_through_a_link(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "plan.txt").write_text("The Board will publish the protocol by May 2013.", "utf-8")
    run(["analyse", str(tmp_path / "plan.txt"), "--out", str(tmp_path / "out"), "-q"])
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out/reviewed").symlink_to(tmp_path / "elsewhere")
    assert run(["review", str(tmp_path / "out/evidence.xlsx")]) == 2
    assert "reviewed: is a link" in capsys.readouterr().err and not list((tmp_path / "elsewhere").iterdir())


def test_folder_of_results_may_itself_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "there")
    write_files(tmp_path / "out", {"a.txt": b"one"})
    assert (tmp_path / "there/a.txt").read_bytes() == b"one"


def test_device_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "evidence.xlsx")
    with pytest.raises(OutputError, match="not a file that could be replaced"):
        check_folder(tmp_path, ("evidence.xlsx",))


def test_nothing_is_left_of_what_could_not_be_written(tmp_path: Path) -> None:
    with pytest.raises((OutputError, TypeError)):
        write_files(tmp_path / "out", {"a.txt": b"one", "b.txt": "no bytes"})  # type: ignore[dict-item]
    assert not list(tmp_path.iterdir())


DYING = """
import os, sys
from pathlib import Path
from lscb_textmine.report.files import write_files

class Contents(dict):
    def items(self):
        yield from super().items()
        os._exit(9)

write_files(Path(sys.argv[1]), Contents({"a.txt": b"one", "b.txt": b"two"}))
"""


def test_leavings_of_a_killed_run_are_removed_and_others_stay(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", DYING, str(tmp_path)], check=False)
    assert len(list(tmp_path.glob(".lscb-textmine-*.part"))) == 2
    (tmp_path / ".lscb-textmine-mine.part").write_bytes(b"")
    write_files(tmp_path, {"a.txt": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".lscb-textmine-mine.part", "a.txt"]
