"""A candidate in; whether someone with the means is named for it, with the words and the lead, out.

Codebook section 2, criterion A: a named or titled person, agency, sub-group or role, or stated resources; not the board
as a whole, not "all partners", and not the one who merely receives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from lscb_textmine.classify.verdicts import Verdict, reason
from lscb_textmine.cues import Cues, Hit, load_cues
from lscb_textmine.records import Candidate, NamedCell, Reason

SMALL = {
    "and",
    "of",
    "the",
    "for",
    "with",
    "to",
    "in",
    "a",
    "by",
    "on",
    "at",
    "or",
    "each",
    "every",
    "all",
    "our",
    "&",
    "both",
}


def judge_owner(candidate: Candidate) -> Verdict:
    """Whether the promise has an owner: in a lead cell, an action mark, as the doer in its words, or as resources."""
    for judge in (_by_lead, _by_action_mark, _by_known_owner, _by_doer, _by_resources):
        verdict = judge(candidate)
        if verdict:
            return verdict
    lead = " ".join(candidate.cell_text("lead").split())
    if lead:
        return Verdict(False, "collective cell", note=f"lead is '{lead[:60]}', not a named owner", value=lead)
    return Verdict(False, "none", note="no named person, role, agency or group is responsible")


def _by_lead(candidate: Candidate) -> Verdict | None:
    for cell in candidate.cells:
        if cell.role == "lead" and is_named(cell.text):
            return _met_by_cell("lead cell", cell)
    # A person's name alone in an action column is the owner ("Action | Martin Oakes").
    for cell in candidate.cells:
        if (
            cell.role in ("statement", "other")
            and cell.text not in candidate.text
            and _names_only().fullmatch(cell.text.strip())
            and is_named(cell.text)
        ):
            return _met_by_cell("name in a cell", cell)
    return None


def _met_by_cell(rule: str, cell: NamedCell) -> Verdict:
    because = (reason(cell.text, 0, len(cell.text), source=cell.name),)
    return Verdict(True, rule, because, value=" ".join(cell.text.split()))


def _by_action_mark(candidate: Candidate) -> Verdict | None:
    if "action" not in candidate.text.lower():
        return None
    for hit in owner_cues().find(candidate.text, "action mark"):
        words = candidate.text[hit.start : hit.end]
        name = re.sub(r"^\W*actions?\b\s*\d*", "", words, flags=re.IGNORECASE).strip(" ,:;–-()[]")
        if is_named(name):
            return Verdict(True, "action mark", (_quote(candidate.text, name, hit.start),), value=name)
    return None


def _by_known_owner(candidate: Candidate) -> Verdict | None:
    if not candidate.owner or not is_named(candidate.owner):
        return None
    doer = doer_in(candidate.text)
    because = (reason(candidate.text, *doer),) if doer else ()
    return Verdict(True, "owner in the minutes", because, value=candidate.owner)


def _by_doer(candidate: Candidate) -> Verdict | None:
    text = candidate.text
    for span in (*_doers(text), *(span for span in _other_doers(text) if is_named(text[slice(*span)], in_text=True))):
        because = reason(text, *span)
        return Verdict(True, "doer in the text", (because,), value=because.text)
    return None


def _by_resources(candidate: Candidate) -> Verdict | None:
    for cell in candidate.cells:
        if cell.role == "resources" and re.search(
            r"[£€]|\d|\bfund(?:ed|ing from)|within existing|staff time|officer time", cell.text, re.IGNORECASE
        ):
            because = (reason(cell.text, 0, len(cell.text), source=cell.name),)
            return Verdict(True, "resources", because)
    money = re.search(
        r"(?:with|from|using) (?:a |the )?(?:\w+ ){0,3}(?:budget|grant|funding) of £|£\s?\d[\d,.]*(?:k|m)?\b",
        candidate.text,
    )
    return Verdict(True, "resources", (reason(candidate.text, *money.span()),)) if money else None


def _quote(text: str, words: str, after: int) -> Reason:
    start = text.find(words, after)
    return reason(text, start, start + len(words)) if start >= 0 else Reason(words)


def is_named(words: str, *, in_text: bool = False) -> bool:
    """Whether `words` name a person, role, agency or sub-group, and more than the board or everyone in it.

    >>> is_named("QA sub group (D. Cadwaladr)"), is_named("All partners"), is_named("TBC")
    (True, False, False)
    """
    words = " ".join(words.split())
    return any(
        _is_named_part(part, in_text)
        for part in re.split(r"\s?[/;,&]\s?|\band\b|\bwith\b|\s[–-]\s|[()]", words)
        if part.strip()
    )


def _is_named_part(part: str, in_text: bool) -> bool:
    hits = owner_cues().find(part, "role or body", "collective")
    collective = [hit for hit in hits if hit.name == "collective"]
    roles = [hit for hit in hits if hit.name == "role or body" and not _inside(hit.start, hit.end, collective)]
    if in_text and re.match(
        r"(?:it|this|that|there|these|those|which|they|children|young people|families|parents)\b",
        part.strip(),
        re.IGNORECASE,
    ):
        return False
    if roles and not _is_bare_plural(part, in_text):
        return True
    rest = _without(part, [(hit.start, hit.end) for hit in collective])
    if in_text:
        return not collective and bool(_person().search(rest))
    words = [word for word in re.findall(r"[^\W\d_]{2,}", rest) if word.lower() not in SMALL]
    return bool(words) if not collective else bool(_full_name().search(rest))


def _is_bare_plural(part: str, in_text: bool) -> bool:
    """Whether only a class of people is named ("officers", "all services"), which leaves no one to ask."""
    return bool(
        re.fullmatch(
            r"\W*(?:(?:all|the|our|each|every|other|both|relevant|appropriate|local|key|partner|front ?line"
            r"|some)\s)*(?:officers?|services?|agency|managers?|teams?|leads?|groups?|organisations"
            r"|sub-?groups)\W*",
            part.strip(),
            re.IGNORECASE,
        )
    ) and (in_text or not part.strip()[:1].isupper() or part.strip().lower().startswith("all"))


def _inside(start: int, end: int, hits: list[Hit]) -> bool:
    return any(hit.start <= start and end <= hit.end and (hit.end - hit.start) > (end - start) for hit in hits)


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def doer_in(text: str) -> tuple[int, int] | None:
    """The characters of the one who is to do it: the words before "to", "will", "should" or "agreed to"; None if none.

    >>> text = "Training Officer to telephone 20 of those who had not replied"
    >>> text[slice(*doer_in(text))]
    'Training Officer'
    """
    return next(_doers(text), None)


def _doers(text: str) -> Iterator[tuple[int, int]]:
    """The subjects of what is promised, as far as they name someone; a thing to which something is done is no doer."""
    for start in [0, *(match.end() for match in _clause_start().finditer(text))]:
        match = _doer().match(text, start)
        if match and not _passive().match(text, match.end()) and not _no_subject().search(match["doer"]):
            left, right = match.span("doer")
            core, bare = _core().match(text, left, right), match["verb"].lower() == "to"
            # Before a bare "to" only a short subject, whole, is a doer: "Scrutiny of moves from children's to adults'".
            if not core or (
                bare and (len(match["doer"].split()) > 9 or (" " not in core.group().strip() and core.end() < right))
            ):
                continue
            if is_doer(core.group().strip(), bare=bare):
                yield left, left + len(core.group().rstrip())


def is_doer(words: str, *, bare: bool) -> bool:
    """Whether the subject `words` name someone; `bare` when only "to" follows, so that a lone word may be a verb.

    >>> is_doer("Helen", bare=True), is_doer("Continue", bare=True), is_doer("All members", bare=False)
    (True, False, False)
    """
    parts = [part for part in re.split(r"\s?[/&,]\s?|\band\b", words) if part.strip()]
    return not _collective_start().match(words) and any(_is_doer_part(part.strip(), bare) for part in parts)


def _is_doer_part(part: str, bare: bool) -> bool:
    hits = owner_cues().find(part, "role or body", "collective", "not a name")
    names = {hit.name for hit in hits}
    if "not a name" in names and hits[0].name == "not a name" and hits[0].start < 2:
        return False
    collective = [hit for hit in hits if hit.name == "collective"]
    roles = [hit for hit in hits if hit.name == "role or body" and not _inside(hit.start, hit.end, collective)]
    if roles:
        # The head of the phrase is its last word: "the police report" is no police.
        return max(hit.end for hit in roles) >= len(part.rstrip(" s’'")) - 1 and not _is_bare_plural(part, True)
    if collective:
        return False
    if re.fullmatch(r"(?:the |The )?[A-Z][\w’'-]+", part):
        return not re.match(r"(?:the |The )", part) or part.split()[-1].isupper()
    return (
        bool(
            re.fullmatch(
                r"(?:the |The )?(?:(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Prof|DI|DS|DCI|Supt)\.? )?(?:[A-Z][\w’'.-]*\s?){1,4}", part
            )
        )
        and not bare
    ) or bool(_full_name().fullmatch(part))


def _other_doers(text: str) -> Iterator[tuple[int, int]]:
    """Agents of passive deeds, those who are asked, and bodies whose own paper is to come."""
    if " by " in text or " with " in text or "ogether" in text or " via " in text:
        yield from (match.span("doer") for match in _agent().finditer(text))
    if " to " in text:
        yield from (match.span(match.lastgroup or "doer") for match in _asked().finditer(text))
    if "e would" in text or "y would" in text or "it would" in text or "e will" in text:
        yield from (match.span("doer") for match in _said().finditer(text))
    if "’s " in text or "'s " in text:
        yield from (match.span("doer") for match in _owner_of_paper().finditer(text))


def owner_cues() -> Cues:
    """The cues for roles, bodies, collectives and action marks."""
    return load_cues("lscb_textmine.classify", "owners.toml")


@cache
def _clause_start() -> re.Pattern[str]:
    return re.compile(
        r"(?:[.;:!?]\s+|\b(?i:that|which)\s+|\b(?i:agreed)\s+(?=[A-Z])|^\W*(?i:actions?"
        r"|agreed)\b\s*(?:\d+\s*)?(?:\([^)]*\))?\s*[:–-]?\s*"
        r"|^\d+(?:\.\d+)*\.?\s+|\s[-–]\s|\b(?:and|as)\s+(?=[A-Z])|,\s+(?=[A-Z][a-z]* (?:will|would|to)\b)"
        r"|^[•o-]\s+|\s(?=(?:a|an|the)\s[\w ]{3,30}\swhich will\b)|\bhas (?=a )|\)\s+|^(?:In|By|During|From|At"
        r"|On|Following|After|Before)\s[^,.;]{3,40}?,?\s(?=the\s[A-Z]|[A-Z]{2,}))"
    )


@cache
def _doer() -> re.Pattern[str]:
    return re.compile(
        r"(?P<doer>(?!(?:to|it|there|this)\b)[^.;:!?]{2,160}?)\s(?P<verb>(?:which will|will|would|shall|should"
        r"|must|(?:is|are|was|were) (?:going |due |asked |able )?to|"
        r"(?:has|have|had) (?:agreed|undertaken|offered|been asked|committed) to|(?:hopes?|wish(?:es)?"
        r"|intended|expects?) to|agreed to|undertook to|offered to|intends? to|needs? to|plans? to"
        r"|volunteered to|to)(?!wards))\s+",
        re.IGNORECASE,
    )


@cache
def _core() -> re.Pattern[str]:
    # The head of the subject: "The Chair of the group", "Hospital Trusts in Stanmouth".
    return re.compile(
        r".+?(?=\s(?:of|for|on|from|in|at|with|about|as|who|which|that|where|including|via|by|to|through"
        r"|across|around)\b|\s?[(,]\s?(?!and\b)|\s(?:is|are|has|have|had|was|were)\b|$)",
        re.IGNORECASE,
    )


@cache
def _no_subject() -> re.Pattern[str]:
    return re.compile(
        r"\s(?:is|are|was|were|had|has|have|will|would|been)\s|^\W*(?:in|by|on|at|for|from|with|through"
        r"|following|during|as|when|if|after|once|while|where)\s|^\W*(?!Young)[A-Za-z]+ing\b(?! (?:officer"
        r"|manager|sub|lead|group|co|adviser|team|and|inspector|director))",
        re.IGNORECASE,
    )


@cache
def _collective_start() -> re.Pattern[str]:
    return re.compile(
        r"\W*(?:all|each|every|both boards|no|any|our|we|it|they|their|its|those)\b(?!\s(?:sub|chair|head of))",
        re.IGNORECASE,
    )


@cache
def _passive() -> re.Pattern[str]:
    return re.compile(
        r"(?:also |then |now )?(?:be|have been)\s(?!(?:able|available|responsible|considering|working|leading"
        r"|meeting|looking|writing|taking|asking|in|aware|more|ready|on)\b)(?:\w+ly )?\w+",
        re.IGNORECASE,
    )


@cache
def _agent() -> re.Pattern[str]:
    # Passive agents, owners named by their part, and those who join in.
    return re.compile(
        r"\b(?:(?:led|chaired|overseen|undertaken|completed|carried out|done|checked|delivered|managed|written"
        r"|drafted|prepared|produced|owned|co-ordinated|coordinated|taken forward|pursued|provided|run"
        r"|facilitated|commissioned|reviewed|agreed|picked up|progressed|considered|convened|presented"
        r"|followed up) by|together with|via|with (?=[^.;,]{3,50} \w+ing\b))\s(?P<doer>(?:the |a |an |its "
        r"|our )?[^.;,]{2,60}?)(?=[.;,]|$|\s(?:to|by|in|for|on|so|as|at|with"
        r"|before|after|each|every|within|when|until|during|using|reading|ensuring"
        r"|including)\b)",
        re.IGNORECASE,
    )


@cache
def _asked() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:[Aa]sk|[Rr]equest|[Rr]equir|[Tt]ask|[Ii]nvit)(?:e|ed|ing)?\s(?P<doer>[^.;,]{2,50}?)\sto\b"
        r"|\b(?:agreed|need|recommended|proposed)\sfor\s(?P<other>[^.;,]{2,50}?)\sto\b"
    )


@cache
def _said() -> re.Pattern[str]:
    # Back-shifted promises in minutes: "NT confirmed that she would write to the Trust".
    return re.compile(
        r"(?:^|[.;]\s|\band\s)(?P<doer>(?:The\s)?[A-Z][^.;]{1,60}?)\s(?:agreed|noted|advised|confirmed|stated|reported|said|explained|offered|added)"
        r"(?:\s(?:members|the\s\w+))?(?:\sthat)?\s(?:he|she|they|it)\s(?:would|will)\b"
    )


@cache
def _owner_of_paper() -> re.Pattern[str]:
    # The body whose own paper is to come: "the findings of the Service's review would come to the Board".
    return re.compile(
        r"\b(?P<doer>[A-Z][\w-]+(?:\s(?:(?:of|and)\s)?[A-Z][\w-]+)*)[’']s\s(?:review|report|audit|work ?plan"
        r"|strategy|policy)\b"
    )


@cache
def _person() -> re.Pattern[str]:
    """A name, initials or an abbreviated body."""
    return re.compile(
        r"\b(?:[A-Z]{2,6}|[A-Z]{2,}[a-z]?[A-Z]?|(?:Mr|Mrs|Ms|Miss|Dr|Cllr|Prof|DI|DS|DCI|DCC"
        r"|Supt)\.?\s[A-Z]\w+|(?!The\b)[A-Z][a-z’'-]+\s(?:[A-Z]\.?\s)?[A-Z][\w’'-]+)\b(?!’)"
    )


@cache
def _full_name() -> re.Pattern[str]:
    return re.compile(r"\b[A-Z][a-z’'-]+\s[A-Z][\w’'-]+|\b[A-Z]\.\s?[A-Z]\w+")


@cache
def _names_only() -> re.Pattern[str]:
    return re.compile(
        r"(?:[A-Z][\w’'.-]*\s){0,2}[A-Z][\w’'.-]+(?:\s?(?:[/,&]|and)\s?(?:[A-Z][\w’'.-]*\s){0,2}[A-Z][\w’'.-]+)*"
    )
