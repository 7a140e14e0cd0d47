"""A time expression from a board's paper in, the last day it allows out.

Boards write years as April to March: a month without a year falls in the document's own financial year, a financial
year, quarter or school term ends on its last day, and a range ends where its second half does (field notes, "Time
expressions").
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from lscb_textmine.cues import DIGIT

MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
YEAR = r"(?P<year>(?:19|20)\d\d|['’]?\d\d)(?![\d/]|:\d|\.\d|\s?[ap]m\b)"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])\s?(?:st|nd|rd|th|h)?"
DASH = r"\s?[-–—/]\s?"
FORMS = (
    ("iso", r"\b(?P<year>20\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b"),
    ("numeric", r"\b(?P<day>[0-3]?\d)[/.](?P<number>[01]?\d)[/.](?P<year>(?:20)?\d\d)\b"),
    ("financial", rf"\b(?P<year>20\d\d){DASH}(?P<to>20\d\d|\d\d?)\b(?![/%-])"),
    ("month number", r"\b(?P<number>0?[1-9]|1[0-2])/(?P<year>20\d\d)\b"),
    ("short pair", r"(?<![\d/.])(?P<one>\d\d?)/(?P<two>\d\d)\b(?![/%])"),
    ("day month", rf"\b{DAY}(?:\s?of)?\s?{MONTH}(?:\s?,?\s?{YEAR})?"),
    ("month day", rf"\b{MONTH}\s(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)(?:,?\s{YEAR})?"),
    ("month day year", rf"\b{MONTH}\s(?P<day>3[01]|[12]?\d),?\s(?P<year>20\d\d)\b"),
    ("month year", rf"\b{MONTH}(?:\s?,?\s?{YEAR})?"),
    (
        "quarter",
        rf"\b(?:q|qtr\.?\s|quarter\s)(?P<number>[1-4])\b(?:\s?,?\s?(?P<year>20\d\d|\d\d)(?:{DASH}\d\d(?:\d\d)?)?)?",
    ),
    (
        "ordinal quarter",
        r"\b(?P<ordinal>first|second|third|fourth|last|final|1st|2nd|3rd"
        r"|4th)\squarter(?:\sof\s(?P<year>20\d\d)(?:[-/]\d+)?)?",
    ),
    ("term", rf"\b(?P<season>spring|summer|autumn)\sterm(?:\s{YEAR})?"),
    ("season", rf"\b(?P<season>spring|summer|autumn|winter)\b(?:\s{YEAR})?"),
    ("feast", rf"\b(?P<feast>christmas|easter|whitsun|new year)\b(?:\s{YEAR})?"),
    (
        "year's end",
        r"\b(?P<which>end\sof\s(?:the|this)\s(?:financial\s|calendar\s|academic\s|school\s)?year"
        r"|(?:financial\s)?year[\s-]end"
        r"|second\shalf\sof\sthe\syear|during\sthe\syear|(?:this|next|the\s(?:coming|current))\s(?:financial\s"
        r"|academic\s|school\s)?year)\b",
    ),
    ("year", r"(?<![\d/£.,-])(?P<year>20\d\d)\b(?![/%]|[-–]\d|,\d)"),
)
ISO_DAY = re.compile(r"(20\d\d)-(\d\d)-\d\d")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {"spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "winter": (2, 28)}
TERMS = {"spring": (3, 31), "summer": (7, 31), "autumn": (12, 31)}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3}


def to_date(expression: str, *, year: str = "") -> date | None:
    """The last day that a time expression allows, None where no date can be told ("next meeting").

    `year` is the document's own ("2010-11" or "2011"), or the ISO day of a meeting, from which on a month is the next
    of its name; it lends the year to expressions that have none. Of several dates the completing one is taken where
    the words name it, else the latest.

    >>> to_date("by October", year="2010-11")
    datetime.date(2010, 10, 31)
    >>> to_date("Start: Apr 10 Complete: Dec 10")
    datetime.date(2010, 12, 31)
    """
    completing = re.search(r"\b(?:complet\w*|end|finish|to)\s?:\s*(.+)", expression, re.IGNORECASE | re.DOTALL)
    if completing and (found := to_date(completing[1], year=year)):
        return found
    found_dates = [day for _, _, day in dates_in(expression, year=year) if day]
    return max(found_dates, default=None)


def dates_in(text: str, *, year: str = "") -> Iterator[tuple[int, int, date | None]]:
    """Each dated expression in `text` as start, end and last day (None where the year cannot be told)."""
    taken = 0
    if not DIGIT.search(text) and not _wordy().search(text):
        return
    for match in _any_form().finditer(text):
        if match.start() < taken:
            continue
        name, inner = _form_of(text, match.start())
        if name:
            taken = inner.end()
            yield inner.start(), inner.end(), _day_of(name, inner, year)


@cache
def _any_form() -> re.Pattern[str]:
    # Where a form may begin: far cheaper than trying all forms at every character.
    return re.compile(
        r"(?<![\d/.])\d|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q[1-4t]|quarter|first|second|third|fourth"
        r"|last|final|spring|summer|autumn|winter|christmas|easter|whitsun|new\syear|end\sof|year|financial"
        r"|during|this|next"
        r"|the\s(?:coming|current))",
        re.IGNORECASE,
    )


@cache
def _wordy() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:[JFMASONDQEWC](?:an|eb|ar|pr|ay|un|ul|ug|ep|ct|ov|ec|uarter|aster|hitsun|hristmas)"
        r"|(?i:spring|summer|autumn|winter|quarter|year|end of|during|this|next|the co|the cu)|[A-Z]{3})"
    )


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in FORMS)


def _form_of(text: str, start: int) -> tuple[str, re.Match[str]] | tuple[str, re.Match[str]]:
    for name, pattern in _forms():
        match = pattern.match(text, start)
        if match and _is_date(name, match, text):
            return name, match
    return "", re.match("", text)  # type: ignore[return-value]


def _is_date(name: str, match: re.Match[str], text: str) -> bool:
    if name == "month year" and match.end() - match.start() <= 3 and match["month"].lower() in ("may", "mar"):
        return match["month"] == "May" and _is_month_may(match, text)
    if name == "short pair":
        one, two = int(match["one"]), int(match["two"])
        return (1 <= one <= 31 and 1 <= two <= 12) or two == (one + 1) % 100 or (one <= 12 and 6 <= two <= 30)
    if name == "financial":
        start, end = int(match["year"]), _full(match["to"], near=int(match["year"]))
        return start < end <= start + 10
    return True


def _is_month_may(match: re.Match[str], text: str) -> bool:
    # "May" opens a sentence as a verb ("May we ..."); as a month it follows a preposition or a comma, or ends its cell.
    before, after = text[: match.start()].rstrip().lower(), text[match.end() :].lstrip()
    return (
        not before
        or not after
        or bool(re.search(r"\b(?:by|in|the|of|for|from|until|at|to|end|late|early|and)$|[,/–-]$", before))
    )


def _day_of(name: str, match: re.Match[str], year: str) -> date | None:
    groups = match.groupdict()
    if name == "short pair":
        return _day_of_pair(int(match["one"]), int(match["two"]), year)
    if name == "financial":
        return date(_full(match["to"], near=int(match["year"])), 3, 31)
    if name in ("iso", "numeric", "month number"):
        return _day(_full(match["year"]), int(match["number"]), groups.get("day"))
    if groups.get("month"):
        month = MONTHS.index(match["month"][:3].lower()) + 1
        which = _full(groups["year"]) if groups.get("year") else _year_for(month, year)
        return _day(which, month, groups.get("day")) if which else None
    if name in ("quarter", "ordinal quarter"):
        return _end_of_quarter(match, year)
    if name in ("term", "season"):
        return _end_of_season(name, match, year)
    if name == "feast":
        return _feast(match["feast"].lower(), _full(match["year"]) if match["year"] else _year_for(12, year), year)
    if name == "year's end":
        return _end_of_year(match["which"].lower(), year)
    return date(int(match["year"]), 12, 31)


def _day_of_pair(one: int, two: int, year: str) -> date | None:
    if two == one + 1 and (one > 12 or two > 12 or one >= 6):
        return date(2000 + two, 3, 31)
    if two > 12:
        return _day(2000 + two, one, None)
    which = _year_for(two, year)
    return _day(which, two, str(one)) if which else None


def _day(year: int, month: int, day: str | None) -> date | None:
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    return date(year, month, min(int(day), last) if day and int(day) else last)


def _full(digits: str, *, near: int = 2000) -> int:
    number = int(digits.lstrip("'’"))
    if number < 10 and len(digits) == 1:
        return near - near % 10 + number
    return number if number > 100 else 2000 + number


def _financial_years(year: str) -> tuple[int, int] | None:
    """First and last calendar year of the document's year; None when it has none or covers more than one plan year."""
    if told := ISO_DAY.fullmatch(year):
        first = int(told[1]) - (int(told[2]) < 4)
        return first, first + 1
    found = re.search(r"\b(20\d\d)(?:\s?[-–/]\s?(\d{1,4}))?", year)
    if not found:
        return None
    first = int(found[1])
    last = _full(found[2], near=first) if found[2] else first
    return (first, last) if last - first <= 1 else None


