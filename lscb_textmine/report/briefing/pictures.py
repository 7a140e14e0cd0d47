"""Figures of a board in; the charts that show them out."""

from __future__ import annotations

from collections.abc import Sequence

from lscb_textmine.records import DOMAINS, RESULTS, Measure
from lscb_textmine.report.briefing.charts import Chart, Dot, Label, Line, Mark, Rectangle
from lscb_textmine.report.briefing.wording import count_of, names, number, percent, short_of, words

WIDTH = 480.0
"""Points: the width of an A4 page without its margins."""
ROW = 17.0
TOP = 26.0
STRIP = (118.0, 13.0)
TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)
Row = tuple[str, Measure | None]


def draw_shares(rows: Sequence[Row], *, left: float, labels: float, plot: float, top: float = TOP) -> list[Mark]:
    """A row for each share: its name, dot and whisker on a scale of 0 to 100 %, and the count beside it."""
    start, bottom = left + labels, top + ROW * len(rows)
    marks: list[Mark] = []
    for tick in TICKS:
        x = start + tick * plot
        marks += [Line(x, top - 3, x, bottom, width=0.5), Label(x, top - 8, f"{tick:.0%}", 7, "middle", "quiet")]
    for i, (name, measure) in enumerate(rows):
        y = top + ROW * (i + 0.5)
        marks.append(Label(left, y, name, 8.5))
        marks += draw_share(measure, start, plot, y)
        text = short_of(measure) if measure and measure.total else words("share", "none")
        marks.append(Label(start + plot + 8, y, text, 8, shade="quiet"))
    return marks


def draw_share(measure: Measure | None, start: float, plot: float, y: float) -> list[Mark]:
    """Dot and whisker of one share, nothing when there is nothing to count over."""
    if measure is None or measure.share is None:
        return []
    at = start + plot * measure.share
    line = Line(start + plot * measure.low, y, start + plot * measure.high, y, "middle", 1.6)
    return [line, Dot(at, y, hollow=not measure.enough)]


def draw_bars(rows: Sequence[tuple[str, float, float, str]], *, left: float, labels: float, plot: float) -> list[Mark]:
    """A bar for each name: its length the count, its dark part a part of it, and words beside it."""
    most = max([count for _, count, _, _ in rows] + [1.0])
    marks: list[Mark] = []
    for i, (name, count, part, text) in enumerate(rows):
        y = TOP + ROW * (i + 0.5)
        length = plot * count / most
        marks.append(Label(left, y, name, 8.5))
        marks.append(Rectangle(left + labels, y - 4.5, length, 9, "line"))
        marks.append(Rectangle(left + labels, y - 4.5, plot * part / most, 9, "dark"))
        marks.append(Label(left + labels + length + 6, y, text, 8, shade="quiet"))
    return marks


def glance_chart(shares: Sequence[Row], domains: Sequence[tuple[str, int, int]]) -> Chart:
    """At a glance: shares with their ranges on the left, statements by domain on the right."""
    split = 258.0
    bars = [
        (name, float(count), float(smart), words("glance", "smart_part", count=count, smart=smart) if count else "0")
        for name, count, smart in domains
    ]
    marks: list[Mark] = [Label(0, 6, words("glance", "left"), 8.5), Label(split, 6, words("glance", "right"), 8.5)]
    marks += draw_shares(shares, left=0, labels=82, plot=118)
    marks += draw_bars(bars, left=split, labels=108, plot=42)
    alt = "; ".join(f"{name}: {count_of(measure)}" for name, measure in shares)
    alt_bars = "; ".join(f"{name}: {text}" for name, _, _, text in bars)
    title = f"{words('glance', 'left')}. {alt}. {words('glance', 'right')}. {alt_bars}."
    return Chart(WIDTH, TOP + ROW * max(len(shares), len(DOMAINS)) + 2, tuple(marks), title)


def kinds_chart(kinds: Sequence[Row], phrases: Sequence[Row]) -> Chart:
    """Statements by kind of result on the left, shares of phrases on the right."""
    split = 258.0
    bars = [
        (name, float(m.count) if m else 0.0, float(m.count) if m else 0.0, _share_and_count(m)) for name, m in kinds
    ]
    marks: list[Mark] = [Label(0, 6, words("kinds", "left"), 8.5), Label(split, 6, words("kinds", "right"), 8.5)]
    marks += draw_bars(bars, left=0, labels=54, plot=90)
    marks += draw_shares(phrases, left=split, labels=76, plot=86)
    alt = "; ".join(f"{name}: {count_of(measure)}" for name, measure in (*kinds, *phrases))
    return Chart(WIDTH, TOP + ROW * len(RESULTS) + 2, tuple(marks), f"{words('kinds', 'left')}. {alt}.")


def _share_and_count(measure: Measure | None) -> str:
    if measure is None or measure.share is None:
        return words("share", "none")
    if not measure.enough:
        return number(measure.count)
    edges = {"low": f"{measure.low:.0%}", "high": f"{measure.high:.0%}"}
    return words("share", "bar", count=number(measure.count), share=percent(measure.share), **edges)


def share_strip(measure: Measure | None, name: str) -> Chart:
    """One share as a strip for a table's cell; strips below each other share their scale."""
    width, height = STRIP
    start, plot = 4.0, width - 8
    marks: list[Mark] = [Line(start + tick * plot, 0, start + tick * plot, height, width=0.4) for tick in TICKS]
    marks += draw_share(measure, start, plot, height / 2)
    return Chart(width, height, tuple(marks), f"{name}: {count_of(measure)}")


def scale_strip() -> Chart:
    """The scale that stands above the strips of a column."""
    width, height = STRIP
    y = height / 2
    marks = (
        Label(0, y, "0%", 7, "start", "quiet"),
        Label(width / 2, y, "50%", 7, "middle", "quiet"),
        Label(width, y, "100%", 7, "end", "quiet"),
    )
    return Chart(width, height, marks, "0% to 100%")


def short_domains() -> dict[str, str]:
    """The short name of each domain, in the order of the report."""
    return {domain: names("domains_short")[domain] for domain in DOMAINS}
