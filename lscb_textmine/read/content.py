"""What every reader of a format returns: blocks in reading order, pages, problems and notes."""

from __future__ import annotations

from dataclasses import dataclass

from lscb_textmine.records import Block, Page, Problem


@dataclass(frozen=True, slots=True)
class Content:
    """A file's content before anything is known about the paper. Sections, lead-ins and languages are added later.

    Headings carry their `level`, list items their `marker` and depth; `section`, `lead_in` and `language` are left to
    `sections.attach_sections` and `language.mark_languages`, which serve every format.
    """

    blocks: tuple[Block, ...]
    pages: tuple[Page, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    title: str = ""
    """The title that the file's own properties give, `""` when they give none."""
