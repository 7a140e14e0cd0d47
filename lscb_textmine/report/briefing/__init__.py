"""A study in; the briefings that an inspector takes to a visit out, as web pages and Word documents."""

from __future__ import annotations

from pathlib import Path

from lscb_textmine.records import Study
from lscb_textmine.report.briefing.content import study_to_briefings
from lscb_textmine.report.briefing.html import briefing_to_html
from lscb_textmine.report.briefing.names import file_names
from lscb_textmine.report.briefing.word import briefing_to_word

FOLDER = "briefings"

__all__ = ["FOLDER", "study_to_files"]


def study_to_files(study: Study, folder: Path) -> dict[str, bytes]:
    """Each file of the folder of briefings, by its name as seen from `folder`, which holds the results."""
    briefings = study_to_briefings(study, folder / FOLDER)
    names = file_names(board for board, _ in briefings)
    contents = {}
    for board, briefing in briefings:
        contents[f"{FOLDER}/{names[board]}.html"] = briefing_to_html(briefing)
        contents[f"{FOLDER}/{names[board]}.docx"] = briefing_to_word(briefing)
    return contents
