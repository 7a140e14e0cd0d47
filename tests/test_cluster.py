"""A Dask cluster of separate processes: the same results as here, also when a worker is killed in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from small_papers import write_bad

from lscb_textmine.cli import run
from lscb_textmine.cli.watch import LOG

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(find_spec("distributed") is None, reason="needs Dask: the extra `cluster`")


def start(*command: str, folder: Path) -> subprocess.Popen[bytes]:
    """A program of Dask, in a folder of its own, as another machine would have."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", *command], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=log
        )


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    about = tmp_path / "scheduler.json"
    place = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(about))
    started = [start("distributed.cli.dask_scheduler", *place, folder=tmp_path / "scheduler")]
    deadline = time.monotonic() + 60
    while not about.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    address = json.loads(about.read_text())["address"]
    for name in ("first", "second"):
        options = ("--no-nanny", "--nthreads", "1", "--name", name, "--no-dashboard")
        started.append(start("distributed.cli.dask_worker", address, *options, folder=tmp_path / name))
    try:
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    """Papers enough to be in the middle of, under a path that only leads there from where the caller stands."""
    for number, path in enumerate(3 * sorted((ROOT / "corpora").rglob("*.pdf"))):
        target = tmp_path / "papers" / path.parent.name / f"{number} {path.name}"
        target.parent.mkdir(parents=True, exist_ok=True)
        # a comment at its end makes each a paper of its own: copies of a file are read once
        target.write_bytes(path.read_bytes() + f"\n% paper {number}\n".encode())
    write_bad(tmp_path / "papers" / "torn.pdf", "damaged")
    return tmp_path / "papers"


def tables_of(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir() if path.suffix in (".jsonl", ".csv")}


def test_cluster_gives_the_same_also_when_a_worker_is_killed(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, workers = cluster
    monkeypatch.chdir(tmp_path)
    assert run(["analyse", papers.name, "--out", "here", "--quiet"]) == 1
    command = [sys.executable, "-m", "lscb_textmine", "analyse", papers.name, "--out", "there", "-q"]
    caller = subprocess.Popen(
        [*command, "--scheduler", address],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    log = tmp_path / "there" / LOG
    while caller.poll() is None and (not log.exists() or log.read_text("utf-8").count("\n") < 3):
        time.sleep(0.01)
    workers[0].kill()
    told = caller.communicate()[1]
    assert (told.count("\n"), caller.returncode) == (1, 1) and "torn.pdf" in told
    assert tables_of(tmp_path / "there") == tables_of(tmp_path / "here")


def test_scheduler_that_is_not_there_is_one_clear_line(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    address = "tcp://127.0.0.1:9"
    assert run(["analyse", str(papers), "--out", str(tmp_path / "out"), "--scheduler", address]) == 2
    assert "no Dask scheduler answers there" in capsys.readouterr().err
