"""Ruling lines of a page in; the tables that they draw out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from lscb_textmine.read.crossings import cells_to_groups, crossings_to_cells, edges_to_crossings
from lscb_textmine.read.page_table import PageTable, cells_to_page_table
from lscb_textmine.read.words import PageWords, Rule
from lscb_textmine.records import Box

NEAR = 3.0
"""Points within which lines are one, and ends of lines meet."""


def find_ruled_tables(page: PageWords, extra: Iterable[Rule] = (), *, found_by: str = "lines") -> list[PageTable]:
    """The tables that a page's ruling lines draw, those of one column (frames round text) left out.

    `extra` are lines that are not printed but known, such as the gaps between columns of a table with level rules only.
    """
    rules = [*page.rules, *extra]
    if not any(rule.left == rule.right for rule in rules):
        return []
    rules = clip_rules(rules, page)
    level, foot = close_open_ends(rules)
    if len({rule.left for rule in [*rules, *level] if rule.left == rule.right}) < 3:
        return []  # two columns have three upright lines: this is a frame round text
    # pdfplumber takes 60 ms to import, and many papers have no ruled table
    from pdfplumber.table import merge_edges

    edges = merge_edges(
        [_edge(rule) for rule in [*rules, *level]],
        snap_x_tolerance=NEAR, snap_y_tolerance=NEAR, join_x_tolerance=NEAR, join_y_tolerance=NEAR,
    )  # fmt: skip
    cells = crossings_to_cells(edges_to_crossings(edges, NEAR))
    found = []
    for boxes in cells_to_groups(cells):
        kept = drop_slivers(boxes)
        if len(kept) < 2:
            continue
        lowest = max(box[3] for box in kept)
        open_foot = any(abs(y - lowest) <= NEAR for y in foot)
        found.append(cells_to_page_table(page.number, kept, page.words, found_by=found_by, open_foot=open_foot))
    return [table for table in found if is_table(table)]


def is_table(table: PageTable) -> bool:
    """Whether a grid holds words in at least two of its columns: a frame, a chart or a form's boxes do not."""
    filled = {cell.column for cell in table.cells if cell.words}
    return len(filled) >= 2


def clip_rules(rules: Sequence[Rule], page: PageWords) -> list[Rule]:
    """The rules that stand on the page, without those as long as the whole sheet (its edge or a crop mark)."""
    kept = []
    for rule in rules:
        on_sheet = rule.right > -1 and rule.left < page.width + 1 and rule.bottom > -1 and rule.top < page.height + 1
        whole = rule.right - rule.left > 0.985 * page.width or rule.bottom - rule.top > 0.985 * page.height
        if on_sheet and not whole:
            kept.append(rule)
    return kept


def close_open_ends(rules: Sequence[Rule]) -> tuple[list[Rule], list[float]]:
    """Lines that close grids left open, and the heights of those at a foot.

    Some programs draw no bottom line for a row that breaks over the page, or no outer lines at the sides: where three
    or more parallel lines end together with no line across, the line across is added.
    """
    upright = [rule for rule in rules if rule.left == rule.right and rule.bottom - rule.top > 4]
    level = [rule for rule in rules if rule.top == rule.bottom and rule.right - rule.left > 4]
    added, feet = [], []
    for ends, foot in (([rule.top for rule in upright], False), ([rule.bottom for rule in upright], True)):
        for y, group in _ending_together(upright, ends):
            left, right = min(r.left for r in group), max(r.left for r in group)
            across = [r for r in level if abs(r.top - y) <= NEAR and r.right > left + NEAR and r.left < right - NEAR]
            if sum(r.right - r.left for r in across) < 0.3 * (right - left):
                added.append(Rule(left, y, right, y))
                feet += [y] if foot else []
    for ends in ([rule.left for rule in level], [rule.right for rule in level]):
        for x, group in _ending_together(level, ends):
            top, bottom = min(r.top for r in group), max(r.top for r in group)
            crossing = [r for r in upright if r.top < bottom - NEAR and r.bottom > top + NEAR]
            if crossing and not any(abs(r.left - x) <= NEAR for r in crossing):
                added.append(Rule(x, top, x, bottom))
    return added, feet


def _ending_together(rules: Sequence[Rule], ends: Sequence[float], least: int = 3) -> list[tuple[float, list[Rule]]]:
    groups: dict[int, list[tuple[float, Rule]]] = defaultdict(list)
    for rule, end in zip(rules, ends, strict=True):
        groups[round(end / NEAR)].append((end, rule))
    found = []
    for key, group in sorted(groups.items()):
        near = group + groups.get(key + 1, [])
        apart = {round((rule.left if rule.left == rule.right else rule.top) / NEAR) for _, rule in near}
        if len(apart) >= least:
            found.append((max(end for end, _ in near), [rule for _, rule in near]))
    return found


def drop_slivers(boxes: Sequence[Box]) -> list[Box]:
    """Cells without those too narrow for a letter, such as the gap in a double line."""
    return [box for box in boxes if box[2] - box[0] > NEAR and box[3] - box[1] > NEAR]


def _edge(rule: Rule) -> dict[str, Any]:
    """A rule in the form that pdfplumber's finder takes."""
    return {
        "x0": rule.left, "x1": rule.right, "top": rule.top, "bottom": rule.bottom, "doctop": rule.top,
        "width": rule.right - rule.left, "height": rule.bottom - rule.top, "object_type": "line",
        "orientation": "v" if rule.left == rule.right else "h",
    }  # fmt: skip
