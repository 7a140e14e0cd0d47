"""Sentences and statements in; phrases of outcome, practice, output and process language out (codebook section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from lscb_textmine.classify.choices import judge_choice
from lscb_textmine.classify.encoder import Encoder
from lscb_textmine.classify.linear import LinearModel, Reading
from lscb_textmine.records import RESULTS, Candidate, Judgement, Span

SPAN_KINDS = ("none", *RESULTS)
FEWEST_WORDS = 2


class SentenceModels(Protocol):
    """What `judge_sentences` needs of the models."""

    @property
    def encoder(self) -> Encoder:
        """What sees the words."""

    @property
    def questions(self) -> Mapping[str, LinearModel]:
        """The model of "sentence": kind of result of a sentence, "none" included."""


@dataclass(frozen=True, slots=True)
class SentenceFinding:
    """A sentence of running text with the kind of result it speaks of ("none" when of none) and its phrases."""

    text: str
    judgement: Judgement
    spans: tuple[Span, ...]


def judge_sentences(candidates: Sequence[Candidate], models: SentenceModels) -> tuple[SentenceFinding, ...]:
    """The kind of result that each sentence speaks of, in the order given, by its own words alone.

    A Welsh sentence is not judged: its kind is `""` at probability 0.
    """
    found = []
    for candidate in candidates:
        if candidate.language == "cy":
            note = "not judged: Welsh"
            found.append(SentenceFinding(candidate.text, Judgement("sentence", "", 0.0, note=note), ()))
            continue
        sentence = Candidate(candidate.text, form="sentence", doc_type=candidate.doc_type)
        reading = Reading(sentence, models.encoder)
        judgement = judge_choice(reading, models.questions["sentence"])
        spans = find_spans(reading) if judgement.answer != "none" else ()
        found.append(SentenceFinding(candidate.text, judgement, spans))
    return tuple(found)


def find_spans(reading: Reading) -> tuple[Span, ...]:
    """The phrases of results language in a text: runs of words that the encoder takes to be of one kind.

    A word is of the kind that its pieces speak for most; a run of fewer than two words is no phrase.
    """
    words, text = reading.words(), reading.candidate.text
    columns = [reading.encoder.column(f"span={kind}") for kind in SPAN_KINDS]
    kinds = [
        (start, end, _kind_of(scores))
        for (start, end, source), scores in zip(words.places, words.means[:, columns].tolist(), strict=True)
        if source == "text"
    ]
    spans = []
    for kind, run in groupby(kinds, key=itemgetter(2)):
        found = list(run)
        start, end = found[0][0], found[-1][1]
        if kind != "none" and len(text[start:end].split()) >= FEWEST_WORDS:
            spans.append(Span(kind, start, end, text[start:end]))
    return tuple(spans)


def _kind_of(scores: Sequence[float]) -> str:
    return max(zip(scores, SPAN_KINDS, strict=True))[1]
