"""A path in; the format that its content shows out, whatever the file is called."""

from __future__ import annotations

import re
from pathlib import Path

from lscb_textmine.errors import PasswordError, ReadError
from lscb_textmine.read.encoding import decode_text, wide_encoding
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.read.parts import open_parts

HEAD = 4096
TEXT_SUFFIXES = {".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".csv": "csv", ".tsv": "csv"}
# a text file under one of these names is a paper saved or named wrongly; under any other unknown name it is no paper
PAPER_SUFFIXES = {"", ".pdf", ".doc", ".docx", ".rtf", ".odt", ".xls", ".xlsx", ".htm", ".html", ".ppt", ".pptx"}
PICTURES = (
    (b"\x89PNG", "png"), (b"\xff\xd8\xff", "jpeg"), (b"II*\0", "tiff"), (b"MM\0*", "tiff")
)  # fmt: skip
ZIP_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
OPEN_DOCUMENTS = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
HTML = re.compile(r"<!doctype\s+html|<html[\s>]|<(?:head|body|table|div|p|h[1-6])[\s>]", re.IGNORECASE)
MARKDOWN = re.compile(r"^#{1,6} \S|^\|.*\|\s*\n\|[ :|-]+\|\s*$|^\[[^\]]+\]\([^)]+\)", re.MULTILINE)


def format_of(path: Path, limits: ReadLimits = USUAL_LIMITS) -> str:
    """The format of a file ("pdf", "docx", "xlsx", "csv", "txt", "md", "html", "doc", "odt", "rtf", "pptx", "png",
    "jpeg", "tiff").

    Raises ReadError for what is no paper at all, PasswordError for an encrypted Office file.
    """
    head = _read_head(path)
    if not head.strip(b"\0 \t\r\n"):
        raise ReadError(f"{path}: the file is empty; ask for it again or take it out of the folder")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK"):
        return _zip_format(path, limits)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _compound_format(path, limits)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    picture = next((kind for mark, kind in PICTURES if head.startswith(mark)), "")
    if picture:
        return picture
    _refuse_picture(path, head)
    return _text_format(path, head, limits)


def _read_head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except OSError as error:
        raise ReadError(f"{path}: cannot be opened ({error.strerror}); check the name and the rights") from error


def _zip_format(path: Path, limits: ReadLimits) -> str:
    with open_parts(path, limits) as parts:
        names = parts.names
        kind = (parts.read("mimetype") or b"")[:100].decode("ascii", "replace")
    if kind.startswith("application/vnd.oasis.opendocument."):
        found = OPEN_DOCUMENTS.get(kind.rsplit(".", 1)[1].removesuffix("-template"), "")
        if found == "odt":
            return found
        raise ReadError(f"{path}: an OpenDocument {kind.rsplit('.', 1)[1]} is not read; save it as XLSX, PDF or DOCX")
    if "xl/workbook.bin" in names:
        raise ReadError(f"{path}: a binary workbook (XLSB) is not read; save it as XLSX")
    if "[Content_Types].xml" in names:
        for part, found in ZIP_PARTS:
            if any(name.startswith(part) for name in names):
                return found
    raise ReadError(f"{path}: a zip archive that is no Office file; unpack it and give the papers in it")


def _compound_format(path: Path, limits: ReadLimits) -> str:
    """The format of an OLE file, told by the names in its directory, which are in UTF-16."""
    with path.open("rb") as file:
        data = file.read(limits.part_bytes)  # names of streams stand near the start; the rest is what they hold

    def holds(*names: str) -> bool:
        return any(name.encode("utf-16-le") in data for name in names)

    if holds("EncryptedPackage"):
        raise PasswordError(f"{path}: the file is encrypted; open it with its password and save a copy without one")
    if holds("WordDocument"):
        return "doc"
    if holds("Workbook", "Book\0"):
        raise ReadError(f"{path}: an old Excel workbook (XLS) is not read; save it as XLSX")
    if holds("PowerPoint Document"):
        raise ReadError(f"{path}: an old PowerPoint file (PPT) is not read; save it as PDF or PPTX")
    raise ReadError(f"{path}: an e-mail or an Office file of an unknown kind; save the paper in it as PDF or DOCX")


def _refuse_picture(path: Path, head: bytes) -> None:
    found = "GIF" if head.startswith(b"GIF8") else ""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        found = "WebP"
    if head[4:12] in (b"ftypheic", b"ftypmif1", b"ftypavif"):
        found = "HEIC"
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        found = "BMP"
    if found:
        raise ReadError(f"{path}: a picture ({found}) with no text layer; save it as PNG, TIFF or PDF")


def _text_format(path: Path, head: bytes, limits: ReadLimits) -> str:
    suffix = path.suffix.lower()
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff")) or wide_encoding(head)
    controls = sum(byte < 9 or 14 <= byte < 27 for byte in head)
    if not marked and (b"\0" in head or controls > 0.01 * len(head) + 1):
        raise ReadError(f"{path}: not a paper in any known format; save it as PDF, DOCX, XLSX or TXT")
    if path.stat().st_size > limits.text_bytes:
        raise ReadError(f"{path}: a text file of more than {limits.text_bytes >> 20} MB; split it and give the parts")
    text = decode_text(head).lstrip("\ufeff \n\t")
    if suffix in (".htm", ".html", ".xhtml") or (text.startswith("<") and HTML.search(text[:2000])):
        return "html" if "<" in text else "txt"
    if text.startswith(("<?xml", "MIME-Version:")) or (suffix not in TEXT_SUFFIXES and suffix not in PAPER_SUFFIXES):
        raise ReadError(f"{path}: not a paper in any known format ({suffix or 'XML'}); save it as PDF, DOCX or TXT")
    return TEXT_SUFFIXES.get(suffix) or _guess_text_format(text)


def _guess_text_format(text: str) -> str:
    """Markdown, CSV or plain text, for a file whose name does not say."""
    if MARKDOWN.search(text):
        return "md"
    lines = [line for line in text.splitlines()[:20] if line.strip()][:-1]
    for mark in "\t;,":
        counts = {line.count(mark) for line in lines}
        if len(lines) >= 3 and len(counts) == 1 and counts != {0}:
            return "csv"
    return "txt"
