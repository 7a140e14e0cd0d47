"""A text in; everything in it that names a child or family or tells who they are out."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from lscb_textmine.personal.addresses import find_addresses
from lscb_textmine.personal.numbers import find_numbers
from lscb_textmine.personal.people import find_names
from lscb_textmine.personal.spans import PersonalSpan

ORDER = ("NHS number", "date of birth", "case number", "e-mail address", "phone number", "address", "name")
"""Which kind stands where two overlap."""


def find_personal(text: str, kept: Iterable[str] = ()) -> tuple[PersonalSpan, ...]:
    """Where a text names a child or family or tells who they are, in order and without overlap.

    `kept` are the names of members, which are let be wherever they stand in full.

    >>> [each.kind for each in find_personal("The case of Kyle Probert (DOB 12/03/2004) was noted.")]
    ['name', 'date of birth']
    >>> find_personal("DI Carys Hafod to report on the Victoria Climbié inquiry.")
    ()
    """
    return _find(text, frozenset(name.lower() for name in kept))


@lru_cache(maxsize=4096)  # a heading or lead stands in every row below it
def _find(text: str, kept: frozenset[str]) -> tuple[PersonalSpan, ...]:
    names = find_names(text, kept)
    found = [*find_addresses(text), *find_numbers(text, names), *(PersonalSpan("name", *span) for span in names)]
    taken: list[PersonalSpan] = []
    for span in sorted(found, key=lambda each: (ORDER.index(each.kind), each.start, -each.end)):
        if not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(span)
    return tuple(sorted(taken, key=lambda each: each.start))
