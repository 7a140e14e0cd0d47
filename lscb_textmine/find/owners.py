"""The owner cell of a row of minutes in; its entries, and which of the row's tasks each belongs to, out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lscb_textmine.records import Cell

INITIALS = re.compile(r"[A-Z]{2,4}(?:/[A-Z]{2,4})*")
JOINERS = frozenset(("/", "&", "and", "+", ",", "a"))


def split_owners(cell: Cell) -> tuple[str, ...]:
    """The entries of an owner cell, one for each task: its paragraphs, and initials that stand beside each other.

    >>> split_owners(Cell("SM CH / DC")), split_owners(Cell("SCR Panel AP/DC NL"))
    (('SM', 'CH / DC'), ('SCR Panel', 'AP/DC', 'NL'))
    """
    entries: list[str] = []
    for start, end in cell.paragraphs():
        entries += _split_run(cell.text[start:end])
    return tuple(entries)


def match_owners(tasks: Sequence[str], owners: Sequence[str]) -> list[str]:
    """For each task the owner entry that belongs to it, "" for none.

    First an entry whose initials or name stand in a task, then the others in order, between the neighbours given.

    >>> match_owners(["SM to bring a note.", "They to draw up a template."], ["SM", "CH / DC"])
    ['SM', 'CH / DC']
    """
    given = [""] * len(tasks)
    left = []
    for owner in owners:
        named = [i for i, task in enumerate(tasks) if not given[i] and _is_named(owner, task)]
        if named:
            given[named[0]] = owner
        else:
            left.append(owner)
    for owner in left:
        after = [i for i in range(_last_given(given, owners, owner), len(tasks)) if not given[i]]
        free = after or [i for i in range(len(tasks)) if not given[i]]
        if free:
            given[free[-1] if len(owners) == 1 else free[0]] = owner
    return given


def _split_run(text: str) -> list[str]:
    tokens = text.split()
    entries: list[list[str]] = []
    for i, token in enumerate(tokens):
        joined = i == 0 or token in JOINERS or tokens[i - 1] in JOINERS or tokens[i - 1].endswith(("/", ",", "&"))
        if not joined and INITIALS.fullmatch(token):
            entries.append([token])
        elif entries and (
            joined or not INITIALS.fullmatch(tokens[i - 1]) or (len(entries[-1]) == 1 and not _is_initials(tokens[i:]))
        ):
            entries[-1].append(token)
        else:
            entries.append([token])
    return [" ".join(entry) for entry in entries]


def _is_initials(tokens: list[str]) -> bool:
    return bool(tokens) and bool(INITIALS.fullmatch(tokens[0]))


def _is_named(owner: str, task: str) -> bool:
    if owner.lower() in ("all", "pawb"):
        return bool(re.search(r"\b(?:members|all|everyone|each|agencies|partners|pawb|aelodau)\b", task, re.IGNORECASE))
    parts = [part for part in re.split(r"\s*(?:[/,;&+]|\band\b)\s*", owner) if part]
    return any(re.search(rf"\b{re.escape(part)}\b", task) for part in parts)


def _last_given(given: list[str], owners: Sequence[str], owner: str) -> int:
    before = set(owners[: owners.index(owner)])
    return max((i + 1 for i, name in enumerate(given) if name in before and name), default=0)
