"""A fitted scikit-learn pipeline in; files that are the same bytes for the same model out; for the training scripts."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import numpy
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import Pipeline


def lay_flat(question: str, pipeline: Pipeline, columns: Mapping[str, Sequence[str]], scaled: Sequence[str]) -> bytes:
    """The weights of a pipeline as a zip file that `lscb_textmine.models` reads.

    `columns` names the numbers of parts that have no vocabulary; `scaled` are the parts whose rows have length one.
    """
    model, union = pipeline.named_steps["model"], pipeline.named_steps["features"]
    files: dict[str, bytes] = {}
    parts: list[dict[str, Any]] = []
    at = 0
    for i, (name, part) in enumerate(union.transformer_list):
        names = columns[name] if name in columns else part.get_feature_names_out()
        shares = part.idf_ if isinstance(part, TfidfVectorizer) else numpy.ones(len(names))
        loudness = (union.transformer_weights or {}).get(name, 1.0)
        weights = model.coef_[:, at : at + len(names)].T * loudness
        at += len(names)
        files[f"names{i}.txt"] = "\n".join(names).encode("utf-8")
        files[f"numbers{i}.f64"] = numpy.concatenate([shares, weights.ravel()]).astype("<f8").tobytes()
        told = {"reader": name, "binary": name.endswith("rules"), "scaled": name in scaled}
        parts.append(told | {"columns": weights.shape[1]})
    about = {"question": question, "answers": list(map(str, model.classes_)), "intercepts": model.intercept_.tolist()}
    files["model.json"] = json.dumps(about | {"parts": parts}, indent=1).encode("utf-8")
    return zip_files(files)


def zip_files(files: dict[str, bytes]) -> bytes:
    """A zip file without times, so that the same content is the same file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as store:
        for name in sorted(files):
            store.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def settle_skops(data: bytes) -> bytes:
    """A skops file with the addresses and times of this run taken out, so that the same model is the same file."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        schema = old.read("schema.json").decode("utf-8")
        numbers: dict[str, str] = {}
        for found in re.findall(r"\d{9,}", schema):
            numbers.setdefault(found, str(len(numbers) + 1))

        def renumber(text: str) -> str:
            return re.sub(r"\d{9,}", lambda match: numbers[match.group()], text)

        parts = {renumber(name): old.read(name) for name in old.namelist() if name != "schema.json"}
    parts["schema.json"] = renumber(schema).encode("utf-8")
    return zip_files(parts)
