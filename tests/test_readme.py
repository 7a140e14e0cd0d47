"""What the README says is what there is: its two commands, every command of the program, every place it names."""

from __future__ import annotations

import re
from pathlib import Path

import typer.main

from lscb_textmine.cli import app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_fresh_machine_runs_the_two_commands() -> None:
    commands = re.findall(r"^    (.+)$", README, re.MULTILINE)[:2]
    check = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert [line for line in check if line in commands] == commands


def test_every_command_is_told() -> None:
    for name in typer.main.get_group(app).commands:
        assert f"lscb-textmine {name}" in README


def test_every_place_is_there() -> None:
    for place in re.findall(r"^\| `([\w./]+)`", README, re.MULTILINE):
        if "/" in place and not place.startswith(("report/", "cli/")):
            assert (ROOT / place).exists(), place


def test_system_programs_are_those_that_the_check_installs() -> None:
    named = set(re.findall(r"`((?:lib|fonts-)[\w.-]+)`", README.split("### System programs")[1].split("##")[0]))
    check = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert named and all(name in check for name in named)
