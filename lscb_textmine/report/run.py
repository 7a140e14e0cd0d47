"""A study in; what it was made with out: versions, and the digests of inputs, models and settings."""

from __future__ import annotations

import hashlib
import json
import platform
from functools import cache
from typing import Any

from lscb_textmine.records import Study
from lscb_textmine.report.data import to_json

PARTS = ("pypdfium2", "pdfplumber", "lxml", "openpyxl", "XlsxWriter", "lingua-language-detector", "rapidfuzz")


def tool_version() -> str:
    """The version of this package."""
    return part_version("lscb-textmine")


@cache  # one run asks twice: for the workbook and for run.json
def part_version(name: str) -> str:
    """The version of an installed package, "unknown" when it is not installed."""
    from importlib.metadata import PackageNotFoundError, version  # 15 ms that `--help` need not wait for

    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def describe_run(study: Study) -> dict[str, Any]:
    """What another run needs to come to the same result; holds no clock time, so the same study gives the same file."""
    settings = dict(study.settings)
    return {
        "tool": "lscb-textmine",
        "version": tool_version(),
        "python": platform.python_version(),
        "packages": {name: part_version(name) for name in PARTS},
        "settings": settings,
        "settings_sha256": hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest(),
        "masked": is_masked(study),
        "models": dict(study.models),
        "inputs": [
            {"path": paper.document.path, "sha256": paper.document.sha256, "format": paper.document.format}
            for paper in study.papers
        ],
        "papers": len(study.papers),
        "statements": sum(len(paper.objectives) for paper in study.papers),
        "problems": len(study.problems),
    }


def is_masked(study: Study) -> bool:
    """Whether names and numbers of children and families were replaced (`--mask`)."""
    return ("mask", "yes") in study.settings


def run_to_json(study: Study) -> bytes:
    """The description as `run.json`."""
    return (to_json(describe_run(study), indent=2) + "\n").encode("utf-8")
