"""A paper's blocks and path in; its board, type and year, each with where it came from, out.

Trust runs from the title page to the folder to the file name (design, issue "From a folder of board papers"); what the
user says (`--board`, a manifest) stands above all.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from lscb_textmine.cues import Hit, load_cues
from lscb_textmine.read.boards import (
    canonical_board,
    expand_initials,
    find_boards,
    find_initials,
    merge_boards,
    same_board,
)
from lscb_textmine.read.dating import find_date
from lscb_textmine.read.years import YearFound, find_short_spans, find_years
from lscb_textmine.records import DOC_TYPES, Block, Known, Paragraph

__all__ = ["Identity", "canonical_board", "identify", "merge_boards", "same_board"]

TITLE_BLOCKS = 14
"""Blocks from the beginning that may belong to a title page, where a paper has no pages."""
LONGEST_LINE = 25
"""Words. Longer blocks are prose, which may speak of any board, paper or year."""
CONNECTIVE = re.compile(r"\s(?:of|on|for|to|from|and|&|ar|o|i)\s|[:–—(]", re.IGNORECASE)


class Identity(NamedTuple):
    """What is known of a paper."""

    board: Known
    doc_type: Known
    year: Known
    dated: Known


@dataclass(frozen=True, slots=True)
class Clues:
    """The lists of `identity.toml` beside its cues."""

    abbreviations: dict[str, str]
    minutes: frozenset[str]
    incidental: re.Pattern[str]
    laws: str
    generic: frozenset[str]


def identify(
    blocks: Sequence[Block],
    path: Path,
    *,
    root: Path | None = None,
    board: str = "",
    doc_type: str = "",
    year: str = "",
    override_source: str = "",
) -> Identity:
    """The board, type and year of a paper; what is given overrides what is found, with `override_source`."""
    title = title_lines(blocks)
    folders = folder_names(path, root)
    stem = file_words(path.stem)
    kind = Known(doc_type, override_source) if doc_type else find_type(blocks, title, folders, stem)
    return Identity(
        Known(canonical_board(board), override_source) if board else find_board(blocks, title, folders, stem),
        kind,
        Known(year, override_source) if year else find_year(title, folders, stem, doc_type=kind.value),
        find_date(blocks, title, path.stem, doc_type=kind.value),
    )


def title_lines(blocks: Sequence[Block]) -> list[str]:
    """The short lines of the title page: of the first page with words, or of the beginning; titles before the rest."""
    paragraphs = [
        block for block in blocks if isinstance(block, Paragraph) and block.kind not in ("contents", "footnote")
    ]
    first = paragraphs[0].page if paragraphs else None
    near = [each for each in paragraphs[:TITLE_BLOCKS] if each.page == first]
    near = [each for each in near if len(each.text.split()) <= LONGEST_LINE]
    return [each.text for each in sorted(near, key=lambda each: each.kind != "title")]


def folder_names(path: Path, root: Path | None) -> list[str]:
    """The names of the folders from the one given down to the paper's own, nearest last."""
    if root is None:
        return [file_words(path.resolve().parent.name)]
    try:
        inner = path.resolve().relative_to(root.resolve()).parent.parts
    except ValueError:
        inner = ()
    return [file_words(name) for name in (root.resolve().name, *inner)]


def file_words(name: str) -> str:
    """A file or folder name as words, small letters raised to capitals where it has no others.

    >>> file_words("cwm-arthen-lscb-business-plan-2010-11")
    'Cwm Arthen LSCB Business Plan 2010-11'
    """
    words = re.sub(r"[_+]+|(?<!\d)[-.]+|[-.]+(?!\d)", " ", name)
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", words)
    if words == words.lower():
        words = re.sub(r"(?<![^\W_'’])[^\W\d_]", lambda match: match[0].upper(), words)
    words = re.sub(r"\b[a-z]{0,5}l?sc[bp]\b", lambda match: match[0].upper(), words, flags=re.IGNORECASE)
    return " ".join(words.split())


def find_board(blocks: Sequence[Block], title: Sequence[str], folders: Sequence[str], stem: str) -> Known:
    """The board by its name, initials made full by a name met in the paper; last the board that the text names most."""
    sources = [("title page", title), ("folder", list(reversed(folders))), ("file name", [stem])]
    for source, lines in sources:
        named = [name for line in lines for name in find_boards(line)]
        if named:
            return Known(_in_english(named), source)
        if initials := [short for line in lines for short in find_initials(line)]:
            return Known(expand_initials(initials[0], boards_met(blocks)), source)
        if source == "folder" and (place := _place_folder(folders)):
            return Known(next((name for name in boards_met(blocks) if same_board(place, name)), place), source)
    met = boards_met(blocks)
    return Known(Counter(met).most_common(1)[0][0], "text") if met else Known()


