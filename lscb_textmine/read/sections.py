"""Blocks of any format in; the same blocks with the headings above them and, for list items, their lead-in, out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from lscb_textmine.records import Block, Paragraph, Table

_INTRODUCES = re.compile(r":[\s–—-]*$|[^.!?;:”\"')\]]$|\b(?:as follows|(?:the )?following|below)\W*$", re.IGNORECASE)


class _Item(NamedTuple):
    """An open list item: its depth and text, and the lead-in that governs it."""

    depth: int
    text: str
    lead_in: str


def attach_sections(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with `section` (headings above, outermost first) and `lead_in` (of list items) filled in."""
    return attach_lead_ins(attach_headings(blocks))


def attach_headings(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with `section` filled in: for a heading, the headings above it; a title governs nothing."""
    path: list[tuple[int, str]] = []
    attached: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.kind == "heading":
            if attached and _is_contents(attached[-1]):
                path.clear()
            while path and path[-1][0] >= block.level:
                path.pop()
            attached.append(_with_section(block, path))
            path.append((block.level, f"{block.marker} {block.text}".strip()))
        else:
            attached.append(_with_section(block, path))
    return tuple(attached)


def _is_contents(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.kind == "contents"


def _with_section(block: Block, path: Sequence[tuple[int, str]]) -> Block:
    return replace(block, section=tuple(text for _, text in path)) if path else block


def attach_lead_ins(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with `lead_in` filled in: the unfinished paragraph before a list, for nested items the item above.

    The lead-in holds for every item of its list (codebook section 1: "a heading or introduction that governs a list
    belongs to each item of that list"), also where a paragraph stands between two items whose numbers follow.
    """
    attached: list[Block] = []
    introduction = ""
    items: list[_Item] = []
    last: Paragraph | None = None
    interrupted = False
    for block in blocks:
        if isinstance(block, Table):
            introduction, items = "", []
        elif block.kind == "list_item":
            if interrupted and not (last and _counts_on(last, block)):
                introduction, items = "", []
            interrupted, last = False, block
            while items and items[-1].depth >= block.level:
                introduction = items.pop().lead_in
            lead_in = _nested_lead_in(items[-1]) if items else introduction
            items.append(_Item(block.level, block.text, lead_in))
            block = replace(block, lead_in=lead_in) if lead_in else block
        elif block.kind in ("paragraph", "heading", "title"):
            interrupted = bool(items) and block.kind == "paragraph" and not _introduces(block.text)
            if not interrupted:
                introduction, items = _introduction(block), []
        attached.append(block)
    return tuple(attached)


def _introduces(text: str) -> bool:
    return bool(_INTRODUCES.search(text)) and (text[-1] == ":" or text.count(" ") > 1)


def _introduction(block: Paragraph) -> str:
    if block.kind != "paragraph":
        return block.text if block.text.endswith(":") else ""
    return block.text if _introduces(block.text) else ""


def _nested_lead_in(parent: _Item) -> str:
    return parent.text if parent.text.endswith(":") else parent.lead_in


def _counts_on(last: Paragraph, block: Paragraph) -> bool:
    first, second = re.findall(r"\d+", last.marker), re.findall(r"\d+", block.marker)
    return bool(first and second) and int(second[-1]) == int(first[-1]) + 1
