"""Time expressions become the last day they allow."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lscb_textmine.classify.dates import dates_in, to_date


@pytest.mark.parametrize(
    ("expression", "year", "expected"),
    [
        ("March 2012", "", date(2012, 3, 31)),
        ("31/12/2016", "", date(2016, 12, 31)),
        ("14/10", "2010-11", date(2010, 10, 14)),
        ("Sept 08", "", date(2008, 9, 30)),
        ("9h July 2008", "", date(2008, 7, 9)),
        ("31stMarch", "2010-11", date(2011, 3, 31)),
        ("April 1st, 2013", "", date(2013, 4, 1)),
        ("spring term 09", "", date(2009, 3, 31)),
        ("end of autumn term 10", "", date(2010, 12, 31)),
        ("Q1", "2010-11", date(2010, 6, 30)),
        ("Q3 2014/15", "", date(2014, 12, 31)),
        ("Q4 2014/15", "", date(2015, 3, 31)),
        ("2013/14", "", date(2014, 3, 31)),
        ("2014-17", "", date(2017, 3, 31)),
        ("2017 – 18", "", date(2018, 3, 31)),
        ("16/17", "", date(2017, 3, 31)),
        ("by the end of the financial year", "2010-11", date(2011, 3, 31)),
        ("by Christmas", "2011-12", date(2011, 12, 25)),
        ("Whitsun", "2010-11", date(2010, 5, 23)),
        ("31 Jan 2011 (funding permitting)", "", date(2011, 1, 31)),
        ("01/04/14", "", date(2014, 4, 1)),
        ("Start: Apr 10 Complete: Dec 10", "", date(2010, 12, 31)),
        ("Jan 08 / April 08", "", date(2008, 4, 30)),
        ("by October", "2010-11", date(2010, 10, 31)),
        ("February", "2010-11", date(2011, 2, 28)),
        ("second half of the year", "2014-15", date(2015, 3, 31)),
    ],
)
def test_last_day_of_expression(expression: str, year: str, expected: date) -> None:
    assert to_date(expression, year=year) == expected


@pytest.mark.parametrize(
    "expression", ["next meeting", "Ongoing", "TBC", "8 July", "1.1", "from 3.30pm", "may be late"]
)
def test_no_date_can_be_told(expression: str) -> None:
    assert to_date(expression) is None


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2049, 12, 31)))
def test_full_dates_come_back(day: date) -> None:
    assert to_date(day.strftime("%d/%m/%Y")) == day
    assert to_date(day.isoformat()) == day
    assert to_date(f"{day.day} {day:%B %Y}") == day


@given(st.text(alphabet="0123456789/-. ,March of the term Q", max_size=40))
def test_any_text_is_borne(text: str) -> None:
    for start, end, _ in dates_in(text, year="2010-11"):
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("words", ["Summer", "Autumn term", "SPRING", "Winter 2008", "Next year", "End of the year"])
def test_capitals_make_no_difference(words: str) -> None:
    assert to_date(words, year="2008-09") == to_date(words.lower(), year="2008-09") is not None
