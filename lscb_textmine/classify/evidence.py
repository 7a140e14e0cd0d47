"""A candidate in; the cues that stand in its words and in its row's other cells, looked up once for all criteria."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from lscb_textmine.classify.deadlines import times_in
from lscb_textmine.cues import DIGIT, Cues, Hit, cues_from
from lscb_textmine.records import Candidate

STRONG = frozenset({"makes", "sends", "holds", "sets up", "checks"})
DEEDS = STRONG | {"delivers", "looks into"}


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of a candidate with the cues found in them; `source` is "text" or a column's name."""

    words: str
    source: str
    role: str
    deeds: tuple[Hit, ...] = ()
    """Concrete deeds, weaker ones among them."""
    strong: tuple[Hit, ...] = ()
    """Deeds that leave something to be looked for."""
    vague: tuple[Hit, ...] = ()
    abstract: tuple[Hit, ...] = ()
    """Abstract objects."""
    products: tuple[Hit, ...] = ()
    """Documents, events and other things that can be looked for."""
    groups: tuple[Hit, ...] = ()
    """Named groups of children, staff or places."""
    states: tuple[Hit, ...] = ()
    """States that a group could tell of."""
    absolutes: tuple[Hit, ...] = ()
    """Words that leave the promise without bounds."""
    numbers: tuple[Hit, ...] = ()

    @property
    def leads_vaguely(self) -> bool:
        """Whether a vague verb stands before any concrete deed."""
        return bool(self.vague) and (not self.deeds or self.vague[0].start < self.deeds[0].start)

    def names_after(self, hit: Hit) -> bool:
        """Whether a named thing follows ("the Wood report", "Stronger Starts programme")."""
        return bool(_named_thing().search(self.words, hit.end))

    def quote(self, hit: Hit) -> str:
        """The words of a hit."""
        return self.words[hit.start : hit.end]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passages of a candidate: its own text, and the cells that say what is done and how it is checked."""

    text: Passage
    others: tuple[Passage, ...]
    form: str
    section: str
    marked: str

    @property
    def sweeping(self) -> bool:
        """Whether the text promises for all or for ever."""
        return bool(self.text.absolutes)


def gather_evidence(candidate: Candidate) -> Evidence:
    """Everything the rules on specific, measurable and realistic look at."""
    others = tuple(
        _passage(cell.text, cell.name, cell.role)
        for cell in candidate.cells
        if cell.role in ("statement", "measure")
        and cell.text
        and cell.text not in candidate.text
        and candidate.text not in cell.text
    )
    return Evidence(
        _passage(candidate.text, "text", "statement"), others, candidate.form, candidate.section, candidate.marked
    )


def _passage(words: str, source: str, role: str) -> Passage:
    found = evidence_cues().find(words)
    by_name: dict[str, list[Hit]] = {}
    purposes = [match.span() for match in _purpose().finditer(words)] if len(found) > 1 else []
    for hit in found:
        if _is_done(words, hit, purposes):
            by_name.setdefault(hit.name, []).append(hit)
            if hit.name in DEEDS:
                by_name.setdefault("deeds", []).append(hit)
            if hit.name in STRONG:
                by_name.setdefault("strong", []).append(hit)
    hits = {name: tuple(found) for name, found in by_name.items()}
    return Passage(
        words,
        source,
        role,
        deeds=hits.get("deeds", ()),
        strong=hits.get("strong", ()),
        vague=hits.get("vague verb", ()),
        abstract=hits.get("abstract", ()),
        products=hits.get("product", ()),
        groups=hits.get("named group", ()),
        states=hits.get("state for a group", ()),
        absolutes=hits.get("absolute", ()),
        numbers=_numbers(words),
    )


def _is_done(words: str, hit: Hit, purposes: list[tuple[int, int]]) -> bool:
    """Whether a deed stands as a verb that is promised: not an adjective or noun, nor in a clause of purpose."""
    if hit.name not in DEEDS and hit.name != "vague verb":
        return True
    if hit.name != "vague verb" and any(start < hit.start < end for start, end in purposes):
        return False
    verb = words[hit.start : hit.end].split()[0].lower()
    if hit.name == "checks" and not _mention_before().search(words, max(0, hit.start - 40), hit.start):
        return True
    if verb in word_set("noun_deeds"):
        return not re.search(r"\b(?:for|of|towards)\s$", words[max(0, hit.start - 9) : hit.start])
    if verb.startswith("prepar") and words[hit.end : hit.end + 4].lower() == " for":
        return False
    if words[hit.end : hit.end + 4].lower() == " of " and verb.isalpha() and not verb.endswith("ed"):
        return False
    return verb in ("be", "must") or _stands_as_verb(verb, words[max(0, hit.start - 40) : hit.start].split())


def _stands_as_verb(verb: str, before: list[str]) -> bool:
    """Whether the words before let a word be a verb: nothing, a stop, or one that leads to its form."""
    if verb.endswith("ed") and before and before[-1][-1] == ".":
        return False
    if not before or before[-1][-1] in ".:;,)]•/–“‘'\"(":
        return True
    last = before[-1].lower()
    if last.endswith("ly") and len(before) > 1:
        last = before[-2].lower()
    if verb.endswith("ing"):
        return last in word_set("before_gerund")
    if verb.endswith("ed") or verb in ("sent", "held", "written", "drawn", "brought"):
        return last in word_set("before_participle")
    return last in word_set("before_verb") or (verb in ("put", "set") and last in word_set("before_participle"))


def _numbers(words: str) -> tuple[Hit, ...]:
    found = [
        match.span()
        for pattern in (_count(), _figure())
        if pattern is _count() or DIGIT.search(words)
        for match in pattern.finditer(words)
    ]
    if not found:
        return ()
    times = [(time.start, time.end) for time in times_in(words)]
    return tuple(
        Hit("number", *span)
        for span in sorted(found)
        if not _definite_before().search(words, max(0, span[0] - 8), span[0])
        and not any(start < span[1] and span[0] < end for start, end in times)
    )


@cache
def evidence_cues() -> Cues:
    """The cues for deeds and objects and those for bounds, made one so that a text is searched once."""
    folder = files("lscb_textmine.classify")
    texts = [folder.joinpath(name).read_text(encoding="utf-8") for name in ("deeds.toml", "bounds.toml")]
    return cues_from([row for text in texts for row in tomllib.loads(text)["cue"]])


@cache
def word_set(name: str) -> frozenset[str]:
    """A set of words of `grammar.toml`."""
    data = tomllib.loads(files("lscb_textmine.classify").joinpath("grammar.toml").read_text(encoding="utf-8"))
    return frozenset(data[name].split())


@cache
def _purpose() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:[Ss]o (?:that|as to)|[Ii]n order (?:to|that)|[Cc]onsider(?:ing)? (?:how|whether)"
        r"|[Ee]xplore (?:how|whether)|able to|look(?:ing)? at how|to help|ready to|used to"
        r"|designed to)\b[^.;]*"
    )


@cache
def _mention_before() -> re.Pattern[str]:
    # "learn from audits and complaints", "the findings of the survey": a check that is only mentioned.
    return re.compile(
        r"\b(?:of|from|in|to|with|on|following|after|for|against|into|about)\s+(?:[\w’-]+,?\s+){0,4}$", re.IGNORECASE
    )


@cache
def _definite_before() -> re.Pattern[str]:
    # "across the three counties": a number that was there before.
    return re.compile(r"\b(?:the|our|these|its|those|first|last|next)\s$", re.IGNORECASE)


@cache
def _figure() -> re.Pattern[str]:
    # A count of something: not a date, a clause number, an item number or a section of an Act.
    named = (
        "section",
        "page",
        "item",
        "priority",
        "part",
        "phase",
        "stage",
        "year",
        "level",
        "tier",
        "action",
        "chapter",
        "articles",
        "article",
        "appendix",
    )
    behind = "".join(f"(?<!{word} )" for word in named)
    # The look at the first character comes first: the looks behind it are dear, and made at every character else.
    return re.compile(
        r"(?=[\d£])(?:(?<![\w.£/-])\d[\d,]*(?:\.\d+)?\s?(?:%|per cent\b|percent\b)|£\s?\d[\d,]*"
        rf"|(?<![\w.£/-]){behind}[1-9]\d{{0,4}}(?:,\d{{3}})?"
        r"(?=\s(?!of the minutes|years? old|and under|agencies work)[a-z]{3,}))",
        re.IGNORECASE,
    )


@cache
def _count() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:[Tt](?:wo|hree|en|welve|wenty)|[Ff](?:our|ive)|[Ss](?:ix|even)|[Ee]ight"
        r"|[Nn]ine)\s(?=[a-z]{4,})(?!key |boards|statutory|core |main |regional)"
    )


@cache
def _named_thing() -> re.Pattern[str]:
    return re.compile(
        r"(?<=\s)[“‘\"']?[A-Z][\w’'-]+(?:\s(?:of|and|for|the|to|in)\b)?(?:\s[A-Z][\w’'-]+)+|\b(?!LSCB|SCB"
        r"|SCP)[A-Z]{3,}\b(?!\s(?:Board|LSCB))|(?<=\s)[A-Z][\w’'-]+\s(?:report|programme|pathway|tool|strategy"
        r"|protocol|guidance|model|review|plan|project)\b"
    )
