"""The main job runs with every connection refused: no paper, and no word about one, leaves the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from small_papers import write_pdf

REFUSING = """
import socket, sys

def refuse(*arguments, **options):
    raise AssertionError("a connection was opened")

socket.socket = socket.create_connection = socket.getaddrinfo = refuse
from lscb_textmine.cli import main
main(sys.argv[1:])
"""


def test_main_job_opens_no_connection(tmp_path: Path) -> None:
    write_pdf(tmp_path / "papers" / "plan.pdf")
    command = [sys.executable, "-c", REFUSING, "analyse", str(tmp_path / "papers"), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "evidence.xlsx").stat().st_size > 5000


def test_libraries_note_nothing_for_later(tmp_path: Path) -> None:
    write_pdf(tmp_path / "papers" / "plan.pdf")
    aside = tmp_path / "aside"
    aside.mkdir()
    command = [
        sys.executable,
        "-m",
        "lscb_textmine",
        "analyse",
        str(tmp_path / "papers"),
        "--out",
        str(tmp_path / "out"),
    ]
    places = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME"), str(aside))
    environment = {**os.environ, **places, "PYTHONPATH": str(Path(__file__).parent.parent)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    subprocess.run(command, env=environment, check=True, capture_output=True)
    assert list(aside.iterdir()) == []
