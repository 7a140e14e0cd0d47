"""This package in; digests of the rules that papers are read and judged by: what other rules gave does not stand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from lscb_textmine.models import digest_models
from lscb_textmine.report.run import PARTS, part_version

READING = ("cues.py", "gates.json", "gates.py", "read", "records")
"""What a document follows from."""
JUDGING = (*READING, "classify", "find", "measure", "personal", "pipeline.py")
"""What a paper's outcome follows from."""
LIBRARIES = (*PARTS, "numpy", "onnxruntime")
ENDINGS = (".py", ".toml", ".json", ".j2", ".css")


@cache
def digest_rules() -> tuple[str, str]:
    """What papers are read by, and what they are judged by, the models included."""
    judging = hashlib.sha256(f"{digest_models()} {digest_sources(JUDGING)}".encode())
    return digest_sources(READING), judging.hexdigest()


def digest_sources(names: Sequence[str] = ()) -> str:
    """One digest of the files and folders named, of everything when none is, and of the libraries they build on."""
    package = files("lscb_textmine")
    total = hashlib.sha256(repr([(part, part_version(part)) for part in LIBRARIES]).encode())
    for place in [package.joinpath(name) for name in names] or [package]:
        for name, content in _read_sources(place):
            total.update(f"{name}\0{len(content)}\0".encode())
            total.update(content)
    return total.hexdigest()


def _read_sources(place: Traversable) -> Iterator[tuple[str, bytes]]:
    if place.is_dir():
        for each in sorted(place.iterdir(), key=lambda inner: inner.name):
            yield from _read_sources(each)
    elif place.name.endswith(ENDINGS):
        yield place.name, place.read_bytes()
