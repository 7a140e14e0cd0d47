"""A workbook in; a copy in memory out that is safe to give to openpyxl, which trusts what it opens.

Every part is unpacked here, counted and looked through; pictures, drawings, macros and what is embedded stay out, and so
does a sheet that would make openpyxl build cells without end: it makes every cell of a merged area or a link's range.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.read.parts import Parts, open_parts, parse_xml, plain_bytes, refuse_doctype
from lscb_textmine.records import Problem

TEXTUAL = (".xml", ".rels", ".vml")
PICTURED = ("/drawing", "/image", "/chart", "/vmlDrawing", "/oleObject", "/package", "/control")
"""Ends of the types of relation that lead to what holds no cells."""
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
            data = parts.read(name) or b""
            refuse_doctype(data, path=path, part=name)
            sheet = "worksheets/" in name and name.endswith(".xml")
            found[0] |= sheet and bool(FORMULA.search(data))
            found[1] |= "drawings/drawing" in name and b"<a:t>" in data
            if count_cells(data) > limits.cells:
                title = titles.get(name, name)
                message = f"{path}: sheet {title!r} has over {limits.cells:,} cells; save the part that matters on its own"
                problems.append(Problem(str(path), message))
                continue
            copy.writestr(name, _without_pictures(data, path, name, limits) if name.endswith(".rels") else data)
    return SoundCopy(out.getvalue(), found[0], found[1], tuple(problems))


def count_cells(data: bytes) -> int:
    """The cells that openpyxl would make of a part: those that stand in it, and all those of its ranges."""
    data = plain_bytes(data)
    if WRITTEN_ODDLY.search(data):
        return 2**40
    ranges = (tuple(match.groups()) for match in RANGE.finditer(data))
    spread = sum(
        (abs(_column(right) - _column(left)) + 1) * (abs(int(bottom[:12]) - int(top[:12])) + 1) for left, top, right, bottom in ranges
    )  # fmt: skip
    return spread + sum(1 for _ in CELL.finditer(data))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:6].upper():
        number = 26 * number + letter - 64
    return number


def _sheet_titles(parts: Parts) -> dict[str, str]:
    """The name of each sheet by its part, where the workbook stands in its usual place."""
    book, related = parts.xml("xl/workbook.xml"), parts.xml("xl/_rels/workbook.xml.rels")
    if book is None or related is None:
        return {}
    targets = {each.get("Id"): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))) for each in related}
    return {
        targets.get(value, "").lstrip("/"): sheet.get("name", "")
        for sheet in book.iter("{*}sheet")
        for key, value in sheet.attrib.items()
        if key.endswith("}id")
    }


def _without_pictures(data: bytes, path: Path, name: str, limits: ReadLimits) -> bytes:
    from lxml import etree

    root = parse_xml(data, path=path, part=name, limits=limits)
    for each in list(root):
        if each.get("Type", "").endswith(PICTURED):
            root.remove(each)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
