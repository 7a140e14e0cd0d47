"""What is the same at several boards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lscb_textmine.records import CRITERIA, DOMAINS
from lscb_textmine.report.briefing.blocks import Block, Bullets, Cell, Grid, Section, Text
from lscb_textmine.report.briefing.changes import WEIGHT, main_step
from lscb_textmine.report.briefing.promises import in_domain
from lscb_textmine.report.briefing.subject import Subject
from lscb_textmine.report.briefing.wording import headers, listed, names, words
from lscb_textmine.report.cells import quote_text

SEVERAL = 2


def tell_patterns(boards: Sequence[Subject]) -> Section:
    """Domains without a statement, criteria least met, kinds of result, changes, indicators and questions in common."""
    items = [*_domain_items(boards), *_criterion_items(boards), *_result_items(boards), *_change_items(boards)]
    blocks: list[Block] = [Bullets(tuple(items)), *_indicator_table(boards), *_question_table(boards)]
    return Section("patterns", words("all", "patterns"), tuple(blocks))


def tell_boards(some: Sequence[Subject], boards: Sequence[Subject]) -> str:
    """The names of some of the boards, or that it is all of them."""
    if len(some) == len(boards) > 1:
        return words("all", "everywhere", count=len(boards))
    return listed(quote_text(each.name) for each in some)


def _domain_items(boards: Sequence[Subject]) -> Iterator[str]:
    judged = [(each, each.judged()) for each in boards]
    told = False
    for domain in DOMAINS:
        lacking = [each for each, statements in judged if not in_domain(statements, domain)]
        if lacking:
            told = True
            yield words("all", "pattern_domain", domain=names("domains")[domain], boards=tell_boards(lacking, boards))
    if not told:
        yield words("all", "pattern_no_domain")


def _criterion_items(boards: Sequence[Subject]) -> Iterator[str]:
    least: dict[str, list[Subject]] = {}
    for each in boards:
        judged = each.judged()
        if judged:
            met = {name: sum(one.objective.met(name) for one in judged) for name in CRITERIA}
            for name in CRITERIA:
                if met[name] == min(met.values()):
                    least.setdefault(name, []).append(each)
    for name in CRITERIA:
        if name in least:
            criterion = names("criteria")[name].lower()
            yield words("all", "pattern_criterion", criterion=criterion, boards=tell_boards(least[name], boards))


def _result_items(boards: Sequence[Subject]) -> Iterator[str]:
    found = []
    for each in boards:
        counted = Counter(one.objective.answer("result") for one in each.judged())
        if counted["process"] + counted["output"] > counted["practice"] + counted["outcome"]:
            found.append(each)
    if found:
        yield words("all", "pattern_results", boards=tell_boards(found, boards))


def _change_items(boards: Sequence[Subject]) -> Iterator[str]:
    threads = [(t.board, main_step(t).change) for t in boards[0].study.threads if t.steps] if boards else []
    for change in WEIGHT[:-1]:
        at = [each for each in boards if (each.name, change) in threads]
        if len(at) >= SEVERAL:
            count = sum(told == change for _, told in threads)
            name = names("changes_names")[change]
            yield words("all", "pattern_change", change=name, count=count, boards=tell_boards(at, boards))


def _indicator_table(boards: Sequence[Subject]) -> Iterator[Block]:
    hidden = {*headers("meetings", "shown_elsewhere"), *headers("meetings", "no_pattern")}
    found = [each for each in boards[0].study.indicators if each.key not in hidden] if boards else []
    titles = {indicator.key: indicator.title for indicator in found}
    rows = []
    for key, title in titles.items():
        of_boards = {indicator.board: indicator for indicator in found if indicator.key == key}
        told = [each for each in boards if each.name in of_boards]
        shown = sum(of_boards[each.name].count > 0 for each in told)
        lacks = [each for each in told if not of_boards[each.name].count and of_boards[each.name].total]
        untold = [each for each in told if not of_boards[each.name].total]
        count = words("all", "indicators_count", count=shown, total=len(told))
        said = [tell_boards(lacks, boards)] if lacks else []
        said += [words("all", "indicators_untold", boards=tell_boards(untold, boards))] if untold else []
        rows.append((Cell(quote_text(title)), Cell(count), Cell("; ".join(said) or "–")))
    if rows:
        header = tuple(map(Cell, headers("all", "indicators_header")))
        yield Grid(words("all", "indicators_caption"), header, tuple(rows), (36, 16, 48))


def _question_table(boards: Sequence[Subject]) -> Iterator[Block]:
    raised = boards[0].study.enquiries if boards else ()
    rows = []
    for question in dict.fromkeys(enquiry.question for enquiry in raised):
        at = [each for each in boards if any((e.board, e.question) == (each.name, question) for e in raised)]
        if len(at) >= SEVERAL:
            rows.append((Cell(quote_text(question)), Cell(tell_boards(at, boards))))
    header = tuple(map(Cell, headers("all", "questions_header")))
    if rows:
        yield Grid(words("all", "questions_caption"), header, tuple(rows), (60, 40))
    elif raised:
        yield Text(words("all", "no_questions"))
