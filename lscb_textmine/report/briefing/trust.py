"""How far to trust a briefing: what was read and what was not, how sure the tool is, what a text cannot show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lscb_textmine.records import CRITERIA, Accuracy, Paper, Problem
from lscb_textmine.report.briefing.blocks import Block, Bullets, Cell, Grid, Section, Subheading, Text
from lscb_textmine.report.briefing.subject import Subject
from lscb_textmine.report.briefing.wording import headers, load_texts, percent, report_words, shorten, words
from lscb_textmine.report.cells import quote_text
from lscb_textmine.report.pages import unread_files

MOST_PAPERS = 25


def tell_trust(subject: Subject) -> Section:
    """What one board's briefing rests on."""
    blocks: list[Block] = [Text(report_words("trust"), "report"), _papers_table(subject.papers, subject)]
    blocks += [Subheading(words("trust", "unread")), *_tell_unread(subject)]
    blocks += [Text(text) for text in tell_sureness(subject)]
    blocks += [*tell_accuracy(subject.study.accuracy), *tell_limits()]
    return Section("trust", words("section", "trust"), tuple(blocks))


def _papers_table(papers: Sequence[Paper], subject: Subject) -> Grid:
    rows = tuple(_paper_row(paper, subject) for paper in papers)
    header = tuple(map(Cell, headers("trust", "papers_header")))
    return Grid(words("trust", "papers_caption"), header, rows, (42, 16, 11, 17, 14))


def _paper_row(paper: Paper, subject: Subject) -> tuple[Cell, ...]:
    document = paper.document
    link = subject.links.get(document.path, "")
    kind = document.doc_type.value.replace("_", " ").capitalize()
    year = quote_text(document.year.value)
    return (
        Cell(quote_text(document.name), link=link), Cell(kind), Cell(year), Cell(pages_read(paper)),
        Cell(str(len(paper.objectives))),
    )  # fmt: skip


def pages_read(paper: Paper) -> str:
    """How many pages were read, of how many where it was not all."""
    pages = paper.document.pages
    if not pages:
        return words("trust", "no_pages")
    read = sum(page.state == "read" for page in pages)
    return words("trust", "all_pages" if read == len(pages) else "pages", read=read, all=len(pages))


def _tell_unread(subject: Subject) -> Iterator[Block]:
    here, elsewhere = problems_of(subject)
    items = [tell_problem(problem) for problem in here]
    if items:
        yield Bullets(tuple(items))
    if elsewhere:
        yield Text(words("trust", "elsewhere"))
        yield Bullets(tuple(tell_problem(problem) for problem in elsewhere))
    if not items and not elsewhere:
        yield Text(words("trust", "all_read"))


def problems_of(subject: Subject) -> tuple[list[Problem], list[Problem]]:
    """The problems of the board's own papers and folders; and the files not read that may be any board's."""
    own = {paper.document.path for paper in subject.papers}
    folders = {_folder(path) for path in own}
    others = {_folder(p.document.path) for p in subject.study.papers if p.document.path not in own}
    unread = unread_files(subject.study)
    alone = not others
    mine = [p for p in unread if alone or (_folder(p.path) in folders and _folder(p.path) not in others)]
    unknown = [p for p in unread if p not in mine and _folder(p.path) not in others]
    in_papers = [problem for problem in subject.study.problems if problem.path in own]
    key = lambda problem: (problem.path, problem.page or 0, problem.message)  # noqa: E731
    return sorted([*in_papers, *mine], key=key), sorted(unknown, key=key)


def _folder(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[0]


def tell_problem(problem: Problem) -> str:
    """A problem in a line: the file's name without its folders, the page, and what it is."""
    name = problem.path.replace("\\", "/").rsplit("/", 1)[-1]
    where = f"{name}, page {problem.page}" if problem.page is not None else name
    message = problem.message.removeprefix(problem.path).lstrip(": ").replace(problem.path, name)
    return shorten(f"{where}: {message}", 260)


def tell_sureness(subject: Subject) -> Iterator[str]:
    """How many statements there are, how many of them need a person, how many a person saw."""
    found = subject.statements()
    if not found:
        return
    review = sum(each.objective.needs_review for each in found)
    yield words(
        "trust",
        "found",
        statements=len(found),
        review=review,
        share=percent(review / len(found)),
        needs="needs" if review == 1 else "need",
        rejected=sum(len(paper.rejected) for paper in subject.papers),
    )
    people = sum(each.objective.review is not None and each.objective.review.state != "machine" for each in found)
    if people:
        yield words("trust", "people", count=people)
    flagged = {flag.finding or flag.text for paper in subject.papers for flag in paper.flags}
    if flagged:
        yield words("trust", "flags", count=len(flagged))


def tell_accuracy(accuracy: Sequence[Accuracy]) -> Iterator[Block]:
    """How often the tool was right where people's labels are known."""
    yield Subheading(words("trust", "accuracy"))
    if not accuracy:
        yield Text(words("trust", "no_accuracy"))
        return
    places = list(dict.fromkeys(each.measured_on for each in accuracy))
    question, right, kappa = headers("trust", "accuracy_header")
    header = (Cell(question), *(Cell(name, place) for place in places for name in (right, kappa)))
    figures = {(each.question, each.measured_on): each for each in accuracy}
    rows = [
        (Cell(name), *(cell for place in places for cell in _accuracy_cells(figures.get((key, place)))))
        for key, name in load_texts()["trust"]["questions"].items()
        if any((key, place) in figures for place in places)
    ]
    if any(name in CRITERIA for name, _ in figures):
        criteria = [[figures[name, place] for name in CRITERIA if (name, place) in figures] for place in places]
        rows.append((Cell(words("trust", "criteria")), *(cell for each in criteria for cell in _range_cells(each))))
    each = 72 // (2 * len(places))
    widths = (100 - each * 2 * len(places), *([each] * (2 * len(places))))
    yield Grid(words("trust", "accuracy_caption"), header, tuple(rows), widths, "together", captioned=False)
    yield Text(words("trust", "accuracy_note"), "note")


def _accuracy_cells(figure: Accuracy | None) -> tuple[Cell, Cell]:
    if figure is None:
        return Cell("–"), Cell("–")
    right = words("trust", "accuracy_right", share=percent(figure.right), examples=figure.examples)
    return Cell(right), Cell(f"{figure.kappa:.2f}")


def _range_cells(figures: Sequence[Accuracy]) -> tuple[Cell, Cell]:
    """The lowest and the highest of several figures."""
    if not figures:
        return Cell("–"), Cell("–")
    rights, kappas = (sorted(values) for values in zip(*((each.right, each.kappa) for each in figures), strict=True))
    right = words("trust", "accuracy_range", low=percent(rights[0]), high=percent(rights[-1]))
    kappa = words("trust", "accuracy_range", low=f"{kappas[0]:.2f}", high=f"{kappas[-1]:.2f}")
    return Cell(right), Cell(kappa)


def tell_limits() -> Iterator[Block]:
    """What no reading of a text can show."""
    yield Subheading(words("trust", "cannot"))
    yield Bullets(tuple(load_texts()["trust"]["cannot_items"]))
