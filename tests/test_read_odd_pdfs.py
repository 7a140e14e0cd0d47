"""Odd and broken PDFs, written in PDF's own syntax: read where they can be, and the cause named where not."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lscb_textmine.errors import PasswordError, ReadError
from lscb_textmine.read import read_document
from lscb_textmine.read.limits import USUAL_LIMITS
from lscb_textmine.records import Document, Paragraph, Table

TEXT = b"BT /F1 11 Tf 72 740 Td (The Board will publish a neglect protocol for schools.) Tj ET"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>"


def stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def write_pdf(folder: Path, contents: bytes, *, catalog: bytes = b"", more: bytes = b"", pages: int = 1) -> Path:
    """A PDF whose pages all show `contents`, a stream; `more` are further objects."""
    kids = b"3 0 R " * pages
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalog,
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (pages, kids), PAGE,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", contents,
    )  # fmt: skip
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1)) + more
    path = folder / "plan.pdf"
    path.write_bytes(body + b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n")
    return path


def words(document: Document) -> str:
    return " ".join(block.text for block in document.blocks if isinstance(block, Paragraph))


def told(document: Document) -> str:
    return " ".join(problem.message for problem in document.problems)


def test_a_lost_index_is_made_anew(tmp_path: Path) -> None:
    path = write_pdf(tmp_path, stream(TEXT))
    path.write_bytes(path.read_bytes().partition(b"trailer")[0])
    document = read_document(path)
    assert "neglect protocol" in words(document)
    assert "read after its index was made anew" in told(document)


@pytest.mark.parametrize(
    ("damage", "cause"),
    [
        (lambda data: data.replace(b"/Count 1 /Kids [3 0 R ]", b"/Count 0 /Kids []"), "empty, a PDF with no pages"),
        (
            lambda data: data.replace(b"/Type /Catalog /Pages", b"/Type /Nothing /Leaves"),
            "damaged, its index or its pages",
        ),
        (lambda data: data.partition(b"2 0 obj")[0], "damaged, a PDF that was cut short"),
        (lambda data: data[:20], "damaged, only the beginning of a PDF"),
    ],
)
def test_the_cause_of_a_refusal_is_named(tmp_path: Path, damage: Callable[[bytes], bytes], cause: str) -> None:
    path = write_pdf(tmp_path, stream(TEXT))
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(ReadError, match=cause):
        read_document(path)


def test_a_lock_that_is_not_known_is_named(tmp_path: Path) -> None:
    path = write_pdf(tmp_path, stream(TEXT))
    lock = b"/Encrypt << /Filter /Unheard /V 1 /R 2 /P -4 /O (a) /U (b) >> /ID [(a) (a)] /Root"
    path.write_bytes(path.read_bytes().replace(b"/Root", lock))
    with pytest.raises(PasswordError, match="locked in a way that is not known"):
        read_document(path)


@pytest.mark.parametrize("times", [1, 2])
def test_a_bomb_is_left_packed_and_told(tmp_path: Path, times: int) -> None:
    packed = b" " * 2_000_000
    for _ in range(times):
        packed = zlib.compress(packed, 9)
    filters = b"/Filter [" + b"/FlateDecode " * times + b"]"
    document = read_document(
        write_pdf(tmp_path, stream(packed, filters)), limits=replace(USUAL_LIMITS, part_bytes=500_000)
    )
    assert "as a trap does" in told(document)
    assert len(document.pages) == 1


@pytest.mark.parametrize(
    ("contents", "cause"),
    [
        (stream(b"x" * 50, b"/Filter /Unheard"), r"a filter that is not known \(Unheard\)"),
        (stream(b"x" * 50, b"/Filter /FlateDecode"), "damaged and cannot be unpacked"),
    ],
)
def test_pages_that_give_nothing_say_why(tmp_path: Path, contents: bytes, cause: str) -> None:
    assert re.search(cause, told(read_document(write_pdf(tmp_path, contents))))


def test_pages_beyond_the_limit_are_listed_as_not_read(tmp_path: Path) -> None:
    document = read_document(write_pdf(tmp_path, stream(TEXT), pages=5), limits=replace(USUAL_LIMITS, pages=3))
    assert [page.state for page in document.pages] == ["read"] * 3 + ["failed"] * 2
    assert "pages 4 to 5 were not read" in told(document)


def test_a_page_of_too_many_lines_is_read_without_its_tables(tmp_path: Path) -> None:
    grid = b" ".join(b"%d 20 m %d 700 l S 20 %d m 500 %d l S" % (x, x, x, x) for x in range(30, 480, 10))
    path = write_pdf(tmp_path, stream(TEXT + b" " + grid))
    document = read_document(path, limits=replace(USUAL_LIMITS, rules_on_page=40))
    assert "neglect protocol" in words(document)
    assert not any(isinstance(block, Table) for block in document.blocks)
    assert "tables were not looked for" in told(document)


def test_no_size_or_place_is_too_odd(tmp_path: Path) -> None:
    for odd in (b"/F1 0 Tf", b"/F1 1e12 Tf", b"1e30 0 0 1e30 1e30 1e30 Tm /F1 9 Tf", b"0 0 0 0 0 0 Tm /F1 9 Tf"):
        document = read_document(write_pdf(tmp_path, stream(TEXT + b" BT " + odd + b" (odd) Tj (odd) Tj ET")))
        assert "neglect protocol" in words(document)


def test_a_title_in_broken_characters_costs_nothing(tmp_path: Path) -> None:
    path = write_pdf(tmp_path, stream(TEXT), more=b"9 0 obj\n<< /Title (\xfe\xff\xd8\x00\x00A) >>\nendobj\n")
    path.write_bytes(path.read_bytes().replace(b"/Root", b"/Info 9 0 R /Root"))
    assert "neglect protocol" in words(read_document(path))


def test_attached_files_are_noted_and_never_opened(tmp_path: Path) -> None:
    attached = b"/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a) /EF << /F 9 0 R >> >>] >> >>"
    path = write_pdf(tmp_path, stream(TEXT), catalog=attached, more=b"9 0 obj\n" + stream(b"MZ") + b"\nendobj\n")
    assert read_document(path).notes == ("1 file(s) attached to it were not opened",)
