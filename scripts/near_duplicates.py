"""Find annotations that say nearly the same as another, by their words and by the encoder's vectors.

    python scripts/near_duplicates.py [--annotations FOLDER] [--remove]

Names each pair; with `--remove` the later of the two is taken out of its file. A set that holds a sentence twice, or
once more with other names, would be both learnt from and tested on.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy

from lscb_textmine.classify.encoder import Encoder, make_input
from lscb_textmine.models import load_models
from lscb_textmine.records import Candidate

ROOT = Path(__file__).resolve().parent.parent
ALIKE, SOMEWHAT, NEAR = 0.6, 0.5, 0.98
"""Share of words in common that is too much by itself; the share that is too much where the cosine is `NEAR`."""
COMMON = 400
"""A word in more texts than this leads to no pair by itself."""


class Line(NamedTuple):
    """A line of an annotation file."""

    path: Path
    id: str
    text: str


class Pair(NamedTuple):
    """Two lines that are too alike, the later second."""

    first: Line
    second: Line
    words: float
    """Share of words in common (Jaccard)."""
    cosine: float


def read_texts(folder: Path) -> list[Line]:
    """Every text of the annotation files, those of `first` ahead: they are the ones to keep."""
    return [
        Line(path, row["id"], row["text"])
        for path in sorted(folder.rglob("*.jsonl"), key=lambda path: (path.parent.name != "first", path))
        if path.parent.name != "carried"  # its pairs say the same on purpose
        for row in map(json.loads, filter(None, path.read_text(encoding="utf-8").split("\n")))
    ]


def find_pairs(lines: Sequence[Line], encoder: Encoder) -> list[Pair]:
    """The pairs of lines that are too alike. Texts of fewer than four words ("Apologies") are let be, and what `first`
    holds twice, as it was given to us."""
    words = [frozenset(re.findall(r"[^\W\d_]{2,}", line.text.lower())) for line in lines]
    found = []
    for i, j in sorted(candidate_pairs(words)):
        shared = len(words[i] & words[j]) / len(words[i] | words[j])
        if shared >= SOMEWHAT and not lines[i].path.parent.name == lines[j].path.parent.name == "first":
            cosine = cosine_of(lines[i].text, lines[j].text, encoder)
            if shared >= ALIKE or cosine >= NEAR:
                found.append(Pair(lines[i], lines[j], shared, cosine))
    return found


def candidate_pairs(words: Sequence[frozenset[str]]) -> Iterator[tuple[int, int]]:
    """The pairs of texts with at least two of their rarer words in common."""
    texts_of: dict[str, list[int]] = {}
    for number, own in enumerate(words):
        if len(own) >= 4:
            for word in own:
                texts_of.setdefault(word, []).append(number)
    shared = Counter(
        pair for numbers in texts_of.values() if len(numbers) <= COMMON for pair in combinations(numbers, 2)
    )
    for (i, j), count in shared.items():
        if count >= 2:
            yield i, j


def cosine_of(left: str, right: str, encoder: Encoder) -> float:
    """The cosine of the vectors of two texts."""
    one, other = (encoder.vector(make_input(Candidate(text), encoder.word_pieces)) for text in (left, right))
    return float(one @ other / numpy.linalg.norm(one) / numpy.linalg.norm(other))


def remove(pairs: Sequence[Pair]) -> None:
    """Take the later line of each pair out of its file."""
    for path in {pair.second.path for pair in pairs}:
        gone = {pair.second.id for pair in pairs if pair.second.path == path}
        rows = filter(None, path.read_text(encoding="utf-8").split("\n"))
        kept = [row for row in rows if json.loads(row)["id"] not in gone]
        path.write_text("".join(row + "\n" for row in kept), encoding="utf-8", newline="\n")


def main(arguments: Sequence[str]) -> None:
    """Print the pairs, and remove the later of each where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annotations", type=Path, default=ROOT / "annotations")
    parser.add_argument("--remove", action="store_true")
    given = parser.parse_args(arguments)
    lines = read_texts(given.annotations)
    pairs = find_pairs(lines, load_models().encoder)
    for pair in pairs:
        print(f"{pair.words:.2f} {pair.cosine:.2f} {pair.first.id}: {pair.first.text!r} ~ {pair.second.id}: "
              f"{pair.second.text!r}")  # fmt: skip
    print(f"{len(pairs)} pairs in {len(lines)} texts")
    if given.remove:
        remove(pairs)


if __name__ == "__main__":
    main(sys.argv[1:])
