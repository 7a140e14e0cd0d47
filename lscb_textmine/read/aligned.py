"""Tables with no rules at all: words in columns under a header in, parts of tables out.

The header row is the strongest cue (reading notes): a line of known column names, or a bold line of short names. The
white rivers between its names, narrowed by every line below, are the columns; a line that fills a river ends the table
unless it is a heading row. Rows are told in the column that says most, by wider gaps and by lines that ended early.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lscb_textmine.read.columns import name_meaning, normalise_name, words_of_names
from lscb_textmine.read.page_table import PageTable, PrintedCell
from lscb_textmine.read.rivers import (
    PrintedLine,
    Span,
    column_of,
    subtract_words,
    words_by_column,
    words_to_printed_lines,
)
from lscb_textmine.read.words import PageWords, Word

HEADER_GAP = 0.55
"""Type sizes between two names of a header."""
MOST_HEADER_WORDS = 30
HEAD = 0.2
"""Share of a page's height in which a repeated header may be taken for a running head."""
FARTHEST = 4.5
"""Type sizes of white below a row beyond which a further line is no part of the table."""


def find_aligned_tables(page: PageWords, words: Sequence[Word], carried: PageTable | None = None) -> list[PageTable]:
    """The tables that stand in aligned columns under a header, among words in no other table.

    `carried` is such a table that reached the foot of the page before: its columns may go on at the top of this page
    without a header.
    """
    lines = words_to_printed_lines(words)
    found: list[PageTable] = []
    at = 0
    if carried and lines and not find_header_rivers(lines, 0)[0]:
        at = _take(page, lines, 0, rivers_of(carried), found, left=carried.column_edges[0])
    while at < len(lines):
        rivers, height = find_header_rivers(lines, at)
        after = _take(page, lines, at, rivers, found) if rivers else at
        at = max(after, at + 1, at + height)
    return found


def header_words(page: PageWords) -> set[int]:
    """The `id` of each word in a line of column names in the upper part of a page, where running heads stand too."""
    lines = words_to_printed_lines(word for word in page.words if word.bottom < HEAD * page.height)
    found: set[int] = set()
    for at in range(len(lines)):
        rivers, height = find_header_rivers(lines, at)
        if rivers:
            found |= {id(word) for line in lines[at : at + height] for word in line.words}
    return found


def rivers_of(table: PageTable) -> list[Span]:
    """The rivers of a table; where it does not know them, a narrow stretch round each inner edge."""
    return list(table.rivers) or [(edge - 3.0, edge + 3.0) for edge in table.column_edges[1:-1]]


def _take(
    page: PageWords,
    lines: Sequence[PrintedLine],
    at: int,
    rivers: list[Span],
    found: list[PageTable],
    left: float | None = None,
) -> int:
    """Add the table that begins at line `at`; `left` is its left edge when it goes on from the page before.

    Returns the line after it, `at` when the lines make no table.
    """
    end, kept, spanning = follow_rivers(lines, at, rivers, left=lines[at].left if left is None else left)
    table = region_to_table(page, lines[at:end], kept, spanning)
    if table and left is not None:
        table = replace(table, goes_on=True)
    if table is None or not holds_up(table, headed=left is None):
        return at
    found.append(table)
    return end


def find_header_rivers(lines: Sequence[PrintedLine], at: int) -> tuple[list[Span], int]:
    """The rivers between the names of a header that begins at line `at`, and its lines; none when it is no header."""
    if not may_name_columns(lines[at]):
        return [], 1
    for height in (1, 2, 3):
        block = lines[at : at + height]
        if len(block) < height or (height > 1 and block[-1].top - block[-2].bottom > 0.8 * block[-1].size):
            break
        if height > 1 and block[0].size > 1.15 * block[-1].size:
            break  # a heading of the paper, not of the table
        if height > 1 and is_header(block_to_names(block[1:]), block[1:]):
            break  # the first line is a heading over the table
        names = block_to_names(block)
        if is_header(names, block):
            return [(a, b) for (_, _, a), (_, b, _) in pairwise(names)], height
    return [], 1


