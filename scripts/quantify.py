"""Measure how near counts of each kind of result come to the truth, on boards that the models did not learn from.

    python scripts/quantify.py --scores scores.npz

Three ways: answers counted, probabilities added up, and probabilities carried over to the board's own mix first
(`lscb_textmine.measure.correction`). On whole boards, and on random samples of other mixes, drawn as in the
artificial-prevalence protocol (Forman, Data Mining and Knowledge Discovery 17, 2008). Prints the mean absolute error of
the outcome share, how often the interval holds the truth, and the mix that `measure/mix.toml` is to hold.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy
from finetune import TOKENIZER_LINES, Settings
from lessons import Example, read_examples
from numpy.typing import NDArray
from stack import SEED, asked, unseen_probabilities, unseen_readings

from lscb_textmine.annotations import read_labelled_sentences
from lscb_textmine.classify.linear import Reading
from lscb_textmine.classify.results import find_spans
from lscb_textmine.classify.word_pieces import read_vocabulary
from lscb_textmine.measure.correction import Counts, Mix, correct_counts, corrected_share, load_mix

ROOT = Path(__file__).resolve().parent.parent
TOLD = ("outcome", "practice", "output")
LEAST = {"result": 30, "sentence": 10}
"""Statements or sentences that a board must have."""
DRAWS = 300


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of statements or sentences: true kinds, probabilities of each by models that had not seen the
    board, the boards."""

    mix: Mix
    table: NDArray[Any]
    truth: NDArray[Any]
    """Indices into the kinds."""
    boards: NDArray[Any]
    weights: NDArray[Any]


def tell(question: str, examples: Sequence[Example], readings: Sequence[Reading], models: Path) -> Told:
    """The probabilities of a question, in the order of the kept mix; of sentences, only those that tell of a result."""
    card = json.loads((models / f"{question}.card.json").read_text(encoding="utf-8"))
    answers, table = unseen_probabilities(question, examples, readings, card["regularisation"])
    mix = load_mix(question)
    table = table[:, [answers.index(kind) for kind in mix.kinds]]
    wanted = [examples[number] for number in asked(examples, question)]
    truth = numpy.array([mix.kinds.index(each.answers[question]) for each in wanted])
    boards, weights = (numpy.array([getattr(each, name) for each in wanted]) for name in ("group", "weight"))
    keep = numpy.array([mix.kinds[best] != "none" for best in table.argmax(1)])
    return Told(mix, table[keep], truth[keep], boards[keep], weights[keep])


def learnt_mix(told: Told) -> list[float]:
    """The share of each kind, each example counted as often as in training."""
    counts = numpy.bincount(told.truth, weights=told.weights, minlength=len(told.mix.kinds))
    shares: list[float] = (counts / counts.sum()).round(4).tolist()
    return shares


def whole_boards(told: Told, least: int) -> Iterator[NDArray[Any]]:
    """The numbers of each board's examples."""
    for board in sorted(set(told.boards)):
        numbers = numpy.nonzero(told.boards == board)[0]
        if len(numbers) >= least and told.weights[numbers[0]] == 1:
            yield numbers


def other_mixes(told: Told, size: int, outcome: float | None = None) -> Iterator[NDArray[Any]]:
    """Samples of a mix drawn at random, or of the learnt mix with another share of outcome."""
    random, kinds = numpy.random.default_rng(SEED), len(told.mix.kinds)
    pools = [numpy.nonzero((told.truth == kind) & (told.weights == 1))[0] for kind in range(kinds)]
    for _ in range(DRAWS):
        mix = random.dirichlet(numpy.ones(kinds)) if outcome is None else with_outcome(told.mix, outcome)
        counts = random.multinomial(size, mix)
        yield numpy.concatenate([random.choice(pool, count) for pool, count in zip(pools, counts, strict=True)])


def with_outcome(mix: Mix, share: float) -> NDArray[Any]:
    """The mix with this share of outcome, the other kinds as they stand to each other."""
    rest = sum(other for kind, other in zip(mix.kinds, mix.shares, strict=True) if kind != "outcome")
    pairs = zip(mix.kinds, mix.shares, strict=True)
    return numpy.array([share if kind == "outcome" else (1 - share) * other / rest for kind, other in pairs])


def share_of(kinds: Sequence[str], counts: Sequence[float]) -> float:
    """The outcome share of counts."""
    none = tuple((0.0,) * len(kinds) for _ in kinds)
    found = corrected_share([Counts(tuple(kinds), tuple(counts), none)], "outcome", TOLD)
    return found.count / found.total if found.total else 0.0


def figures(told: Told, samples: Iterator[NDArray[Any]]) -> str:
    """The mean absolute errors of the three ways, their bias, and how often the interval holds the truth."""
    rows, held, kinds = [], [], told.mix.kinds
    for numbers in samples:
        table, size = told.table[numbers], len(kinds)
        true = share_of(kinds, numpy.bincount(told.truth[numbers], minlength=size).tolist())
        counted = share_of(kinds, numpy.bincount(table.argmax(1), minlength=size).tolist())
        added = share_of(kinds, table.sum(0).tolist())
        found = corrected_share([correct_counts(list(map(tuple, table.tolist())), told.mix)], "outcome", TOLD)
        held.append(found.low <= true <= found.high)
        rows.append([value - true for value in (counted, added, found.count / found.total)])
    errors = numpy.array(rows)
    cells = [f"{abs(column).mean():.3f} ({column.mean():+.3f})" for column in errors.T]
    told_so = f"counted {cells[0]}  added up {cells[1]}  corrected {cells[2]}"
    return f"n={len(rows):3d}  {told_so}  held {numpy.mean(held):.2f}"


def span_share(folder: Path, examples: Sequence[Example], readings: Sequence[Reading]) -> str:
    """The outcome share over phrases, as labelled and as found, in the sentences whose phrases are labelled."""
    labelled = {
        sentence.id: sentence.spans
        for path in sorted(folder.rglob("results*.jsonl"))
        for sentence in read_labelled_sentences(path)
        if sentence.spans is not None
    }
    pairs = [(labelled[e.id], find_spans(r)) for e, r in zip(examples, readings, strict=True) if e.id in labelled]
    shares = []
    for side in (0, 1):
        kinds = [span.kind for pair in pairs for span in pair[side]]
        shares.append(share_of(TOLD, [kinds.count(kind) for kind in TOLD]))
    return f"phrases of {len(pairs)} sentences: outcome share {shares[0]:.3f} as labelled, {shares[1]:.3f} as found"


def main(arguments: Sequence[str]) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annotations", type=Path, default=ROOT / "annotations")
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--scores", type=Path, required=True)
    given = parser.parse_args(arguments)
    examples = read_examples(given.annotations, read_vocabulary(TOKENIZER_LINES))
    readings = unseen_readings(examples, Settings(), print, kept=given.scores)
    for question, least in LEAST.items():
        told = tell(question, examples, readings, given.models)
        print(f"\n{question}: mix {dict(zip(told.mix.kinds, learnt_mix(told), strict=True))}")
        print(f"  boards of {least} or more        {figures(told, whole_boards(told, least))}")
        for size in (50, 200):
            for outcome in (None, 0.05, 0.1, 0.4):
                name = "any mix" if outcome is None else f"outcome {outcome:.0%}"
                print(f"  {name:11s} samples of {size:3d}   {figures(told, other_mixes(told, size, outcome))}")
        first = numpy.nonzero(told.weights > 1)[0]
        print(f"  re-worded from published papers {figures(told, iter([first]))}")
    print(span_share(given.annotations, examples, readings))


if __name__ == "__main__":
    main(sys.argv[1:])
