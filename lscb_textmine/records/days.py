"""Words in; the calendar days that they name, as ISO dates, out. Only what is written: no year or day is guessed."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

MONTHS = (
    ("january", "jan", "ionawr"),
    ("february", "feb", "chwefror"),
    ("march", "mar", "mawrth"),
    ("april", "apr", "ebrill"),
    ("may", "mai"),
    ("june", "jun", "mehefin"),
    ("july", "jul", "gorffennaf"),
    ("august", "aug", "awst"),
    ("september", "sept", "sep", "medi"),
    ("october", "oct", "hydref"),
    ("november", "nov", "tachwedd"),
    ("december", "dec", "rhagfyr"),
)
CENTURY = 2000


@dataclass(frozen=True, slots=True)
class Day:
    """A day named in a text: ISO date, the characters that name it, and whether the day itself is named.

    Where only month and year are named, the date is the month's last day and `exact` is false.
    """

    iso: str
    start: int
    end: int
    exact: bool = True


def find_days(text: str, *, year: str = "") -> Iterator[Day]:
    """The days and months named in a text, in order; `year` is lent to a day and month without one.

    >>> [day.iso for day in find_days("Thursday 20th January 2011; 14/4/11; June 2011")]
    ['2011-01-20', '2011-04-14', '2011-06-30']
    >>> [day.iso for day in find_days("2 Mai", year="2012")]
    ['2012-05-02']
    """
    for found in _days().finditer(text):
        named = {name.rstrip("12345"): value for name, value in found.groupdict().items() if value}
        month = _month_number(named["month"]) if "month" in named else int(named["number"])
        which = named.get("year", year if "day" in named else "")
        if which and (day := _day(which, month, named.get("day"))):
            yield Day(day.isoformat(), *found.span(), exact="day" in named)


def _month_number(word: str) -> int:
    return next(number for number, names in enumerate(MONTHS, start=1) if word.lower().rstrip(".") in names)


def _day(year: str, month: int, day: str | None) -> date | None:
    """The date, None where the calendar has none ("31 June", "14/13/10")."""
    which = int(year.lstrip("'’"))
    which = which if which >= 100 else which + (CENTURY if which < 70 else CENTURY - 100)
    last = monthrange(which, month)[1] if 1 <= month <= 12 else 0
    number = int(day) if day else last
    return date(which, month, number) if 1 <= number <= last else None


@cache
def _days() -> re.Pattern[str]:
    month = "|".join(sorted({name for names in MONTHS for name in names}, key=len, reverse=True))
    apart = r"(?<![\d/.])"
    ordinal = r"\s?(?:st|nd|rd|th|ain|af|il|ydd|ed|fed|eg)?"
    long = r"(?:19|20)\d\d(?!\d)"
    return re.compile(
        rf"{apart}(?P<year1>20\d\d)[-._ ](?P<number1>0[1-9]|1[0-2])[-._ ](?P<day1>[0-3]\d)(?!\d)"
        rf"|{apart}(?P<day2>[0-3]?\d)[-./_](?P<number2>[01]?\d)[-./_](?P<year2>{long}|\d\d(?![\d/]))"
        rf"|{apart}(?P<day3>[0-3]?\d){ordinal}\s?(?:of\s|o\s)?(?P<month3>{month})\b\.?"
        rf"(?:,?\s?(?P<year3>{long}|['’]?\d\d(?![\d:./]|\s?[ap]\.?m)))?"
        rf"|\b(?P<month4>{month})\b\.?\s(?P<day4>[0-3]?\d)(?:st|nd|rd|th)?,?\s(?P<year4>{long})"
        rf"|\b(?P<month5>{month})\b\.?,?\s?(?P<year5>{long}|['’]\d\d(?!\d))",
        re.IGNORECASE,
    )
