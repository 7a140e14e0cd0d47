"""Whose an objective is, and when it falls due."""

from __future__ import annotations

from dataclasses import replace

import pytest
from studies import make_objective, make_paper

from lscb_textmine.measure.ownership import count_owners, leads_of, owner_of
from lscb_textmine.measure.timing import count_times, is_ongoing, quarter_of
from lscb_textmine.records import Known, NamedCell, Objective


def led_by(lead: str, owner: str = "") -> Objective:
    objective = make_objective("Publish the protocol")
    return replace(objective, lead=lead, candidate=replace(objective.candidate, owner=owner))


@pytest.mark.parametrize(
    ("lead", "owner"),
    [
        ("Independent Chair", "the Board"),
        ("All", "the Board"),
        ("Training sub-group", "sub-group"),
        ("QA sub group (D. Cadwaladr)", "sub-group"),
        ("Director of Social Services", "single agency"),
        ("HR (Education)", "single agency"),
        ("Fire and Rescue", "single agency"),
        ("Voluntary Services Council", "single agency"),
        ("Named Midwife and Principal Social Worker", "several agencies"),
        ("Chair / CYPP Co-ordinator", "several agencies"),
        ("All agencies", "several agencies"),
        ("AM / GP", "person or post, agency not told"),
        ("Dr Iqbal", "person or post, agency not told"),
        ("TBC following restructure", "nobody"),
        ("", "nobody"),
    ],
)
def test_owner_by_what_the_lead_is_called(lead: str, owner: str) -> None:
    assert owner_of(led_by(lead)) == owner


def test_initials_are_led_by_the_agency_of_the_attendance_list() -> None:
    assert leads_of(led_by("CH", owner="DCI Carys Hafod (Police)")) == {"police"}


def test_every_objective_has_exactly_one_owner() -> None:
    objectives = [led_by(lead) for lead in ("Police", "", "Chair", "All agencies", "Audit Group", "JT")]
    counts = [count for name, count, _ in count_owners(objectives) if name.startswith("owner: ")]
    assert sum(counts) == len(objectives) and max(counts) == 1


def test_social_services_share_is_of_what_one_agency_leads_alone() -> None:
    objectives = [led_by(lead) for lead in ("Children's Services", "Police", "Chair")]
    counts = {name: (count, total) for name, count, total in count_owners(objectives)}
    assert counts["single-agency leads held by social services"] == (1, 2)


@pytest.mark.parametrize(
    ("deadline", "quarter"),
    [("2012-03-31", "2012 Q1, January to March"), ("2011-10-01", "2011 Q4, October to December"), ("spring", "")],
)
def test_quarter_of_a_deadline(deadline: str, quarter: str) -> None:
    assert quarter_of(deadline) == quarter


def test_ongoing_is_told_by_the_time_cell_alone() -> None:
    objective = make_objective("Ongoing support for carers", met=())
    cells = (NamedCell("When", "On-going", "timescale"),)
    ongoing = replace(objective, candidate=replace(objective.candidate, cells=cells))
    assert (is_ongoing(ongoing), is_ongoing(objective)) == (True, False)


def test_overdue_is_against_the_papers_own_date() -> None:
    paper = make_paper("minutes.pdf", "Thornmere", (make_objective("Publish the protocol"),))
    name = "deadline: before the paper's own date"
    for dated, count in (("2012-04-01", 1), ("2012-03-31", 0)):
        told = replace(paper, document=replace(paper.document, dated=Known(dated, "title page")))
        assert {each: (c, t) for each, c, t in count_times([told])}[name] == (count, 1)
    assert {each: t for each, _, t in count_times([paper])}[name] == 0
