"""Sentences and statements in; phrases of outcome, practice, output and process language out (codebook section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from lscb_textmine.classify.choices import judge_choice
from lscb_textmine.classify.encoder import Encoder
from lscb_textmine.classify.linear import LinearModel, Reading
from lscb_textmine.records import RESULTS, Candidate, Judgement, Sentence, Span

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


def judge_sentences(candidates: Sequence[Candidate], models: SentenceModels) -> tuple[Sentence, ...]:
    """The kind of result that each sentence speaks of ("none" of none), in the order given, by its own words alone.

    A Welsh sentence is not judged: its kind is `""` at probability 0.
    """
    return tuple(_judge_sentence(candidate, models) for candidate in candidates)


def _judge_sentence(candidate: Candidate, models: SentenceModels) -> Sentence:
    if candidate.language == "cy":
        return _make_sentence(candidate, Judgement("sentence", "", 0.0, note="not judged: Welsh"), ())
    alone = Candidate(candidate.text, form="sentence", doc_type=candidate.doc_type)
    reading = Reading(alone, models.encoder)
    judgement = judge_choice(reading, models.questions["sentence"])
    return _make_sentence(candidate, judgement, find_spans(reading) if judgement.answer != "none" else ())


def _make_sentence(candidate: Candidate, judgement: Judgement, spans: tuple[Span, ...]) -> Sentence:
    return Sentence(
        text=candidate.text,
        judgement=judgement,
        spans=spans,
        section=candidate.section,
        place=candidate.place,
        page=candidate.page,
        language=candidate.language,
    )


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
