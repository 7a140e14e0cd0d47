"""The numbering part of a Word paper in; the marker that Word prints before a list paragraph out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lscb_textmine.read.list_numbers import print_number
from lscb_textmine.read.parts import Element
from lscb_textmine.read.word.package import W
from lscb_textmine.read.word.styles import OFF, Styles, value_of, whole_number
from lscb_textmine.read.word.symbols import spell_symbols


@dataclass(frozen=True, slots=True)
class Level:
    """How one depth of a list is numbered."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    """With %1 for the number of the first depth, %2 of the second."""
    style: str = ""
    """Id of the paragraph style tied to this depth."""
    legal: bool = False
    """Whether all numbers are shown in arabic figures."""
    restart: int | None = None
    """The depth (from 1) whose step starts this one again; 0 for never, None for any depth above."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A list definition as a paragraph uses it."""

    key: str
    """Lists with the same key count on from one another."""
    levels: dict[int, Level]
    restarts: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """The lists of a paper and how far each has counted; paragraphs must be shown to it in order."""

    schemes: dict[str, Scheme]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next_marker(self, number_id: str, depth: int) -> str | None:
        """The marker of the next paragraph of a list at `depth` from 0; None when there is no such list."""
        scheme = self.schemes.get(number_id)
        if scheme is None:
            return None
        level = scheme.levels.get(depth, Level(format="none"))
        counts = self.counts.setdefault(scheme.key, {})
        if depth in scheme.restarts and (number_id, depth) not in self.begun:
            counts[depth] = scheme.restarts[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        self.begun.add((number_id, depth))
        for deeper in [each for each in counts if each > depth]:
            restart = scheme.levels.get(deeper, Level()).restart
            if restart is None or (restart and depth < restart):
                del counts[deeper]
        return _print_marker(scheme, level, counts)

    def depth_for_style(self, number_id: str, style_id: str) -> int:
        """The depth that a list ties to a paragraph style, 0 when it ties none."""
        scheme = self.schemes.get(number_id)
        tied = (depth for depth, level in scheme.levels.items() if level.style == style_id) if scheme else iter(())
        return next(tied, 0)


def load_numbering(root: Element | None, styles: Styles) -> Numbering:
    """The lists in the part `root`, none when the paper has no such part."""
    if root is None:
        return Numbering({})
    abstract = {each.get(W + "abstractNumId", ""): each for each in root.iterfind(W + "abstractNum")}
    numbers = {each.get(W + "numId", ""): each for each in root.iterfind(W + "num")}
    schemes = {}
    for number_id, number in numbers.items():
        key = value_of(number, "abstractNumId")
        linked = value_of(abstract[key], "numStyleLink") if key in abstract else ""
        if linked and (other := numbers.get(styles.find(linked).number_id or "")) is not None:
            key = value_of(other, "abstractNumId")
        schemes[number_id] = _override(Scheme(key, _levels(abstract.get(key))), number)
    return Numbering(schemes)


def _override(scheme: Scheme, number: Element) -> Scheme:
    levels, restarts = dict(scheme.levels), {}
    for change in number.iterfind(W + "lvlOverride"):
        depth = whole_number(change.get(W + "ilvl"), 0)
        start = value_of(change, "startOverride")
        if start.isdigit():
            restarts[depth] = int(start)
        if (level := change.find(W + "lvl")) is not None:
            levels[depth] = _level(level)
    return replace(scheme, levels=levels, restarts=restarts)


def _levels(abstract: Element | None) -> dict[int, Level]:
    if abstract is None:
        return {}
    return {whole_number(each.get(W + "ilvl"), 0): _level(each) for each in abstract.iterfind(W + "lvl")}


def _level(element: Element) -> Level:
    start, restart = value_of(element, "start"), value_of(element, "lvlRestart")
    legal = element.find(W + "isLgl")
    return Level(
        start=whole_number(start, 1),
        format=value_of(element, "numFmt") or "decimal",
        text=value_of(element, "lvlText"),
        style=value_of(element, "pStyle"),
        legal=legal is not None and legal.get(W + "val", "1") not in OFF,
        restart=int(restart) if restart.isdigit() else None,
    )


def _print_marker(scheme: Scheme, level: Level, counts: dict[int, int]) -> str:
    if level.format == "bullet":
        return spell_symbols(level.text).strip() or "•"

    def number(match: re.Match[str]) -> str:
        depth = int(match[1]) - 1
        named = scheme.levels.get(depth, Level())
        return print_number(counts.get(depth, named.start), "decimal" if level.legal else named.format)

    return " ".join(re.sub(r"%([1-9])", number, level.text).split())
