"""The paths of papers in; what is shown instead of those that name someone out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lscb_textmine.personal.flags import name_to_words
from lscb_textmine.personal.masks import Masker

SEPARATOR = re.compile(r"([/\\])")
NAMED = 2
"""Parts at a path's end that are searched for names: the paper and its folder. What lies above is the machine's own."""


def mask_paths(paths: Iterable[str], everywhere: Masker, own: Mapping[str, Masker]) -> dict[str, str]:
    """For each path that names someone, a path to show that no other has."""
    shown: dict[str, str] = {}
    given = list(paths)
    taken = set(given)
    for path in given:
        masked = _mask_path(path, everywhere, own.get(path, everywhere))
        if masked != path:
            shown[path] = _unlike(masked, taken)
            taken.add(shown[path])
    return shown


def _mask_path(path: str, everywhere: Masker, own: Masker) -> str:
    parts = SEPARATOR.split(path)
    names = list(range(0, len(parts), 2))
    for i in names[-NAMED:]:
        masker = own if i == names[-1] else everywhere
        masked = masker.mask(name_to_words(parts[i]))
        for edit in reversed(masked.edits):
            parts[i] = parts[i][: edit.start] + edit.mask + parts[i][edit.end :]
    return "".join(parts)


def _unlike(path: str, taken: set[str]) -> str:
    """The path with a number before its ending where another is shown by the same."""
    stem, dot, ending = path.rpartition(".")
    number, told = 2, path
    while told in taken:
        told = f"{stem} ({number}){dot}{ending}" if dot else f"{path} ({number})"
        number += 1
    return told
