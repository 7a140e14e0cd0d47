"""A document's paragraphs and list items in; candidates from running text and lists out (not from minutes).

Codebook section 1: each item of a governed list is a statement; in running text, each sentence that states a promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from lscb_textmine.find.candidates import Setting, make_candidate
from lscb_textmine.find.context import OBJECTIVES, governing_kind
from lscb_textmine.find.openings import load_words, name_opening
from lscb_textmine.find.rules import heading_cue
from lscb_textmine.find.sentences import split_sentences
from lscb_textmine.find.verdict import Verdict, judge_sentence
from lscb_textmine.records import Candidate, Document, Paragraph, Place

SEMICOLON = re.compile(r";\s*(?:and\s+)?")
CAPITAL = re.compile(r"(?<=[a-z0-9,;)’'] )(?=([A-Z][a-z]+)\b)")
STATE = re.compile(
    r"^(?:that )?(?:all |every |each |our )?(?:children|child|young people|families|family|parents|carers"
    r"|practitioners|staff|people|communit(?:y|ies))\b[^.]*\b(?:is|are|feels?|have|has|can|know|live|grow|thrive|get|receive)\b",
    re.IGNORECASE,
)
LABELLED_HEADING = re.compile(
    r"^(?:strategic )?(?:aim|objective|goal|outcome|priority)\b[^:–—-]{0,20}[:–—-]\s*", re.IGNORECASE
)
LONGEST_LINE = 40
"""Words in a paragraph without a full stop that may still be an item of a list that lost its markers."""


def find_in_block(document: Document, index: int, block: Paragraph) -> Iterator[Candidate]:
    """The candidates in one paragraph, list item or heading of a plan, strategy or report."""
    kind = _kind_of(document, block)
    if block.kind == "list_item":
        yield from _from_item(document, index, block, kind)
    elif block.kind == "heading":
        yield from _from_heading(document, index, block, kind)
    elif block.kind == "paragraph":
        yield from _from_paragraph(document, index, block, kind)


def setting_of(block: Paragraph, *, lead_in: str | None = None) -> Setting:
    """What stands around a paragraph."""
    lead = block.lead_in if lead_in is None else lead_in
    return Setting(block.section, lead, block.page, block.page_end, block.box, block.language)


def _kind_of(document: Document, block: Paragraph) -> str:
    kind = governing_kind(block.lead_in, block.section, document=document)
    if document.doc_type.value == "terms_of_reference" and kind in ("", OBJECTIVES, "background"):
        return "duties and functions set by law or remit"
    return kind


def _from_item(document: Document, index: int, block: Paragraph, kind: str) -> Iterator[Candidate]:
    spans = split_sentences(block.text)
    if block.text.rstrip().endswith(":") and len(spans) == 1:
        return
    if kind == OBJECTIVES or len(spans) <= 2:
        spans = [(0, len(block.text))]
    for start, end in spans:
        text = block.text[start:end]
        verdict = judge_sentence(text, kind, listed=True)
        if verdict.sign == "listed" and not kind:
            continue
        reason = verdict.turned_down or _reason_without_heading(document, text, kind)
        if verdict.sign:
            yield from _emit(document, index, block, (start, end), "bullet", Verdict(verdict.sign, reason), kind)


def _reason_without_heading(document: Document, text: str, kind: str) -> str:
    """In an annual report a bare noun phrase under no heading that says is a result (field notes)."""
    if (
        document.doc_type.value == "annual_report"
        and kind != OBJECTIVES
        and name_opening(text) in ("noun", "change", "-ing")
    ):
        return "a result in a report, under no heading of objectives"
    return ""


def _from_heading(document: Document, index: int, block: Paragraph, kind: str) -> Iterator[Candidate]:
    label = LABELLED_HEADING.match(block.text)
    if not label or document.doc_type.value not in ("strategy", "business_plan"):
        return
    rest = block.text[label.end() :]
    if name_opening(rest) == "infinitive" or re.match(r"(?:we|the board) will\b", rest, re.IGNORECASE):
        span = (label.end(), len(block.text))
        yield from _emit(document, index, block, span, "sentence", Verdict("infinitive"), kind or OBJECTIVES)


def _from_paragraph(document: Document, index: int, block: Paragraph, kind: str) -> Iterator[Candidate]:
    if items := _items_run_together(block.text):
        yield from _from_run_together(document, index, block, items)
        return
    text = block.text.strip()
    if kind == OBJECTIVES and not text.endswith((".", ":", "?")) and len(text.split()) <= LONGEST_LINE:
        verdict = judge_sentence(text, kind, listed=True)
        if verdict.sign != "listed":
            yield from _emit(document, index, block, (0, len(block.text)), "bullet", verdict, kind)
        return
    for start, end in split_sentences(block.text):
        sentence = block.text[start:end]
        if sentence.endswith(":"):
            continue
        verdict = judge_sentence(sentence, kind)
        if not verdict.sign and _is_vision(sentence, block.section):
            verdict = Verdict("vision")
        if verdict.sign:
            yield from _emit(document, index, block, (start, end), "sentence", verdict, kind)


def _is_vision(sentence: str, headings: tuple[str, ...]) -> bool:
    return bool(
        headings
        and re.search(r"\b(?:vision|outcomes?|ambition)\b", headings[-1], re.IGNORECASE)
        and STATE.match(sentence)
    )


def _items_run_together(text: str) -> list[tuple[int, int]]:
    """Spans of the items of a list whose layout was lost: parted by semicolons, or by the capitals of deeds.

    Only after a colon and words that announce objectives ("our priorities are:", "the Board will:").
    """
    colon = text.find(": ")
    if colon < 0 or heading_cue(split_lead(text[: colon + 1])) not in (OBJECTIVES, "aims"):
        return []
    start = colon + 2
    if text.count(";", start) >= 2:
        edges = [start, *(found.end() for found in SEMICOLON.finditer(text, start)), len(text)]
    else:
        verbs = load_words().verbs
        joins = [found.start() for found in CAPITAL.finditer(text, start) if found[1].lower() in verbs]
        if not joins or not name_opening(text[start:]):
            return []
        edges = [start, *joins, len(text)]
    return [(left, right) for left, right in pairwise(edges) if text[left:right].strip()]


def _from_run_together(
    document: Document, index: int, block: Paragraph, items: list[tuple[int, int]]
) -> Iterator[Candidate]:
    lead_in = block.text[: items[0][0]].strip()
    kind = governing_kind(lead_in, block.section, document=document)
    for start, end in items:
        verdict = judge_sentence(block.text[start:end], kind, listed=True)
        if verdict.sign and (kind == OBJECTIVES or verdict.sign != "listed"):
            setting = setting_of(block, lead_in=split_lead(lead_in))
            place = Place(index, start, end)
            marked = "objectives list" if kind == OBJECTIVES else ""
            made = make_candidate(
                document, place, form="bullet", setting=setting, marked=marked, turned_down=verdict.turned_down
            )
            if made:
                yield made


def split_lead(lead_in: str) -> str:
    """The last sentence of a lead-in."""
    start, end = split_sentences(lead_in)[-1] if lead_in.strip() else (0, 0)
    return lead_in[start:end]


def _emit(
    document: Document, index: int, block: Paragraph, span: tuple[int, int], form: str, verdict: Verdict, kind: str
) -> Iterator[Candidate]:
    made = make_candidate(
        document,
        Place(index, *span),
        form="bullet" if form == "bullet" else "sentence",
        setting=setting_of(block),
        marked="objectives list" if kind == OBJECTIVES and form == "bullet" else "",
        turned_down=verdict.turned_down,
    )
    if made:
        yield made
