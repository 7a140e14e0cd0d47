"""Papers in, a study out: the whole method on one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from lscb_textmine.classify import classify_statements
from lscb_textmine.classify.encoder import count_cores
from lscb_textmine.errors import TextmineError
from lscb_textmine.find import find_statements
from lscb_textmine.manifest import PaperRequest
from lscb_textmine.measure import measure_boards, tell_boards
from lscb_textmine.models import Models
from lscb_textmine.read import read_document
from lscb_textmine.records import Document, Objective, Paper, Paragraph, Problem, Study
from lscb_textmine.sameness import name_boards, set_copies_aside

Progress = Callable[[int, int, str], None]
"""Told how many papers are done, of how many, and the path of the last."""
FEW = 20
"""Papers that one process has examined before others have started."""


def study(
    requests: Sequence[PaperRequest],
    models: Models,
    *,
    jobs: int = 0,
    problems: Sequence[Problem] = (),
    settings: Sequence[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Study:
    """Everything found in the papers asked for; the same whatever the jobs (0: as many as are worth it).

    A paper that cannot be read becomes a problem, beside those given, and the others are read.
    """
    wanted, copies = set_copies_aside(requests)
    outcomes = list(examine_papers(wanted, models, jobs=jobs, progress=progress))
    unread = [outcome for outcome in outcomes if isinstance(outcome, Problem)]
    papers = name_boards([outcome for outcome in outcomes if isinstance(outcome, Paper)])
    in_papers = chain.from_iterable(paper.document.problems for paper in papers)
    told = (*problems, *unread, *copies, *in_papers)
    return summarise(papers, problems=told, settings=settings, models=models.digests)


def summarise(
    papers: Sequence[Paper],
    *,
    problems: Sequence[Problem] = (),
    settings: Sequence[tuple[str, str]] = (),
    models: Sequence[tuple[str, str]] = (),
) -> Study:
    """What the papers come to: every figure that follows from what was found in them, as read or as reviewed."""
    indicators, enquiries = tell_boards(papers)
    return Study(
        papers=tuple(papers),
        measures=measure_boards(papers),
        problems=tuple(problems),
        settings=tuple(settings),
        models=tuple(models),
        indicators=indicators,
        enquiries=enquiries,
    )


def examine_papers(
    requests: Sequence[PaperRequest], models: Models, *, jobs: int = 0, progress: Progress | None = None
) -> Iterator[Paper | Problem]:
    """What each paper gave, in the order asked."""
    examine = partial(examine_safely, models=models)
    workers = min(len(requests), jobs or (1 if len(requests) < FEW else count_cores()))
    if workers > 1:
        from lscb_textmine.workers import examine_in_workers  # only many papers are worth the wait for processes

        outcomes = examine_in_workers(examine, requests, workers=workers)
    else:
        outcomes = map(examine, requests)
    for done, (request, outcome) in enumerate(zip(requests, outcomes, strict=True), start=1):
        if progress is not None:
            progress(done, len(requests), request.path)
        yield outcome


def examine_safely(request: PaperRequest, models: Models) -> Paper | Problem:
    """One paper examined, or the problem that kept it from being."""
    try:
        return examine_paper(request, models)
    except TextmineError as error:
        return Problem(request.path, str(error))
    except MemoryError:
        return Problem(request.path, f"{request.path}: needs more memory than there is; split it and run again")
    except Exception as error:  # one paper must never stop the others, whatever a reader met in it
        reason = f"{type(error).__name__}: {error}".rstrip(": ")
        return Problem(request.path, f"{request.path}: could not be read ({reason}); save it anew and run again")


def examine_paper(request: PaperRequest, models: Models) -> Paper:
    """One paper read, its statements found and judged, its long texts left behind."""
    document = read_request(request)
    objectives = judge_document(document, models)
    return Paper(
        document=replace(document, blocks=()),
        objectives=tuple(objective for objective in objectives if objective.counted),
        rejected=tuple(objective for objective in objectives if not objective.counted),
        words=count_words(document),
    )


def read_request(request: PaperRequest) -> Document:
    """The paper as read, with what the user said of it."""
    return read_document(
        request.path,
        root=request.root or None,
        board=request.board,
        doc_type=request.doc_type,
        year=request.year,
        override_source=request.source,
        ocr=request.ocr,
    )


def judge_document(document: Document, models: Models) -> tuple[Objective, ...]:
    """The statements of a paper, and what was weighed and turned down, each with its judgements."""
    return mark_doubtful(classify_statements(find_statements(document), models), document)


def mark_doubtful(objectives: Sequence[Objective], document: Document) -> tuple[Objective, ...]:
    """The statements, those of pages that OCR read unsurely marked for review, however sure the models are."""
    doubtful = {page.number for page in document.pages if not page.trusted}
    if not doubtful:
        return tuple(objectives)
    return tuple(
        replace(each, needs_review=True) if doubtful & {each.candidate.page, each.candidate.page_end} else each
        for each in objectives
    )


def count_words(document: Document) -> int:
    """Words in the paper's paragraphs and cells; a cell merged over several rows counts in each."""
    return sum(
        len(block.text.split())
        if isinstance(block, Paragraph)
        else sum(len(cell.text.split()) for row in block.rows for cell in row.cells)
        for block in document.blocks
    )
