"""Papers with their objectives in; shares for each board, year and paper out, each with its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt

from lscb_textmine.measure.intervals import Z_95, wilson_interval
from lscb_textmine.measure.language import measure_language
from lscb_textmine.measure.ownership import count_owners
from lscb_textmine.measure.timing import count_times
from lscb_textmine.records import CRITERIA, DOC_TYPES, DOMAINS, RESULTS, Measure, Objective, Paper

FORMS = ("sentence", "bullet", "table_row", "minute_action")


@dataclass(frozen=True, slots=True)
class Count:
    """A count of a total; `interval` where the share is no share of things that are each counted or not."""

    name: str
    count: float
    total: float
    interval: tuple[float, float] | None = None


def measure_boards(papers: Sequence[Paper]) -> tuple[Measure, ...]:
    """The shares of all boards together, of each board, of each of its years, and of each paper, in that order.

    Only statements that were judged count, so the Welsh twin of an English statement is not counted a second time
    (codebook section 1).
    """
    papers = sorted(papers, key=_name)  # sums of fractions depend on their order in the last digit
    measures = [*_measure_group(papers, board="")] if len({paper.document.board_name for paper in papers}) > 1 else []
    for board, of_board in _group(papers, lambda paper: paper.document.board_name):
        measures += _measure_group(of_board, board=board)
        for year, of_year in _group(of_board, _year):
            measures += _measure_group(of_year, board=board, year=year) if year else ()
        for paper in of_board:
            measures += _measure_group([paper], board=board, year=_year(paper), document=paper.document.name)
    return tuple(measures)


def _name(paper: Paper) -> tuple[str, str]:
    return paper.document.name, paper.document.sha256


def _year(paper: Paper) -> str:
    return paper.document.year.value


def _group(papers: Iterable[Paper], key: Callable[[Paper], str]) -> Iterator[tuple[str, list[Paper]]]:
    for value, group in groupby(sorted(papers, key=key), key=key):
        yield value, list(group)


def _measure_group(papers: Sequence[Paper], *, board: str, year: str = "", document: str = "") -> Iterator[Measure]:
    for each in _count(papers):
        low, high = each.interval or wilson_interval(each.count, each.total)
        yield Measure(board, each.name, each.count, each.total, low, high, year=year, document=document)
    yield from measure_language(papers, board=board, year=year, document=document)


def _count(papers: Sequence[Paper]) -> Iterator[Count]:
    """Every share, by its name."""
    judged = [each for paper in papers for each in paper.objectives if each.judged]
    yield _smart("SMART", judged)
    yield _mean_score(judged)
    for criterion in CRITERIA:
        yield Count(f"criterion: {criterion}", sum(each.met(criterion) for each in judged), len(judged))
    yield from _breakdown(papers, judged)
    for domain in DOMAINS:
        yield Count(f"domain: {domain}", sum(each.answer("domain") == domain for each in judged), len(judged))
    for result in RESULTS:
        yield Count(f"result: {result}", sum(each.answer("result") == result for each in judged), len(judged))
    for counts in (count_owners(judged), count_times(papers)):
        yield from (Count(*each) for each in counts)
    yield Count("needs review", sum(each.needs_review for each in judged), len(judged))


def _smart(name: str, objectives: Sequence[Objective]) -> Count:
    return Count(name, sum(each.label == "SMART" for each in objectives), len(objectives))


def _mean_score(objectives: Sequence[Objective]) -> Count:
    """Criteria met of five times the statements: the mean score as a share of 5, with the normal interval of a mean.

    The five criteria of a statement hang together, so Wilson's interval, made for separate trials, would be too narrow.
    """
    scores, count = [each.score for each in objectives], len(objectives)
    if count < 2:
        return Count("mean score (share of 5)", sum(scores), 5 * count, (0.0, 1.0))
    mean = sum(scores) / count
    reach = Z_95 * sqrt(sum((score - mean) ** 2 for score in scores) / (count - 1) / count)
    return Count(
        "mean score (share of 5)", sum(scores), 5 * count, (max(0.0, (mean - reach) / 5), min(1.0, (mean + reach) / 5))
    )


def _breakdown(papers: Sequence[Paper], judged: Sequence[Objective]) -> Iterator[Count]:
    """The SMART share in each domain, form and type of paper that has a statement."""
    for domain in DOMAINS:
        yield _smart(f"SMART in domain: {domain}", [each for each in judged if each.answer("domain") == domain])
    for form in FORMS:
        if of_form := [each for each in judged if each.candidate.form == form]:
            yield _smart(f"SMART in form: {form}", of_form)
    for doc_type in DOC_TYPES:
        of_type = [paper for paper in papers if paper.document.doc_type.value == doc_type]
        if found := [each for paper in of_type for each in paper.objectives if each.judged]:
            yield _smart(f"SMART in type: {doc_type}", found)
