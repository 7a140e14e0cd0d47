"""The words of a candidate in; whether they show something to count or to check, out (codebook section 2, M)."""

from __future__ import annotations

import re
from functools import cache

from lscb_textmine.classify.evidence import Evidence, Passage
from lscb_textmine.classify.specific import is_firm, thing_made
from lscb_textmine.classify.verdicts import Verdict, reason
from lscb_textmine.cues import Hit


def judge_measurable(evidence: Evidence) -> Verdict:
    """Whether it can be told that the promise was kept: by a number, a check, or one deliverable."""
    for passage in evidence.others:
        if passage.role == "measure" and (found := _measure_in(passage)):
            return found
    text = evidence.text
    if text.numbers:
        return _met("number", text, text.numbers[0])
    for hit in text.deeds:
        if hit.name == "checks" and not _only_mentioned(text, hit):
            return _met("check", text, hit)
    for hit in text.strong:
        if is_firm(text, hit):
            return _met("deliverable", text, hit)
    if made := thing_made(evidence):
        return _met("product", text, made)
    for passage in evidence.others:
        if passage.strong:
            return _met("deed in the row", passage, passage.strong[0])
    return Verdict(False, "nothing to check", note="a direction or an activity, with nothing to count or to check")


def _met(rule: str, passage: Passage, hit: Hit) -> Verdict:
    because = (reason(passage.words, hit.start, hit.end, source=passage.source),)
    whole = " ".join(passage.words.split())
    value = whole if passage.role == "measure" and len(whole) <= 300 else because[0].text
    return Verdict(True, rule, because, value=value)


def _measure_in(passage: Passage) -> Verdict | None:
    if passage.numbers:
        return _met("measure cell: number", passage, passage.numbers[0])
    checks = [hit for hit in passage.strong if hit.name == "checks"]
    if checks:
        return _met("measure cell: check", passage, checks[0])
    made = _achieved().search(passage.words)
    if made:
        return _met("measure cell: deliverable", passage, Hit("product", *made.span()))
    return _met("measure cell: deliverable", passage, passage.strong[0]) if passage.strong else None


def _only_mentioned(text: Passage, hit: Hit) -> bool:
    """Whether the check is one that the words merely refer to ("findings of the case audit", "the audit tool")."""
    before, after = text.words[: hit.start], text.words[hit.end :]
    return bool(_reference_before().search(before) or _reference_after().match(after))


@cache
def _achieved() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:signed|published|in place|on file|agreed|available|completed?|held|delivered|launched|approved"
        r"|recorded|appointed|established|produced|evidence (?:of|from|that|on)|number of|numbers of"
        r"|percentage|proportion|rate of|increase in (?:the )?(?:number|rate)|decrease in|reduction in|fewer"
        r"|minutes|# |secured|statistics|data|records show|notes show|monitored compliance|report)\b",
        re.IGNORECASE,
    )


@cache
def _reference_before() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:findings|lessons|learning|results|outcomes?|recommendations|actions|messages|scope|themes"
        r"|light) (?:of|from|for) (?:the |our |its |an? )?(?:[\w-]+ ){0,4}$|\bready for (?:\w+ ){0,3}$",
        re.IGNORECASE,
    )


@cache
def _reference_after() -> re.Pattern[str]:
    return re.compile(r"\s(?:findings|results|process|outcomes)\b", re.IGNORECASE)
