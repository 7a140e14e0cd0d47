"""Ruling lines in; the points where they cross, the smallest cells between them, and cells that touch, out.

What pdfplumber's finder of the same steps gives, in time that grows with the crossings and not with their square: a
page with 10,000 cells took it seven seconds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from lscb_textmine.records import Box

Edge = Mapping[str, Any]
"""A line in pdfplumber's form."""
Point = tuple[float, float]
Crossings = dict[Point, tuple[frozenset[Box], frozenset[Box]]]
"""Each point where lines cross, with the upright and the level lines there."""


def edges_to_crossings(edges: Sequence[Edge], near: float) -> Crossings:
    """The points where upright and level lines meet within `near` points."""
    upright = sorted((_box(edge) for edge in edges if edge["orientation"] == "v"), key=lambda box: (box[0], box[1]))
    level = sorted((_box(edge) for edge in edges if edge["orientation"] == "h"), key=lambda box: (box[1], box[0]))
    tops = [box[1] for box in level]
    met: defaultdict[Point, tuple[set[Box], set[Box]]] = defaultdict(lambda: (set(), set()))
    for line in upright:
        x, top, _, bottom = line
        for i in range(bisect_left(tops, top - near), len(level)):
            across = level[i]
            if across[1] > bottom + near:
                break
            if across[0] - near <= x <= across[2] + near:
                down, along = met[x, across[1]]
                down.add(line)
                along.add(across)
    return {point: (frozenset(down), frozenset(along)) for point, (down, along) in met.items()}


def _box(edge: Edge) -> Box:
    return edge["x0"], edge["top"], edge["x1"], edge["bottom"]


def crossings_to_cells(crossings: Crossings) -> list[Box]:
    """The smallest cell to the right of and below each crossing, where lines close one."""
    below: defaultdict[float, list[Point]] = defaultdict(list)
    right: defaultdict[float, list[Point]] = defaultdict(list)
    cells: list[Box] = []
    for point in sorted(crossings, reverse=True):
        cell = _smallest_cell(point, below[point[0]], right[point[1]], crossings)
        cells += [cell] if cell else []
        below[point[0]].append(point)
        right[point[1]].append(point)
    return cells[::-1]


def _smallest_cell(point: Point, below: Sequence[Point], right: Sequence[Point], crossings: Crossings) -> Box | None:
    down, along = crossings[point]
    beside = [each for each in reversed(right) if along & crossings[each][1]] if below else []
    for low in reversed(below):
        if not beside or not down & crossings[low][0]:
            continue
        foot = crossings[low][1]
        for far in beside:
            corner = crossings.get((far[0], low[1]))
            if corner and corner[0] & crossings[far][0] and corner[1] & foot:
                return point[0], point[1], far[0], low[1]
    return None


def cells_to_groups(cells: Sequence[Box]) -> list[list[Box]]:
    """Cells that share corners, directly or through others, as one group each; lone cells are left out."""
    groups: list[list[Box]] = []
    owner: dict[Point, int] = {}
    parents: list[int] = []

    def find(i: int) -> int:
        while parents[i] != i:
            parents[i] = parents[parents[i]]
            i = parents[i]
        return i

    for i, (left, top, right, bottom) in enumerate(cells):
        parents.append(i)
        for corner in ((left, top), (left, bottom), (right, top), (right, bottom)):
            other = find(owner.setdefault(corner, i))
            here = find(i)
            parents[max(here, other)] = min(here, other)
    members: defaultdict[int, list[Box]] = defaultdict(list)
    for i, cell in enumerate(cells):
        members[find(i)].append(cell)
    groups = [group for group in members.values() if len(group) > 1]
    return sorted(groups, key=lambda group: min((cell[1], cell[0]) for cell in group))
