"""Blocks in; the same blocks marked as English or Welsh, and the paper's languages, out."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from lscb_textmine.records import Block, Language, Paragraph, Row, Table

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LONGEST_SAMPLE = 300
"""Characters of a block that are looked at: no block changes its language after that."""
LEAST_SURE = 0.7
"""Confidence (lingua, 0 to 1) below which a doubtful block follows its neighbours."""
LEAST_TELLING = 3
LEAST_WORDS = 25
"""Welsh words in running text that make a paper bilingual; a Welsh title over English text does not."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`language.toml` made ready."""

    english: frozenset[str]
    weak_english: frozenset[str]
    welsh: frozenset[str]
    weak_welsh: frozenset[str]
    spelling: re.Pattern[str]
    telling_english: re.Pattern[str]
    telling_welsh: re.Pattern[str]


def mark_languages(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Language, ...]]:
    """The blocks with their language, tables row by row, and the languages of the paper, English first.

    Words that only one language has decide first, then how words are spelt; a text still doubtful is looked at by
    lingua, or follows its neighbours where it is too short to tell (names, numbers).
    """
    texts = [text for block in blocks for text in _texts_of(block)]
    guesses = [guess_language(text) for text in texts]
    if "cy" not in guesses and "?" not in guesses:
        found: list[Language] = ["en"] * len(texts)
    else:
        found = settle_languages(texts, guesses)
    languages = iter(found)
    marked = tuple(_mark_block(block, languages) for block in blocks)
    return marked, paper_languages(texts, found)


@cache
def load_vocabulary() -> Vocabulary:
    """The words of `language.toml`."""
    data = tomllib.loads(files("lscb_textmine.read").joinpath("language.toml").read_text(encoding="utf-8"))
    english, welsh = data["en"], data["cy"]
    return Vocabulary(
        english=frozenset(english["strong"]),
        weak_english=frozenset(english["weak"]),
        welsh=frozenset(welsh["strong"]),
        weak_welsh=frozenset(welsh["weak"]),
        spelling=re.compile("|".join(data["spelling"]["patterns"])),
        telling_english=re.compile("|".join(data["telling"]["en"])),
        telling_welsh=re.compile("|".join(data["telling"]["cy"])),
    )


def guess_language(text: str) -> str:
    """ "en" or "cy" where the words show it, "?" where Welsh is likely but not shown, `""` where nothing tells.

    >>> [guess_language(text) for text in ("The Board will publish", "Bydd y Bwrdd yn cyhoeddi", "Siân Maelor")]
    ['en', 'cy', '']
    """
    known = load_vocabulary()
    sample = text[:LONGEST_SAMPLE]
    words = WORD.findall(sample.lower().replace("’", "'"))
    english = _count_in(words, known.english)
    welsh = _count_in(words, known.welsh)
    if english and not welsh:
        return "en"
    english += _count_in(words, known.weak_english) if english else 0
    welsh += _count_in(words, known.weak_welsh) if welsh else 0
    if english:
        return "en" if english >= welsh else "cy"
    if welsh:
        # one word of a name amid English that has no telling word ("Ymweliadau Bwrdd pilot evaluation")
        return "cy" if welsh >= 2 or len(words) <= 4 else "?"
    small = [word for word in WORD.findall(sample) if word.islower()]
    spelt = sum(bool(known.spelling.search(word)) for word in small)
    return "?" if spelt and 3 * spelt >= len(small) else ""


def count_welsh(words: Iterable[str]) -> int:
    """How many of the words are such as only Welsh has.

    >>> count_welsh(["Bydd", "the", "Board", "sicrhau"])
    2
    """
    return _count_in([word.lower().strip(".,;:()") for word in words], load_vocabulary().welsh)


def _count_in(words: Sequence[str], known: Set[str]) -> int:
    return len([word for word in words if word in known])


def settle_languages(texts: Sequence[str], guesses: Sequence[str]) -> list[Language]:
    """The language of each text in a paper that may hold Welsh: doubtful ones by spelling, or by lingua where that does
    not tell, else by their neighbours."""
    welsh_words = sum(len(text.split()) for text, guess in zip(texts, guesses, strict=True) if guess == "cy")
    # a Welsh title over an English paper says nothing of the names and short lines below it
    bilingual = welsh_words >= LEAST_WORDS or 4 * welsh_words >= sum(len(text.split()) for text in texts)
    settled: list[Language | None] = []
    for text, guess in zip(texts, guesses, strict=True):
        known = _as_language(guess)
        asked = not known and (guess == "?" or (bilingual and has_words(text))) and not _all_names(text)
        settled.append(_settle_doubtful(text) if asked else known)
    return fill_gaps(settled) if bilingual else [each or "en" for each in settled]


