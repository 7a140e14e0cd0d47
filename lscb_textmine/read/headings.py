"""Drafts of paragraphs in; titles, headings with their level, list items, notes, captions and contents entries out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from itertools import accumulate, takewhile
from typing import NamedTuple

from lscb_textmine.read.joining import join_lines
from lscb_textmine.read.lines import Line
from lscb_textmine.read.paragraphs import Draft, Measures, is_bold
from lscb_textmine.read.printed_markers import count_of, is_bullet
from lscb_textmine.records import BlockKind, Box, Paragraph

LONGEST_HEADING = 22
_CAPTION = re.compile(r"(?:figure|fig\.|table|chart|diagram|ffigur|tabl)\s*\d+\b", re.IGNORECASE)
_LEADERS = re.compile(r"\s*(?:(?:\.\s?){4,}|…{2,}|_{5,})\s*")


class Look(NamedTuple):
    """What sets headings of one level apart from others, largest type first."""

    size: float
    bold: bool
    capitals: bool


class Indent(NamedTuple):
    """Where a list item's marker and its words begin; items of one depth share one of them."""

    marker: float
    text: float


class Told(NamedTuple):
    """A draft with its text and what kind of block it was told to be."""

    draft: Draft
    text: str
    kind: BlockKind


def drafts_to_blocks(
    drafts: Sequence[Draft | int], measures: Measures, vocabulary: Set[str]
) -> tuple[Paragraph | int, ...]:
    """Paragraphs in reading order; a number between them is the index of a table that stands there."""
    texts = [_draft_text(each, vocabulary) if isinstance(each, Draft) else "" for each in drafts]
    kept = [
        (draft, text)
        for draft, text in zip(drafts, texts, strict=True)
        if isinstance(draft, int) or (text and any(map(str.isalnum, draft.marker + text)))
    ]
    told: list[Told | int] = [
        Told(draft, text, _tell_kind(kept, i, measures)) if isinstance(draft, Draft) else draft
        for i, (draft, text) in enumerate(kept)
    ]
    return _place_levels(_tell_title(told, measures), measures)


def _draft_text(draft: Draft, vocabulary: Set[str]) -> str:
    text = join_lines([line.text for line in draft.lines], vocabulary)
    return _LEADERS.sub(" ", text).strip() if draft.role == "contents" else text


def _tell_kind(drafts: Sequence[tuple[Draft | int, str]], i: int, measures: Measures) -> BlockKind:
    draft, text = drafts[i]
    assert isinstance(draft, Draft)
    if draft.role == "contents":
        return "contents"
    if draft.role == "note":
        return "footnote"
    if _CAPTION.match(text) and text.count(" ") < 25:
        return "caption"
    if _is_heading(drafts, i, measures):
        return "heading"
    numbered = bool(draft.marker) and not is_bullet(draft.marker)
    if numbered and text.count(" ") > 35 and re.search(r"[.?!] +[A-Z“]", text):
        return "paragraph"
    return "list_item" if draft.marker else "paragraph"


def _is_heading(drafts: Sequence[tuple[Draft | int, str]], i: int, measures: Measures) -> bool:
    """Whether a draft looks like a heading: large, bold, in capitals, or numbered with running text below it."""
    draft, text = drafts[i]
    assert isinstance(draft, Draft)
    words = text.count(" ") + 1
    if words > LONGEST_HEADING or (draft.marker and is_bullet(draft.marker)) or not _begins_as_heading(text):
        return False
    large = draft.lines[0].size > 1.1 * measures.size
    if text[-1] in ",;" or (text[-1] == "." and not (draft.lines[0].size > 1.3 * measures.size and words < 12)):
        return False
    following = drafts[i + 1] if i + 1 < len(drafts) else (None, "")
    introduces = text[-1] == ":" and isinstance(following[0], Draft) and bool(following[0].marker)
    if introduces and words > 6 and not large:
        return False
    if large or (draft.bold and draft.lines[0].size > 0.85 * measures.size):
        return True
    if text.isupper() and words < 13 and sum(map(str.isalpha, text)) > 3 and following[1]:
        return True
    return _heads_numbered_text(drafts, i, words)


def _begins_as_heading(text: str) -> bool:
    first = text.lstrip("“‘\"'([")[:1]
    return (first.isupper() or first.isdigit()) and any(map(str.isalpha, text))


