"""The sheet Language: a row for each phrase, as many as the measures count, each with its sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from studies import make_study
from test_measure_language import make_sentence

from lscb_textmine.measure.language import count_language
from lscb_textmine.records import Readability, Study, finding_id
from lscb_textmine.report.language import LANGUAGE, language_rows
from lscb_textmine.report.ledger import PAPERS, paper_rows
from lscb_textmine.report.sheet import Value


def study_with_results() -> Study:
    study = make_study()
    results = (
        make_sentence("Children feel safer at home", "outcome", "outcome", "output"),
        make_sentence("Much was talked about", "process"),
    )
    first = replace(study.papers[0], results=results, readability=Readability(300, 20, 61.2, 8.4))
    return replace(study, papers=(first, *study.papers[1:]))


def rows(study: Study) -> list[dict[str, Value]]:
    return [dict(zip((column.name for column in LANGUAGE), row, strict=True)) for row in language_rows(study, {})]


def test_phrases_on_the_sheet_are_those_that_are_counted() -> None:
    study = study_with_results()
    kinds = Counter(row["Kind"] for row in rows(study))
    counted = {name: count for name, count, _ in count_language(study.papers)}
    for kind in ("outcome", "practice", "output", "process"):
        assert kinds[kind] == counted[f"{kind} share"]


def test_row_leads_to_its_sentence() -> None:
    study = study_with_results()
    row = next(row for row in rows(study) if row["Where"] == "running text")
    assert (row["Kind"], row["Phrase"], row["Sentence"]) == ("outcome", "Chil", "Children feel safer at home")
    assert row["Id"] == finding_id(study.papers[0].document.sha256, None, "Children feel safer at home")


def test_sentence_without_a_phrase_is_not_lost() -> None:
    row = next(row for row in rows(study_with_results()) if row["Sentence"] == "Much was talked about")
    assert (row["Kind"], row["Phrase"], row["Kind of the whole sentence"]) == ("", "", "process")


def test_ledger_tells_how_a_paper_reads() -> None:
    names = [column.name for column in PAPERS]
    told, without = (dict(zip(names, row, strict=True)) for row in list(paper_rows(study_with_results(), {}))[:2])
    assert (told["Reading ease (English)"], told["Words a sentence (English)"]) == (61.2, 15.0)
    assert without["School grade (English)"] is None
