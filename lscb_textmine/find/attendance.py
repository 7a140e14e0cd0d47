"""Minutes in; who attended, sent apologies, was absent or stood in for a member, out.

Codebook section 5; report 4.2 and 4.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from lscb_textmine.find.attendance_tables import is_attendance_table, people_in_table, read_legend
from lscb_textmine.find.people import (
    as_deputy,
    cues,
    name_at,
    name_deputised,
    owner_in_full,
    read_person,
    titles_pattern,
    without_titles,
)
from lscb_textmine.records import Attendee, Cell, Document, Paragraph, Status, Table

__all__ = ["find_attendance", "is_attendance_table", "owner_in_full"]

LISTS: dict[str, Status] = {"list: present": "present", "list: apologies": "apologies", "list: absent": "absent"}
HEADING_ENDS = re.compile(r"[^:.]{0,60}?(?::|\s[-–—]\s|\b(?:from|by)\b:?)\s*|[\s:.–—-]*$")
CUT = re.compile(r"\s*[,;•·]\s*(?:and\s|a\s)?|\.\s+|\s+(?:and|&|a|ac)\s+|\s{2,}")
MEETINGS = ("minutes", "action_log", "")
LONGEST_NOTE = 12
"""Words of a line in a list of names that names nobody; a longer one ends the list."""
INITIALS_SHOWN = re.compile(r"[(\[][A-Z][A-Za-z]{0,2}[A-Z]{1,2}[)\]]")


def find_attendance(document: Document) -> tuple[Attendee, ...]:
    """Everyone named in the attendance tables and lists of a paper, in order, each once for each meeting.

    Papers other than minutes are searched for tables of several dated meetings only. A table of agencies without names
    gives an attendee with an agency alone.
    """
    minutes = document.doc_type.value in MEETINGS
    found: dict[tuple[str, str, str], Attendee] = {}
    for attendee in (*_from_tables(document, names_only=minutes), *(_from_lists(document) if minutes else ())):
        key = without_titles(attendee.name).lower()
        found.setdefault((key, "" if key else attendee.agency.lower(), attendee.meeting), attendee)
    return tuple(name_deputised(each, list(found.values())) for each in found.values())


def _from_tables(document: Document, *, names_only: bool) -> Iterator[Attendee]:
    legend = read_legend([block.text for block in document.blocks if isinstance(block, Paragraph)])
    for block in document.blocks:
        if isinstance(block, Table) and is_attendance_table(block):
            people = people_in_table(block, legend, year=document.year.value)
            if names_only or any(each.meeting for each in people):
                yield from people


def _from_lists(document: Document) -> Iterator[Attendee]:
    status: Status | None = None
    for block in document.blocks:
        if isinstance(block, Table):
            if not is_attendance_table(block):
                yield from _from_cells(block)
            status = None
        elif block.kind not in ("footnote", "contents", "caption"):
            people, status = read_block(block, status)
            yield from people


def _from_cells(table: Table) -> Iterator[Attendee]:
    """Those of whom a cell of minutes says that they sent apologies."""
    cells: dict[Cell, int | None] = {cell: row.page for row in table.rows for cell in row.cells}
    for cell, page in cells.items():
        for start, end in cell.paragraphs():
            yield from (replace(each, page=page) for each in in_sentences(cell.text[start:end]))


def read_block(block: Paragraph, status: Status | None) -> tuple[list[Attendee], Status | None]:
    """The people in one block, and the status of those in the blocks that follow; `status` is the list's above."""
    opened = open_list(block.text)
    if opened:
        status, rest = opened
    elif block.kind in ("heading", "title"):
        return [], None
    elif said := in_sentences(block.text):
        return [replace(each, page=block.page) for each in said], None
    else:
        rest = block.text
    if status is None:
        return [], None
    people = [replace(each, page=block.page) for each in read_people(rest, status)]
    is_note = len(rest.split()) <= LONGEST_NOTE and not rest.rstrip().endswith(".")
    if people and opened and re.search(r"\b(?:from|by)\b", block.text[: len(block.text) - len(rest)]):
        return people, None
    return people, status if people or opened or is_note else None


def open_list(text: str) -> tuple[Status, str] | None:
    """The status that a heading of a list gives and the words after it, None for any other text.

    >>> open_list("Apologies for absence: Ann Oak, Police"), open_list("Apologies as above.")
    (('apologies', 'Ann Oak, Police'), None)
    """
    for hit in cues().find(text, *LISTS):
        after = text[hit.end :].removeprefix(" / ")
        if hit.start > 0:
            continue
        if text[hit.end - 1] == ":":
            return LISTS[hit.name], after.strip()
        if twin := open_list(after):
            return twin
        if ends := HEADING_ENDS.match(after):
            return LISTS[hit.name], after[ends.end() :].strip()
        if name_at(after.strip(" :–-")):
            return LISTS[hit.name], after.strip(" :–-")
    return None


