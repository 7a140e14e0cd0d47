"""Tables with level rules between rows and none between columns: rules and words in, parts of tables out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lscb_textmine.read.page_table import PageTable, cells_to_page_table
from lscb_textmine.read.rivers import PrintedLine, Span, column_of, common_rivers, widest_white, words_to_printed_lines
from lscb_textmine.read.words import PageWords, Rule, Word
from lscb_textmine.records import Box

NEAR = 3.5
SHORTEST = 120.0
"""Points: a level rule shorter than this is no table's."""


def find_level_ruled_tables(page: PageWords, words: Sequence[Word]) -> list[PageTable]:
    """The tables that at least three level rules of one width, and white rivers between columns, draw on a page.

    `words` are those that stand in no other table. The words above the first rule belong to it when they stand in its
    columns (a header with a rule below), and so do those below the last.
    """
    rules = join_level_rules(page.rules)
    found: list[PageTable] = []
    for group in group_rules(rules):
        partial = [rule for rule in rules if rule not in group and _within(rule, group)]
        table = _rules_to_table(page, group, partial, words)
        if table:
            found.append(table)
    return found


def join_level_rules(rules: Sequence[Rule]) -> list[Rule]:
    """Level rules with those that touch end to end, as cell borders do, joined; from top to bottom."""
    level = [rule for rule in rules if rule.top == rule.bottom and rule.right > rule.left]
    level.sort(key=lambda rule: (round(rule.top / 2), rule.left))
    joined: list[Rule] = []
    for rule in level:
        last = joined[-1] if joined else None
        if last and abs(last.top - rule.top) <= 1.5 and rule.left <= last.right + 4:
            joined[-1] = last._replace(right=max(last.right, rule.right))
        else:
            joined.append(rule)
    return sorted((rule for rule in joined if rule.right - rule.left > 20), key=lambda rule: rule.top)