def may_name_columns(line: PrintedLine) -> bool:
    """Whether a line could be one of a header: few words, in bold or some met in column names. Cheap, as most are not.

    A line of a header in several lines may hold a single word; two words of known names, or bold type, are asked of all
    others.
    """
    if len(line.words) > MOST_HEADER_WORDS or line.words[-1].text[-1] in ".;":
        return False
    if all(word.bold for word in line.words):
        return True
    known = words_of_names()
    met = sum([word.text.strip("():?*").lower() in known for word in line.words])
    return (met >= 2 and line.right - line.left > 12 * line.size) or (met >= 1 and len(line.words) <= 3)


def block_to_names(block: Sequence[PrintedLine]) -> list[tuple[str, float, float]]:
    """The names of a header of one to three lines: text, left and right end, from left to right."""
    names: list[tuple[str, float, float]] = []
    for line in block:
        for segment in line.segments(HEADER_GAP):
            left, right = segment[0].left, segment[-1].right
            text = " ".join([word.text for word in segment])
            over = [name for name in names if name[1] < right and left < name[2]]
            for name in over:
                names.remove(name)
                text, left, right = f"{name[0]} {text}", min(left, name[1]), max(right, name[2])
            names.append((text, left, right))
    return sorted(names, key=lambda name: name[1])


def is_header(names: Sequence[tuple[str, float, float]], block: Sequence[PrintedLine]) -> bool:
    """Whether names are those of columns: two or more known ones and half of all, or three or more bold ones."""
    if len(names) < 2:
        return False
    texts = [name[0] for name in names]
    if any(len(text) > 50 or text.endswith(".") for text in texts):
        return False
    known = sum(name_meaning(normalise_name(text)) is not None for text in texts)
    if known >= 2 and 2 * known >= len(texts):
        return True
    bold = all(word.bold for line in block for word in line.words if word.text[-1:].isalpha())
    gaps = min(b[1] - a[2] for a, b in pairwise(names))
    return len(texts) >= 3 and bold and gaps > 1.0 * block[0].size and len(block) == 1


def follow_rivers(
    lines: Sequence[PrintedLine], at: int, rivers: list[Span], *, left: float
) -> tuple[int, list[Span], set[int]]:
    """Where a table that begins at line `at` ends, its rivers as narrowed, and which lines span its columns.

    A line that fills a river is a heading row when it begins at the left, is one run, and rows follow it.
    """
    spanning: set[int] = set()
    end = at
    white: list[tuple[Span, ...]] = [(river,) for river in rivers]
    for i in range(at, len(lines)):
        far = i > at and lines[i].top - lines[i - 1].bottom > FARTHEST * lines[i].size
        if far or lines[i].size > 1.15 * lines[at].size:
            break  # white, or a heading of the paper and not of the table
        left_white = [subtract_words(stretches, lines[i]) for stretches in white]
        if all(left_white) and lines[i].left > left - 60:
            white, end = left_white, i + 1
        elif i > at and is_heading_line(lines, i, [stretches[0] for stretches in white], left):
            spanning.add(i - at)
        else:
            break
    while end - 1 > at and _is_lone_heading(lines[end - 1]):
        end -= 1
    # under a centred name the words of its column begin further left: the first white stretch is the river
    return end, [stretches[0] for stretches in white], {i for i in spanning if i < end - at}


def _is_lone_heading(line: PrintedLine) -> bool:
    """Whether a line is one bold run: as the last of a table it is the heading of what follows."""
    return all(word.bold for word in line.words) and len(line.segments(0.9)) == 1


def is_heading_line(lines: Sequence[PrintedLine], i: int, rivers: Sequence[Span], left: float) -> bool:
    """Whether line `i`, which fills a river, is a heading row: one run from the left, rows in the columns below it."""
    line = lines[i]
    if len(line.segments(0.9)) != 1 or abs(line.left - left) > 3 * line.size:
        return False
    if lines[i].top - lines[i - 1].bottom < 0.15 * line.size and lines[i - 1].right > line.right + 20:
        return False
    looks = all(word.bold for word in line.words) or len(line.words) <= 12
    for following in lines[i + 1 : i + 3]:
        if (
            all(subtract_words((river,), following) for river in rivers)
            and len(_columns_filled(following, rivers)) >= 2
        ):
            return looks and following.top - line.bottom < 3 * line.size
    return False


