"""Header and rows of a table in; the role each column plays out.

The names are data (`columns.toml`, from the field notes). A column whose name is unknown or missing is told by what
stands in it. A table that is no plan gets no "statement" column: attendance, figures, contents, keys, calendars.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import get_args

from lscb_textmine.read.column_content import Content, describe_column, load_columns_file
from lscb_textmine.records import Role

NEAR = 88
"""Least likeness (rapidfuzz, 0 to 100) at which a name counts as a known one with a typing error."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header name says: a role, and for statements how near to the deed ("objective" 2, "action" 4)."""

    role: Role
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`columns.toml` made ready: whole names without spaces, patterns in order, names of tables that are no plan."""

    names: dict[str, Meaning]
    patterns: tuple[tuple[re.Pattern[str], Meaning], ...]
    tables: dict[str, frozenset[str]]


def column_roles(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[Role, ...]:
    """The role of each column, from its name and, where that is unknown or missing, from its content.

    An action plan has exactly one "statement" column, every other table none (codebook section 1, field notes).

    >>> column_roles(["Ref", "Objective", "Specific Actions", "By when"], [])
    ('reference', 'parent', 'statement', 'timescale')
    """
    names = [normalise_name(name) for name in header]
    meanings = [name_meaning(name) for name in names]
    contents = [describe_column([row[i] if i < len(row) else "" for row in rows[:60]]) for i in range(len(header))]
    meanings = [_mend_meaning(*pair) for pair in zip(meanings, contents, strict=True)]
    meanings = _settle_minutes(meanings, contents, names)
    roles: list[Role] = [
        meaning.role if meaning else _content_role(contents[i], first=i == 0) for i, meaning in enumerate(meanings)
    ]
    chosen = _statement_column(meanings, contents, roles, names)
    if chosen is not None:
        roles = _fill_owner_and_time(roles, contents, names)
    return tuple(_final_role(role, i, chosen, meanings[i]) for i, role in enumerate(roles))


def normalise_name(name: str) -> str:
    """A header name in lower case with broken words joined; footnote marks, brackets and end marks left out.

    >>> normalise_name("Respons- ible person(s):"), normalise_name("Phase[2]"), normalise_name("R/A/G")
    ('responsible persons', 'phase', 'r/a/g')
    """
    text = re.sub(r"\[\d+\]|[\u00b9\u00b2\u00b3\u2070-\u2079*†‡…?:;]|\.{2,}", " ", name.lower().replace("’", "'"))
    text = re.sub(r"(?<=[a-z])[-\u00ad\ufffe]\s+(?=[a-z])", "", text)
    text = re.sub(r"\((s|es|ies)\)", r"\1", text)
    text = re.sub(r"\([^)]*\)", " ", text)
    text = re.sub(r"(?<=[a-z]{4})\d$", "", text.strip())
    return re.sub(r"[\s,.–—-]+", " ", text).strip(" .,-–/")


@lru_cache(maxsize=4096)
def name_meaning(name: str) -> Meaning | None:
    """What a name made plain by `normalise_name` says, None when it says nothing."""
    if not name or re.fullmatch(r"column \d+|[\d /–-]+", name):
        return None
    bare = re.sub(r"^(?:20\d\d|\d\d)(?: ?[/–-] ?\d{2,4})? ", "", name)
    known = load_vocabulary()
    for spelling in (bare, re.sub(r" (?:at |as at |to )?(?:\w+ )?(?:19|20)\d\d(?:[ /–-]\d{2,4})?$", "", bare)):
        if found := known.names.get(_squash(spelling)):
            return found
    for pattern, meaning in known.patterns:
        if pattern.search(bare):
            return meaning
    return _nearest_meaning(_squash(bare))


@cache
def load_vocabulary() -> Vocabulary:
    """`columns.toml` as a vocabulary."""
    data = load_columns_file()
    names: dict[str, Meaning] = {}
    patterns = []
    roles = {role: role for role in get_args(Role)}
    for column in data["column"]:
        meaning = Meaning(roles[column["role"]], column.get("rank", 0))
        for name in column["names"]:
            names.setdefault(_squash(normalise_name(name)), meaning)
        patterns += [(re.compile(pattern), meaning) for pattern in column["patterns"]]
    tables = {kind: frozenset(each) for kind, each in data["tables"].items()}
    return Vocabulary(names, tuple(patterns), tables)


@cache
def words_of_names() -> frozenset[str]:
    """Every word of three letters or more that stands in a known column name, in small letters."""
    names = [name for column in load_columns_file()["column"] for name in column["names"]]
    return frozenset(re.findall(r"[^\W\d_]{3,}", " ".join(names).lower())) - {"the", "and", "for", "are", "was", "how"}


def _squash(name: str) -> str:
    """A name without spaces, marks and plural endings, so that fused and split words meet."""
    words = re.findall(r"[^\W_]+|#", name)
    return "".join(
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word for word in words
    )


def _nearest_meaning(squashed: str) -> Meaning | None:
    if len(squashed) < 6:
        return None
    from rapidfuzz import fuzz, process  # only misspelt names need it; the import costs start-up time

    found = process.extractOne(squashed, _long_names(), scorer=fuzz.ratio, score_cutoff=NEAR)
    return load_vocabulary().names[found[0]] if found else None


@cache
def _long_names() -> list[str]:
    return [name for name in load_vocabulary().names if len(name) > 4]


def _mend_meaning(meaning: Meaning | None, content: Content) -> Meaning | None:
    """The meaning of the name unless what stands below it says otherwise ("Action" over initials is an owner)."""
    if meaning is None or not content.filled:
        return meaning
    if meaning.role == "statement":
        if content.owners >= 0.6 and content.words <= 4 and (meaning.rank >= 4 or content.initials >= 0.5):
            return Meaning("lead")
        if content.references >= 0.7 or content.numbers >= 0.7:
            return Meaning("reference")
        if content.ratings >= 0.6:
            return Meaning("status")
    if meaning.role == "reference" and content.words >= 6 and content.references < 0.2:
        return None
    if meaning.role == "measure" and content.ratings >= 0.7:
        return Meaning("status")
    return meaning


def _settle_minutes(meanings: list[Meaning | None], contents: list[Content], names: list[str]) -> list[Meaning | None]:
    """In the tables of minutes the "Action" column names who acts; the minute stands in a text column beside it.

    A first column of minutes with numbers only is the item's number.
    """
    known = load_vocabulary().names
    minute = [known.get(_squash(name)) == Meaning("other") and bool(re.search(MINUTE_NAMES, name)) for name in names]
    if not any(minute):
        return meanings
    settled = list(meanings)
    for i, meaning in enumerate(meanings):
        if minute[i] and contents[i].references >= 0.6:
            settled[i] = Meaning("reference")
        longest = max(contents[j].words for j in range(len(names)) if minute[j])
        short = contents[i].words <= 4 and longest >= 8
        if meaning and meaning.role == "statement" and meaning.rank >= 3 and short:
            settled[i] = Meaning("lead")
    return settled


MINUTE_NAMES = (
    r"\b(?:item|agenda|minutes?|discussion|subject|points|summary|matter|business|proposal|pwnc|eitem|cofnod)\b"
)


def _content_role(content: Content, *, first: bool) -> Role:
    if first and content.references >= 0.6:
        return "reference"
    if not content.filled or content.numbers >= 0.6:
        return "other"
    if content.ratings >= 0.6:
        return "status"
    if content.dates >= 0.6 and content.words <= 8:
        return "timescale"
    if content.owners >= 0.6 and content.words <= 8:
        return "lead"
    return "other"


def _statement_column(
    meanings: list[Meaning | None], contents: list[Content], roles: list[Role], names: list[str]
) -> int | None:
    """The column that holds the statements, None when the table is no plan.

    Of several the one nearest to the deed; of equals the later, which is the more detailed. A name that is weak or
    unknown needs two columns beside it that only a plan has.
    """
    ranked = [(meaning.rank, i) for i, meaning in enumerate(meanings) if meaning and meaning.role == "statement"]
    if _is_no_plan(names, contents, strong=any(rank >= 2 for rank, _ in ranked)):
        return None
    with_text = [(rank, i) for rank, i in ranked if contents[i].filled or not any(each.filled for each in contents)]
    best = max(with_text, default=(0, -1))
    if best[0] >= 2:
        return best[1]
    marks = {"lead", "timescale", "measure", "status", "progress", "start"} & set(roles)
    if best[0] == 1 and marks:
        return best[1]
    minute = any(re.search(MINUTE_NAMES, name) for name in names)
    if minute or not {"lead", "timescale", "start"} & marks or (len(marks) < 2 and any(names)):
        return None
    unknown = [i for i, meaning in enumerate(meanings) if meaning is None and roles[i] == "other"]
    deeds = [i for i in unknown if contents[i].deeds >= 0.4 and contents[i].words >= 3]
    return max(deeds, key=lambda i: (contents[i].deeds, contents[i].words), default=None)


def _fill_owner_and_time(roles: list[Role], contents: list[Content], names: list[str]) -> list[Role]:
    """In a plan without owner or time, "Agency" and "Name" are the owner and "Time" is the timescale."""
    filled = list(roles)
    for i, name in enumerate(names):
        if "lead" not in filled and re.fullmatch(r"(?:agency|agencies|organisation|name|role|post|partner)s?", name):
            filled[i] = "lead"
        elif "timescale" not in filled and (name == "time" or (not name and contents[i].dates >= 0.5)):
            filled[i] = "timescale"
    return filled


def _is_no_plan(names: list[str], contents: list[Content], *, strong: bool) -> bool:
    tables = load_vocabulary().tables
    kinds = {kind for kind, known in tables.items() if known & set(names)}
    counted = [content for content in contents if content.filled]
    figures = sum(content.numbers >= 0.6 for content in counted)
    years = sum(bool(re.fullmatch(r"(?:19|20)\d\d(?: ?[/–-] ?\d\d(?:\d\d)?)?", name)) for name in names)
    if counted and (figures * 2 >= len(counted) or (figures and years >= 2)):
        return True
    if "past" in kinds and not strong:
        return True
    return not strong and bool(kinds - {"past"})


def _final_role(role: Role, i: int, chosen: int | None, meaning: Meaning | None) -> Role:
    if i == chosen:
        return "statement"
    if role != "statement":
        return role
    if chosen is None or meaning is None:
        return "other"
    if i < chosen or meaning.rank == 2:
        return "parent"
    return "progress" if meaning.rank == 3 else "other"
