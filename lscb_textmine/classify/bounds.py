"""The words of a candidate in; whether they show a bounded scope, out (codebook section 2, R)."""

from __future__ import annotations

from lscb_textmine.classify.evidence import Evidence, Passage
from lscb_textmine.classify.specific import has_object
from lscb_textmine.classify.verdicts import Verdict, reason
from lscb_textmine.cues import Hit


def judge_realistic(evidence: Evidence, specific: Verdict, measurable: Verdict) -> Verdict:
    """Whether the scope is a given group, place, number, phase or deliverable, not the whole system."""
    text = evidence.text
    if evidence.sweeping and not measurable.met and not specific.met:
        words = text.quote(text.absolutes[0])
        return Verdict(False, "absolute", note=f"'{words}' leaves the scope without bounds")
    if text.numbers:
        return _met("number", text, text.numbers[0])
    if specific.met and measurable.met:
        return Verdict(True, "single deliverable", measurable.because)
    if specific.met and not _at_large(text):
        return Verdict(True, "bounded deed", specific.because)
    if text.groups and (text.deeds or text.vague):
        return _met("named group", text, text.groups[0])
    if evidence.form == "minute_action" and any(has_object(text, hit) for hit in text.deeds):
        return _met("task in minutes", text, text.deeds[0])
    for hit in (*text.vague, *text.deeds):
        if text.names_after(hit):
            return _met("named thing", text, hit)
    if measurable.met:
        return Verdict(True, "measured", measurable.because)
    return Verdict(False, "no bounds", note="no group, place, number, phase or single deliverable bounds the scope")


def _met(rule: str, passage: Passage, hit: Hit) -> Verdict:
    return Verdict(True, rule, (reason(passage.words, hit.start, hit.end, source=passage.source),))


def _at_large(text: Passage) -> bool:
    """Training or help for staff at large: a deed, but of no given size."""
    return (
        any(hit.name == "delivers" for hit in text.deeds)
        and not text.groups
        and not any(text.names_after(hit) for hit in text.deeds)
    )