def region_to_table(
    page: PageWords, region: Sequence[PrintedLine], rivers: Sequence[Span], spanning: set[int]
) -> PageTable | None:
    """The cells of a region: rows by the anchor column, each column's blocks set into them."""
    if len(region) < 2 or not rivers:
        return None
    left = min(line.left for line in region) - 2
    right = max(line.right for line in region) + 2
    edges = [left, *((a + b) / 2 for a, b in rivers), right]
    parts = _split_at(region, spanning)
    cells: list[PrintedCell] = []
    tops: list[float] = []
    pitch = usual_pitch(region, edges, spanning)
    for kind, lines in parts:
        if kind == "heading":
            words = tuple(word for line in lines for word in line.words)
            cells.append(PrintedCell(len(tops), 0, 1, len(edges) - 1, words))
            tops.append(lines[0].top)
            continue
        for row_cells, top in rows_of(lines, edges, pitch, len(tops)):
            cells += row_cells
            tops.append(top)
    rows = (*tops, region[-1].bottom + 1)
    return PageTable(page.number, tuple(edges), rows, tuple(cells), "columns", rivers=tuple(rivers))


def _split_at(region: Sequence[PrintedLine], spanning: set[int]) -> list[tuple[str, list[PrintedLine]]]:
    parts: list[tuple[str, list[PrintedLine]]] = []
    for i, line in enumerate(region):
        kind = "heading" if i in spanning else "rows"
        if parts and parts[-1][0] == kind:
            parts[-1][1].append(line)
        else:
            parts.append((kind, [line]))
    return parts


class Block:
    """Lines of one column that make one cell."""

    __slots__ = ("bottom", "column", "top", "words")

    def __init__(self, column: int, words: Sequence[Word]) -> None:
        self.column = column
        self.words = list(words)
        self.top = min(word.top for word in words)
        self.bottom = max(word.bottom for word in words)

    def add(self, words: Sequence[Word]) -> None:
        """A further line of the cell."""
        self.words += words
        self.bottom = max(self.bottom, *(word.bottom for word in words))


def rows_of(
    lines: Sequence[PrintedLine], edges: Sequence[float], pitch: float, first_row: int
) -> list[tuple[list[PrintedCell], float]]:
    """The rows of a stretch with no heading row: their cells and tops."""
    parted = [words_by_column(line, edges) for line in lines]
    columns = [column_blocks(parted, edges, column, pitch) for column in range(len(edges) - 1)]
    anchor = anchor_column(columns)
    starts = row_starts(columns, anchor)
    held: dict[tuple[int, int], list[Word]] = {}
    spans: dict[tuple[int, int], int] = {}
    for blocks in columns:
        for block in blocks:
            first, last = _rows_under(block, starts, anchor)
            held.setdefault((first, block.column), []).extend(block.words)
            spans[first, block.column] = max(spans.get((first, block.column), 1), last - first + 1)
    rows: list[tuple[list[PrintedCell], float]] = []
    for row, (top, _) in enumerate(starts):
        cells = [
            PrintedCell(first_row + row, column, spans[row, column], 1, tuple(held[row, column]))
            for column in range(len(columns))
            if (row, column) in held
        ]
        rows.append((cells, min([top, *(word.top for cell in cells for word in cell.words)])))
    return rows


def column_blocks(
    parted: Sequence[dict[int, list[Word]]], edges: Sequence[float], column: int, pitch: float
) -> list[Block]:
    """The cells of one column, from each line's words by column: a wider pitch begins a new one, and so does a line
    after one that ended early."""
    blocks: list[Block] = []
    last: list[Word] = []
    right = max([word.right for line in parted for word in line.get(column, ())], default=edges[column + 1])
    for line in parted:
        words = line.get(column)
        if not words:
            continue
        step = words[0].bottom - last[0].bottom if last else 0.0
        anew = not blocks or step > pitch + 0.13 * words[0].size + 0.2
        if not anew and step > 0.9 * pitch:
            anew = starts_anew(words, last, right, together=len(line), columns=len(edges) - 1)
        if anew:
            blocks.append(Block(column, words))
        else:
            blocks[-1].add(words)
        last = words
    return blocks


