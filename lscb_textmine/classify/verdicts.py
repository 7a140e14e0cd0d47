"""What a rule decided about one criterion: met or not, by which rule, with the words that show it."""

from __future__ import annotations

from dataclasses import dataclass

from lscb_textmine.records import Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """A criterion met or not; `rule` names the kind of evidence, which the models weigh."""

    met: bool
    rule: str
    because: tuple[Reason, ...] = ()
    note: str = ""
    value: str = ""
    """What the words amount to: the deadline, the lead or the measure."""


def reason(source_text: str, start: int, end: int, *, source: str = "text") -> Reason:
    """The reason that quotes `source_text` from `start` to `end`, white space at its edges left out."""
    piece = source_text[start:end]
    start += len(piece) - len(piece.lstrip())
    return Reason(piece.strip(), start, start + len(piece.strip()), source)
