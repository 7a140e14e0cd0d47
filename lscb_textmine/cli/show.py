"""What a run has to tell in; lines on the terminal out."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lscb_textmine.records import Measure, Problem, Study

if TYPE_CHECKING:
    pass

MOST_PROBLEMS = 20
"""Problems told on the terminal; all of them are in the results."""


def print_line(text: str) -> None:
    """Text on standard output, with nothing in it that would steer the terminal."""
    from lscb_textmine.report.cells import visible_text

    sys.stdout.write(f"{visible_text(text)}\n")


def print_error(text: str) -> None:
    """One line on standard error, whatever the text holds."""
    from lscb_textmine.report.cells import quote_text

    sys.stderr.write(f"lscb-textmine: {quote_text(text)}\n")


def print_json(value: Any) -> None:
    """JSON on standard output, in plain ASCII where the terminal knows nothing else."""
    from lscb_textmine.report.data import to_json

    print_line(to_json(value, ascii_only=not speaks_unicode(), indent=2))


def speaks_unicode() -> bool:
    """Whether standard output can show every character."""
    return (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")


def describe_problem(problem: Problem) -> str:
    """The problem in one line that names the file and the page.

    >>> describe_problem(Problem("plan.pdf", "no text layer; needs OCR", page=3))
    'plan.pdf, page 3: no text layer; needs OCR'
    """
    page = "" if problem.page is None else f", page {problem.page}"
    if problem.path in problem.message and not page:
        return problem.message
    name = problem.path.replace("\\", "/").rsplit("/", 1)[-1]
    told = problem.message
    for named in (f"{problem.path}: ", f"{name}: ", f"{problem.path} ", f"{name} "):
        told = told.removeprefix(named)
    return f"{problem.path}{page}: {told}"


def print_problems(problems: Sequence[Mapping[str, Any]], *, kept_in: str) -> None:
    """Each error in one line; the warnings, and what is more than a screen, stand in the results."""
    errors = [Problem(**problem) for problem in problems if problem["severity"] == "error"]
    for problem in errors[:MOST_PROBLEMS]:
        print_error(describe_problem(problem))
    if len(errors) > MOST_PROBLEMS:
        print_error(f"... and {len(errors) - MOST_PROBLEMS} more{kept_in}")


def print_summary(summary: Mapping[str, Any], folder: Path) -> None:
    """The closing summary: a table of the boards on a terminal, else a line."""
    if sys.stdout.isatty():
        _print_boards(summary["boards"])
    errors = sum(problem["severity"] == "error" for problem in summary["problems"])
    told = [_count(summary[f"{name}s"], name) for name in ("paper", "page", "statement")]
    told += [f"{_count(errors, 'problem')}: see the sheet Problems"] if errors else []
    print_line(f"{', '.join(told)}. Open {folder / 'evidence.xlsx'}")


def _count(number: int, name: str) -> str:
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def _print_boards(boards: Sequence[Mapping[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from lscb_textmine.report.cells import quote_text

    table = Table("Board", "Papers", "Statements", "SMART", "95 % range", "Outcome share")
    for number in range(1, 6):
        table.columns[number].justify = "right"
    for board in boards:
        smart, outcome = board["smart"], board["outcome_share"]
        spread = f"{smart['low']:.0%} to {smart['high']:.0%}" if smart["total"] else "–"
        table.add_row(
            Text(quote_text(str(board["board"]))),
            *(str(board["papers"]), str(board["statements"])),
            *(f"{smart['count']:g} of {smart['total']:g}", spread),
            f"{outcome['count']:g} of {outcome['total']:g}",
        )
    Console().print(table)


def board_figures(study: Study) -> list[dict[str, Any]]:
    """Papers, statements and the two leading shares of each board."""
    shares = {(each.board, each.name): each for each in study.measures if not each.year and not each.document}
    boards = sorted({paper.document.board_name for paper in study.papers})
    return [
        {
            "board": board,
            "papers": sum(paper.document.board_name == board for paper in study.papers),
            "statements": sum(len(p.objectives) for p in study.papers if p.document.board_name == board),
            "smart": _share(shares[board, "SMART"]),
            "outcome_share": _share(shares[board, "outcome share"]),
        }
        for board in boards
    ]


def _share(measure: Measure) -> dict[str, float]:
    figures = {"count": measure.count, "total": measure.total}
    return figures | {"low": round(measure.low, 4), "high": round(measure.high, 4)}


def study_to_json(study: Study, *, folder: Path, files: Sequence[Path], status: int) -> dict[str, Any]:
    """What `analyse --json` prints."""
    return {
        "out": str(folder),
        "files": [str(path) for path in files],
        "papers": len(study.papers),
        "pages": sum(page.state == "read" for paper in study.papers for page in paper.document.pages),
        "statements": sum(len(paper.objectives) for paper in study.papers),
        "boards": board_figures(study),
        "problems": [
            {"path": each.path, "page": each.page, "severity": each.severity, "message": each.message}
            for each in study.problems
        ],
        "status": status,
    }
