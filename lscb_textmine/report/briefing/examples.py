"""What is SMART and what is not, and the four kinds of result, each with typical examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median_low

from lscb_textmine.records import CRITERIA, RESULTS, Judgement
from lscb_textmine.report.briefing.blocks import Block, Cell, Grid, Picture, Section, Text
from lscb_textmine.report.briefing.pictures import kinds_chart
from lscb_textmine.report.briefing.subject import Found, Subject, pick
from lscb_textmine.report.briefing.wording import count_of, headers, names, report_words, shorten, statements_of, words
from lscb_textmine.report.cells import quote_text

EXAMPLES = 3
LONGEST_WORDS = 60
SHORTEST, LONGEST = 5, 25
"""Words of a statement that is quoted for its kind: enough to tell it, few enough to be read at once."""


def tell_smart(subject: Subject) -> Section:
    """Three typical statements that are SMART and three that are not, with the words that show it."""
    blocks: list[Block] = [Text(report_words("smart"), "report")]
    measure = subject.measure("SMART")
    blocks.append(Text(words("smart", "figures", share=statements_of(measure)), "opening"))
    judged = subject.judged()
    if judged:
        for key, wanted in (("smart", True), ("aspirational", False)):
            blocks.append(_tell_class(subject, key, [each for each in judged if each.smart is wanted]))
        blocks.append(Text(words("smart", "rule"), "note"))
    return Section("smart", words("section", "smart"), tuple(blocks))


def _tell_class(subject: Subject, key: str, members: Sequence[Found]) -> Block:
    if not members:
        return Text(words("smart", f"none_{key}"))
    typical = typical_of(members)
    if not typical:
        return Text(f"{words('smart', f'typical_{key}')}: {words('smart', 'only_review')}")
    header = (Cell(words("smart", "header")), *(Cell(names("criteria")[name]) for name in CRITERIA))
    rows = tuple((_statement(subject, each), *_criteria(each)) for each in typical)
    return Grid(words("smart", f"typical_{key}"), header, rows, (30, 14, 14, 14, 14, 14))


def typical_of(members: Sequence[Found]) -> list[Found]:
    """Three statements of a class with as many criteria met as its median or nearly so, none to be reviewed."""
    middle = median_low(each.objective.score for each in members)
    sure = [each for each in members if not each.objective.needs_review]
    return pick(sure, lambda each: abs(each.objective.score - middle), "label", most=EXAMPLES)


def _statement(subject: Subject, found: Found) -> Cell:
    quotation = subject.quote(found)
    return Cell(f"“{quotation.text}”", quotation.source, quotation.link, quotation.language)


def _criteria(found: Found) -> Iterator[Cell]:
    for name in CRITERIA:
        judgement = found.objective.judgement(name)
        if judgement is not None:
            met = judgement.answer == "yes"
            yield Cell(
                words("smart", "yes" if met else "no"), _deciding(judgement) if met else _missing(judgement), strong=met
            )


def _deciding(judgement: Judgement) -> str:
    told = dict.fromkeys(quote_text(reason.text).strip(" .,;") for reason in judgement.because)
    said = shorten("; ".join(each for each in told if each), LONGEST_WORDS)
    return words("smart", "words", words=said) if said else ""


def _missing(judgement: Judgement) -> str:
    note = quote_text(judgement.note)
    return shorten(names("missing").get(note, note), LONGEST_WORDS)


def tell_kinds(subject: Subject) -> Section:
    """Outcome, practice, output and process as a picture, with a statement of each."""
    judged = subject.judged()
    blocks: list[Block] = [Text(report_words("results"), "report")]
    if judged:
        kinds = [(names("results")[kind], subject.measure(f"result: {kind}")) for kind in reversed(RESULTS)]
        phrases = [
            (words("kinds", "outcome_share"), subject.measure("outcome share")),
            (words("kinds", "process_share"), subject.measure("process share")),
        ]
        blocks.append(Picture(kinds_chart(kinds, phrases), words("kinds", "chart", total=len(judged))))
        meanings = (
            words("kinds", "meaning", name=names("results")[kind], meaning=names("results_meaning")[kind])
            for kind in reversed(RESULTS)
        )
        blocks += [_kinds_table(subject, judged), Text(" ".join([*meanings, words("kinds", "rule")]), "note")]
    else:
        blocks.append(Text(words("kinds", "none")))
    return Section("results", words("section", "results"), tuple(blocks))


def _kinds_table(subject: Subject, judged: Sequence[Found]) -> Grid:
    rows = []
    for kind in reversed(RESULTS):
        measure = subject.measure(f"result: {kind}")
        name = Cell(names("results")[kind])
        rows.append((name, Cell(count_of(measure)), _example(subject, judged, kind)))
    header = tuple(map(Cell, headers("kinds", "header")))
    return Grid(words("kinds", "caption"), header, tuple(rows), (12, 28, 60))


def _example(subject: Subject, judged: Sequence[Found], kind: str) -> Cell:
    """A statement of the kind that need not be reviewed."""
    sure = [each for each in judged if not each.objective.needs_review and each.objective.answer("result") == kind]
    for found in pick(sure, _is_odd_in_length, "result", most=1):
        return _statement(subject, found)
    return Cell(words("kinds", "no_example"))


def _is_odd_in_length(found: Found) -> bool:
    return not SHORTEST <= len(found.objective.candidate.text.split()) <= LONGEST
