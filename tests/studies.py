"""A fictional study built by hand: two boards, three papers, statements of every kind a report must show."""

from __future__ import annotations

from dataclasses import replace

from lscb_textmine.classify.weighing import judge_label
from lscb_textmine.measure import measure_boards
from lscb_textmine.records import (
    CRITERIA,
    Candidate,
    Document,
    Judgement,
    Known,
    NamedCell,
    Objective,
    Page,
    Paper,
    Place,
    Problem,
    Reason,
    Span,
    Study,
)

SMART = ("specific", "measurable", "achievable", "time_limited")


def make_objective(text: str, *, met: tuple[str, ...] = SMART, page: int | None = 4, start: int = 0) -> Objective:
    candidate = Candidate(
        text,
        form="table_row",
        section="Priority 1: Neglect",
        cells=(NamedCell("Action", text, "statement"), NamedCell("By when", "March 2012", "timescale")),
        place=Place(3, start, start + len(text), row=start, column=0),
        page=page,
        box=(72.04, 310.22, 523.1, 334.9),
    )
    criteria = [_judge_criterion(name, name in met) for name in CRITERIA]
    judgements = [Judgement("objective", "yes", 0.97), *criteria, judge_label(criteria)]
    judgements += [
        Judgement("domain", "governance", 0.8, probabilities=(("governance", 0.8), ("delivery", 0.2))),
        Judgement("result", "output", 0.7, probabilities=(("output", 0.7), ("process", 0.3))),
    ]
    return Objective(
        candidate,
        tuple(judgements),
        other_domains=("delivery",),
        deadline="2012-03-31" if "time_limited" in met else "",
        lead="Training sub-group",
        spans=(Span("output", 0, 7, text[:7]), Span("outcome", 0, 3, text[:3])),
        needs_review=not met,
    )


def _judge_criterion(name: str, met: bool) -> Judgement:
    if met:
        return Judgement(name, "yes", 0.9, because=(Reason("by March 2012"),))
    return Judgement(name, "no", 0.8, note="no time limit found" if name == "time_limited" else "")


def make_welsh(text: str) -> Objective:
    candidate = Candidate(text, language="cy", place=Place(9, 0, len(text)), page=2)
    return Objective(candidate, (Judgement("objective", "yes", 0.8, note="not judged: Welsh"),))


def make_rejected(text: str) -> Objective:
    candidate = Candidate(text, turned_down="what was done, not what will be", page=1, place=Place(1, 0, len(text)))
    return Objective(candidate, (Judgement("objective", "no", 0.9),))


def make_paper(path: str, board: str, objectives: tuple[Objective, ...], *, year: str = "2011-12") -> Paper:
    document = Document(
        path=path,
        sha256=f"{sum(path.encode()):064x}",
        format="pdf",
        pages=(Page(1), Page(2), Page(3, "image_only", "no text layer; needs OCR")),
        board=Known(board, "title page"),
        doc_type=Known("business_plan", "file name"),
        year=Known(year, "title page"),
    )
    return Paper(document, objectives, (make_rejected(f"Training was delivered ({path})"),), words=1200)


def make_study() -> Study:
    papers = (
        make_paper(
            "papers/Cwm Arthen/plan 100% #2 ŵy.pdf",
            "Cwm Arthen Local Safeguarding Children Board",
            (
                make_objective("Publish the neglect protocol by March 2012"),
                make_objective("=Raise awareness", met=(), start=1),
                make_welsh("Byddwn yn cyhoeddi'r protocol"),
            ),
        ),
        make_paper("papers/Thornmere/plan.pdf", "Thornmere Safeguarding Children Board", ()),
        make_paper(
            "papers/Thornmere/plan 2013.pdf",
            "Thornmere Safeguarding Children Board",
            tuple(make_objective(f"Audit {n} case files", met=CRITERIA, start=n) for n in range(2, 14)),
            year="2012-13",
        ),
    )
    problems = (
        Problem("papers/Thornmere/scan.pdf", "is encrypted; save it without a password and run again"),
        Problem(papers[0].document.path, "no text layer; needs OCR", page=3),
    )
    return Study(papers, measure_boards(papers), problems, (("board", ""),), (("objective", "ab" * 32),))


def many_rows(study: Study, count: int) -> Study:
    """The study with one paper of `count` statements."""
    paper = study.papers[0]
    objectives = tuple(make_objective(f"Publish protocol {n} by March 2012", start=n) for n in range(count))
    return replace(study, papers=(replace(paper, objectives=objectives),))
