"""A workbook in; a copy in memory out that is safe to give to openpyxl, which trusts what it opens.

Every part is unpacked here, counted and looked through; pictures, drawings, macros and what is embedded stay out, and
so does a sheet that would make openpyxl build cells without end: it makes each cell of a merged area or a link.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

from lscb_textmine.errors import ReadError
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.read.parts import DamagedPart, Parts, open_parts, parse_xml, plain_bytes, refuse_doctype
from lscb_textmine.records import Problem

TEXTUAL = (".xml", ".rels", ".vml")
PICTURED = ("/drawing", "/image", "/chart", "/vmlDrawing", "/oleObject", "/package", "/control")
"""Ends of the types of relation that lead to what holds no cells."""
DISPENSABLE = (*PICTURED, "/comments", "/table", "/threadedComment")
CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
RANGE = re.compile(
    rb"""<(?:\w+:)?(?:mergeCell|hyperlink|comment)\s[^>]*?\bref\s*=\s*["']\s*\$?([A-Za-z]+)\$?(\d+):\$?([A-Za-z]+)\$?(\d+)"""
)
WRITTEN_ODDLY = re.compile(rb"""<(?:\w+:)?(?:mergeCell|hyperlink|comment)\s[^>]*?\bref\s*=\s*["'][^"']*&""")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")


@dataclass(frozen=True, slots=True)
class SoundCopy:
    """The copy, and what was met in making it."""

    data: bytes
    formulas: bool
    drawings: bool
    """Whether shapes on the sheets hold words."""
    problems: tuple[Problem, ...]


def make_sound_copy(path: Path, limits: ReadLimits = USUAL_LIMITS) -> SoundCopy:
    """The copy of the workbook at `path`. Raises ReadError when a part is too much, or a trap."""
    out, problems, found = io.BytesIO(), [], [False, False]
    with open_parts(path, limits) as parts, zipfile.ZipFile(out, "w") as copy:
        titles = _sheet_titles(parts)
        for name in dict.fromkeys(parts.archive.namelist()):
            if not name.lower().endswith(TEXTUAL):
                continue
            try:
                data = parts.read(name) or b""
            except DamagedPart:
                data = b""  # as good as lost: `leave_damage_out` names it
            refuse_doctype(data, path=path, part=name)
            sheet = "worksheets/" in name and name.endswith(".xml")
            found[0] |= sheet and bool(FORMULA.search(data))
            found[1] |= "drawings/drawing" in name and b"<a:t>" in data
            if count_cells(data) > limits.cells:
                title = titles.get(name, name)
                message = (
                    f"{path}: sheet {title!r} has over {limits.cells:,} cells; save the part that matters on its own"
                )
                problems.append(Problem(str(path), message))
                continue
            copy.writestr(name, _without(PICTURED, data, path, name, limits) if name.endswith(".rels") else data)
    return SoundCopy(out.getvalue(), found[0], found[1], tuple(problems))


def leave_damage_out(copy: SoundCopy, path: Path, *, without: str = "", limits: ReadLimits = USUAL_LIMITS) -> SoundCopy:
    """The copy without the parts that are no XML, without comments and named tables, and without one part more.

    A problem names what went.
    """
    out, lost = io.BytesIO(), []
    with zipfile.ZipFile(io.BytesIO(copy.data)) as archive, zipfile.ZipFile(out, "w") as kept:
        for name in archive.namelist():
            data = archive.read(name)
            if name == without or not _is_sound(data, path, name, limits):
                lost.append(name)
                continue
            beside = name.endswith(".rels") and "worksheets" in name
            kept.writestr(name, _without(DISPENSABLE, data, path, name, limits) if beside else data)
    message = f"{path}: damaged inside, read without {', '.join(lost)}; open it in Excel, save it anew and run again"
    problems = (Problem(str(path), message),) if lost else ()
    return replace(copy, data=out.getvalue(), problems=(*copy.problems, *problems))


def _is_sound(data: bytes, path: Path, name: str, limits: ReadLimits) -> bool:
    try:
        parse_xml(data, path=path, part=name, limits=limits)
    except ReadError:
        return False
    return True


def count_cells(data: bytes) -> int:
    """The cells that openpyxl would make of a part: those that stand in it, and all those of its ranges."""
    data = plain_bytes(data)
    if WRITTEN_ODDLY.search(data):
        return 2**40
    spread = 0
    for match in RANGE.finditer(data):
        left, top, right, bottom = match.groups()
        wide, high = abs(_column(right) - _column(left)) + 1, abs(int(bottom[:12]) - int(top[:12])) + 1
        spread += wide * high
    return spread + sum(1 for _ in CELL.finditer(data))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = 26 * number + letter - 64
    return number


def _sheet_titles(parts: Parts) -> dict[str, str]:
    """The name of each sheet by its part, where the workbook stands in its usual place."""
    try:
        book, related = parts.xml("xl/workbook.xml"), parts.xml("xl/_rels/workbook.xml.rels")
    except DamagedPart:
        return {}
    if book is None or related is None:
        return {}
    targets = {each.get("Id"): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))) for each in related}
    return {
        targets.get(value, "").lstrip("/"): sheet.get("name", "")
        for sheet in book.iter("{*}sheet")
        for key, value in sheet.attrib.items()
        if key.endswith("}id")
    }


def _without(ends: tuple[str, ...], data: bytes, path: Path, name: str, limits: ReadLimits) -> bytes:
    """A part of relations without those whose types end so."""
    from lxml import etree

    try:
        root = parse_xml(data, path=path, part=name, limits=limits)
    except DamagedPart:
        return data  # whether the workbook can be read without is for whoever opens it
    for each in list(root):
        if each.get("Type", "").endswith(ends):
            root.remove(each)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))
