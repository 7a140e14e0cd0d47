"""Objectives followed from paper to paper: which are joined, what changed, and when nothing may be said."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from lscb_textmine.inputs import gather_requests
from lscb_textmine.measure.carried import CarriedCount, count_carried, follow_objectives
from lscb_textmine.measure.likeness import split_content, weigh_words
from lscb_textmine.measure.matching import JOINED, compare_all, pick_pairs
from lscb_textmine.models import load_models
from lscb_textmine.pipeline import study
from lscb_textmine.records import (
    Candidate,
    Document,
    Judgement,
    Known,
    Language,
    NamedCell,
    Objective,
    Page,
    Paper,
    Place,
    Sentence,
    Study,
    Thread,
)

ROOT = Path(__file__).resolve().parent.parent
PAIRS = [json.loads(line) for line in (ROOT / "annotations/carried/pairs.jsonl").read_text("utf-8").splitlines()]


def promise(text: str, *, lead: str = "", deadline: str = "", so_far: str | None = None, cy: bool = False) -> Objective:
    cells = () if so_far is None else (NamedCell("So far", so_far, "progress"),)
    language: Language = "cy" if cy else "en"
    place = Place(sum(text.encode()), 0, len(text))
    candidate = Candidate(text, form="table_row", cells=cells, place=place, page=2, language=language)
    return Objective(candidate, (Judgement("objective", "yes", 0.9),), deadline=deadline, lead=lead)


def paper(
    year: str, *objectives: Objective, kind: str = "business_plan", board: str = "Cwm Arthen LSCB", dated: str = ""
) -> Paper:
    name = f"{board} {kind} {year}{dated}.pdf"
    known = {"board": Known(board), "doc_type": Known(kind), "year": Known(year), "dated": Known(dated)}
    return Paper(Document(name, f"{sum(name.encode()):064x}", "pdf", pages=(Page(1), Page(2)), **known), objectives)


MISSING = promise("Revise the procedure for children who go missing from home", deadline="2011-09-30", lead="Police")
FILLER = promise("Appoint a lay member to the Executive")


def changes(threads: tuple[Thread, ...], text: str) -> list[str]:
    return [step.change for thread in threads if thread.sightings[0].text == text for step in thread.steps]


def test_same_words_with_another_day_and_owner_are_one_objective() -> None:
    later = promise(MISSING.candidate.text, deadline="2012-06-30", lead="Procedures Group")
    (thread,) = follow_objectives([paper("2012-13", later, FILLER), paper("2011-12", MISSING)])
    assert [sighting.year for sighting in thread.sightings] == ["2011-12", "2012-13"]
    assert [(step.change, step.before, step.after) for step in thread.steps] == [
        ("deadline moved", "2011-09-30", "2012-06-30"),
        ("owner changed", "Police", "Procedures Group"),
    ]


def test_another_group_in_the_same_frame_is_another_objective() -> None:
    other = promise("Revise the procedure for bruising in babies who cannot yet crawl")
    threads = follow_objectives([paper("2011-12", MISSING, FILLER), paper("2012-13", other, FILLER)])
    assert [len(thread.sightings) for thread in threads] == [1, 2]


def test_an_objective_of_every_year_is_not_late_by_a_year() -> None:
    first = promise("Publish the annual report 2010-11", deadline="2011-09-30")
    again = promise("Publish the annual report 2011-12", deadline="2012-09-30")
    (thread,) = follow_objectives([paper("2011-12", first), paper("2012-13", again, FILLER)])
    assert [step.change for step in thread.steps] == ["unchanged"]


@pytest.mark.parametrize(
    ("so_far", "told"),
    [
        ("Completed in May", "reported done"),
        ("", "no progress told"),
        ("Not started", "no progress told"),
        ("Partly completed", ""),
        ("Draft with the Police", ""),
    ],
)
def test_progress_cell_of_the_later_row_is_told(so_far: str, told: str) -> None:
    later = promise(MISSING.candidate.text, so_far=so_far)
    threads = follow_objectives([paper("2011-12", MISSING), paper("2012-13", later, FILLER)])
    assert changes(threads, MISSING.candidate.text) == ["unchanged", *([told] if told else [])]


def test_annual_report_tells_that_it_was_done_and_it_is_not_called_dropped() -> None:
    told = Sentence(
        "The procedure for children missing from home was revised in June.", Judgement("sentence", "output", 1)
    )
    report = replace(paper("2011-12", kind="annual_report"), results=(told,))
    threads = follow_objectives([paper("2012-13", FILLER), report, paper("2011-12", MISSING)])
    assert changes(threads, MISSING.candidate.text) == ["reported done"]


def test_sentence_that_denies_is_not_taken_for_done() -> None:
    told = Sentence("The procedure for children missing from home was not revised.", Judgement("sentence", "none", 1))
    report = replace(paper("2011-12", kind="annual_report"), results=(told,))
    assert follow_objectives([report, paper("2011-12", MISSING)]) == ()


def test_what_is_not_in_the_next_plan_is_said_so_and_no_more() -> None:
    (thread,) = follow_objectives([paper("2011-12", MISSING), paper("2012-13", FILLER)])
    (step,) = thread.steps
    assert (step.change, step.after) == ("dropped", "not seen again in Cwm Arthen LSCB business_plan 2012-13.pdf")


def test_nothing_is_called_missing_from_a_plan_with_an_unread_page() -> None:
    later = paper("2012-13", FILLER)
    half = replace(later, document=replace(later.document, pages=(Page(1), Page(2, "image_only"))))
    (thread,) = follow_objectives([paper("2011-12", MISSING), half])
    assert thread.steps == ()


def test_a_theme_that_lives_on_in_a_longer_objective_is_not_called_missing() -> None:
    later = promise("Self-harm pathway from the ward to the school nurse to be agreed by the three health boards")
    (thread,) = follow_objectives([paper("2011-12", promise("Self-harm")), paper("2012-13", later, FILLER)])
    assert "dropped" not in [step.change for step in thread.steps]


def test_minutes_may_join_an_objective_but_begin_none() -> None:
    action = promise("Procedure for children who go missing from home: RT to revise", deadline="2011-11-01", lead="RT")
    minutes = paper("2011", action, FILLER, kind="minutes", dated="2011-10-04")
    (thread,) = follow_objectives([minutes, paper("2011-12", MISSING)])
    assert [sighting.doc_type for sighting in thread.sightings] == ["business_plan", "minutes"]
    assert [step.change for step in thread.steps] == ["reworded"]


def test_welsh_is_not_joined_and_boards_are_kept_apart() -> None:
    welsh = promise(MISSING.candidate.text, cy=True)
    assert follow_objectives([paper("2011-12", welsh), paper("2012-13", welsh)]) == ()
    elsewhere = paper("2012-13", MISSING, board="Thornmere SCB")
    assert follow_objectives([paper("2011-12", MISSING), elsewhere]) == ()


def test_fates_of_a_plan_add_up_to_no_more_than_its_objectives() -> None:
    done = promise("Office and telephone for the Co-ordinator", so_far="Done, April")
    threads = follow_objectives([paper("2011-12", MISSING, FILLER, done), paper("2012-13", FILLER)])
    assert count_carried(threads) == tuple(
        CarriedCount("Cwm Arthen LSCB", "2011-12", f"objectives {name}", 1, 3)
        for name in ("carried over", "reported done", "not seen again")
    )


def test_an_objective_listed_in_the_next_plan_as_given_up_is_not_carried_over() -> None:
    words = f"{MISSING.candidate.text} (superseded)"
    given_up = Candidate(words, place=Place(9, 0, len(words)), turned_down="under a heading of what was dropped")
    later = replace(paper("2012-13", FILLER), rejected=(Objective(given_up, ()),))
    threads = follow_objectives([paper("2011-12", MISSING), later])
    assert changes(threads, MISSING.candidate.text) == ["dropped"]
    assert [each.count for each in count_carried(threads)] == [0, 0, 1]


def test_an_objective_of_two_plans_is_carried_over_and_then_missed() -> None:
    papers = [paper("2011-12", MISSING), paper("2012-13", MISSING, FILLER), paper("2013-14", FILLER)]
    fates = {(each.year, each.name): each.count for each in count_carried(follow_objectives(papers))}
    assert fates["2011-12", "objectives carried over"] == 1
    assert fates["2012-13", "objectives carried over"] == fates["2012-13", "objectives not seen again"] == 1


@cache
def corpora() -> Study:
    requests, _ = gather_requests([ROOT / "corpora"])
    return study(requests, load_models(), jobs=1)


@pytest.mark.parametrize(
    ("name", "least"), [("LSCB Business Plan 2008-09 FINAL v3.pdf", 4), ("MSCB Business Plan 2013-14 v1.0.docx", 14)]
)
def test_next_plan_holds_what_its_gold_says_was_carried(name: str, least: int) -> None:
    path = next(ROOT.glob(f"corpora/*/{name}"))
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text("utf-8"))
    wanted = {(pair["earlier"], pair["later"]): set(pair["changes"]) for pair in gold["carried"]}
    promised = {each["text"] for each in gold["statements"]}
    found = {}
    for thread in corpora().threads:
        plans = [each for each in enumerate(thread.sightings) if each[1].doc_type == "business_plan"]
        for (_, before), (place, after) in pairwise(plans):
            if after.document == name and after.text in promised:
                found[before.text, after.text] = {step.change for step in thread.steps if step.sighting == place}
    assert found.keys() <= wanted.keys()
    assert len(found) >= least
    assert sum(found[pair] == wanted[pair] for pair in found) >= 0.8 * len(found)


def test_threads_do_not_depend_on_order_or_on_other_boards() -> None:
    papers = corpora().papers
    marlham = [each for each in papers if "Marlham" in each.document.board_name]
    alone = follow_objectives(marlham[::-1])
    assert follow_objectives(papers[::-1]) == corpora().threads
    assert alone == tuple(each for each in corpora().threads if "Marlham" in each.board)


def test_every_sighting_is_a_statement_of_its_paper() -> None:
    texts = {
        (paper.document.sha256, each.candidate.text, each.candidate.page)
        for paper in corpora().papers
        for each in (*paper.objectives, *paper.rejected)
    } | {(paper.document.sha256, each.text, each.page) for paper in corpora().papers for each in paper.results}
    for thread in corpora().threads:
        assert 0 <= thread.likeness <= 1
        assert all((each.sha256, each.text, each.page) in texts for each in thread.sightings)
        assert all(0 <= step.sighting < len(thread.sightings) for step in thread.steps)


def test_boards_for_closing_are_joined_with_few_errors() -> None:
    right = wrong = 0
    closing = (pair for pair in PAIRS if pair["half"] == "closing")
    for _, group in groupby(closing, key=lambda pair: str(pair["board"])):
        same = {(pair["left"]["text"], pair["right"]["text"]): pair["same"] for pair in group}
        lefts, rights = (list(dict.fromkeys(pair[side] for pair in same)) for side in (0, 1))
        words = [[split_content(text) for text in side] for side in (lefts, rights)]
        near = compare_all(words[0], words[1], weigh_words([*words[0], *words[1]]))
        for match in pick_pairs(near.pairs, range(len(lefts))):
            is_right = same.get((lefts[match.earlier], rights[match.later]), False)
            right, wrong = right + is_right, wrong + (not is_right)
    assert right / (right + wrong) >= 0.93
    assert right >= 0.7 * sum(pair["same"] for pair in PAIRS if pair["half"] == "closing")


def test_pairs_are_halved_by_board_and_by_answer() -> None:
    assert len(PAIRS) >= 260
    assert len({pair["id"] for pair in PAIRS}) == len(PAIRS)
    halves = [{pair["board"] for pair in PAIRS if pair["half"] == half} for half in ("setting", "closing")]
    assert not halves[0] & halves[1]
    assert sum(pair["same"] for pair in PAIRS) * 2 == len(PAIRS)
    assert all(bool(pair["changes"]) == pair["same"] for pair in PAIRS)


def test_likeness_of_a_statement_with_itself_is_full() -> None:
    words = [split_content(pair["left"]["text"]) for pair in PAIRS[:40]]
    near = compare_all(words, words, weigh_words(words))
    assert {match.likeness for match in near.pairs if words[match.earlier] == words[match.later]} == {1.0}
    assert JOINED < 1
