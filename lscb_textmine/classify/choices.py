"""A reading and a model in; its domains or its result type, with the words that decided, out."""

from __future__ import annotations

from lscb_textmine.classify.linear import LinearModel, Reading, ask_model, explain_answer, quote_reasons
from lscb_textmine.records import Judgement

FURTHER = 0.25
"""Probability from which a domain beside the primary one is named too."""


def judge_choice(reading: Reading, model: LinearModel) -> Judgement:
    """The likeliest answer to a question with several, "domain" (codebook section 3) or "result" (section 4)."""
    told = ask_model(model, reading)
    ranked = sorted(told.probabilities.items(), key=lambda item: (-item[1], item[0]))
    answer, probability = ranked[0]
    reasons = quote_reasons(reading.candidate, explain_answer(model, told, answer, reading))
    note = "" if reasons else "none of its words speaks for one answer; the likeliest without words was taken"
    ranked_all = tuple(told.probabilities.items())
    return Judgement(model.question, answer, probability, reasons, "model", probabilities=ranked_all, note=note)


def further_domains(judgement: Judgement) -> tuple[str, ...]:
    """The domains beside the primary one that are likely enough to be named."""
    return tuple(
        name
        for name, probability in sorted(judgement.probabilities, key=lambda item: -item[1])
        if name != judgement.answer and probability >= FURTHER
    )