def _heads_numbered_text(drafts: Sequence[tuple[Draft | int, str]], i: int, words: int) -> bool:
    """Whether a short numbered line in plain type stands over running text rather than among list items."""
    draft, text = drafts[i]
    following, below = drafts[i + 1] if i + 1 < len(drafts) else (None, "")
    if not isinstance(draft, Draft) or not count_of(draft.marker) or len(draft.lines) > 1:
        return False
    if words > 9 or text[-1] in ":?!" or not isinstance(following, Draft) or draft.marker.startswith("("):
        return False
    above = drafts[i - 1][0] if i else None
    if isinstance(above, Draft) and above.marker and above.lines[0].left == draft.lines[0].left:
        return False
    return not following.marker and following.role == "body" and below.count(" ") > 11 and below[-1] in ".:"


def _tell_title(told: list[Told | int], measures: Measures) -> list[Told | int]:
    """The same with the title told: the largest type on the first page, and a cover's other lines as plain text."""
    first = _first_page(told)
    if not first:
        return told
    largest = max(each.draft.lines[0].size for each in first)
    title = next(each for each in first if each.draft.lines[0].size == largest)
    if largest < 1.15 * measures.size:
        title = first[0]
        if title.kind != "heading" or title.draft.marker:
            return told
    start = told.index(title)
    parts = [title, *takewhile(lambda each: _same_look(title, each), _only_told(told[start + 1 :]))]
    whole = Told(title.draft, " ".join(part.text for part in parts), "title")
    rest = _plain_subtitles(told[start + len(parts) :], _is_cover(told, first))
    above = [each._replace(kind="paragraph") if isinstance(each, Told) else each for each in told[:start]]
    return [*above, whole, *rest]


def _only_told(told: Sequence[Told | int]) -> list[Told]:
    return list(takewhile(lambda each: isinstance(each, Told), told))  # type: ignore[arg-type]


def _first_page(told: Sequence[Told | int]) -> list[Told]:
    """The running text of the first page."""
    drafts = [each for each in told if isinstance(each, Told)]
    number = drafts[0].draft.lines[0].page if drafts else 0
    return [each for each in drafts if each.draft.lines[0].page == number and each.draft.role == "body"]


def _same_look(title: Told, other: Told) -> bool:
    first, second = title.draft.lines[0], other.draft.lines[0]
    alike = (first.page, first.size, is_bold(first)) == (second.page, second.size, is_bold(second))
    return alike and (other.kind == "heading" or not any(map(str.isalpha, other.text)))


def _is_cover(told: Sequence[Told | int], first: Sequence[Told]) -> bool:
    """Whether the first page holds a few lines and nothing to read."""
    page = first[0].draft.lines[0].page
    pages = {each.draft.lines[0].page for each in told if isinstance(each, Told)}
    stops = [i for i, each in enumerate(told) if isinstance(each, int)]
    shown = [i for i, each in enumerate(told) if isinstance(each, Told) and each.draft.lines[0].page == page]
    table_first = bool(stops) and stops[0] < shown[-1]
    return len(pages) > 1 and not table_first and all(each.text.count(" ") < 35 for each in first)


def _plain_subtitles(told: Sequence[Told | int], cover: bool) -> list[Told | int]:
    """What follows the title, lines of a cover or lines under a title not taken for headings."""
    if not told or isinstance(told[0], int):
        return list(told)
    page = told[0].draft.lines[0].page
    if cover:
        return [
            each._replace(kind="paragraph") if isinstance(each, Told) and each.draft.lines[0].page == page else each
            for each in told
        ]
    chain = list(takewhile(lambda each: each.kind == "heading" and not each.draft.marker, _only_told(told)))
    if len(chain) > 1 and _look(chain[-1]) != _look(chain[-2]):
        chain.pop()
    if len(chain) == 1 and chain[0].text.count(" ") > 8 and re.search(r"\b(?:19|20)\d\d\b", chain[0].text):
        return [chain[0]._replace(kind="paragraph"), *told[1:]]  # "Minutes of the meeting held on ..."
    if len(chain) < 2:
        return list(told)
    return [each._replace(kind="paragraph") for each in chain] + list(told[len(chain) :])


def _look(told: Told) -> Look:
    line = told.draft.lines[0]
    return Look(round(line.size * 2) / 2, is_bold(line), told.text.isupper())


