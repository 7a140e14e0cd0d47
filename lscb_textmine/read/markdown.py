"""Markdown in; headings, paragraphs, list items and tables, without its marks, out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from lscb_textmine.read.content import Content
from lscb_textmine.read.encoding import decode_text, encoding_notes, read_bytes
from lscb_textmine.read.grid import Grid, GridCell, GridRow, grid_to_table
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.read.sheets import cell_text
from lscb_textmine.read.typed_markers import split_marker
from lscb_textmine.records import Block, Paragraph

HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
UNDERLINE = re.compile(r" {0,3}(=+|-{2,})\s*$")
ITEM = re.compile(r"(\s*)([-*+•]|\d{1,3}[.)]|\(?[a-z]\))\s+(?=\S)")
DIVIDER = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
FENCE = re.compile(r"\s*(?:```|~~~)")
LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
MARKS = (
    # with bounds: an opening mark that is never closed would be looked for to the end of the line, and so the next
    (re.compile(r"!\[([^\]]{0,1000})\]\([^)]{0,2000}\)"), r"\1"),
    (re.compile(r"\[([^\]]{0,1000})\]\([^)]{0,2000}\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.{1,2000}?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)(.{1,2000}?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)(.{1,2000}?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"`([^`]*)`"), r"\1"),
    (re.compile(r"</?[a-z][^>]{0,2000}>", re.IGNORECASE), " "),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|>-])"), r"\1"),
)


def read_markdown(path: Path, limits: ReadLimits = USUAL_LIMITS) -> Content:
    """The blocks of a Markdown file; it has no pages."""
    data = read_bytes(path, limits)
    return Content(markdown_to_blocks(decode_text(data), limits), notes=encoding_notes(data))


def markdown_to_blocks(text: str, limits: ReadLimits = USUAL_LIMITS) -> tuple[Block, ...]:
    """The blocks of Markdown text in order; its only heading of the first level is the title."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text.lstrip("\ufeff"), flags=re.DOTALL)
    lines = drop_comments(text).split("\n")
    blocks = tuple(_read_blocks(lines, limits))
    firsts = [b for b in blocks if isinstance(b, Paragraph) and b.kind == "heading" and b.level == 1]
    if len(firsts) != 1 or blocks.index(firsts[0]) > 1:
        return blocks
    return tuple(replace(firsts[0], kind="title", level=0) if block is firsts[0] else block for block in blocks)


def drop_comments(text: str) -> str:
    """The text without its comments; one that is never closed stays, as it hides nothing.

    >>> drop_comments("Plan <!-- draft -->for <!-- schools")
    'Plan for <!-- schools'
    """
    pieces: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[at:start])
        at = end + 3
    return "".join((*pieces, text[at:]))


def _read_blocks(lines: Sequence[str], limits: ReadLimits) -> Iterator[Block]:
    """Block after block, each begun at the line that shows its kind."""
    i = 0
    indents: list[int] = []
    while i < len(lines):
        heading, item = HEADING.match(lines[i]), ITEM.match(lines[i].expandtabs(4))
        end = _block_end(lines, i)
        if lines[i].strip() and not item:
            indents = []
        if _is_table(lines, i):
            grid = rows_to_grid([_split_cells(line) for line in (lines[i], *lines[i + 2 : end])])
            yield grid_to_table(grid, limits)
        elif heading:
            yield _heading(heading[2], len(heading[1]))
        elif item:
            first = lines[i].expandtabs(4)[item.end() :]
            words = plain_words(" ".join([first, *lines[i + 1 : end]]))
            yield Paragraph(words, "list_item", _depth(indents, len(item[1])), item[2])
        elif words := plain_words(" ".join(line.strip(" >\t") for line in lines[i:end] if not FENCE.match(line))):
            underline = UNDERLINE.match(lines[end]) if end < len(lines) else None
            if underline:
                yield _heading(words, 1 if underline[1][0] == "=" else 2)
                end += 1
            elif words.strip("-*_ "):
                yield Paragraph(words)
        i = end


def _is_table(lines: Sequence[str], i: int) -> bool:
    return i + 1 < len(lines) and "|" in lines[i] and "|" in lines[i + 1] and bool(DIVIDER.match(lines[i + 1]))


def _block_end(lines: Sequence[str], start: int) -> int:
    """The line after the block that begins at `start`."""
    if _is_table(lines, start):
        return next((i for i in range(start + 2, len(lines)) if "|" not in lines[i]), len(lines))
    if HEADING.match(lines[start]) or not lines[start].strip():
        return start + 1
    return next((i for i in range(start + 1, len(lines)) if _begins_block(lines[i])), len(lines))


def _heading(text: str, level: int) -> Paragraph:
    marker, words = split_marker(plain_words(text))
    return Paragraph(words, "heading", level, marker)


def _depth(indents: list[int], indent: int) -> int:
    """How deep an item stands, with the indents of the items above it kept up to date."""
    while indents and indent < indents[-1]:
        indents.pop()
    if not indents or indent > indents[-1] + 1:
        indents.append(indent)
    return len(indents) - 1


def _begins_block(line: str) -> bool:
    patterns = (HEADING, UNDERLINE, ITEM, FENCE)
    return not line.strip() or any(pattern.match(line) for pattern in patterns) or line.lstrip().startswith("|")


def _split_cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]


def rows_to_grid(rows: Sequence[Sequence[str]]) -> Grid:
    """The rows of a pipe table as a grid; its first row is its header."""
    cells = []
    for row, fields in enumerate(rows):
        for column, field in enumerate(fields):
            words, breaks = cell_text(LINE_BREAK.sub("\n", field))
            bare = plain_words(words)
            # marks taken out would move the breaks, so a marked cell is one paragraph
            cells.append(GridCell(bare, row, column, breaks=breaks if bare == words else ()))
    kinds = tuple(GridRow(header=row == 0) for row in range(len(rows)))
    return Grid(tuple(cells), kinds, max(len(row) for row in rows), "columns")


def plain_words(text: str) -> str:
    """The words of a piece of Markdown without its marks.

    >>> plain_words("**Publish** the [guide](https://example.org) _by May_ &amp; tell staff")
    'Publish the guide by May & tell staff'
    """
    for pattern, kept in MARKS:
        text = pattern.sub(kept, text)
    return " ".join(html.unescape(text).split())
