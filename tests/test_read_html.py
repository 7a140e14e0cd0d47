"""Web pages: what a browser shows is read, in order; scripts, menus and hidden words are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from lscb_textmine.errors import ReadError
from lscb_textmine.read.html import read_html
from lscb_textmine.records import Block, Paragraph, Table


def read(tmp_path: Path, page: str) -> tuple[Block, ...]:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    return read_html(path).blocks


def paragraphs(tmp_path: Path, page: str) -> list[Paragraph]:
    return [block for block in read(tmp_path, page) if isinstance(block, Paragraph)]


def only_table(tmp_path: Path, page: str) -> Table:
    (found,) = (block for block in read(tmp_path, page) if isinstance(block, Table))
    return found


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Publish\n   the <b>leaflet</b>.</p>", "Publish the leaflet."),
        ("<p>Publish<br>the leaflet.</p>", "Publish the leaflet."),
        ("<div>Publish the leaflet.<script>hide()</script></div>", "Publish the leaflet."),
        ("<nav>Home</nav><p>Kept.</p>", "Kept."),
        ("<p hidden>Gone.</p><p style='display: none'>Gone.</p><p>Kept.</p>", "Kept."),
        ("<p>Kept.<!-- not shown --></p><style>p {}</style>", "Kept."),
        ("Loose words.", "Loose words."),
        ("<p>Sŵn y plant &amp; more.</p>", "Sŵn y plant & more."),
    ],
)
def test_a_paragraph_holds_what_a_browser_shows(tmp_path: Path, page: str, expected: str) -> None:
    assert [each.text for each in paragraphs(tmp_path, page)] == [expected]


def test_the_only_first_heading_is_the_title(tmp_path: Path) -> None:
    page = "<h1>Business plan</h1><p>For 2012.</p><h2>1. Neglect</h2><h3>What we will do</h3><p>Much.</p>"
    found = paragraphs(tmp_path, page)
    assert [(each.kind, each.level, each.marker, each.text) for each in found] == [
        ("title", 0, "", "Business plan"),
        ("paragraph", 0, "", "For 2012."),
        ("heading", 2, "1.", "Neglect"),
        ("heading", 3, "", "What we will do"),
        ("paragraph", 0, "", "Much."),
    ]


def test_lists_keep_their_markers_and_depth(tmp_path: Path) -> None:
    page = (
        "<p>We will:</p><ol start=3><li>Publish<ul><li>a leaflet</li><li>a poster</li></ul></li>"
        "<li><p>Hold an event</p><p>It is free.</p></li></ol>"
    )
    found = paragraphs(tmp_path, page)
    assert [(each.kind, each.marker, each.level, each.text) for each in found] == [
        ("paragraph", "", 0, "We will:"),
        ("list_item", "3.", 0, "Publish"),
        ("list_item", "•", 1, "a leaflet"),
        ("list_item", "•", 1, "a poster"),
        ("list_item", "4.", 0, "Hold an event"),
        ("paragraph", "", 0, "It is free."),
    ]


def test_lettered_lists_and_typed_markers_are_known(tmp_path: Path) -> None:
    page = "<ol type=a><li>one</li><li>two</li></ol><p>- three<br>- four</p>"
    assert [each.marker for each in paragraphs(tmp_path, page)] == ["a.", "b.", "-", "-"]


def test_merged_cells_stand_in_each_row(tmp_path: Path) -> None:
    page = (
        "<table><thead><tr><th>Objective<th>Action<th>Lead</thead>"
        "<tr><td rowspan=2>Children are heard<td>Hold a forum in May<td>Participation Officer</tr>"
        "<tr><td>Publish what they said<td>Board Manager</tr>"
        "<tr><td>Staff are trained<td>Train 40 nurses<td>Health Board</tr></table>"
    )
    found = only_table(tmp_path, page)
    assert found.header == ("Objective", "Action", "Lead")
    assert [tuple(each.text for each in line.cells) for line in found.rows] == [
        ("Children are heard", "Hold a forum in May", "Participation Officer"),
        ("Children are heard", "Publish what they said", "Board Manager"),
        ("Staff are trained", "Train 40 nurses", "Health Board"),
    ]


def test_a_cell_keeps_its_paragraphs_apart(tmp_path: Path) -> None:
    page = (
        "<table><tr><th>Action<th>Lead</tr>"
        "<tr><td><p>Visit:</p><ul><li>shops</li><li>hotels</li></ul><td>Police</tr></table>"
    )
    cell = only_table(tmp_path, page).rows[0].cells[0]
    assert cell.text == "Visit: shops hotels"
    assert [cell.text[start:end] for start, end in cell.paragraphs()] == ["Visit:", "shops", "hotels"]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>",
        "<table role=presentation><tr><td>One.</td><td>Two.</td></tr></table>",
    ],
)
def test_a_layout_table_is_no_table(tmp_path: Path, page: str) -> None:
    blocks = read(tmp_path, page)
    assert [block.text for block in blocks if isinstance(block, Paragraph)] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("<p>Sŵn – “plant”".encode(), "Sŵn – “plant”"),
        ("<p>Sŵn".encode("utf-16"), "Sŵn"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>\x93Safe\x94', "“Safe”"),
        (b"<p>Children\x92s views", "Children’s views"),
        ('<?xml version="1.0" encoding="UTF-8"?><html><body><p>Sŵn</p></body></html>'.encode(), "Sŵn"),
        (b'<meta charset="no-such"><p>Safe', "Safe"),
    ],
)
def test_letters_are_read_by_declaration_or_by_guess(tmp_path: Path, data: bytes, expected: str) -> None:
    path = tmp_path / "page.htm"
    path.write_bytes(data)
    assert [block.text for block in read_html(path).blocks if isinstance(block, Paragraph)] == [expected]


def test_the_page_title_is_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<title>Cwm  Arthen LSCB</title><p>Text.</p>", encoding="utf-8")
    assert read_html(path).title == "Cwm Arthen LSCB"


@pytest.mark.parametrize("page", ["", " \n", "<script>only()</script>"])
def test_a_page_without_text_is_a_problem(tmp_path: Path, page: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page, encoding="utf-8")
    content = read_html(path)
    assert not content.blocks
    assert len(content.problems) == 1


def test_a_page_nested_beyond_reason_is_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<div>" * 5000 + "Deep." + "</div>" * 5000, encoding="utf-8")
    try:
        assert read_html(path).blocks is not None
    except ReadError as refusal:
        assert "page.html" in str(refusal)
