"""What a rule decided about one criterion: met or not, by which rule, with the words that show it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lscb_textmine.records import Judgement, Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """A criterion met or not; `rule` names the kind of evidence, whose measured precision is the probability."""

    met: bool
    rule: str
    because: tuple[Reason, ...] = ()
    note: str = ""
    value: str = ""
    """What the words amount to: the deadline, the lead or the measure."""


def to_judgement(question: str, verdict: Verdict) -> Judgement:
    """The judgement that records a verdict, with the rule's precision on labelled statements as its probability."""
    probability = _precisions()[question].get(verdict.rule, 0.7)
    answer = "yes" if verdict.met else "no"
    return Judgement(question, answer, probability, because=verdict.because, by="rule", note=verdict.note)


def reason(source_text: str, start: int, end: int, *, source: str = "text") -> Reason:
    """The reason that quotes `source_text` from `start` to `end`, white space at its edges left out."""
    piece = source_text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Reason(piece.strip(), start, start + len(piece.strip()), source)


@cache
def _precisions() -> dict[str, dict[str, float]]:
    return tomllib.loads(files("lscb_textmine.classify").joinpath("precision.toml").read_text(encoding="utf-8"))
