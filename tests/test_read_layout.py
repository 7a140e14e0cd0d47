"""PDF words made by hand: what paragraphs, headings, lists and notes a reader takes them for."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_textmine.read.cell_text import lines_to_text
from lscb_textmine.read.joining import join_lines, load_joining_rules, mend_text, words_seen
from lscb_textmine.read.layout import pages_to_blocks
from lscb_textmine.read.lines import make_line
from lscb_textmine.read.printed_markers import split_marker
from lscb_textmine.read.running import drop_running
from lscb_textmine.read.words import PageWords, Word
from lscb_textmine.records import Paragraph

BODY = (
    "The Board met five times in the year and heard from each of its groups about",
    "the work that had been done in schools and surgeries across the county, and it",
    "asked what had changed for children.",
)


def print_line(text: str, top: float, *, left: float = 72.0, size: float = 10.0, bold: bool = False) -> list[Word]:
    """The words of a line in a type whose letters are all half as wide as high."""
    words = []
    for part in text.split(" "):
        right = left + len(part) * size / 2
        words.append(Word(part, left, top, right, top + 1.1 * size, size, bold, False, True))
        left = right + 0.3 * size
    return words


def print_lines(texts: Sequence[str], top: float, *, left: float = 72.0, pitch: float = 12.0) -> list[Word]:
    return [word for i, text in enumerate(texts) for word in print_line(text, top + pitch * i, left=left)]


def print_page(words: Sequence[Word], number: int = 1) -> PageWords:
    return PageWords(number, 595.0, 842.0, tuple(words), ())


def blocks_of(*pages: Sequence[Word]) -> list[Paragraph]:
    printed = [print_page(words, number) for number, words in enumerate(pages, 1)]
    return [block for block in pages_to_blocks(printed) if isinstance(block, Paragraph)]


def test_lines_make_a_paragraph_and_a_gap_ends_it() -> None:
    first, second = blocks_of(print_lines(BODY, 200) + print_lines(BODY, 250))
    assert first.text == " ".join(BODY) == second.text
    assert first.box and second.box
    assert first.box[0] == 72.0 and first.box[3] < second.box[1]


def test_a_blank_line_after_every_line_ends_no_paragraph() -> None:
    (only,) = blocks_of(print_lines(BODY * 4, 200, pitch=24.0))[:1]
    assert only.text.startswith(" ".join(BODY[:2]))


def test_paragraph_runs_over_a_page_end_past_its_footnote() -> None:
    note = print_line("1 See the report of 2011.", 780, size=7.0)
    first, footnote, *_ = blocks_of(print_lines(BODY[:2], 700) + note, print_lines(BODY[2:], 72))
    assert (first.page, first.page_end, first.text) == (1, 2, " ".join(BODY))
    assert (footnote.kind, footnote.marker, footnote.text) == ("footnote", "1", "See the report of 2011.")


@pytest.mark.parametrize("style", [{"size": 16.0}, {"bold": True}])
def test_large_or_bold_line_is_a_heading_with_its_number_apart(style: dict[str, float]) -> None:
    cover = print_line("Business Plan", 100, size=30.0)
    page = print_line("2. Action plan", 180, **style) + print_lines(BODY, 200)  # type: ignore[arg-type]
    _, heading, body = blocks_of(cover + page)
    assert (heading.kind, heading.marker, heading.text, heading.level) == ("heading", "2.", "Action plan", 1)
    assert body.kind == "paragraph"


def test_wrapped_heading_is_one_and_smaller_type_is_deeper() -> None:
    title = print_line("Strategy", 60, size=30.0)
    wrapped = print_line("Priorities for a county with more children than", 120, size=18.0)
    wrapped += print_line("ever before in its history", 140, size=18.0)
    small = print_line("Neglect", 180, bold=True)
    blocks = blocks_of(title + wrapped + small + print_lines(BODY, 200))
    assert [(each.kind, each.level) for each in blocks] == [
        ("title", 0), ("heading", 1), ("heading", 2), ("paragraph", 0),
    ]  # fmt: skip
    assert blocks[1].text == "Priorities for a county with more children than ever before in its history"


@pytest.mark.parametrize("marker", ["•", "–", "♦", "§", "(c)", "a)", "1.", "2.4", "\uf0b7", "o"])
def test_marker_stands_apart_from_the_words_of_its_item(marker: str) -> None:
    words = print_lines(BODY, 200) + print_line(marker, 250) + print_line("Publish the leaflet", 250, left=100)
    item = blocks_of(words)[-1]
    assert (item.kind, item.text) == ("list_item", "Publish the leaflet")
    assert item.marker == ("•" if marker == "\uf0b7" else marker)


def test_markers_stored_after_all_words_find_their_items_and_depth() -> None:
    items = print_line("Publish a leaflet", 250, left=90) + print_line("in Welsh", 265, left=110)
    marks = print_line("•", 250, left=80) + print_line("◦", 265, left=100)
    *_, first, second = blocks_of(print_lines(BODY, 200) + items + marks)
    assert [(each.text, each.marker, each.level) for each in (first, second)] == [
        ("Publish a leaflet", "•", 0), ("in Welsh", "◦", 1),
    ]  # fmt: skip


def test_item_goes_on_overleaf_under_its_words() -> None:
    first = print_lines(BODY, 600) + print_line(
        "• Publish a leaflet for the parents and carers of all the children who", 760
    )
    second = print_line("live in the county", 80, left=80) + print_lines(BODY, 100)
    item = next(each for each in blocks_of(first, second) if each.kind == "list_item")
    assert item.text.endswith("all the children who live in the county")
    assert (item.page, item.page_end) == (1, 2)


def test_two_columns_stored_row_by_row_are_read_one_after_the_other() -> None:
    left = [f"left line {i} of the running text here" for i in range(12)]
    right = [f"right line {i} of the running text here" for i in range(12)]
    words = [
        word
        for i in range(12)
        for word in print_line(left[i], 100 + 12 * i, left=60) + print_line(right[i], 100 + 12 * i, left=320)
    ]
    text = " ".join(each.text for each in blocks_of(words))
    assert text == " ".join(left + right)


def test_running_heads_feet_and_watermarks_leave_the_text() -> None:
    pages = []
    for number in range(1, 5):
        head = print_line("Cwm Arthen LSCB Plan 2010-11", 30, size=8.0)
        foot = print_line(f"Page {number} of 4", 800, size=8.0)
        draft = [Word("DRAFT", 150, 300, 400, 500, 60.0, False, False, False)]
        pages.append(print_page(draft + head + print_lines(BODY, 200) + foot, number))
    clean = drop_running(pages)
    assert all(" ".join(word.text for word in page.words) == " ".join(BODY) for page in clean)
    assert drop_running(clean) == clean


def test_numbered_headings_at_one_place_are_no_running_heads() -> None:
    pages = [print_line(f"Priority {i}", 72, bold=True) + print_lines(BODY, 100) for i in (3, 1, 2)]
    found = [each.text for each in blocks_of(*pages) if each.text.startswith("Priority")]
    assert found == ["Priority 3", "Priority 1", "Priority 2"]


def test_contents_entries_are_told_by_leaders() -> None:
    entries = [f"{i}. Chapter {i} ........... {i + 2}" for i in range(1, 5)]
    blocks = blocks_of(print_line("Contents", 100, size=16.0) + print_lines(entries, 130))
    assert [each.kind for each in blocks][-4:] == ["contents"] * 4
    assert blocks[-1].text == "4. Chapter 4 6"


def test_tables_keep_their_place() -> None:
    page = print_page(print_lines(BODY, 100) + print_lines(BODY, 400))
    blocks = pages_to_blocks([page], [(1, 200.0, 0), (1, 600.0, 1)])
    assert [block if isinstance(block, int) else "text" for block in blocks] == ["text", 0, "text", 1]


def test_no_words_give_only_the_tables() -> None:
    assert pages_to_blocks([print_page([])], [(1, 5.0, 0)]) == (0,)


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a high\ufffe", "rated course"], "a high-rated course"),
        (["the chil\ufffe", "dren"], "the children"),
        (["the sci\u2010", "entific view"], "the scientific view"),
        (["pre-", "and post-course"], "pre- and post-course"),
        (["in 2010-", "11 and"], "in 2010-11 and"),
        (["Rhyd-y-", "Gaer"], "Rhyd-y-Gaer"),
        (["Police/", "Health"], "Police/Health"),
        (["e\ufb03cient", "sta\ufb00"], "efficient staff"),
    ],
)
def test_line_ends_are_joined(lines: list[str], joined: str) -> None:
    assert join_lines(lines, frozenset({"rated", "children", "and"})) == joined


def test_halves_of_broken_words_are_not_in_the_vocabulary() -> None:
    assert words_seen([print_page(print_lines(["the sci\u2010", "entific view"], 100))]) == {"the", "view"}


def test_lost_letters_are_put_back_as_the_examples_say() -> None:
    data = tomllib.loads(files("lscb_textmine.read").joinpath("joining.toml").read_text(encoding="utf-8"))
    for example in data["example"]:
        assert mend_text(example["broken"], frozenset({example["broken"].lower()})) == example["mended"]
    assert not load_joining_rules().mended.keys() & set(data["whole"])


def test_letters_set_apart_are_closed_up() -> None:
    words, left = [], 50.0
    for letter in "Bwrdd|Diogelu":
        if letter != "|":
            words.append(Word(letter, left, 10, left + 6, 21, 10.0, False, False, True))
        left += 12 if letter != "|" else 8
    assert make_line(words).text == "Bwrdd Diogelu"


def test_cell_keeps_its_paragraphs_and_leaves_bullets_out() -> None:
    heading = print_line("3. Performance report", 100, bold=True)
    cell = heading + print_line("Timeliness was 88%.", 118) + print_line("• ten visits", 130) + print_line("• two", 142)
    text = lines_to_text(cell, frozenset())
    assert text.text == "3. Performance report Timeliness was 88%. ten visits two"
    assert [text.text[i:] for i in text.breaks][-1] == "two" and len(text.breaks) == 3
    assert text.text[slice(*text.bold[0])] == "3. Performance report"


@given(st.lists(st.text("abc .-•1", min_size=1, max_size=12), min_size=1, max_size=20))
def test_every_word_printed_is_read(texts: list[str]) -> None:
    kept = [" ".join(text.split()) for text in texts if text.split()]
    words = print_lines(kept, 150, pitch=14.0) if kept else []
    blocks = blocks_of(words)
    read = "".join(each.marker + each.text for each in blocks)
    assert sorted(c for c in read if c in "abc1") == sorted(c for text in kept for c in text if c in "abc1")


def test_marker_alone_is_no_marker() -> None:
    assert split_marker(print_line("•", 10)) is None
