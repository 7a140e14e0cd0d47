"""A table of those present in; the people in it with their status at each meeting, out.

Three kinds: a row a person with columns for name, role and agency; a row an agency with a column a meeting; and lists
of names in cells beside or under "Present" and "Apologies".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lscb_textmine.find.people import (
    BRACKET,
    as_deputy,
    cues,
    initials_of,
    name_at,
    read_person,
    share_out,
    take_deputised,
    take_initials,
)
from lscb_textmine.records import Attendee, Row, Status, Table, find_days

KINDS = ("name", "initials", "role", "agency")
MARKS: tuple[Status, ...] = ("absent", "apologies", "deputy", "present")
"""In the order in which they are looked for: "no apology" is no apology."""
LISTS: dict[str, Status] = {"list: present": "present", "list: apologies": "apologies", "list: absent": "absent"}
TICKS = re.compile(r"[✓✔√☑]|y|yes|p|present", re.IGNORECASE)
CROSS = re.compile(r"[x✗✘]", re.IGNORECASE)
LEGEND = re.compile(
    r"(?P<mark>[^\s=:,;.()\[\]]{1,4})\s*[=:–—-]?\s*(?P<words>(?:no |not |did not |without )?"
    r"(?:present|attend\w*|apolog\w+|absent|absence|represented|deput\w+|substitut\w+))",
    re.IGNORECASE,
)
NOBODY = re.compile(
    r"\W*(?:vacan\w+|tbc|tba|n/?a|post|gwag|to be confirmed|name|total|quorate)\b.{0,12}", re.IGNORECASE
)
Marks = Mapping[str, Status]


def is_attendance_table(table: Table) -> bool:
    """Whether a table lists who was at a meeting."""
    if "statement" in table.roles:
        return False
    columns = columns_of(table)
    if "name" in columns:
        return len(columns) > 1 or bool(_status_columns(table, columns))
    return bool(_agency_grid(table, columns)) or bool(_lists_in_cells(table))


def people_in_table(table: Table, legend: Marks, *, year: str = "") -> list[Attendee]:
    """The people or agencies of an attendance table; `year` is lent to columns that name a day without one."""
    columns = columns_of(table)
    if "name" not in columns and not _agency_grid(table, columns):
        return _lists_in_cells(table)
    statuses = _status_columns(table, columns)
    marks = _marks_of(table, statuses) | dict(legend)
    marked = sum(any(_status(row.cells[i].text, table.header[i], marks) for i in statuses) for row in table.rows)
    default: Status = "absent" if 2 * marked > len(table.rows) else "present"
    people: list[Attendee] = []
    group: Status = "present"
    for row in table.rows:
        name = row.cells[columns["name"]].text if "name" in columns else ""
        heading = _list_status(row.section) or _list_status(name)
        group = heading or group
        if heading and not row.section:
            continue
        for person in _people_in_row(row, columns):
            at_meetings = _at_meetings(table, row, person, statuses, marks, default, year)
            people += (each if group == "present" else replace(each, status=group) for each in at_meetings)
    return people


def columns_of(table: Table) -> dict[str, int]:
    """The columns for name, initials, role and agency, by their names or, without a header, by what they hold."""
    columns: dict[str, int] = {}
    for i, name in enumerate(table.header):
        for kind in KINDS:
            if kind not in columns and cues().find(name, f"column: {kind}"):
                columns[kind] = i
                break
    return columns or _columns_by_content(table)


def read_legend(texts: Sequence[str]) -> dict[str, Status]:
    """What a key of marks says ("✓ present, A apologies received, – no apology"); nothing from a single pair."""
    for text in texts:
        pairs = [(found["mark"].lower(), _in_words(found["words"])) for found in LEGEND.finditer(text)]
        known = {mark: status for mark, status in pairs if status}
        if len(known) >= 2 and len(text.split()) <= 40:
            return known
    return {}


def _in_words(words: str) -> Status | None:
    lowered = words.lower()
    if lowered.startswith(("no ", "not ", "did not", "without", "absen")):
        return "absent"
    if lowered.startswith("apolog"):
        return "apologies"
    return "deputy" if lowered.startswith(("deput", "substitut")) else "present"


def _columns_by_content(table: Table) -> dict[str, int]:
    """The columns of a table without a header whose first column names people: name, role, agency in that order."""
    if any(table.header) or len(table.header) < 2 or not table.rows:
        return {}
    names = [row.cells[0].text for row in table.rows if row.cells[0].text and not _list_status(row.cells[0].text)]
    people = [name for name in names if name_at(name) and len(name.split()) <= 7]
    if len(people) < max(2, 0.6 * len(names)):
        return {}
    others = [i for i in range(1, len(table.header)) if not _holds_marks(table, i)]
    return {"name": 0} | dict(zip(("role", "agency") if len(others) > 1 else ("role",), others, strict=False))


def _holds_marks(table: Table, column: int) -> bool:
    texts = [row.cells[column].text.strip() for row in table.rows if column < len(row.cells)]
    known = [text for text in texts if text and mark_status(text)]
    return bool(known) and len(known) >= 0.7 * len([text for text in texts if text])


def _status_columns(table: Table, columns: Mapping[str, int]) -> list[int]:
    """The columns that hold marks: named as such, or holding nothing else."""
    free = [i for i in range(len(table.header)) if i not in columns.values()]
    return [
        i
        for i in free
        if cues().find(table.header[i], "column: status") or (not table.header[i] and _holds_marks(table, i))
    ]


def _agency_grid(table: Table, columns: Mapping[str, int]) -> list[int]:
    """The dated columns of a table of agencies by meetings; none for another table."""
    if "agency" not in columns or "name" in columns:
        return []
    dated = [i for i in _status_columns(table, columns) if _holds_marks(table, i)]
    return dated if len(dated) >= 2 else []


def _marks_of(table: Table, statuses: Sequence[int]) -> dict[str, Status]:
    """What marks mean beside the others of their table: a cross beside ticks is an absence, alone it is presence; an A
    beside "Apols" is an absence."""
    marks = {
        BRACKET.sub("", row.cells[i].text).strip().lower() for row in table.rows for i in statuses if i < len(row.cells)
    }
    marks.discard("")
    found: dict[str, Status] = {}
    crosses = {mark for mark in marks if CROSS.fullmatch(mark)}
    ticked = any(TICKS.fullmatch(mark) for mark in marks)
    found.update(dict.fromkeys(crosses, "absent" if ticked else "present"))
    if any(re.match(r"ap", mark) for mark in marks):
        found["a"] = "absent"
    return found


def mark_status(text: str, marks: Marks | None = None) -> Status | None:
    """The status that a cell's whole text marks, None for no mark."""
    mark = " ".join(text.split()).lower()
    bare = BRACKET.sub("", mark).strip()
    if marks and (mark in marks or bare in marks):
        return marks[mark] if mark in marks else marks[bare]
    return next((status for status in MARKS if cues().find(mark, f"mark: {status}")), None) if mark else None


