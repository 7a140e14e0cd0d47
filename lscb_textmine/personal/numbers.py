"""A text in; dates of birth, NHS numbers, case numbers, private telephones and e-mail addresses in it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lscb_textmine.cues import Cues, Hit, load_cues
from lscb_textmine.personal.spans import PersonalSpan

TEN_DIGITS = re.compile(r"(?<![\d.,/-])\d{3}([ -]?)\d{3}\1\d{4}(?![\d/-]|[.,]\d)")
LABELLED_NHS = re.compile(r"[\s:.#–-]*(?:is |are )?(\d(?:[\d -]{0,14}\d)?)")
LABELLED_CASE = re.compile(r"[\s:.#–-]*(?:is |are )?(?=[\w/-]*\d)([A-Za-z0-9][\w/-]*(?:[ /-]+\d[\w/-]*)*)")
FURTHER_NHS = re.compile(r"(?:,| and| a| &) *(\d(?:[\d -]{7,14}\d))")
GAP = re.compile(r"[\s:;.,()=–-]*(?:(?!(?:by|before|from|to|until|in|not|should|must)\b)[\w’']+[\s:;,()–-]+){0,8}[(]?")
"""What may stand between the words "date of birth" and the date."""
NEAR = 45
"""Characters before a telephone number in which its owner is looked for."""


def find_numbers(text: str, names: Sequence[tuple[int, int]]) -> Iterator[PersonalSpan]:
    """Everything told by digits or an @; `names` are where children and families are named."""
    has_digit = any(character.isdigit() for character in text)
    if not has_digit and "@" not in text:
        return
    cues = load_cues(__package__, "numbers.toml")
    hits = cues.find(text)
    if has_digit:
        yield from _find_births(text, hits, names)
        yield from _find_nhs_numbers(text, hits)
        yield from _find_case_numbers(text, hits)
    yield from _find_contacts(text, hits, names, cues)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits end in the check digit of an NHS number: weights 10 to 2, modulo 11.

    Source: NHS Data Model and Dictionary, "NHS NUMBER", modulus 11 algorithm.

    >>> is_nhs_number("9434765919"), is_nhs_number("9434765918")
    (True, False)
    """
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return check != 10 and check % 11 == int(digits[9])


def _named(hits: Sequence[Hit], *names: str) -> list[Hit]:
    return [hit for hit in hits if hit.name in names]


def _find_births(text: str, hits: Sequence[Hit], names: Sequence[tuple[int, int]]) -> Iterator[PersonalSpan]:
    """The dates after a word of birth, those that follow them in a list, and those in brackets after a name."""
    dates = _longest(_named(hits, "date"))
    labels = _named(hits, "birth")
    for hit in dates:
        before = text[: hit.start]
        labelled = any(label.end <= hit.start and GAP.fullmatch(text, label.end, hit.start) for label in labels)
        named = any(re.fullmatch(r"['’]?s? ?[(,–-] ?", before[end:]) for _, end in names if end <= hit.start)
        if labelled or named:
            yield PersonalSpan("date of birth", hit.start, hit.end)
            labels = [*labels, *_joined_label(text, hit)]


def _joined_label(text: str, hit: Hit) -> list[Hit]:
    """A date of birth makes one of the date that "and" joins to it."""
    joined = re.match(r"(?: and|,| a) (?=\d)", text[hit.end : hit.end + 6])
    return [Hit("birth", hit.end, hit.end + joined.end())] if joined else []


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _find_nhs_numbers(text: str, hits: Sequence[Hit]) -> Iterator[PersonalSpan]:
    others = _named(hits, "not a person's number")
    for match in TEN_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        other = any(match.start() - 30 < hit.end <= match.start() for hit in others)
        if is_nhs_number(digits) and digits[0] != "0" and not other:
            yield PersonalSpan("NHS number", *match.span())
    for label in _named(hits, "NHS label"):
        number = LABELLED_NHS.match(text, label.end)
        if number and len(re.sub(r"\D", "", number[1])) >= 5:
            yield PersonalSpan("NHS number", *number.span(1))


def _find_case_numbers(text: str, hits: Sequence[Hit]) -> Iterator[PersonalSpan]:
    for hit in _named(hits, "number by its form"):
        yield PersonalSpan("case number", hit.start, hit.end)
    for label in _named(hits, "case label"):
        number = LABELLED_CASE.match(text, label.end)
        if number and sum(character.isdigit() for character in number[1]) >= 2:
            yield PersonalSpan("case number", number.start(1), number.end(1))


def _find_contacts(
    text: str, hits: Sequence[Hit], names: Sequence[tuple[int, int]], cues: Cues
) -> Iterator[PersonalSpan]:
    """A telephone or e-mail address is a private person's where one is named before it; a board's own is let be."""
    owners = [hit.end for hit in cues.find(text, "private person")] + [end for _, end in names]
    for hit in _named(hits, "phone number", "e-mail address"):
        if any(hit.start - NEAR <= end <= hit.start for end in owners):
            yield PersonalSpan(hit.name, hit.start, hit.end)