def fill_gaps(settled: Sequence[Language | None]) -> list[Language]:
    """Each language known, or that of the text before it, or of the first known after it; English when none is.

    >>> fill_gaps([None, "cy", None, "en"])
    ['cy', 'cy', 'cy', 'en']
    """
    current: Language = next((each for each in settled if each), "en")
    filled: list[Language] = []
    for each in settled:
        current = each or current
        filled.append(current)
    return filled


def has_words(text: str) -> bool:
    """Whether a text has words enough, beside numbers and initials, to tell its language by."""
    return sum(1 for word in WORD.findall(text[:LONGEST_SAMPLE]) if word[1:].islower()) >= LEAST_TELLING


def _all_names(text: str) -> bool:
    """Whether nearly every word has a capital, as in names of people and agencies."""
    words = WORD.findall(text)
    return sum(1 for word in words if word[0].isupper()) >= 0.6 * len(words)


def _as_language(guess: str) -> Language | None:
    if guess == "en":
        return "en"
    return "cy" if guess == "cy" else None


def _settle_doubtful(text: str) -> Language | None:
    english, welsh = count_spellings(text)
    if max(english, welsh) >= 2 * min(english, welsh) and english != welsh:
        return "en" if english > welsh else "cy"
    return None if english and english == welsh else _ask_lingua(text)


def count_spellings(text: str) -> tuple[int, int]:
    """How many words of a text are spelt as only English words are, and as only Welsh words are.

    >>> count_spellings("develop an advocacy service"), count_spellings("hyfforddwyd 412 o staff")
    ((3, 0), (0, 1))
    """
    known = load_vocabulary()
    words = WORD.findall(text[:LONGEST_SAMPLE].lower())
    english = sum(bool(known.telling_english.search(word)) for word in words)
    return english, sum(bool(known.telling_welsh.search(word)) for word in words)


@cache
def load_detector() -> object:
    # lingua takes 0.45 s to import and build, and few papers have a block that neither words nor spelling tell
    from lingua import Language as Tongue
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(Tongue.ENGLISH, Tongue.WELSH).build()


def _ask_lingua(text: str) -> Language | None:
    from lingua import Language as Tongue
    from lingua import LanguageDetector

    detector = load_detector()
    assert isinstance(detector, LanguageDetector)
    welsh = detector.compute_language_confidence(text[:LONGEST_SAMPLE], Tongue.WELSH)
    if max(welsh, 1 - welsh) < LEAST_SURE:
        return None
    return "cy" if welsh > 0.5 else "en"


def paper_languages(texts: Sequence[str], found: Sequence[Language]) -> tuple[Language, ...]:
    """The languages that a paper is written in: those of its running text, not of a title alone."""
    words: Counter[Language] = Counter()
    for text, language in zip(texts, found, strict=True):
        words[language] += len(text.split())
    if not words["cy"]:
        return ("en",)
    if words["cy"] < LEAST_WORDS and words["en"]:
        return ("en",)
    return ("cy",) if words["en"] < min(LEAST_WORDS, words["cy"]) else ("en", "cy")


def _texts_of(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
    else:
        told_by = block.roles.index("statement") if "statement" in block.roles else None
        for row in block.rows:
            yield telling_text(row, told_by)


def telling_text(row: Row, told_by: int | None) -> str:
    """The words that show a row's language: its statement, as Welsh and English may stand side by side, else all."""
    if told_by is not None and guess_language(row.cells[told_by].text):
        return row.cells[told_by].text
    return " ".join(cell.text for cell in row.cells)


def _mark_block(block: Block, languages: Iterator[Language]) -> Block:
    if isinstance(block, Paragraph):
        language = next(languages)
        return block if block.language == language else replace(block, language=language)
    return _mark_table(block, [next(languages) for _ in block.rows])


def _mark_table(table: Table, languages: Sequence[Language]) -> Table:
    """The table in the language of most of its rows, each row in its own."""
    rows = tuple(
        row if row.language == language else replace(row, language=language)
        for row, language in zip(table.rows, languages, strict=True)
    )
    most: Language = "cy" if 2 * languages.count("cy") > len(languages) else "en"
    return replace(table, rows=rows, language=most)
