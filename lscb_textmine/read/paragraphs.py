"""Lines in reading order in; drafts of paragraphs, joined over lines, columns and pages, out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from lscb_textmine.read.lines import Line, take_median
from lscb_textmine.read.printed_markers import Marked, count_of, is_bullet, split_marker
from lscb_textmine.read.words import Word

ENDS = ".!?:;"
CLOSERS = "”’\"')]"
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|_{5,}")
_NOTE = re.compile(r"\[?(\d{1,3})\]?[.)]?|[*†‡]+")


class Measures(NamedTuple):
    """What is usual in one paper: by it a gap is wide, a line is short and type is large."""

    size: float
    """Type size of running text."""
    leading: float
    """Distance between the lines of a paragraph, in type sizes."""
    edges: dict[tuple[int, int], tuple[float, float]]
    """Left and right edge of each page's columns."""


class Draft(NamedTuple):
    """A paragraph in the making: its lines, without the marker of a list item."""

    lines: list[Line]
    marker: str = ""
    marker_left: float = 0.0
    role: str = "body"
    """"body", "contents" or "note"; headings are told later, from what is usual in the paper."""

    @property
    def bold(self) -> bool:
        """Whether all its words are bold."""
        return all(is_bold(line) for line in self.lines)


def measure_lines(lines: Sequence[Line], size: float) -> Measures:
    """What is usual in a paper with these lines and this size of running text."""
    edges = _find_edges([line for line in lines if abs(line.size - size) < 0.6])
    edges = _find_edges(lines) | edges
    sure: list[float] = []
    likely: list[float] = []
    for first, second in pairwise(lines):
        pitch = (second.bottom - first.bottom) / size
        if 0.8 < pitch < 4 and abs(first.size - size) < 0.6 and abs(second.size - size) < 0.6:
            likely.append(pitch)
            # within a paragraph for certain: a blank line after every line of print must not end it
            if second.words[0].text[0].islower() and first.words[-1].text[-1] not in ENDS:
                sure.append(pitch)
    pitches = sure if len(sure) > 4 else sorted(likely)[: len(likely) // 2 + 1]
    return Measures(size, take_median(pitches) if pitches else 1.2, edges)


def _find_edges(lines: Sequence[Line]) -> dict[tuple[int, int], tuple[float, float]]:
    edges: dict[tuple[int, int], tuple[float, float]] = {}
    for line in lines:
        key = line.page, line.column
        left, right = edges.get(key, (line.left, line.right))
        edges[key] = min(left, line.left), max(right, line.right)
    return edges


def lines_to_drafts(
    lines: Sequence[Line], anchors: Sequence[tuple[int, float, int]], measures: Measures
) -> list[Draft | int]:
    """Drafts in reading order, the indexes of tables between them, each before the first line that stands below it."""
    contents = find_contents_lines(lines)
    notes = find_note_lines(lines, measures)
    waiting = sorted(anchors)
    drafts: list[Draft | int] = []
    held: list[Draft | int] = []
    for i, line in enumerate(lines):
        while waiting and (waiting[0][0], waiting[0][1]) <= (line.page, (line.top + line.bottom) / 2):
            drafts += held
            held = []
            drafts.append(waiting.pop(0)[2])
        if i in contents:
            drafts.append(Draft([line], role="contents"))
        elif i in notes:
            _add_note(held, line)
        else:
            if held and line.page != _last_page(held) and not _goes_on(drafts, line, measures):
                drafts += held
                held = []
            _add_line(drafts, line, measures)
    return drafts + held + [index for _, _, index in waiting]


def is_bold(line: Line) -> bool:
    """Whether all words of a line are bold; signs between them do not matter."""
    return all(word.bold for word in line.words if len(word.text) > 1 or word.text.isalnum())


def _last_page(drafts: Sequence[Draft | int]) -> int:
    last = drafts[-1]
    return 0 if isinstance(last, int) else last.lines[-1].page


def _add_note(held: list[Draft | int], line: Line) -> None:
    """Add a line to the footnotes held back until the page's running text is whole."""
    first = line.words[0]
    found = _NOTE.fullmatch(first.text)
    if found and len(line.words) > 1:
        rest = line._replace(words=line.words[1:])
        held.append(Draft([rest], found[1] or first.text, first.left, "note"))
    elif held and isinstance(held[-1], Draft) and held[-1].lines[-1].page == line.page:
        held[-1].lines.append(line)
    else:
        held.append(Draft([line], role="note"))


def _goes_on(drafts: Sequence[Draft | int], line: Line, measures: Measures) -> bool:
    last = drafts[-1] if drafts else 0
    return isinstance(last, Draft) and last.role == "body" and continues(last, line, measures)


def _add_line(drafts: list[Draft | int], line: Line, measures: Measures) -> None:
    last = drafts[-1] if drafts else 0
    marked = split_marker(line.words)
    if marked and _begins_item(last, line, marked, measures):
        rest = line._replace(words=marked.words, left=marked.words[0].left)
        drafts.append(Draft([rest], marked.marker, line.left))
    elif isinstance(last, Draft) and last.role == "body" and continues(last, line, measures):
        last.lines.append(line)
    else:
        drafts.append(Draft([line]))


def _begins_item(last: Draft | int, line: Line, marked: Marked, measures: Measures) -> bool:
    """Whether a marker at a line's start is one: a sign that could be a word needs a fresh start before it."""
    if not isinstance(last, Draft) or last.role != "body":
        return True
    before = last.lines[-1]
    if marked.sure and before.words[-1].text[-1] != "\ufffe":
        return True
    if _is_new_flow(before, line):
        fresh = not line.words[0].text[0].islower() and _would_fit(before, line, measures)
        return fresh or ends_sentence(before) or _follows(last.marker, marked.marker)
    wide = line.bottom - before.bottom > 1.25 * measures.leading * line.size
    shifted = abs(line.left - before.left) > 0.5 * line.size and abs(line.left - last.marker_left) > 0.5 * line.size
    if wide or ends_sentence(before) or _follows(last.marker, marked.marker) or is_bold(line) != is_bold(before):
        return True
    if is_bullet(marked.marker):
        return shifted or (last.marker == marked.marker and abs(line.left - last.marker_left) < 2)
    return before.words[-1].text[-1] == "," or _would_fit(before, line, measures)


def _follows(marker: str, following: str) -> bool:
    first, second = count_of(marker), count_of(following)
    return bool(first and second) and second in ((*first[:-1], first[-1] + 1), (*first, 1), (first[0] + 1,))


def continues(draft: Draft, line: Line, measures: Measures) -> bool:
    """Whether a line goes on with a draft rather than beginning a paragraph of its own."""
    before = draft.lines[-1]
    if before.words[-1].text[-1] == "\ufffe":
        return True
    if abs(before.size - line.size) > 0.09 * before.size or not line.words[0].upright:
        return False
    lower = line.words[0].text[0].islower()
    unfinished = not ends_sentence(before)
    full = not _would_fit(before, line, measures)
    if is_bold(before) != is_bold(line) and not (unfinished and full and lower):
        return False
    if _is_new_flow(before, line):
        return _continues_over_end(draft, line, measures, lower=lower, unfinished=unfinished, full=full)
    pitch = (line.bottom - before.bottom) / line.size
    if pitch > 1.25 * measures.leading:
        return lower and unfinished and full and pitch < 2.2 * measures.leading
    if draft.bold or line.size > 1.1 * measures.size:
        return full or lower
    if not _lines_up(draft, line):
        return lower and unfinished
    if lower or full:
        return True
    return unfinished and before.right - before.left > 0.55 * _width(before, measures)


def _continues_over_end(
    draft: Draft, line: Line, measures: Measures, *, lower: bool, unfinished: bool, full: bool
) -> bool:
    """Whether a line at the head of a page or column goes on with what stood at the foot of the last."""
    if draft.bold or line.size > 1.1 * measures.size:
        return lower and unfinished
    before = draft.lines[-1]
    if lower and unfinished:
        return True
    indent = draft.lines[-1].left - _edges(before, measures)[0]
    hangs = bool(draft.marker) and draft.lines[0].left - draft.marker_left > 3
    if hangs and full and abs(line.left - _edges(line, measures)[0] - indent) < 3 and indent > 3:
        return True
    return unfinished and full


def _lines_up(draft: Draft, line: Line) -> bool:
    """Whether a line begins where a further line of the draft would: under its words, not under its marker."""
    first, before = draft.lines[0], draft.lines[-1]
    if draft.marker:
        hangs = first.left - draft.marker_left > 3
        return not hangs or line.left > first.left - 0.6 * line.size
    if line.left > before.left + 0.8 * line.size:
        return False
    return len(draft.lines) == 1 or line.left > before.left - 0.8 * line.size


def ends_sentence(line: Line) -> bool:
    """Whether a line ends as a sentence, a list item or an introduction does."""
    text = line.words[-1].text.rstrip(CLOSERS)
    return (text[-1:] or line.words[-1].text[-1]) in ENDS


def _is_new_flow(before: Line, line: Line) -> bool:
    return line.page != before.page or line.bottom < before.top


def _edges(line: Line, measures: Measures) -> tuple[float, float]:
    return measures.edges[line.page, line.column]


def _width(line: Line, measures: Measures) -> float:
    left, right = _edges(line, measures)
    return max(1.0, right - left)


def _would_fit(before: Line, line: Line, measures: Measures) -> bool:
    """Whether the first word of a line had room on the line before: then the line was ended on purpose."""
    first = line.words[0]
    room = _edges(before, measures)[1] - before.right
    if line.left < before.left:  # centred lines: what follows shows how wide a line could have been
        room = max(room, (line.right - line.left) - (before.right - before.left))
    return room > first.right - first.left + 0.3 * line.size


def find_contents_lines(lines: Sequence[Line]) -> set[int]:
    """Which lines are entries of a contents list: dot leaders, or page numbers far right on three lines or more."""
    found = {i for i, line in enumerate(lines) if _has_leaders(line)}
    numbered = [i for i, line in enumerate(lines) if i in found or _has_far_number(line)]
    for group in _neighbours(numbered):
        pages = [int(number[0]) for i in group if (number := re.search(r"\d{1,3}$", lines[i].words[-1].text))]
        if len(group) > 2 and pages == sorted(pages):
            found.update(group)
    return found


def _has_leaders(line: Line) -> bool:
    if not line.words[-1].text[-1].isdigit():
        return False
    return any(word.text[0] in ".…_" or word.text.endswith(("....", "……")) for word in line.words) and bool(
        _LEADERS.search(line.text)
    )


def _has_far_number(line: Line) -> bool:
    if len(line.words) < 2 or not line.words[-1].text.isdigit() or len(line.words[-1].text) > 3:
        return False
    return line.words[-1].left - line.words[-2].right > 2 * line.size


def _neighbours(indexes: Sequence[int]) -> Iterator[list[int]]:
    """Runs of indexes that follow each other, with at most one missing between two."""
    group: list[int] = []
    for index in indexes:
        if group and index - group[-1] > 2:
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def find_note_lines(lines: Sequence[Line], measures: Measures) -> set[int]:
    """Which lines are footnotes: small type at the foot of a page, the first of them with a number or sign."""
    by_page: defaultdict[int, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        by_page[line.page].append(i)
    found: set[int] = set()
    for indexes in by_page.values():
        lowest = max(indexes, key=lambda i: lines[i].bottom)
        if lines[lowest].size > 0.93 * measures.size:
            continue
        small = _small_tail(lines, indexes, measures.size)
        start = next((k for k, i in enumerate(small) if _begins_note(lines[i])), None)
        if start is not None:
            found.update(small[start:])
    return found


def _small_tail(lines: Sequence[Line], indexes: Sequence[int], size: float) -> list[int]:
    tail = sorted(indexes, key=lambda i: lines[i].bottom)
    start = len(tail)
    while start and lines[tail[start - 1]].size <= 0.93 * size:
        start -= 1
    return tail[start:]


def _begins_note(line: Line) -> bool:
    first: Word = line.words[0]
    return len(line.words) > 1 and bool(_NOTE.fullmatch(first.text))
