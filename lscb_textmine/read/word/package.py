"""The path of a DOCX in; its XML parts out, or one sentence that says why it cannot be opened."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from lscb_textmine.errors import PasswordError, ReadError

Element = Any
"""An lxml element: the library carries no types."""

WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD_NAMESPACE}}}"
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD_NAMESPACE.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
PART_LIMIT = 64 * 1024 * 1024
"""Bytes of one part once unpacked. A plan of 1,000 pages has about 20 million; more is a trap or a mistake."""
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


def open_package(path: Path) -> Package:
    """The parts of the DOCX at `path`. Raises ReadError or PasswordError when it is not a readable Word paper."""
    try:
        _refuse_old_container(path)
        with zipfile.ZipFile(path) as archive:
            return _read_parts(path, archive)
    except (zipfile.BadZipFile, EOFError, zipfile.LargeZipFile, NotImplementedError) as error:
        raise ReadError(f"{path}: the file is damaged and cannot be opened as Word; ask for a new copy") from error
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{path}: the Word file is damaged inside; open and save it again in Word") from error
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror or error}); check that it is there") from error
    except RuntimeError as error:  # how zipfile reports an encrypted member
        raise PasswordError(f"{path}: protected by a password; save a copy without one") from error


def _refuse_old_container(path: Path) -> None:
    with path.open("rb") as file:
        if file.read(8) != OLE_MAGIC:
            return
        encrypted = ENCRYPTED_STREAM in file.read(PART_LIMIT)
    if encrypted:
        raise PasswordError(f"{path}: protected by a password; save a copy without one")
    raise ReadError(f"{path}: this is the old Word format (DOC), not DOCX; save it as DOCX")


def _read_parts(path: Path, archive: zipfile.ZipFile) -> Package:
    main = _main_part(path, archive)
    folder, name = posixpath.split(main)
    related = _relations(path, archive, posixpath.join(folder, "_rels", f"{name}.rels"), folder)

    def part(kind: str) -> Element | None:
        return _parse_part(path, archive, related.get(kind, posixpath.join(folder, f"{kind}.xml")))

    document = _document_or_refuse(path, _parse_part(path, archive, main))
    return Package(
        document,
        styles=part("styles"),
        numbering=part("numbering"),
        footnotes=part("footnotes"),
        endnotes=part("endnotes"),
        title=_title(_parse_part(path, archive, "docProps/core.xml")),
    )


def _document_or_refuse(path: Path, document: Element | None) -> Element:
    """The document part, when it is Word's. Raises ReadError when it is not."""
    if document is None or document.tag != W + "document":
        raise ReadError(f"{path}: not a Word paper (its main part holds something else); save it as DOCX or PDF")
    return document


def _main_part(path: Path, archive: zipfile.ZipFile) -> str:
    named = _relations(path, archive, "_rels/.rels", "").get("officeDocument", "word/document.xml")
    names = set(archive.namelist())
    if named in names:
        return named
    if "word/document.xml" in names:
        return "word/document.xml"
    raise ReadError(f"{path}: a zip file, but not of a Word paper (no document in it); unpack it or save as DOCX")


def _relations(path: Path, archive: zipfile.ZipFile, part: str, folder: str) -> dict[str, str]:
    root = _parse_part(path, archive, part)
    if root is None:
        return {}
    inside = (each for each in root if isinstance(each.tag, str) and each.get("TargetMode") != "External")
    return {
        each.get("Type", "").rsplit("/", 1)[-1]: posixpath.normpath(
            posixpath.join("/" + folder, each.get("Target", ""))
        ).lstrip("/")
        for each in inside
    }


def _parse_part(path: Path, archive: zipfile.ZipFile, part: str) -> Element | None:
    try:
        size = archive.getinfo(part).file_size
    except KeyError:
        return None
    if size > PART_LIMIT:
        raise ReadError(f"{path}: {part} unpacks to {size >> 20} MB, too large to be a paper; split or re-save it")
    data = archive.read(part)
    for strict, usual in STRICT:
        data = data.replace(strict, usual)
    # entities stay unresolved and nothing is fetched: a paper must not make the tool read other files
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(data, parser)


def _title(core: Element | None) -> str:
    title = core.findtext("{http://purl.org/dc/elements/1.1/}title") if core is not None else ""
    return " ".join((title or "").split())