def _year_for(month: int, year: str) -> int | None:
    if told := ISO_DAY.fullmatch(year):  # from the day of a meeting on, a month is the next of its name
        return int(told[1]) + (month < int(told[2]))
    years = _financial_years(year)
    if not years:
        return None
    return years[0] if month >= 4 else years[1]


def _end_of_quarter(match: re.Match[str], year: str) -> date | None:
    groups = match.groupdict()
    number = int(groups["number"]) if groups.get("number") else ORDINALS.get(match["ordinal"].lower(), 4)
    if groups.get("year"):
        first: int | None = _full(groups["year"])
    else:
        years = _financial_years(year)
        first = years[0] if years else None
    if first is None:
        return None
    month = number * 3 + 3 if number < 4 else 3
    return _day(first + (number == 4), month, None)


def _end_of_season(name: str, match: re.Match[str], year: str) -> date | None:
    month, day = (TERMS if name == "term" else SEASONS)[match["season"].lower()]
    # A plan year's spring is the second one when it means the term before Easter, as January to March is.
    which = _full(match["year"]) if match["year"] else _year_for(month, year)
    return date(which, month, day) if which else None


def _feast(feast: str, which: int | None, year: str) -> date | None:
    if which is None:
        return None
    if feast == "new year":
        return date(which + 1, 1, 31)
    if feast == "christmas":
        return date(which, 12, 25)
    easter = _easter(which)
    # In a plan that runs from April to March an Easter before April belongs to its second year.
    years = _financial_years(year)
    if years and years[0] != years[1] and easter.month == 4 and easter.day < 2:
        easter = _easter(years[1])
    return easter + timedelta(days=49) if feast == "whitsun" else easter


def _easter(year: int) -> date:
    """Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def _end_of_year(which: str, year: str) -> date | None:
    years = _financial_years(year)
    if not years:
        return None
    later = int("next" in which)
    if "academic" in which or "school" in which:
        return date(years[0] + 1 + later, 7, 31)
    if "calendar" in which:
        return date(years[0] + later, 12, 31)
    if years[0] != years[1]:
        return date(years[1] + later, 3, 31)
    if "financial" in which:
        return date(years[0] + 1 + later, 3, 31)
    return date(years[0] + later, 12, 31)
