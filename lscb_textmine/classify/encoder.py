"""A candidate in; what a small language model sees in each of its words, for every question at once, out.

The model is a MiniLM fine-tuned on all questions together by `scripts/train.py` and run by onnxruntime. Its answer to a
question is the mean over the words of what each word says, so that the words which carried an answer can be quoted.
One candidate is read at a time: its scores never depend on what else is in the paper.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import parent_process
from typing import TYPE_CHECKING, Any, NamedTuple

from lscb_textmine.classify.word_pieces import WordPieces, read_vocabulary
from lscb_textmine.records import Candidate

if TYPE_CHECKING:
    from numpy.typing import NDArray

INPUT_VERSION = 1
"""A change of `make_input` needs a new one and new models."""
MOST_TEXT, MOST_HEADING, MOST_CELL, MOST_AROUND = 96, 32, 32, 96
"""Word pieces read of the text, of its heading, of one cell and of all that stands around the text."""
LONGEST = 2000
"""Characters of a text or cell that are looked at: more than `MOST_TEXT` word pieces ever need."""
LONGEST_NAME = 60
"""Characters of a column name that are looked at."""
CLS, SEP = 101, 102
"""The marks at the start and the end of BERT's input (Devlin and others, 2019)."""
CELL = "\x1f"
"""What the source of a place in a cell begins with; no column is named so."""
MOST_CORES = 2
"""Cores that the encoder uses in a process of its own; a process among others keeps to one."""
FIRST_ROLES = ("parent", "lead", "timescale", "measure", "start", "resources")
"""Cells read before the others, since the criteria ask for them."""


class Place(NamedTuple):
    """Where a word piece stands: characters in the text, the heading or a cell; source `""` for marks.

    A cell's source is `CELL` and its number, as a column may be named anything, "text" included, and twice.
    """

    start: int
    end: int
    source: str


class Input(NamedTuple):
    """What the model is given of a candidate: word pieces, 0 for the text and 1 for what is around, and places."""

    pieces: list[int]
    segments: list[int]
    places: list[Place]


class TokenScores(NamedTuple):
    """What each word piece says (rows) for each output of the model (columns), and where the pieces stand."""

    scores: NDArray[Any]
    places: list[Place]


@dataclass(frozen=True)
class Encoder:
    """The model's files; opened at its first use in each process, as an open session cannot go to another."""

    model: bytes
    vocabulary: str
    """Its word pieces, one a line."""
    outputs: tuple[str, ...]
    """What each column of the scores is for: "objective", "specific", "domain=outcomes", "span=outcome", ..."""

    @cached_property
    def word_pieces(self) -> WordPieces:
        """The vocabulary, opened."""
        return read_vocabulary(self.vocabulary)

    @cached_property
    def session(self) -> Any:
        """The model, opened."""
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read at import: a later call comes after its first notes on disk
        import onnxruntime

        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1 if parent_process() else min(MOST_CORES, count_cores())
        return onnxruntime.InferenceSession(self.model, options, providers=["CPUExecutionProvider"])

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: the files, not what was opened from them."""
        return {"model": self.model, "vocabulary": self.vocabulary, "outputs": self.outputs}

    def score(self, given: Input) -> TokenScores:
        """The scores of one input."""
        return TokenScores(self._run("scores", given), given.places)

    def vector(self, given: Input) -> NDArray[Any]:
        """The vector of one input, 384 numbers: near to those of texts that say nearly the same."""
        vector: NDArray[Any] = self._run("vector", given)
        return vector

    def _run(self, output: str, given: Input) -> Any:
        import numpy

        whole = {"pieces": given.pieces, "segments": given.segments}
        feed = {name: numpy.array([numbers], dtype=numpy.int64) for name, numbers in whole.items()}
        return self.session.run([output], feed)[0][0]

    def column(self, output: str) -> int:
        """The column of an output."""
        return self.outputs.index(output)


def count_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make_input(candidate: Candidate, words: WordPieces) -> Input:
    """The text, then its form and kind of paper, its heading and its row's other cells."""
    text = _pieces_of(words, candidate.text, "text", MOST_TEXT)
    around = _around(candidate, words)[:MOST_AROUND]
    mark = Place(0, 0, "")
    pieces = [CLS, *(piece for piece, _ in text), SEP, *(piece for piece, _ in around), SEP]
    segments = [0] * (len(text) + 2) + [1] * (len(around) + 1)
    places = [mark, *(place for _, place in text), mark, *(place for _, place in around), mark]
    return Input(pieces, segments, places)


def _around(candidate: Candidate, words: WordPieces) -> list[tuple[int, Place]]:
    found = _pieces_of(words, f"{candidate.form} in {candidate.doc_type};".replace("_", " "), "", MOST_HEADING)
    found += _pieces_of(words, candidate.section, "heading", MOST_HEADING)
    own = candidate.text.split()
    cells = [pair for pair in enumerate(candidate.cells) if pair[1].text.strip() and pair[1].text.split() != own]
    order = {role: number for number, role in enumerate(FIRST_ROLES)}
    for number, cell in sorted(cells, key=lambda pair: order.get(pair[1].role, len(order))):
        found += _pieces_of(words, f"; {cell.name[:LONGEST_NAME]}:", "", MOST_HEADING)
        found += _pieces_of(words, cell.text, f"{CELL}{number}", MOST_CELL)
    return found


def _pieces_of(words: WordPieces, text: str, source: str, most: int) -> list[tuple[int, Place]]:
    pieces = words.split(text[:LONGEST], most=most)
    if not source:
        return [(piece.number, Place(0, 0, "")) for piece in pieces]
    return [(piece.number, Place(piece.start, piece.end, source)) for piece in pieces]
