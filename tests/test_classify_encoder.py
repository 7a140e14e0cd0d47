"""What the encoder is given: word pieces with their places, the text before all else, whatever stands around it."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_textmine.classify import classify_statements
from lscb_textmine.classify.encoder import CELL, CLS, MOST_AROUND, MOST_TEXT, SEP, make_input
from lscb_textmine.classify.word_pieces import WordPieces
from lscb_textmine.models import load_models
from lscb_textmine.records import Candidate, NamedCell


@cache
def words() -> WordPieces:
    return load_models().encoder.word_pieces


def spelt(text: str) -> list[str]:
    names = {number: piece for piece, number in words().numbers.items()}
    return [names[piece.number] for piece in words().split(text, most=99)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Re-registration", ["re", "-", "registration"]),
        ("safeguarding", ["safeguard", "##ing"]),
        ("Gr?p Tŷ", ["gr", "?", "p", "ty"]),
        ("£4,500", ["£", "4", ",", "500"]),
        ("☃", ["[UNK]"]),
        ("", []),
    ],
)
def test_words_are_split_by_longest_match(text: str, pieces: list[str]) -> None:
    assert spelt(text) == pieces


@given(st.text(max_size=60))
def test_pieces_stand_in_order_where_they_say(text: str) -> None:
    found = words().split(text, most=99)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(text[piece.start : piece.end].strip() for piece in found)


@given(st.text(max_size=3000), st.text(max_size=400), st.text(max_size=400))
def test_input_is_bounded_and_every_place_is_in_its_source(text: str, heading: str, cell: str) -> None:
    candidate = Candidate(text, section=heading, cells=(NamedCell("Lead", cell, "lead"),))
    given_input = make_input(candidate, words())
    assert len(given_input.pieces) == len(given_input.segments) == len(given_input.places)
    assert len(given_input.pieces) <= MOST_TEXT + MOST_AROUND + 3
    assert given_input.pieces[0] == CLS and given_input.pieces.count(SEP) >= 2
    sources = {"text": text, "heading": heading, f"{CELL}0": cell}
    for place in given_input.places:
        assert not place.source or 0 <= place.start < place.end <= len(sources[place.source])


def test_owner_and_time_come_before_other_cells_and_the_text_is_not_told_twice() -> None:
    cells = (
        NamedCell("Action", "Publish the leaflet", "statement"),
        NamedCell("Progress", "printed", "progress"),
        NamedCell("Lead", "Helen", "lead"),
        NamedCell("By when", "", "timescale"),
    )
    places = make_input(Candidate("Publish the leaflet", "table_row", cells=cells), words()).places
    assert list(dict.fromkeys(place.source for place in places if place.source)) == [
        "text", f"{CELL}2", f"{CELL}1",
    ]  # fmt: skip


def test_a_column_named_text_is_not_taken_for_the_text() -> None:
    cells = (NamedCell("text", "Children say that they are safer at home", "measure"), NamedCell("Lead", "All", "lead"))
    again = (*cells, NamedCell("Lead", "Helen Evans", "lead"))
    candidate = Candidate("Write it up soon", "table_row", cells=again)
    (objective,) = classify_statements([candidate], load_models())
    assert all(span.text == candidate.text[span.start : span.end] for span in objective.spans)
    for judgement in objective.judgements:
        for reason in judgement.because:
            held = [cell.text for cell in again if cell.name == reason.source] + [candidate.text]
            assert any(words[reason.start : reason.end] == reason.text for words in held)
