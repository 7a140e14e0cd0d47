"""Pictures of pages before any letter is read: set straight, their lines and rows of dots found, sizes told."""

from __future__ import annotations

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from lscb_textmine.read.leaders import find_leaders, take_leaders
from lscb_textmine.read.scan_rules import take_rules
from lscb_textmine.read.scan_words import settle_sizes
from lscb_textmine.read.straight import find_ink, flatten, half_turn, lay_back, straighten, turn_box
from lscb_textmine.read.tesseract import keep_q, read_hocr
from lscb_textmine.read.words import PageWords, Word
from lscb_textmine.records import Cell, Paragraph, Row, Table

LINES = (
    "The Board will publish the neglect strategy by March 2012",
    "and tell every school in the county what has changed in it.",
    "Head teachers asked for a leaflet that fits in a pocket.",
    "It was agreed that the training group would write one.",
)


def draw_page(*, width: int = 1400, height: int = 1000, size: int = 40) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """A page with four lines of print, and the pen that drew it."""
    page = Image.new("L", (width, height), 245)
    pen = ImageDraw.Draw(page)
    for i, line in enumerate(LINES):
        pen.text((100, 100 + 2 * size * i), line, fill=30, font=ImageFont.load_default(size))
    return page, pen


@pytest.mark.parametrize("angle", [-4.3, -1.0, -0.2, 0.0, 0.6, 2.5])
def test_page_askew_is_set_straight(angle: float) -> None:
    page, _ = draw_page()
    laid = straighten(page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=245))
    assert laid.quarters == 0 and laid.askew == pytest.approx(-angle, abs=0.11)


