"""A paper in; where its objectives stand, and what it tells of objectives as done or given up, out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lscb_textmine.measure.likeness import Words, split_content
from lscb_textmine.measure.told import says_complete, says_marked_done, says_nothing_begun, says_was_done
from lscb_textmine.records import Candidate, Objective, Paper, Place, Sighting, finding_id

News = Literal["", "done", "dropped", "nothing"]
UNDER_DONE = "under a heading of what was done or found"
UNDER_DROPPED = "under a heading of what was dropped"


@dataclass(frozen=True, slots=True)
class Seen:
    """An objective seen in a paper, with what is needed to follow it."""

    sighting: Sighting
    words: Words
    news: News = ""
    """What is told there: that it is done, that it was given up, or that a progress column says nothing of it."""
    because: str = ""
    """The words that tell it."""
    promised: bool = True
    """Whether it stands there as an objective, not only in what is told of one."""


def see_objectives(paper: Paper) -> list[Seen]:
    """The English objectives of a paper; Welsh ones are left out, most being twins of an English one."""
    return [_see(each, paper) for each in paper.objectives if each.candidate.language == "en"]


def _see(objective: Objective, paper: Paper) -> Seen:
    candidate = objective.candidate
    progress = candidate.cell_text("progress", "status")
    sighting = _sight(
        paper,
        candidate.text,
        candidate.place,
        candidate.page,
        lead=objective.lead or candidate.owner,
        deadline=_own_deadline(objective),
        progress=progress,
    )
    news, because = _read_news(candidate)
    return Seen(sighting, split_content(candidate.text), news, because)


def _own_deadline(objective: Objective) -> str:
    """The deadline, or the words of its cell; `""` when only the heading of a whole list names a year."""
    judged = objective.judgement("time_limited")
    if judged is not None and judged.because and all(reason.source == "heading" for reason in judged.because):
        return ""
    return objective.deadline or objective.candidate.cell_text("timescale")


def _read_news(candidate: Candidate) -> tuple[News, str]:
    cells = [cell for cell in candidate.cells if cell.role in ("progress", "status")]
    for text in (*(cell.text for cell in cells), candidate.cell_text("timescale")):
        if says_complete(text):
            return "done", text
    if says_marked_done(candidate.text):
        return "done", candidate.text
    told = [cell for cell in cells if cell.role == "progress"]
    if told and all(says_nothing_begun(cell.text) for cell in told):
        return "nothing", "; ".join(f"{cell.name}: {cell.text or 'empty'}" for cell in told)
    return "", ""


def see_news(paper: Paper) -> list[Seen]:
    """What a paper tells in sentences and lists of objectives done or given up."""
    return list(_news_of_rejected(paper)) + list(_news_of_results(paper))


def _news_of_rejected(paper: Paper) -> Iterator[Seen]:
    for each in paper.rejected:
        candidate = each.candidate
        if candidate.language != "en" or not (news := _news_under(candidate)):
            continue
        sighting = _sight(paper, candidate.text, candidate.place, candidate.page)
        yield Seen(sighting, split_content(candidate.text), news, candidate.text, promised=False)


def _news_under(candidate: Candidate) -> News:
    """What the heading or the words of a statement that was turned down say became of it."""
    done = says_was_done(candidate.text)
    if candidate.turned_down == UNDER_DROPPED:
        return "done" if done else "dropped"
    if candidate.turned_down == UNDER_DONE:
        return "done"
    return "done" if done and not candidate.turned_down else ""


def _news_of_results(paper: Paper) -> Iterator[Seen]:
    for sentence in paper.results:
        if sentence.language == "en" and says_was_done(sentence.text):
            sighting = _sight(paper, sentence.text, sentence.place, sentence.page)
            yield Seen(sighting, split_content(sentence.text), "done", sentence.text, promised=False)


def _sight(
    paper: Paper,
    text: str,
    place: Place | None,
    page: int | None,
    *,
    lead: str = "",
    deadline: str = "",
    progress: str = "",
) -> Sighting:
    document = paper.document
    return Sighting(
        finding_id(document.sha256, place, text),
        document.name,
        document.sha256,
        document.doc_type.value,
        document.year.value,
        page,
        text,
        lead=lead,
        deadline=deadline,
        progress=progress,
    )