def _place_levels(told: Sequence[Told | int], measures: Measures) -> tuple[Paragraph | int, ...]:
    looks = sorted({_look(each) for each in _governing(told)}, reverse=True)
    shallow = _shallowest_numbers(told)
    blocks: list[Paragraph | int] = []
    indents: list[Indent] = []
    shifts = _column_shifts(measures)
    for each in told:
        if isinstance(each, int):
            blocks.append(each)
            indents = []
            continue
        level = 0
        if each.kind == "heading":
            look = _look(each)
            deeper = max(0, len(_heading_number(each)) - shallow.get(look, 9))
            level = 1 + (looks.index(look) if look in looks else 0) + deeper
        if each.kind == "list_item":
            level = _deepen(indents, _indent(each.draft, shifts))
        elif each.kind != "footnote":
            indents = []
        blocks.append(_make_paragraph(each, level))
    return tuple(blocks)


def _governing(told: Sequence[Told | int]) -> list[Told]:
    """The headings that stand over text; "Contents" is set apart by looks of its own."""
    following: list[Told | int] = [*told, 0][1:]
    return [
        each
        for each, after in zip(told, following, strict=True)
        if isinstance(each, Told) and each.kind == "heading"
        if isinstance(after, int) or after.kind != "contents"
    ]


def _shallowest_numbers(told: Sequence[Told | int]) -> dict[Look, int]:
    """For each look of headings the fewest parts that its numbers have: "2.1" is a level below "2"."""
    shallow: dict[Look, int] = {}
    for each in told:
        if isinstance(each, Told) and each.kind == "heading" and _heading_number(each):
            look = _look(each)
            shallow[look] = min(shallow.get(look, 9), len(_heading_number(each)))
    return shallow


def _heading_number(told: Told) -> tuple[int, ...]:
    if told.draft.marker:
        return count_of(told.draft.marker)
    found = re.match(r"\d{1,2}(?:\.\d{1,2})*(?=\.?\s)", told.text)
    return count_of(found[0]) if found else ()


def _indent(draft: Draft, shifts: dict[int, float]) -> Indent:
    line = draft.lines[0]
    shift = shifts.get(line.column, 0.0)
    return Indent(draft.marker_left - shift, line.left - shift)


def _column_shifts(measures: Measures) -> dict[int, float]:
    """How far right of the first column each further one begins."""
    lefts: dict[int, float] = {}
    for (_, column), (left, _) in measures.edges.items():
        lefts[column] = min(left, lefts.get(column, left))
    return {column: left - lefts.get(0, left) for column, left in lefts.items() if column > 0}


def _deepen(indents: list[Indent], indent: Indent) -> int:
    """The depth of a list item at `indent`, which is put among the indents of the items above it."""
    for depth, other in enumerate(indents):
        if abs(other.marker - indent.marker) < 3 or abs(other.text - indent.text) < 3:
            del indents[depth + 1 :]
            return depth
    while indents and indents[-1].marker > indent.marker:
        indents.pop()
    indents.append(indent)
    return len(indents) - 1


def _make_paragraph(told: Told, level: int) -> Paragraph:
    lines = told.draft.lines
    page = lines[0].page
    text, marker = told.text, told.draft.marker
    split = re.match(r"(\d{1,2}(?:\.\d{1,2})*\.?)\s+(?=\S)", text) if told.kind == "heading" and not marker else None
    if split:
        text, marker = text[split.end() :], split[1]
    box = _box_of([line for line in lines if line.page == page])
    return Paragraph(
        text, told.kind, level, marker, page=page, page_end=lines[-1].page, box=box, turns=_turns(told)
    )  # fmt: skip


def _turns(told: Told) -> tuple[tuple[int, int], ...]:
    """Where the text goes on on a further page; a hyphen undone at the page's end moves it by a letter at most."""
    lines = told.draft.lines
    if lines[0].page == lines[-1].page:
        return ()
    letters: Counter[int] = Counter()
    for line in lines:
        letters[line.page] += len(line.text) + 1
    pages = sorted(letters)
    ends = accumulate(letters[page] for page in pages)
    return tuple((min(end - 1, len(told.text)), page) for end, page in zip(ends, pages[1:], strict=False))


def _box_of(lines: Sequence[Line]) -> Box:
    _, lefts, tops, rights, bottoms, *_ = zip(*lines, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
