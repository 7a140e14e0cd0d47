"""A candidate and a model in; whether it is an objective statement, and why, out (codebook section 1)."""

from __future__ import annotations

from lscb_textmine.classify.linear import LinearModel, Reading, ask_model, explain_answer, quote_reasons
from lscb_textmine.records import Candidate, Judgement, Reason

MARKED = 0.9
"""Probability of a statement that stands in a statement or action column, or under an action label."""
LISTED = 0.75
"""Probability of an item in a list of objectives."""
TURNED_DOWN = 0.9
WELSH = 0.7
LEAST = 0.5
LEAST_IN_PAPER = 0.2
"""Least probability of a statement met in a board's paper: there, what governs it has turned look-alikes down."""
BOARD_PAPERS = frozenset(("business_plan", "strategy", "annual_report", "minutes", "action_log"))
BY_MARK = {
    "action label": MARKED, "action column": MARKED, "statement column": MARKED, "objectives list": LISTED,
}  # fmt: skip


def judge_objective(reading: Reading, model: LinearModel) -> Judgement:
    """Whether a candidate is an objective statement.

    What its structure says goes first: a look-alike that was turned down is none, a row of a plan's action column is
    one. Running text is decided by the model, Welsh text by its cues alone.
    """
    candidate = reading.candidate
    if candidate.turned_down:
        note = f"turned down: {candidate.turned_down}"
        return Judgement("objective", "no", TURNED_DOWN, (_whole(candidate),), "rule", note=note)
    if candidate.language == "cy":
        probability = BY_MARK.get(candidate.marked, WELSH)
        return Judgement(
            "objective", "yes", probability, (_whole(candidate),), "rule", note="by Welsh cues and structure"
        )
    if least := BY_MARK.get(candidate.marked, 0.0):
        note = f"it stands in: {candidate.marked}"
        return Judgement("objective", "yes", least, (_mark(candidate),), "rule", note=note)
    told = ask_model(model, reading)
    probability = told.probabilities["yes"]
    own_paper = candidate.place is not None and candidate.doc_type in BOARD_PAPERS
    answer = "yes" if probability >= (LEAST_IN_PAPER if own_paper else LEAST) else "no"
    reasons = quote_reasons(candidate, explain_answer(model, told, answer)) or (_mark(candidate),)
    note = "" if answer == "yes" else "its words do not promise anything"
    told_of = probability if answer == "yes" else 1 - probability
    return Judgement("objective", answer, told_of, reasons, "model", note=note)


def _whole(candidate: Candidate) -> Reason:
    return Reason(candidate.text, 0, len(candidate.text), "text")


def _mark(candidate: Candidate) -> Reason:
    """The heading or column that marks a candidate."""
    for cell in candidate.cells:
        if cell.role == "statement":
            return Reason(cell.name, 0, len(cell.name), "column name")
    words = candidate.section or candidate.marked
    return Reason(words, 0, len(words), "heading")