def _status(text: str, header: str, marks: Marks) -> Status | None:
    """The status by a cell and the name of its column: any mark in a column named "Apologies" is one."""
    named = _list_status(header)
    mark = mark_status(text, marks)
    if named in ("apologies", "absent"):
        return named if text.strip() and mark not in ("absent", *(["present"] if named == mark else [])) else None
    if re.match(r"\W*(?:deputy|substitute)\b", header, re.IGNORECASE):
        return "deputy" if text.strip() and mark != "absent" else None
    return mark


def _list_status(text: str) -> Status | None:
    hits = [hit for hit in cues().find(text, *LISTS) if hit.start == 0]
    return LISTS[hits[0].name] if hits else None


def _people_in_row(row: Row, columns: Mapping[str, int]) -> Iterator[Attendee]:
    """The person of a row, with the parts that its cells give; an agency alone where there is no column for names."""
    cells = {kind: row.cells[i].text.strip() for kind, i in columns.items() if i < len(row.cells)}
    if "name" not in cells:
        if cells.get("agency") and not NOBODY.fullmatch(cells["agency"]):
            yield Attendee("", agency=cells["agency"], page=row.page)
        return
    text = cells["name"]
    if not text or NOBODY.fullmatch(text):
        return
    person = _read_name(text, alone=not ({"role", "agency"} & cells.keys()))
    if person is None:
        return
    role, agency = cells.get("role", ""), cells.get("agency", "")
    if "agency" not in cells and role:
        words = share_out([part.strip() for part in re.split(r"\s*[,;]\s*|\s[-–—/]\s", role)])
        role, agency = words.role, words.agency
    elif "role" not in cells and agency:
        words = share_out([part.strip() for part in re.split(r"\s*[,;]\s*|\s[-–—]\s", agency)])
        role, agency = words.role, words.agency
    person = replace(
        person,
        role=role or person.role,
        agency=agency or person.agency,
        initials=cells.get("initials") or person.initials,
        page=row.page,
    )
    member = person.deputises or take_deputised(role)[1]
    said = bool(cues().find(f"{text} {role}", "deputising"))
    yield as_deputy(person, member, said=said) if member else person


