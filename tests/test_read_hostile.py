"""Hostile files: bombs, entities, links, nesting; each is refused in one sentence, or read without what is hostile."""

from __future__ import annotations

import shutil
import socket
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from word_papers import paragraph, write_paper

from lscb_textmine.errors import PasswordError, ReadError
from lscb_textmine.read import read_document
from lscb_textmine.read.limits import USUAL_LIMITS
from lscb_textmine.records import Document, Paragraph

LOW = replace(
    USUAL_LIMITS, part_bytes=200_000, unpacked_bytes=400_000, parts=20, text_bytes=5000, depth=30, cells=50, rows=40,
    columns=20, characters=2000, pages=2,
)  # fmt: skip
ENTITIES = '<!DOCTYPE d [<!ENTITY a "neglect "><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hosts">]>'
ENTITY = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def texts(document: Document) -> str:
    return " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def add_parts(path: Path, **parts: str) -> Path:
    """The file with parts put in, or put in the place of those it had; "__" in a name stands for "/"."""
    new = {name.replace("__", "/").replace("_xml", ".xml"): text for name, text in parts.items()}
    with zipfile.ZipFile(path) as archive:
        kept = {name: archive.read(name) for name in archive.namelist() if name not in new}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (kept | {name: text.encode() for name, text in new.items()}).items():
            archive.writestr(name, data)
    return path


def docx(folder: Path, body: str = "") -> Path:
    path = write_paper(folder / "plan.docx", body or paragraph("The Board will publish a leaflet by May 2011."))
    return add_parts(path, **{"[Content_Types]_xml": "<Types/>"})


def xlsx(folder: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.append(["Action", "Lead", "By when"])
    book.active.append(["Publish the leaflet", "Chair", "May 2011"])
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def html(folder: Path, body: str) -> Path:
    (folder / "plan.html").write_text(f"<!doctype html><html><body>{body}", encoding="utf-8")
    return folder / "plan.html"


def text(folder: Path, name: str, words: str) -> Path:
    (folder / name).write_text(words, encoding="utf-8")
    return folder / name


def write_crowd(folder: Path) -> Path:
    return add_parts(docx(folder), **{f"word__x{i}_xml": "<x/>" for i in range(30)})


def spoil_sizes(path: Path) -> Path:
    """A DOCX whose zip says of every part that it unpacks to ten bytes."""
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset : at + offset + 4] = (10).to_bytes(4, "little")
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    return path


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "part bomb": (lambda folder: docx(folder, "<!-- " + " " * 300_000 + " -->"), "document.xml unpacks to over"),
    "bomb of many parts": (
        lambda folder: add_parts(xlsx(folder), **{f"xl__x{i}_xml": "<x>" + "a" * 190_000 + "</x>" for i in range(3)}),
        "all of it together unpacks to over",
    ),
    "sizes that lie": (lambda folder: spoil_sizes(docx(folder)), "damaged"),
    "crowd of parts": (write_crowd, "holds more than 20 files"),
    "entities in Word": (
        lambda folder: add_parts(docx(folder), word__document_xml=ENTITIES + "<d>&b;&c;</d>"), "declares entities",
    ),
    "entities in a workbook": (
        lambda folder: add_parts(xlsx(folder), xl__sharedStrings_xml=ENTITIES + "<sst>&b;&c;</sst>"),
        "declares entities",
    ),
    "an encoding to hide in": (
        lambda folder: add_parts(xlsx(folder), xl__styles_xml='<?xml version="1.0" encoding="utf-7"?><styleSheet/>'),
        "in an encoding that no Office file uses",
    ),
    "deep Word": (lambda folder: docx(folder, "<w:sdt>" * 40 + "</w:sdt>" * 40), "nested too deeply"),
    "deep page": (lambda folder: html(folder, "<div>" * 40 + "Plan"), "nested too deeply"),
    "bottomless page": (lambda folder: html(folder, "<div>" * 5000 + "Plan"), "text file of more|nested too deeply"),
    "cells that span everything": (
        lambda folder: html(folder, "<table><tr><th>Action<th>Lead<tr><td colspan=900>Publish<td>Chair</table>"),
        "columns is too large",
    ),
    "many rows": (lambda folder: text(folder, "plan.csv", "Action,Lead\n" * 60), "rows"),
    "wide rows": (lambda folder: text(folder, "plan.csv", "Action,Lead\n" + "a," * 40), "columns is too large"),
    "long text": (lambda folder: text(folder, "plan.txt", "The Board met. " * 200), "characters of text"),
    "large text": (lambda folder: text(folder, "plan.txt", "The Board met. " * 500), "text file of more"),
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_refused_in_one_sentence_that_names_the_cause(tmp_path: Path, kind: str) -> None:
    write, cause = REFUSED[kind]
    path = write(tmp_path)
    with pytest.raises(ReadError, match=cause) as told:
        read_document(path, limits=LOW)
    assert str(told.value).startswith(str(path))
    assert "\n" not in str(told.value)


