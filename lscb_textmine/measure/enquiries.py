"""A board's figures in; the questions for the visit that follow from them, each with the rows that raised it, out.

The questions and their conditions are data (`enquiries.toml`); nothing is written by a machine.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from lscb_textmine.measure.indicators import BoardPapers, Tally, load_indicators, say_finding
from lscb_textmine.records import DOMAINS, Enquiry, EvidenceRow

DOMAIN = "domain: "


@cache
def load_enquiries() -> tuple[dict[str, Any], ...]:
    """The rules as the file gives them, in its order."""
    text = files("lscb_textmine.measure").joinpath("enquiries.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["enquiry"])


def make_enquiries(board: BoardPapers, tallies: Mapping[str, Tally]) -> tuple[Enquiry, ...]:
    """The questions that a board's figures raise, in the order of the file."""
    known = {**tallies, **{f"{DOMAIN}{domain}": _tally_domain(board, domain) for domain in DOMAINS}}
    return tuple(_ask(board, rule, known[rule["indicator"]]) for rule in load_enquiries() if _holds(rule, known))


def _tally_domain(board: BoardPapers, domain: str) -> Tally:
    serving = [each for each in board.statements if each.objective and each.objective.answer("domain") == domain]
    rest = [each for each in board.statements if each not in serving]
    return Tally(tuple(each.row for each in serving), tuple(each.row for each in rest))


def _holds(rule: Mapping[str, Any], tallies: Mapping[str, Tally]) -> bool:
    """Whether a rule's condition is met by the figure it asks about."""
    tally = tallies[rule["indicator"]]
    if rule["when"] == "nothing":
        return tally.total == 0
    if tally.total < max(1, rule["least"]):
        return False
    share = tally.count / tally.total
    if rule["when"] == "none":
        return tally.count == 0
    limit = float(rule["limit"])
    return share < limit if rule["when"] == "below" else share > limit


def _ask(board: BoardPapers, rule: Mapping[str, Any], tally: Tally) -> Enquiry:
    rows = tally.shown if rule["rows"] == "shown" else tally.other
    return Enquiry(
        board=board.board,
        key=rule["key"],
        audience=rule["audience"],
        question=rule["question"],
        because=_because(rule["indicator"], tally),
        domain=rule["domain"],
        raised_by=rows or _silent_papers(board),
    )


def _silent_papers(board: BoardPapers) -> tuple[EvidenceRow, ...]:
    """Where nothing says a thing, the papers that were read and do not."""
    return tuple(EvidenceRow("Papers", paper.document.sha256) for paper in board.papers)


def _because(indicator: str, tally: Tally) -> str:
    if indicator.startswith(DOMAIN):
        return f"None of {tally.total} objectives serves this domain first of all."
    about = next(each for each in load_indicators() if each["key"] == indicator)
    return say_finding(about, tally)
