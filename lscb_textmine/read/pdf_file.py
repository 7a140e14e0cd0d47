"""The path of a PDF in; the file opened by pdfium, mended where that is all it takes, or why it cannot be, out.

What pdfium would unpack without end is made unreadable to it before, and told.
"""

from __future__ import annotations

import ctypes
import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from lscb_textmine.errors import PasswordError, ReadError
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.records import Problem

CATALOG = re.compile(rb"(?<!\d)(\d{1,10})\s+(\d{1,5})\s+obj\b(?:(?!endobj).){0,2000}?/Type\s*/Catalog\b", re.DOTALL)
STREAM = re.compile(rb"(?<!end)stream\r?\n")
PICTURE = re.compile(rb"/Subtype\s*/Image\b")
FILTERS = re.compile(rb"/Filter\s*(/\w+|\[[^\]]{0,2000}\])")
FILTER = re.compile(rb"/(\w+)")
KNOWN_FILTERS = frozenset(
    (b"FlateDecode", b"Fl", b"LZWDecode", b"LZW", b"ASCII85Decode", b"A85", b"ASCIIHexDecode", b"AHx",
     b"RunLengthDecode", b"RL", b"DCTDecode", b"DCT", b"CCITTFaxDecode", b"CCF", b"JBIG2Decode", b"JPXDecode", b"Crypt")
)  # fmt: skip
NO_PAGES = re.compile(
    rb"/Type\s*/Pages\b(?:(?!endobj).){0,500}?/Kids\s*\[\s*\]|/Kids\s*\[\s*\](?:(?!endobj).){0,500}?/Type\s*/Pages\b",
    re.DOTALL,
)
MOST_GROWTH = 1032
"""Times that Flate can shrink its input at the best (zlib's technical notes)."""
DICTIONARY = 3000
"""Bytes before a stream in which its dictionary is looked for."""
PIECE = 2**16
LONGEST_TITLE = 300


class OpenPdf(NamedTuple):
    """The file opened, and what was met in opening it."""

    document: Any
    """A pypdfium2 document, to be closed by whoever asked for it."""
    problems: tuple[Problem, ...]


class Packed(NamedTuple):
    """A stream as it stands in the file."""

    filters: tuple[bytes, ...]
    named_at: int
    """Where its filters are named."""
    start: int
    end: int
    picture: bool


def open_pdf(path: Path, limits: ReadLimits = USUAL_LIMITS) -> OpenPdf:
    """The PDF at `path`. Raises PasswordError when it is encrypted, ReadError with the cause when it is damaged."""
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            traps = find_traps(data, limits)
            disarmed = disarm(bytes(data), traps) if traps else None
    except (OSError, ValueError) as error:
        raise ReadError(f"{path}: cannot be read ({error}); check that it is there") from error
    problems = (_trap_told(path, limits),) if traps else ()
    try:
        return OpenPdf(pdfium.PdfDocument(disarmed or path), problems)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise _locked(path, error.err_code) from error
        data_read = disarmed or path.read_bytes()
        mended = open_mended(data_read)
        if mended is None:
            raise ReadError(f"{path}: {name_damage(data_read)}") from error
        told = f"{path}: damaged, and read after its index was made anew; check that no page is missing"
        return OpenPdf(mended, (*problems, Problem(str(path), told, severity="warning")))


def _locked(path: Path, code: int) -> PasswordError:
    if code == raw.FPDF_ERR_SECURITY:
        return PasswordError(
            f"{path}: locked in a way that is not known here; save a copy without a password and run again"
        )
    return PasswordError(f"{path}: protected by a password; save a copy without one and run again")


def _trap_told(path: Path, limits: ReadLimits) -> Problem:
    message = f"{path}: a part of it unpacks to over {limits.part_bytes >> 20} MB, as a trap does, and was not read"
    return Problem(str(path), f"{message}; print the paper to PDF anew to have it read")


