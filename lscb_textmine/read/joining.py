"""Lines of print in; running text out: line-end hyphens undone, lost letters mended, white space single."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence, Set
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from lscb_textmine.read.words import PageWords

LINE_END_HYPHENS = "\ufffe-\u00ad\u2010\u2011"
LONGEST_HALF = 60
"""Letters before a hyphen that are looked at."""
_SIGNS = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
        "\u00a0": " ",
        "\u2007": " ",
        "\u202f": " ",
        "\u00ad": "",
        "\u200b": "",
        "\u200c": "",
        "\ufeff": "",
        "\ufffe": "-",
        "\u2010": "-",
        "\u2011": "-",
    }
)
_HYPHEN_SPACE = re.compile("([\ufffe\u00ad\u2010\u2011-] )")
_FIRST_HALF, _LAST_HALF = re.compile(r"[^\W_]+"), re.compile(r"[^\W_]+$")
_VOCABULARY_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


class JoiningRules(NamedTuple):
    """What `joining.toml` says, made ready."""

    prefixes: frozenset[str]
    sure_prefixes: frozenset[str]
    endings: frozenset[str]
    hanging: frozenset[str]
    mended: dict[str, str]
    """Broken form to whole word, in small letters."""


def words_seen(pages: Iterable[PageWords]) -> frozenset[str]:
    """Every word of the pages in small letters: the vocabulary that decides what a line-end hyphen means."""
    printed: set[str] = set()
    for page in pages:
        text = " ".join([word.text for word in page.words]).lower()
        printed.update(_drop_halves(text).split())
    return frozenset(_VOCABULARY_WORD.findall(" ".join(printed)))


def _drop_halves(text: str) -> str:
    """The text without the halves of words that a line's end broke, which are no words.

    >>> _drop_halves("the re- assess- ment"), _drop_halves("(a- )")
    ('the  - ment', '(a- )')
    """
    # to look for the hyphen first, and for the half before it then, takes a tenth of the time of one pattern
    kept = ""
    parts = _HYPHEN_SPACE.split(text)
    for hyphen, part in zip(parts[1::2], parts[2::2], strict=True):
        before = _LAST_HALF.search(parts[0], parts[0].rfind(" ") + 1)
        after = _FIRST_HALF.match(part)
        if before and after:
            kept += parts[0][: before.start()] + " "
            parts[0] = part[after.end() :]
        else:
            kept += parts[0] + hyphen
            parts[0] = part
    return kept + parts[0]


def join_lines(texts: Iterable[str], vocabulary: Set[str]) -> str:
    """The lines as running text, hyphens at their ends joined or kept as `vocabulary` shows.

    >>> join_lines(["The Co-", "ordinator and the chil-", "dren"], {"co-ordinator", "children"})
    'The Co-ordinator and the children'
    """
    pieces: list[str] = []
    for text in texts:
        if pieces and text and pieces[-1][-1:] in "\ufffe-\u00ad\u2010\u2011–/":
            pieces[-1] = _bridge(pieces[-1], text, vocabulary)
        elif text:
            pieces.append(text)
    return mend_text(" ".join(pieces), vocabulary)


def mend_text(text: str, vocabulary: Set[str]) -> str:
    """The text with joined letters (ﬁ) spelt out, soft hyphens gone, white space single and lost letters put back."""
    if not text.isascii():
        text = text.translate(_SIGNS)
        text = " ".join(text.split())
    broken = broken_words(vocabulary)
    return _restore_letters(text, broken) if broken else text


def broken_words(vocabulary: Set[str]) -> frozenset[str]:
    """The words of a document that have plainly lost letters ("reducon"): none in most documents."""
    return _broken_among(vocabulary if isinstance(vocabulary, frozenset) else frozenset(vocabulary))


@lru_cache(maxsize=4)
def _broken_among(vocabulary: frozenset[str]) -> frozenset[str]:
    return frozenset(load_joining_rules().mended.keys() & vocabulary)


@cache
def load_joining_rules() -> JoiningRules:
    """The rules of `joining.toml`."""
    data = tomllib.loads(files("lscb_textmine.read").joinpath("joining.toml").read_text(encoding="utf-8"))
    whole, spared = set(data["whole"]), set(data["spared"])
    mended = {
        broken: word
        for word in sorted(whole)
        for broken in _without_ligature(word, data["ligatures"])
        if broken not in whole and broken not in spared
    }
    return JoiningRules(
        prefixes=frozenset(data["prefixes"]),
        sure_prefixes=frozenset(data["sure_prefixes"]),
        endings=frozenset(data["endings"]),
        hanging=frozenset(data["hanging"]),
        mended=mended,
    )


def _without_ligature(word: str, ligatures: Sequence[str]) -> Iterable[str]:
    for ligature in ligatures:
        start = word.find(ligature)
        while start >= 0:
            yield word[:start] + word[start + len(ligature) :]
            start = word.find(ligature, start + 1)


def _bridge(first: str, second: str, vocabulary: Set[str]) -> str:
    """Two lines as one, where the first ends in a hyphen, a dash or a stroke."""
    if first[-1] == "/":
        return first + second
    if first[-1] == "–":
        return first + second if first[-2:-1].isdigit() and second[0].isdigit() else f"{first} {second}"
    stem, rest = first[:-1], second.split(" ", 1)[0]
    # the last letters alone are looked at: a line that grows at each hyphen would be searched from its start each time
    before = re.search(r"[^\W_]*$", stem[-LONGEST_HALF:])
    left = before[0].lower() if before else ""
    if 0 < len(left) < 3 and stem[-len(left) - 1 : -len(left)] == "-":
        return f"{stem}-{second}"  # "Rhyd-y-" at a line's end
    right = re.match(r"[^\W_]*", rest)
    following = right[0].lower() if right else ""
    if not left:
        return f"{first} {second}"
    if following in load_joining_rules().hanging:
        return f"{stem}- {second}"
    return stem + second if _is_one_word(left, following, vocabulary) else f"{stem}-{second}"


def _is_one_word(left: str, right: str, vocabulary: Set[str]) -> bool:
    """Whether a hyphen at a line's end only breaks a word: what the document writes elsewhere decides first."""
    if not right or not left.isalpha() or not right.isalpha():
        return False
    if f"{left}-{right}" in vocabulary:
        return False
    if left + right in vocabulary:
        return True
    rules = load_joining_rules()
    if right in rules.endings:
        return True
    if right in vocabulary:
        return not (left in rules.prefixes or (left in vocabulary and min(len(left), len(right)) > 2))
    return left not in rules.sure_prefixes


def _restore_letters(text: str, broken: Set[str]) -> str:
    mended = load_joining_rules().mended
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(broken))) + r")\b", re.IGNORECASE)

    def restored(match: re.Match[str]) -> str:
        word = mended[match[0].lower()]
        return word.capitalize() if match[0][0].isupper() else word

    return pattern.sub(restored, text)
