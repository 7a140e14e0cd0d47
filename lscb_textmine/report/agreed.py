"""The agreement of two people's labels in; lines for the terminal, JSON or CSV out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from lscb_textmine.report.lines import table_to_csv

MOST_LISTED = 40
"""Differences told on the terminal; `--differences` writes all of them."""
LONGEST = 100


class QuestionAgreed(Protocol):
    """Agreement on one question, as `lscb_textmine.agreement` gives it."""

    @property
    def question(self) -> str:
        """Which question."""

    @property
    def count(self) -> int:
        """How many statements both answered."""

    @property
    def same(self) -> int:
        """How many of them alike."""

    @property
    def raw(self) -> float:
        """The share of equal answers."""

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa, None where chance alone explains everything."""


class Differs(Protocol):
    """A statement on which two people differ."""

    @property
    def key(self) -> str:
        """Its identifier, or its words."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def question(self) -> str:
        """In which question."""

    @property
    def left(self) -> str:
        """The first person's answer."""

    @property
    def right(self) -> str:
        """The second person's answer."""


class Agreed(Protocol):
    """The agreement of two files."""

    @property
    def questions(self) -> Sequence[QuestionAgreed]:
        """Question by question."""

    @property
    def differences(self) -> Sequence[Differs]:
        """Every difference."""

    @property
    def only_left(self) -> int:
        """Statements in the first file alone."""

    @property
    def only_right(self) -> int:
        """Statements in the second file alone."""


def agreement_lines(found: Agreed, first: Path, second: Path, *, listed: bool) -> Iterator[str]:
    """A table of the questions, then what only one file holds, then the differences."""
    yield f"{'question':14s} {'both answered':>14s} {'same':>6s} {'agreement':>10s} {'kappa':>7s}"
    for each in found.questions:
        kappa = "–" if each.kappa is None else f"{each.kappa:.2f}"
        name = each.question.replace("_", "-")
        yield f"{name:14s} {each.count:14d} {each.same:6d} {each.raw:10.1%} {kappa:>7s}"
    for count, path in ((found.only_left, first), (found.only_right, second)):
        if count:
            yield f"{count} statements stand in {path} only"
    if not listed or not found.differences:
        return
    yield f"{len(found.differences)} differences:"
    for difference in found.differences[:MOST_LISTED]:
        words = " ".join(difference.text.split()) or difference.key
        shown = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
        name = difference.question.replace("_", "-")
        yield f"  {name}: {difference.left} / {difference.right}  {shown}"
    if len(found.differences) > MOST_LISTED:
        yield f"  … and {len(found.differences) - MOST_LISTED} more; --differences FILE writes all of them"


def agreement_to_json(found: Agreed) -> dict[str, Any]:
    """What `agreement --json` prints."""
    return {
        "questions": {
            each.question: {
                "count": each.count,
                "same": each.same,
                "agreement": round(each.raw, 4),
                "kappa": None if each.kappa is None else round(each.kappa, 4),
            }
            for each in found.questions
        },
        "only_first": found.only_left,
        "only_second": found.only_right,
        "differences": [
            {"id": each.key, "text": each.text, "question": each.question, "first": each.left, "second": each.right}
            for each in found.differences
        ],
    }


def differences_to_csv(differences: Sequence[Differs], first: Path, second: Path) -> bytes:
    """Every difference as a row."""
    header = ("id", "question", first.name, second.name, "text")
    return table_to_csv(header, ((each.key, each.question, each.left, each.right, each.text) for each in differences))
