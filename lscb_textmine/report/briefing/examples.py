"""What is SMART and what is not, and the four kinds of result, each with typical examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from statistics import median_low

from lscb_textmine.records import CRITERIA, RESULTS, Judgement
from lscb_textmine.report.briefing.blocks import Block, Cell, Grid, Picture, Quotation, Quotes, Section, Text
from lscb_textmine.report.briefing.pictures import kinds_chart
from lscb_textmine.report.briefing.subject import Found, Subject, pick
from lscb_textmine.report.briefing.wording import names, report_words, shorten, statements_of, words
from lscb_textmine.report.cells import quote_text

EXAMPLES = 3
LONGEST_WORDS = 44
LONGEST_EXAMPLE = 150
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
    return Grid(words("smart", f"typical_{key}"), header, rows, (35, 13, 13, 13, 13, 13))


def typical_of(members: Sequence[Found]) -> list[Found]:
    """Three statements of a class with as many criteria met as its median or nearly so, none to be reviewed."""
    middle = median_low(each.objective.score for each in members)
    sure = [each for each in members if not each.objective.needs_review]
    return pick(sure, lambda each: abs(each.objective.score - middle), "label", most=EXAMPLES)


def _statement(subject: Subject, found: Found) -> Cell:
    quotation = subject.quote(found)
    text = shorten(quotation.text, LONGEST_EXAMPLE)
    return Cell(f"“{text}”", quotation.source, quotation.link, quotation.language)


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
        blocks += [Text(words("kinds", "examples"), "label"), _examples(subject, judged)]
    else:
        blocks.append(Text(words("kinds", "none")))
    return Section("results", words("section", "results"), tuple(blocks))


def _examples(subject: Subject, judged: Sequence[Found]) -> Quotes:
    """For each kind the statement that is most certain to promise it, none to be reviewed."""
    items = []
    for kind in reversed(RESULTS):
        label = words("kinds", "meaning", name=names("results")[kind], meaning=names("results_meaning")[kind])
        sure = [each for each in judged if not each.objective.needs_review and each.objective.answer("result") == kind]
        picked = pick(sure, _is_odd_in_length, "result", most=1)
        quotation = subject.quote(picked[0]) if picked else Quotation("", words("kinds", "no_example"))
        items.append(replace(quotation, text=shorten(quotation.text, LONGEST_EXAMPLE), label=label))
    return Quotes(tuple(items))


def _is_odd_in_length(found: Found) -> bool:
    return not SHORTEST <= len(found.objective.candidate.text.split()) <= LONGEST
