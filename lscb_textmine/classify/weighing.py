"""A reading and a criterion's model in; whether the criterion is met, and the words that decided, out.

The rules name the words (codebook section 2); the model weighs their verdicts with what the encoder sees, and may
decide against them. Either way the judgement quotes words of the statement, its heading or its cells. SMART or
aspirational follows from the five.
"""

from __future__ import annotations

from collections.abc import Sequence

from lscb_textmine.classify.linear import LinearModel, Reading, Told, ask_model, explain_answer, quote_reasons
from lscb_textmine.classify.verdicts import Verdict
from lscb_textmine.records import Judgement

NEEDED, EITHER = ("specific", "measurable", "time_limited"), ("achievable", "realistic")


def judge_criterion(criterion: str, reading: Reading, model: LinearModel) -> Judgement:
    """Whether a criterion is met, by rule where rule and model agree, else by the model."""
    verdict = reading.criteria().verdict(criterion)
    told = ask_model(model, reading)
    answer = max(told.probabilities, key=lambda each: (told.probabilities[each], each))
    probability = told.probabilities[answer]
    if verdict.met == (answer == "yes"):
        note = verdict.note or ("" if verdict.because else f"by rule: {verdict.rule}")
        return Judgement(criterion, answer, probability, verdict.because, "rule", note=note, rule=verdict.rule)
    return _by_model(Judgement(criterion, answer, probability), reading, model, told, verdict)


def _by_model(judgement: Judgement, reading: Reading, model: LinearModel, told: Told, verdict: Verdict) -> Judgement:
    reasons = quote_reasons(reading.candidate, explain_answer(model, told, judgement.answer, reading))
    note = "the words quoted weigh for it; no rule shows it" if reasons else "as a whole; no rule shows it"
    if verdict.met:
        shown = f"“{verdict.because[0].text[:60]}”" if verdict.because else verdict.rule
        note = f"{shown} alone does not show it"
    return Judgement(judgement.question, judgement.answer, judgement.probability, reasons, "model", note=note)


def judge_label(criteria: Sequence[Judgement]) -> Judgement:
    """SMART when S and M and T and at least one of A and R are met, else aspirational (codebook section 2).

    Its probability takes the criteria as independent of each other.
    """
    met = {each.question: each.answer == "yes" for each in criteria}
    yes = {each.question: each.probability if met[each.question] else 1 - each.probability for each in criteria}
    is_smart = all(met[each] for each in NEEDED) and any(met[each] for each in EITHER)
    bounded = 1 - (1 - yes[EITHER[0]]) * (1 - yes[EITHER[1]])
    smart = yes[NEEDED[0]] * yes[NEEDED[1]] * yes[NEEDED[2]] * bounded
    note = "follows from the five criteria"
    if is_smart:
        return Judgement("label", "SMART", smart, note=note)
    return Judgement("label", "aspirational", 1 - smart, note=note)
