"""Every cue file of the package keeps the promises its examples make."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import lscb_textmine
from lscb_textmine.cues import Cue, Cues, Hit, cues_from

FILES = sorted(Path(lscb_textmine.__file__).parent.rglob("*.toml"))


def file_cues() -> list[tuple[str, Cues, Cue]]:
    found = []
    for path in FILES:
        cues = cues_from(tomllib.loads(path.read_text(encoding="utf-8")).get("cue", []))
        found += [(f"{path.stem}: {entry.name}", cues, entry) for entry in cues.entries]
    return found


@pytest.mark.parametrize(("label", "cues", "entry"), file_cues())
def test_examples_match_and_miss(label: str, cues: Cues, entry: Cue) -> None:
    assert entry.matches and entry.misses, f"{label}: needs examples of both kinds"
    for example in entry.matches:
        assert entry.name in cues.names_in(example), f"{label} must match {example!r}"
    for example in entry.misses:
        assert entry.name not in cues.names_in(example), f"{label} must miss {example!r}"


def test_phrase_stands_over_hyphen_and_case() -> None:
    cues = cues_from([{"name": "raise", "phrases": ["raise aware*"]}])
    assert cues.find("To Raise  awareness") == [Hit("raise", 3, 19)]
    assert cues.find("re-raise-AWARENESS") == [Hit("raise", 3, 18)]
    assert cues.find("raised awareness") == []


def test_pattern_needs_digit() -> None:
    cues = cues_from([{"name": "share", "patterns": [r"\d+ ?%"], "needs": "digit"}])
    assert cues.find("to 75% of staff") == [Hit("share", 3, 6)]
    assert cues.find("to most of staff") == []


def test_short_stem_is_refused() -> None:
    with pytest.raises(ValueError, match="three letters"):
        cues_from([{"name": "x", "phrases": ["im*"]}])
