"""A text in; the first cue of a file that stands in it out. The files' order is the order in which cues count."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from tomllib import loads

from lscb_textmine.cues import cues_from
from lscb_textmine.gates import Gates, LazyPattern


@dataclass(frozen=True, slots=True)
class Rule:
    """A cue with the setting in which it holds ("minutes", or "" for everywhere)."""

    name: str
    pattern: LazyPattern
    when: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a file in order, and which of them a text may meet."""

    entries: tuple[Rule, ...]
    gates: Gates


@cache
def load_rules(name: str) -> Rules:
    """The cues of a file beside this module, in order, each with its setting."""
    rows = loads(files("lscb_textmine.find").joinpath(name).read_text(encoding="utf-8"))["cue"]
    settings = {row["name"]: row.get("when", "") for row in rows}
    cues = cues_from(rows)
    return Rules(tuple(Rule(cue, pattern, settings[cue]) for pattern, cue, _ in cues.patterns), cues.gates)


def first_cue(name: str, text: str, *, setting: str = "") -> str:
    """The name of the first cue of file `name` that stands in the text, "" for none."""
    rules = load_rules(name)
    for i in rules.gates.open_for(text):
        rule = rules.entries[i]
        if rule.when in ("", setting) and rule.pattern.compiled.search(text):
            return rule.name
    return ""


@lru_cache(maxsize=2048)
def heading_cue(heading: str) -> str:
    """The first cue of `context.toml` in a heading or lead-in, "" for none; remembered, as headings recur."""
    return first_cue("context.toml", heading)
