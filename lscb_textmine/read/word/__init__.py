"""The path of a DOCX in; its content out: blocks in body order, from the XML itself, with nothing dropped unsaid.

A module per matter: `package` (the zip), `styles`, `numbering`, `symbols`, `runs` (inside a paragraph), `story`
(paragraphs and tables in order) and `tables` (merged cells). What a paragraph is, `read.printed` decides.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from lscb_textmine.read.content import Content
from lscb_textmine.read.grid import Grid, grid_to_table
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.read.parts import Element
from lscb_textmine.read.printed import printed_to_blocks
from lscb_textmine.read.word.numbering import load_numbering
from lscb_textmine.read.word.package import Package, W, open_package
from lscb_textmine.read.word.story import StoryReader
from lscb_textmine.read.word.styles import load_styles
from lscb_textmine.records import Block, Problem

__all__ = ["read_word"]


def read_word(path: Path, limits: ReadLimits = USUAL_LIMITS) -> Content:
    """The content of the DOCX at `path`. It has no pages: Word settles them only when it prints.

    Raises ReadError when it is damaged or something else, PasswordError when it is encrypted.
    """
    package = open_package(path, limits)
    reader = _make_reader(package)
    body = package.document.find(W + "body")
    items = list(reader.read(body)) if body is not None else []
    blocks = printed_to_blocks([grid_to_table(each, limits) if isinstance(each, Grid) else each for each in items])
    return Content(
        blocks,
        problems=(*_damage_problems(path, package), *_find_problems(path, blocks, reader.met)),
        notes=tuple(_write_notes(reader.met)),
        title=package.title,
    )


def _make_reader(package: Package) -> StoryReader:
    styles = load_styles(package.styles)
    notes: dict[tuple[str, str], Element] = {}
    for kind, root in (("footnote", package.footnotes), ("endnote", package.endnotes)):
        for note in root if root is not None else ():
            if note.get(W + "type", "normal") == "normal":
                notes[kind, note.get(W + "id", "")] = note
    return StoryReader(styles, load_numbering(package.numbering, styles), notes)


def _damage_problems(path: Path, package: Package) -> tuple[Problem, ...]:
    """A problem that names the parts left out because they are damaged."""
    if not package.damaged:
        return ()
    named = ", ".join(package.damaged)
    lost = "headings, numbers or notes may be missing; open it in Word, save it anew and run again"
    return (Problem(str(path), f"{path}: damaged inside, read without {named}: {lost}"),)


def _find_problems(path: Path, blocks: tuple[Block, ...], met: Counter[str]) -> list[Problem]:
    if not blocks and met["picture"]:
        message = f"{path}: no text, only pictures; needs OCR: print it to PDF and have its text recognised"
        return [Problem(str(path), message)]
    if not blocks:
        return [Problem(str(path), f"{path}: no text in it; check that this is the right file")]
    if met["embedded"]:
        message = (
            f"{path}: another document is embedded in this one and was not read; open it and save it as one document"
        )
        return [Problem(str(path), message, severity="warning")]
    return []


def _write_notes(met: Counter[str]) -> list[str]:
    notes = []
    if met["insertion"] or met["deletion"]:
        counts = f"{_count(met['insertion'], 'insertion')}, {_count(met['deletion'], 'deletion')}"
        notes.append(f"tracked changes were read as accepted ({counts})")
    if met["hidden"]:
        notes.append("hidden text was left out")
    if met["picture"]:
        notes.append(f"{_count(met['picture'], 'picture')} not read: words inside pictures need OCR")
    if met["object"]:
        notes.append(f"{_count(met['object'], 'embedded object')} not read")
    return notes


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
