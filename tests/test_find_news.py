"""What minutes say of actions agreed before: where it stands, and what it comes to."""

from __future__ import annotations

import pytest

from lscb_textmine.find import find_action_news
from lscb_textmine.find.news import judge_words, name_topic
from lscb_textmine.read.columns import column_roles
from lscb_textmine.records import ActionNews, Block, Cell, Document, Known, Paragraph, Row, Table

ARISING = ("3. Matters arising",)


def news_of(*blocks: Block, doc_type: str = "minutes") -> list[ActionNews]:
    document = Document("m.pdf", "", "pdf", blocks=blocks, doc_type=Known(doc_type))
    found = find_action_news(document)
    assert all(each.place and each.text in document.text_at(each.place) for each in found)
    return list(found)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Closed", "closed"),
        ("This was not yet complete.", "carried forward"),
        ("The letter had been sent on 4 May.", "closed"),
        ("The letter had not been sent.", "carried forward"),
        ("PL had written twice and was still waiting.", "carried forward"),
        ("Deferred to the March meeting.", "carried forward"),
        ("Both received", "closed"),
        ("One visited; the other has cancelled twice. Open", "carried forward"),
        ("It was agreed that RE would go back.", ""),
        ("The schools lead is a governor.", ""),
    ],
)
def test_what_words_come_to(words: str, state: str) -> None:
    assert judge_words(words)[0] == state


def test_a_log_tells_by_status_before_progress() -> None:
    header = ("No.", "Action", "Owner", "Update", "Status")
    cells = (
        ("1", "Send the report to schools", "AO", "Sent to most", "Open"),
        ("2", "Book the hall", "BE", "Booked", ""),
    )
    table = Table(header, tuple(Row(tuple(map(Cell, row)), page=2) for row in cells), roles=column_roles(header, cells))
    assert [(each.text, each.owner, each.state, each.page) for each in news_of(table)] == [
        ("Send the report to schools", "AO", "carried forward", 2),
        ("Book the hall", "BE", "closed", 2),
    ]


def test_matters_arising_item_by_item() -> None:
    first, second = news_of(
        Paragraph("Item 4, website: the tender had been let. Item 7: leaflet not yet printed.", section=ARISING, page=1)
    )
    assert (first.topic, first.state, first.source) == ("website", "closed", "matters arising")
    assert (second.state, second.status) == ("carried forward", "Item 7: leaflet not yet printed.")


def test_a_status_on_a_line_of_its_own_belongs_to_the_item_above() -> None:
    news = news_of(
        Paragraph("Fireworks. The sergeant spoke of two officers and a dog.", section=ARISING),
        Paragraph("Closed.", section=ARISING),
    )
    assert news[-1].state == "closed" and news[-1].text.startswith("Fireworks")


def test_new_promises_and_other_papers_are_no_news() -> None:
    assert news_of(Paragraph("It was agreed that RE would go back to the committee.", section=ARISING)) == []
    assert news_of(Paragraph("The letter had been sent on 4 May.", section=ARISING), doc_type="business_plan") == []


def test_topic_of_an_item() -> None:
    assert name_topic("2.1 Hotels (item 4). LM had been round all nine.") == "Hotels"
