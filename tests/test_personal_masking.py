"""What is flagged is masked in every output, offsets stay true, and members keep their names."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document as WordDocument
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from studies import make_objective, make_paper, make_study

from lscb_textmine.cli import run
from lscb_textmine.personal import flag_paper, mask_study
from lscb_textmine.personal.masks import MASKS, make_masker
from lscb_textmine.records import (
    Action,
    Attendee,
    Enquiry,
    EvidenceRow,
    Judgement,
    NamedCell,
    Objective,
    Paper,
    Place,
    Problem,
    Reason,
    Sentence,
    Sighting,
    Span,
    Study,
    Thread,
    finding_id,
)
from lscb_textmine.store import load_study

MINUTES = """Cwm Arthen Local Safeguarding Children Board
Minutes of the meeting held on 20 January 2011

Present: Helen Price (Chair, Health); Dean Parry (Police); Kelly Rowe (Education)
Apologies: Cllr Gwyn Jones

1. Cases
The case of Kyle Probert (DOB 12/03/2004, NHS number 943 476 5919) was discussed.
ACTION: Helen Price to write to the family at 14 Heol y Bryn, Cwmafon, SA99 3AB by 12/03/2011.
ACTION: Dean Parry to find out by April 2011 whether Kyle was seen after the police log, crime ref. 42/11873/11.
ACTION: Kelly Rowe to ask the school about Probert siblings, and to ring mum on 07700 900142.
Roedd y fam, Lleucu, wedi gwrthod agor y drws.
2. Training
The Board will train 40 school nurses on neglect by June 2011.
"""
SECRETS = (
    *("Kyle", "Probert", "12/03/2004", "2004-03-12", "943 476 5919", "14 Heol y Bryn", "SA99 3AB", "42/11873/11"),
    *("07700 900142", "Lleucu"),
)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("masked") / "Board papers"
    folder.mkdir()
    (folder / "minutes 2011-01-20.txt").write_text(MINUTES, encoding="utf-8")
    (folder / "SCR Kyle Probert torn.pdf").write_bytes(b"%PDF-1.4 torn")
    plan = WordDocument()
    plan.add_heading("Cwm Arthen Local Safeguarding Children Board action plan 2011-12: SCR Kyle Probert", 0)
    table = plan.add_table(rows=3, cols=4)
    father, number = "His father, Lee Probert, was seen at 9 Maes y Dre", "PARIS no. 448213 added to the audit"
    rows = (
        ("Action", "Lead", "By when", "Progress"),
        ("Review how agencies shared what they knew of Kyle Probert", "Helen Price", "June 2011", father),
        ("Publish the neglect protocol", "Dean Parry", "March 2012", number),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    plan.save(str(folder / "SCR Kyle Probert.docx"))
    return folder


def outputs(folder: Path) -> str:
    """Everything written, the workbook unzipped."""
    texts = []
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                texts += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        else:
            texts.append(repr(load_study(path.parent)) if path.suffix == ".sqlite" else path.read_text("utf-8"))
    return "\n".join(texts)


def test_nothing_flagged_is_left_in_any_output(
    papers: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["analyse", str(papers), "--out", str(tmp_path / "plain"), "-q"]) == 1
    told = outputs(tmp_path / "plain")
    assert "Kyle" in told and "448213" in told
    capsys.readouterr()
    assert run(["analyse", str(papers), "--out", str(tmp_path / "out"), "--mask", "--json"]) == 1
    terminal = capsys.readouterr()
    written = outputs(tmp_path / "out") + terminal.out + terminal.err
    for secret in (*SECRETS, "448213", "Lee Probert", "9 Maes y Dre"):
        assert secret not in written, secret
    for kept in ("Helen Price", "Dean Parry", "Kelly Rowe", "neglect protocol", "40 school nurses", "Cwm Arthen"):
        assert kept in written, kept
    assert json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))["masked"] is True


def test_masked_workbook_says_so_and_lists_the_kinds(papers: Path, tmp_path: Path) -> None:
    run(["analyse", str(papers), "--out", str(tmp_path), "--mask", "-q"])
    workbook = load_workbook(tmp_path / "evidence.xlsx")
    assert "replaced by what it is" in workbook["Summary"]["A2"].value
    names = [cell.value for cell in workbook["Papers"][1]]
    papers_read = [dict(zip(names, row, strict=True)) for row in workbook["Papers"].iter_rows(min_row=2)]
    plan = next(row for row in papers_read if row["Format"].value == "docx")
    assert plan["Paper"].value == "SCR [child or family name].docx" and plan["Paper"].hyperlink is None
    assert plan["Personal data: findings"].value >= 2
    names = [cell.value for cell in workbook["Evidence"][1]]
    kinds = [
        dict(zip(names, row, strict=True))["Personal data"]
        for row in workbook["Evidence"].iter_rows(2, values_only=True)
    ]
    assert any(kind and "name" in kind for kind in kinds)


def flagged(*texts: str, attendance: tuple[Attendee, ...] = (), path: str = "minutes.txt") -> Paper:
    objectives = tuple(make_objective(text, start=n) for n, text in enumerate(texts))
    return flag_paper(replace(make_paper(path, "Cwm Arthen LSCB", objectives), attendance=attendance))


def texts_of(study: Study) -> list[str]:
    return [each.candidate.text for paper in study.papers for each in paper.objectives]


def test_name_told_once_is_masked_wherever_it_stands() -> None:
    paper = flagged("Discuss the case of Kyle Probert", "Helen to see Kyle", "Ask KYLE PROBERT what he wants")
    assert texts_of(mask_study(Study((paper,)))) == [
        "Discuss the case of [child or family name]",
        "Helen to see [child or family name]",
        "Ask [child or family name] what he wants",
    ]


def test_members_keep_their_names() -> None:
    members = (Attendee("DI Dean Parry", agency="Police"), Attendee("Kelly Rowe"))
    paper = flagged(
        "Discuss the case of Kyle Parry", "Dean Parry to report", "Kelly Rowe to ring the mother, Kelly", "Ask Kyle",
        attendance=members,
    )  # fmt: skip
    assert texts_of(mask_study(Study((paper,)))) == [
        "Discuss the case of [child or family name]",
        "Dean Parry to report",
        "Kelly Rowe to ring the mother, [child or family name]",
        "Ask [child or family name]",
    ]
    assert mask_study(Study((paper,))).papers[0].attendance == members


def test_whole_name_is_masked_in_the_boards_other_papers() -> None:
    papers = (flagged("Discuss the case of Kyle Probert"), flagged("Kyle Probert to be heard", path="plan.txt"))
    assert texts_of(mask_study(Study(papers)))[1] == "[child or family name] to be heard"


def test_flags_say_where() -> None:
    objective = make_objective("Meet the family")
    cells = (NamedCell("Progress", "His father, Lee Probert, was seen", "progress"),)
    objective = replace(objective, candidate=replace(objective.candidate, cells=cells))
    paper = replace(make_paper("SCR Mia Evans.txt", "", (objective,)), rejected=())
    flags = [(flag.kind, flag.text, flag.source) for flag in flag_paper(paper).flags]
    assert flags == [("name", "Lee Probert", "Progress"), ("name", "Mia Evans", "file name")]


def linked_study() -> Study:
    """A study in which other records lead to a statement with a name in it."""
    paper = flagged("Discuss the case of Kyle Probert", "Publish the protocol")
    digest, board = paper.document.sha256, "Cwm Arthen LSCB"
    (first, _) = paper.objectives
    id = finding_id(digest, first.candidate.place, first.candidate.text)
    sighting = Sighting(
        id, "minutes.txt", digest, "minutes", "2011-12", 4, first.candidate.text, progress="Kyle was seen"
    )
    return Study(
        (paper,),
        problems=(Problem("SCR Kyle Probert.pdf", "SCR Kyle Probert.pdf: is locked; unlock it"),),
        settings=(("paths", "papers | SCR Kyle Probert.pdf"), ("mask", "yes")),
        threads=(Thread(board, (sighting,)),),
        actions=(Action(id, board, "minutes.txt", "2011-01-20", first.candidate.text, because="Kyle was seen"),),
        enquiries=(Enquiry(board, "k", "chair", "Who saw Kyle?", "because", raised_by=(EvidenceRow("Evidence", id),)),),
    )


def test_identifiers_still_lead_to_their_statements() -> None:
    study = mask_study(linked_study())
    paper = study.papers[0]
    candidate = paper.objectives[0].candidate
    id = finding_id(paper.document.sha256, candidate.place, candidate.text)
    assert {study.threads[0].sightings[0].id, study.actions[0].id, study.enquiries[0].raised_by[0].id} == {id}
    assert {flag.finding for flag in paper.flags} == {id}


def test_no_record_of_a_study_holds_a_name() -> None:
    told = repr(mask_study(linked_study()))
    assert "Kyle" not in told and "Probert" not in told
    assert "SCR [child or family name].pdf: is locked" in told


def test_papers_masked_alike_are_told_apart() -> None:
    papers = (flagged("One", path="a/SCR Kyle Probert.pdf"), flagged("Two", path="a/SCR Mia Evans.pdf"))
    assert [paper.document.name for paper in mask_study(Study(papers)).papers] == [
        "SCR [child or family name].pdf", "SCR [child or family name] (2).pdf",
    ]  # fmt: skip


def test_study_without_personal_data_stays_as_it_is() -> None:
    study = make_study()
    flagged_study = replace(study, papers=tuple(map(flag_paper, study.papers)))
    assert mask_study(flagged_study) == flagged_study == study


PARTS = (
    *("Discuss", "the case of", "Kyle Probert", "Kyle", "Helen", "DOB", "12/03/2004", "at 9 Maes y Dre", "by June"),
    *("mother,", "ŵ", "  "),
)
WORDS = st.lists(st.sampled_from(PARTS), min_size=1, max_size=12).map(" ".join)


@given(WORDS, st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=4))
def test_spans_and_reasons_stay_true(text: str, edges: list[tuple[int, int]]) -> None:
    places = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in edges]
    spans = tuple(Span("output", a, b, text[a:b]) for a, b in places)
    because = tuple(Reason(text[a:b], a, b) for a, b in places)
    objective = replace(make_objective(text), spans=spans, judgements=(Judgement("objective", "yes", 0.9, because),))
    sentence = Sentence(text, Judgement("challenge", "yes", 0.9, because), spans, place=Place(1, 0, len(text)))
    paper = flag_paper(replace(make_paper("minutes.txt", "", (objective,)), challenge=(sentence,)))
    (masked,) = mask_study(Study((paper,))).papers
    found: tuple[Objective, Sentence] = (masked.objectives[0], masked.challenge[0])
    for told, judgement, moved in (
        (found[0].candidate.text, found[0].judgements[0], found[0].spans),
        (found[1].text, found[1].judgement, found[1].spans),
    ):
        assert all(told[span.start : span.end] == span.text for span in moved)
        assert all(told[each.start : each.end] == each.text for each in judgement.because)
        assert all(flag.text in MASKS.values() for flag in masked.flags)
    for flag in paper.flags:
        assert flag.text not in repr(masked.objectives)


@given(st.text(), st.text(min_size=1, max_size=6))
def test_masked_text_is_the_text_outside_the_edits(text: str, secret: str) -> None:
    masked = make_masker([(secret, "name")] if secret.strip() else []).mask(text)
    assert len(masked.text) == len(text) + sum(len(each.mask) - (each.end - each.start) for each in masked.edits)
    for edit in masked.edits:
        start, end = masked.move(edit.start, edit.end)
        assert masked.text[start:end] == edit.mask