def starts_anew(words: Sequence[Word], last: Sequence[Word], right: float, *, together: int, columns: int) -> bool:
    """Whether a line at the usual pitch begins a new cell: the one above had room for its first word, it begins with a
    capital or figure, and words begin in several columns (`together`) at its height."""
    first = words[0]
    room = right - last[-1].right > (first.right - first.left) + 0.3 * first.size + 1
    return room and not first.text[0].islower() and together >= max(2, columns // 2)


def usual_pitch(region: Sequence[PrintedLine], edges: Sequence[float], spanning: set[int]) -> float:
    """Distance of base lines inside a cell: that of lines that broke for want of room, else 1.25 type sizes."""
    steps: list[float] = []
    last: dict[int, list[Word]] = {}
    rights: dict[int, float] = {}
    parted = [words_by_column(line, edges) for line in region]
    for line in parted:
        for column, words in line.items():
            rights[column] = max(rights.get(column, 0.0), *[word.right for word in words])
    for i, line in enumerate(parted):
        if i in spanning:
            last = {}
            continue
        for column, words in line.items():
            before = last.get(column)
            if before and rights[column] - before[-1].right < words[0].right - words[0].left:
                steps.append(words[0].bottom - before[0].bottom)
            last[column] = words
    size = sorted(line.size for line in region)[len(region) // 2]
    near = sorted(step for step in steps if 0.8 * size < step < 2.2 * size)
    return near[len(near) // 4] if near else 1.25 * size


def anchor_column(columns: Sequence[Sequence[Block]]) -> int:
    """The column whose cells tell the rows: that with most cells, of equals the one with most words."""
    return max(range(len(columns)), key=lambda c: (len(columns[c]), sum(len(b.words) for b in columns[c])))


def row_starts(columns: Sequence[Sequence[Block]], anchor: int) -> list[tuple[float, float]]:
    """Top and bottom of each row: the anchor column's cells, and cells of other columns that stand beside none."""
    starts = [(block.top, block.bottom) for block in columns[anchor]]
    for column, blocks in enumerate(columns):
        if column == anchor:
            continue
        for block in blocks:
            if not any(block.top < bottom and top < block.bottom for top, bottom in starts):
                above = [start for start in starts if start[1] <= block.top]
                gap = block.top - above[-1][1] if above else 99.0
                if gap > 0.5 * (block.words[0].size):
                    starts.append((block.top, block.bottom))
                    starts.sort()
    return starts


def _rows_under(block: Block, starts: Sequence[tuple[float, float]], anchor: int) -> tuple[int, int]:
    """First and last row beside which a cell stands."""
    if block.column == anchor:
        row = next(i for i, (top, _) in enumerate(starts) if top == block.top)
        return row, row
    beside = [i for i, (top, bottom) in enumerate(starts) if min(bottom, block.bottom) - max(top, block.top) > 2]
    if not beside:
        above = [i for i, (top, _) in enumerate(starts) if top <= block.top + 2]
        row = above[-1] if above else 0
        return row, row
    return beside[0], beside[-1]


def holds_up(table: PageTable, *, headed: bool) -> bool:
    """Whether most rows below the header fill two columns or more: prose under a line of names does not."""
    rows: dict[int, int] = {}
    for cell in table.cells:
        if cell.column_span == 1 and cell.words:
            rows[cell.row] = rows.get(cell.row, 0) + 1
    body = [count for row, count in sorted(rows.items())][1 if headed else 0 :]
    return bool(body) and sum(count >= 2 for count in body) >= 0.5 * len(body)


def _columns_filled(line: PrintedLine, rivers: Sequence[Span]) -> set[int]:
    edges = [line.left - 1, *((a + b) / 2 for a, b in rivers), line.right + 1]
    return {column_of(word, edges) for word in line.words}
