"""A candidate in; the named features that the rules and the linear models read out, each with its words and place.

The same functions serve training and prediction: `analysers.py` gives them to scikit-learn, `linear.py` reads them at
run time. A change here that alters a name needs a new `FEATURES_VERSION` and new models.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, NamedTuple

from lscb_textmine.classify.criteria import CriteriaFinding
from lscb_textmine.cues import WORD, Cues, Hit, cues_from, load_cues
from lscb_textmine.records import CRITERIA, Candidate

FEATURES_VERSION = 2
CUE_FILES = {"objective": "objective.toml", "domain": "domains.toml", "result": "results.toml"}
OPENING = re.compile(
    r"^\W*(?:actions?\b[^a-z]{0,3}(?:\([^)]*\))?\s*[:–-]\s*|"
    r"(?:aim|priority|objective) \d+\W+|o\s+|[a-z]\)\s*|\d+[\d.a-z]*[.)]?\s+)*",
    re.IGNORECASE,
)
"""What may stand before a statement's first word when its text was copied with marker or label."""
STEM = 5
LONG_TEXT = 2000
WordPlace = tuple[int, int, str]
"""Start, end and source of some words, as in `Feature`."""


class Feature(NamedTuple):
    """Something seen in or around a candidate: its name, and the words it was seen in (none for structure).

    A NamedTuple, not a dataclass: a statement has hundreds and they never leave `classify`.
    """

    name: str
    start: int = 0
    end: int = 0
    source: str = ""
    """"text", "heading", a column's name, or `""` for structure."""


@cache
def load_cue_files() -> Cues:
    """The cues of all three questions as one set, so that a text is searched once."""
    return cues_from([row for question in CUE_FILES for row in _read_cue_file(question)["cue"]])


@cache
def load_strengths(question: str) -> dict[str, float]:
    """How far each cue of a question speaks for its answer, from the file's `[strength]` table."""
    return dict(_read_cue_file(question)["strength"])


@cache
def _read_cue_file(question: str) -> dict[str, Any]:
    text = files("lscb_textmine.classify").joinpath(CUE_FILES[question]).read_text(encoding="utf-8")
    return tomllib.loads(text)


@lru_cache(maxsize=4096)  # a heading is asked for by each statement below it, a text by each question
def find_cues(text: str) -> tuple[Hit, ...]:
    """Where the cues of all questions stand in the first characters of a text."""
    return tuple(load_cue_files().find(text[:LONG_TEXT]))


def cue_features(candidate: Candidate, question: str) -> list[Feature]:
    """The cues of a question in the text ("t:"), the governing heading ("h:") and the cells beside ("c:")."""
    strengths = load_strengths(question)
    found = _hits(candidate.text, "t:", "text", strengths)
    found += _hits(candidate.section, "h:", "heading", strengths)
    for cell in candidate.cells:
        if cell.role in ("measure", "parent") and cell.text != candidate.text:
            found += _hits(cell.text, f"{cell.role[0]}:", cell.name, strengths)
    return found


def _hits(text: str, prefix: str, source: str, strengths: dict[str, float]) -> list[Feature]:
    return [Feature(prefix + hit.name, hit.start, hit.end, source) for hit in find_cues(text) if hit.name in strengths]


def opening_features(candidate: Candidate) -> list[Feature]:
    """How the text opens: with a verb of doing, a noun of doing, "to", an -ing word, or none of these."""
    opening = OPENING.match(candidate.text)
    start = opening.end() if opening else 0
    first = WORD.search(candidate.text, start)
    if first is None:
        return []
    names = {hit.name for hit in find_cues(candidate.text) if hit.start == first.start()}
    word = first.group().lower()
    shapes = [f"open:{name}" for name in ("verb/action", "noun/action") if name in names]
    if word.endswith("ing"):
        shapes.append("open:-ing")
    if word == "to":
        shapes.append("open:to")
    return [Feature(shape, *first.span(), "text") for shape in shapes or ["open:other"]]


def structure_features(candidate: Candidate) -> list[Feature]:
    """What stands around the words: form, mark, kind of paper, length, and which of the row's cells are filled."""
    words = len(candidate.text.split())
    length = "short" if words < 6 else "middling" if words < 25 else "long"
    names = [
        f"form:{candidate.form}",
        f"marked:{candidate.marked or 'no'}",
        f"paper:{candidate.doc_type}",
        f"length:{length}",
    ]
    names += sorted({f"cell:{cell.role}" for cell in candidate.cells if cell.text})
    if not candidate.text.rstrip().endswith("."):
        names.append("no full stop")
    return [Feature(name) for name in names]


