"""Pages that are pictures: what OCR makes of scanned papers, and what is said where it cannot be had."""

from __future__ import annotations

import importlib.util
import stat
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pypdfium2
import pytest
from PIL import Image
from small_papers import write_pdf
from test_read_scan import LINES, draw_page

from lscb_textmine.errors import ReadError
from lscb_textmine.pipeline import mark_doubtful
from lscb_textmine.read import ocr_pages, read_document, tesseract
from lscb_textmine.read.tesseract import find_tesseract
from lscb_textmine.records import Candidate, Document, Objective, Page, Paragraph

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT / "corpora"
MINUTES = CORPORA / "penrhyn-celyg" / "Cofnodion – Minutes LSCB 16 Oct 2008.pdf"
UNRULED = CORPORA / "penrhyn-celyg" / "LSCB Business Plan 2008-09 FINAL v3.pdf"
RULED = CORPORA / "penrhyn-celyg" / "Penrhyn Celyg LSCB Business Plan 2007-08.pdf"
BILINGUAL = CORPORA / "tair-afon" / "Tŷ Agored - Open House priorities 2016-17.pdf"
found = find_tesseract()
needs_tesseract = pytest.mark.skipif(
    found is None or found.languages != "eng+cym", reason=f"needs OCR: {tesseract.NEEDED} (README, System programs)"
)


