"""The wordings of objectives seen so far and those of a later paper in; which of them are one objective out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from lscb_textmine.measure.likeness import Words, liken

if TYPE_CHECKING:
    from numpy.typing import NDArray

JOINED = 0.5
"""From this likeness two statements are joined: on boards not used for setting, see `scripts/carried.py`."""
APART = 0.2
"""Below this likeness to everything in a paper, an objective may be said not to be seen there again."""
HELD = 0.6
"""Nor when one statement there holds this much of its words: "Self-harm" is not gone where its pathway stands."""
CLOSER_LOOK = 6
"""How many of the nearest on either side are compared word by word: a frame that is alike is rarely that common."""
FAINT = 0.12
"""Statements that share less of their weight than this are never one."""


class Match(NamedTuple):
    """Two statements that may be one objective: their numbers among the earlier and the later, and how alike."""

    earlier: int
    later: int
    likeness: float


class Nearness(NamedTuple):
    """What a later paper has of each earlier statement."""

    pairs: list[Match]
    """The pairs that are alike at all, the most alike first."""
    held: list[float]
    """Of each earlier statement, the most of its weight that stands in one later statement."""


def compare_all(earlier: Sequence[Words], later: Sequence[Words], weights: Mapping[str, float]) -> Nearness:
    """How near every earlier statement is to the later ones.

    All are compared at once by the weight of the words that they share; word by word only those that are nearest.
    """
    if not earlier or not later:
        return Nearness([], [0.0] * len(earlier))
    import numpy

    shared = _weigh_shared(earlier, later, weights)
    whole, other = (_weigh_all(statements, weights) for statements in (earlier, later))
    share = 2 * shared / (whole[:, None] + other[None, :])
    near = numpy.zeros(share.shape, dtype=bool)
    for axis in (0, 1):
        most = min(CLOSER_LOOK, share.shape[axis])
        kept = numpy.argpartition(-share, most - 1, axis=axis).take(range(most), axis=axis)
        numpy.put_along_axis(near, kept, True, axis=axis)
    places = numpy.argwhere(near & (share >= FAINT)).tolist()
    pairs = [Match(i, j, liken(earlier[i], later[j], weights)) for i, j in places]
    pairs.sort(key=lambda match: (-match.likeness, match.earlier, match.later))
    return Nearness(pairs, (shared.max(axis=1) / whole).tolist())


def _weigh_shared(earlier: Sequence[Words], later: Sequence[Words], weights: Mapping[str, float]) -> NDArray[Any]:
    """The weight of the words that each earlier statement (rows) shares with each later one (columns)."""
    import numpy

    column = {word: number for number, word in enumerate(sorted(set().union(*earlier) & set().union(*later)))}
    tables = []
    for statements in (earlier, later):
        table = numpy.zeros((len(statements), len(column)), dtype=numpy.float32)
        for row, words in enumerate(statements):
            for word in set(words) & column.keys():
                table[row, column[word]] = weights[word] ** 0.5
        tables.append(table)
    shared: NDArray[Any] = tables[0] @ tables[1].T
    return shared


def _weigh_all(statements: Sequence[Words], weights: Mapping[str, float]) -> NDArray[Any]:
    import numpy

    whole = [sum(weights[word] for word in sorted(set(words))) or 1.0 for words in statements]
    return numpy.array(whole, dtype=numpy.float32)


def pick_pairs(pairs: Sequence[Match], owners: Sequence[int]) -> list[Match]:
    """The pairs to join, best first, each objective and each later statement once.

    `owners` tells to which objective each earlier statement belongs.
    """
    taken: set[int] = set()
    used: set[int] = set()
    picked = []
    for match in pairs:
        if match.likeness >= JOINED and owners[match.earlier] not in taken and match.later not in used:
            taken.add(owners[match.earlier])
            used.add(match.later)
            picked.append(match)
    return picked
