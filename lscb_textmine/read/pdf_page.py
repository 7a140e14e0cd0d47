"""A pdfium page in; its words and ruling lines out, turned so that most words stand upright.

pdfium gives text and paths in the file's own co-ordinates; pages with /Rotate, crop boxes off the origin and tables
printed sideways are mapped here, once, to points from the top left corner (`../shared` reading notes: without the map a
turned plan lost four cells in five).
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from lscb_textmine.read.pdfium_calls import as_object, load_calls, point_to
from lscb_textmine.read.words import PageWords, Rule, Word

MADE_UP = "\ufffe"
"""The hyphen that pdfium makes up at a line's end; older releases gave U+0002."""
PIECE = re.compile(f"[^\\s{MADE_UP}]+{MADE_UP}?|{MADE_UP}")
LINE_END = re.compile(f"[\r\n]+|(?<={MADE_UP})")
ASCENT, DESCENT = 0.9, 0.21
"""Reach of the common text faces above and below the base line, in type sizes."""
BOLD_FACES = (b"bold", b"black", b"heavy", b"demi")
ITALIC, FORCE_BOLD = 1 << 6, 1 << 18
"""Flags of a font descriptor (PDF Reference 1.7, table 5.20)."""
MOST_OBJECTS = 30_000
"""Page objects looked at for ruling lines; maps and drawings have more and hold no tables."""
MOST_SEGMENTS = 60_000
"""Segments of paths looked at on a page, for the same reason."""
FARTHEST = 1e6
"""Points from the origin beyond which a word is nowhere; pdfium also gives infinity, and what is no number."""
LARGEST_TYPE = 10_000.0
WIDEST = 1e6
"""Points above which a sheet's width or height is damage."""
LARGEST_SHEET = 14_400
"""Points: the largest sheet that PDF readers must take (PDF 1.7, annex C.2)."""
THIN = 3.0
"""Points up to which a filled rectangle is a ruling line."""


