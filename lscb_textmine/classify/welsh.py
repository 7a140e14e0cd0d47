"""A Welsh candidate in; statement or not, its time limit and owner, and any number, by Welsh rules, out.

What Welsh is not judged on (specific, realistic, domain, result type) has no judgement, and the reports say so. Every
Welsh statement is marked for a person: the rules know words, and no Welsh model stands behind them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lscb_textmine.classify.dates import to_date
from lscb_textmine.classify.verdicts import reason
from lscb_textmine.cues import Cues, Hit, load_cues
from lscb_textmine.records import Candidate, Judgement, Reason

SURE, FAIR = 0.85, 0.7
"""Probability of an answer that structure or a plain cue gives, and of one that nothing speaks against."""
TIMES = ("date", "duration", "frequency")
MONTHS = {
    "ionawr": "January", "chwefror": "February", "mawrth": "March", "fawrth": "March", "ebrill": "April", "mai": "May",
    "fai": "May", "mehefin": "June", "fehefin": "June", "gorffennaf": "July", "orffennaf": "July", "awst": "August",
    "medi": "September", "fedi": "September", "hydref": "October", "tachwedd": "November", "dachwedd": "November",
    "rhagfyr": "December", "ragfyr": "December", "chwarter": "quarter",
}  # fmt: skip
OPEN = ("agreed", "statement/will", "statement/deed", "statement/noun")
FIRM = ("agreed", "statement/will", "statement/deed")
"""What promises whatever else the words say."""
CLOSED = ("lookalike/done", "lookalike/duty", "lookalike/paper", "lookalike/talk")


def judge_welsh_objective(candidate: Candidate) -> Judgement:
    """Whether a Welsh candidate is an objective statement: by its column or label, then by what its words promise."""
    if candidate.marked in ("action label", "action column", "statement column"):
        whole = reason(candidate.text, 0, len(candidate.text))
        return _told("objective", "yes", SURE, [whole], f"it stands in: {candidate.marked}")
    cues = welsh_cues()
    hits = {name: cues.find(candidate.text, name) for name in OPEN + CLOSED + ("reported",)}
    own, governed = _last_part(candidate.section), cues.names_in(candidate.section)
    remit = candidate.form != "minute_action" and "heading/others" in cues.names_in(own)
    if hits["reported"] or remit:
        told = hits["reported"] or [hit for name in CLOSED for hit in hits[name]]
        quoted = _quote(candidate.text, told[:1]) or [reason(own, 0, len(own), source="heading")]
        return _told("objective", "no", FAIR, quoted, "says what is, was or is required")
    for name in OPEN:
        if hits[name] and (name in FIRM or not any(hits[each] for each in CLOSED)):
            return _told("objective", "yes", SURE if name in FIRM else FAIR, _quote(candidate.text, hits[name][:1]))
    listed = candidate.form in ("bullet", "table_row") and "heading/objectives" in governed
    if listed and not hits["lookalike/paper"]:
        return _told(
            "objective", "yes", FAIR, [reason(own, 0, len(own), source="heading")], "stands in a list of objectives"
        )
    against = [hit for name in CLOSED for hit in hits[name]]
    if against:
        return _told("objective", "no", SURE, _quote(candidate.text, against[:1]), "says what is, was or is required")
    note = "no Welsh word that promises anything"
    return _told("objective", "no", FAIR, [reason(candidate.text, 0, len(candidate.text))], note)


def _last_part(section: str) -> str:
    return section.rsplit(" | ", 1)[-1]


def judge_welsh_criteria(candidate: Candidate) -> tuple[tuple[Judgement, ...], str]:
    """What can be judged in Welsh, and the deadline: time-limited, achievable (an owner), measurable where a number
    stands (codebook section 2); a Welsh statement without a number is not judged on measurable."""
    time, deadline = _judge_time(candidate)
    judgements = [_judge_owner(candidate), time]
    if numbers := _in_passages(candidate, ("number",), ("measure", "statement")):
        judgements.insert(0, _told("measurable", "yes", FAIR, numbers[:1]))
    return tuple(judgements), deadline


def _judge_time(candidate: Candidate) -> tuple[Judgement, str]:
    found = _in_passages(candidate, TIMES, ("timescale", "start"))
    if not found:
        return _told("time_limited", "no", SURE, [], "no time limit found"), ""
    english = re.sub(r"\w+", lambda match: MONTHS.get(match.group().lower(), match.group()), found[0].text)
    day = to_date(english, year=candidate.year)
    return _told("time_limited", "yes", SURE, found[:1]), day.isoformat() if day else found[0].text


def _judge_owner(candidate: Candidate) -> Judgement:
    cues = welsh_cues()
    for cell in candidate.cells:
        if cell.role == "lead" and cell.text.strip() and not cues.find(cell.text, "collective", "no time"):
            return _told("achievable", "yes", SURE, [reason(cell.text, 0, len(cell.text), source=cell.name)])
    doers = cues.find(candidate.text, "doer")
    if doers:
        return _told("achievable", "yes", FAIR, _quote(candidate.text, doers[:1]))
    return _told("achievable", "no", FAIR, [], "no named person, role, agency or group is responsible")


def _in_passages(candidate: Candidate, names: Sequence[str], roles: Sequence[str]) -> list[Reason]:
    """Where cues stand: in the cells with these roles first, then in the text and its heading."""
    cues = welsh_cues()
    cells = [(cell.text, cell.name) for cell in candidate.cells if cell.role in roles and cell.text != candidate.text]
    open_cell = "date" in names and candidate.cell_text("timescale")
    heading = candidate.section if not open_cell and ("date" not in names or _lists(candidate.section)) else ""
    for words, source in (*cells, (candidate.text, "text"), (heading, "heading")):
        if found := cues.find(words, *names):
            return [reason(words, hit.start, hit.end, source=source) for hit in found]
    return []


def _lists(section: str) -> bool:
    """Whether a heading opens a list ("Blaenoriaethau 2012"), so that a year in it is no paper's title."""
    return bool(re.search(r"\b(?:blaenoriaeth|flaenoriaeth|byddwn|bydd y|erbyn|yn ystod|camau nesaf)", section.lower()))


def _quote(words: str, hits: Sequence[Hit]) -> list[Reason]:
    return [reason(words, hit.start, hit.end) for hit in hits]


def _told(question: str, answer: str, probability: float, because: Sequence[Reason], note: str = "") -> Judgement:
    return Judgement(question, answer, probability, tuple(because), "rule", note=note or "by Welsh cues")


def welsh_cues() -> Cues:
    """The Welsh words and patterns."""
    return load_cues("lscb_textmine.classify", "welsh.toml")
