"""Each block is marked English or Welsh, by its own words where they tell and by its neighbours where they do not."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from lscb_textmine.read.language import guess_language, load_detector, mark_languages
from lscb_textmine.records import Cell, Paragraph, Row, Table

ENGLISH = "The Board will publish the neglect strategy and tell every agency of it."
WELSH = "Bydd y Bwrdd yn cyhoeddi'r strategaeth esgeulustod ac yn dweud wrth bob asiantaeth amdani erbyn mis Mawrth."


def examples() -> list[tuple[str, str]]:
    data = tomllib.loads(files("lscb_textmine.read").joinpath("language.toml").read_text(encoding="utf-8"))
    return [(each["language"], text) for each in data["example"] for text in each["texts"]]


def languages_of(*texts: str) -> list[str]:
    blocks, _ = mark_languages([Paragraph(text) for text in texts])
    return [block.language for block in blocks]


@pytest.mark.parametrize(("language", "text"), examples())
def test_examples_of_the_word_list(language: str, text: str) -> None:
    assert languages_of(text) == [language]


def test_welsh_heading_over_english_text_and_the_reverse() -> None:
    assert languages_of("Rhagair", ENGLISH, "Foreword", WELSH) == ["cy", "en", "en", "cy"]


def test_names_and_numbers_follow_their_neighbours() -> None:
    assert languages_of(WELSH, "Siân Maelor", "12/03/2012", ENGLISH, "Rhodri Elidir") == ["cy", "cy", "cy", "en", "en"]


def test_welsh_names_do_not_turn_an_english_paper_welsh() -> None:
    texts = ["Present", "Gwenllian Prydderch, Cadeirydd Annibynnol", "Plant Arthen", "Ysgol Gyfun Pen y Bont", ENGLISH]
    assert set(languages_of(*texts)[2:]) == {"en"}


def test_doubtful_welsh_is_looked_at_closely() -> None:
    assert languages_of(WELSH, ENGLISH, "Gwella ymwybyddiaeth gweithwyr rheng flaen") == ["cy", "en", "cy"]


def test_english_paper_never_loads_the_detector() -> None:
    before = load_detector.cache_info()
    mark_languages(
        [Paragraph("Bwrdd Lleol Diogelu Plant"), Paragraph(ENGLISH), Paragraph("Guidance published at conference")]
    )
    assert load_detector.cache_info() == before


def test_tables_are_marked_row_by_row() -> None:
    table = Table(
        ("", ""), (Row((Cell(ENGLISH), Cell("GP"))), Row((Cell(WELSH), Cell("GP"))), Row((Cell(WELSH), Cell())))
    )
    (marked,), _ = mark_languages([table])
    assert isinstance(marked, Table)
    assert ([row.language for row in marked.rows], marked.language) == (["en", "cy", "cy"], "cy")


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Bwrdd Lleol Diogelu Plant Cwm Arthen", ENGLISH], ("en",)),
        ([WELSH, WELSH], ("cy",)),
        ([WELSH, WELSH, ENGLISH, ENGLISH], ("en", "cy")),
        ([], ("en",)),
    ],
)
def test_languages_of_the_paper(texts: list[str], expected: tuple[str, ...]) -> None:
    assert mark_languages([Paragraph(text) for text in texts])[1] == expected


def test_mixed_line_is_taken_for_the_language_with_more_words() -> None:
    assert guess_language(f"{WELSH} Board") == "cy"


def test_row_with_both_languages_has_that_of_its_statement() -> None:
    row = Row((Cell(WELSH), Cell(ENGLISH), Cell("Cadeirydd / Chair")))
    (marked,), _ = mark_languages([Table(("", "", ""), (row,), roles=("other", "statement", "lead"))])
    assert isinstance(marked, Table) and marked.rows[0].language == "en"


def test_spelling_settles_doubtful_text_without_the_detector() -> None:
    before = load_detector.cache_info()
    doubtful = ("cynhaliwyd wyth archwiliad achos", "develop an advocacy service", "Gwrando, gweld – seeing, acting")
    assert languages_of(WELSH, WELSH, ENGLISH, *doubtful)[3:] == ["cy", "en", "en"]
    assert load_detector.cache_info() == before
