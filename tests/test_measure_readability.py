"""How hard a paper is to read: textstat's own figures where sentences are plain, list items never run together."""

from __future__ import annotations

import subprocess
import sys

import pytest
import textstat

from lscb_textmine.measure.readability import measure_readability

PLAIN = (
    "The Board met five times and looked at the care of eleven babies.",
    "Nobody had asked the fathers where the baby slept at night.",
    "Health visitors now ask on the first visit and write the answer down.",
    "Managers were less confident in the assessments that were finished over the telephone.",
)


def test_figures_are_those_of_textstat() -> None:
    found = measure_readability(PLAIN * 3)
    text = " ".join(PLAIN * 3)
    assert found is not None
    assert (found.words, found.sentences) == (textstat.lexicon_count(text), textstat.sentence_count(text))
    assert found.reading_ease == pytest.approx(textstat.flesch_reading_ease(text), abs=0.06)
    assert found.grade == pytest.approx(textstat.flesch_kincaid_grade(text), abs=0.06)


def test_items_without_stops_are_sentences_of_their_own() -> None:
    items = tuple(sentence.rstrip(".") for sentence in PLAIN)
    assert measure_readability(items * 3) == measure_readability(PLAIN * 3)


def test_stops_inside_a_sentence_end_none() -> None:
    found = measure_readability(["Dr. Ames saw 3.5 per cent of them at 9.30 a.m. on a Friday in Lent"] * 10)
    assert found is not None and found.sentences == 10


def test_long_words_read_harder() -> None:
    easy, hard = measure_readability(PLAIN * 3), measure_readability(["Multi-agency safeguarding arrangements"] * 60)
    assert easy is not None and hard is not None
    assert easy.reading_ease > hard.reading_ease and easy.grade < hard.grade


@pytest.mark.parametrize("sentences", [(), PLAIN, ("2010-11 98% 44 – –",) * 30])
def test_too_few_words_have_no_figures(sentences: tuple[str, ...]) -> None:
    assert measure_readability(sentences) is None


def test_dictionary_is_read_without_a_connection() -> None:
    code = (
        "import socket\n"
        "def refuse(*a, **k): raise AssertionError('a connection was opened')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from lscb_textmine.measure.readability import measure_readability\n"
        f"assert measure_readability({PLAIN!r} * 3)"
    )
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True).stderr == ""
