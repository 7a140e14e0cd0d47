"""Progress and status cells and sentences in; what they say became of an objective out."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from lscb_textmine.cues import Cues, load_cues
from lscb_textmine.measure.likeness import YEARS, load_knowledge

ISO = re.compile(r"\d{4}-\d\d-\d\d")
SAME_OWNER = 80
"""From this likeness (rapidfuzz's token set ratio) two owners are one."""
BETWEEN_OWNERS = re.compile(r"[;,/&+]|\band\b|\bwith\b")
SMALL = frozenset(("of", "for", "the", "and", "to", "in"))


def told_cues() -> Cues:
    """The cues of `told.toml`."""
    return load_cues(__package__, "told.toml")


def says_complete(cell: str) -> bool:
    """Whether a progress or status cell says that all is done.

    >>> says_complete("Completed in June"), says_complete("Partly completed")
    (True, False)
    """
    names = told_cues().names_in(cell)
    return "complete" in names and "not done" not in names


def says_was_done(sentence: str) -> bool:
    """Whether a sentence reports a deed as done.

    >>> says_was_done("The guide was printed in May."), says_was_done("The guide was not printed.")
    (True, False)
    """
    names = told_cues().names_in(sentence)
    return bool(names & {"marked done", "was done"}) and "not done" not in names


def says_marked_done(objective: str) -> bool:
    """Whether the words of an objective end with a mark that it is done.

    >>> says_marked_done("Gap analysis - complete"), says_marked_done("Complete the gap analysis")
    (True, False)
    """
    names = told_cues().names_in(objective)
    return "marked done" in names and "not done" not in names


def says_nothing_begun(cell: str) -> bool:
    """Whether a progress cell is empty or says that nothing was begun."""
    return not cell.strip() or "nothing begun" in told_cues().names_in(cell)


def moved_deadline(before: str, after: str, *, texts: tuple[str, str] = ("", "")) -> bool:
    """Whether a deadline was moved: to another day, or from a day to none ("ongoing", "overdue").

    An objective that comes round each year, its year named in the text, is not late by a year.

    >>> moved_deadline("2012-03-31", "2012-09-30"), moved_deadline("2012-03-31", "Ongoing")
    (True, True)
    >>> moved_deadline("2012-09-30", "2013-09-30", texts=("Annual report 2011-12", "Annual report 2012-13"))
    False
    """
    if not ISO.fullmatch(before) or before == after:
        return False
    if not ISO.fullmatch(after):
        return "no date" in told_cues().names_in(after)
    years = [YEARS.findall(text) for text in texts]
    comes_round = all(years) and years[0] != years[1] and before[:4] != after[:4]
    return not comes_round


def changed_owner(before: str, after: str) -> bool:
    """Whether an objective has another owner: no name on one side is like one on the other.

    >>> changed_owner("CSE Task and Finish Group", "CSE T&F Group"), changed_owner("Business Manager", "BM")
    (False, False)
    >>> changed_owner("Education", "Named Midwife"), changed_owner("TBC", "Named Midwife")
    (True, False)
    """
    if any("nobody" in told_cues().names_in(owner) or not owner.strip() for owner in (before, after)):
        return False
    pairs = [(one, other) for one in _split_owners(before) for other in _split_owners(after)]
    return not any(_same_owner(one, other) for one, other in pairs)


def _split_owners(owner: str) -> list[str]:
    return [owner, *(part.strip() for part in BETWEEN_OWNERS.split(owner) if len(part.strip()) > 1)]


def _same_owner(one: str, other: str) -> bool:
    plain, plainer = (_write_out(owner) for owner in (one, other))
    if fuzz.token_set_ratio(plain, plainer) >= SAME_OWNER or fuzz.token_sort_ratio(plain, plainer) >= SAME_OWNER:
        return True
    return _initials(one) == _letters(other) or _initials(other) == _letters(one)


def _write_out(owner: str) -> str:
    words = re.findall(r"[^\W\d_]+(?:&[^\W\d_]+)?", owner.lower().replace("sub-group", "subgroup"))
    written_out = " ".join(load_knowledge().abbreviations.get(word, word) for word in words)
    return " ".join(word for word in written_out.split() if word not in SMALL)


def _initials(owner: str) -> str:
    words = [word for word in re.findall(r"[^\W\d_]+", owner) if word.lower() not in SMALL]
    return "".join(word[0] for word in words).lower() if len(words) > 1 else ""


def _letters(owner: str) -> str:
    return re.sub(r"[\W\d_]", "", owner).lower() if owner.isupper() else "-"
