"""A paper's format is told by its content, and what is no paper is refused with a sentence that helps."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from lscb_textmine.errors import PasswordError, ReadError
from lscb_textmine.read.encoding import decode_text
from lscb_textmine.read.sniff import format_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def write_zip(folder: Path, name: str, *parts: str, mimetype: str = "") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for part in parts:
            archive.writestr(part, "<x/>")
    return path


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("plan.txt", b"\n\n%PDF-1.4 rest", "pdf"),
        ("plan", b"{\\rtf1 words", "rtf"),
        ("plan.doc", b"<html><body><p>Plan</p></body></html>", "html"),
        ("plan.htm", b"<p>Plan</p>", "html"),
        ("plan.doc", OLE + "WordDocument".encode("utf-16-le"), "doc"),
        ("plan.txt", "Cynllun Gŵyl".encode("utf-16"), "txt"),
        ("plan.md", b"# Plan\n\nWords", "md"),
        ("plan", b"# Plan\n\nWords", "md"),
        ("actions.csv", b"Action;Lead\nPublish;GP\n", "csv"),
        ("actions", b"Action\tLead\nPublish\tGP\nTrain\tSM\nAsk\tRE\n", "csv"),
        ("notes", b"A few words.\n", "txt"),
        ("scan.pdf", b"\x89PNG\r\n\x1a\n" + bytes(40), "png"),
        ("scan", b"\xff\xd8\xff\xe0" + bytes(40), "jpeg"),
        ("scan.tif", b"MM\0*" + bytes(40), "tiff"),
    ],
)
def test_format_is_told_by_content(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    assert format_of(write(tmp_path, name, data)) == expected


@pytest.mark.parametrize(
    ("part", "expected"), [("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("ppt/presentation.xml", "pptx")]
)
def test_office_file_under_another_name(tmp_path: Path, part: str, expected: str) -> None:
    assert format_of(write_zip(tmp_path, "plan.pdf", "[Content_Types].xml", part)) == expected


def test_open_document(tmp_path: Path) -> None:
    path = write_zip(tmp_path, "plan.odt", "content.xml", mimetype="application/vnd.oasis.opendocument.text")
    assert format_of(path) == "odt"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("plan.pdf", b"", "empty"),
        ("plan.txt", b" \n\n", "empty"),
        ("scan.pdf", b"GIF89a" + bytes(40), "save it as PNG"),
        ("plan.bin", bytes(range(256)) * 9, "not a paper"),
        ("plan.docx", b"PK\x03\x04" + bytes(90), "damaged"),
        ("plan.xls", OLE + "Workbook".encode("utf-16-le"), "save it as XLSX"),
        ("settings.json", b'{"a": 1}', "not a paper"),
        ("data.xml", b"<?xml version='1.0'?><a/>", "not a paper"),
    ],
)
def test_what_is_no_paper_is_refused(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = write(tmp_path, name, data)
    with pytest.raises(ReadError, match=says) as caught:
        format_of(path)
    assert str(path) in str(caught.value)


def test_zip_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="unpack it"):
        format_of(write_zip(tmp_path, "plan.docx", "plan.txt"))


def test_encrypted_office_file(tmp_path: Path) -> None:
    with pytest.raises(PasswordError, match="password"):
        format_of(write(tmp_path, "plan.docx", OLE + "EncryptedPackage".encode("utf-16-le")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_usual_encoding(encoding: str) -> None:
    assert decode_text("The Board’s plan – Siân\r\n".encode(encoding)) == "The Board’s plan – Siân\n"
