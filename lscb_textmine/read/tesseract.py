"""The picture of a page in; the words that the program tesseract reads on it, with their lines and confidence, out.

The program is called by itself, with the settings that were measured: at 300 dots to the inch and told so, with the
threshold of Sauvola, in English, and where there is Welsh on the page in both. The picture goes in and the words come
out through pipes: no file is left behind.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from lscb_textmine.read.language import count_welsh

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 300
LANGUAGES = ("eng", "cym")
WHOLE_PAGE, ONE_BLOCK = 3, 6
"""What tesseract is to look for: blocks in columns, or lines of one block."""
TIME_LIMIT = 60
"""Seconds for one page, of which a full one takes three."""
LEAST_WELSH = 4
"""Words that only Welsh has from which a page is read in both languages."""
_NO_Q = str.maketrans("qQ", "gO")
UNSURE_REACH = 0.1
"""Share by which the reach of a line may differ from its paragraph's and be taken for the same."""
NEEDED = "install tesseract-ocr, tesseract-ocr-eng and tesseract-ocr-cym, and run again"
_SPAN = re.compile(
    r"<(?:span|p) class='(ocr_\w+|ocrx_word)'[^>]*? title=(?:'([^']*)'|\"([^\"]*)\")[^>]*>(?:<(?:strong|em)>)*([^<]*)"
)


class Tesseract(NamedTuple):
    """The program that is installed: its path, its version and the languages it is to read, `""` for none of ours."""

    program: str
    version: str
    languages: str


class Seen(NamedTuple):
    """A word as seen: its box in dots from the top left corner, how sure the program is, 0 to 100, and its line."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    sure: float
    line: SeenLine


class SeenLine(NamedTuple):
    """A line of print: its box, and in dots the reach of its letters from the lowest descender to the highest top."""

    number: int
    paragraph: int
    """The number of the paragraph that it stands in."""
    left: int
    bottom: int
    slope: float
    base: float
    """The base line's distance from the box's bottom at its left edge, downwards."""
    reach: float

    def base_at(self, x: float) -> float:
        """Height of the base line at `x`, from the top of the picture."""
        return self.bottom + self.base + self.slope * (x - self.left)


class TesseractError(Exception):
    """The program gave no words: it took too long or failed. Never leaves this stage."""


@cache
def find_tesseract() -> Tesseract | None:
    """The program on the search path with its version and those of our languages that it has; None without it."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        version = _ask(program, "--version").split()
        known = _ask(program, "--list-langs").split()
    except (OSError, subprocess.SubprocessError):
        return None
    languages = "+".join(language for language in LANGUAGES if language in known)
    return Tesseract(program, version[1] if len(version) > 1 else "", languages)


def _ask(program: str, question: str) -> str:
    done = subprocess.run(
        [program, question], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=False
    )
    return done.stdout or done.stderr


def see_words(picture: Image, tesseract: Tesseract, *, layout: int = WHOLE_PAGE) -> tuple[Seen, ...]:
    """The words on a picture in reading order; a page with Welsh on it is read again with both languages.

    Raises TesseractError when the program does not give them in time.
    """
    content = BytesIO()
    picture.save(content, "PPM")
    first, *more = tesseract.languages.split("+")
    seen = _see(content.getvalue(), tesseract.program, first, layout)
    if not more or count_welsh(each.text for each in seen) < LEAST_WELSH:
        return seen
    return keep_q(seen, _see(content.getvalue(), tesseract.program, tesseract.languages, layout))


def _see(picture: bytes, program: str, languages: str, layout: int) -> tuple[Seen, ...]:
    command = [
        *(program, "stdin", "stdout", "--dpi", str(DPI), "-l", languages),
        *("--psm", str(layout), "-c", "thresholding_method=2", "hocr"),
    ]
    return read_hocr(_run(command, picture))