def boards_met(blocks: Sequence[Block]) -> list[str]:
    """Every board that the paper's text names, as often as it does."""
    return list(find_boards("\n".join(block.text for block in blocks if isinstance(block, Paragraph))))


def _in_english(names: Sequence[str]) -> str:
    """The first name, or its English twin where that stands beside it (a bilingual title)."""
    first = names[0]
    twins = [name for name in names if same_board(first, name)]
    return next((name for name in twins if not name.startswith("Bwrdd")), first)


def _place_folder(folders: Sequence[str]) -> str:
    """The folder below the one given, where folders stand for boards: not one that names a year, a type or nothing."""
    for name in folders[1:2]:
        plain = name.lower()
        typed = load_cues("lscb_textmine.read", "identity.toml").find(name)
        if plain not in load_clues().generic and not typed and not any(c.isdigit() for c in plain):
            return name
    return ""


def find_type(blocks: Sequence[Block], title: Sequence[str], folders: Sequence[str], stem: str) -> Known:
    """The type of paper by what the title page, file name or folder calls it, else by headings that only minutes have.

    A folder comes after the file's own name here: it holds papers of several types more often than not.
    """
    for line in title:
        if found := type_of_line(line):
            return Known(found, "title page")
    if found := type_of_line(stem) or _abbreviated_type(stem):
        return Known(found, "file name")
    headings = {block.text.lower().strip(" :.") for block in blocks if isinstance(block, Paragraph)}
    if len(headings & load_clues().minutes) >= 2:
        return Known("minutes", "text")
    for name in reversed(folders):
        if found := type_of_line(name):
            return Known(found, "folder")
    return Known("other", "")


def type_of_line(line: str) -> str:
    """The type that a title names, `""` for none: the last one named before "of", "on", "and" (the head of the phrase).

    >>> type_of_line("Serious Case Review Action Plan"), type_of_line("Minutes of the Training Strategy Group")
    ('business_plan', 'minutes')
    """
    hits = [hit for hit in load_cues("lscb_textmine.read", "identity.toml").find(line) if hit.name in DOC_TYPES]
    if not hits:
        return ""
    cut = CONNECTIVE.search(line, hits[0].end)
    head = [hit for hit in hits if cut is None or hit.start < cut.start()]
    return max(head, key=_weight).name


def _weight(hit: Hit) -> tuple[bool, int, int]:
    """Minutes are minutes whatever they are of; else the phrase that ends last, then the longest."""
    return hit.name == "minutes", hit.end, hit.end - hit.start


def _abbreviated_type(stem: str) -> str:
    known = load_clues().abbreviations
    return next((known[word] for word in stem.lower().split() if known.get(word, "other") != "other"), "")


def find_year(title: Sequence[str], folders: Sequence[str], stem: str, *, doc_type: str) -> Known:
    """The year that a paper is about. Minutes and logs have the year of their meeting, other papers a span first.

    The date on which a plan was agreed or printed counts only when nothing else tells.
    """
    clues = load_clues()
    plain = [line for line in title if not clues.incidental.search(line)]
    dated = doc_type in ("minutes", "action_log")
    ranks = ("date", "year", "span") if dated else ("span", "year")
    named = [*find_years(stem, laws=clues.laws), *find_short_spans(stem)]
    sources: list[tuple[str, list[YearFound]]] = [
        ("title page", [year for line in plain for year in find_years(line, laws=clues.laws)]),
        ("folder", [year for name in reversed(folders) for year in find_years(name, laws=clues.laws)]),
        ("file name", named),
    ]
    for source, years in sources:
        if known := _first_by_rank(years, ranks):
            return Known(known, source)
    late = [("title page", sources[0][1]), ("file name", named)]
    late.append(("title page", [year for line in title for year in find_years(line, laws=clues.laws)]))
    for source, years in late:
        if years:
            return Known(years[0].value, source)
    return Known()


def _first_by_rank(years: Sequence[YearFound], ranks: Sequence[str]) -> str:
    return next((year.value for rank in ranks for year in years if year.how == rank), "")


@cache
def load_clues() -> Clues:
    """The lists of `identity.toml`."""
    data = tomllib.loads(files("lscb_textmine.read").joinpath("identity.toml").read_text(encoding="utf-8"))
    return Clues(
        abbreviations=data["file"]["abbreviations"],
        minutes=frozenset(data["structure"]["minutes"]),
        incidental=re.compile(rf"\b(?:{'|'.join(data['incidental']['words'])})\b", re.IGNORECASE),
        laws="|".join(data["incidental"]["laws"]),
        generic=frozenset(data["folder"]["generic"]),
    )
