"""Tables as several programs print them: every cell, every broken row, and none on pages of prose."""

from __future__ import annotations

import importlib.util
import random
import shutil
import sys
import warnings
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


def load_plans() -> ModuleType:
    """`scripts/plans.py`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("plans", ROOT / "scripts" / "plans.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["plans"] = module
    spec.loader.exec_module(module)
    return module


plans = load_plans()


def need_weasyprint() -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            import weasyprint  # noqa: F401
    except OSError:
        pytest.skip("WeasyPrint needs the Pango library (see README, System programs)")


@pytest.mark.parametrize("style", plans.STYLES)
@pytest.mark.parametrize("producer", ["reportlab", "weasyprint", "libreoffice"])
def test_cells_and_broken_rows(tmp_path: Path, producer: str, style: str) -> None:
    if producer == "libreoffice" and not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed (see README, System programs)")
    if producer == "weasyprint":
        need_weasyprint()
    plan = plans.make_plan(random.Random(f"test {producer} {style}"), 14)
    path = tmp_path / "plan.pdf"
    plans.PRODUCERS[producer](plan, style, path)
    score = plans.score_plan(plan, path)
    assert score.right >= 0.97 * score.cells
    assert score.whole >= 0.9 * score.broken


@pytest.mark.parametrize("columns", [1, 2])
def test_no_table_on_prose(tmp_path: Path, columns: int) -> None:
    need_weasyprint()
    path = tmp_path / "prose.pdf"
    plans.print_prose(path, random.Random(3), columns=columns)
    assert plans.claimed_pages(path)[0] == 0