def keep_q(english: Sequence[Seen], both: Sequence[Seen]) -> tuple[Seen, ...]:
    """The words of the reading in both languages, with each q that the English reading has in the same place.

    Welsh has no q, and with its letters "quorate" is read as "guorate".
    """
    with_q = [each for each in english if "q" in each.text.lower()]
    return tuple(each._replace(text=_spell_with_q(each, with_q)) for each in both)


def _spell_with_q(seen: Seen, with_q: Sequence[Seen]) -> str:
    for each in with_q:
        middle = (each.left + each.right) / 2, (each.top + each.bottom) / 2
        there = seen.left <= middle[0] <= seen.right and seen.top <= middle[1] <= seen.bottom
        if there and each.text.translate(_NO_Q) == seen.text.translate(_NO_Q):
            return each.text
    return seen.text


def _run(command: list[str], given: bytes) -> str:
    """What a command says when given `given`; one that takes too long is ended with all that it started."""
    # one thread: with more, two pages read at a time take ten times as long
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        process_group=0 if os.name == "posix" else None,  # within its worker's session, which may be ended as a whole
    ) as process:  # fmt: skip
        try:
            told, _ = process.communicate(given, timeout=TIME_LIMIT)
        except subprocess.TimeoutExpired as error:
            raise TesseractError(f"OCR took over {TIME_LIMIT} seconds") from error
        finally:
            if process.poll() is None:
                _end(process)
    if process.returncode:
        raise TesseractError(f"tesseract failed (exit status {process.returncode})")
    return told.decode("utf-8", "replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process with everything that it started; what it was still to be given is let go."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    if process.stdin:
        with suppress(OSError):
            process.stdin.close()


def read_hocr(told: str) -> tuple[Seen, ...]:
    """The words of tesseract's hOCR, a page of HTML whose titles hold boxes, base lines and confidences."""
    import html

    seen: list[Seen] = []
    line: SeenLine | None = None
    paragraph = 0
    for number, found in enumerate(_SPAN.finditer(told)):
        facts = _facts(found[2] or found[3] or "")
        left, top, right, bottom = (int(edge) for edge in facts["bbox"])
        if found[1] == "ocr_par":
            paragraph = number
            continue
        if found[1] != "ocrx_word":
            slope, base = (float(value) for value in facts.get("baseline", ("0", "0")))
            reach = float(facts.get("x_size", (bottom - top,))[0])
            line = SeenLine(number, paragraph, left, bottom, slope, base, reach)
            continue
        text = html.unescape(found[4]).strip()
        if text and line is not None:
            seen.append(Seen(text, left, top, right, bottom, float(facts.get("x_wconf", ("0",))[0]), line))
    return settle_reach(seen)


def settle_reach(seen: Sequence[Seen]) -> tuple[Seen, ...]:
    """The words with the reach of lines in one paragraph made one, where it differs little.

    A line without a capital, or without a letter that goes below, tells its reach badly.
    """
    told: dict[int, list[float]] = {}
    for each in seen:
        told.setdefault(each.line.paragraph, []).extend([each.line.reach] * len(each.text))
    usual = {paragraph: sorted(reaches)[len(reaches) // 2] for paragraph, reaches in told.items()}
    lines: dict[int, SeenLine] = {}
    for line in (each.line for each in seen):
        whole = usual[line.paragraph]
        lines[line.number] = line._replace(reach=whole) if abs(line.reach - whole) < UNSURE_REACH * whole else line
    return tuple(each._replace(line=lines[each.line.number]) for each in seen)


def _facts(title: str) -> dict[str, tuple[str, ...]]:
    """The properties in a title of hOCR.

    >>> _facts("bbox 1 2 3 4; x_wconf 95")
    {'bbox': ('1', '2', '3', '4'), 'x_wconf': ('95',)}
    """
    parts = (part.split() for part in title.split(";"))
    return {name: tuple(values) for name, *values in (part for part in parts if part)}
