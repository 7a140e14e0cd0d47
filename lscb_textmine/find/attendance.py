"""Minutes in; who attended, sent apologies or was absent out; initials to people (codebook section 5, report 4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lscb_textmine.records import Attendee, Document, Paragraph, Row, Status, Table

PRESENT: Status = "present"
TITLES = r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Cllr|Councillor|Rev|Supt|Det|Chief|Insp|Sgt|DCI|DI|DS|PC|Sir|Dame|Judge)\.?"
NAME_COLUMN = re.compile(r"\b(?:name|member|enw|attendee|representative)\b", re.IGNORECASE)
ROLE_COLUMN = re.compile(r"\b(?:designation|title|role|job|post|position|teitl|swydd)\b", re.IGNORECASE)
AGENCY_COLUMN = re.compile(
    r"\b(?:agency|organisation|organization|representing|service|partner|asiantaeth|sefydliad)\b", re.IGNORECASE
)
STATUS_COLUMN = re.compile(
    r"\b(?:present|apolog\w*|attend\w*|absent|status|in attendance|presennol|ymddiheuriadau)\b"
    r"|\d{1,2}[./]\d{1,2}[./]\d{2,4}"
    r"|^(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
INITIALS_IN_NAME = re.compile(r"\s*[(\[]\s*([A-Z][A-Za-z]{0,3}[A-Z]|[A-Z]{1,4})\s*[)\]]")
LIST_HEADING = re.compile(
    r"^\W*(?:(?P<present>(?:members )?present|attendees|attended|in attendance|also (?:present|in attendance)"
    r"|presennol)"
    r"|(?P<apologies>apologies(?: for absence)?(?: (?:were )?received)?(?: from)?|ymddiheuriadau)"
    r"|(?P<absent>absent|did not attend|not present|no apolog\w+(?: received)?))\b[^:]{0,25}(?::|\s[-–]\s|$)\s*",
    re.IGNORECASE,
)
PERSON = re.compile(
    rf"^\W*(?P<name>(?:{TITLES} )*[A-Z][\w’'.-]*(?: (?:ap|ab|van|de|[A-Z][\w’'.-]*)){{1,3}})"
    r"\s*(?:[(\[](?P<initials>[A-Z]{2,4})[)\]])?"
    r"\s*(?:[,–—:-]\s*(?P<rest>.*)|[(\[](?P<bracket>[^)\]]+)[)\]])?\s*$"
)

STOP = r"(?<!Dr)(?<!Mr)(?<!Ms)(?<!Mrs)(?<!Supt)(?<!Det)(?<!Prof)(?<!Cllr)(?<!Insp)\.\s"
SEMICOLONS = re.compile(rf";|{STOP}")
COMMAS = re.compile(
    rf"{STOP}|,(?= [A-Z][\w’'-]+ [A-Z][\w’'-]+(?:,|$| \())"
    r"(?! (?:\w+ )?(?:Board|Police|Council|Trust|Services?|Health|Authority|Education|Probation|Manager|Officer|Nurse"
    r"|Director|Sector|Team|Lead|Chair|Head|Adviser)\b)"
)


def find_attendance(document: Document) -> tuple[Attendee, ...]:
    """Everyone named in the attendance tables and lists of a paper, in order."""
    found: dict[tuple[str, str], Attendee] = {}
    for attendee in (*_from_tables(document), *_from_lists(document)):
        found.setdefault((attendee.name.lower(), attendee.meeting), attendee)
    return tuple(found.values())


def owner_in_full(owner: str, attendees: Sequence[Attendee]) -> str:
    """The people behind the initials or first names of an owner cell; "" when none of them is known.

    >>> owner_in_full("CH / DC", [Attendee("DCI Carys Hafod", agency="Police", initials="CH")])
    'DCI Carys Hafod (Police); DC'
    """
    parts = [part.strip(" .") for part in re.split(r"\s*(?:[/,;&+]|\band\b)\s*", owner) if part.strip(" .")]
    people = [_person_named(part, attendees) for part in parts]
    if not any(people):
        return ""
    return "; ".join(_in_full(person) if person else part for part, person in zip(parts, people, strict=True))


def is_attendance_table(table: Table) -> bool:
    """Whether a table lists who was at a meeting."""
    columns = _columns(table)
    return "name" in columns and bool({"role", "agency"} & set(columns)) and "statement" not in table.roles


def _columns_by_content(table: Table) -> dict[str, int]:
    """The columns of a table without a header whose first column names people: name, role, agency in that order."""
    if any(table.header) or len(table.header) < 2 or not table.rows:
        return {}
    names = [row.cells[0].text for row in table.rows if row.cells[0].text and not LIST_HEADING.match(row.cells[0].text)]
    people = [name for name in names if PERSON.match(name) and len(name.split()) <= 7]
    if len(people) < max(2, 0.6 * len(names)):
        return {}
    return {"name": 0, "role": 1} | ({"agency": 2} if len(table.header) > 2 else {})


def _person_named(part: str, attendees: Sequence[Attendee]) -> Attendee | None:
    matching = [each for each in attendees if each.initials == part]
    if not matching:
        bare = part.lower()
        matching = [each for each in attendees if bare in _names_of(each.name)]
    names = {each.name for each in matching}
    return matching[0] if len(names) == 1 else None


def _names_of(name: str) -> set[str]:
    bare = re.sub(rf"\b{TITLES} ", "", name).lower()
    words = bare.split()
    return {bare, name.lower(), *words[:1], *words[-1:]}


def _in_full(person: Attendee) -> str:
    behind = person.agency or person.role
    return f"{person.name} ({behind})" if behind else person.name


def _columns(table: Table) -> dict[str, int]:
    columns: dict[str, int] = {}
    patterns = (("name", NAME_COLUMN), ("role", ROLE_COLUMN), ("agency", AGENCY_COLUMN))
    for i, name in enumerate(table.header):
        for key, pattern in patterns:
            if key not in columns and pattern.search(name) and i not in columns.values():
                columns[key] = i
                break
    return columns or _columns_by_content(table)


def _from_tables(document: Document) -> Iterator[Attendee]:
    for block in document.blocks:
        if isinstance(block, Table) and is_attendance_table(block):
            columns = _columns(block)
            statuses = [
                i for i, name in enumerate(block.header) if STATUS_COLUMN.search(name) and i not in columns.values()
            ]
            group: Status = "present"
            for row in block.rows:
                heading = LIST_HEADING.match(row.section or row.cells[columns["name"]].text)
                group = _heading_status(heading) if heading else group
                if not heading or row.section:
                    yield from (_in_group(each, group) for each in _from_row(block, row, columns, statuses))


def _heading_status(heading: re.Match[str]) -> Status:
    return "present" if heading["present"] else "apologies" if heading["apologies"] else "absent"


def _in_group(attendee: Attendee, group: Status) -> Attendee:
    """An attendee under a row that says "Apologies" or "Absent" for those below it."""
    return attendee if group == "present" else replace(attendee, status=group)


def _from_row(table: Table, row: Row, columns: dict[str, int], statuses: list[int]) -> Iterator[Attendee]:
    cells = {key: row.cells[i].text.strip() for key, i in columns.items() if i < len(row.cells)}
    name, initials = _split_name(cells["name"])
    if not name:
        return
    dated = [i for i in statuses if re.search(r"\d", table.header[i])]
    if not dated:
        known = [found for i in statuses if (found := _status(row.cells[i].text, table.header[i]))]
        yield Attendee(name, cells.get("role", ""), cells.get("agency", ""), [*known, PRESENT][0], initials)
    for i in dated:
        status = _status(row.cells[i].text, table.header[i]) or "absent"
        yield Attendee(name, cells.get("role", ""), cells.get("agency", ""), status, initials, table.header[i].strip())


def _status(text: str, header: str) -> Status | None:
    mark, column = text.strip().lower(), header.lower()
    if (
        "no apolog" in mark
        or mark in ("absent", "dna", "did not attend", "-", "–", "no", "n")
        or ("absent" in column and mark)
    ):
        return "absent"
    if mark.startswith(("apol", "ymddih")) or mark in ("a", "ap", "apols") or ("apolog" in column and mark):
        return "apologies"
    if re.match(r"(?:dep|sub|rep)\w*\b|d$", mark):
        return "deputy"
    if mark in (
        "✓",
        "✔",
        "√",
        "y",
        "yes",
        "p",
        "present",
        "x",
        "1",
        "/",
        "•",
        "in attendance",
        "attended",
        "presennol",
        "\uf0fc",
        "ü",
    ):
        return "absent" if mark == "x" and re.search(r"\d", column) else "present"
    return None


def _split_name(text: str) -> tuple[str, str]:
    """The name without what stands in brackets, and the initials: those printed, else those of the name."""
    printed = INITIALS_IN_NAME.search(text)
    name = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", text).strip(" ,;–-")
    if printed:
        return name, printed[1]
    words = re.sub(rf"\b{TITLES} ", "", name).split()
    return name, "".join(word[0] for word in words if word[:1].isupper()) if len(words) > 1 else ""


def _from_lists(document: Document) -> Iterator[Attendee]:
    status: Status | None = None
    for block in document.blocks:
        if not isinstance(block, Paragraph) or block.kind in ("footnote", "contents", "caption"):
            continue
        heading = LIST_HEADING.match(block.text)
        if heading:
            status = _heading_status(heading)
        elif block.kind in ("heading", "title"):
            status = None
        rest = block.text[heading.end() :] if heading else block.text
        parts = (SEMICOLONS if ";" in rest else COMMAS).split(rest)
        people = [person for part in parts if (person := _person(part, status))]
        if status and not people and not heading and len(rest.split()) > 12:
            status = None
        if status:
            yield from people


def _person(text: str, status: Status | None) -> Attendee | None:
    found = PERSON.match(text.strip())
    if not found or status is None or len(text.split()) > 16:
        return None
    name, initials = _split_name(found["name"])
    behind = re.split(r"\s*[,–—]\s*|\s+-\s+", (found["rest"] or found["bracket"] or "").strip(" ."), maxsplit=1)
    role, agency = (behind[0], behind[1]) if len(behind) > 1 else ("", behind[0])
    return Attendee(name, role, agency, status, found["initials"] or initials)