def in_sentences(text: str) -> list[Attendee]:
    """Those whom a sentence names as having sent apologies, before or after it says so."""
    people: list[Attendee] = []
    for hit in cues().find(text, "sent apologies"):
        after = text[hit.end :].lstrip(" :")
        if name_at(after):
            people += read_people(_first_sentence(after), "apologies")
        else:
            people += read_people(_last_sentence(text[: hit.start]), "apologies")
    return people


def _first_sentence(text: str) -> str:
    return next((text[:stop] for stop in _stops(text)), text)


def _last_sentence(text: str) -> str:
    return text[max([0, *(stop + 1 for stop in _stops(text))]) :].strip()


def _stops(text: str) -> list[int]:
    """Where sentences end; a point after a title or an initial ends none."""
    stops = []
    for stop in re.finditer(r"\.(?=\s+[A-Z])", text):
        word = text[: stop.start()].rsplit(" ", 1)[-1]
        if len(word) > 1 and not titles_pattern().fullmatch(word):
            stops.append(stop.start())
    return stops


def read_people(text: str, status: Status) -> list[Attendee]:
    """The people of a list that runs on: parted by semicolons, by initials in brackets, or where a name begins.

    Nobody where it begins with no name, as a sentence about the meeting does.
    """
    first, *others = split_entries(text) or [""]
    people = read_entry(first, status)
    if not people:
        return []
    for entry in others:
        people += read_entry(entry, status)
    group = re.match(r"[^:;,]{2,40}(?=:\s)", text)
    if group and len(people) > 1 and people[0].agency == group[0]:
        return [replace(each, agency=each.agency or group[0]) for each in people]
    return people


def read_entry(entry: str, status: Status) -> list[Attendee]:
    """The person of an entry, and the one who stood in for them where the entry says so; "– apologies" behind a name
    stands above the heading of the list."""
    for hit in cues().find(entry, "told: apologies", "told: absent"):
        told: Status = "apologies" if hit.name == "told: apologies" else "absent"
        rest = entry[hit.end :].strip(" ):,–—-")
        return read_entry(f"{entry[: hit.start]} – {rest}" if rest else entry[: hit.start], told)
    for hit in cues().find(entry, "stood in"):
        *before, other = re.split(r"(\s[-–—]\s|[(,;]\s?)", entry[: hit.start].rstrip())
        if pair := _pair("".join(before), other, status):
            return pair
    for hit in cues().find(entry, "represented by"):
        if pair := _pair(entry[: hit.start], entry[hit.end :], status):
            return pair
    person = read_person(entry, status)
    return [person] if person else []


def _pair(member: str, other: str, status: Status) -> list[Attendee]:
    """A member who was not there and the one who came instead; nothing unless both are named."""
    away = read_person(member.rstrip(" ,(–—-"), status)
    instead = read_person(other.strip(" ):–—-"), "present")
    if status == "present" or away is None or instead is None:
        return []
    return [away, as_deputy(replace(instead, agency=instead.agency or away.agency), away.name)]


def split_entries(text: str) -> list[str]:
    """The entries of a list in one run of text.

    >>> split_entries("Ann Oak, Head of Service, Marlham Council, Dr. Bob Elm (Health) and Cai Ash")
    ['Ann Oak, Head of Service, Marlham Council', 'Dr. Bob Elm (Health)', 'Cai Ash']
    """
    if ";" in text:
        return [part.strip() for part in re.split(r";\s*(?:and\s)?", text) if part.strip()]
    edges = [0]
    for cut in CUT.finditer(text):
        before, after = text[edges[-1] : cut.start()], text[cut.end() :]
        last = before.rsplit(None, 1)[-1] if before.strip() else ""
        shortened = bool(titles_pattern().fullmatch(last)) or re.fullmatch(r"[A-Z]", last)
        if before.count("(") > before.count(")") or shortened:
            continue
        if cut[0].startswith("."):
            edges.append(cut.end())
            continue
        found = name_at(after)
        stands_in = re.match(r"\s*(?:substitut|deputi|attend|in attendance)", after[found[1] :]) if found else None
        if found and not stands_in and not cues().find(before[-25:].rsplit(",", 1)[-1], "deputising"):
            edges.append(cut.end())
    edges += _before_initials(text, edges)
    cuts = sorted(set(edges))
    return [text[a:b].strip(" ,.;&•·").removesuffix(" and") for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _before_initials(text: str, edges: list[int]) -> list[int]:
    """Where names begin that have their initials in brackets after them and nothing before but the last one's role."""
    shown = list(INITIALS_SHOWN.finditer(text))
    found = []
    for last, each in pairwise(shown):
        between = text[last.end() : each.start()]
        if any(last.end() <= edge < each.start() for edge in edges):
            continue
        for word in re.finditer(r"(?:^|(?<=\s))[A-Z]", between):
            named = name_at(between[word.start() :] + each[0])
            if named and word.start() + named[1] >= len(between.rstrip()):
                found.append(last.end() + word.start())
                break
    return found
