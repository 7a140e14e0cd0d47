"""Minutes in; what they say of actions agreed before, from log rows, matters arising and the discussion, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from lscb_textmine.cues import Cues, Hit, load_cues
from lscb_textmine.find.minutes import item_heading, minute_column, tasks_in, whole_paragraphs
from lscb_textmine.find.sentences import LABEL, split_sentences
from lscb_textmine.records import ActionNews, Document, NewsState, Place, Role, Row, Table

MEETINGS = ("minutes", "action_log")
ITEM = re.compile(
    r"(?<=[.;] )(?=(?:Items?|Actions?|Minute|Page) \d+[\w/.]*\b)|(?<=[.;] )(?=\d{1,2}/\d{1,2}[:,.]? [A-Z])"
)
REFERENCE = re.compile(
    r"^\W*(?:Action |Item |Ref\.? ?)?(?P<number>[A-Z]{0,3}\d{1,4}[/.-]\d{1,3}[a-z]?)\b[:,.]?\s*", re.IGNORECASE
)
TOPIC = re.compile(
    r"(?:\d+(?:\.\d+)* )?(?:Items? \d+[\w.]*[,:]? ?(?=\w)|(?=[A-Z])(?!Items? \d))"
    r"(?P<topic>[\w’'&-]+(?: [\w’'&-]+){0,5})(?: \([^)]{1,30}\))?(?::| [–—-]|\.(?= [A-Z]))"
)
WEAKER: tuple[tuple[str, NewsState], ...] = (("undone", "carried forward"), ("deed", "closed"))
"""What tells only by a verb; in one sentence what was left undone weighs more."""
FEWEST_WORDS = 4
"""Words of a sentence that can tell which action it is about; a shorter one tells of the sentence before."""
MOST_WORDS = 90


def find_action_news(document: Document) -> tuple[ActionNews, ...]:
    """What minutes or an action log say of actions agreed before, in order; nothing for other papers.

    A row of a log tells by its cells for progress and status. An item under matters arising is taken whole, and so is
    each sentence elsewhere, with the next, that tells of a deed done or not yet done: only its likeness to an action
    makes it news.
    """
    if document.doc_type.value not in MEETINGS:
        return ()
    return tuple(_find(document))


def judge_words(text: str, *, in_cell: bool = False) -> tuple[NewsState, str]:
    """What words come to, and the words that tell it: what is said outright last, else the first sentence that tells of
    a deed done or left undone.

    >>> judge_words("PL had written twice and was still waiting for an answer.")
    ('carried forward', 'waiting for')
    >>> judge_words("All nine addresses had been visited. ACTION COMPLETE.")
    ('closed', 'ACTION COMPLETE')
    """
    said = [hit for hit in cues().find(text, "closed", "open") if hit.name == "open" or not _is_negated(text, hit)]
    if said:
        last = max(said, key=lambda hit: (hit.end, hit.end - hit.start))
        return ("closed" if last.name == "closed" else "carried forward"), text[last.start : last.end]
    if not in_cell and cues().find(text, "closed"):
        return "carried forward", text[: cues().find(text, "closed")[0].end].split(".")[-1].strip()
    for start, end in split_sentences(text):
        for name, state in WEAKER:
            if hits := cues().find(text[start:end], name):
                return state, text[start + hits[0].start : start + hits[0].end]
    return "", ""


def _is_negated(text: str, hit: Hit) -> bool:
    return any(found.end >= len(text[: hit.start].rstrip()) for found in cues().find(text[: hit.start], "negated"))


def _find(document: Document) -> Iterator[ActionNews]:
    in_items: list[ActionNews] = []
    for index, block in enumerate(document.blocks):
        if isinstance(block, Table):
            yield from _from_log(block, index) if "statement" in block.roles else _from_minutes_table(block, index)
            continue
        if block.kind not in ("paragraph", "list_item"):
            continue
        arising = any(cues().find(heading, "section") for heading in block.section[-1:])
        heading = block.section[-1] if block.section else ""
        found = list(_from_text(block.text, Place(index, 0, 0), block.page, arising=arising, heading=heading))
        if arising and _is_status_alone(block.text) and in_items:
            found = [_with_status(in_items[-1], block.text)]
        in_items = found or in_items
        yield from found


def _from_log(table: Table, index: int) -> Iterator[ActionNews]:
    """A row of a log whose cells tell progress or status; the status goes before what is said of progress."""
    statement = table.roles.index("statement")
    told = [i for i, role in enumerate(table.roles) if role in ("status", "progress")]
    for number, row in enumerate(table.rows):
        text = row.cells[statement].text
        cells = {table.roles[i]: row.cells[i].text.strip() for i in reversed(told) if i < len(row.cells)}
        if not text or not told:
            continue
        state, words = judge_words(cells.get("status", ""), in_cell=True)
        if not state:
            state, words = judge_words(cells.get("progress", ""), in_cell=True)
        reference, owner = (_cell_of(table, row, role) for role in ("reference", "lead"))
        because = ": ".join(filter(None, (cells.get("status", ""), cells.get("progress", "")))) or words
        place = Place(index, 0, len(text), number, statement)
        yield ActionNews(text, because, state, row.page, place, "log", reference, owner)


def _cell_of(table: Table, row: Row, role: Role) -> str:
    cells = zip(table.roles, row.cells, strict=False)
    return next((cell.text.strip() for other, cell in cells if other == role), "")


def _from_minutes_table(table: Table, index: int) -> Iterator[ActionNews]:
    column = minute_column(table)
    if column is None:
        return
    lead = table.roles.index("lead") if "lead" in table.roles else None
    arising, topic = False, ""
    for number, row in enumerate(table.rows):
        cell = row.cells[column]
        owned = lead is not None and lead < len(row.cells) and bool(row.cells[lead].text.strip())
        merged = " ".join(other.text for other in row.cells[:column] if len(other.text.split()) <= 15)
        if heading := item_heading(table, row, column) or merged:
            topic = heading if re.search(r"[^\W\d_]", heading) else ""
            arising = bool(cues().find(topic, "section"))
        for start, end in whole_paragraphs(cell):
            opens = bool(cues().find(cell.text[start:end], "section"))
            arising = arising or opens
            if (start, end) in cell.bold or (owned and not arising):
                continue
            place = Place(index, start, start, number, column)
            yield from _from_text(cell.text[start:end], place, row.page, arising=arising, heading=topic)


def _from_text(text: str, place: Place, page: int | None, *, arising: bool, heading: str) -> Iterator[ActionNews]:
    """The items of a paragraph of minutes: whole under matters arising, else each sentence with the one after it."""
    if LABEL.match(text) and not judge_words(text)[0]:
        return
    if not arising:
        spans = split_sentences(text)
        for (start, _), (_, end) in zip(spans, [*spans[1:], *spans[-1:]], strict=True):
            words = text[start:end]
            state, because = judge_words(words)
            if state and FEWEST_WORDS <= len(words.split()) <= MOST_WORDS and _tells(words):
                item = _item(words, place, start, page, state, because)
                yield replace(item, topic=heading)
        return
    edges = [0, *(cut.start() for cut in ITEM.finditer(text)), len(text)]
    for start, end in pairwise(edges):
        if len(text[start:end].split()) >= FEWEST_WORDS:
            state, because = judge_words(text[start:end])
            if state or not _holds_task(text[start:end]):
                item = _item(text[start:end].rstrip(), place, start, page, state, because)
                yield replace(item, source="matters arising", topic=name_topic(item.text) or heading)


def _holds_task(text: str) -> bool:
    """Whether a text agrees something new ("It was agreed that RE would go back"), so that it is no news."""
    return any(not task.turned_down for task in tasks_in(text, [(0, len(text))], kind=""))


def _tells(sentence: str) -> bool:
    return bool(cues().find(sentence, "deed", "refers back", "open", "undone")) and not LABEL.match(sentence)


def _item(text: str, place: Place, start: int, page: int | None, state: NewsState, because: str) -> ActionNews:
    here = Place(place.block, place.start + start, place.start + start + len(text), place.row, place.column)
    found = REFERENCE.match(text)
    status = _sentence_with(text, because)
    return ActionNews(text, status, state, page, here, reference=found["number"] if found else "")


def name_topic(text: str) -> str:
    """The few words with which an item of matters arising says what it is about, `""` for none.

    >>> name_topic("Gangmaster liaison officer: PL had written twice."), name_topic("PL had written twice to them.")
    ('Gangmaster liaison officer', '')
    """
    found = TOPIC.match(REFERENCE.sub("", text))
    return found["topic"] if found and not cues().find(found["topic"], "deed", "open", "undone", "closed") else ""


def _sentence_with(text: str, words: str) -> str:
    """The sentence in which the telling words stand; with the one before where it is these words alone."""
    spans = split_sentences(text)
    for i, (start, end) in enumerate(spans):
        if words and words in text[start:end]:
            first = spans[i - 1][0] if i and len(text[start:end].split()) < FEWEST_WORDS else start
            return text[first:end]
    return text if words else ""


def _is_status_alone(text: str) -> bool:
    return len(text.split()) < FEWEST_WORDS and bool(judge_words(text, in_cell=True)[0])


def _with_status(news: ActionNews, text: str) -> ActionNews:
    state, _ = judge_words(text, in_cell=True)
    return replace(news, status=text, state=state)


def cues() -> Cues:
    """The words that tell what became of an action."""
    return load_cues("lscb_textmine.find", "news.toml")
