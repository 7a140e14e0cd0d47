"""No text is kept from a pattern that it matches."""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from types import ModuleType

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from lscb_textmine.gates import FEW, Gates, load_gates


@cache
def script() -> ModuleType:
    """`scripts/gates.py`, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("gates_script", ROOT / "scripts" / "gates.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def cues() -> list[dict[str, list[str]]]:
    found: list[dict[str, list[str]]] = script().collect_cues(script().PACKAGE)
    return found


def test_gates_are_those_of_the_patterns() -> None:
    assert load_gates() == script().find_gates(cues()), "run scripts/gates.py"


def test_every_match_opens_its_gate() -> None:
    sources = sorted({pattern for cue in cues() for pattern in cue.get("patterns", ())})
    gates = Gates(sources)
    for text in (text for cue in cues() for key in ("matches", "misses") for text in cue[key]):
        matching = {i for i, source in enumerate(sources) if re.search(source, text, re.IGNORECASE)}
        assert matching <= set(gates.open_for(text)), text
        assert matching <= set(gates.open_for(text.upper()))


@pytest.mark.parametrize(
    ("pattern", "gate"),
    [
        (r"\bwill\b", {"ill"}),
        (r"\b(?:will|would)\b", {"ill", "oul"}),
        (r"[Rr]isks?", {"isk"}),
        (r"(?:a|be) \w+ audits?\b", {" au"}),
        (r"\?\W*$", None),
        (r"(?:audit)?\d+", None),
        (r"(?:audit|\d+)", None),
    ],
)
def test_gate_is_what_every_match_holds(pattern: str, gate: set[str] | None) -> None:
    common = script().Counter({"wil": 9, "wou": 9, "uld": 9, "ris": 9, "udi": 9, "dit": 9, "its": 9})
    assert script().find_gate(pattern, common) == gate


@given(st.text(alphabet="wWiIılLsSſkKıİ ", max_size=12))
def test_letters_of_odd_case_open_what_they_match(text: str) -> None:
    pattern = next(source for source in load_gates() if re.search(source, "will", re.IGNORECASE))
    if re.search(pattern, text, re.IGNORECASE):
        assert 0 in Gates([pattern] * FEW).open_for(text)
