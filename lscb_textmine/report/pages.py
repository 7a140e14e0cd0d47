"""The pages of a paper in, one line that says how each was read out; how it reads; and the files that were not read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lscb_textmine.records import Page, Problem, Readability, Study

STATES = {"read": "read", "empty": "empty", "image_only": "image only", "failed": "failed"}


def describe_pages(pages: Sequence[Page]) -> str:
    """Each run of pages with its state and, where one was not read, the reason.

    >>> describe_pages([Page(1), Page(2), Page(3, "image_only", "no text layer; needs OCR")])
    '1-2 read; 3 image only (no text layer; needs OCR)'
    >>> describe_pages([Page(1), Page(2, read_by="ocr", confidence=0.943), Page(3, read_by="ocr", confidence=0.961)])
    '1 read; 2-3 read by OCR, confidence 0.94 to 0.96'
    """
    if not pages:
        return "no pages in this format"
    runs = [list(run) for _, run in groupby(pages, key=lambda page: (page.state, page.reason, page.read_by))]
    return "; ".join(_describe_run(run) for run in runs)


def _describe_run(run: Sequence[Page]) -> str:
    first, last = run[0], run[-1]
    numbers = str(first.number) if first is last else f"{first.number}-{last.number}"
    reason = f" ({first.reason})" if first.reason else ""
    return f"{numbers} {STATES[first.state]}{_describe_confidence(run)}{reason}"


def _describe_confidence(run: Sequence[Page]) -> str:
    known = sorted(f"{page.confidence:.2f}" for page in run if page.confidence is not None)
    if not known:
        return ""
    return f" by OCR, confidence {known[0] if known[0] == known[-1] else f'{known[0]} to {known[-1]}'}"


def describe_reading(found: Readability | None) -> tuple[float | None, float | None, float | None]:
    """Reading ease, grade and words a sentence; nothing for a paper with too little English running text.

    >>> describe_reading(Readability(words=300, sentences=20, reading_ease=61.2, grade=8.4))
    (61.2, 8.4, 15.0)
    """
    if found is None:
        return None, None, None
    return found.reading_ease, found.grade, round(found.words / found.sentences, 1)


def unread_files(study: Study) -> tuple[Problem, ...]:
    """The first problem of each file that is not among the papers read: damaged, locked, a copy of another."""
    read = {paper.document.path for paper in study.papers}
    first: dict[str, Problem] = {}
    for problem in study.problems:
        if problem.path not in read:
            first.setdefault(problem.path, problem)
    return tuple(first.values())
