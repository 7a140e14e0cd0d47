"""The sentences of challenge as a file and as a sheet: all of them, with where they stand, and nothing that runs."""

from __future__ import annotations

import csv
from dataclasses import replace
from io import StringIO

from studies import make_study

from lscb_textmine.records import Judgement, Known, Place, Reason, Sentence, Study, finding_id
from lscb_textmine.report.challenge import CHALLENGE, challenge_rows, challenge_to_csv

TEXT = "=DC asked why six children had waited."


def study() -> Study:
    judgement = Judgement("challenge", "yes", 0.91234, because=(Reason("asked why", 4, 13), Reason("waited", 31, 37)))
    sentence = Sentence(TEXT, judgement, section="3. Performance", place=Place(7, 0, len(TEXT)), page=2)
    first, *others = make_study().papers
    document = replace(first.document, dated=Known("2011-01-20", "title page"))
    return replace(make_study(), papers=(replace(first, document=document, challenge=(sentence,)), *others))


def test_file_has_a_line_for_each_sentence() -> None:
    (line,) = csv.DictReader(StringIO(challenge_to_csv(study()).decode("utf-8-sig"), newline=""))
    paper = study().papers[0]
    assert line["id"] == finding_id(paper.document.sha256, Place(7, 0, len(TEXT)), TEXT)
    assert (line["board"], line["meeting"], line["page"]) == (paper.document.board.value, "2011-01-20", "2")
    assert (line["because"], line["probability"]) == ("asked why; waited", "0.9123")
    assert line["text"].startswith("'=")


def test_sheet_row_has_a_cell_for_each_column_and_leads_to_the_page() -> None:
    path = study().papers[0].document.path
    (row,) = challenge_rows(study(), {path: "papers/plan.pdf"})
    told = dict(zip([column.name for column in CHALLENGE], row, strict=True))
    assert told["Sentence"] == TEXT and told["Probability"] == 0.91
    assert getattr(told["Page"], "anchor", "") == "page=2"


def test_a_study_without_challenge_has_the_header_alone() -> None:
    assert challenge_to_csv(make_study()).decode("utf-8-sig").strip().count("\n") == 0
    assert list(challenge_rows(make_study(), {})) == []
