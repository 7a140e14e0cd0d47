"""Words in; the year or years that they name, as "2010-11", "2011-14" or "2011", out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

MONTHS = (
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    ["ion", "chw", "maw", "ebr", "mai", "meh", "gor", "aws", "med", "hyd", "tac", "rha"],
)
MONTH = r"[A-Za-z]{3,10}\.?"
DAY = r"(?:\d{1,2}\s?(?:st|nd|rd|th|ain|af|eg|fed)?\s*)?"
YEAR = r"(?<![\d£.,])(?:19[89]\d|20[0-4]\d)(?!\d)"
SPAN = re.compile(rf"({YEAR})\s*(?:[-–—/]|to|i)\s*({YEAR}|\d\d(?!\d|[/.-]\d))", re.IGNORECASE)
MONTH_SPAN = re.compile(
    rf"\b{DAY}({MONTH})\s*,?\s*({YEAR})\s*(?:[-–—]|to|until|i|hyd)\s*{DAY}({MONTH})\s*,?\s*({YEAR})", re.IGNORECASE
)
YEAR_ENDING = re.compile(
    rf"\byear\s+(?:ending|ended|to)\s+(?:\d{{1,2}}\s?(?:st)?\s+)?mar(?:ch)?\s+({YEAR})", re.IGNORECASE
)
DATE = re.compile(
    rf"\b\d{{1,2}}\s?(?:st|nd|rd|th)?\s*(?:of\s+)?({MONTH})\s*,?\s*({YEAR})|\b({MONTH})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+({YEAR})"
    rf"|\b({MONTH})\s+({YEAR})",
    re.IGNORECASE,
)
NUMERIC_DATE = re.compile(
    rf"\b\d{{1,2}}[./-]\d{{1,2}}[./-]({YEAR}|\d\d)\b|({YEAR})[-._ ]?(?:0[1-9]|1[0-2])[-._ ]?[0-3]\d\b"
)
SHORT_SPAN = re.compile(r"(?<![\d/.-])([0-4]\d)\s?[-/–]\s?([0-4]\d)(?![\d/.-])")
BARE = re.compile(YEAR)


class YearFound(NamedTuple):
    """A year as named, and how: a "span" of years, a bare "year" or the year of a "date"."""

    value: str
    how: str


def find_years(text: str, *, laws: str = "") -> Iterator[YearFound]:
    """The years that a text names, spans before bare years before dates; years that name a law (`laws`) are left out.

    >>> [year.value for year in find_years("April 2010 – March 2011")], [*find_years("on 20th January 2011")]
    (['2010-11'], [YearFound(value='2011', how='date')])
    """
    rest = re.sub(rf"\b(?:{laws})\b\D{{0,12}}{YEAR}", " ", text, flags=re.IGNORECASE) if laws else text
    dates = []
    for found in MONTH_SPAN.finditer(rest):
        if _month(found[1]) and _month(found[3]):
            yield YearFound(_months_to_years(found), "span")
            rest = rest.replace(found[0], " ")
    for found in YEAR_ENDING.finditer(rest):
        yield YearFound(_span(int(found[1]) - 1, int(found[1])), "span")
        rest = rest.replace(found[0], " ")
    for found in NUMERIC_DATE.finditer(rest):
        year = found[1] or found[2]
        dates.append(year if len(year) == 4 else f"20{year}")
        rest = rest.replace(found[0], " ")
    for found in SPAN.finditer(rest):
        first = int(found[1])
        last = int(found[2]) if len(found[2]) == 4 else first // 100 * 100 + int(found[2])
        if first < last <= first + 10:
            yield YearFound(_span(first, last), "span")
            rest = rest.replace(found[0], " ")
    for found in DATE.finditer(rest):
        month, year = next((found[i], found[i + 1]) for i in (1, 3, 5) if found[i])
        if _month(month):
            dates.append(year)
            rest = rest.replace(found[0], " ")
    yield from (YearFound(found[0], "year") for found in BARE.finditer(rest))
    yield from (YearFound(year, "date") for year in dates)


def find_short_spans(text: str) -> Iterator[YearFound]:
    """Years of two figures each in a file's name ("plan 10-11"), only where the second follows the first."""
    for found in SHORT_SPAN.finditer(text):
        first, last = int(found[1]), int(found[2])
        if last == first + 1:
            yield YearFound(_span(2000 + first, 2000 + last), "span")


def _span(first: int, last: int) -> str:
    return f"{first}-{last % 100:02d}"


def _months_to_years(found: re.Match[str]) -> str:
    """From month to month: January to December is one year, April to March a financial year."""
    first, last = int(found[2]), int(found[4])
    return str(first) if first == last else _span(first, last)


def _month(word: str) -> int:
    """The number of a month by its first three letters, English or Welsh; 0 when it is no month."""
    letters = word.lower()[:3]
    return next((names.index(letters) + 1 for names in MONTHS if letters in names), 0)
