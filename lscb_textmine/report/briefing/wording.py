"""The words of the briefings, from `texts.toml`, with figures put in their places."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from lscb_textmine.records import Measure
from lscb_textmine.report.cells import quote_text

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Count(int):
    """A count that takes its noun along: `f"{Count(1):paper|papers}"` is "1 paper"."""

    def __format__(self, form: str) -> str:
        if "|" not in form:
            return f"{int(self):,}"
        one, many = form.split("|")
        return f"{int(self):,} {one if self == 1 else many}"


@cache
def load_texts() -> Mapping[str, Any]:
    """All the words."""
    return tomllib.loads(files(__package__).joinpath("texts.toml").read_text(encoding="utf-8"))


def words(section: str, key: str, **values: object) -> str:
    """One text of the file with its places filled.

    >>> words("domain", "gap_all", total=1, lacking="is SMART")
    'Of 1 statement none is SMART.'
    """
    text: str = load_texts()[section][key]
    counted = {name: Count(value) if type(value) is int else value for name, value in values.items()}
    return text.format(**counted)


def report_words(key: str) -> str:
    """What the joint inspection found, in its own words, with the paragraph."""
    said = load_texts()["report"][key]
    return words("report", "introduction", words=said["words"], paragraph=said["paragraph"])


def names(section: str) -> Mapping[str, str]:
    """The names that a section of the file gives."""
    found: Mapping[str, str] = load_texts()[section]
    return found


def headers(section: str, key: str) -> tuple[str, ...]:
    """The column names of a table."""
    return tuple(load_texts()[section][key])


def percent(share: float) -> str:
    """A share in hundredths, never rounded to all or nothing when it is not.

    >>> percent(0.573), percent(0.999), percent(0.001), percent(1)
    ('57%', '99%', '1%', '100%')
    """
    if 0 < share < 1:
        return f"{min(99, max(1, round(100 * share)))}%"
    return f"{share:.0%}"


def number(value: float) -> str:
    """A count that may be a weighted one.

    >>> number(12.0), number(12.34), number(1200)
    ('12', '12.3', '1,200')
    """
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def count_of(measure: Measure | None) -> str:
    """Count and total with the 95 % range, so that a share never stands alone."""
    if measure is None or not measure.total:
        return words("share", "none")
    figures = {"count": number(measure.count), "total": number(measure.total)}
    if not measure.enough:
        return words("share", "few", **figures)
    # the ends of a range are rounded plainly: one that reaches nothing or all says so
    return words("share", "whole", low=f"{measure.low:.0%}", high=f"{measure.high:.0%}", **figures)


def statements_of(measure: Measure | None) -> str:
    """The share of statements, count first, as it stands in a sentence."""
    if measure is None or measure.share is None:
        return words("share", "none")
    figures = {"count": number(measure.count), "total": number(measure.total)}
    if not measure.enough:
        return words("share", "text_few", **figures)
    edges = {"low": f"{measure.low:.0%}", "high": f"{measure.high:.0%}"}
    return words("share", "text", share=percent(measure.share), **figures, **edges)


def strip_of(measure: Measure | None) -> str:
    """The share with count and range, as short as it stands in a narrow column."""
    if measure is None or measure.share is None or not measure.enough:
        return count_of(measure)
    edges = {"low": f"{measure.low:.0%}", "high": f"{measure.high:.0%}"}
    counts = {"count": number(measure.count), "total": number(measure.total)}
    return words("share", "strip", share=percent(measure.share), **counts, **edges)


def share_of(measure: Measure | None) -> str:
    """The share, or the bare count where there are too few for one."""
    if measure is None or measure.share is None:
        return "–"
    return percent(measure.share) if measure.enough else short_of(measure)


def short_of(measure: Measure) -> str:
    """Count and total alone."""
    return words("share", "short", count=number(measure.count), total=number(measure.total))


def tell_date(text: str) -> str:
    """An ISO date as people write it; other words as they are.

    >>> tell_date("2013-03-31"), tell_date("next meeting")
    ('31 March 2013', 'next meeting')
    """
    day = iso_date(text)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else quote_text(text)


def iso_date(text: str) -> date | None:
    """The date that an ISO text gives, None for other words."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def listed(items: Iterable[str], last_word: str = "and") -> str:
    """Names in a row.

    >>> listed(["a", "b", "c"]), listed(["a"])
    ('a, b and c', 'a')
    """
    *first, last = list(items) or [""]
    return f"{', '.join(first)} {last_word} {last}" if first else last


def shorten(text: str, most: int) -> str:
    """The text cut at a word, with a mark where it was cut.

    >>> shorten("one two three", 9)
    'one two …'
    """
    text = quote_text(text)
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    whole = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return f"{whole.rstrip(' ,;:')} …"
