"""A study in; the rows of the sheets Papers, Problems and Method out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from lscb_textmine.records import Known, Paper, Problem, Study
from lscb_textmine.report.flagged import count_flagged
from lscb_textmine.report.pages import describe_pages, describe_reading, unread_files
from lscb_textmine.report.run import describe_run
from lscb_textmine.report.sheet import Value
from lscb_textmine.report.styles import Column, Styled

PAPERS = (
    Column("Board", 26),
    Column("Paper", 34, "paper"),
    Column("Type", 15),
    Column("Year", 9, "short"),
    Column("How this is known", 30),
    Column("Format", 8, "short"),
    Column("Pages", 7, "number"),
    Column("Pages, as read", 34),
    Column("Words", 9, "number"),
    Column("Reading ease (English)", 10, "decimal"),
    Column("School grade (English)", 10, "decimal"),
    Column("Words a sentence (English)", 10, "decimal"),
    Column("Statements", 11, "number"),
    Column("Not counted", 9, "number"),
    Column("Personal data: findings", 9, "number"),
    Column("Languages", 10),
    Column("Problems", 9, "number"),
    Column("Notes on reading", 40),
    Column("SHA-256", 18, "short"),
)
PROBLEMS = (
    Column("Kind", 10, "short"),
    Column("File", 44),
    Column("Page", 7, "centre"),
    Column("What, and what to do", 90),
)
METHOD = (Column("Subject", 28, "heading"), Column("What is meant", 110), Column("Source", 40))


def paper_rows(study: Study, links: dict[str, str]) -> Iterator[list[Value]]:
    """The ledger: a row for each file that was read, then one for each that could not be."""
    problems: dict[str, int] = {}
    for problem in study.problems:
        problems[problem.path] = problems.get(problem.path, 0) + 1
    for paper in study.papers:
        yield _paper_row(paper, links.get(paper.document.path, ""), problems.get(paper.document.path, 0))
    for problem in unread_files(study):
        yield _unread_row(problem, problems[problem.path])


def _paper_row(paper: Paper, link: str, problems: int) -> list[Value]:
    document = paper.document
    return [
        document.board_name,
        Styled(document.name, "paper", link) if link else document.name,
        document.doc_type.value.replace("_", " "),
        document.year.value,
        _describe_sources(document.board, document.doc_type, document.year),
        document.format,
        len(document.pages) or None,
        describe_pages(document.pages),
        paper.words,
        *describe_reading(paper.readability),
        len(paper.objectives),
        len(paper.rejected),
        count_flagged(paper),
        ", ".join(document.languages),
        problems or None,
        "; ".join(document.notes),
        document.sha256,
    ]


def _unread_row(problem: Problem, problems: int) -> list[Value]:
    name = problem.path.replace("\\", "/").rsplit("/", 1)[-1]
    told: dict[str, Value] = {
        "Paper": Styled(name, "text"),
        "Pages, as read": "not read",
        "Problems": problems,
        "Notes on reading": problem.message,
    }
    return [told.get(column.name) for column in PAPERS]


def _describe_sources(board: Known, doc_type: Known, year: Known) -> str:
    named = (("board", board), ("type", doc_type), ("year", year))
    return "; ".join(f"{name}: {known.source}" for name, known in named if known.source)


def problem_rows(study: Study) -> Iterator[list[Value]]:
    """A row for each problem, errors first."""
    for problem in sorted(study.problems, key=lambda each: each.severity):
        yield [problem.severity, problem.path, problem.page, problem.message]


def load_method() -> dict[str, Any]:
    """The text of the Method sheet."""
    return tomllib.loads(files(__package__).joinpath("method.toml").read_text(encoding="utf-8"))


def method_rows(study: Study) -> Iterator[list[Value]]:
    """The definitions, then what this run was made with."""
    for section in load_method()["section"]:
        yield [section["heading"], section["text"].strip(), section["source"]]
    run = describe_run(study)
    yield ["Version", f"{run['tool']} {run['version']}, Python {run['python']}", "this run"]
    yield ["Parts", ", ".join(f"{name} {version}" for name, version in run["packages"].items()), "this run"]
    for name, digest in study.models:
        yield [f"Model: {name}", digest, "SHA-256"]
    for name, value in study.settings:
        yield [f"Setting: {name}", value, "this run"]
    yield ["Papers read", "the SHA-256 of each file is on the sheet Papers and in run.json", "this run"]
