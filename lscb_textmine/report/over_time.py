"""The threads of a study in; the rows of the sheet Objectives over time out."""

from __future__ import annotations

from collections.abc import Iterator

from lscb_textmine.records import Sighting, Step, Study, Thread
from lscb_textmine.report.evidence import page_cell
from lscb_textmine.report.sheet import Value
from lscb_textmine.report.styles import Column

OVER_TIME = (
    Column("Board", 16),
    Column("Objective no.", 9, "number"),
    Column("Paper", 24),
    Column("Type", 13, "short"),
    Column("Year", 9, "short"),
    Column("Page", 6, "link"),
    Column("Text", 54),
    Column("Lead", 18),
    Column("Deadline", 12),
    Column("Progress told", 24),
    Column("What changed since the last sighting", 36),
    Column("Likeness", 9, "probability"),
    Column("Id", 19, "short"),
)


def over_time_rows(study: Study, links: dict[str, str]) -> Iterator[list[Value]]:
    """A row for each sighting, the sightings of one objective under one number; a thread of which nothing can be told
    is left out."""
    addresses = {paper.document.sha256: links.get(paper.document.path, "") for paper in study.papers}
    told = [thread for thread in study.threads if thread.steps or len(thread.sightings) > 1]
    for number, thread in enumerate(told, start=1):
        for place, sighting in enumerate(thread.sightings):
            yield _sighting_row(number, thread, place, addresses.get(sighting.sha256, ""))


def _sighting_row(number: int, thread: Thread, place: int, link: str) -> list[Value]:
    sighting = thread.sightings[place]
    return [
        thread.board,
        number,
        sighting.document,
        sighting.doc_type.replace("_", " "),
        sighting.year,
        page_cell(sighting.page, link),
        sighting.text,
        sighting.lead,
        sighting.deadline,
        sighting.progress,
        "\n".join(describe_step(step, sighting) for step in thread.steps if step.sighting == place),
        round(thread.likeness, 2) if place == 0 and len(thread.sightings) > 1 else None,
        sighting.id,
    ]


def describe_step(step: Step, sighting: Sighting) -> str:
    """A change in words, with what stood there before and what stands there now.

    >>> describe_step(Step("deadline moved", "2012-03-31", "2013-03-31"), Sighting("", "", "", "", "", None, ""))
    'deadline moved: 2012-03-31 → 2013-03-31'
    """
    if step.change in ("deadline moved", "owner changed"):
        return f"{step.change}: {step.before} → {step.after}"
    if step.change == "dropped" and step.after != sighting.text:
        return step.after
    if step.change in ("reported done", "dropped"):
        return f"{step.change}: “{step.after}”"
    return f"{step.change} ({step.after})" if step.change == "no progress told" else step.change
