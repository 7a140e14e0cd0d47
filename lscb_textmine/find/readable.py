"""A document in; the whole English sentences of its running text out, for measures of how it reads."""

from __future__ import annotations

from collections.abc import Iterator

from lscb_textmine.find.rules import heading_cue
from lscb_textmine.find.sentences import split_sentences
from lscb_textmine.records import Document, Paragraph

FEWEST_WORDS = 3
LISTED_ONLY = frozenset(("contents page", "contact details"))
ENDS = (".", "!", "?", "…")
CLOSING = "\"'”’)]"


def find_readable_sentences(document: Document) -> tuple[str, ...]:
    """The sentences of paragraphs and list items, in order; tables, headings and contents are left out.

    In a paragraph only what ends with a stop is a sentence; an item of a list is one by itself, stop or none. The words
    before a list ("The Board will:") are none, as the items finish them.
    """
    return tuple(sentence for block in document.blocks for sentence in _in_block(block) if _is_read(sentence))


def _in_block(block: object) -> Iterator[str]:
    if not isinstance(block, Paragraph) or block.kind not in ("paragraph", "list_item") or block.language != "en":
        return
    if block.section and heading_cue(block.section[-1]) in LISTED_ONLY:
        return
    for start, end in split_sentences(block.text):
        sentence = block.text[start:end]
        stopped = sentence.rstrip(CLOSING).endswith(ENDS)
        if stopped or (block.kind == "list_item" and not sentence.endswith(":")):
            yield sentence


def _is_read(sentence: str) -> bool:
    return sum(any(map(str.isalpha, word)) for word in sentence.split()) >= FEWEST_WORDS
