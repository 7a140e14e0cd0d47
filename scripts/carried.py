"""Fit and measure the likeness by which an objective is followed from paper to paper.

    python scripts/carried.py --fit       # fits the weights on the boards for setting, writes them to likeness.toml
    python scripts/carried.py             # measures words, vectors and both on the boards for setting, each board
                                          # with weights of the others
    python scripts/carried.py --closing   # and on the boards for closing, with weights of those for setting; on the
                                          # papers of corpora/; and how often statements of two boards are joined

Two tasks. *Pairs*: of the pairs written by hand, half one objective and half alike but another, which are one?
*Papers*: of all statements of a board's earlier and later papers, which belong together, each to one at most?
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy
from numpy.typing import NDArray
from rapidfuzz import fuzz
from sklearn.linear_model import LogisticRegression

from lscb_textmine.classify.encoder import Encoder, make_input
from lscb_textmine.inputs import gather_requests
from lscb_textmine.measure.carried import follow_objectives
from lscb_textmine.measure.likeness import compare_words, load_knowledge, split_content, weigh_words
from lscb_textmine.measure.matching import JOINED, compare_all, pick_pairs
from lscb_textmine.models import find_models, load_encoder, load_models
from lscb_textmine.pipeline import study
from lscb_textmine.records import Candidate

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT / "annotations" / "carried" / "pairs.jsonl"
STATEMENTS = ROOT / "annotations" / "boards" / "statements.jsonl"
FEWEST = 20
"""Objectives that a board must have to be compared with another."""
WEIGHTS = ROOT / "lscb_textmine" / "measure" / "likeness.toml"
EASY = 0.25
"""What any earlier with any later statement of a board counts against a pair written by hand."""
NAMES = ("common_share", "shared_weight", "swapped")
WAYS: dict[str, tuple[int, ...]] = {
    "token set ratio": (3,),
    "partial ratio": (4,),
    "rarer words shared": (0,),
    "vectors": (5,),
    "words, three features": (0, 1, 2),
    "words and vectors": (0, 1, 2, 5),
}
"""The columns of features that each way uses."""


class Pairing(NamedTuple):
    """An earlier and a later statement of a board."""

    board: str
    left: str
    right: str
    same: bool
    written: bool
    """Whether the pair is one of those written by hand."""
    features: tuple[float, ...]


def load_pairs() -> list[dict[str, Any]]:
    """The pairs written by hand."""
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def pair_all(pairs: Sequence[dict[str, Any]], half: str, vector: Callable[[str], NDArray[Any]]) -> list[Pairing]:
    """Every earlier with every later statement of each board of a half."""
    found = []
    for board, group in groupby((pair for pair in pairs if pair["half"] == half), key=lambda pair: str(pair["board"])):
        same = {(pair["left"]["text"], pair["right"]["text"]): bool(pair["same"]) for pair in group}
        lefts, rights = (list(dict.fromkeys(pair[side] for pair in same)) for side in (0, 1))
        words = {text: split_content(text) for text in (*lefts, *rights)}
        weights = weigh_words(words.values())
        middle = numpy.mean([vector(text) for text in words], axis=0)
        for left in lefts:
            for right in rights:
                one, other = vector(left) - middle, vector(right) - middle
                cosine = float(one @ other / numpy.linalg.norm(one) / numpy.linalg.norm(other))
                ratios = (fuzz.token_set_ratio(left.lower(), right.lower()), fuzz.partial_ratio(left, right))
                features = (*compare_words(words[left], words[right], weights), *(r / 100 for r in ratios), cosine)
                key = (left, right)
                found.append(Pairing(board, left, right, same.get(key, False), key in same, features))
    return found


def fit(pairings: Sequence[Pairing], columns: Sequence[int]) -> LogisticRegression:
    """The weights of some features."""
    model = LogisticRegression(C=3, max_iter=1000)
    model.fit(
        [[pairing.features[column] for column in columns] for pairing in pairings],
        [pairing.same for pairing in pairings],
        sample_weight=[1 if pairing.written else EASY for pairing in pairings],
    )
    return model


def rate(model: LogisticRegression, pairings: Sequence[Pairing], columns: Sequence[int]) -> NDArray[Any]:
    """The probability of each pairing."""
    rated: NDArray[Any] = model.predict_proba([[pairing.features[c] for c in columns] for pairing in pairings])[:, 1]
    return rated


def rate_by_others(pairings: Sequence[Pairing], columns: Sequence[int]) -> NDArray[Any]:
    """The probability of each pairing by weights from the other boards."""
    rated = numpy.zeros(len(pairings))
    for board in sorted({pairing.board for pairing in pairings}):
        own = numpy.array([pairing.board == board for pairing in pairings])
        others = [pairing for pairing in pairings if pairing.board != board]
        rated[own] = rate(fit(others, columns), [pairing for pairing in pairings if pairing.board == board], columns)
    return rated


def count_pairs(pairings: Sequence[Pairing], rated: NDArray[Any]) -> tuple[int, int, int]:
    """Right, wrong and missed among the pairs written by hand."""
    told = [(pairing.same, p >= JOINED) for pairing, p in zip(pairings, rated, strict=True) if pairing.written]
    return tuple(told.count(each) for each in ((True, True), (False, True), (True, False)))  # type: ignore[return-value]


def count_papers(pairings: Sequence[Pairing], rated: NDArray[Any]) -> tuple[int, int, int]:
    """Right, wrong and missed when every statement goes to one other at most, best pairs first."""
    taken: set[tuple[str, int, str]] = set()
    right = wrong = 0
    for place in numpy.argsort(-rated, kind="stable"):
        pairing = pairings[place]
        ends = {(pairing.board, 0, pairing.left), (pairing.board, 1, pairing.right)}
        if rated[place] < JOINED or ends & taken:
            continue
        taken |= ends
        right, wrong = right + pairing.same, wrong + (not pairing.same)
    return right, wrong, sum(pairing.same for pairing in pairings) - right


def tell(counts: tuple[int, int, int]) -> str:
    """Precision, recall and F1."""
    right, wrong, missed = counts
    precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
    return f"P {precision:.2f} R {recall:.2f} F1 {2 * right / max(1, 2 * right + wrong + missed):.2f}"


def make_vectors(encoder: Encoder) -> Callable[[str], NDArray[Any]]:
    """The encoder's vector of a text, worked out once."""
    known: dict[str, NDArray[Any]] = {}

    def vector(text: str) -> NDArray[Any]:
        if text not in known:
            known[text] = encoder.vector(make_input(Candidate(text), encoder.word_pieces))
        return known[text]

    return vector


