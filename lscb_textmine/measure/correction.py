"""Probabilities of statements and sentences in; how many of each kind there are, put right for known errors, out.

To count answers counts the errors with them. To add up probabilities ("probabilistic classify and count": Bella, Ferri,
Hernández-Orallo and Ramírez-Quintana, IEEE ICDM 2010) drops those, but leans towards the mix that the models learnt
from. Here the probabilities are first carried over to the board's own mix, which is found by expectation maximisation:
Saerens, Latinne and Decaestecker, Neural Computation 14 (2002), 21-41; both after the survey by González, Castaño,
Chawla and del Coz, ACM Computing Surveys 50 (2017), article 74. It holds as far as each kind is worded on this board as
it was where the models learnt. `scripts/quantify.py` measures all three.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from lscb_textmine.measure.intervals import wilson_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

OWN_WEIGHT = 1.0
"""Statements' worth of the learnt mix that is added to the board's, so that no kind is held impossible."""
MOST_ROUNDS, CLOSE = 500, 1e-6
"""When the mix is found: it moves by less than this from one round to the next."""
FEWEST = 1e-9

Row = tuple[float, ...]
"""The probability of each kind, in the order of `Mix.kinds`."""


@dataclass(frozen=True, slots=True)
class Mix:
    """The kinds that a question knows and the share of each among the examples that its model learnt from."""

    kinds: tuple[str, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are of each kind, as estimated, and how far the estimates may be off."""

    kinds: tuple[str, ...]
    counts: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class CorrectedShare:
    """An estimated count over an estimated total, with its 95 % interval."""

    count: float
    total: float
    low: float
    high: float


@cache
def load_mix(question: str) -> Mix:
    """The learnt mix of "result" or "sentence"."""
    data = tomllib.loads(files("lscb_textmine.measure").joinpath("mix.toml").read_text(encoding="utf-8"))
    return Mix(tuple(data[question]), tuple(data[question].values()))


def correct_counts(rows: Sequence[Row], mix: Mix) -> Counts:
    """The estimated count of each kind among the rows; the same in whatever order they come.

    The covariance is that of the mix that makes the rows likeliest (the inverse of the observed information), scaled to
    counts.
    """
    import numpy

    if not rows:
        nothing = (0.0,) * len(mix.kinds)
        return Counts(mix.kinds, nothing, (nothing,) * len(mix.kinds))
    learnt = numpy.array(mix.shares)
    ratios = numpy.array(sorted(rows)) / learnt
    own = _find_mix(ratios, learnt)
    told = ratios @ own
    counts = (own * ratios / told[:, None]).sum(0)
    covariance = _covariance(ratios / told[:, None], own, learnt) * len(rows) ** 2
    return Counts(mix.kinds, tuple(counts.tolist()), tuple(map(tuple, covariance.tolist())))


def _find_mix(ratios: NDArray[Any], learnt: NDArray[Any]) -> NDArray[Any]:
    own = learnt
    for _ in range(MOST_ROUNDS):
        found = (own * (ratios / (ratios @ own)[:, None]).sum(0) + OWN_WEIGHT * learnt) / (len(ratios) + OWN_WEIGHT)
        if abs(found - own).max() < CLOSE:
            break
        own = found
    return own


def _covariance(scaled: NDArray[Any], own: NDArray[Any], learnt: NDArray[Any]) -> NDArray[Any]:
    """The inverse of the information on the shares, which add up to one: the last is what the others leave."""
    import numpy

    information = scaled.T @ scaled + numpy.diag(OWN_WEIGHT * learnt / own**2)
    free = numpy.vstack([numpy.eye(len(own) - 1), -numpy.ones(len(own) - 1)])
    inverse: NDArray[Any] = free @ numpy.linalg.inv(free.T @ information @ free) @ free.T
    return inverse


def corrected_share(parts: Sequence[Counts], kind: str, among: Sequence[str]) -> CorrectedShare:
    """The share of a kind among some kinds over parts that were counted apart, such as statements and sentences.

    The variance follows from those of the counts (delta method); the interval is Wilson's for as many statements as
    would leave a share that uncertain, so that it stays within 0 and 1.
    """
    each = [dict(zip(part.kinds, part.counts, strict=True)) for part in parts]
    count = sum(counts[kind] for counts in each)
    total = sum(counts[name] for counts in each for name in among)
    if total < FEWEST:
        return CorrectedShare(0.0, 0.0, 0.0, 1.0)
    share = min(1.0, count / total)
    variance = sum(_variance(part, kind, among, share) for part in parts) / total**2
    spread = share * (1 - share)
    worth = min(total, spread / variance) if variance > spread / total else total
    low, high = wilson_interval(share * worth, worth)
    return CorrectedShare(round(count, 6), round(total, 6), round(low, 6), round(high, 6))


def _variance(part: Counts, kind: str, among: Sequence[str], share: float) -> float:
    slopes: Mapping[str, float] = {name: (name == kind) - share * (name in among) for name in part.kinds}
    return sum(
        slopes[one] * slopes[other] * part.covariance[i][j]
        for i, one in enumerate(part.kinds)
        for j, other in enumerate(part.kinds)
    )
