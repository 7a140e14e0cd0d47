"""The cells of one column in; what share of them are dates, owners, ratings, references, figures or deeds out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

INITIALS = re.compile(r"[A-Z]{2,3}(?:s|[’']s)?(?: ?(?:[/,;&+]|and) ?(?:[A-Z]{2,3}|[Aa]ll))*|[Aa]ll|ALL")
NAME = re.compile(
    r"(?:(?:Mrs?|Ms|Dr|Cllr|DCI|DI|Supt)\.? )?[A-Z][\w’'-]+(?: [A-Z][\w’'.-]*){0,3}"
    r"(?: ?(?:[/,;&]|and) ?[A-Z][\w’'-]*(?: [A-Z][\w’'-]+)*)*"
)
RATING = re.compile(
    r"[RAGB]|r/?a/?g|red|amber|green|blue|grey|completed?|closed|open|on (?:track|target)|off (?:track|target)"
    r"|not started|in progress|high|medium|low|done|overdue|[✓✔xX]|yes|no",
    re.IGNORECASE,
)
REFERENCE = re.compile(
    r"(?:[A-Z]{1,4}[ .-]?)?\d{1,3}(?:\.\d{1,3}){0,3}\.?(?: ?\(?[a-z]{1,4}\)?)?|[ivxIVX]{1,5}\.?|\(?[a-z]\)"
)
NUMBER = re.compile(r"[-–+£€$(]*[\d,.]+ ?(?:%|k|m|\))?(?: ?[-–/(] ?\d+ ?%?\)?)?|n/?[ka]|nil|[-–—]", re.IGNORECASE)
FUTURE = re.compile(r"\b(?:to|will|should|must|shall)(?: be| continue to)? [a-z]{2,}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The `content` table of `columns.toml` as patterns."""

    date: re.Pattern[str]
    doer: re.Pattern[str]
    deed: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Content:
    """A column's filled cells: their number, middle number of words, and shares of each kind (0 to 1)."""

    filled: int = 0
    words: float = 0.0
    dates: float = 0.0
    owners: float = 0.0
    initials: float = 0.0
    ratings: float = 0.0
    references: float = 0.0
    numbers: float = 0.0
    deeds: float = 0.0


@cache
def load_columns_file() -> dict[str, Any]:
    """`columns.toml` as it stands, parsed once for the three that make something ready of it."""
    return tomllib.loads(files("lscb_textmine.read").joinpath("columns.toml").read_text(encoding="utf-8"))


@cache
def load_words() -> Words:
    """The words that tell dates, doers and deeds, as patterns."""
    data = load_columns_file()["content"]
    months, times, doers, deeds = ("|".join(map(re.escape, data[key])) for key in ("months", "times", "doers", "deeds"))
    date = (
        rf"\b(?:{months})[a-z]*\.?(?: \d|$|[ /])|\b\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?\b|\b(?:19|20)\d\d\b"
        rf"|\bQ[1-4]\b|\bwithin \d+|\b(?:{times})\b"
    )
    deed = rf"(?:\W|\d|\.)*(?:to )?(?:{deeds})\w*\b"
    return Words(*(re.compile(each, re.IGNORECASE) for each in (date, rf"\b(?:{doers})\b", deed)))


def describe_column(cells: Sequence[str]) -> Content:
    """What stands in a column, from its cells (a cell repeated by a merge counts once)."""
    texts = list(dict.fromkeys(text for cell in cells if (text := " ".join(cell.split()))))
    if not texts:
        return Content()
    counts = sorted(len(text.split()) for text in texts)
    return Content(
        filled=len(texts),
        words=float(counts[len(counts) // 2]),
        dates=_share(texts, is_date),
        owners=_share(texts, is_owner),
        initials=_share(texts, lambda text: bool(INITIALS.fullmatch(text))),
        ratings=_share(texts, lambda text: bool(RATING.fullmatch(text))),
        references=_share(texts, lambda text: bool(REFERENCE.fullmatch(text))),
        numbers=_share(texts, lambda text: bool(NUMBER.fullmatch(text))),
        deeds=_share(texts, is_deed),
    )


def is_date(text: str) -> bool:
    """Whether a short cell speaks of a time, or of one that is not set ("Ongoing").

    >>> is_date("30th June 2010"), is_date("Ongoing"), is_date("Business Manager")
    (True, True, False)
    """
    return len(text.split()) <= 12 and bool(load_words().date.search(text))


def is_owner(text: str) -> bool:
    """Whether a short cell names who acts: initials, a name, a role or an agency.

    >>> is_owner("CH / DC"), is_owner("Business Manager"), is_owner("Publish the protocol")
    (True, True, False)
    """
    if len(text.split()) > 9 or is_deed(text):
        return False
    return bool(INITIALS.fullmatch(text) or NAME.fullmatch(text) or load_words().doer.search(text))


def is_deed(text: str) -> bool:
    """Whether a cell reads as something to do.

    >>> is_deed("To publish the protocol"), is_deed("Police to share data"), is_deed("Named Nurse")
    (True, True, False)
    """
    return len(text.split()) >= 3 and bool(load_words().deed.match(text) or FUTURE.search(text))


def _share(texts: list[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, texts)) / len(texts)
