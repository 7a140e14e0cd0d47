"""A place in a document with what stands around it in; a candidate out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lscb_textmine.find.sentences import trim_statement
from lscb_textmine.records import Box, Candidate, Document, Form, Language, NamedCell, Place


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands around a piece of text: where it is, what governs it, in which language."""

    headings: tuple[str, ...] = ()
    lead_in: str = ""
    page: int | None = None
    page_end: int | None = None
    box: Box | None = None
    language: Language = "en"


def make_candidate(
    document: Document,
    place: Place,
    *,
    form: Form,
    setting: Setting,
    cells: Sequence[NamedCell] = (),
    marked: str = "",
    turned_down: str = "",
    owner: str = "",
) -> Candidate | None:
    """The candidate at a place, its text trimmed of marker, label and tail; None when nothing is left."""
    whole = document.text_at(Place(place.block, 0, 10**9, place.row, place.column))
    start, end = trim_statement(whole, place.start, place.end)
    text = whole[start:end]
    if not any(character.isalpha() for character in text):
        return None
    heading = setting.headings[-1] if setting.headings else ""
    return Candidate(
        text=text,
        form=form,
        section=" | ".join(part for part in (heading, setting.lead_in) if part),
        headings=setting.headings,
        lead_in=setting.lead_in,
        cells=tuple(cells),
        language=setting.language,
        doc_type=document.doc_type.value or "other",
        year=document.year.value,
        dated=document.dated.value if document.doc_type.value in ("minutes", "action_log") else "",
        place=Place(place.block, start, end, place.row, place.column),
        page=document.page_at(Place(place.block, start, end, place.row, place.column)),
        page_end=setting.page_end,
        box=setting.box,
        marked=marked,
        turned_down=turned_down,
        owner=owner,
    )
