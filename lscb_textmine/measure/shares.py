"""Papers with their objectives in; shares for each board, year and paper out, each with its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from lscb_textmine.measure.intervals import wilson_interval
from lscb_textmine.records import CRITERIA, DOMAINS, RESULTS, Measure, Objective, Paper


def measure_boards(papers: Sequence[Paper]) -> tuple[Measure, ...]:
    """The shares of all boards together, of each board, of each of its years, and of each paper, in that order.

    Only statements that were judged count, so the Welsh twin of an English statement is not counted a second time
    (codebook section 1).
    """
    measures = [*_measure_group(papers, board="")] if len({paper.document.board_name for paper in papers}) > 1 else []
    for board, of_board in _group(papers, lambda paper: paper.document.board_name):
        measures += _measure_group(of_board, board=board)
        years = [(year, of_year) for year, of_year in _group(of_board, _year) if year]
        for year, of_year in years if len(years) > 1 else []:
            measures += _measure_group(of_year, board=board, year=year)
        for paper in sorted(of_board, key=lambda each: (each.document.name, each.document.sha256)):
            measures += _measure_group([paper], board=board, year=_year(paper), document=paper.document.name)
    return tuple(measures)


def _year(paper: Paper) -> str:
    return paper.document.year.value


def _group(papers: Iterable[Paper], key: Callable[[Paper], str]) -> Iterator[tuple[str, list[Paper]]]:
    for value, group in groupby(sorted(papers, key=key), key=key):
        yield value, list(group)


def _measure_group(papers: Sequence[Paper], *, board: str, year: str = "", document: str = "") -> Iterator[Measure]:
    for name, count, total in _count(papers):
        low, high = wilson_interval(count, total)
        yield Measure(board, name, count, total, low, high, year=year, document=document)


def _count(papers: Sequence[Paper]) -> Iterator[tuple[str, int, int]]:
    """Name, count and total of every share: SMART and its criteria, domains, result types, kinds of span."""
    judged = [each for paper in papers for each in paper.objectives if each.judged]
    yield "SMART", sum(each.label == "SMART" for each in judged), len(judged)
    for criterion in CRITERIA:
        yield f"criterion: {criterion}", sum(each.met(criterion) for each in judged), len(judged)
    for domain in DOMAINS:
        yield f"domain: {domain}", sum(_answer(each, "domain") == domain for each in judged), len(judged)
    for result in RESULTS:
        yield f"result: {result}", sum(_answer(each, "result") == result for each in judged), len(judged)
    kinds = [span.kind for each in judged for span in each.spans]
    results = sum(kind in ("outcome", "practice", "output") for kind in kinds)
    yield "outcome share", kinds.count("outcome"), results
    yield "process share", kinds.count("process"), results + kinds.count("process")


def _answer(objective: Objective, question: str) -> str:
    """The answer given to a question, `""` when it was not judged."""
    judgement = objective.judgement(question)
    return judgement.answer if judgement else ""