def _read_name(text: str, *, alone: bool) -> Attendee | None:
    """The person in a cell of names; where no other column tells role and agency, what stands behind the name."""
    person = read_person(text, "present")
    if alone and person:
        return person
    name, initials = take_initials(text, re.split(r"[(\[]", text)[0])
    bare, member = take_deputised(name)
    if not member:
        bare = name
    bare = re.split(r"\s*,\s", BRACKET.sub("", bare))[0].strip(" ,;–-*")
    return Attendee(bare, initials=initials or initials_of(bare), deputises=member) if bare else None


def _at_meetings(
    table: Table, row: Row, person: Attendee, statuses: Sequence[int], marks: Marks, default: Status, year: str
) -> Iterator[Attendee]:
    """The person at the meeting, or at each where several columns are dated; with who stood in where a cell says so."""
    dated = [i for i in statuses if re.search(r"\d", table.header[i]) or (_is_month(table.header[i]))]
    columns = dated if len(dated) > 1 else []
    if not columns:
        known = [
            status
            for i in statuses
            if i < len(row.cells) and (status := _status(row.cells[i].text, table.header[i], marks))
        ]
        status = known[0] if known else (default if statuses else "present")
        yield _with_status(person, status)
        yield from _stood_in([row.cells[i].text for i in statuses if i < len(row.cells)], person)
    for i in columns:
        text = row.cells[i].text if i < len(row.cells) else ""
        meeting = name_meeting(table.header[i], year)
        yield replace(_with_status(person, _status(text, table.header[i], marks) or "absent"), meeting=meeting)
        yield from (replace(each, meeting=meeting) for each in _stood_in([text], person))


def _is_month(header: str) -> bool:
    return bool(re.match(r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\W*$", header, re.IGNORECASE))


def _with_status(person: Attendee, status: Status) -> Attendee:
    return person if person.status == "deputy" and status == "present" else replace(person, status=status)


def _stood_in(texts: Sequence[str], member: Attendee) -> Iterator[Attendee]:
    """Who stood in for a member, where the cell with the mark names someone ("Apols – DCI Hafod attended")."""
    for text in texts:
        for start in re.finditer(r"(?:^|(?<=[\s(–—-]))(?=[A-Z])", text):
            found = name_at(text[start.start() :])
            if found and not mark_status(found[0]) and len(found[0].split()) >= 2:
                other = read_person(found[0], "present")
                if other and member.name:
                    yield as_deputy(replace(other, agency=member.agency, page=member.page), member.name)
                break


def name_meeting(header: str, year: str) -> str:
    """The ISO date in the name of a column, the name itself where no date can be told."""
    lent = year if re.fullmatch(r"20\d\d", year) else ""
    return next((day.iso for day in find_days(header, year=lent)), " ".join(header.split()))


def _lists_in_cells(table: Table) -> list[Attendee]:
    """The people in cells beside or under the headings of lists ("Present:" and a cell of names)."""
    people: list[Attendee] = []
    heads = [_list_status(name) for name in table.header]
    for row in table.rows:
        beside = next((status for cell in row.cells if (status := _list_status(cell.text))), None)
        for status, cell in zip(heads, row.cells, strict=False):
            given = status or beside or (heads[0] if any(heads) else None)
            if given and not _list_status(cell.text):
                entries = [cell.text[a:b] for a, b in cell.paragraphs()]
                people += [replace(p, page=row.page) for text in entries if (p := read_person(text, given))]
    return people if len(people) >= 2 else []
