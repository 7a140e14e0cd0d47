"""What changed from one paper to the next: dropped, moved, done, or left without progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lscb_textmine.records import Change, Sighting, Step, Thread
from lscb_textmine.report.briefing.blocks import Block, Cell, Grid, Section, Text
from lscb_textmine.report.briefing.subject import LONGEST_HEADING, Subject, years_of
from lscb_textmine.report.briefing.wording import headers, listed, names, report_words, shorten, tell_date, words
from lscb_textmine.report.cells import quote_text

WEIGHT: tuple[Change, ...] = (
    "dropped", "no progress told", "deadline moved", "owner changed", "reported done", "reworded", "unchanged",
)  # fmt: skip
MOST_SHOWN = 5
OF_EACH_KIND = 2
LONGEST_OBJECTIVE = 150
LONGEST_SIDE = 80


def tell_changes(subject: Subject) -> Section:
    """The objectives that stand in more than one paper, with what changed."""
    blocks: list[Block] = [Text(report_words("changes"), "report")]
    threads = sorted((t for t in subject.study.threads if t.board == subject.name and t.steps), key=_order)
    if threads:
        blocks += _tell_threads(subject, threads)
    else:
        years = years_of(subject.papers)
        blocks.append(Text(words("changes", "none" if len(years) > 1 else "one_year" if years else "no_year")))
    return Section("changes", words("section", "changes"), tuple(blocks))


def main_step(thread: Thread) -> Step:
    """The step that weighs most, the latest of them."""
    return min(thread.steps, key=lambda step: (WEIGHT.index(step.change), -step.sighting))


def _order(thread: Thread) -> tuple[int, str, str, str]:
    step = main_step(thread)
    last = thread.sightings[-1]
    latest = "".join(chr(0x10FFFF - ord(letter)) for letter in last.year)  # later years first
    return WEIGHT.index(step.change), latest, last.document, last.id


def _tell_threads(subject: Subject, threads: list[Thread]) -> Iterator[Block]:
    counted = Counter(main_step(thread).change for thread in threads)
    told = [names("changes_counted")[change].format(n=counted[change]) for change in WEIGHT if counted[change]]
    yield Text(words("changes", "count", threads=len(threads), changes=listed(told)))
    shown = _choose(threads)
    if shown:
        header = tuple(map(Cell, headers("changes", "header")))
        rows = tuple(_row(subject, thread) for thread in shown)
        yield Grid(words("changes", "caption"), header, rows, (13, 33, 27, 27))
    if len(threads) > len(shown):
        yield Text(words("changes", "more", count=len(threads) - len(shown)))
    yield Text(words("changes", "rule"), "note")


def _choose(threads: list[Thread]) -> list[Thread]:
    """A few threads: of each kind of change the first ones, then more until the table is full; in their order."""
    changed = [thread for thread in threads if main_step(thread).change != "unchanged"]
    first = [each for each in changed if _place_in_kind(each, changed) < OF_EACH_KIND]
    rest = [each for each in changed if each not in first]
    chosen = (first + rest)[:MOST_SHOWN]
    return [each for each in changed if each in chosen]


def _place_in_kind(thread: Thread, threads: list[Thread]) -> int:
    kind = main_step(thread).change
    return [each for each in threads if main_step(each).change == kind].index(thread)


def _row(subject: Subject, thread: Thread) -> tuple[Cell, ...]:
    step = main_step(thread)
    last = min(max(step.sighting, 0), len(thread.sightings) - 1)
    after = thread.sightings[last]
    before = after if step.change == "dropped" else thread.sightings[max(last - 1, 0)]
    name = Cell(names("changes_names")[step.change])
    objective = Cell(f"“{shorten(before.text, LONGEST_OBJECTIVE)}”")
    gone = Cell(words("changes", "dropped"), _said(step.after))
    return (
        name,
        objective,
        _side(subject, before, "" if step.before == before.text else step.before),
        (gone if step.change == "dropped" else _side(subject, after, step.after)),
    )


def _side(subject: Subject, sighting: Sighting, told: str) -> Cell:
    source, link = place_of(subject, sighting)
    said = _said(told)
    if not said:
        return Cell(source, "", link)
    return Cell(said, source, link)


def _said(told: str) -> str:
    return shorten(tell_date(told), LONGEST_SIDE)


def place_of(subject: Subject, sighting: Sighting) -> tuple[str, str]:
    """The paper and page of a sighting, and the address that leads there."""
    for paper in subject.papers:
        if paper.document.sha256 == sighting.sha256:
            source, link = subject.locate(paper.document, sighting.page)
            return shorten(source, LONGEST_HEADING), link
    page = f", page {sighting.page}" if sighting.page is not None else ""
    return f"{quote_text(sighting.document)}{page}", ""
