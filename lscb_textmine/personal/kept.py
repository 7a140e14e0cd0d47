"""A paper in; the names that it keeps out: of members, of those who lead and own, and the words of its board's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lscb_textmine.personal.mentions import find_mentions, load_words
from lscb_textmine.records import Objective, Paper

WORD = re.compile(r"[^\W\d_]{2,}")


def members_of(paper: Paper) -> frozenset[str]:
    """The names of members in lower case: those in the attendance, and those who lead or own what is promised."""
    told = [attendee.name for attendee in paper.attendance]
    told += [words for objective in objectives_of(paper) for words in _owners(objective)]
    named = (mention for text in dict.fromkeys(told) for mention in find_mentions(text))
    return frozenset(" ".join(mention.words).lower() for mention in named)


def objectives_of(paper: Paper) -> Iterator[Objective]:
    """What counts as an objective, then what was turned down."""
    yield from paper.objectives
    yield from paper.rejected


def _owners(objective: Objective) -> Iterator[str]:
    candidate = objective.candidate
    yield from (words for words in (candidate.owner, objective.lead, candidate.cell_text("lead")) if words)


def words_kept(paper: Paper, members: Iterable[str]) -> frozenset[str]:
    """Words that are masked by themselves nowhere in a paper: of its members and of its board's name."""
    text = " ".join((paper.document.board.value, *members)).lower()
    return frozenset(WORD.findall(text)) | {word for name in members for word in name.split()}


def is_plain_word(word: str) -> bool:
    """Whether a part of a name is also a word that papers write, so that alone it says nothing ("Summer", "Marsh")."""
    lists, bare = load_words(), word.lower()
    return any(bare in lists[name] for name in ("doubtful", "never", "ordinary", "things"))
