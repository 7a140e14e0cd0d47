"""The path of a DOCX in; its XML parts out, or one sentence that says why it cannot be opened."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from pathlib import Path

from lscb_textmine.errors import PasswordError, ReadError
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.read.parts import DamagedPart, Element, Parts, open_parts, parse_xml

WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD_NAMESPACE}}}"
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD_NAMESPACE.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word paper that hold its words; None where the paper has no such part."""

    document: Element
    styles: Element | None = None
    numbering: Element | None = None
    footnotes: Element | None = None
    endnotes: Element | None = None
    title: str = ""
    """From the file's properties."""
    damaged: tuple[str, ...] = ()
    """Parts beside the body that could not be read."""


def open_package(path: Path, limits: ReadLimits = USUAL_LIMITS) -> Package:
    """The parts of the DOCX at `path`. Raises ReadError or PasswordError when it is not a readable Word paper."""
    try:
        _refuse_old_container(path, limits)
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror or error}); check that it is there") from error
    with open_parts(path, limits) as parts:
        return _read_parts(path, parts)


def _refuse_old_container(path: Path, limits: ReadLimits) -> None:
    with path.open("rb") as file:
        if file.read(8) != OLE_MAGIC:
            return
        encrypted = ENCRYPTED_STREAM in file.read(limits.part_bytes)
    if encrypted:
        raise PasswordError(f"{path}: protected by a password; save a copy without one")
    raise ReadError(f"{path}: this is the old Word format (DOC), not DOCX; save it as DOCX")


def _read_parts(path: Path, parts: Parts) -> Package:
    damaged: list[str] = []
    main = _main_part(path, parts, damaged)
    folder, name = posixpath.split(main)
    related = _relations(parts, damaged, posixpath.join(folder, "_rels", f"{name}.rels"), folder)

    def part(kind: str) -> Element | None:
        return _parse_beside(parts, damaged, related.get(kind, posixpath.join(folder, f"{kind}.xml")))

    document = _document_or_refuse(path, _parse_part(parts, main))
    return Package(
        document,
        styles=part("styles"),
        numbering=part("numbering"),
        footnotes=part("footnotes"),
        endnotes=part("endnotes"),
        title=_title(_parse_beside(parts, damaged, "docProps/core.xml")),
        damaged=tuple(damaged),
    )


def _document_or_refuse(path: Path, document: Element | None) -> Element:
    """The document part, when it is Word's. Raises ReadError when it is not."""
    if document is None or document.tag != W + "document":
        raise ReadError(f"{path}: not a Word paper (its main part holds something else); save it as DOCX or PDF")
    return document


def _main_part(path: Path, parts: Parts, damaged: list[str]) -> str:
    named = _relations(parts, damaged, "_rels/.rels", "").get("officeDocument", "word/document.xml")
    if named in parts.names:
        return named
    if "word/document.xml" in parts.names:
        return "word/document.xml"
    raise ReadError(f"{path}: a zip file, but not of a Word paper (no document in it); unpack it or save as DOCX")


def _relations(parts: Parts, damaged: list[str], part: str, folder: str) -> dict[str, str]:
    """The parts that a part names, by kind; what stands outside the file is left out, never fetched."""
    root = _parse_beside(parts, damaged, part)
    if root is None:
        return {}
    inside = (each for each in root if isinstance(each.tag, str) and each.get("TargetMode") != "External")
    return {
        each.get("Type", "").rsplit("/", 1)[-1]: posixpath.normpath(
            posixpath.join("/" + folder, each.get("Target", ""))
        ).lstrip("/")
        for each in inside
    }


def _parse_beside(parts: Parts, damaged: list[str], part: str) -> Element | None:
    """The root of a part that the body can do without; None, and its name among the damaged, where that is so."""
    try:
        return _parse_part(parts, part)
    except DamagedPart:
        damaged.append(part)
        return None


def _parse_part(parts: Parts, part: str) -> Element | None:
    data = parts.read(part)
    if data is None:
        return None
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    return parse_xml(data, path=parts.path, part=part, limits=parts.limits)


def _title(core: Element | None) -> str:
    title = core.findtext("{http://purl.org/dc/elements/1.1/}title") if core is not None else ""
    return " ".join((title or "").split())
