"""A text in; the words in it that may be a person's name out, and the lists that tell a name from other words."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

TOKEN = re.compile(r"[^\W\d_]+(?:['’](?!s\b)[^\W\d_]{2,}|-[^\W\d_]+)*\.?")
PARTICLES = frozenset({"ap", "ab", "ferch", "van", "de", "der", "al", "bin", "von", "le"})
SMALL_ENDINGS = (
    "tion",
    "sion",
    "ment",
    "ness",
    "ings",
    "ities",
    "ship",
    "ology",
    "ated",
    "ised",
    "ized",
    "ously",
    "wyd",
    "iodd",
    "hodd",
    "nodd",
    "rodd",
)
"""Of words that are no name, though the lists do not know them."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that may name a person, and where they stand."""

    words: tuple[str, ...]
    start: int
    end: int
    small: bool = False
    """Whether it is written without capitals ("kyle")."""

    @property
    def known(self) -> bool:
        """Whether one of its words is a given name and nothing else."""
        several = len(self.words) > 1 and self.words[0].lower() in load_words()["given"]
        return several or any(is_given(word) for word in self.words)

    @property
    def named(self) -> bool:
        """Whether its first word is a given name, be it a word as well ("Amber"), but no month or season."""
        lists = load_words()
        return self.words[0].lower() in lists["given"] - lists["never"] - lists["things"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text with its characters."""

    word: str
    start: int
    end: int


@cache
def load_words() -> dict[str, frozenset[str]]:
    """The word lists of `words.toml`: given, doubtful, never, ordinary, things, abbreviations."""
    data = tomllib.loads(files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(words.split()) for name, words in data.items()}


def is_given(word: str) -> bool:
    """Whether a word is a given name that is not also a word, a place or a month.

    >>> is_given("Kyle"), is_given("Ellie-Mae"), is_given("Hope")
    (True, True, False)
    """
    lists, bare = load_words(), word.lower().rstrip(".")
    first = bare.split("-")[0]
    return (bare in lists["given"] or first in lists["given"]) and first not in lists["doubtful"]


def find_mentions(text: str) -> list[Mention]:
    """Every run of words that may be a name, in order.

    >>> [text.words for text in find_mentions("The school told Kyle Probert's mother and Mia ap Gwyn.")]
    [('Kyle', 'Probert'), ('Mia', 'ap', 'Gwyn')]
    """
    tokens = [Token(match[0], *match.span()) for match in TOKEN.finditer(text)]
    found: list[Mention] = []
    i = 0
    while i < len(tokens):
        run = _run_at(tokens, i, text)
        if run:
            found += _mention(run, tokens[i + len(run) :][:1], text)
        i += max(1, len(run))
    return found


def _run_at(tokens: list[Token], i: int, text: str) -> list[Token]:
    """The tokens of the name that begins at token `i`, none when it begins none."""
    if not _begins(tokens[i].word):
        return []
    run = [tokens[i]]
    for k in range(i + 1, min(i + 5, len(tokens))):
        gap = text[tokens[k - 1].end : tokens[k].start]
        following = tokens[k + 1].word if k + 1 < len(tokens) else ""
        if gap != " " or not _continues(tokens[k].word, following, run):
            break
        run.append(tokens[k])
    return run


def _begins(word: str) -> bool:
    lists, bare = load_words(), word.lower().rstrip(".")
    if _is_initial(word):
        return word.endswith(".")
    if bare in lists["doubtful"]:
        return word[0].isupper() and not bare.isupper()
    if bare in lists["given"] or is_given(word):
        return True
    return _is_capitalised(word) and _may_be_name(bare)


def _continues(word: str, following: str, run: list[Token]) -> bool:
    lists, bare = load_words(), word.lower().rstrip(".")
    small = run[0].word.islower()
    if small:
        return word.islower() and len(word) > 3 and bare not in lists["ordinary"] | lists["never"] | lists["things"]
    if bare in PARTICLES:
        return _is_capitalised(following)
    if run[-1].word.endswith(".") and not _is_initial(run[-1].word):
        return False
    if _is_initial(word):
        return True
    if not (_is_capitalised(word) or (word.isupper() and run[0].word.isupper() and len(word) > 2)):
        return False
    if bare in lists["never"] and bare not in lists["doubtful"]:
        return False
    return _may_be_name(bare) or _is_first_name(run[0].word) or _is_initial(run[0].word)


def _is_first_name(word: str) -> bool:
    """Whether a word is a given name, be it another word too ("Lee"), but no month or office."""
    lists = load_words()
    return is_given(word) or word.lower() in lists["given"] - lists["never"]


def _may_be_name(bare: str) -> bool:
    lists = load_words()
    first = bare.split("-")[0]
    listed = bare in lists["never"] or bare in lists["ordinary"] or bare in lists["things"] or first in lists["never"]
    return len(bare) > 1 and not listed and not bare.endswith(SMALL_ENDINGS)


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper() and len(word) > 1 and not word.isupper()


def _is_initial(word: str) -> bool:
    return word[:1].isupper() and len(word.rstrip(".")) == 1


def _mention(run: list[Token], after: list[Token], text: str) -> list[Mention]:
    """The name as a mention; none where the word after it makes it a place, a body or a thing."""
    end = run[-1].end
    if text[end - 1] == "." and not _is_initial(run[-1].word):
        end -= 1
    things = load_words()["things"]
    if after and text[end : after[0].start] == " ":
        word = after[0].word
        if word.lower() in things and (word[0].isupper() or not is_given(run[0].word)):
            return []
    words = tuple(token.word.rstrip(".") for token in run)
    if len(words) > 1 and words[-1].lower() in things and not is_given(words[0]):
        return []
    if all(len(word) == 1 for word in words):
        return []
    return [Mention(words, run[0].start, end, words[0].islower())]
