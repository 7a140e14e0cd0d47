"""DOC, ODT, RTF and slides through LibreOffice, and one clear sentence where it is missing or fails."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from lscb_textmine.errors import PasswordError, ReadError
from lscb_textmine.read.content import Content
from lscb_textmine.read.office import convert, find_libreoffice, read_office, tell_ending
from lscb_textmine.records import Paragraph, Table

RTF = r"{\rtf1\ansi {\b Our priorities\par}\pard The Board will publish a leaflet by 31 March 2012.\par}"
OPEN = "urn:oasis:names:tc:opendocument:xmlns"
SLIDES = f"""<?xml version="1.0"?><office:document xmlns:office="{OPEN}:office:1.0" xmlns:draw="{OPEN}:drawing:1.0"
 xmlns:svg="{OPEN}:svg-compatible:1.0" xmlns:text="{OPEN}:text:1.0" office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.presentation"><office:body><office:presentation>{{pages}}
</office:presentation></office:body></office:document>"""
SLIDE = """<draw:page><draw:frame svg:x="2cm" svg:y="2cm" svg:width="20cm" svg:height="3cm"><draw:text-box>
<text:p>{words}</text:p></draw:text-box></draw:frame></draw:page>"""


@pytest.fixture(scope="session")
def libreoffice() -> Path:
    program = find_libreoffice()
    if program is None:
        pytest.skip("needs LibreOffice")
    return program


def texts(content: Content) -> list[str]:
    return [block.text for block in content.blocks if isinstance(block, Paragraph)]


@pytest.mark.usefixtures("libreoffice")
def test_rich_text_is_read_with_accents_in_its_name(tmp_path: Path) -> None:
    path = tmp_path / "cynllun busnes – tŷ.rtf"
    path.write_text(RTF, encoding="ascii")
    content = read_office(path)
    assert "The Board will publish a leaflet by 31 March 2012." in texts(content)
    assert content.notes == ("read by way of LibreOffice",)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("ending", ["odt", "doc"])
def test_a_table_survives_the_older_formats(tmp_path: Path, libreoffice: Path, ending: str) -> None:
    written = docx.Document()
    table = written.add_table(rows=0, cols=2)
    for texts_of_row in (("Action", "Lead"), ("Publish the leaflet by May", "Chair")):
        for cell, text in zip(table.add_row().cells, texts_of_row, strict=True):
            cell.text = text
    written.add_paragraph("End.")  # LibreOffice's own DOC loses a table that ends the paper
    written.save(str(tmp_path / "plan.docx"))
    made = convert(tmp_path / "plan.docx", tmp_path, program=libreoffice, ending=".docx", target=ending)
    (plan,) = (block for block in read_office(made).blocks if isinstance(block, Table))
    assert [each.text for each in plan.rows[-1].cells] == ["Publish the leaflet by May", "Chair"]


def test_slides_are_read_with_their_pages(tmp_path: Path, libreoffice: Path) -> None:
    words = ("Our priorities this year", "We will publish a leaflet by May")
    flat = tmp_path / "slides.fodp"
    flat.write_text(SLIDES.format(pages="".join(SLIDE.format(words=each) for each in words)), encoding="utf-8")
    made = convert(flat, tmp_path, program=libreoffice, ending=".fodp", target="pptx")
    content = read_office(made)
    assert [page.number for page in content.pages] == [1, 2]
    assert any("publish a leaflet" in text for text in texts(content))


def test_without_libreoffice_the_message_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.rtf"
    path.write_text(RTF, encoding="ascii")
    monkeypatch.setattr("lscb_textmine.read.office.find_libreoffice", lambda: None)
    with pytest.raises(ReadError, match="RTF needs LibreOffice; install it or save the paper as DOCX or PDF"):
        read_office(path)


@pytest.mark.usefixtures("libreoffice")
def test_a_file_that_libreoffice_cannot_open_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.odt"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(ReadError, match=r"plan\.odt"):
        read_office(path)


def test_an_encrypted_odt_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "plan.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
    with pytest.raises(PasswordError, match="password"):
        read_office(path)


@pytest.mark.parametrize(
    ("name", "start", "ending"),
    [
        ("plan.doc", b"{\\rtf1", ".rtf"),
        ("plan.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
        ("slides.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".ppt"),
    ],
)
def test_the_ending_follows_the_content(tmp_path: Path, name: str, start: bytes, ending: str) -> None:
    path = tmp_path / name
    path.write_bytes(start)
    assert tell_ending(path) == ending


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="check that it is there"):
        read_office(tmp_path / "gone.doc")
