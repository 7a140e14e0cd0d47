"""Shows what safeguarding boards promise in their own papers, and whether anyone could tell that it was done.

from lscb_textmine import gather_requests, load_models, study, write_study

requests, problems = gather_requests([Path("Board papers")])
write_study(study(requests, load_models(), problems=problems), Path("results"))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lscb_textmine.errors import InputError as InputError
    from lscb_textmine.errors import ModelError as ModelError
    from lscb_textmine.errors import OutputError as OutputError
    from lscb_textmine.errors import PasswordError as PasswordError
    from lscb_textmine.errors import ReadError as ReadError
    from lscb_textmine.errors import TextmineError as TextmineError
    from lscb_textmine.inputs import gather_requests as gather_requests
    from lscb_textmine.manifest import PaperRequest as PaperRequest
    from lscb_textmine.models import load_models as load_models
    from lscb_textmine.pipeline import study as study
    from lscb_textmine.read import read_document as read_document
    from lscb_textmine.records import Document as Document
    from lscb_textmine.records import Judgement as Judgement
    from lscb_textmine.records import Objective as Objective
    from lscb_textmine.records import Study as Study
    from lscb_textmine.report import write_study as write_study
    from lscb_textmine.review import apply_reviews as apply_reviews
    from lscb_textmine.store import load_study as load_study

HOMES = {
    "Document": "records",
    "InputError": "errors",
    "Judgement": "records",
    "ModelError": "errors",
    "Objective": "records",
    "OutputError": "errors",
    "PaperRequest": "manifest",
    "PasswordError": "errors",
    "ReadError": "errors",
    "Study": "records",
    "TextmineError": "errors",
    "apply_reviews": "review",
    "gather_requests": "inputs",
    "load_models": "models",
    "load_study": "store",
    "read_document": "read",
    "study": "pipeline",
    "write_study": "report",
}
"""Where each public name lives: it is fetched when first used, so that `--help` does not wait for the models' parts."""

__all__ = sorted(HOMES)


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{HOMES[name]}"), name)
