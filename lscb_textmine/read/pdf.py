"""A PDF file in; its blocks in reading order, pages and problems out.

    file -> pages of words and rules -> clean pages -> tables -> paragraphs round them

pdfium gives characters and boxes; everything after is geometry. Each page is closed when read, so that memory does not
grow with the paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from lscb_textmine.read.aligned import header_words
from lscb_textmine.read.content import Content
from lscb_textmine.read.joining import words_seen
from lscb_textmine.read.layout import pages_to_blocks
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.read.ocr_pages import note_ocr, read_picture_page
from lscb_textmine.read.pace import tell_page
from lscb_textmine.read.pdf_file import note_unread, open_pdf, read_title, tell_blank
from lscb_textmine.read.pdf_page import read_page
from lscb_textmine.read.pdf_tables import find_tables
from lscb_textmine.read.running import body_size, drop_running
from lscb_textmine.read.straight import lay_back
from lscb_textmine.read.tags import read_tags
from lscb_textmine.read.words import PageWords
from lscb_textmine.records import Block, Page, Paragraph, Problem

PICTURE_PAGE = 0.5
"""Share of a page that a picture covers from which a page of few words counts as image only."""
FEW_WORDS = 15
ENOUGH_WORDS = 120
"""Words outside tables from which on their own type size is that of the running text."""


def read_pdf(path: Path, limits: ReadLimits = USUAL_LIMITS, *, ocr: bool = True) -> Content:
    """The content of a PDF file; pages that are pictures are read by OCR where it is wanted and can be had.

    Raises ReadError when pdfium cannot open the file, PasswordError when it is encrypted.
    """
    document, met = open_pdf(path, limits)
    try:
        words, pages, problems = read_pages(document, path, limits, ocr=ocr)
        title, unread = read_title(document), note_unread(document)
    finally:
        document.close()
    problems = (*met, *problems, *blank_problems(path, pages))
    blocks = place_blocks(words)
    notes = tuple(f"page {page.number}: form field or note: {note}" for page in words for note in page.notes)
    return Content(blocks, pages, problems, (*notes, *note_ocr(pages), *unread), title)


def read_pages(
    document: Any, path: Path, limits: ReadLimits = USUAL_LIMITS, *, ocr: bool = True
) -> tuple[list[PageWords], tuple[Page, ...], tuple[Problem, ...]]:
    """Every page's words, the ledger of pages, and a problem for each page that gave no text."""
    words: list[PageWords] = []
    pages: list[Page] = []
    problems: list[Problem] = []
    tagged = bool(raw.FPDFCatalog_IsTagged(document))
    forms = bool(document.get_formtype())
    characters = 0
    for number in range(1, len(document) + 1):
        if number > limits.pages or characters > limits.characters:
            left = leave_out(range(number, len(document) + 1), path)
            return words, (*pages, *left[0]), (*problems, left[1])
        tell_page(number)
        try:
            sheet = document[number - 1]
        except pdfium.PdfiumError:
            pages.append(Page(number, "failed", "the page is damaged"))
            problems.append(Problem(str(path), f"page {number} is damaged and was not read", number))
            continue
        try:
            read = read_page(sheet, number, tagged=tagged, forms=forms)
            read = read._replace(tags=read_tags(sheet)) if tagged else read
            page, problem = judge_page(read, path)
            if page.state == "image_only":
                read, page, problem = read_picture_page(sheet, read, path, ocr=ocr)
        finally:
            sheet.close()
        read, crowded = tame_page(read, path, limits)
        characters += sum(len(word.text) for word in read.words)
        words.append(read)
        pages.append(page)
        problems += [each for each in (problem, crowded) if each]
    return words, tuple(pages), tuple(problems)


def judge_page(page: PageWords, path: Path) -> tuple[Page, Problem | None]:
    """What the ledger says of a page, and the problem when it is a picture with no text behind it."""
    count = len(page.words)
    if count < FEW_WORDS and page.pictured >= PICTURE_PAGE:
        reason = "no text layer; needs OCR"
        told = Page(page.number, "image_only", reason, page.width, page.height, count)
        return told, Problem(str(path), f"page {page.number} is a picture: {reason}", page.number)
    if not count:
        return Page(page.number, "empty", "nothing is printed on it", page.width, page.height), None
    return Page(page.number, "read", "", page.width, page.height, count), None


def leave_out(numbers: range, path: Path) -> tuple[list[Page], Problem]:
    """The ledger's pages and the problem for those that stand beyond the limits."""
    first, last = numbers[0], numbers[-1]
    message = (
        f"pages {first} to {last} were not read: the paper is longer than the limits allow; split it and run again"
    )
    return [Page(number, "failed", "beyond the limits") for number in numbers], Problem(str(path), message, first)


def tame_page(page: PageWords, path: Path, limits: ReadLimits) -> tuple[PageWords, Problem | None]:
    """The page without what would take for ever to look through for tables, and the problem that says so."""
    rules, words = len(page.rules), len(page.words)
    if rules <= limits.rules_on_page and words <= limits.words_on_page:
        return page, None
    what = f"{rules:,} lines" if rules > limits.rules_on_page else f"{words:,} words"
    message = (
        f"page {page.number} holds {what}, more than any table has: its words were read, tables were not looked for"
    )
    told = Problem(str(path), f"{message}; check it against the paper", page.number, "warning")
    return page._replace(rules=(), tags=(), tables=False), told


def blank_problems(path: Path, pages: Sequence[Page]) -> tuple[Problem, ...]:
    """Why a paper gave no word at all, where the file tells."""
    if any(page.state != "empty" for page in pages):
        return ()
    why = tell_blank(path)
    return (Problem(str(path), f"{path}: {why}"),) if why else ()


def place_blocks(words: list[PageWords]) -> tuple[Block, ...]:
    """Tables and paragraphs in reading order, their boxes where they stand on the pages as these lie in the file."""
    if not any(page.scanned for page in words):
        return words_to_blocks(words)
    from lscb_textmine.read.scan_words import settle_sizes  # brings numpy and Pillow: few papers have such pages

    return lay_back(words_to_blocks(settle_sizes(words)), {page.number: page for page in words})


def words_to_blocks(words: list[PageWords]) -> tuple[Block, ...]:
    """Tables and paragraphs in reading order."""
    vocabulary, size = words_seen(words), body_size(words)
    keep = {word for page in words for word in header_words(page)}
    found = find_tables(drop_running(words, keep), vocabulary, size=size)
    # tables are often set smaller: the running text round them tells what is large
    if sum(len(page.words) for page in found.pages) >= ENOUGH_WORDS:
        size = body_size(found.pages)
    ordered = pages_to_blocks(found.pages, found.anchors, vocabulary=vocabulary, size=size)
    return tuple(block if isinstance(block, Paragraph) else found.tables[block] for block in ordered)
