"""Every figure of measures.csv and of the workbook, counted a second time from statements.jsonl alone."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from lscb_textmine.inputs import gather_requests
from lscb_textmine.models import load_models
from lscb_textmine.pipeline import study
from lscb_textmine.report import write_study

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
CRITERIA = ("specific", "measurable", "achievable", "realistic", "time_limited")
DOMAINS = ("outcomes", "strategy", "governance", "capacity", "delivery")
RESULTS = ("process", "output", "practice", "outcome")
Line = dict[str, Any]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recount")
    requests, problems = gather_requests([CORPORA])
    write_study(study(requests, load_models(), jobs=1, problems=problems), folder)
    return folder


def read_lines(folder: Path) -> list[Line]:
    lines = [json.loads(line) for line in (folder / "statements.jsonl").read_text("utf-8").splitlines()]
    return [line for line in lines if line["label"] is not None]


def read_measures(folder: Path) -> Iterator[tuple[tuple[str, str, str, str], dict[str, str]]]:
    with (folder / "measures.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield (row["board"], row["year"], row["document"], row["measure"]), row


def is_smart(line: Line) -> bool:
    met = {name: line["smart"][name]["met"] for name in CRITERIA}
    needed = met["specific"] and met["measurable"] and met["time_limited"]
    return bool(needed and (met["achievable"] or met["realistic"]))


def has_date(line: Line) -> bool:
    deadline = line["deadline"] or ""
    return len(deadline) == 10 and deadline[4] == deadline[7] == "-"


Counted = tuple[float, float]
Count = Callable[[list[Line]], Counted]


def is_met(criterion: str, lines: list[Line]) -> Counted:
    return sum(line["smart"][criterion]["met"] for line in lines), len(lines)


def holds(field: str, value: str, lines: list[Line]) -> Counted:
    return sum(line[field] == value for line in lines), len(lines)


def smart_where(field: str, value: str, lines: list[Line]) -> Counted:
    kept = [line for line in lines if line[field] == value]
    return sum(map(is_smart, kept)), len(kept)


def recounts() -> dict[str, Count]:
    """How each measure is counted from the lines, in other words than the package's."""
    counts: dict[str, Count] = {
        "SMART": lambda lines: (sum(map(is_smart, lines)), len(lines)),
        "mean score (share of 5)": lambda lines: (sum(line["smart_score"] for line in lines), 5 * len(lines)),
        "deadline: a date": lambda lines: (sum(map(has_date, lines)), len(lines)),
        "needs review": lambda lines: (sum(line["needs_review"] for line in lines), len(lines)),
    }
    counts |= {f"criterion: {name}": partial(is_met, name) for name in CRITERIA}
    counts |= {f"domain: {value}": partial(holds, "primary_domain", value) for value in DOMAINS}
    counts |= {f"result: {value}": partial(holds, "result", value) for value in RESULTS}
    for field, title, values in (
        ("primary_domain", "domain", DOMAINS),
        ("form", "form", ("sentence", "bullet", "table_row", "minute_action")),
        ("doc_type", "type", ("business_plan", "strategy", "annual_report", "minutes")),
    ):
        counts |= {f"SMART in {title}: {value}": partial(smart_where, field, value) for value in values}
    return counts


def test_measures_agree_with_a_recount(results: Path) -> None:
    lines, checked = read_lines(results), 0
    counts = recounts()
    for (board, year, document, name), row in read_measures(results):
        if name not in counts:
            continue
        of_group = [
            line
            for line in lines
            if board in (line["board"], "All boards")
            and (document == line["document"] if document else year in ("", line["year"]))
        ]
        count, total = counts[name](of_group)
        assert (float(row["count"]), float(row["total"])) == (count, total), (board, year, document, name)
        assert not total or float(row["share"]) == pytest.approx(count / total, abs=1e-4)
        checked += 1
    assert checked > 500


def test_domains_owners_and_results_each_add_up(results: Path) -> None:
    groups: dict[tuple[str, str, str, str], list[dict[str, str]]] = {}
    for (board, year, document, name), row in read_measures(results):
        groups.setdefault((board, year, document, name.split(":")[0]), []).append(row)
    for key, rows in groups.items():
        if key[3] in ("domain", "owner", "result"):
            assert sum(float(row["count"]) for row in rows) == float(rows[0]["total"]), key


def test_workbook_shows_the_measures(results: Path) -> None:
    measures = dict(read_measures(results))
    book = load_workbook(results / "evidence.xlsx")
    header, *rows = book["Boards"].iter_rows(min_col=1, max_col=9, values_only=True)
    assert header[:5] == ("Board", "Year", "Measure", "Count", "of")
    shown = {"SMART": "SMART", "Specific": "criterion: specific", "Nobody named": "owner: nobody"}
    found = 0
    for board, year, name, count, total, share, low, high, _ in rows:
        if name in shown:
            row = measures[board, year or "", "", shown[name]]
            assert (count, total) == (float(row["count"]), float(row["total"]))
            assert [share, low, high] == pytest.approx(
                [float(row[each]) for each in ("share", "low", "high")], abs=1e-4
            )
            found += 1
    assert found >= 3 * 5


def test_summary_and_domains_show_the_same_counts(results: Path) -> None:
    lines = read_lines(results)
    book = load_workbook(results / "evidence.xlsx")
    header = [cell.value for cell in book["Summary"][4]]
    for values in book["Summary"].iter_rows(min_row=5, values_only=True):
        row = dict(zip(header, values, strict=True))
        of_board = [line for line in lines if row["Board"] in (line["board"], "All boards")]
        assert row["SMART: count, 95 % range"].startswith(f"{sum(map(is_smart, of_board))} of {len(of_board)} ")
    texts = {cell.value for line in book["Domains"].iter_rows() for cell in line if cell.value}
    for board in {line["board"] for line in lines}:
        of_board = [line for line in lines if line["board"] == board]
        assert board in texts
        for domain in DOMAINS:
            count, total = holds("primary_domain", domain, of_board)
            assert any(str(text).startswith(f"{count} of {total}") for text in texts)
