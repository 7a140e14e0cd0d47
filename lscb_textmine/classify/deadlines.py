"""A candidate in; whether the text shows when the promise falls due, with the words and the date, out.

Codebook section 2, criterion T: the time must be that of the promised thing, not of its monitoring, not of a paper that
it mentions, and not the year in the document's own title.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from lscb_textmine.classify.dates import dates_in, to_date
from lscb_textmine.classify.verdicts import Verdict, reason
from lscb_textmine.cues import Cues, load_cues
from lscb_textmine.records import Candidate

Judge = Callable[[Candidate], Verdict | None]
WORDS = ("meeting", "duration", "frequency", "weekday", "event")
TIME_WORDS = (
    "next ", "each ", "every ", "week", "month", "year", " term", "annual", "quarter", "daily", "fortnight", "day",
    "meeting", "hour", "following", "end of", "start of", "beginning of", "conclusion of", "publication of", "mid-",
    "half", "interval", "hrs", " ahead", "same ", "before", "by the time", "hallowe", "purdah", "season", "launch",
    "this plan", "this strategy", "ready for", "three years", "two years", "further year", "biennial", "break",
    "holiday", "recess", "tomorrow", "within", "first", "second", "agm", " life", "away day", "year one", "year two",
    "by the", "on the", "before the", "until the",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression in a text: its characters, and whether it is a calendar date."""

    start: int
    end: int
    kind: str


def judge_time(candidate: Candidate) -> Verdict:
    """Whether the promise is time-limited: by time cell, own words, heading or measure, in that order."""
    cell = candidate.cell_text("timescale")
    # what the row's own time cell leaves open ("Ongoing") is not closed by the heading of all rows
    wider: tuple[Judge, ...] = () if cell else (_by_heading, _by_column_name)
    for judge in (_by_timescale, _by_text, *wider, _by_measure, _by_start):
        verdict = judge(candidate)
        if verdict:
            return verdict
    note = f"'{_short(cell)}' is no time limit" if cell else "no time limit found"
    return Verdict(False, "open cell" if cell else "none", note=note)


def _by_timescale(candidate: Candidate) -> Verdict | None:
    for cell in candidate.cells:
        if cell.role == "timescale" and cell.text.strip():
            times = list(times_in(cell.text))
            if times:
                return _met("time cell", cell.text, times, cell.name, candidate.dated or candidate.year)
            day = re.fullmatch(r"\D{0,20}\d{1,2}/\d(?:/\d)*\D{0,5}", cell.text.strip())
            if day:
                return Verdict(
                    True,
                    "time cell",
                    (reason(cell.text, 0, len(cell.text), source=cell.name),),
                    value=cell.text.strip(),
                )
    return None


def _by_text(candidate: Candidate) -> Verdict | None:
    times = [time for time in times_in(candidate.text) if is_own_time(candidate.text, time)]
    dated = [time for time in times if time.kind == "date"] or times
    return _met("text", candidate.text, dated[-1:], "text", candidate.dated or candidate.year) if times else None


def _by_heading(candidate: Candidate) -> Verdict | None:
    parts = [part.strip() for part in candidate.section.split(" | ")]
    if candidate.lead_in and candidate.lead_in not in candidate.section:
        parts.append(candidate.lead_in)
    for part in reversed(parts):
        times = [time for time in times_in(part) if _governs(part, time)]
        if times:
            start = candidate.section.find(part)
            verdict = _met("heading", part, times[-1:], "heading", candidate.dated or candidate.year)
            shifted = reason(
                candidate.section if start >= 0 else part,
                max(start, 0) + times[-1].start,
                max(start, 0) + times[-1].end,
                source="heading",
            )
            return Verdict(True, verdict.rule, (shifted,), value=verdict.value)
    return None


def _by_column_name(candidate: Candidate) -> Verdict | None:
    """The time in the name of the statement's column ("This year we will"); a year there is only its label."""
    for cell in candidate.cells:
        if cell.role == "statement" and candidate.text[:40] in cell.text:
            times = [
                time for time in times_in(cell.name) if _governs(cell.name, time) and not re.search(r"\d", cell.name)
            ]
            if times:
                return _met("heading", cell.name, times, cell.name, candidate.dated or candidate.year)
    return None


def _by_measure(candidate: Candidate) -> Verdict | None:
    for cell in candidate.cells:
        if cell.role in ("measure", "statement") and cell.text != candidate.text:
            times = [time for time in times_in(cell.text) if time.kind == "date" and _is_due(cell.text, time)]
            if times:
                return _met("other cell", cell.text, times, cell.name, candidate.dated or candidate.year)
    return None


def _by_start(candidate: Candidate) -> Verdict | None:
    for cell in candidate.cells:
        if cell.role == "start":
            times = [time for time in times_in(cell.text) if time.kind == "date"]
            if times:
                return _met("start cell", cell.text, times, cell.name, candidate.dated or candidate.year)
    return None


def _met(rule: str, text: str, times: list[Time], source: str, year: str) -> Verdict:
    reasons = tuple(reason(text, time.start, time.end, source=source) for time in times)
    whole = text if len(text) < 60 else " ".join(text[time.start : time.end] for time in times)
    due = to_date(whole, year=year) if any(time.kind == "date" for time in times) else None
    words = text[times[0].start : times[-1].end] if len(times) == 1 else whole
    return Verdict(True, rule, reasons, value=due.isoformat() if due else " ".join(words.split()))