@pytest.mark.parametrize("turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270])
def test_page_on_its_side_is_turned(turn: Image.Transpose) -> None:
    page, _ = draw_page()
    laid = straighten(page.transpose(turn))
    assert laid.quarters == 1 and laid.picture.size == page.size
    right_way_up = laid if turn is Image.Transpose.ROTATE_90 else half_turn(laid)
    assert numpy.abs(numpy.asarray(right_way_up.picture, int) - numpy.asarray(page, int)).mean() < 3


@pytest.mark.parametrize("level", [255, 0, 128])
@pytest.mark.parametrize("size", [(1, 1), (15, 40), (700, 900)])
def test_page_without_print_is_left_as_it_is(level: int, size: tuple[int, int]) -> None:
    laid = straighten(Image.new("L", size, level))
    assert (laid.quarters, laid.askew) == (0, 0.0)
    assert take_rules(flatten(laid.picture)).lines == ()


@given(
    st.tuples(*[st.floats(0, 500)] * 4).map(
        lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
    ),
    st.floats(-5, 5),
)
def test_turned_box_holds_the_box_turned_back(box: tuple[float, float, float, float], angle: float) -> None:
    there = turn_box(box, angle, (250, 250))
    back = turn_box(there, -angle, (250, 250))
    assert (
        back[0] <= box[0] + 1e-6 and back[1] <= box[1] + 1e-6 and back[2] >= box[2] - 1e-6 and back[3] >= box[3] - 1e-6
    )


def test_boxes_of_blocks_are_laid_back_page_by_page() -> None:
    box = (100.0, 100.0, 200.0, 120.0)
    row = Row((Cell("Publish it", box=box),), page=2, box=box)
    blocks = (Paragraph("Words", page=1, box=box), Table(("",), (row,), page=2, box=box))
    pages = {1: PageWords(1, 600, 800, (), ()), 2: PageWords(2, 600, 800, (), (), scanned=True, askew=2.0)}
    first, table = lay_back(blocks, pages)
    expected = turn_box(box, 2.0, (300, 400))
    assert first.box == box and table.box == expected
    assert isinstance(table, Table) and (table.rows[0].box, table.rows[0].cells[0].box) == (expected, expected)


def test_ruling_lines_are_found_and_painted_out_and_letters_left() -> None:
    page, pen = draw_page()
    clean = numpy.asarray(page).copy()
    for y in (500, 560, 700):
        pen.line((90, y, 1290, y), fill=40, width=2)
    for x in (90, 500, 1290):
        pen.line((x, 500, x, 700), fill=40, width=2)
    ruled = take_rules(page)
    level = sorted(round(line[1]) for line in ruled.lines if line[1] == line[3])
    upright = sorted(round(line[0]) for line in ruled.lines if line[0] == line[2])
    assert level == pytest.approx([500, 560, 700], abs=2) and upright == pytest.approx([90, 500, 1290], abs=2)
    assert numpy.abs(numpy.asarray(ruled.picture, int) - clean.astype(int)).max() < 30


def test_line_in_grey_round_a_shaded_row_is_found() -> None:
    page = Image.new("L", (1000, 600), 240)
    pen = ImageDraw.Draw(page)
    pen.rectangle((100, 200, 900, 240), fill=205)
    for y in (200, 240, 300):
        pen.line((100, y, 900, y), fill=130, width=2)
    assert len(take_rules(page).lines) == 3


def test_letter_in_line_with_an_upright_does_not_part_the_row() -> None:
    page = Image.new("L", (1000, 600), 245)
    pen = ImageDraw.Draw(page)
    for y in (100, 200, 250, 400):
        pen.line((100, y, 900, y), fill=30, width=2)
    for top, bottom in ((100, 200), (250, 400)):
        pen.line((300, top, 300, bottom), fill=30, width=2)
    pen.line((300, 208, 300, 238), fill=30, width=4)  # an "l" in a heading row that spans the columns
    parts = sorted((line[1], line[3]) for line in take_rules(page).lines if line[0] == line[2])
    assert [(round(a, -1), round(b, -1)) for a, b in parts] == [(100, 200), (250, 400)]


def test_rows_of_dots_are_taken_out_and_words_left() -> None:
    page, pen = draw_page()
    before = numpy.asarray(flatten(page)).copy()
    for x in range(700, 1200, 12):
        pen.ellipse((x, 600, x + 4, 604), fill=20)
    (leader,), picture = take_leaders(flatten(page))
    assert (leader.left, leader.right) == pytest.approx((700, 1194), abs=14)
    assert numpy.abs(numpy.asarray(picture, int) - before.astype(int)).max() < 30
    assert find_leaders(find_ink(Image.fromarray(before))) == ()


HOCR = """<div class='ocr_page' id='page_1' title='image "stdin"; bbox 0 0 900 400; ppageno 0'>
<p class='ocr_par' id='par_1_1' lang='eng' title="bbox 10 10 400 90">
<span class='ocr_line' id='line_1_1' title="bbox 10 10 400 50; baseline 0.01 -9; x_size 40; x_descenders 9">
<span class='ocrx_word' id='word_1_1' title='bbox 10 12 100 50; x_wconf 95'>Board&#39;s</span>
<span class='ocrx_word' id='word_1_2' title='bbox 120 12 200 41; x_wconf 12'><em> </em></span></span>
<span class='ocr_line' id='line_1_2' title="bbox 10 60 400 90; baseline 0 0; x_size 38">
<span class='ocrx_word' id='word_1_3' title='bbox 10 60 90 90; x_wconf 61'>{word}</span></span></p></div>"""


def test_words_of_tesseract_keep_box_confidence_and_line() -> None:
    first, second = read_hocr(HOCR.format(word="was"))
    assert (first.text, first.left, first.bottom, first.sure) == ("Board's", 10, 50, 95.0)
    assert first.line.base_at(110) == pytest.approx(50 - 9 + 1)
    assert second.line.reach == first.line.reach  # of one paragraph, so of one size


def test_q_is_taken_from_the_english_reading() -> None:
    english, both = read_hocr(HOCR.format(word="quorate")), read_hocr(HOCR.format(word="guorate"))
    assert [each.text for each in keep_q(english, both)] == ["Board's", "quorate"]
    assert [each.text for each in keep_q(read_hocr(HOCR.format(word="quo")), both)] == ["Board's", "guorate"]


def test_sizes_of_a_scan_are_settled_over_its_pages_and_base_lines_stay() -> None:
    def page(number: int, *sizes: float, scanned: bool) -> PageWords:
        words = tuple(Word("Board", 72, 100 - 0.9 * s, 99, 100 + 0.21 * s, s, False, False, True) for s in sizes)
        return PageWords(number, 595, 842, words, (), scanned=scanned)

    pages = settle_sizes(
        [page(1, 9.8, 10.0, 14.2, scanned=True), page(2, 10.0, 10.3, scanned=True), page(3, 9.7, scanned=False)]
    )
    assert [[word.size for word in each.words] for each in pages] == [[10.0, 10.0, 14.2], [10.0, 10.0], [9.7]]
    assert all(word.bottom == pytest.approx(100 + 0.21 * word.size) for each in pages for word in each.words)
