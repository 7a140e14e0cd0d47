"""A candidate that was turned down in; what is judged of it when a person says that it is a statement, out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from lscb_textmine.classify import classify_statements
from lscb_textmine.models import Models, load_models
from lscb_textmine.records import Candidate, Objective


@cache
def _models() -> Models:
    return load_models()


def judge_when_asked(candidate: Candidate) -> Objective:
    """Every question answered, as of a statement that was given; the models are opened when first asked."""
    (judged,) = classify_statements([replace(candidate, place=None, turned_down="")], _models())
    return judged
