"""Papers in; what their language speaks of (outcome, practice, output, process), counted and corrected, out.

Codebook section 4: outcome share = outcome / (outcome + practice + output) over phrases; process is given beside it,
over all four kinds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lscb_textmine.measure.correction import (
    CorrectedShare,
    Counts,
    Mix,
    Row,
    correct_counts,
    corrected_share,
    load_mix,
)
from lscb_textmine.measure.intervals import wilson_interval
from lscb_textmine.records import RESULTS, Judgement, Measure, Objective, Paper, Sentence

TOLD = ("outcome", "practice", "output")
"""The kinds of which outcome is a share: process tells of no result."""
ONCE = "outcome share, each statement and sentence once"
CORRECTED = "outcome share, corrected"
VAGUE = "vague verb"


def measure_language(papers: Sequence[Paper], *, board: str, year: str = "", document: str = "") -> Iterator[Measure]:
    """Every measure of language over some papers, with its 95 % interval."""
    for name, count, total in count_language(papers):
        low, high = wilson_interval(count, total)
        yield Measure(board, name, count, total, low, high, year=year, document=document)
    found = correct_outcome_share(papers)
    yield Measure(board, CORRECTED, found.count, found.total, found.low, found.high, year=year, document=document)


def count_language(papers: Sequence[Paper]) -> Iterator[tuple[str, int, int]]:
    """Name, count and total of every share that is counted: phrases in all, in statements, in running text; the answers
    of statements and sentences; statements that hang on a vague verb.

    Only judged statements count, so that no Welsh twin counts a second time.
    """
    statements, sentences = judged_statements(papers), told_sentences(papers)
    in_statements = Counter(span.kind for each in statements for span in each.spans)
    in_sentences = Counter(span.kind for each in sentences for span in each.spans)
    yield from _shares(in_statements + in_sentences, "")
    yield from _shares(in_statements, ": statements")
    yield from _shares(in_sentences, ": running text")
    answers = Counter((*(each.answer("result") for each in statements), *(each.judgement.answer for each in sentences)))
    yield ONCE, answers["outcome"], sum(answers[kind] for kind in TOLD)
    yield VAGUE, sum(hangs_on_vague_verb(each) for each in statements), len(statements)


def _shares(kinds: Counter[str], where: str) -> Iterator[tuple[str, int, int]]:
    told = sum(kinds[kind] for kind in TOLD)
    for kind in TOLD:
        yield f"{kind} share{where}", kinds[kind], told
    yield f"process share{where}", kinds["process"], told + kinds["process"]


def judged_statements(papers: Sequence[Paper]) -> list[Objective]:
    """The statements of which everything was judged: not the Welsh ones."""
    return [each for paper in papers for each in paper.objectives if each.judged]


def told_sentences(papers: Sequence[Paper]) -> list[Sentence]:
    """The sentences of running text that tell of a result."""
    return [each for paper in papers for each in paper.results if each.judgement.answer in RESULTS]


def hangs_on_vague_verb(objective: Objective) -> bool:
    """Whether a statement is not specific because its verb is vague ("improve", "promote"; codebook section 2, S)."""
    specific = objective.judgement("specific")
    return specific is not None and specific.answer == "no" and specific.rule == VAGUE


def correct_outcome_share(papers: Sequence[Paper]) -> CorrectedShare:
    """The outcome share with each statement and sentence counted once, put right for what the models get wrong.

    Phrases are not corrected one by one: their kinds have no probability that was checked against people's labels.
    """
    statements = [each.judgement("result") for each in judged_statements(papers)]
    sentences = [each.judgement for each in told_sentences(papers)]
    counted = (_correct("result", [each for each in statements if each]), _correct("sentence", sentences))
    return corrected_share(counted, "outcome", TOLD)


def _correct(question: str, judgements: Sequence[Judgement]) -> Counts:
    mix = load_mix(question)
    return correct_counts([make_row(each, mix) for each in judgements], mix)


def make_row(judgement: Judgement, mix: Mix) -> Row:
    """The probability of each kind; what a person answered is certain."""
    told = dict(judgement.probabilities)
    if judgement.by == "person" or not told:
        told = {judgement.answer: 1.0}
    row = tuple(told.get(kind, 0.0) for kind in mix.kinds)
    return row if sum(row) else mix.shares
