"""Marks in; the same picture as SVG for the page and as PNG for the Word document out.

Four kinds of mark are enough. Shades are of one hue, so that a copy in grey says the same, and every share has its
count beside it in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from lscb_textmine.report.styles import DARK, INK, MIDDLE

if TYPE_CHECKING:
    from markupsafe import Markup
    from PIL.ImageDraw import ImageDraw

Anchor = Literal["start", "middle", "end"]
PALE, QUIET = "#DDE5ED", "#55606E"
SHADES = {
    "ink": INK,
    "dark": DARK,
    "middle": "#7F93A8",
    "pale": PALE,
    "line": MIDDLE,
    "quiet": QUIET,
    "white": "#FFFFFF",
}
PIXELS = 4
"""Pixels of a picture for each point: 288 an inch, as sharp as a printer needs."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A filled box."""

    x: float
    y: float
    width: float
    height: float
    shade: str = "dark"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    shade: str = "line"
    width: float = 0.75


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc; hollow for a figure that rests on too few to be compared."""

    x: float
    y: float
    radius: float = 3.2
    shade: str = "dark"
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """Words; `y` is the middle of their height."""

    x: float
    y: float
    text: str
    size: float = 8
    anchor: Anchor = "start"
    shade: str = "ink"


Mark = Rectangle | Line | Dot | Label


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture in points, and what it shows in words."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    alt: str


def chart_to_svg(chart: Chart) -> Markup:
    """The chart for a web page; every word in it is escaped."""
    from markupsafe import Markup

    opening = Markup('<svg viewBox="0 0 {w} {h}" width="{w}pt" height="{h}pt" role="img" aria-label="{alt}">').format(
        w=_number(chart.width), h=_number(chart.height), alt=chart.alt
    )
    return opening + Markup("").join(_mark_to_svg(mark) for mark in chart.marks) + Markup("</svg>")


def _mark_to_svg(mark: Mark) -> Markup:
    from markupsafe import Markup

    colour = SHADES[mark.shade]
    if isinstance(mark, Rectangle):
        return Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>').format(
            *map(_number, (mark.x, mark.y, mark.width, mark.height)), colour
        )
    if isinstance(mark, Line):
        return Markup('<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"/>').format(
            *map(_number, (mark.x1, mark.y1, mark.x2, mark.y2)), colour, _number(mark.width)
        )
    if isinstance(mark, Dot):
        return Markup('<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="1.2"/>').format(
            *map(_number, (mark.x, mark.y, mark.radius)), SHADES["white"] if mark.hollow else colour, colour
        )
    return Markup('<text x="{}" y="{}" font-size="{}" text-anchor="{}" fill="{}">{}</text>').format(
        _number(mark.x), _number(mark.y + 0.35 * mark.size), _number(mark.size), mark.anchor, colour, mark.text
    )


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def chart_to_png(chart: Chart) -> bytes:
    """The chart for a Word document."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (round(chart.width * PIXELS), round(chart.height * PIXELS)), SHADES["white"])
    draw = ImageDraw.Draw(image)
    for mark in chart.marks:
        _draw_mark(draw, mark)
    content = BytesIO()
    image.quantize(32).save(content, "PNG", optimize=True, dpi=(72 * PIXELS, 72 * PIXELS))
    return content.getvalue()


def _draw_mark(draw: ImageDraw, mark: Mark) -> None:
    from PIL import ImageFont

    colour, scale = SHADES[mark.shade], PIXELS
    if isinstance(mark, Rectangle):
        right, bottom = (mark.x + mark.width) * scale - 1, (mark.y + mark.height) * scale - 1
        if right >= mark.x * scale and bottom >= mark.y * scale:
            draw.rectangle((mark.x * scale, mark.y * scale, right, bottom), fill=colour)
    elif isinstance(mark, Line):
        ends = (mark.x1 * scale, mark.y1 * scale, mark.x2 * scale, mark.y2 * scale)
        draw.line(ends, fill=colour, width=max(1, round(mark.width * scale)))
    elif isinstance(mark, Dot):
        x, y, radius = mark.x * scale, mark.y * scale, mark.radius * scale
        inside = SHADES["white"] if mark.hollow else colour
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=inside, outline=colour, width=scale)
    else:
        font = ImageFont.load_default(mark.size * scale)
        anchor = {"start": "lm", "middle": "mm", "end": "rm"}[mark.anchor]
        draw.text((mark.x * scale, mark.y * scale), mark.text, fill=colour, font=font, anchor=anchor)
