"""An Office file, which is a zip, in; the parts inside it out, each counted while it is unpacked.

What a zip says of its own sizes is never trusted, and no part that stands outside it is ever fetched.
"""

from __future__ import annotations

import os
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lscb_textmine.errors import PasswordError, ReadError
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits

Element = Any
"""An lxml element: the library carries no types."""

CHUNK = 2**18
SMALL = 2**20
"""Bytes up to which a part may grow as much as it likes."""
ENTRY = 46
"""Bytes of the shortest entry in a zip's directory (APPNOTE.TXT 4.3.12)."""
ENCRYPTED = 1
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The only ones that an Office file may use (ECMA-376 part 2, annex C), and that can be unpacked bit by bit."""
DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError,
    OverflowError, UnicodeError, OSError,
)  # fmt: skip
ENCODING = re.compile(rb"""\s*(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
ENCODINGS = (b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-", b"windows-125")
"""Those in which "<" is written as in ASCII, zeros aside, so that a declaration cannot hide."""
DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class DamagedPart(ReadError):
    """A part of an Office file cannot be unpacked or is no XML; others may be sound."""


class Parts:
    """The parts of an open Office file; `read` counts what was unpacked so far."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, limits: ReadLimits) -> None:
        self.path = path
        self.limits = limits
        self.archive = archive
        self.names = frozenset(archive.namelist())
        self.unpacked = 0

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, None when there is none of that name. Raises ReadError when it unpacks to too much."""
        return b"".join(self.chunks(name)) if name in self.names else None

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece."""
        info = self.archive.getinfo(name)
        if info.flag_bits & ENCRYPTED:
            raise PasswordError(f"{self.path}: protected by a password; save a copy without one")
        if info.compress_type not in PACKINGS:
            raise ReadError(f"{self.path}: {name} is packed in a way that no Office file is; open it and save it anew")
        size = 0
        with damage_told(self.path, DamagedPart), self.archive.open(info) as part:
            while chunk := part.read(CHUNK):
                size += len(chunk)
                self._count(name, size, len(chunk), info.compress_size)
                yield chunk

    def xml(self, name: str) -> Element | None:
        """The root element of a part, None when there is none of that name."""
        data = self.read(name)
        return None if data is None else parse_xml(data, path=self.path, part=name, limits=self.limits)

    def check(self) -> None:
        """Unpack every part once, for a reader that unpacks by itself. Raises ReadError for a trap, or too much."""
        for name in self.archive.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                refuse_doctype(self.read(name) or b"", path=self.path, part=name)
            else:
                for _ in self.chunks(name):
                    pass

    def _count(self, name: str, size: int, more: int, packed: int) -> None:
        self.unpacked += more
        limits = self.limits
        if size > limits.part_bytes or self.unpacked > limits.unpacked_bytes:
            most = limits.part_bytes if size > limits.part_bytes else limits.unpacked_bytes
            what = name if size > limits.part_bytes else "all of it together"
            raise ReadError(
                f"{self.path}: {what} unpacks to over {most >> 20} MB, too large for a paper; split it or save it anew"
            )
        if size > SMALL and size > limits.ratio * max(1, packed):
            raise ReadError(
                f"{self.path}: {name} unpacks to over {limits.ratio} times its size, as a trap does; do not open it, "
                "ask for the paper as PDF"
            )


@contextmanager
def open_parts(path: Path, limits: ReadLimits = USUAL_LIMITS) -> Iterator[Parts]:
    """The parts of the Office file at `path`. Raises ReadError when it is damaged or has too many."""
    with damage_told(path):
        file = path.open("rb")
    with file:
        with damage_told(path):
            _refuse_crowd(path, file, limits)
            archive = zipfile.ZipFile(file)
        if len(archive.infolist()) > limits.parts:
            raise _crowded(path, limits)
        yield Parts(path, archive, limits)


@contextmanager
def damage_told(path: Path, told: type[ReadError] = ReadError) -> Iterator[None]:
    """Whatever an archive throws in here becomes a ReadError, or the kind of it that is told."""
    try:
        yield
    except DAMAGE as error:
        if isinstance(error, OSError) and error.strerror and error.errno is not None and error.errno != 22:
            raise ReadError(f"{path}: cannot be read ({error.strerror}); check that it is there") from error
        raise told(
            f"{path}: the file is damaged (it begins as an Office file or zip, but cannot be unpacked); "
            "ask for it again, or open it in Office and save it anew"
        ) from error


def _refuse_crowd(path: Path, file: Any, limits: ReadLimits) -> None:
    """Refuse a directory of too many parts before it is read: each takes ten times its bytes in memory."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 70_000))
    tail = file.read()
    file.seek(0)
    end = tail.rfind(b"PK\5\6")
    told = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    wide = tail.rfind(b"PK\6\6", 0, max(0, end))
    if told == 0xFFFFFFFF and wide >= 0:
        told = int.from_bytes(tail[wide + 40 : wide + 48], "little")
    if min(told, size) > 20 * ENTRY * limits.parts:
        raise _crowded(path, limits)


def _crowded(path: Path, limits: ReadLimits) -> ReadError:
    return ReadError(f"{path}: holds more than {limits.parts:,} files, too many for a paper; open it and save it anew")


def parse_xml(data: bytes, *, path: Path, part: str, limits: ReadLimits = USUAL_LIMITS) -> Element:
    """The root of a part's XML. No entity is resolved, no DTD loaded, nothing fetched; deep nesting is refused."""
    from lxml import etree

    refuse_doctype(data, path=path, part=part)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error):
            raise _too_deep(path, part) from error
        raise DamagedPart(f"{path}: the file is damaged inside ({part}); open it in Office and save it anew") from error
    if is_deep(root, limits.depth):
        raise _too_deep(path, part)
    return root


def is_deep(root: Element, depth: int) -> bool:
    """Whether more than `depth` elements stand inside one another."""
    return bool(root.getroottree().xpath("boolean(" + "/*" * (depth + 1) + ")"))


def _too_deep(path: Path, part: str) -> ReadError:
    return ReadError(f"{path}: {part} is nested too deeply to be a paper's; open it in Office and save it anew")


def refuse_doctype(data: bytes, *, path: Path, part: str) -> None:
    """Raise ReadError for XML that declares a document type or entities, which Office forbids and traps need.

    (ECMA-376 part 2, 8.1.4: "DTD content shall not be used".)
    """
    data = plain_bytes(data)
    named = ENCODING.match(data[:200])
    if named and not named[1].lower().startswith(ENCODINGS):
        raise ReadError(
            f"{path}: {part} is in an encoding that no Office file uses; open it in Office and save it anew"
        )
    if DOCTYPE.search(data):
        raise ReadError(f"{path}: {part} declares entities, as traps do and papers never; ask for the paper as PDF")


def plain_bytes(data: bytes) -> bytes:
    """XML as bytes of ASCII kind, for a search: the zeros of UTF-16 left out."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:8]
    return data.replace(b"\0", b"") if wide else data