class Frame(NamedTuple):
    """How a page's own co-ordinates become points from the top left corner: its box and the turn of its words."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    """Quarter turns anticlockwise of the words in the file, 0 to 3."""

    def place(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom as displayed, of a box in the page's own co-ordinates."""
        if self.turn == 1:
            return y0 - self.bottom, x0 - self.left, y1 - self.bottom, x1 - self.left
        if self.turn == 2:
            return self.right - x1, y0 - self.bottom, self.right - x0, y1 - self.bottom
        if self.turn == 3:
            return self.top - y1, self.right - x1, self.top - y0, self.right - x0
        return x0 - self.left, self.top - y1, x1 - self.left, self.top - y0

    def size(self) -> tuple[float, float]:
        """Width and height as displayed."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turn % 2 else (width, height)


class Look(NamedTuple):
    """How the characters of a text object look."""

    size: float
    bold: bool
    italic: bool
    turn: int | None
    """Quarter turns anticlockwise, None for words at a slant."""
    mark: int


RawWord = tuple[str, float, float, tuple[float, float, float, float], Look]
"""A word in the page's own co-ordinates: its text, the origin of its first character, the box (left, top, right,
bottom) of its last, and its look. A bare tuple: a page has hundreds and they live for a moment."""


def read_page(page: Any, number: int, *, tagged: bool = False, forms: bool = False) -> PageWords:
    """The words and rules of a pypdfium2 page; `tagged` ties words to the tag tree, `forms` reads fields and notes."""
    shrink_vast_sheet(page.raw)
    textpage = page.get_textpage()
    try:
        raw = list(_raw_words(textpage.raw, tagged=tagged))
    finally:
        textpage.close()
    turns = Counter([look.turn for *_, look in raw if look.turn is not None])
    rotation = pdfium.FPDFPage_GetRotation(page.raw)
    frame = _frame_of(page.raw, turns.most_common(1)[0][0] if turns else rotation)
    width, height = frame.size()
    words = tuple(_place_words(raw, frame))
    rules, pictured = _read_objects(page.raw, frame)
    notes = tuple(_read_notes(page.raw)) if forms else ()
    return PageWords(number, width, height, words, tuple(rules), pictured, notes)


def shrink_vast_sheet(page: Any) -> None:
    """Give a page whose box is damaged a sheet of sane size: pdfium takes memory for every point of its width."""
    if max(pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)) > WIDEST:
        pdfium.FPDFPage_SetMediaBox(page, 0, 0, LARGEST_SHEET, LARGEST_SHEET)
        pdfium.FPDFPage_SetCropBox(page, 0, 0, LARGEST_SHEET, LARGEST_SHEET)


def _frame_of(page: Any, turn: int) -> Frame:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    return Frame(box.left, min(box.top, box.bottom), box.right, max(box.top, box.bottom), turn)


def _place_words(raw: Iterable[RawWord], frame: Frame) -> Iterator[Word]:
    new = tuple.__new__  # a page has hundreds of words: Word() takes three times as long
    frame_left, frame_top, straight = frame.left, frame.top, frame.turn == 0
    for text, x, y, last, look in raw:
        size, bold, italic, turn, mark = look
        if straight and turn == 0:
            left, right = x - frame_left, max(x, last[2]) - frame_left
            top, bottom = frame_top - (y + ASCENT * size), frame_top - (y - DESCENT * size)
            yield new(Word, (text, left, top, right, bottom, size, bold, italic, True, mark))
        else:
            box = frame.place(*_word_box(x, y, last, look))
            yield Word(text, *box, size, bold, italic, turn == frame.turn, mark)


def _raw_words(textpage: Any, *, tagged: bool) -> Iterator[RawWord]:
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return
    text = _page_text(textpage, count).replace("\u0002", MADE_UP)
    last, origin = (ctypes.c_float * 4)(), (ctypes.c_double * 2)()
    to_last, to_x, to_y = ctypes.byref(last), ctypes.byref(origin), ctypes.byref(origin, ctypes.sizeof(ctypes.c_double))
    # reading through a view takes a tenth of the time of going through an array of ctypes
    seen_last, seen_origin = memoryview(last).cast("B").cast("f"), memoryview(origin).cast("B").cast("d")
    calls, page = load_calls(), point_to(textpage)
    measure, locate = calls.loose_box, calls.origin
    looks = Looks(textpage, tagged=tagged)
    for pieces in _line_pieces(text):
        look = looks.of(pieces[0].start())
        mixed = tagged or (len(pieces) > 1 and looks.of(pieces[-1].start()) is not look)
        for match in pieces:
            start, end = match.span()
            # pdfium makes up the hyphen at a line's end; the character before it is the last that was printed
            seen = end - 2 if text[end - 1] == MADE_UP and end - start > 1 else end - 1
            if not locate(page, start, to_x, to_y) or not measure(page, seen, to_last):
                continue
            if mixed:
                look = looks.of(start)
            x, y = seen_origin.tolist()
            left, top, right, bottom = seen_last.tolist()
            if not -FARTHEST < x + y + left + top + right + bottom < FARTHEST:
                continue
            yield text[start:end], x, y, (left, top, right, bottom), look


def _line_pieces(text: str) -> Iterator[list[re.Match[str]]]:
    """The words of each line as pdfium breaks them, so that the look of a line is asked for at its ends only."""
    at = 0
    for line_end in LINE_END.finditer(text):
        if pieces := list(PIECE.finditer(text, at, line_end.start())):
            yield pieces
        at = line_end.end()
    if pieces := list(PIECE.finditer(text, at)):
        yield pieces


def _word_box(
    x: float, y: float, last: tuple[float, float, float, float], look: Look
) -> tuple[float, float, float, float]:
    """The box of a word from the origin of its first character and the box of its last, in the page's co-ordinates."""
    up, down = ASCENT * look.size, DESCENT * look.size
    left, top, right, bottom = last
    if look.turn == 0:
        return x, y - down, max(x, right), y + up
    if look.turn == 1:
        return x - up, y, x + down, max(y, top)
    if look.turn == 2:
        return min(x, left), y - up, x, y + down
    if look.turn == 3:
        return x - down, min(y, bottom), x + up, y
    return min(x, left), min(y, bottom), max(x, right), max(y, top)


