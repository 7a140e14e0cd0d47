"""A statement's text in; how it opens (infinitive, instruction, -ing, noun, change), or who is "to do" what, out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from tomllib import loads

INFINITIVE = re.compile(r"\W*to (?:also |further |fully |jointly |better |more )?(?P<verb>[a-z][a-z-]+)", re.IGNORECASE)
WORD = re.compile(r"\W*(?P<word>[A-Za-z][\w-]*)")
NAMING = re.compile(
    r"\W*(?:(?:the|an?|full|further|regular|joint|multi-agency|annual|effective|successful|continued) ){0,2}"
    r"(?:[A-Za-z-]*(?:ment|tion|sion|ance|ence|ery|val|sal|ysis)|roll ?-?out|review|launch|audit|update|design|delivery"
    r"|closure|support|training|work) (?:of|to|for|with|between|across|on|into)\b",
    re.IGNORECASE,
)
CHANGE = re.compile(
    r"\W*(?:an? )?(?:greater|better|more|fewer|less|improved|increased|reduced|stronger|wider|earlier|further"
    r"|strengthened|enhanced|closer|clearer|safer|higher|lower|reduction|increase|improvement)\b",
    re.IGNORECASE,
)
DOER_TO = re.compile(r" to (?:also |then |jointly |now |each |both |formally )?(?P<verb>[a-z][a-z-]+)\b")
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|be|been|will|would|should|could|may|might|must|can|did|does|do|\w{2,}(?<!looked)(?<!ne)ed"
    r"|written|made|given|drawn|seen|taken|known|done|built|sent|held|brought|met|felt|said|told|found|went|came)\b"
)


@dataclass(frozen=True, slots=True)
class Words:
    """`words.toml` made ready."""

    verbs: frozenset[str]
    not_doers: frozenset[str]
    clause_verbs: frozenset[str]


@cache
def load_words() -> Words:
    """The verbs of deeds and the words that cannot stand between a doer and "to"."""
    data = loads(files("lscb_textmine.find").joinpath("words.toml").read_text(encoding="utf-8"))
    return Words(frozenset(data["verbs"].split()), frozenset(data["not_doers"]), frozenset(data["clause_verbs"]))


def name_opening(text: str) -> str:
    """How a statement opens: "infinitive", "instruction", "-ing", "noun", "change", or "" for none of these.

    >>> [name_opening(text) for text in ("Publish it", "Running courses", "Development of a tool", "Fewer harmed")]
    ['instruction', '-ing', 'noun', 'change']
    """
    verbs = load_words().verbs
    if infinitive := INFINITIVE.match(text):
        return "infinitive" if infinitive["verb"].lower() not in ("date", "this", "the") else ""
    found = WORD.match(text)
    if not found:
        return ""
    word = found["word"].lower()
    if CHANGE.match(text):
        return "change"
    if NAMING.match(text):
        return "noun"
    if word.endswith("ly") or word in ("continue", "jointly", "further"):
        following = WORD.match(text, found.end())
        word = following["word"].lower() if following and following["word"].lower() in verbs else word
    if word in verbs or word.replace("-", "") in verbs:
        return "instruction"
    return "-ing" if word.endswith("ing") and bool(_stems(word) & verbs) else ""


def has_doer_to(text: str) -> bool:
    """Whether a text says that someone or something is "to do" a deed, with no finite verb before.

    >>> has_doer_to("CH and DC to draw up a template."), has_doer_to("The Chair asked members to reply.")
    (True, False)
    """
    words = load_words()
    for found in DOER_TO.finditer(text):
        before = text[: found.start()]
        if len(before) > 130 or FINITE.search(before):
            return False
        if found["verb"] not in words.verbs:
            continue
        tokens = [token.strip(".,;:()").lower() for token in before.split()]
        return bool(tokens) and tokens[-1] not in words.not_doers and not words.clause_verbs & set(tokens)
    return False


def _stems(word: str) -> set[str]:
    stem = word[:-3]
    doubled = stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem
    return {stem, stem + "e", doubled, stem.replace("-", "")}