@lru_cache(maxsize=256)  # a text is asked for by two criteria, a heading by each statement below it
def times_in(text: str) -> tuple[Time, ...]:
    """Every time expression in `text`, calendar dates and others, in order."""
    found = [Time(start, end, "date") for start, end, _ in dates_in(text)]
    # Most statements hold no such word: one quick look spares them a dozen patterns.
    lowered = text.lower()
    if any(word in lowered for word in TIME_WORDS):
        found += [Time(hit.start, hit.end, hit.name) for hit in cues().find(text, *WORDS)]
    taken, times = -1, []
    for time in sorted(found, key=lambda time: (time.start, -time.end)):
        if time.start >= taken:
            taken = time.end
            times.append(time)
    return tuple(times)


def is_own_time(text: str, time: Time) -> bool:
    """Whether a time in the statement's own words is the promise's, not that of something the words mention."""
    before, after = text[: time.start].rstrip(), text[time.end :].lstrip()
    if time.kind == "date" and (_mentioned().search(before) or after.startswith("minutes")):
        return False
    if time.kind != "date" and _of_monitoring().search(before):
        return False
    if _past_span().search(text[max(0, time.start - 40) : time.end + 30]):
        return False
    if time.kind == "frequency":
        return not (_definite().search(before) and re.match(r"[a-z]", after))
    if time.kind != "date":
        return not _other_deed().search(before)
    words = text[time.start : time.end]
    if re.fullmatch(r"20\d\d(?:\s?[-–/]\s?\d+)?|\d\d?/\d\d?", words):
        return bool(_year_lead().search(before)) and not _named_after_year().match(after)
    return not (re.fullmatch(r"[A-Za-z]+\.?", words) and words.lower() in ("mar", "dec", "jan", "sept"))


def _governs(heading: str, time: Time) -> bool:
    before, after = heading[: time.start].rstrip(), heading[time.end :]
    back = cues().find(heading, "looking back")
    if (
        back
        or (_title_noun().search(before) and not re.search(r"\bplans for$", before, re.IGNORECASE))
        or re.match(r"\W*(?:strategic |business |annual )*(?:plan|strategy|report|review)\b", after, re.IGNORECASE)
    ):
        return False
    if time.kind == "frequency":
        return bool(re.search(r"we will|will be|to be", heading, re.IGNORECASE))
    if _due_before().search(before) or re.match(
        r"(?:by|over|within|during|in|for|this|next|each|every|before)\b", heading[time.start :], re.IGNORECASE
    ):
        return True
    return bool(cues().find(heading, "listing words"))


def _is_due(text: str, time: Time) -> bool:
    return bool(_due_before().search(text[: time.start].rstrip()))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:37] + "..."


def cues() -> Cues:
    """The time cues of the codebook and the field notes."""
    return load_cues("lscb_textmine.classify", "deadlines.toml")


@cache
def _mentioned() -> re.Pattern[str]:
    # "the minutes of 14th October", "the guidance (March 2010)", "action plan 2015": the date names a paper or meeting.
    return re.compile(
        r"\b(?:minutes?|notes?|letter|report|papers?|version|inspection|review|conference|guidance|plan"
        r"|strategy|act|policy|meeting|action)s?"
        r"(?:\s(?:of|from|dated|held|held on|held in|held at|at|published in))?(?:\sthe|\sour|\sits)?\s?[(,]?$"
        r"|\b(?:from|of|arising from|light of|response to) the$"
        r"|\b(?:plan|budget|strategy|contributions?|figures|programme)s? for$"
        r"|\b(?:held|dated|published|issued|since|ago|last|previous|agreed|drafted|record(?:ed)?|began"
        r"|started)(?:\s(?:of|from|at|on|in|for))?(?:\sthe)?$",
        re.IGNORECASE,
    )


@cache
def _of_monitoring() -> re.Pattern[str]:
    # "..., with progress reported quarterly": the time of the watching, not of the promise.
    return re.compile(
        r"\w\W+(?:\w+\W+){3,}?(?:,|;|\.|\band|\bwith)\s[^,;.]*\b(?:progress|monitor\w*|kept under review)\b[^,;.]*$",
        re.IGNORECASE,
    )


@cache
def _past_span() -> re.Pattern[str]:
    return re.compile(
        r"\bbetween\b[^.;]{3,40}\band\b|\b(?:published|held|agreed|approved|issued|recorded|made) in\b", re.IGNORECASE
    )


@cache
def _definite() -> re.Pattern[str]:
    return re.compile(r"\b(?:the|this|that|its|their|our|last|on)$", re.IGNORECASE)


@cache
def _other_deed() -> re.Pattern[str]:
    # "The Panel meet next week and RH will let members know": the time is that of another deed.
    return re.compile(r"\b(?:meets?|met|meeting|noted|discussed)$", re.IGNORECASE)


@cache
def _year_lead() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:by|in|during|for|from|(?:end|rest|remainder|course|start|beginning) of|until|till|before"
        r"|throughout|over|through|early|late|mid|into|year)$",
        re.IGNORECASE,
    )


@cache
def _named_after_year() -> re.Pattern[str]:
    return re.compile(
        r"(?:annual |business |strategic |action |children )*(?:plan|strategy|act|report|guidance|policy"
        r"|regulations|budget|review|baseline|figure)s?\b",
        re.IGNORECASE,
    )


@cache
def _title_noun() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:plan|strategy|report|minutes|meeting|policy|act|framework|review|agenda|guidance|log|page"
        r"|arrangements|inspection|audit|self-assessment|assessment|scrutiny|tracker|list|as at"
        r"|updated|following)s?\W*(?:(?:for|of|from|on|in|held on|held|and|dated)\W*)?$",
        re.IGNORECASE,
    )


@cache
def _due_before() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:by|before|until|during|within|over|in|from|no later than|not later than|end of"
        r"|throughout)(?: the)?(?: end of)?(?: the)?$",
        re.IGNORECASE,
    )
