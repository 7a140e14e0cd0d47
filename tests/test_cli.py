"""The command line as a user meets it: what is written, what is told, and the exit status."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from openpyxl import load_workbook
from small_papers import write_bad, write_pdf

from lscb_textmine.cli import run, set_encoding
from lscb_textmine.cli.watch import LOG
from lscb_textmine.report import NAMES
from lscb_textmine.store import LEDGER
from lscb_textmine.store.kept import KEPT

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    write_pdf(tmp_path / "Board papers" / "plan ŵ #1.pdf")
    return tmp_path / "Board papers"


def read_lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_analyse_writes_every_file(papers: Path, tmp_path: Path, capsys: Capture) -> None:
    assert run(["analyse", str(papers), "--out", str(tmp_path / "my results")]) == 0
    assert sorted(path.name for path in (tmp_path / "my results").iterdir()) == sorted(
        (*NAMES, LEDGER, KEPT, LOG, "briefings")
    )
    output = capsys.readouterr()
    assert output.err == "" and output.out.startswith("1 paper, 1 page, 2 statements. Open ")
    lines = read_lines(tmp_path / "my results" / "statements.jsonl")
    assert {line["board"] for line in lines} == {"Cwm Arthen Local Safeguarding Children Board"}


def test_board_and_manifest_override_what_the_paper_says(papers: Path, tmp_path: Path) -> None:
    (tmp_path / "papers.csv").write_text("path,board,doc_type,year\nBoard papers,Glan Afon,strategy,2019\n", "utf-8")
    run(["analyse", "--manifest", str(tmp_path / "papers.csv"), "--out", str(tmp_path / "out"), "-q"])
    (line, *_) = read_lines(tmp_path / "out" / "statements.jsonl")
    assert (line["board"], line["doc_type"], line["year"]) == ("Glan Afon", "strategy", "2019")
    run(["analyse", str(papers), "--board", "Bro Wen Safeguarding Board", "--out", str(tmp_path / "out"), "-q"])
    assert read_lines(tmp_path / "out" / "statements.jsonl")[0]["board"] == "Bro Wen Safeguarding Board"


def test_json_is_for_scripts(papers: Path, tmp_path: Path, capsys: Capture) -> None:
    write_bad(papers / "locked.pdf", "encrypted")
    assert run(["analyse", str(papers), "--out", str(tmp_path / "out"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["papers"], told["statements"], told["status"], len(told["files"])) == (1, 2, 1, len(NAMES) + 3)
    assert [Path(problem["path"]).name for problem in told["problems"]] == ["locked.pdf"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("locked.pdf", "encrypted"),
        ("torn.pdf", "damaged"),
        ("nothing.docx", "empty"),
        ("photo.pdf", "picture"),
        ("noise.docx", "mislabelled"),
        ("album.docx", "zip of something else"),
    ],
)
def test_bad_file_is_one_clear_line_and_the_rest_goes_on(
    papers: Path, tmp_path: Path, capsys: Capture, name: str, kind: str
) -> None:
    write_bad(papers / name, kind)
    assert run(["analyse", str(papers), "--out", str(tmp_path / "out")]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert name in line and line.count(name) == 1 and ";" in line and "Traceback" not in line
    assert read_lines(tmp_path / "out" / "statements.jsonl")
    (problem,) = csv.DictReader((tmp_path / "out" / "problems.csv").read_text("utf-8-sig").splitlines())
    assert problem["path"].endswith(name)


def test_picture_of_a_page_is_named_with_its_page(papers: Path, tmp_path: Path, capsys: Capture) -> None:
    write_pdf(papers / "scanned.pdf", ("Bro Wen Local Safeguarding Children Board", "Strategy 2012"), scanned=True)
    assert run(["analyse", str(papers), "--out", str(tmp_path / "out"), "--no-ocr"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "scanned.pdf, page 2: " in line and "OCR" in line
    sheet = load_workbook(tmp_path / "out" / "evidence.xlsx")["Papers"]
    assert any("2 image only" in str(row[7].value) for row in sheet.iter_rows(min_row=2))


def test_words_under_a_wrong_name_are_read_with_a_warning(papers: Path, tmp_path: Path) -> None:
    (papers / "plan ŵ #1.pdf").rename(papers / "really a pdf.docx")
    assert run(["analyse", str(papers), "--out", str(tmp_path / "out"), "-q"]) == 0
    (problem,) = csv.DictReader((tmp_path / "out" / "problems.csv").read_text("utf-8-sig").splitlines())
    assert problem["severity"] == "warning"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["analyse", "{papers}"], "--out"),
        (["analyse", "--out", "{tmp}/out"], "no papers named"),
        (["analyse", "{tmp}/empty", "--out", "{tmp}/out"], "holds no papers"),
        (["analyse", "{tmp}/none.pdf", "--out", "{tmp}/out"], "no such file"),
        (["analyse", "{papers}", "--out", "{tmp}/file"], "choose another folder"),
        (["analyse", "{papers}", "--manifest", "{tmp}/none.csv", "--out", "{tmp}/out"], "cannot be read"),
        (["analyse", "{papers}", "--manifest", "{tmp}/file", "--out", "{tmp}/out"], "the manifest has no column"),
        (["analyse", "{papers}", "--jobs", "many", "--out", "{tmp}/out"], "--jobs"),
        (["classify", "{tmp}/none.csv", "--out", "{tmp}/x.csv"], "none.csv"),
        (["classify", "{tmp}/file", "--out", "{tmp}/x.csv"], "save the file as one of these"),
        (["classify", "{tmp}/s.csv", "--out", "{tmp}/x.pdf"], "ending"),
        (["classify", "{tmp}/s.csv", "--out", "{tmp}/x.csv", "--question", "why"], "no such question"),
        (["review", "{tmp}/none.xlsx"], "ledger.sqlite: is not there; run lscb-textmine analyse"),
        (["review"], "WORKBOOK"),
        (["read", "{tmp}/none.pdf"], "none.pdf"),
        (["read"], "FILE"),
        (["fly"], "fly"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_status_2(
    papers: Path, tmp_path: Path, capsys: Capture, arguments: list[str], words: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("some words", encoding="utf-8")
    (tmp_path / "s.csv").write_text("text\nPublish the plan\n", encoding="utf-8")
    assert run([each.format(papers=papers, tmp=tmp_path) for each in arguments]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert words in lines[0] and len(lines) <= 2
    assert not (tmp_path / "out" / "evidence.xlsx").exists()


def test_only_bad_papers_is_status_2(tmp_path: Path, capsys: Capture) -> None:
    write_bad(tmp_path / "papers" / "torn.pdf", "damaged")
    assert run(["analyse", str(tmp_path / "papers"), "--out", str(tmp_path / "out")]) == 2
    assert "torn.pdf" in capsys.readouterr().err


def test_workbook_open_elsewhere_is_told(papers: Path, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "~$evidence.xlsx").touch()
    assert run(["analyse", str(papers), "--out", str(tmp_path / "out")]) == 2
    assert "close evidence.xlsx and run again" in capsys.readouterr().err


def test_results_inside_the_papers_folder_are_not_read_again(papers: Path, capsys: Capture) -> None:
    for _ in range(2):
        assert run(["analyse", str(papers), "--out", str(papers), "--again"]) == 0
    assert [line.split(",")[0] for line in capsys.readouterr().out.splitlines()] == ["1 paper", "1 paper"]


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".xlsx"])
def test_classify_keeps_ids_and_order(tmp_path: Path, ending: str) -> None:
    rows = ("id,text,Lead,By when", "b7,Publish the protocol,Business Manager,March 2012", "a1,Raise awareness,All,TBC")
    given = "\n".join(rows)
    (tmp_path / "statements.csv").write_text(given, encoding="utf-8")
    out = tmp_path / f"judged{ending}"
    assert run(["classify", str(tmp_path / "statements.csv"), "--out", str(out)]) == 0
    if ending == ".jsonl":
        ids = [(line["id"], line["cells"]["Lead"]) for line in read_lines(out)]  # type: ignore[index]
        assert ids == [("b7", "Business Manager"), ("a1", "All")]
    elif ending == ".csv":
        assert [row["id"] for row in csv.DictReader(out.read_text("utf-8-sig").splitlines())] == ["b7", "a1"]
    else:
        assert [row[0].value for row in load_workbook(out).active.iter_rows(min_row=2)] == ["b7", "a1"]


def test_classify_results_gives_kind_and_spans(tmp_path: Path) -> None:
    (tmp_path / "sentences.jsonl").write_text('{"id": 3, "text": "300 staff were trained."}\n', encoding="utf-8")
    out = tmp_path / "kinds.jsonl"
    assert run(["classify", str(tmp_path / "sentences.jsonl"), "--question", "results", "--out", str(out)]) == 0
    (line,) = read_lines(out)
    assert line["id"] == "3" and line["kind"] == "output" and 0 <= line["probability"] <= 1  # type: ignore[operator]
    assert {"because", "spans"} <= line.keys()


def test_read_shows_markdown_or_json(papers: Path, capsys: Capture) -> None:
    paper = str(papers / "plan ŵ #1.pdf")
    assert run(["read", paper]) == 0
    assert "publish a neglect protocol for schools" in capsys.readouterr().out
    assert run(["read", paper, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["format"] == "pdf" and len(document["pages"]) == 1 and document["blocks"]


def test_read_draws_pictures_and_writes_files(papers: Path, tmp_path: Path) -> None:
    paper = str(papers / "plan ŵ #1.pdf")
    assert run(["read", paper, "--picture", str(tmp_path / "pictures"), "--out", str(tmp_path / "plan.md")]) == 0
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == ["plan ŵ #1 page 001.png"]
    assert "# " in (tmp_path / "plan.md").read_text(encoding="utf-8")


def test_picture_of_a_paper_without_pages_is_refused(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "minutes.txt").write_text("We will publish the plan by May 2012.", encoding="utf-8")
    assert run(["read", str(tmp_path / "minutes.txt"), "--picture", str(tmp_path / "pictures")]) == 2
    assert "print the paper to PDF first" in capsys.readouterr().err


@pytest.mark.parametrize("command", [[], ["analyse"], ["classify"], ["read"], ["review"]])
def test_help_shows_examples(command: list[str], capsys: Capture) -> None:
    assert run([*command, "--help"]) == 0
    assert f"lscb-textmine {' '.join(command)}".strip() in capsys.readouterr().out.split("Examples:")[1]


def test_version(capsys: Capture) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.startswith("lscb-textmine ")


def test_help_is_quick_as_a_module() -> None:
    best = min(time_help() for _ in range(3))
    assert best < 1.0  # 0.15 s on a quiet machine; a busy one must not fail the test


def time_help() -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "lscb_textmine", "--help"], check=True, capture_output=True)
    return time.perf_counter() - start


def test_character_the_terminal_lacks_is_no_error(papers: Path) -> None:
    command = [sys.executable, "-X", "utf8=0", "-m", "lscb_textmine", "read", str(papers / "plan ŵ #1.pdf")]
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0 and b"neglect protocol" in done.stdout
    set_encoding()
