"""Sentences of minutes and models in; whether each challenges another agency, with the words that show it, out.

Codebook section 5, after the joint inspection report (2011), 12, 4.3 and 4.4: a member questions, tests or disputes
another agency's work, data or account, or asks for assurance.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from lscb_textmine.classify.choices import judge_choice
from lscb_textmine.classify.encoder import Encoder
from lscb_textmine.classify.linear import LinearModel, Reading
from lscb_textmine.records import Candidate, Judgement, Sentence

NOT_WELSH = "not judged: Welsh"


class ChallengeModels(Protocol):
    """What `judge_challenge` needs of the models."""

    @property
    def encoder(self) -> Encoder:
        """What sees the words."""

    @property
    def questions(self) -> Mapping[str, LinearModel]:
        """The model of "challenge"."""


def judge_challenge(candidates: Sequence[Candidate], models: ChallengeModels) -> tuple[Sentence, ...]:
    """Each sentence with "yes" or "no", in the order given, by its own words alone; Welsh is not judged (`""`)."""
    return tuple(_judge(candidate, models) for candidate in candidates)


def _judge(candidate: Candidate, models: ChallengeModels) -> Sentence:
    if candidate.language == "cy":
        judgement = Judgement("challenge", "", 0.0, note=NOT_WELSH)
    else:
        judgement = judge_choice(Reading(as_sentence(candidate), models.encoder), models.questions["challenge"])
    return Sentence(
        candidate.text, judgement, (), candidate.section, candidate.place, candidate.page, candidate.language
    )


def as_sentence(candidate: Candidate) -> Candidate:
    """The sentence as the model learnt to read it: alone, a sentence of minutes."""
    return Candidate(candidate.text, form="sentence", doc_type="minutes")
