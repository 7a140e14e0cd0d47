"""A document as read in; Markdown or JSON out, for the eye and for scripts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from html import escape
from typing import Any

from lscb_textmine.records import Document, Paragraph, Row, Table
from lscb_textmine.report.cells import quote_text, visible_text
from lscb_textmine.report.data import to_json
from lscb_textmine.report.pages import describe_pages

ACTIVE = re.compile(r"<(?=[A-Za-z/!?])|\](?=[(\[:])")
"""Where a viewer of Markdown would begin a tag, or end the words of a link or picture (CommonMark 0.31, 6.3 to 6.6)."""


def document_to_markdown(document: Document) -> str:
    """What was read, in reading order: what is known of the paper first, then its blocks, each new page announced."""
    parts = [_describe_document(document)]
    page: int | None = None
    for block in document.blocks:
        if block.page is not None and block.page != page:
            page = block.page
            parts.append(f"<!-- page {page} -->")
        parts.append(_paragraph(block) if isinstance(block, Paragraph) else _table(block))
    return visible_text("\n\n".join(parts)) + "\n"


def _describe_document(document: Document) -> str:
    known = (("board", document.board), ("type", document.doc_type), ("year", document.year))
    lines = [f"- {name}: {fact.value} (from the {fact.source})" for name, fact in known if fact.value]
    lines.append(f"- pages: {describe_pages(document.pages)}")
    lines += [f"- note: {note}" for note in document.notes]
    lines += [f"- {problem.severity}: {problem.message}" for problem in document.problems]
    told = "\n".join(quote_text(line).replace("--", "- -") for line in (document.name, *lines))
    return f"<!-- {told}\n-->"


def _paragraph(block: Paragraph) -> str:
    text = _neutral(f"{block.marker} {block.text}".strip())
    if block.kind in ("title", "heading"):
        return f"{'#' * min(6, max(1, block.level))} {text}"
    if block.kind == "list_item":
        marker = block.marker if block.marker[:-1].isdigit() else f"- {block.marker}".replace("- •", "-")
        return f"{'  ' * block.level}{marker} {_neutral(block.text)}"
    if block.kind == "footnote":
        return f"> {text}"
    return f"<!-- contents --> {text}" if block.kind == "contents" else text


def _table(table: Table) -> str:
    lines = [_line(table.header), _line(["---"] * len(table.header))]
    section = ""
    for row in table.rows:
        if row.section != section:
            section = row.section
            lines.append(_line([f"**{_neutral(section)}**", *[""] * (len(table.header) - 1)]))
        lines.append(_line([cell.text for cell in row.cells]))
    return "\n".join(lines)


def _line(texts: Iterable[str]) -> str:
    return "| " + " | ".join(_neutral(text).replace("|", "\\|") for text in texts) + " |"


def _neutral(text: str) -> str:
    """The text in one line, which a viewer shows as it stands: no tag, link or picture begins in it.

    >>> _neutral("![logo](http://a.example/x) <b>5 < 6</b>")
    '![logo&#93;(http://a.example/x) &lt;b>5 < 6&lt;/b>'
    """
    return ACTIVE.sub(lambda found: escape(found[0]).replace("]", "&#93;"), quote_text(text))


def document_to_json(document: Document, *, ascii_only: bool = False) -> str:
    """Everything that was read, as one JSON object."""
    blocks = [_block(block) for block in document.blocks]
    fields = {name: value for name, value in asdict(document).items() if name != "blocks"}
    return to_json(fields | {"blocks": blocks}, ascii_only=ascii_only, indent=2) + "\n"


def _block(block: Paragraph | Table) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"type": "paragraph", **asdict(block)}
    fields = {name: value for name, value in asdict(block).items() if name != "rows"}
    return {"type": "table", **fields, "rows": list(map(_row, block.rows))}


def _row(row: Row) -> dict[str, Any]:
    return asdict(row)