def save_weights(model: LogisticRegression) -> None:
    """Write the weights where `likeness.py` reads them."""
    text = WEIGHTS.read_text(encoding="utf-8")
    values = {"intercept": model.intercept_[0]} | dict(zip(NAMES, model.coef_[0], strict=True))
    for name, value in values.items():
        text = re.sub(rf"(?m)^{name} = .*$", f"{name} = {value:.3f}", text)
    WEIGHTS.write_text(text, encoding="utf-8", newline="\n")
    load_knowledge.cache_clear()


def measure_corpora() -> None:
    """Pairs of the gold key `carried` found in the threads of corpora/, and those found that are not there."""
    requests, _ = gather_requests([ROOT / "corpora"])
    found = study(requests, load_models())
    for paper in found.papers:
        path = Path(paper.document.path)
        gold = json.loads((path.parent / f"{path.stem}.gold.json").read_text(encoding="utf-8"))
        if "carried" not in gold:
            continue
        wanted = {(pair["earlier"], pair["later"]) for pair in gold["carried"]}
        promised = {objective.candidate.text for objective in paper.objectives}
        joined = {
            (before.text, after.text)
            for thread in follow_objectives(found.papers)
            for before, after in zip(thread.sightings, thread.sightings[1:], strict=False)
            if after.document == path.name and before.doc_type == after.doc_type and after.text in promised
        }
        print(f"corpora, {path.name}: {tell((len(wanted & joined), len(joined - wanted), len(wanted - joined)))}")
        for mark, odd in (("missed", wanted - joined), ("wrong", joined - wanted)):
            for before, after in sorted(odd):
                print(f"    {mark}: {before} -> {after}")


def measure_strangers() -> None:
    """How many statements of a board are joined to one of another board: nearly all of it is wrong."""
    lines = [json.loads(line) for line in STATEMENTS.read_text(encoding="utf-8").splitlines()]
    boards: dict[str, list[tuple[str, ...]]] = {}
    for line in lines:
        if line["objective"]:
            boards.setdefault(line["source"], []).append(split_content(line["text"]))
    large = [boards[name] for name in sorted(boards) if len(boards[name]) >= FEWEST]
    joined = 0
    for left, right in pairwise(large):
        near = compare_all(left, right, weigh_words([*left, *right]))
        joined += len(pick_pairs(near.pairs, range(len(left))))
    total = sum(map(len, large[:-1]))
    print(f"statements joined to one of another board: {joined} of {total} ({len(large)} boards)")


def main() -> None:
    """Fit or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true", help="fit the weights and write them to likeness.toml")
    parser.add_argument("--closing", action="store_true", help="measure on the boards for closing too, and corpora/")
    options = parser.parse_args()
    vector = make_vectors(load_encoder(find_models())[0])
    pairs = load_pairs()
    setting = pair_all(pairs, "setting", vector)
    if options.fit:
        save_weights(fit(setting, WAYS["words, three features"]))
    closing = pair_all(pairs, "closing", vector) if options.closing else []
    for way, columns in WAYS.items():
        rated = rate_by_others(setting, columns)
        print(
            f"{way:24} setting: pairs {tell(count_pairs(setting, rated))}; papers {tell(count_papers(setting, rated))}"
        )
        if closing:
            rated = rate(fit(setting, columns), closing, columns)
            counts = count_pairs(closing, rated), count_papers(closing, rated)
            print(f"{'':24} closing: pairs {tell(counts[0])}; papers {tell(counts[1])}")
    if options.closing:
        measure_corpora()
        measure_strangers()


if __name__ == "__main__":
    main()
