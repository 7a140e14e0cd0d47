"""The tag tree of an accessible PDF in; the cells that it says make tables out.

Word and Excel write Table, TR, TH and TD into the files they call accessible. pdfium gives the tree page by page, but
an element keeps its index among its parent's children, so that its path tells it from others over pages: a row that
breaks over a page is one element (PDF 1.7, ISO 32000-1, 14.7 and 14.8.4.3).
"""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium

from lscb_textmine.read.grid import GridRow
from lscb_textmine.read.joined import CellParts, TableParts
from lscb_textmine.read.page_table import PageTable
from lscb_textmine.read.words import PageWords, TagCell, Word

DEEPEST = 60
MOST_CELLS = 50_000
"""Cells of a page that are taken from its tags: more stand on no sheet of paper."""
MOST_CHILDREN = 5_000
Path = tuple[int, ...]
Marked = dict[int, dict[int, list[tuple[int, Word]]]]
"""The words of each page by their mark, with their place in the stored order."""


def read_tags(page: Any) -> tuple[TagCell, ...]:
    """The table cells that a pypdfium2 page's tag tree tells, empty when it has none."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return ()
    try:
        count = min(pdfium.FPDF_StructTree_CountChildren(tree), MOST_CHILDREN)
        roots = [(i, pdfium.FPDF_StructTree_GetChildAtIndex(tree, i)) for i in range(count)]
        cells = (cell for i, root in roots if root for cell in _cells_under(root, (i,)))
        return tuple(islice(cells, MOST_CELLS))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _cells_under(element: Any, path: Path) -> Iterator[TagCell]:
    """The cells of the outermost tables in and under an element."""
    if _type_of(element) == "Table":
        yield from _table_cells(element, path)
    elif len(path) < DEEPEST:
        for i, child in _children(element):
            yield from _cells_under(child, (*path, i))


def _table_cells(table: Any, path: Path) -> Iterator[TagCell]:
    for row_path, row in _rows_under(table, ()):
        width = pdfium.FPDF_StructElement_CountChildren(row)
        for i, cell in _children(row):
            if _type_of(cell) in ("TD", "TH"):
                spans = _span(cell, b"RowSpan"), _span(cell, b"ColSpan")
                marks = frozenset(_marks_under(cell, 0))
                yield TagCell(path, row_path, i, width, *spans, _type_of(cell) == "TH", marks)


def _rows_under(element: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    for i, child in _children(element):
        if _type_of(child) == "TR":
            yield (*path, i), child
        elif _type_of(child) in ("THead", "TBody", "TFoot"):
            yield from _rows_under(child, (*path, i))


def _children(element: Any) -> Iterator[tuple[int, Any]]:
    for i in range(min(pdfium.FPDF_StructElement_CountChildren(element), MOST_CHILDREN)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, i):
            yield i, child


def _type_of(element: Any) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")


def _span(cell: Any, name: bytes) -> int:
    value = ctypes.c_float()
    for i in range(max(0, pdfium.FPDF_StructElement_GetAttributeCount(cell))):
        attribute = pdfium.FPDF_StructElement_GetAttributeAtIndex(cell, i)
        found = pdfium.FPDF_StructElement_Attr_GetValue(attribute, name)
        if found and pdfium.FPDF_StructElement_Attr_GetNumberValue(found, ctypes.byref(value)):
            return max(1, min(int(value.value), MOST_CHILDREN))
    return 1


def _marks_under(element: Any, depth: int) -> Iterator[int]:
    """Marked-content numbers on this page, in an element and all below it."""
    for i in range(min(pdfium.FPDF_StructElement_CountChildren(element), MOST_CHILDREN)):
        mark = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, i)
        if mark >= 0:
            yield mark
        elif depth < DEEPEST and (child := pdfium.FPDF_StructElement_GetChildAtIndex(element, i)):
            yield from _marks_under(child, depth + 1)


def pages_to_tagged_tables(pages: Sequence[PageWords]) -> tuple[list[TableParts], dict[int, set[int]]]:
    """The tables that the tags of a paper tell, and for each page the marks of the words they hold."""
    by_table: dict[Path, list[tuple[PageWords, TagCell]]] = defaultdict(list)
    marked: Marked = {}
    for page in pages:
        if page.tags:
            marked[page.number] = _mark_words(page)
        for cell in page.tags:
            by_table[cell.table].append((page, cell))
    tables: list[TableParts] = []
    held: dict[int, set[int]] = defaultdict(set)
    for found in by_table.values():
        parts = cells_to_parts(found, marked)
        if parts is None:
            continue
        tables.append(parts)
        for page, cell in found:
            held[page.number] |= cell.marks
    return tables, held


def _mark_words(page: PageWords) -> dict[int, list[tuple[int, Word]]]:
    by_mark: dict[int, list[tuple[int, Word]]] = defaultdict(list)
    for i, word in enumerate(page.words):
        by_mark[word.mark].append((i, word))
    return by_mark


def _words_with(marks: Iterable[int], page: PageWords, marked: Marked) -> list[Word]:
    """The words of a page with one of these marks, as stored."""
    by_mark = marked[page.number]
    return [word for _, word in sorted(pair for mark in marks for pair in by_mark.get(mark, ()))]


def cells_to_parts(found: Sequence[tuple[PageWords, TagCell]], marked: Marked) -> TableParts | None:
    """One table from its tagged cells on all pages; None for a table used for layout (one column)."""
    by_place: dict[tuple[Path, int], list[tuple[PageWords, TagCell]]] = defaultdict(list)
    rows = sorted({cell.row for _, cell in found})
    for page, cell in found:
        by_place[cell.row, cell.position].append((page, cell))
    widths = {cell.row: cell.width for _, cell in found}
    taken: set[tuple[int, int]] = set()
    cells: list[CellParts] = []
    for r, row in enumerate(rows):
        column = 0
        for index in range(widths[row]):
            while (r, column) in taken:
                column += 1
            group = by_place.get((row, index), [])
            tall, wide = (group[0][1].row_span, group[0][1].column_span) if group else (1, 1)
            taken |= {(r + i, column + j) for i in range(tall) for j in range(wide)}
            cells.append(CellParts(r, column, tall, wide, _words_of(group, marked)))
            column += wide
    columns = max((cell.column + cell.column_span for cell in cells), default=0)
    if columns < 2:
        return None
    return _parts_of(found, rows, cells, columns, marked)


def _words_of(group: Sequence[tuple[PageWords, TagCell]], marked: Marked) -> list[Word]:
    """The words of a cell on all its pages, those of later pages set below."""
    words: list[Word] = []
    lower = 0.0
    for page, cell in group:
        words += [
            word._replace(top=word.top + lower, bottom=word.bottom + lower)
            for word in _words_with(cell.marks, page, marked)
        ]
        lower += page.height
    return words


def _parts_of(
    found: Sequence[tuple[PageWords, TagCell]],
    rows: Sequence[Path],
    cells: list[CellParts],
    columns: int,
    marked: Marked,
) -> TableParts:
    by_row: dict[Path, list[tuple[PageWords, TagCell]]] = defaultdict(list)
    for page, cell in found:
        by_row[cell.row].append((page, cell))
    made: list[GridRow] = []
    for row in rows:
        parts = by_row[row]
        first, last = parts[0][0], parts[-1][0]
        words = [w for page, cell in parts if page is first for w in _words_with(cell.marks, page, marked)]
        box = _around(words)
        heading = all(cell.header for _, cell in parts) and len(parts) > 1
        made.append(GridRow(first.number, last.number, box, header=heading))
    number = found[0][0].number
    top = next((row.box[1] for row in made if row.box), 0.0)
    frame = PageTable(number, tuple(float(i) for i in range(columns + 1)), (top, top + 1), (), "tags")
    return TableParts(frame, frame, cells, made, 0.0, [number])


def _around(words: Sequence[Word]) -> tuple[float, float, float, float] | None:
    if not words:
        return None
    return (
        min(word.left for word in words), min(word.top for word in words),
        max(word.right for word in words), max(word.bottom for word in words),
    )  # fmt: skip
