"""Runs that are stopped go on, unchanged papers are not read again, and neither changes a byte of the results."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from small_papers import write_bad, write_pdf

from lscb_textmine.cli import run
from lscb_textmine.cli.watch import LOG
from lscb_textmine.examining import Errand, Examined, Given, Memory, Outcome, examine_all
from lscb_textmine.inputs import gather_requests
from lscb_textmine.manifest import PaperRequest
from lscb_textmine.models import Models, load_models
from lscb_textmine.pipeline import examine_errand, examine_safely, read_request
from lscb_textmine.records import Paper
from lscb_textmine.store.kept import KEPT, open_kept
from lscb_textmine.store.plain import record_to_bytes

ROOT = Path(__file__).resolve().parent.parent
MINUTES = """# {board} Local Safeguarding Children Board

Minutes of the meeting of 4 March 2011

{number}. Neglect

The police lead asked why referrals had fallen; the manager explained that the form had changed.

ACTION: {lead} to send the neglect audit to all members by May 2011
"""


@pytest.fixture(scope="module")
def models() -> Models:
    return load_models()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "Board papers"
    write_pdf(folder / "plan.pdf")
    for number, lead in enumerate(("Business Manager", "Named Nurse", "Head of Education", "Chair"), start=1):
        text = MINUTES.format(board="Cwm Arthen" if number % 2 else "Glan Afon", number=number, lead=lead)
        (folder / f"minutes {number}.md").write_text(text, encoding="utf-8")
    write_bad(folder / "torn.pdf", "damaged")
    shutil.copyfile(folder / "minutes 1.md", folder / "minutes 1 (copy).md")
    return folder


def analyse(folder: Path, out: Path, *more: str) -> int:
    return run(["analyse", str(folder), "--out", str(out), "--quiet", *more])


def tables_of(out: Path) -> dict[str, bytes]:
    """The results that must never differ by a byte."""
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".jsonl", ".csv")}


def log_of(out: Path) -> list[str]:
    path = out / LOG
    return path.read_text("utf-8").splitlines() if path.exists() else []


def read_anew(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if not line.endswith("known from before")]


def test_second_run_over_unchanged_papers_does_nothing(papers: Path, tmp_path: Path) -> None:
    assert [analyse(papers, tmp_path / "out") for _ in range(2)] == [1, 1]
    assert len(read_anew(log_of(tmp_path / "out"))) == len(log_of(tmp_path / "out")) == 6


def test_touched_paper_is_known_by_its_content(papers: Path, tmp_path: Path) -> None:
    analyse(papers, tmp_path / "out")
    first = tables_of(tmp_path / "out")
    os.utime(papers / "plan.pdf", (10**9, 10**9))
    for _ in range(2):
        analyse(papers, tmp_path / "out")
    assert (len(read_anew(log_of(tmp_path / "out"))), len(log_of(tmp_path / "out"))) == (6, 12)
    assert tables_of(tmp_path / "out") == first


def test_changed_paper_alone_is_read_again(papers: Path, tmp_path: Path) -> None:
    analyse(papers, tmp_path / "out")
    with (papers / "minutes 2.md").open("a", encoding="utf-8") as file:
        file.write("\nACTION: Chair to write to the Health Board by June 2011\n")
    analyse(papers, tmp_path / "out")
    (line,) = read_anew(log_of(tmp_path / "out")[6:])
    assert "minutes 2.md" in line
    assert b"Chair to write to the Health Board" in tables_of(tmp_path / "out")["statements.csv"]


def test_result_that_was_deleted_is_made_again_from_what_is_known(papers: Path, tmp_path: Path) -> None:
    analyse(papers, tmp_path / "out")
    first = tables_of(tmp_path / "out")
    (tmp_path / "out" / "statements.csv").unlink()
    analyse(papers, tmp_path / "out")
    assert tables_of(tmp_path / "out") == first and read_anew(log_of(tmp_path / "out")[6:]) == []


def test_another_board_changes_what_is_known(papers: Path, tmp_path: Path) -> None:
    analyse(papers, tmp_path / "out")
    analyse(papers, tmp_path / "out", "--board", "Bro Wen Safeguarding Board")
    analyse(papers, tmp_path / "other", "--board", "Bro Wen Safeguarding Board")
    assert tables_of(tmp_path / "out") == tables_of(tmp_path / "other")


def test_kept_document_is_judged_anew_without_the_file(papers: Path, models: Models) -> None:
    request = PaperRequest(str(papers / "plan.pdf"))
    known = record_to_bytes(read_request(request))
    as_read = examine_errand(Errand(request), models).outcome
    (papers / "plan.pdf").unlink()
    assert examine_errand(Errand(request, known), models).outcome == as_read
    renamed = examine_errand(Errand(PaperRequest(request.path, board="Bro Wen", source="--board"), known), models)
    assert isinstance(renamed.outcome, Paper) and renamed.outcome.document.board_name == "Bro Wen"


def examine_kept(errand: Errand, models: Models) -> Examined:
    assert errand.document or "torn" in errand.path
    return examine_safely(errand, models)


def test_other_models_judge_what_was_read_before(papers: Path, tmp_path: Path, models: Models) -> None:
    requests, _ = gather_requests([papers])
    found: list[list[Outcome]] = []
    with open_kept(tmp_path / "out") as kept:
        for examine, digest in ((examine_safely, "first"), (examine_kept, "second")):
            memory = Memory(kept, "reading", digest, "limits")
            found.append(examine_all(requests, partial(examine, models=models), memory=memory, jobs=1))
    assert found[0] == found[1] and len(found[0]) == 7


def test_other_reading_reads_again(papers: Path, tmp_path: Path, models: Models) -> None:
    requests, _ = gather_requests([papers / "plan.pdf"])
    asked: list[Errand] = []

    def examine(errand: Errand) -> Examined:
        asked.append(errand)
        return examine_safely(errand, models)

    with open_kept(tmp_path / "out") as kept:
        for reading in ("first", "first", "second"):
            examine_all(requests, examine, memory=Memory(kept, reading, "models", "limits"), jobs=1)
    assert [errand.document for errand in asked] == [b"", b""]


@pytest.mark.parametrize("damage", ["noise", "cut", "outcomes", "documents", "of another version"])
def test_damaged_ledger_costs_time_alone(papers: Path, tmp_path: Path, damage: str) -> None:
    analyse(papers, tmp_path / "out")
    first, ledger = tables_of(tmp_path / "out"), tmp_path / "out" / KEPT
    if damage == "noise":
        ledger.write_bytes(bytes(range(256)) * 100)
    elif damage == "cut":
        os.truncate(ledger, ledger.stat().st_size // 2)
    else:
        with closing(sqlite3.connect(ledger)) as opened, opened:
            opened.execute("DELETE FROM facts")
            opened.execute({
                "outcomes": "UPDATE kept SET outcome = x'00'",
                "documents": "UPDATE kept SET document = x'00', models = 'others'",
                "of another version": "PRAGMA user_version = 7",
            }[damage])  # fmt: skip
    assert analyse(papers, tmp_path / "out") == 1
    assert tables_of(tmp_path / "out") == first and len(read_anew(log_of(tmp_path / "out"))) == 12


def test_two_runs_into_one_folder_are_refused(papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_kept(tmp_path / "out"):
        assert analyse(papers, tmp_path / "out") == 2
    assert "another run is writing there" in capsys.readouterr().err


def test_masked_run_keeps_nothing_unmasked(papers: Path, tmp_path: Path) -> None:
    analyse(papers, tmp_path / "out")
    analyse(papers, tmp_path / "out", "--mask")
    assert not list((tmp_path / "out").glob(f"{KEPT}*"))


def test_number_of_workers_changes_no_byte(papers: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2", "3"):
        analyse(papers, tmp_path / jobs, "--jobs", jobs)
    assert tables_of(tmp_path / "1") == tables_of(tmp_path / "2") == tables_of(tmp_path / "3")
    assert len(tables_of(tmp_path / "1")) >= 8


def test_order_in_which_papers_are_done_changes_nothing(papers: Path, models: Models) -> None:
    requests, _ = gather_requests([papers])

    def backwards(errands: Iterable[Errand]) -> Given:
        done = [(number, examine_safely(errand, models)) for number, errand in enumerate(errands)]
        yield from reversed(done)

    examine = partial(examine_safely, models=models)
    assert examine_all(requests, examine, deploy=backwards) == examine_all(requests, examine, jobs=1)


def start_run(out: Path, *more: str, scratch: Path | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "lscb_textmine", "analyse", str(ROOT / "corpora"), "--out", str(out), "-q", *more]
    place = {"TMPDIR": str(scratch)} if scratch else {}
    environment = {**os.environ, **place, "PYTHONPATH": str(ROOT)}
    # tests run in the background inherit an ignored SIGINT, which this process passes on: a run at a terminal does not
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(command, env=environment, start_new_session=True, text=True, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)


def wait_for_log(out: Path, lines: int, started: subprocess.Popen[str]) -> None:
    while not (out / LOG).exists() or len(log_of(out)) < lines:
        assert started.poll() is None, "the run ended before it could be stopped"
        time.sleep(0.005)


def children_of(process: int) -> list[str]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    return listed.read_text().split() if listed.exists() else []


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_killed_run_goes_on_and_comes_to_the_same(tmp_path: Path) -> None:
    killed = start_run(tmp_path / "killed")
    wait_for_log(tmp_path / "killed", 4, killed)
    killed.kill()
    killed.communicate()
    before = len(log_of(tmp_path / "killed"))
    assert not (tmp_path / "killed" / "statements.csv").exists()
    for name in ("killed", "undisturbed"):
        done = start_run(tmp_path / name)
        assert (done.communicate()[1], done.returncode) == ("", 0)
    again = log_of(tmp_path / "killed")[before:]
    assert 0 <= len(again) - len(read_anew(again)) - before <= 1
    assert tables_of(tmp_path / "killed") == tables_of(tmp_path / "undisturbed")


@pytest.mark.skipif(os.name != "posix", reason="needs signals")
@pytest.mark.parametrize(("lines", "number"), [(0, signal.SIGINT), (3, signal.SIGINT), (3, signal.SIGTERM)])
def test_stopped_run_says_how_to_go_on_and_leaves_nothing(tmp_path: Path, lines: int, number: signal.Signals) -> None:
    out, scratch = tmp_path / "out", tmp_path / "scratch"
    scratch.mkdir()
    stopped = start_run(out, "--jobs", "2", scratch=scratch)
    wait_for_log(out, lines, stopped)
    started = children_of(stopped.pid)
    os.killpg(stopped.pid, number) if number == signal.SIGINT else stopped.send_signal(number)
    told = stopped.communicate()[1]
    assert (told.count("\n"), stopped.returncode) == (1, 2) and "the same command goes on" in told
    assert sorted(path.name for path in out.iterdir()) == [LOG, KEPT] and not list(scratch.iterdir())
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in started) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{child}").exists() for child in started)
