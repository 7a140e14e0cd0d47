"""A plain text file in; headings, paragraphs and list items out, whichever way its lines were broken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from lscb_textmine.read.content import Content
from lscb_textmine.read.encoding import decode_text, encoding_notes, read_bytes
from lscb_textmine.read.joining import join_lines
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.read.printed_markers import count_of
from lscb_textmine.read.typed_lines import TypedLine, text_to_lines, usual_width
from lscb_textmine.read.typed_markers import BULLETS, split_marker
from lscb_textmine.records import BlockKind, Paragraph

SENTENCE_END = (".", "!", "?", ":", ";", ".”", '."', ".’", ".)", "]")
LONGEST_HEADING = 12
"""Words. Longer lines without a full stop are sentences that lost it."""
LONGEST_ITEM = 45
"""Words. A numbered block that is longer, or has several sentences, is a numbered paragraph."""
FOOTNOTE = re.compile(r"(\d{1,2}) (?=[A-Z“‘])")
HEADED = re.compile(r"(?:section|appendix|annex|part|chapter|priority|aim|theme|atodiad|adran)\s+\w+\b", re.IGNORECASE)
LISTED = re.compile(r";(?: and| or)?$|, and$")
LEADERS = re.compile(r"(?:\. ?){4,}\s*\d+$")
CONTENTS = {"contents", "table of contents", "cynnwys"}
BARE_NUMBER = re.compile(r"(\d{1,2}) ([A-Z].*)")
SENTENCE_START = re.compile(r"[.?!]\s+[A-Z“‘]")
BROKEN_WORD = re.compile(r"(?<!\w)\w+-[ \t]*\n\s*\w+")
SENTENCE = re.compile(r"\b(?:will|shall|please|www|https?)\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(slots=True)
class Draft:
    """A block while its lines are gathered."""

    lines: list[str]
    marker: str = ""
    indent: int = 0
    gap_before: bool = False
    footnote: bool = False
    listed: bool = False
    """Whether this is an item of a list whose markers were lost."""

    @property
    def last(self) -> str:
        return self.lines[-1]


def read_plain(path: Path, limits: ReadLimits = USUAL_LIMITS) -> Content:
    """The blocks of a text file; it has no pages, and none are invented for form feeds."""
    data = read_bytes(path, limits)
    return Content(text_to_paragraphs(decode_text(data)), notes=encoding_notes(data))


def text_to_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of plain text: its lines joined to blocks, and each block told for what it is."""
    drafts = list_unmarked_items(lines_to_drafts(text_to_lines(text)))
    vocabulary = frozenset(WORD.findall(BROKEN_WORD.sub(" ", text.lower())))
    texts = [join_lines(draft.lines, vocabulary) for draft in drafts]
    headings = [_is_heading(drafts, texts, i) for i in range(len(drafts))]
    prose = _prose_numbers(drafts, texts, headings)
    indents = sorted({draft.indent for draft in drafts if draft.marker and not draft.marker[0].isdigit()})
    paragraphs: list[Paragraph] = []
    for i, draft in enumerate(drafts):
        kind = _kind_of(draft, heading=headings[i], prose=_number_style(draft.marker) in prose)
        if kind == "paragraph" and _in_contents(paragraphs, texts[i]):
            kind = "contents"
        level = _heading_level(draft, texts[i]) if headings[i] else 0
        if kind == "list_item":
            level = _depth_of(draft, indents)
        paragraphs.append(Paragraph(texts[i], kind, level, draft.marker))
    return _name_title(paragraphs)


def lines_to_drafts(lines: Sequence[TypedLine]) -> list[Draft]:
    """The lines gathered to blocks: a line goes on in the block above unless something shows that it begins one."""
    width = usual_width(lines)
    drafts: list[Draft] = []
    for i, line in enumerate(lines):
        marker, words = split_marker(line.text)
        below = lines[i + 1] if i + 1 < len(lines) else None
        current = drafts[-1] if drafts else None
        if current and marker and _is_wrapped(drafts, line, marker, width):
            marker, words = "", line.text
        if not marker:
            marker, words = _bare_number(line, below)
        if marker:
            drafts.append(Draft([words], marker, line.indent, line.gap))
        elif current and _goes_on(current, line, width) and not _stands_alone(current, line, below, width):
            _open_draft(drafts, words).lines.append(words)
        else:
            drafts.append(_new_draft(current, line))
    return drafts


