"""The styles part of a Word paper in; what a style says of a paragraph or run out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lscb_textmine.read.parts import Element
from lscb_textmine.read.word.package import W

OFF = ("0", "false", "off", "none")
HEADING_NAME = re.compile(r"heading ?([1-9])$")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, with what it inherits from the styles it is based on."""

    name: str = ""
    """Word's own English name in small letters ("heading 1", "list bullet 2"), whatever language Word speaks."""
    outline: int | None = None
    """0 for a first-level heading; None for body text."""
    number_id: str | None = None
    number_level: int | None = None
    bold: bool = False
    underlined: bool = False
    hidden: bool = False
    size: float | None = None
    """In points."""
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """All styles of a paper; each is resolved when first asked for, as most are never used."""

    elements: dict[str, Element] = field(default_factory=dict)
    defaults: Style = field(default_factory=lambda: Style(size=10.0))
    default_paragraph: str = ""
    resolved: dict[str, Style] = field(default_factory=dict)

    def find(self, style_id: str) -> Style:
        """The style with this id; for one that the paper names but does not define, its id is its name."""
        if style_id not in self.resolved:
            self.resolved[style_id] = self._resolve(style_id, ())
        return self.resolved[style_id]

    def _resolve(self, style_id: str, below: tuple[str, ...]) -> Style:
        element = self.elements.get(style_id)
        if element is None or style_id in below:
            return _named(self.defaults, style_id)
        parent = value_of(element, "basedOn")
        inherited = self._resolve(parent, (*below, style_id)) if parent else self.defaults
        inherited = replace(inherited, name="")
        style = add_run_properties(inherited, element.find(W + "rPr"))
        style = add_paragraph_properties(style, element.find(W + "pPr"))
        return _named(style, value_of(element, "name") or style_id)


def load_styles(root: Element | None) -> Styles:
    """The styles in the part `root`, an empty set when the paper has none."""
    if root is None:
        return Styles()
    defaults = add_run_properties(Style(size=10.0), root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    elements = {each.get(W + "styleId", ""): each for each in root.iterfind(W + "style")}
    default = next(
        (
            each.get(W + "styleId", "")
            for each in root.iterfind(W + "style")
            if each.get(W + "type") == "paragraph" and each.get(W + "default") not in (None, *OFF)
        ),
        "",
    )
    return Styles(elements, defaults, default)


def whole_number(text: str | None, otherwise: int) -> int:
    """The number written in an attribute, `otherwise` where a damaged file has none there.

    >>> whole_number("3", 1), whole_number("x", 1), whole_number(None, 1)
    (3, 1, 1)
    """
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


def value_of(element: Element, *names: str) -> str:
    """The `w:val` of the child reached by `names`, `""` when it is not there."""
    found = element.find("/".join(W + name for name in names))
    return "" if found is None else str(found.get(W + "val", ""))


def switch_of(element: Element, name: str) -> bool | None:
    """Whether an on/off property is on; None when it is not said."""
    found = element.find(W + name)
    return None if found is None else found.get(W + "val", "1") not in OFF


def add_run_properties(style: Style, properties: Element | None) -> Style:
    """`style` with what run properties (`w:rPr`) say on top of it."""
    if properties is None or len(properties) == 0:
        return style
    bold, hidden, underlined = (switch_of(properties, name) for name in ("b", "vanish", "u"))
    size = value_of(properties, "sz")
    return replace(
        style,
        bold=style.bold if bold is None else bold,
        hidden=style.hidden if hidden is None else hidden,
        underlined=style.underlined if underlined is None else underlined,
        size=whole_number(size.partition(".")[0], 0) / 2 or style.size,
    )


def add_paragraph_properties(style: Style, properties: Element | None) -> Style:
    """`style` with what paragraph properties (`w:pPr`) say on top of it."""
    if properties is None or len(properties) == 0:
        return style
    outline, level = value_of(properties, "outlineLvl"), value_of(properties, "numPr", "ilvl")
    alignment = value_of(properties, "jc")
    return replace(
        style,
        outline=(int(outline) if int(outline) < 9 else None) if outline.isdigit() else style.outline,
        number_id=value_of(properties, "numPr", "numId") or style.number_id,
        number_level=int(level) if level.isdigit() else style.number_level,
        centred=alignment == "center" if alignment else style.centred,
    )


def _named(style: Style, name: str) -> Style:
    name = " ".join(name.lower().split())
    heading = HEADING_NAME.match(name)
    outline = int(heading[1]) - 1 if heading and style.outline is None else style.outline
    return replace(style, name=name, outline=outline)
