"""A document as read in; Markdown or JSON out, for the eye and for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from lscb_textmine.records import Document, Paragraph, Row, Table
from lscb_textmine.report.pages import describe_pages


def document_to_markdown(document: Document) -> str:
    """What was read, in reading order: what is known of the paper first, then its blocks, each new page announced."""
    parts = [_describe_document(document)]
    page: int | None = None
    for block in document.blocks:
        if block.page is not None and block.page != page:
            page = block.page
            parts.append(f"<!-- page {page} -->")
        parts.append(_paragraph(block) if isinstance(block, Paragraph) else _table(block))
    return "\n\n".join(parts) + "\n"


def _describe_document(document: Document) -> str:
    known = (("board", document.board), ("type", document.doc_type), ("year", document.year))
    lines = [f"- {name}: {fact.value} (from the {fact.source})" for name, fact in known if fact.value]
    lines.append(f"- pages: {describe_pages(document.pages)}")
    lines += [f"- note: {note}" for note in document.notes]
    lines += [f"- {problem.severity}: {problem.message}" for problem in document.problems]
    return "\n".join([f"<!-- {document.name}", *lines, "-->"])


def _paragraph(block: Paragraph) -> str:
    text = f"{block.marker} {block.text}".strip()
    if block.kind in ("title", "heading"):
        return f"{'#' * min(6, max(1, block.level))} {text}"
    if block.kind == "list_item":
        marker = block.marker if block.marker[:-1].isdigit() else f"- {block.marker}".replace("- •", "-")
        return f"{'  ' * block.level}{marker} {block.text}"
    if block.kind == "footnote":
        return f"> {text}"
    return f"<!-- contents --> {text}" if block.kind == "contents" else text


def _table(table: Table) -> str:
    lines = [_line(table.header), _line(["---"] * len(table.header))]
    section = ""
    for row in table.rows:
        if row.section != section:
            section = row.section
            lines.append(_line([f"**{section}**", *[""] * (len(table.header) - 1)]))
        lines.append(_line([cell.text for cell in row.cells]))
    return "\n".join(lines)


def _line(texts: Iterable[str]) -> str:
    return "| " + " | ".join(text.replace("|", "\\|").replace("\n", " ") for text in texts) + " |"


def document_to_json(document: Document, *, ascii_only: bool = False) -> str:
    """Everything that was read, as one JSON object."""
    blocks = [_block(block) for block in document.blocks]
    fields = {name: value for name, value in asdict(document).items() if name != "blocks"}
    return json.dumps(fields | {"blocks": blocks}, ensure_ascii=ascii_only, indent=2) + "\n"


def _block(block: Paragraph | Table) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"type": "paragraph", **asdict(block)}
    fields = {name: value for name, value in asdict(block).items() if name != "rows"}
    return {"type": "table", **fields, "rows": list(map(_row, block.rows))}


def _row(row: Row) -> dict[str, Any]:
    return asdict(row)
