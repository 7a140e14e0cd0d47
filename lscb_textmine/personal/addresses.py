"""A text in; the home addresses in it out. An office's or a venue's is let be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from lscb_textmine.cues import Hit, load_cues
from lscb_textmine.personal.spans import PersonalSpan

WORDS = r"[A-ZŴŶ][\w’'-]*(?: (?:y|yr|ar|on|the|of|[A-ZŴŶ][\w’'-]*)){0,3}"
FLAT = re.compile(r"(?:\b(?:Flat|Apartment|Room|Unit|Caravan|Plot) \w{1,4},? )$")
HOUSE = re.compile(rf"(?:\b(?:Caravan|Flat|Plot) \d+\w?, )?(?:{WORDS}, ){{1,3}}$|\b{WORDS},? $")
TAIL = re.compile(rf"(?:,? {WORDS}){{0,3}},? (?=[A-Z]{{1,2}}\d)")
TOWN = re.compile(rf",? (?P<town>{WORDS})(?=[.,;)]|$)")
STREET_WORD = re.compile(r"(?<!\w)[^\W\d_][\w’'-]*")
FUNCTION_WORDS = frozenset({"y", "yr", "the", "of", "ar", "dan", "uwch", "on", "de"})


def find_addresses(text: str) -> Iterator[PersonalSpan]:
    """House and street, or house and postcode, with what belongs to them; nothing where an office is spoken of."""
    if not any(character.isdigit() for character in text):
        return
    hits = load_cues(__package__, "addresses.toml").find(text)
    streets = _longest(
        [street for hit in hits if hit.name.endswith("street") and (street := _written_as_address(text, hit))]
    )
    postcodes = [hit for hit in hits if hit.name == "postcode" and text[hit.start : hit.end].isupper()]
    if not streets and not postcodes:
        return
    home = any(hit.name == "home" for hit in hits)
    if not home and any(hit.name == "office" for hit in hits):
        return
    covered = 0
    for street in streets:
        start, end = _with_flat(text, street.start), _with_tail(text, street.end, postcodes)
        covered = end
        yield PersonalSpan("address", start, end)
    for postcode in postcodes:
        if postcode.start >= covered and not any(each.start <= postcode.start < each.end for each in streets):
            yield PersonalSpan("address", _with_house(text, postcode.start), postcode.end)


def _written_as_address(text: str, hit: Hit) -> Hit | None:
    """A street whose words have capitals; a Welsh one, its name last, as far as they have ("9 Maes y Dre most")."""
    words = list(STREET_WORD.finditer(text, hit.start, hit.end))
    kept = list(takewhile(lambda word: word[0][0].isupper() or word[0].lower() in FUNCTION_WORDS, words))
    while kept and not kept[-1][0][0].isupper():
        kept.pop()
    if len(kept) < 2 or kept[-1][0].isupper() or (hit.name == "street" and len(kept) < len(words)):
        return None
    return Hit("street", hit.start, kept[-1].end())


def _longest(hits: Sequence[Hit]) -> list[Hit]:
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    return kept


def _with_flat(text: str, start: int) -> int:
    flat = FLAT.search(text[max(0, start - 20) : start])
    return start - len(flat[0]) if flat else start


def _with_tail(text: str, end: int, postcodes: Sequence[Hit]) -> int:
    """Where an address ends: at its postcode, or after the town that a comma joins to it."""
    tail = TAIL.match(text, end)
    if tail:
        for postcode in postcodes:
            if postcode.start == tail.end():
                return postcode.end
    town = TOWN.match(text, end)
    return town.end() if town and text[end] == "," else end


def _with_house(text: str, start: int) -> int:
    house = HOUSE.search(text[max(0, start - 90) : start])
    return max(0, start - 90) + house.start() if house else start
