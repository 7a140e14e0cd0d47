"""Sentences and statements in; phrases of outcome, practice, output and process language out (codebook section 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from lscb_textmine.classify.choices import judge_choice
from lscb_textmine.classify.features import find_cues, load_strengths
from lscb_textmine.classify.linear import LinearModel, Reading
from lscb_textmine.records import RESULTS, Candidate, Judgement, Span

CLAUSE_ENDS = ".;:!?"
LEAST_STRENGTH = 2.0


class SentenceModels(Protocol):
    """What `judge_sentences` needs of the models."""

    @property
    def sentence(self) -> LinearModel:
        """Kind of result of a sentence, "none" included."""


@dataclass(frozen=True, slots=True)
class SentenceFinding:
    """A sentence of running text with the kind of result it speaks of ("none" when of none) and its phrases."""

    text: str
    judgement: Judgement
    spans: tuple[Span, ...]


def judge_sentences(texts: Sequence[str], models: SentenceModels) -> tuple[SentenceFinding, ...]:
    """The kind of result that each sentence speaks of, in the order given."""
    found = []
    for text in texts:
        judgement = judge_choice(Reading(Candidate(text, form="sentence")), models.sentence)
        spans = find_spans(text) if judgement.answer != "none" else ()
        found.append(SentenceFinding(text, judgement, spans))
    return tuple(found)


def find_spans(text: str) -> tuple[Span, ...]:
    """The phrases of results language in a text, by rules: clauses in which a cue of some kind stands.

    Each clause is one phrase; its kind is that of the cues in it that speak most strongly, the further along the chain
    where they are equal.
    """
    strengths = load_strengths("result")
    hits = [(hit, hit.name.split("/")[0], strengths[hit.name]) for hit in find_cues(text) if hit.name in strengths]
    spans = []
    for start, end in split_clauses(text):
        scores: dict[str, float] = {}
        for hit, kind, strength in hits:
            if start <= hit.start < end and kind in RESULTS:
                scores[kind] = scores.get(kind, 0.0) + strength
        if scores and max(scores.values()) >= LEAST_STRENGTH:
            kind = max(scores, key=lambda each: (scores[each], RESULTS.index(each)))
            spans.append(Span(kind, start, end, text[start:end]))
    return tuple(spans)


def split_clauses(text: str) -> list[tuple[int, int]]:
    """Start and end of each clause: parted at full stops, semicolons and colons, and at "and" or "so that" before a
    further verb's phrase is left whole."""
    spans = []
    start = 0
    for i, character in enumerate(text):
        last = i + 1 == len(text)
        if last or (character in CLAUSE_ENDS and text[i + 1] == " "):
            end = i + 1 if last and character not in CLAUSE_ENDS else i
            left = start + len(text[start:end]) - len(text[start:end].lstrip())
            if left < end:
                spans.append((left, end))
            start = i + 1
    return spans
