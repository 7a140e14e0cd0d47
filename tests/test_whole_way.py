"""The whole way on real papers: what is found agrees with the gold beside them, and every finding leads back."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from rapidfuzz.distance import Indel

from lscb_textmine.find import find_statements
from lscb_textmine.inputs import gather_requests
from lscb_textmine.models import load_models
from lscb_textmine.pipeline import study
from lscb_textmine.read import read_document
from lscb_textmine.records import Paper, Study
from lscb_textmine.report.lines import lines_to_jsonl, study_lines

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT / "corpora"
PAPERS = [path for path in sorted(CORPORA.rglob("*")) if path.suffix in (".pdf", ".docx", ".xlsx")]


@cache
def study_of(folder: Path) -> Study:
    requests, problems = gather_requests([folder])
    return study(requests, load_models(), jobs=1, problems=problems)


def gold_of(paper: Paper) -> dict[str, object]:
    path = Path(paper.document.path)
    gold: dict[str, object] = json.loads((path.parent / f"{path.stem}.gold.json").read_text(encoding="utf-8"))
    return gold


def score(found: Study) -> Counter[str]:
    """Statements in the gold, found, in both (words alike to four fifths), pages and cells right."""
    counts: Counter[str] = Counter()
    for paper in found.papers:
        wanted = list(gold_of(paper)["statements"])  # type: ignore[call-overload]
        counts.update(gold=len(wanted), found=len(paper.objectives))
        for objective in paper.objectives:
            candidate = objective.candidate
            best = max(wanted, key=lambda each: alike(each["text"], candidate.text), default=None)
            if best is None or alike(best["text"], candidate.text) < 0.8:
                continue
            wanted.remove(best)
            counts.update(both=1, pages=best["page"] == candidate.page)
            given = {plain(cell.text) for cell in candidate.cells}
            cells = [text for text in map(plain, best["cells"].values()) if text]
            counts.update(cells=len(cells), cells_right=sum(text in given for text in cells))
    return counts


def alike(one: str, other: str) -> float:
    return Indel.normalized_similarity(plain(one).split(), plain(other).split())


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def f1(counts: Counter[str]) -> float:
    return 2 * counts["both"] / (counts["gold"] + counts["found"])


def test_shared_papers_agree_with_their_gold(shared: Path) -> None:
    counts = score(study_of(shared / "documents"))
    assert f1(counts) >= 0.90
    assert counts["pages"] == counts["both"]
    assert counts["cells_right"] >= 0.95 * counts["cells"]


def test_papers_of_this_project_agree_with_their_gold() -> None:
    counts = score(study_of(CORPORA))
    assert f1(counts) >= 0.88
    assert counts["pages"] >= 0.97 * counts["both"]
    assert counts["cells_right"] >= 0.95 * counts["cells"]


def test_board_type_and_year_are_those_of_the_gold() -> None:
    for paper in study_of(CORPORA).papers:
        gold, document = gold_of(paper), paper.document
        assert (document.board.value, document.doc_type.value, document.year.value) == (
            gold["board"], gold["doc_type"], gold["year"],
        )  # fmt: skip


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_every_finding_leads_back_to_its_words(path: Path) -> None:
    document = read_document(path)
    candidates = find_statements(document)
    assert candidates
    for candidate in candidates:
        assert candidate.place is not None
        assert document.text_at(candidate.place) == candidate.text
        assert candidate.page is None or 1 <= candidate.page <= len(document.pages)


def test_every_label_has_its_reason() -> None:
    for paper in study_of(CORPORA).papers:
        for objective in paper.objectives:
            for judgement in objective.judgements:
                assert 0 <= judgement.probability <= 1
                assert judgement.because or judgement.note, (objective.candidate.text, judgement.question)
                for reason in judgement.because:
                    if reason.source == "text":
                        assert objective.candidate.text[reason.start : reason.end] == reason.text


def test_order_of_papers_does_not_matter() -> None:
    requests, _ = gather_requests([CORPORA / "marlham"])
    models = load_models()
    there, back = (study(each, models, jobs=1) for each in (requests, requests[::-1]))
    assert sorted(lines_to_jsonl(study_lines(there)).splitlines()) == sorted(
        lines_to_jsonl(study_lines(back)).splitlines()
    )
    assert sorted(there.measures, key=str) == sorted(back.measures, key=str)


def test_jobs_do_not_change_what_is_found() -> None:
    requests, _ = gather_requests([CORPORA / "marlham"])
    models = load_models()
    alone, together = (study(requests, models, jobs=jobs) for jobs in (1, 2))
    assert lines_to_jsonl(study_lines(alone)) == lines_to_jsonl(study_lines(together))


def test_inspection_report_reads_as_prose(shared: Path) -> None:
    document = read_document(shared / "source" / "joint-inspection-report-2011.txt")
    texts = [block.text for block in document.blocks if hasattr(block, "text")]
    assert any("can not be fully effective" in text or "Safeguarding children" in text for text in texts)
    assert max(len(text) for text in texts) > 300
