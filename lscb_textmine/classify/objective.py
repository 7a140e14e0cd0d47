"""A candidate and a model in; whether it is an objective statement, and why, out (codebook section 1)."""

from __future__ import annotations

from lscb_textmine.classify.linear import LinearModel, Reading, ask_model, explain_answer, quote_reasons
from lscb_textmine.classify.welsh import judge_welsh_objective
from lscb_textmine.records import Candidate, Judgement, Reason

TURNED_DOWN = 0.9
"""Probability told of a look-alike that its structure gives away."""
LEAST = 0.5
LEAST_IN_PAPER = 0.2
"""Least probability of a statement met in a board's paper: there, what governs it has turned look-alikes down."""
LEAST_MARKED = 0.1
"""The same for the row of an action column, an action label or an item of an objectives list."""
BOARD_PAPERS = frozenset(("business_plan", "strategy", "annual_report", "minutes", "action_log"))
MARKS = frozenset(("action label", "action column", "statement column", "objectives list"))


def judge_objective(reading: Reading, model: LinearModel) -> Judgement:
    """Whether a candidate is an objective statement.

    What its structure says goes first: a look-alike that was turned down is none. The rest the model decides; in a
    paper, whose headings and columns have been read, it must be surer that a marked item is none. Welsh text is told by
    its cues alone.
    """
    candidate = reading.candidate
    if candidate.turned_down:
        note = f"turned down: {candidate.turned_down}"
        return Judgement("objective", "no", TURNED_DOWN, (_whole(candidate),), "rule", note=note)
    if candidate.language == "cy":
        return judge_welsh_objective(candidate)
    told = ask_model(model, reading)
    probability = told.probabilities["yes"]
    answer = "yes" if probability >= least_probability(candidate) else "no"
    reasons = quote_reasons(candidate, explain_answer(model, told, answer, reading)) or (_mark(candidate),)
    if answer == "no":
        note = "its words do not promise anything"
        return Judgement("objective", "no", 1 - probability, reasons, "model", note=note)
    note = f"it stands in: {candidate.marked}" if candidate.marked in MARKS else ""
    return Judgement("objective", "yes", probability, reasons, "model", note=note)


def least_probability(candidate: Candidate) -> float:
    """The probability from which a candidate counts as a statement."""
    if candidate.place is None:
        return LEAST
    if candidate.marked in MARKS:
        return LEAST_MARKED
    return LEAST_IN_PAPER if candidate.doc_type in BOARD_PAPERS else LEAST


def _whole(candidate: Candidate) -> Reason:
    return Reason(candidate.text, 0, len(candidate.text), "text")


def _mark(candidate: Candidate) -> Reason:
    """The heading or column that marks a candidate."""
    for cell in candidate.cells:
        if cell.role == "statement":
            return Reason(cell.name, 0, len(cell.name), "column name")
    words = candidate.section or candidate.marked
    return Reason(words, 0, len(words), "heading")