def _page_text(textpage: Any, count: int) -> str:
    """The page's characters, one for each of pdfium's indices, so that a word's offsets find its boxes."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, written - 1)].decode("utf-16-le", errors="replace")
    if len(text) == count:
        return text
    return "".join(_character(pdfium.FPDFText_GetUnicode(textpage, i)) for i in range(count))


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else "\ufffd"


class Looks:
    """How characters look; what a text object or a font says is asked for once."""

    def __init__(self, textpage: Any, *, tagged: bool) -> None:
        self.textpage = textpage
        self.page = point_to(textpage)
        self.tagged = tagged
        self.calls = load_calls()
        self.known: dict[int, Look] = {}
        self.faces: dict[int, tuple[bool, bool]] = {}
        self.matrix = pdfium.FS_MATRIX()

    def of(self, index: int) -> Look:
        """The look of the character at `index`."""
        address = self.calls.text_object(self.page, index) or 0
        look = self.known.get(address)
        if look is None:
            look = self.known[address] = self._ask(index, address)
        return look

    def _ask(self, index: int, address: int) -> Look:
        font = (self.calls.font(ctypes.c_void_p(address)) or 0) if address else 0
        if font not in self.faces:
            self.faces[font] = self._ask_face(index)
        bold, italic = self.faces[font]
        matrix = self.matrix
        self.calls.matrix(self.page, index, ctypes.byref(matrix))
        a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
        size = self.calls.font_size(self.page, index) * (math.hypot(c, d) or 1.0)
        turn: int | None = 0
        if b or a <= 0:
            quarter = math.atan2(b, a) / (math.pi / 2)
            turn = round(quarter) % 4 if abs(quarter - round(quarter)) < 0.05 else None
        mark = -1
        if self.tagged:
            mark = pdfium.FPDFPageObj_GetMarkedContentID(pdfium.FPDFText_GetTextObject(self.textpage, index))
        return Look(_sane_size(size), bold, italic, turn, mark)

    def _ask_face(self, index: int) -> tuple[bool, bool]:
        """Whether the font of a character is bold, and whether it is italic."""
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(self.textpage, index, name, 128, ctypes.byref(flags))
        face = name.value.lower()
        bold = any(part in face for part in BOLD_FACES) or bool(flags.value & FORCE_BOLD)
        italic = b"italic" in face or b"oblique" in face or bool(flags.value & ITALIC)
        return bold, italic


def _sane_size(size: float) -> float:
    """The type size to a tenth of a point: what is no number or nothing becomes the least that can be printed."""
    return min(max(round(size, 1), 0.1), LARGEST_TYPE) if math.isfinite(size) else 0.1


def _read_objects(page: Any, frame: Frame) -> tuple[list[Rule], float]:
    """The ruling lines of a page, and the share of it that pictures cover."""
    rules: list[Rule] = []
    covered, segments = 0.0, 0
    box = (ctypes.c_float * 4)()
    edges = [ctypes.byref(box, i * ctypes.sizeof(ctypes.c_float)) for i in range(4)]
    bounds = load_calls().bounds
    for item, kind, (right, up) in _objects_of(page):
        if not bounds(ctypes.c_void_p(item), *edges):
            continue
        x0, y0, x1, y1 = box[:]
        if not -FARTHEST < x0 + y0 + x1 + y1 < FARTHEST or segments > MOST_SEGMENTS:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            covered += max(0.0, x1 - x0) * max(0.0, y1 - y0)
        else:
            segments += pdfium.FPDFPath_CountSegments(as_object(item))
            rules += _path_rules(item, frame, (x0 + right, y0 + up, x1 + right, y1 + up), (right, up))
    width, height = frame.size()
    return rules, min(1.0, covered / max(1.0, width * height))


def _objects_of(page: Any) -> Iterator[tuple[int, int, tuple[float, float]]]:
    """Paths and pictures of a page: address, type and the shift of the form they stand in; forms are opened one level
    deep."""
    calls, sheet = load_calls(), point_to(page)
    type_of, object_at = calls.object_type, calls.page_object
    wanted = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
    left = MOST_OBJECTS
    for i in range(min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS)):
        item = object_at(sheet, i) or 0
        kind = type_of(ctypes.c_void_p(item))
        if kind in wanted:
            yield item, kind, (0.0, 0.0)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            inside = list(_objects_in_form(item, left))
            left -= len(inside)
            yield from inside


def _objects_in_form(form: int, most: int) -> Iterator[tuple[int, int, tuple[float, float]]]:
    handle, matrix = as_object(form), pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(handle, matrix)
    for j in range(min(pdfium.FPDFFormObj_CountObjects(handle), most)):
        item = pdfium.FPDFFormObj_GetObject(handle, j)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            yield ctypes.cast(item, ctypes.c_void_p).value or 0, kind, (matrix.e, matrix.f)


def _path_rules(
    item: int, frame: Frame, box: tuple[float, float, float, float], shift: tuple[float, float]
) -> list[Rule]:
    """The lines of a path: a thin one whole, a rectangle's four edges, each straight segment of a longer one."""
    path = as_object(item)
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not fill.value and not stroke.value:
        return []
    left, top, right, bottom = frame.place(*box)
    if right - left <= THIN and bottom - top <= THIN:
        return []
    if bottom - top <= THIN:
        middle = (top + bottom) / 2
        return [Rule(left, middle, right, middle)]
    if right - left <= THIN:
        middle = (left + right) / 2
        return [Rule(middle, top, middle, bottom)]
    segments = pdfium.FPDFPath_CountSegments(path)
    if segments <= 6 and not stroke.value:
        return _box_rules(left, top, right, bottom)
    return list(_segment_rules(path, segments, frame, shift)) if segments <= 2000 else []


