"""From papers to a study: one bad paper never stops the others, and neither order nor jobs change what is found."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from small_papers import write_bad, write_pdf
from studies import make_paper, make_study

from lscb_textmine.examining import Errand, Step, digest_known
from lscb_textmine.inputs import gather_requests
from lscb_textmine.manifest import PaperRequest
from lscb_textmine.models import Models, load_models
from lscb_textmine.pipeline import examine_safely, study
from lscb_textmine.records import Problem, Study
from lscb_textmine.report.lines import lines_to_jsonl, study_lines
from lscb_textmine.sameness import name_boards, set_copies_aside


@pytest.fixture(scope="module")
def models() -> Models:
    return load_models()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("papers")
    write_pdf(root / "Cwm Arthen" / "plan ŵ 2010.pdf")
    write_bad(root / "Cwm Arthen" / "locked.pdf", "encrypted")
    minutes = "# Glan Afon Local Safeguarding Children Board\n\nMinutes\n\nACTION: GP to send the report by May 2011\n"
    (root / "Glan Afon").mkdir()
    (root / "Glan Afon" / "minutes.md").write_text(minutes, encoding="utf-8")
    return root


def examine_folder(folder: Path, models: Models, *, jobs: int = 1) -> Study:
    requests, problems = gather_requests([folder])
    return study(requests, models, jobs=jobs, problems=problems)


def test_statements_come_with_place_and_judgements(folder: Path, models: Models) -> None:
    found = examine_folder(folder, models)
    texts = {each.candidate.text: each for paper in found.papers for each in paper.objectives}
    protocol = texts["publish a neglect protocol for schools"]
    assert protocol.candidate.page == 1 and protocol.met("time_limited") and not protocol.met("achievable")
    assert [paper.document.blocks for paper in found.papers] == [(), ()]
    assert dict(found.models) == dict(models.digests)


def test_one_locked_paper_is_a_problem_and_the_rest_is_read(folder: Path, models: Models) -> None:
    found = examine_folder(folder, models)
    assert len(found.papers) == 2
    assert [Path(problem.path).name for problem in found.problems if problem.severity == "error"] == ["locked.pdf"]


def test_jobs_change_nothing(folder: Path, models: Models) -> None:
    alone, together = examine_folder(folder, models), examine_folder(folder, models, jobs=2)
    assert alone == together
    assert lines_to_jsonl(study_lines(alone)) == lines_to_jsonl(study_lines(together))


def test_order_of_papers_changes_no_measure(folder: Path, models: Models) -> None:
    requests, _ = gather_requests([folder])
    forward, backward = study(requests, models), study(requests[::-1], models)
    assert forward.measures == backward.measures
    assert forward.papers == backward.papers[::-1]


def test_progress_is_told_paper_by_paper(folder: Path, models: Models) -> None:
    told: list[Step] = []
    requests, _ = gather_requests([folder])
    study(requests, models, progress=told.append)
    assert [(step.done, step.total) for step in told] == [(1, 3), (2, 3), (3, 3)]


def test_unforeseen_error_names_the_paper() -> None:
    problem = examine_safely(Errand(PaperRequest("plan\0.pdf")), models=None).outcome  # type: ignore[arg-type]
    assert isinstance(problem, Problem) and "could not be read" in problem.message


def test_copies_are_read_and_counted_once(tmp_path: Path) -> None:
    first, copy, missing = (str(tmp_path / name) for name in ("plan.txt", "copy of plan.txt", "gone.txt"))
    for path in (first, copy):
        Path(path).write_text("The Board will publish a plan.", encoding="utf-8")
    kept, problems = set_copies_aside(
        [PaperRequest(path) for path in (first, copy, missing)], partial(digest_known, memory=None)
    )
    assert [request.path for request in kept] == [first, missing]
    assert problems[0].message == f"{copy}: the same file as {first}; read and counted once"


def test_two_spellings_are_one_board() -> None:
    papers = name_boards([make_paper("a.pdf", name, ()) for name in ("Cwm Arthen LSCB", "CWM ARTHEN Local "
                         "Safeguarding Children Board")])  # fmt: skip
    assert len({paper.document.board.value for paper in papers}) == 1


def test_studies_are_values() -> None:
    assert make_study() == make_study()