def group_rules(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Runs of three or more rules of one left and right end, from top to bottom, each height once."""
    groups: list[list[Rule]] = []
    for rule in rules:
        if rule.right - rule.left < SHORTEST:
            continue
        for group in groups:
            if abs(group[0].left - rule.left) <= NEAR and abs(group[0].right - rule.right) <= NEAR:
                if rule.top - group[-1].top > NEAR:
                    group.append(rule)
                break
        else:
            groups.append([rule])
    return [group for group in groups if len(group) >= 3]


def _within(rule: Rule, group: Sequence[Rule]) -> bool:
    inside = group[0].left - NEAR <= rule.left and rule.right <= group[0].right + NEAR
    return inside and group[0].top + NEAR < rule.top < group[-1].top - NEAR


def _rules_to_table(
    page: PageWords, group: Sequence[Rule], partial: Sequence[Rule], words: Sequence[Word]
) -> PageTable | None:
    left, right = group[0].left, group[0].right
    lines = [
        line
        for line in words_to_printed_lines(w for w in words if left - NEAR <= (w.left + w.right) / 2 <= right + NEAR)
        if group[0].top - 60 < line.top and line.bottom < group[-1].top + 60
    ]
    bands = [_between(lines, above.top, below.top) for above, below in pairwise(group)]
    told = [band for band in bands if band and not _is_spanning(band, left, right)]
    rivers = common_rivers(told, left, right)
    if not rivers or sum(_filled(band, rivers) >= 2 for band in told) < 2:
        return None
    tops = [rule.top for rule in group]
    size = sorted(line.size for band in told for line in band)[sum(map(len, told)) // 2]
    near = [line for line in lines if abs(line.size - size) <= 0.15 * size]
    tops, rivers = _with_header_above(near, tops, rivers)
    tops, rivers = _with_row_below(near, tops, rivers)
    middles = [(a + b) / 2 for a, b in rivers]
    edges = [min(left, *(w.left for b in told for li in b for w in li.words)) - 1, *middles, right + 1]
    tops = _with_lone_headings(tops, edges, [_between(lines, a, b) for a, b in pairwise(tops)])
    boxes = _cell_boxes(tops, edges, partial, [_between(lines, a, b) for a, b in pairwise(tops)])
    open_foot = tops[-1] > group[-1].top + NEAR
    return cells_to_page_table(page.number, boxes, words, found_by="columns", open_foot=open_foot)


def _cell_boxes(
    tops: Sequence[float], edges: Sequence[float], partial: Sequence[Rule], bands: Sequence[Sequence[PrintedLine]]
) -> list[Box]:
    """The outlines of the cells; a rule over some columns only parts the cells of those."""
    boxes: list[Box] = []
    pitch = _pitch_inside(bands, edges)
    for (top, bottom), band in zip(pairwise(tops), bands, strict=True):
        if band and _is_spanning(band, edges[0], edges[-1]):
            boxes.append((edges[0], top, edges[-1], bottom))
            continue
        starts = row_starts_in(band, edges, pitch=pitch)
        for left, right in pairwise(edges):
            inner = [r.top for r in partial if top < r.top < bottom and _covers(r, left, right)]
            boxes += [(left, a, right, b) for a, b in pairwise(sorted([top, *inner, *starts, bottom]))]
    return boxes


def _with_lone_headings(
    tops: Sequence[float], edges: Sequence[float], bands: Sequence[Sequence[PrintedLine]]
) -> list[float]:
    """The heights with one more above each bold run that closes a band of plain rows: the heading of those below it.

    So stand "Apologies" and its rule between those present and those not (minutes of Penrhyn Celyg, 16 October 2008).
    """
    heights = list(tops)
    for band in bands[:-1]:
        if len(band) >= 2 and _is_spanning(band[-1:], edges[0], edges[-1]) and not _is_bold(band[-2]):
            last = band[-1]
            if _is_bold(last) and last.top - band[-2].bottom > 0.2 * last.size:
                heights.append((band[-2].bottom + last.top) / 2)
    return sorted(heights)


def _is_bold(line: PrintedLine) -> bool:
    return all(word.bold for word in line.words)


def _pitch_inside(bands: Sequence[Sequence[PrintedLine]], edges: Sequence[float]) -> float:
    """Least distance of a line that fills fewer columns from the line above: that inside a cell; 0 for none."""
    filled = [[(line, len({column_of(word, edges) for word in line.words})) for line in band] for band in bands]
    steps = [below.bottom - above.bottom for band in filled for (above, n), (below, m) in pairwise(band) if m < n]
    return min(steps, default=0.0)


def row_starts_in(band: Sequence[PrintedLine], edges: Sequence[float], *, pitch: float = 0.0) -> list[float]:
    """Heights at which further rows begin between two rules, as in a list of names with rules only round its parts.

    A line begins a row when it has words in the first column and one more, and in each of its columns the line above
    ended with room for its first word; or when it fills every column and stands farther below than the `pitch` of
    lines inside a cell. Two lines make rows only where the pitch tells them. What stands above must be a row itself,
    with words in the first column: a header of two lines is one row.
    """
    rights: dict[int, float] = {}
    for line in band:
        for word in line.words:
            column = column_of(word, edges)
            rights[column] = max(rights.get(column, 0.0), word.right)
    starts: list[float] = []
    sure = headed = False
    for above, line in pairwise(band):
        headed = headed or any(column_of(word, edges) == 0 for word in above.words)
        ends = {column_of(word, edges): word for word in above.words}
        firsts = {column_of(word, edges): word for word in reversed(line.words)}
        room = [rights[c] - ends[c].right > w.right - w.left + 0.3 * w.size for c, w in firsts.items() if c in ends]
        capital = all(not word.text[0].islower() for word in firsts.values())
        full = len(firsts) == len(edges) - 1 and len(firsts) >= 3
        apart = pitch > 0 and line.bottom - above.bottom > pitch + 0.1 * line.size
        if (
            headed
            and 0 in firsts
            and room
            and capital
            and (all(room) or (full and (apart or sum(room) >= 0.5 * len(room))))
        ):
            starts.append((above.bottom + line.top) / 2)
            sure = sure or (full and apart)
    return starts if len(starts) >= 2 or sure else []


def _covers(rule: Rule, left: float, right: float) -> bool:
    return min(rule.right, right) - max(rule.left, left) > 0.6 * (right - left)


def _between(lines: Sequence[PrintedLine], top: float, bottom: float) -> list[PrintedLine]:
    return [line for line in lines if top - 1 <= (line.top + line.bottom) / 2 <= bottom + 1]


def _is_spanning(band: Sequence[PrintedLine], left: float, right: float) -> bool:
    """Whether a row is one run of words from the left end: a heading row inside the table."""
    if len(band) > 2:
        return False
    first = band[0]
    one_run = all(len(line.segments(0.9)) == 1 for line in band)
    bold = all(word.bold for line in band for word in line.words)
    return one_run and first.left - left < 30 and (bold or first.right - left > 0.25 * (right - left))


def _filled(band: Sequence[PrintedLine], rivers: Sequence[Span]) -> int:
    middles = [(a + b) / 2 for a, b in rivers]
    return len({sum(word.left > middle for middle in middles) for line in band for word in line.words})


def _with_header_above(
    lines: Sequence[PrintedLine], tops: list[float], rivers: list[Span]
) -> tuple[list[float], list[Span]]:
    """The heights with one more on top, and the rivers narrowed, when a header stands above the first rule."""
    taken, rivers = _lines_in_columns([line for line in reversed(lines) if line.bottom <= tops[0] + 3], rivers, tops[0])
    return ([taken[-1].top - 1, *tops] if taken else tops), rivers


def _with_row_below(
    lines: Sequence[PrintedLine], tops: list[float], rivers: list[Span]
) -> tuple[list[float], list[Span]]:
    """The heights with one more below, and the rivers narrowed, when a last row stands under the last rule."""
    taken, rivers = _lines_in_columns([line for line in lines if line.top >= tops[-1] - 3], rivers, tops[-1])
    return ([*tops, taken[-1].bottom + 1] if taken else tops), rivers


def _lines_in_columns(
    lines: Sequence[PrintedLine], rivers: list[Span], start: float
) -> tuple[list[PrintedLine], list[Span]]:
    """The lines, each near the one before, that leave every river white; none unless the first fills two columns."""
    taken: list[PrintedLine] = []
    for line in lines:
        edge = (taken[-1].top, taken[-1].bottom) if taken else (start, start)
        gap = max(edge[0] - line.bottom, line.top - edge[1])
        narrowed = [white for river in rivers if (white := widest_white(river, line))]
        lone = not taken and _filled([line], rivers) < 2
        if gap > (0.9 if taken else 1.8) * line.size or len(narrowed) < len(rivers) or lone:
            break
        taken.append(line)
        rivers = narrowed
    return taken, rivers