def list_unmarked_items(drafts: list[Draft]) -> list[Draft]:
    """The blocks with the lines of a list that lost its markers told by their semicolons, after an introduction."""
    for i, draft in enumerate(drafts):
        if not draft.last.endswith(":"):
            continue
        run = list(takewhile(lambda each: not each.marker and len(each.lines) <= 2, drafts[i + 1 : i + 40]))
        ended = [j for j, each in enumerate(run) if LISTED.search(each.last)]
        if len(ended) >= 2:
            for each in run[: ended[-1] + 2]:
                each.listed = True
    return drafts


def _new_draft(current: Draft | None, line: TypedLine) -> Draft:
    """A block that begins without a list marker; a small number before it, amid a sentence, marks a footnote."""
    note = FOOTNOTE.match(line.text)
    if note and current and not current.last.endswith(SENTENCE_END) and len(current.lines) > 1:
        return Draft([line.text[note.end() :]], note[1], line.indent, line.gap, footnote=True)
    return Draft([line.text], "", line.indent, line.gap)


def _open_draft(drafts: list[Draft], words: str) -> Draft:
    """The block that a line goes on in: past a footnote, when that stands amid the sentence."""
    if drafts[-1].footnote and len(drafts) > 1 and words[:1].islower() and drafts[-1].last.endswith(SENTENCE_END):
        drafts[-2:] = [drafts[-1], drafts[-2]]
    return drafts[-1]


def _is_wrapped(drafts: Sequence[Draft], line: TypedLine, marker: str, width: int) -> bool:
    """Whether what looks like a marker is only how a wrapped line begins ("on page / 12. The ...")."""
    current = drafts[-1]
    if line.gap or marker in BULLETS or marker[0] == "(" or current.last.endswith(SENTENCE_END):
        return False
    counted = count_of(marker)
    before = [count_of(draft.marker) for draft in drafts[-30:] if draft.marker and draft.marker not in BULLETS]
    follows = any(each[:-1] == counted[:-1] and each[-1:] == (counted[-1] - 1,) for each in before if counted)
    return width > 0 and len(current.last) >= 0.75 * width and not follows


def _bare_number(line: TypedLine, below: TypedLine | None) -> tuple[str, str]:
    """The number of a heading that has no full stop after it ("5 Building capacity" over "5.1 Apart from ...")."""
    found = BARE_NUMBER.fullmatch(line.text)
    if not found or not below or len(line.text.split()) > LONGEST_HEADING or line.text.endswith(SENTENCE_END):
        return "", line.text
    under, _ = split_marker(below.text)
    parent = count_of(under)[:-1] == count_of(found[1])
    return (found[1], found[2]) if parent else ("", line.text)


def _stands_alone(current: Draft, line: TypedLine, below: TypedLine | None, width: int) -> bool:
    """Whether a line without a stop, after a finished sentence, is a heading that no white space sets apart."""
    if not current.last.endswith(SENTENCE_END) or line.text.endswith(SENTENCE_END) or len(line.text) > 0.6 * width:
        return False
    return line.text[0].isupper() and (below is None or below.gap or not below.text[0].islower())


def _goes_on(current: Draft, line: TypedLine, width: int) -> bool:
    """Whether a line without a marker belongs to the block above."""
    ended = current.last.endswith(SENTENCE_END)
    if line.text[0].islower() and not ended and not (line.gap and not current.marker and _is_short(current, width)):
        return True
    if current.footnote and line.text[0].islower():
        return True
    if line.gap or not width or current.last.endswith((":", ";")):
        return False
    if current.marker and line.indent < current.indent - 1:
        return False
    if len(current.last) + 1 + len(line.text.split(" ", 1)[0]) < 0.75 * width:
        # the next word would have fitted: the line was ended on purpose
        return line.text[0].islower() and not ended
    return not (ended and len(current.last) < 0.75 * width)


