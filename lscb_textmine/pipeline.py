"""Papers in, a study out: the whole method on one screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import Any

from lscb_textmine.classify import classify_statements
from lscb_textmine.classify.challenge import judge_challenge
from lscb_textmine.classify.results import judge_sentences
from lscb_textmine.errors import InputError, TextmineError
from lscb_textmine.examining import Deploy, Errand, Examined, Memory, Progress, digest_known, examine_all
from lscb_textmine.find import find_action_news, find_attendance, find_statements
from lscb_textmine.find.minute_sentences import find_minute_sentences
from lscb_textmine.find.readable import find_readable_sentences
from lscb_textmine.find.results import find_running_sentences
from lscb_textmine.manifest import PaperRequest
from lscb_textmine.measure import (
    count_attendance,
    follow_actions,
    follow_objectives,
    measure_boards,
    measure_carried,
    tell_boards,
)
from lscb_textmine.measure.readability import measure_readability
from lscb_textmine.models import Models
from lscb_textmine.personal import flag_paper
from lscb_textmine.read import identify_document, read_document
from lscb_textmine.records import Accuracy, Document, Objective, Paper, Paragraph, Problem, Sentence, Study
from lscb_textmine.sameness import name_boards, set_copies_aside
from lscb_textmine.store.plain import bytes_to_record, record_to_bytes
from lscb_textmine.workers import Limits


def study(
    requests: Sequence[PaperRequest],
    models: Models,
    *,
    jobs: int = 0,
    problems: Sequence[Problem] = (),
    settings: Sequence[tuple[str, str]] = (),
    progress: Progress | None = None,
    memory: Memory | None = None,
    limits: Limits | None = None,
    deploy: Deploy | None = None,
) -> Study:
    """Everything found in the papers asked for; the same whatever the jobs (0: as many as are worth it).

    A paper that cannot be read becomes a problem, beside those given, and the others are read. `memory` keeps what is
    done and spares it the next time; under `limits` a paper that crashes or hangs is lost alone; `deploy` has
    papers examined elsewhere than on this machine.
    """
    wanted, copies = set_copies_aside(requests, partial(digest_known, memory=memory))
    examine = partial(examine_safely, models=models)
    outcomes = examine_all(wanted, examine, jobs=jobs, memory=memory, limits=limits, progress=progress, deploy=deploy)
    unread = [outcome for outcome in outcomes if isinstance(outcome, Problem)]
    papers = name_boards([outcome for outcome in outcomes if isinstance(outcome, Paper)])
    in_papers = chain.from_iterable(paper.document.problems for paper in papers)
    told = (*problems, *unread, *copies, *in_papers)
    return summarise(papers, problems=told, settings=settings, models=models.digests, accuracy=models.accuracy)


def summarise(
    papers: Sequence[Paper],
    *,
    problems: Sequence[Problem] = (),
    settings: Sequence[tuple[str, str]] = (),
    models: Sequence[tuple[str, str]] = (),
    accuracy: Sequence[Accuracy] = (),
) -> Study:
    """What the papers come to: every figure that follows from what was found in them, as read or as reviewed."""
    threads, actions = follow_objectives(papers), follow_actions(papers)
    indicators, enquiries = tell_boards(papers, threads, actions)
    return Study(
        papers=tuple(papers),
        measures=(*measure_boards(papers), *measure_carried(threads)),
        problems=tuple(problems),
        actions=actions,
        attendance=count_attendance(papers),
        settings=tuple(settings),
        models=tuple(models),
        threads=threads,
        indicators=indicators,
        enquiries=enquiries,
        accuracy=tuple(accuracy),
    )


def examine_safely(errand: Errand, models: Models) -> Examined:
    """One paper examined, or the problem that kept it from being."""
    path = errand.path
    try:
        return examine_errand(errand, models)
    except TextmineError as error:
        return Examined(Problem(path, str(error)))
    except MemoryError:
        return Examined(Problem(path, f"{path}: needs more memory than there is; split it and run again"))
    except Exception as error:  # one paper must never stop the others, whatever a reader met in it
        reason = f"{type(error).__name__}: {error}".rstrip(": ")
        return Examined(Problem(path, f"{path}: could not be read ({reason}); save it anew and run again"))


def examine_errand(errand: Errand, models: Models) -> Examined:
    """A paper read, or taken as it was read before, and what was found in it."""
    document = recall_document(errand) or read_request(errand.request)
    return Examined(examine_document(document, models), record_to_bytes(document) if errand.keeping else b"")


def recall_document(errand: Errand) -> Document | None:
    """The paper as it was read before, with what the user says of it now; None when it must be read."""
    try:
        document = bytes_to_record(errand.document, Document) if errand.document else None
    except InputError:  # damaged
        return None
    if document is None or document.path != errand.path:
        return None
    return identify_document(document, **describe_request(errand.request))


def examine_document(document: Document, models: Models) -> Paper:
    """The statements of a paper found and judged, its long texts left behind."""
    judged = judge_document(document, models)
    objectives = tuple(objective for objective in judged if objective.counted)
    paper = Paper(
        document=replace(document, blocks=()),
        objectives=objectives,
        rejected=tuple(objective for objective in judged if not objective.counted),
        words=count_words(document),
        results=judge_results(document, objectives, models),
        challenge=find_challenge(document, models),
        readability=measure_readability(find_readable_sentences(document)),
        attendance=find_attendance(document),
        news=find_action_news(document),
    )
    return flag_paper(paper, document)


def read_request(request: PaperRequest) -> Document:
    """The paper as read, with what the user said of it."""
    return read_document(request.path, **describe_request(request), ocr=request.ocr)


def describe_request(request: PaperRequest) -> dict[str, Any]:
    """What the user said of a paper, as the reader is told it."""
    return {
        "root": request.root or None,
        "board": request.board,
        "doc_type": request.doc_type,
        "year": request.year,
        "override_source": request.source,
    }


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


def judge_results(document: Document, objectives: Sequence[Objective], models: Models) -> tuple[Sentence, ...]:
    """The sentences of running text that tell of a result; words of the paper's objectives are not counted again."""
    sentences = find_running_sentences(document, besides=[objective.candidate for objective in objectives])
    return tuple(each for each in judge_sentences(sentences, models) if each.judgement.answer not in ("", "none"))


def find_challenge(document: Document, models: Models) -> tuple[Sentence, ...]:
    """The sentences of minutes in which a member questions, tests or disputes another agency's work or account."""
    judged = judge_challenge(find_minute_sentences(document), models)
    return tuple(each for each in judged if each.judgement.answer == "yes")


def count_words(document: Document) -> int:
    """Words in the paper's paragraphs and cells; a cell merged over several rows counts in each."""
    return sum(
        len(block.text.split())
        if isinstance(block, Paragraph)
        else sum(len(cell.text.split()) for row in block.rows for cell in row.cells)
        for block in document.blocks
    )
