"""Worker processes: a crash, a hang, a burst of memory or a call to the network costs one paper, and is told."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from lscb_textmine.errors import TextmineError
from lscb_textmine.manifest import PaperRequest
from lscb_textmine.read.pace import tell_page
from lscb_textmine.records import Paper, Problem
from lscb_textmine.workers import Limits, examine_in_workers

QUICK = Limits(seconds=1.5, page_seconds=1.0, megabytes=300)


def misbehave(request: PaperRequest) -> Paper | Problem:
    """What a reader of hostile files may do; it is named by the paper's path."""
    if request.path == "dies":
        os._exit(3)
    if request.path == "is killed":
        os.kill(os.getpid(), 9)
    if request.path == "hangs":
        time.sleep(60)
    if request.path == "stands still":
        tell_page(1)
        time.sleep(0.6)
        tell_page(7)
        time.sleep(60)
    if request.path == "swells":
        try:
            return Problem(request.path, f"took {len(bytearray(2 << 30))} bytes")
        except MemoryError:
            return Problem(request.path, "MemoryError")
    if request.path == "calls home":
        try:
            socket.create_connection(("127.0.0.1", 9), timeout=1)
        except PermissionError as error:
            return Problem(request.path, str(error))
    if request.path == "leaves a file":
        Path(tempfile.mkdtemp(), "left.txt").write_text("left", encoding="utf-8")
        return Problem(request.path, tempfile.gettempdir())
    return Problem(request.path, "answered")


def outcomes_of(*paths: str, workers: int = 2, limits: Limits = QUICK) -> dict[str, str]:
    requests = [PaperRequest(path) for path in paths]
    found = dict(examine_in_workers(misbehave, requests, workers=workers, limits=limits))
    assert sorted(found) == list(range(len(paths)))
    return {paths[n]: each.message for n, each in found.items() if isinstance(each, Problem)}


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("dies", "brought the reader down (exit 3)"),
        ("is killed", "for want of memory"),
        ("hangs", "took over 1.5 seconds"),
        ("stands still", "page 7 took over 1 seconds"),
        ("calls home", "no network connection is ever opened"),
        pytest.param("swells", "MemoryError", marks=pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")),
    ],
)
def test_one_paper_is_lost_with_its_cause_and_the_others_are_read(path: str, cause: str) -> None:
    told = outcomes_of("a", path, "b", "c", limits=Limits(5 if path == "stands still" else 1.5, 1, 300))
    assert cause in told.pop(path)
    assert set(told.values()) == {"answered"} and len(told) == 3


def test_many_bad_papers_in_a_row_stop_nothing() -> None:
    told = outcomes_of("dies", "a", "is killed", "b", workers=1)
    assert [told["a"], told["b"]] == ["answered", "answered"]


def test_worker_is_replaced_after_its_share() -> None:
    assert set(outcomes_of(*"abcdefg", limits=Limits(papers=2)).values()) == {"answered"}


def test_files_that_a_worker_leaves_go_with_it() -> None:
    folder = outcomes_of("leaves a file")["leaves a file"]
    assert "lscb-textmine-" in folder and not Path(folder).exists()


def refuse_to_load(request: PaperRequest) -> Paper | Problem:
    raise AssertionError(request.path)


class Unreadable:
    """An errand that no worker can take over."""

    def __call__(self, request: PaperRequest) -> Paper | Problem:
        return refuse_to_load(request)

    def __reduce__(self) -> tuple[type[int], tuple[str]]:
        return int, ("not a number",)


def test_workers_that_cannot_start_are_told_at_once(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(TextmineError, match="cannot be started"):
        list(examine_in_workers(Unreadable(), [PaperRequest("a")], workers=1))
    assert "ValueError" in capfd.readouterr().err


def test_workers_end_with_their_caller(tmp_path: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from test_workers import *\n"
        "if __name__ == '__main__':\n"
        "    list(examine_in_workers(misbehave, [PaperRequest('hangs')], workers=1, limits=Limits(60, 60)))\n"
    )
    script = tmp_path / "run.py"
    script.write_text(code, encoding="utf-8")
    caller = subprocess.Popen([sys.executable, str(script), str(Path(__file__).parent)])
    children = Path(f"/proc/{caller.pid}/task/{caller.pid}/children")
    if not children.exists():
        caller.kill()
        pytest.skip("needs a system that lists a process's children")
    deadline = time.monotonic() + 30
    while not (found := children.read_text().split()) and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)
    found = children.read_text().split()
    caller.kill()
    caller.wait()
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in found) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert found and not any(Path(f"/proc/{child}").exists() for child in found)