def find_traps(data: Any, limits: ReadLimits) -> list[Packed]:
    """The streams that would unpack to more than a part may have, pictures left out: pdfium does not unpack those."""
    return [
        each
        for each in packed_streams(data, least=limits.part_bytes // MOST_GROWTH)
        if not each.picture and grows_past(data[each.start : each.end], each.filters, limits.part_bytes)
    ]


def packed_streams(data: Any, *, least: int = 0) -> Iterator[Packed]:
    """The streams with a filter in a file: of those packed once, only such of `least` bytes or more."""
    for match in STREAM.finditer(data):
        start = match.end()
        head = bytes(data[max(0, match.start() - DICTIONARY) : match.start()])
        opened = head.rfind(b"obj")
        named = FILTERS.search(head, max(0, opened))
        if named is None:
            continue
        filters = tuple(FILTER.findall(named[1]))
        if len(filters) < 2 and not data[start : start + least].rfind(b"endstream") < 0:
            continue
        end = data.find(b"endstream", start)
        at = match.start() - len(head) + named.start(1)
        yield Packed(filters, at, start, len(data) if end < 0 else end, bool(PICTURE.search(head, max(0, opened))))


def grows_past(packed: bytes, filters: tuple[bytes, ...], most: int) -> bool:
    """Whether a stream packed by Flate, once or several times, unpacks to more than `most` bytes."""
    pieces: Iterator[bytes] = iter((packed,))
    for name in filters:
        if name not in (b"FlateDecode", b"Fl"):
            return False
        pieces = _unpacked(pieces)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            return True
    return False


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """What pieces of Flate data unpack to, a little at a time; it ends where the data is damaged."""
    unpacker = zlib.decompressobj()
    try:
        for piece in pieces:
            waiting = piece
            while waiting:
                yield unpacker.decompress(waiting, PIECE)
                waiting = unpacker.unconsumed_tail
                if unpacker.eof:
                    return
    except zlib.error:
        return


def disarm(data: bytes, traps: list[Packed]) -> bytes:
    """The file with the filters of some streams under a name that nobody knows, every byte in its old place."""
    out = bytearray(data)
    for trap in traps:
        end = trap.named_at + len(FILTERS.match(b"/Filter" + data[trap.named_at : trap.start])[1])  # type: ignore[index]
        for name in FILTER.finditer(data, trap.named_at, end):
            out[name.start(1) : name.end(1)] = b"X" * len(name[1])
    return bytes(out)


def open_mended(data: bytes) -> Any | None:
    """The file opened after what stands before its header was cut off and a trailer put after it; None if in vain.

    pdfium finds objects by itself when the index is lost, but not which of them is the catalog.
    """
    start = max(0, data.find(b"%PDF-"))
    catalogs = list(CATALOG.finditer(data))
    if not catalogs:
        return None
    number, generation = catalogs[-1].groups()
    trailer = b"\ntrailer\n<< /Root %s %s R >>\nstartxref\n0\n%%%%EOF\n" % (number, generation)
    try:
        return pdfium.PdfDocument(data[start:] + trailer)
    except pdfium.PdfiumError:
        return None


def name_damage(data: bytes) -> str:
    """Why pdfium cannot open a file, in words for the user, with what to do."""
    if NO_PAGES.search(data):
        return "empty, a PDF with no pages in it; ask for it again"
    if data.count(b"endobj") == 0:
        return "damaged, only the beginning of a PDF with no page in it; ask for it again"
    if b"%%EOF" not in data[-2048:]:
        return "damaged, a PDF that was cut short and lost its end; ask for it again"
    return "damaged, its index or its pages cannot be found; open it in a PDF viewer, save it again and run again"


def tell_blank(path: Path) -> str:
    """Why no page of a paper gave any word: filters that nobody knows, streams that are damaged, or `""`."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        odd: set[str] = set()
        damaged = False
        for each in packed_streams(data):
            odd |= {name.decode("ascii", "replace") for name in each.filters if name not in KNOWN_FILTERS}
            damaged |= each.filters == (b"FlateDecode",) and not each.picture and not _begins(data, each)
    if odd:
        return (
            f"its pages are packed by a filter that is not known ({', '.join(sorted(odd))[:80]}); print it to PDF anew"
        )
    if damaged:
        return "what stands on its pages is damaged and cannot be unpacked; ask for it again"
    return ""


def _begins(data: Any, packed: Packed) -> bool:
    return any(_unpacked(iter((bytes(data[packed.start : packed.start + PIECE]),))))


def read_title(document: Any) -> str:
    """The title in the file's properties, whatever it is written in."""
    size = raw.FPDF_GetMetaText(document, b"Title", None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_GetMetaText(document, b"Title", buffer, size)
    return " ".join(buffer.raw[: size - 2].decode("utf-16-le", errors="replace").split())[:LONGEST_TITLE]


def note_unread(document: Any) -> tuple[str, ...]:
    """What a PDF holds beside its pages and is never opened: attached files, a form that only Adobe's reader shows."""
    attached = raw.FPDFDoc_GetAttachmentCount(document)
    notes = [f"{attached} file(s) attached to it were not opened"] if attached > 0 else []
    if document.get_formtype() in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        notes.append("a form that is drawn when it is opened (XFA): print it to PDF to have what was filled in read")
    return tuple(notes)