def test_the_usual_limits_leave_such_papers_alone(tmp_path: Path) -> None:
    assert "leaflet" in texts(read_document(docx(tmp_path)))
    assert read_document(xlsx(tmp_path)).problems == ()


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_an_encrypted_part_asks_for_a_copy_without_password(tmp_path: Path, ending: str) -> None:
    path = docx(tmp_path) if ending == "docx" else xlsx(tmp_path)
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    path.write_bytes(data)
    with pytest.raises(PasswordError, match="password"):
        read_document(path)


def test_a_merged_area_over_the_whole_sheet_costs_that_sheet_alone(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(xlsx(tmp_path))
    book.create_sheet("Notes").append(["The Board will publish a leaflet by May 2011."])
    book.save(tmp_path / "plan.xlsx")
    with zipfile.ZipFile(tmp_path / "plan.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    merged = sheet.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    document = read_document(add_parts(tmp_path / "plan.xlsx", xl__worksheets__sheet1_xml=merged))
    assert "leaflet" in texts(document)
    assert ["sheet 'Sheet' has over" in problem.message for problem in document.problems] == [True]


def test_a_damaged_part_beside_the_body_is_named_and_the_body_read(tmp_path: Path) -> None:
    document = read_document(add_parts(docx(tmp_path), word__styles_xml="<w:styles"))
    assert "leaflet" in texts(document)
    assert ["read without word/styles.xml" in problem.message for problem in document.problems] == [True]


def test_a_damaged_sheet_is_named_and_the_others_read(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(xlsx(tmp_path))
    book.create_sheet("Notes").append(["The Board will publish a leaflet by May 2011."])
    book.save(tmp_path / "plan.xlsx")
    document = read_document(add_parts(tmp_path / "plan.xlsx", xl__worksheets__sheet1_xml="<worksheet><sheetData>"))
    assert "leaflet" in texts(document)
    assert any("read without xl/worksheets/sheet1.xml" in problem.message for problem in document.problems)


@pytest.fixture
def listener() -> socket.socket:
    """A socket that notes who connects, without ever waiting for one."""
    made = socket.create_server(("127.0.0.1", 0))
    made.setblocking(False)
    return made


def assert_nobody_called(listener: socket.socket) -> None:
    with listener, pytest.raises(BlockingIOError):
        listener.accept()


def test_no_link_of_a_word_paper_is_followed(tmp_path: Path, listener: socket.socket) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/plan.xml"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="a" Type="{ENTITY}/attachedTemplate" Target="{address}" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{ENTITY}/styles" Target="{address}" TargetMode="External"/>'
        f'<Relationship Id="c" Type="{ENTITY}/footnotes" Target="file:///etc/hosts" TargetMode="External"/>'
        '</Relationships>'
    )  # fmt: skip
    path = add_parts(docx(tmp_path), **{"word___rels__document_xml.rels": relations})
    assert "leaflet" in texts(read_document(path))
    assert_nobody_called(listener)


def test_no_link_of_a_web_page_is_followed(tmp_path: Path, listener: socket.socket) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    page = f'<img src="{address}"><script src="{address}">a()</script><iframe src="{address}"></iframe>'
    page += f'<link rel="stylesheet" href="{address}">'
    assert (
        texts(read_document(html(tmp_path, page + "<p>The Board will publish a leaflet.")))
        == "The Board will publish a leaflet."
    )
    assert_nobody_called(listener)


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_follows_no_link_either(tmp_path: Path, listener: socket.socket) -> None:
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
    (tmp_path / "secret.txt").write_text("the secret", encoding="utf-8")
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:text="{office}:text:1.0" '
        f'xmlns:draw="{office}:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'xmlns:svg="{office}:svg-compatible:1.0" '
        'office:version="1.2"><office:body><office:text><text:p>The Board will publish a leaflet.</text:p>'
        f'<text:section text:name="s"><text:section-source xlink:href="{(tmp_path / "secret.txt").as_uri()}"/>'
        "<text:p/></text:section>"
        f'<text:section text:name="t"><text:section-source xlink:href="{address}"/><text:p/></text:section>'
        f'<text:p><draw:frame svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{address}.png"/>'
        "</draw:frame></text:p>"
        "</office:text></office:body></office:document-content>"
    )
    manifest = (
        f'<manifest:manifest xmlns:manifest="{office}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    with zipfile.ZipFile(tmp_path / "plan.odt", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    (tmp_path / "plan.rtf").write_text(
        r"{\rtf1\ansi The Board will publish a leaflet.\par {\field{\*\fldinst INCLUDEPICTURE "
        + f'"{address}.png"' + r" \\d}{\fldrslt}}\par}", encoding="ascii",
    )  # fmt: skip
    for name in ("plan.odt", "plan.rtf"):
        read = texts(read_document(tmp_path / name))
        assert "publish a leaflet" in read
        assert "the secret" not in read
    assert_nobody_called(listener)
