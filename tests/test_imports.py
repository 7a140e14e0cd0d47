"""Stages meet in the records and the pipeline only; the package exports what it says and starts lean."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import lscb_textmine

PACKAGE = Path(lscb_textmine.__file__).parent
STAGES = ("read", "find", "classify", "measure", "report")
MEETING_PLACES = {"records", "cues", "gates", "errors"}
HEAVY = ("spacy", "sklearn", "scipy", "pandas", "skops", "torch", "matplotlib")
MODULES = sorted(PACKAGE.rglob("*.py"))


def stage_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_names(path: Path) -> set[str]:
    """Every dotted name that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name} imports by dots; name the module in full"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def ours(path: Path) -> set[str]:
    """The parts of our own package that a module imports: "records", "read", ..."""
    names = (name.split(".") for name in imported_names(path) if name.startswith("lscb_textmine."))
    return {parts[1] for parts in names}


@pytest.mark.parametrize("path", [path for path in MODULES if stage_of(path) in STAGES], ids=lambda p: p.name)
def test_stages_meet_only_in_the_records(path: Path) -> None:
    stage = stage_of(path)
    assert ours(path) <= MEETING_PLACES | {stage}, f"{path.relative_to(PACKAGE)} reaches into another stage"


@pytest.mark.parametrize("name", sorted(MEETING_PLACES))
def test_meeting_places_import_nothing_of_ours(name: str) -> None:
    for path in (PACKAGE / f"{name}.py", *(PACKAGE / name).glob("*.py")):
        assert not path.exists() or ours(path) <= {"errors", "gates", name}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_heavy_at_run_time(path: Path) -> None:
    assert not {name.split(".")[0] for name in imported_names(path)} & set(HEAVY)


def test_only_the_command_line_prints() -> None:
    for path in MODULES:
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        names = {call.func.id for call in calls if isinstance(call.func, ast.Name)}
        assert stage_of(path) == "cli" or "print" not in names, f"{path.name} prints"


def test_public_names_are_sorted_and_there() -> None:
    assert lscb_textmine.__all__ == sorted(lscb_textmine.__all__, key=str)
    for name in lscb_textmine.__all__:
        assert getattr(lscb_textmine, name).__name__ == name
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        lscb_textmine.nothing_of_the_kind  # noqa: B018


def test_help_needs_no_heavy_parts() -> None:
    heavy = {"numpy", "pypdfium2", "lxml", "xlsxwriter", "rich"}
    code = f"import sys, lscb_textmine.cli; print(*{heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