def load_scans() -> ModuleType:
    """`scripts/scans.py`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("scans", ROOT / "scripts" / "scans.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["scans"] = module
    spec.loader.exec_module(module)
    return module


scans = load_scans()


def keep_pages(paper: Path, out: Path, *numbers: int) -> Path:
    """Some pages of a paper as a paper of their own."""
    with pypdfium2.PdfDocument.new() as some, pypdfium2.PdfDocument(paper) as whole:
        some.import_pages(whole, [number - 1 for number in numbers])
        some.save(out)
    return out


@needs_tesseract
@pytest.mark.parametrize(
    ("paper", "page"), [(MINUTES, 1), (RULED, 5), (UNRULED, 3), (BILINGUAL, 2)], ids=lambda v: str(v)[-20:]
)
def test_scan_reads_as_its_text_layer(tmp_path: Path, paper: Path, page: int) -> None:
    given = keep_pages(paper, tmp_path / "paper.pdf", page)
    truth, seen = read_document(given), read_document(scans.scan_pdf(given, tmp_path / "scan.pdf"))
    (ledger,) = seen.pages
    assert (ledger.state, ledger.read_by, ledger.trusted) == ("read", "ocr", True) and not seen.problems
    words, of_words = scans.words_right(truth, seen)
    cells, of_cells = scans.cells_right(truth, seen)
    assert words >= 0.985 * of_words and cells >= 0.95 * of_cells


@needs_tesseract
def test_only_the_scanned_page_of_a_mixed_file_is_read_by_ocr(tmp_path: Path) -> None:
    scan = scans.scan_pdf(MINUTES, tmp_path / "scan.pdf", pages=(4,))
    with pypdfium2.PdfDocument(write_pdf(tmp_path / "text.pdf")) as whole, pypdfium2.PdfDocument(scan) as added:
        whole.import_pages(added)
        whole.save(tmp_path / "mixed.pdf")
    document = read_document(tmp_path / "mixed.pdf")
    assert [page.read_by for page in document.pages] == ["text", "ocr"]
    assert document.pages[0].confidence is None and (document.pages[1].confidence or 0) > ocr_trusted()
    assert any(note.startswith("page 2 read by OCR (tesseract") for note in document.notes)
    assert {block.page for block in document.blocks} == {1, 2}


def ocr_trusted() -> float:
    from lscb_textmine.read.ocr import TRUSTED

    return TRUSTED


@needs_tesseract
def test_picture_files_are_papers(tmp_path: Path) -> None:
    page, _ = draw_page(width=1400, height=700)
    page.save(
        tmp_path / "minutes.tif",
        save_all=True,
        append_images=[page.transpose(Image.Transpose.ROTATE_270)],
        dpi=(300, 300),
    )
    document = read_document(tmp_path / "minutes.tif")
    assert (document.format, len(document.pages)) == ("tiff", 2)
    for number in (1, 2):
        text = " ".join(
            block.text for block in document.blocks if isinstance(block, Paragraph) and block.page == number
        )
        assert text == " ".join(LINES)


@needs_tesseract
def test_blank_picture_is_an_empty_page_and_no_problem(tmp_path: Path) -> None:
    Image.new("RGB", (600, 800), "white").save(tmp_path / "back.pdf")
    document = read_document(tmp_path / "back.pdf")
    assert [(page.state, page.reason) for page in document.pages] == [("empty", "a picture without words")]


@needs_tesseract
def test_page_too_blurred_to_be_read_is_not_passed_over(tmp_path: Path) -> None:
    blurred = scans.Scanner(blur=2.2)
    document = read_document(scans.scan_pdf(UNRULED, tmp_path / "blurred.pdf", blurred, pages=(1,)))
    assert document.problems and not any(page.trusted and page.state == "read" for page in document.pages)


@needs_tesseract
def test_bad_scan_is_marked_and_not_trusted(tmp_path: Path) -> None:
    poor = scans.Scanner(dpi=60, noise=25.0, blur=0.8)
    document = read_document(scans.scan_pdf(MINUTES, tmp_path / "poor.pdf", poor, pages=(2,)))
    (page,) = document.pages
    (problem,) = document.problems
    assert not page.trusted and page.reason == "not to be trusted"
    assert problem.severity == "warning" and problem.page == 1 and "check its statements" in problem.message


def test_statements_of_a_page_not_trusted_all_need_review() -> None:
    pages = (Page(1), Page(2, read_by="ocr", confidence=0.5, trusted=False), Page(3))
    document = Document("plan.pdf", "0" * 64, "pdf", pages=pages)
    places = [(1, 1), (1, 2), (2, 2), (3, 3), (None, None)]
    given = [Objective(Candidate("Publish it", page=a, page_end=b), ()) for a, b in places]
    assert [each.needs_review for each in mark_doubtful(given, document)] == [False, True, True, False, False]
    assert mark_doubtful(given, replace(document, pages=pages[:1])) == tuple(given)


@pytest.fixture
def search_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder that alone is on the search path; what is known of tesseract is forgotten before and after."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    find_tesseract.cache_clear()
    yield folder
    find_tesseract.cache_clear()


def picture_pdf(folder: Path) -> Path:
    page, _ = draw_page(width=1400, height=700)
    page.save(folder / "scan.pdf", resolution=300)
    return folder / "scan.pdf"


@pytest.mark.usefixtures("search_path")
def test_without_tesseract_the_problem_says_what_to_install(tmp_path: Path) -> None:
    document = read_document(picture_pdf(tmp_path))
    assert [page.state for page in document.pages] == ["image_only"]
    assert "tesseract-ocr-cym" in document.problems[0].message and document.problems[0].page == 1
    with pytest.raises(ReadError, match=r"minutes\.png: .*install tesseract-ocr"):
        draw_page()[0].save(tmp_path / "minutes.png")
        read_document(tmp_path / "minutes.png")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for the processes in /proc")
def test_program_that_hangs_is_ended_with_its_children(
    tmp_path: Path, search_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = search_path / "tesseract"
    program.write_text(
        '#!/bin/sh\ncase "$1" in\n--version) echo tesseract 5.3.0;;\n--list-langs) echo eng;;\n'
        f"*) /bin/sleep 60 & echo $! > '{tmp_path}/child'; wait;;\nesac\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(tesseract, "TIME_LIMIT", 1)
    document = read_document(picture_pdf(tmp_path))
    assert [page.state for page in document.pages] == ["image_only"]
    assert "OCR took over 1 seconds" in document.problems[0].message
    child = int((tmp_path / "child").read_text())
    assert any(is_gone(child) or time.sleep(0.1) for _ in range(50))


def is_gone(number: int) -> bool:
    """Whether a process has ended, waited for or not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().split()[2] == "Z"
    except OSError:
        return True


@needs_tesseract
@pytest.mark.parametrize("name", ["plan.png", "plan.tif"])
def test_picture_that_unpacks_to_too_much_is_refused(tmp_path: Path, name: str) -> None:
    Image.new("1", (12_000, 12_000)).save(tmp_path / name)
    with pytest.raises(ReadError, match="144 million dots; scan it again at 300"):
        read_document(tmp_path / name)


@needs_tesseract
def test_page_with_too_large_a_picture_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_pages, "MOST_STORED", 900_000)
    document = read_document(picture_pdf(tmp_path))
    assert [page.state for page in document.pages] == ["image_only"]
    assert "scan it again at 300 to the inch" in document.problems[0].message


@needs_tesseract
def test_damaged_picture_is_named(tmp_path: Path) -> None:
    draw_page()[0].save(tmp_path / "whole.png")
    (tmp_path / "torn.png").write_bytes((tmp_path / "whole.png").read_bytes()[:3000])
    with pytest.raises(ReadError, match=r"torn\.png: a damaged picture"):
        read_document(tmp_path / "torn.png")