def _box_rules(left: float, top: float, right: float, bottom: float) -> list[Rule]:
    level = [Rule(left, y, right, y, drawn=False) for y in (top, bottom)]
    return level + [Rule(x, top, x, bottom, drawn=False) for x in (left, right)]


def _segment_rules(path: Any, count: int, frame: Frame, shift: tuple[float, float]) -> Iterator[Rule]:
    """The level and upright segments of a stroked path."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = None
    for i in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e + shift[0],
            matrix.b * x.value + matrix.d * y.value + matrix.f + shift[1],
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and here:
            yield from _straight(here, point, frame)
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment) and start:
            yield from _straight(point, start, frame)


def _straight(a: tuple[float, float], b: tuple[float, float], frame: Frame) -> Iterator[Rule]:
    left, top, right, bottom = frame.place(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
    if bottom - top <= 0.5 and right - left > THIN:
        yield Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)
    elif right - left <= 0.5 and bottom - top > THIN:
        yield Rule((left + right) / 2, top, (left + right) / 2, bottom)


def _read_notes(page: Any) -> Iterator[str]:
    """What stands in form fields and free-text notes of a page."""
    wanted = {pdfium.FPDF_ANNOT_WIDGET: b"V", pdfium.FPDF_ANNOT_FREETEXT: b"Contents"}
    for i in range(min(pdfium.FPDFPage_GetAnnotCount(page), 2000)):
        annotation = pdfium.FPDFPage_GetAnnot(page, i)
        try:
            key = wanted.get(pdfium.FPDFAnnot_GetSubtype(annotation))
            text = _note_text(annotation, key) if key else ""
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
        if text.strip():
            yield text.strip()


def _note_text(annotation: Any, key: bytes) -> str:
    size = pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", errors="replace")