def word_features(candidate: Candidate) -> list[Feature]:
    """The words of the text, their beginnings and pairs of neighbours; of the heading only the beginnings."""
    return [Feature(name, *place) for name, place in zip(*read_words(candidate), strict=True)]


def read_words(candidate: Candidate) -> tuple[list[str], list[WordPlace]]:
    """The names of `word_features`, and where each stands; apart, as the models weigh names and quote few places."""
    text, section = candidate.text[:LONG_TEXT], candidate.section
    spans = [match.span() for match in WORD.finditer(text)]
    words = [_plain(text[start:end]) for start, end in spans]
    stems = [word[:STEM] for word in words]
    names = [name for word in words for name in (f"w:{word}", f"s:{word[:STEM]}")]
    names += [f"p:{left} {right}" for left, right in pairwise(stems)]
    places = [(start, end, "text") for start, end in spans for _ in range(2)]
    places += [(first[0], second[1], "text") for first, second in pairwise(spans)]
    for match in WORD.finditer(section):
        names.append(f"g:{_plain(match.group())[:STEM]}")
        places.append((*match.span(), "heading"))
    return names, places


def _plain(word: str) -> str:
    return "0" if word[0].isdigit() else word.lower()


def add_scores(features: Iterable[Feature], question: str) -> dict[str, float]:
    """What the rules alone say: for each answer the strengths of its cues, each cue counted once.

    A cue in the heading or the parent objective counts a third, in the measure cell half (codebook section 3: decide
    by what the statement is for; section 4: an outcome cell counts as part of the statement).
    """
    strengths = load_strengths(question)
    weight = {"t": 1.0, "h": 0.3, "p": 0.3, "m": 0.5}
    scores: dict[str, float] = {}
    for name in sorted({feature.name for feature in features}):
        place, _, cue = name.partition(":")
        answer = cue.partition("/")[0]
        scores[answer] = scores.get(answer, 0.0) + weight.get(place, 0.0) * strengths.get(cue, 0.0)
    return scores


def objective_rules(candidate: Candidate) -> list[Feature]:
    """The rule features of "is this an objective statement?" (codebook section 1)."""
    found = [
        feature
        for feature in cue_features(candidate, "objective")
        if not feature.name[2:].startswith(("verb/", "noun/"))
    ]
    found = [feature for feature in found if feature.name.startswith("h:heading/") or feature.name[2:9] != "heading"]
    return found + opening_features(candidate) + structure_features(candidate)


def criteria_rules(candidate: Candidate, finding: CriteriaFinding) -> list[Feature]:
    """What the rules say of all five criteria, with the structure: one question's answer bears on another's."""
    found = structure_features(candidate)
    for criterion, verdict in zip(CRITERIA, finding.verdicts, strict=True):
        place = (verdict.because[0].start, verdict.because[0].end, verdict.because[0].source) if verdict.because else ()
        found.append(Feature(f"{criterion}:{'met' if verdict.met else 'not met'}", *place))
        found.append(Feature(f"{criterion}:{verdict.rule}"))
    return found


def challenge_rules(candidate: Candidate) -> list[Feature]:
    """The cues of challenge and of its look-alikes in a sentence, and of each kind of cue that there is one at all
    (codebook section 5); who speaks is a feature without a place, as it decides nothing by itself.
    """
    hits = load_cues("lscb_textmine.classify", "challenge.toml").find(candidate.text[:LONG_TEXT])
    kinds: dict[str, Feature] = {}
    found = []
    for hit in hits:
        kind = hit.name.partition("/")[0]
        place = () if kind == "party" else (hit.start, hit.end, "text")
        found.append(Feature(hit.name, *place))
        kinds.setdefault(kind, Feature(f"any/{kind}", *place))
    agencies = sum(hit.name == "party/agency" for hit in hits)
    return [*found, *kinds.values(), *([Feature("two agencies")] if agencies > 1 else [])]


def score_features(candidate: Candidate, question: str) -> list[Feature]:
    """The scores of the rules as features: a name as often as the whole points its answer scored."""
    scores = add_scores(cue_features(candidate, question), question)
    return [Feature(f"score:{answer}") for answer, score in sorted(scores.items()) for _ in range(round(score))]
