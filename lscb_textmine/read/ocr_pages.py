"""Pages that are pictures in; their words by OCR, and what the ledger and the problems say of them, out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lscb_textmine.read.tesseract import DPI, LANGUAGES, NEEDED, TesseractError, find_tesseract
from lscb_textmine.read.words import PageWords
from lscb_textmine.records import Page, Problem

if TYPE_CHECKING:
    from PIL.Image import Image

Judged = tuple[PageWords, Page, Problem | None]
MOST_DOTS = 40_000_000
"""Dots of a page as it is drawn for OCR: A2 at 300 to the inch. A larger page is drawn smaller."""
MOST_STORED = 120_000_000
"""Dots of a picture stored in a file, A0 at 300 to the inch; pictures of more are not opened."""


def read_picture_page(sheet: Any, read: PageWords, path: Path, *, ocr: bool) -> Judged:
    """What OCR makes of a pypdfium2 page that is a picture; where it makes nothing, the page as it was and why."""
    reason = why_no_ocr(wanted=ocr)
    largest = 0 if reason else _largest_picture(sheet)
    if largest > MOST_STORED:
        reason = f"its picture has {largest // 10**6} million dots; scan it again at {DPI} to the inch"
    if reason:
        return _not_read(read, path, reason)
    return read_picture(_draw(sheet, read), read, path)


def why_no_ocr(*, wanted: bool) -> str:
    """Why pictures cannot be read, and what to do; `""` when they can be."""
    if not wanted:
        return "no text layer; needs OCR, which was switched off (--no-ocr)"
    tesseract = find_tesseract()
    if tesseract is None or not tesseract.languages:
        return f"no text layer; needs OCR: {NEEDED}"
    return ""


def _largest_picture(sheet: Any) -> int:
    """The dots of the largest picture that is stored on a page."""
    import pypdfium2.raw as raw

    sizes = [item.get_px_size() for item in sheet.get_objects([raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    return max((width * height for width, height in sizes), default=0)


def _draw(sheet: Any, read: PageWords) -> Image:
    """The page in grey at 300 dots to the inch; one that is too large is drawn smaller, and then taken for smaller."""
    scale = DPI / 72
    dots = read.width * read.height * scale**2
    if dots > MOST_DOTS:
        scale *= (MOST_DOTS / dots) ** 0.5
    drawn: Image = sheet.render(scale=scale, grayscale=True).to_pil()
    return drawn.convert("L")


def read_picture(picture: Image, read: PageWords, path: Path) -> Judged:
    """What OCR makes of a page's picture; `read` is the page as it is known without."""
    from lscb_textmine.read.ocr import TRUSTED, read_scan  # brings numpy and Pillow: few papers have such pages

    tesseract = find_tesseract()
    assert tesseract is not None
    try:
        words, confidence, unseen = read_scan(picture, read.number, tesseract)
    except TesseractError as error:
        return _not_read(read, path, f"no text layer, and {error}; give the paper as searchable PDF")
    page = Page(read.number, "read", "", words.width, words.height, len(words.words), "ocr", confidence)
    if not words.words and unseen:
        reason = "OCR made out no words; look at the page, and scan it again if there are any"
        lost = Page(read.number, "image_only", reason, words.width, words.height, 0, "ocr")
        return words, lost, Problem(str(path), f"page {read.number} is a picture: {reason}", read.number, "warning")
    if not words.words:
        empty = Page(read.number, "empty", "a picture without words", words.width, words.height, 0, "ocr")
        return words, empty, None
    if confidence < TRUSTED:
        doubt = f"read by OCR with a confidence of {confidence:.2f} only: check its statements against the page"
        doubted = replace(page, reason="not to be trusted", trusted=False)
        return words, doubted, Problem(str(path), f"page {read.number} was {doubt}", read.number, "warning")
    return words, page, None


def _not_read(read: PageWords, path: Path, reason: str) -> Judged:
    page = Page(read.number, "image_only", reason, read.width, read.height, len(read.words))
    return read, page, Problem(str(path), f"page {read.number} is a picture: {reason}", read.number)


def describe_ocr(*, wanted: bool) -> str:
    """What reads pictures of pages in this run, as a setting: a paper is read again when it changes."""
    tesseract = find_tesseract() if wanted else None
    if tesseract is None:
        return "not installed" if wanted else "off"
    return f"tesseract {tesseract.version}, {tesseract.languages or 'without our languages'}"


def note_ocr(pages: Sequence[Page]) -> tuple[str, ...]:
    """What a reader should know of a paper with pages read by OCR."""
    numbers = [page.number for page in pages if page.read_by == "ocr" and page.words]
    tesseract = find_tesseract() if numbers else None
    if tesseract is None:
        return ()
    lacking = [language for language in LANGUAGES if language not in tesseract.languages.split("+")]
    missing = f"; tesseract-ocr-{' and -'.join(lacking)} not installed, so such words may be wrong" if lacking else ""
    said = f"{describe_numbers(numbers)} read by OCR (tesseract {tesseract.version}, {tesseract.languages}){missing}"
    return (f"page{'s' if len(numbers) > 1 else ''} {said}",)


def describe_numbers(numbers: Sequence[int]) -> str:
    """Numbers in order, runs of them shortened.

    >>> describe_numbers([1, 2, 3, 7])
    '1-3, 7'
    """
    breaks = [i for i, (a, b) in enumerate(pairwise(numbers), start=1) if b != a + 1]
    runs = [numbers[a:b] for a, b in pairwise([0, *breaks, len(numbers)])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
