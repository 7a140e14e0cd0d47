"""A study in; the workbook, the briefings and the files beside them out, written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from lscb_textmine.records import Study
from lscb_textmine.report.briefing import FOLDER, study_to_files
from lscb_textmine.report.challenge import challenge_to_csv
from lscb_textmine.report.files import check_folder, refuse_links, write_files
from lscb_textmine.report.findings import findings_to_csv
from lscb_textmine.report.lines import (
    documents_to_csv,
    lines_to_csv,
    lines_to_jsonl,
    measures_to_csv,
    problems_to_csv,
    study_lines,
)
from lscb_textmine.report.meetings import actions_to_csv, attendance_to_csv
from lscb_textmine.report.run import run_to_json
from lscb_textmine.report.workbook import study_to_workbook

NAMES = (
    "evidence.xlsx",
    "statements.jsonl",
    "statements.csv",
    "measures.csv",
    "attendance.csv",
    "actions.csv",
    "documents.csv",
    "problems.csv",
    "findings.csv",
    "challenge.csv",
    "run.json",
)

__all__ = ["NAMES", "check_results", "write_study"]


def check_results(folder: Path) -> None:
    """Raise OutputError when the results could not be written to `folder`."""
    refuse_links(folder, (FOLDER,))
    check_folder(folder, NAMES)
    if (folder / FOLDER).exists():
        check_folder(folder / FOLDER, ())


def write_study(study: Study, folder: Path, *, beside: Mapping[str, bytes] | None = None) -> tuple[Path, ...]:
    """The paths of the files written to `folder`, with those `beside` by their names.

    Raises OutputError, and then writes none of them.
    """
    lines = study_lines(study)
    contents = (
        study_to_workbook(study, folder),
        lines_to_jsonl(lines),
        lines_to_csv(lines),
        measures_to_csv(study.measures),
        attendance_to_csv(study),
        actions_to_csv(study),
        documents_to_csv(study),
        problems_to_csv(study.problems),
        findings_to_csv(study),
        challenge_to_csv(study),
        run_to_json(study),
    )
    results = dict(zip(NAMES, contents, strict=True)) | study_to_files(study, folder)
    return write_files(folder, results | dict(beside or {}))
