"""A folder of models in; the models, each checked against its card, out.

The encoder, which sees the words for every question, is `encoder.onnx` with its vocabulary and card. Each question has
three files: `NAME.skops`, the trained scikit-learn pipeline (the record; no pickle); `NAME.weights.zip`, its weights
laid flat (what is loaded here); `NAME.card.json`, what it was trained on, by which versions, how well it does.
"""

from __future__ import annotations

import hashlib
import io
import json
import sys
import zipfile
from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from lscb_textmine.classify.encoder import INPUT_VERSION, Encoder
from lscb_textmine.classify.features import FEATURES_VERSION
from lscb_textmine.classify.linear import LinearModel, Part
from lscb_textmine.errors import ModelError
from lscb_textmine.records import CRITERIA, Accuracy

QUESTIONS = ("objective", *CRITERIA, "domain", "result", "sentence", "challenge")
"""What is asked of a statement, then of a sentence of running text, and last of a sentence of minutes."""
AGAIN = "run scripts/train.py, or install the package again"


@dataclass(frozen=True, slots=True)
class Models:
    """The encoder, the model of each question, and the digest of each."""

    encoder: Encoder
    questions: Mapping[str, LinearModel]
    digests: tuple[tuple[str, str], ...]
    accuracy: tuple[Accuracy, ...] = ()
    """How often they were right where people's labels are known, as `scripts/evaluate.py` measured it."""


def load_models(folder: Path | None = None) -> Models:
    """The models in `folder`, by default those that came with the package.

    Raises ModelError when a model is missing, differs from its card, or was made for another version.
    """
    place = folder or find_models()
    encoder, encoder_digest = load_encoder(place)
    loaded = {question: load_model(place, question, encoder_digest) for question in QUESTIONS}
    digests = (("encoder", encoder_digest), *((question, digest) for question, (_, digest) in loaded.items()))
    return Models(encoder, {name: model for name, (model, _) in loaded.items()}, digests, read_accuracy(place))


def digest_models(folder: Path | None = None) -> str:
    """One digest of all models in the folder, from their files: what was judged by others must be judged anew."""
    place = folder or find_models()
    total = hashlib.sha256()
    for name in ("encoder.onnx", "encoder.vocabulary.txt", *(f"{question}.weights.zip" for question in QUESTIONS)):
        total.update(read_model_file(place / name))
    return total.hexdigest()


def load_encoder(folder: Path) -> tuple[Encoder, str]:
    """The encoder and its digest, once its card says that it is the right one."""
    card = read_card(folder / "encoder.card.json")
    model, vocabulary = (read_model_file(folder / name) for name in ("encoder.onnx", "encoder.vocabulary.txt"))
    digest = hashlib.sha256(model + vocabulary).hexdigest()
    if digest != card.get("weights_sha256"):
        raise ModelError(f"{folder / 'encoder.onnx'}: the model is not the one its card tells of; {AGAIN}")
    if card.get("input_version") != INPUT_VERSION:
        raise ModelError(f"{folder / 'encoder.onnx'}: the model was made for inputs of version "
                         f"{card.get('input_version')}, this is version {INPUT_VERSION}; {AGAIN}")  # fmt: skip
    if not isinstance(card.get("outputs"), list):
        raise ModelError(f"{folder / 'encoder.card.json'}: the model's card is damaged; {AGAIN}")
    return Encoder(model, vocabulary.decode("utf-8"), tuple(card["outputs"])), digest


def find_models() -> Path:
    """The folder of models inside the installed package, else beside the package in a checkout."""
    inside = Path(str(files("lscb_textmine"))) / "trained"
    return inside if inside.is_dir() else inside.parent.parent / "models"


def load_model(folder: Path, question: str, encoder_digest: str) -> tuple[LinearModel, str]:
    """One question's model and its digest, once its card says that it is the right one, over the right encoder."""
    card = read_card(folder / f"{question}.card.json")
    path = folder / f"{question}.weights.zip"
    data = read_model_file(path)
    digest = hashlib.sha256(data).hexdigest()
    if digest != card.get("weights_sha256"):
        raise ModelError(f"{path}: the model is not the one its card tells of; {AGAIN}")
    if card.get("features_version") != FEATURES_VERSION:
        raise ModelError(f"{path}: the model was made for features {card.get('features_version')}, this is version "
                         f"{FEATURES_VERSION}; {AGAIN}")  # fmt: skip
    if card.get("encoder_sha256") != encoder_digest:
        raise ModelError(f"{path}: the model was trained over another encoder; {AGAIN}")
    return read_weights(data, path), digest


def read_model_file(path: Path) -> bytes:
    """The bytes of a model's file."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: the model is missing; {AGAIN}") from error


def read_card(path: Path) -> dict[str, Any]:
    """A model's card."""
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: the model's card is missing or damaged; {AGAIN}") from error
    if not isinstance(card, dict):
        raise ModelError(f"{path}: the model's card is damaged; {AGAIN}")
    return card


def read_accuracy(folder: Path) -> tuple[Accuracy, ...]:
    """What `accuracy.json` says of the models in the folder; nothing when they were not measured."""
    path = folder / "accuracy.json"
    try:
        return tuple(Accuracy(**figures) for figures in json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(f"{path}: what was measured of the models is damaged; run scripts/evaluate.py") from error


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
