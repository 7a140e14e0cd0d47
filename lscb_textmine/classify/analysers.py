"""A reading in; the names of its features out, in the form that scikit-learn's vectorisers ask for when training."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lscb_textmine.classify.linear import ENCODER, VECTOR, Reading


def encoder_means(readings: Sequence[Reading]) -> Any:
    """For each reading (rows) the mean over its word pieces of each output of the encoder (columns)."""
    import numpy

    return numpy.array([list(reading.read(ENCODER).counts.values()) for reading in readings])


def encoder_vectors(readings: Sequence[Reading]) -> Any:
    """For each reading (rows) the numbers of the encoder's vector (columns), scaled to length one."""
    import numpy

    vectors = numpy.array([list(reading.read(VECTOR).counts.values()) for reading in readings])
    return vectors / numpy.linalg.norm(vectors, axis=1, keepdims=True)


def challenge_rule_names(reading: Reading) -> list[str]:
    """The cues of challenge and of its look-alikes."""
    return _names(reading, "challenge_rules")


def objective_rule_names(reading: Reading) -> list[str]:
    """The rule features of statement or not."""
    return _names(reading, "objective_rules")


def criteria_rule_names(reading: Reading) -> list[str]:
    """What the rules say of the criteria."""
    return _names(reading, "criteria_rules")


def domain_score_names(reading: Reading) -> list[str]:
    """The scores of the domain rules: a name as often as the whole points its answer scored."""
    return _names(reading, "domain_scores")


def result_score_names(reading: Reading) -> list[str]:
    """The scores of the result rules."""
    return _names(reading, "result_scores")


def word_names(reading: Reading) -> list[str]:
    """Words, their beginnings and pairs of neighbours."""
    return _names(reading, "words")


def _names(reading: Reading, reader: str) -> list[str]:
    return [name for name, count in reading.read(reader).counts.items() for _ in range(int(count))]
