"""A PNG, JPEG or TIFF file in; its pages as OCR reads them out. Each picture of a TIFF file is a page."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lscb_textmine.errors import ReadError
from lscb_textmine.read.content import Content
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.read.ocr_pages import MOST_DOTS, MOST_STORED, note_ocr, read_picture, why_no_ocr
from lscb_textmine.read.pace import tell_page
from lscb_textmine.read.tesseract import DPI
from lscb_textmine.read.words import PageWords
from lscb_textmine.records import Page, Problem

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("png", "jpeg", "tiff")
LONG_SIDE = 11.69
"""Inches: a picture that does not say how large it is, or says what no scanner does, is taken for a page of A4."""
LEAST_DPI, MOST_DPI = 100, 1200


def read_image(path: Path, limits: ReadLimits = USUAL_LIMITS, *, ocr: bool = True) -> Content:
    """The content of a picture of one or more pages. Raises ReadError when it cannot be opened or OCR cannot be had."""
    reason = why_no_ocr(wanted=ocr)
    if reason:
        raise ReadError(f"{path}: a picture: {reason}")
    words: list[PageWords] = []
    pages: list[Page] = []
    problems: list[Problem] = []
    for number, picture in enumerate(open_pictures(path), start=1):
        if number > limits.pages:
            message = f"pages from {number} on were not read: more than the limits allow; split the paper and run again"
            pages.append(Page(number, "failed", "beyond the limits"))
            problems.append(Problem(str(path), message, number))
            break
        tell_page(number)
        bare = PageWords(number, picture.width * 72 / DPI, picture.height * 72 / DPI, (), (), 1.0)
        read, page, problem = read_picture(picture, bare, path)
        words.append(read)
        pages.append(page)
        problems += [problem] if problem else []
    from lscb_textmine.read.pdf import place_blocks  # pdfium comes with it

    return Content(place_blocks(words), tuple(pages), tuple(problems), note_ocr(pages))


def open_pictures(path: Path) -> Iterator[Image]:
    """The pictures of a file, upright, in grey, at 300 dots to the inch. Raises ReadError for one that is too large."""
    from PIL import Image, ImageOps, ImageSequence

    try:
        with warnings.catch_warnings():
            # Pillow warns of pictures that unpack to more memory than it thinks wise; the limit here is our own
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=[name.upper() for name in FORMATS]) as file:
                for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
                    _check_size(path, number, frame)
                    yield to_scan(ImageOps.exif_transpose(frame))
    except Image.DecompressionBombError as error:
        raise ReadError(f"{path}: the picture unpacks to too many dots; scan the paper at {DPI} to the inch") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise ReadError(f"{path}: a damaged picture; ask for it again, or give the paper as PDF") from error


def _check_size(path: Path, number: int, picture: Image) -> None:
    dots = picture.width * picture.height
    if dots > MOST_STORED:
        message = f"{path}: picture {number} has {dots // 10**6} million dots; scan it again at {DPI} to the inch"
        raise ReadError(message)


def to_scan(picture: Image) -> Image:
    """A picture on white paper in grey, brought to 300 dots to the inch, a very large one to fewer."""
    from PIL import Image

    given = max(picture.info.get("dpi", (0, 0)))
    known = LEAST_DPI <= given <= MOST_DPI
    factor = DPI / float(given) if known else DPI * LONG_SIDE / max(picture.size)
    factor = min(factor, (MOST_DOTS / (picture.width * picture.height)) ** 0.5)
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear)
    grey = picture.point(lambda level: level / 256).convert("L") if picture.mode == "I;16" else picture.convert("L")
    size = (max(1, round(grey.width * factor)), max(1, round(grey.height * factor)))
    return grey if size == grey.size else grey.resize(size, Image.Resampling.BICUBIC)