def _is_short(draft: Draft, width: int) -> bool:
    return len(draft.lines) == 1 and len(draft.last) < 0.6 * width


def _is_heading(drafts: Sequence[Draft], texts: Sequence[str], i: int) -> bool:
    """Whether a block is a heading by its look: short, no stop, a capital first, and something below it."""
    draft, text = drafts[i], texts[i]
    if draft.footnote or draft.listed or draft.marker in BULLETS or len(draft.lines) > 2 or i + 1 == len(drafts):
        return False
    words = text.split()
    if len(words) > LONGEST_HEADING or text.endswith((".", ":", ";", ",", "?", "!")) or not text[0].isupper():
        return False
    if SENTENCE.search(text) and not HEADED.match(text):
        return False
    following = drafts[i + 1]
    if draft.marker:
        return _numbered_heading(draft.marker, following.marker)
    if i and drafts[i - 1].last.endswith(":") and not following.marker and len(texts[i + 1].split()) <= LONGEST_HEADING:
        return False
    return bool(HEADED.match(text)) or text.isupper() or draft.gap_before or following.gap_before or len(words) <= 8


def _numbered_heading(marker: str, following: str) -> bool:
    """Whether a short numbered line heads what follows: not so when the next item of the same list follows."""
    here, below = count_of(marker), count_of(following)
    if marker[0] == "(" or marker.endswith(")") or not marker[0].isdigit():
        return False
    return len(below) > len(here) or not following or following in BULLETS or not following[0].isdigit()


def _heading_level(draft: Draft, text: str) -> int:
    if draft.marker:
        return 1 + len(count_of(draft.marker))
    return 1 if HEADED.match(text) or text.isupper() else 2


def _prose_numbers(drafts: Sequence[Draft], texts: Sequence[str], headings: Sequence[bool]) -> frozenset[str]:
    """The styles of number ("#.", "#.#") that stand before paragraphs of prose rather than items of lists."""
    styles: dict[str, list[bool]] = {}
    for draft, text, heading in zip(drafts, texts, headings, strict=True):
        if draft.marker[:1].isdigit() and not heading:
            long = len(text.split()) > LONGEST_ITEM or bool(SENTENCE_START.search(text))
            styles.setdefault(_number_style(draft.marker), []).append(long)
    return frozenset(style for style, longs in styles.items() if sum(longs) >= 0.5 * len(longs))


def _number_style(marker: str) -> str:
    return re.sub(r"\d+", "#", marker)


def _kind_of(draft: Draft, *, heading: bool, prose: bool) -> BlockKind:
    if draft.footnote:
        return "footnote"
    if heading:
        return "heading"
    if draft.listed:
        return "list_item"
    return "list_item" if draft.marker and not prose else "paragraph"


def _in_contents(above: Sequence[Paragraph], text: str) -> bool:
    """Whether a line belongs to a contents list: dot leaders, or a page number under the heading of such a list."""
    if LEADERS.search(text):
        return True
    last = next((each for each in reversed(above) if each.kind != "contents"), None)
    heads = last is not None and last.text.lower().strip(" :") in CONTENTS
    return heads and bool(re.search(r"[^\d/–-]\s\d{1,3}$", text))


def _depth_of(draft: Draft, indents: Sequence[int]) -> int:
    """How deep an item is nested: steps of indentation of two characters or more."""
    steps = [indent for i, indent in enumerate(indents) if i == 0 or indent - indents[i - 1] >= 2]
    return max(0, sum(indent <= draft.indent for indent in steps) - 1)


def _name_title(paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs with the first as the title, when it names the paper and not its first section."""
    if len(paragraphs) < 2 or paragraphs[0].marker:
        return tuple(paragraphs)
    first, second = paragraphs[:2]
    short = len(first.text.split()) <= 20 and not first.text.endswith(SENTENCE_END)
    another = second.kind == "heading" or len(second.text.split()) <= LONGEST_HEADING
    if short and (another or len(first.text.split()) > LONGEST_HEADING):
        paragraphs[0] = replace(first, kind="title", level=0)
    return tuple(paragraphs)
