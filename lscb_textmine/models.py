"""A folder of models in; the models, each checked against its card, out.

Each question has three files: `NAME.skops`, the trained scikit-learn pipeline (the record; no pickle);
`NAME.weights.zip`, its weights laid flat (what is loaded here, by the standard library alone: numpy takes longer to
start than ten pages to read); `NAME.card.json`, what it was trained on, by which versions, how well it does.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from array import array
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from lscb_textmine.classify.features import FEATURES_VERSION
from lscb_textmine.classify.linear import LinearModel, Part
from lscb_textmine.errors import ModelError

QUESTIONS = ("objective", "domain", "result", "sentence")
AGAIN = "run scripts/train.py, or install the package again"


@dataclass(frozen=True, slots=True)
class Models:
    """The models of all questions, and the digest of each."""

    objective: LinearModel
    domain: LinearModel
    result: LinearModel
    sentence: LinearModel
    """Kind of result of a sentence of running text, "none" included."""
    digests: tuple[tuple[str, str], ...]


def load_models(folder: Path | None = None) -> Models:
    """The models in `folder`, by default those that came with the package.

    Raises ModelError when a model is missing, differs from its card, or was made for other features.
    """
    place = folder or find_models()
    loaded = {question: load_model(place, question) for question in QUESTIONS}
    digests = tuple((question, digest) for question, (_, digest) in loaded.items())
    return Models(**{question: model for question, (model, _) in loaded.items()}, digests=digests)


def find_models() -> Path:
    """The folder of models inside the installed package, else beside the package in a checkout."""
    inside = Path(str(files("lscb_textmine"))) / "trained"
    return inside if inside.is_dir() else inside.parent.parent / "models"


def load_model(folder: Path, question: str) -> tuple[LinearModel, str]:
    """One question's model and its digest, once its card says that it is the right one."""
    card = read_card(folder / f"{question}.card.json")
    path = folder / f"{question}.weights.zip"
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: the model is missing; {AGAIN}") from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != card.get("weights_sha256"):
        raise ModelError(f"{path}: the model is not the one its card tells of; {AGAIN}")
    if card.get("features_version") != FEATURES_VERSION:
        raise ModelError(f"{path}: the model was made for features {card.get('features_version')}, this is version "
                         f"{FEATURES_VERSION}; {AGAIN}")  # fmt: skip
    return read_weights(data, path), digest


def read_card(path: Path) -> dict[str, Any]:
    """A model's card."""
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: the model's card is missing or damaged; {AGAIN}") from error
    if not isinstance(card, dict):
        raise ModelError(f"{path}: the model's card is damaged; {AGAIN}")
    return card


def read_weights(data: bytes, path: Path) -> LinearModel:
    """The weights of a model as `scripts/train.py` laid them flat; nothing in the file is run."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as store:
            about = json.loads(store.read("model.json"))
            parts = tuple(_read_part(store, i, part) for i, part in enumerate(about["parts"]))
        return LinearModel(about["question"], tuple(about["answers"]), parts, tuple(about["intercepts"]))
    except (KeyError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise ModelError(f"{path}: the model is damaged; {AGAIN}") from error


def _read_part(store: zipfile.ZipFile, i: int, part: dict[str, Any]) -> Part:
    """One part: its features' names a line each, the share of each, then a row of weights for each."""
    names = store.read(f"names{i}.txt").decode("utf-8").split("\n")
    numbers = array("d", store.read(f"numbers{i}.f64"))
    if sys.byteorder == "big":
        numbers.byteswap()
    weights = iter(numbers[len(names) :])
    rows = zip(*[weights] * part["columns"], strict=True)
    return Part(
        part["reader"],
        part["binary"],
        part["scaled"],
        dict(zip(names, numbers, strict=False)),
        dict(zip(names, rows, strict=True)),
    )
