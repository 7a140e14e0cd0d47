"""Welsh statements: told from look-alikes, their time, owner and numbers, by Welsh cues alone."""

from __future__ import annotations

import pytest

from lscb_textmine.classify.welsh import judge_welsh_criteria, judge_welsh_objective
from lscb_textmine.records import Candidate, Judgement, NamedCell


def welsh(text: str, **known: object) -> Candidate:
    return Candidate(text, language="cy", **known)  # type: ignore[arg-type]


def criterion(candidate: Candidate, name: str) -> Judgement | None:
    return next((each for each in judge_welsh_criteria(candidate)[0] if each.question == name), None)


@pytest.mark.parametrize(
    "text",
    [
        "Bydd y Bwrdd yn cyhoeddi canllaw i rieni maeth.",
        "Datblygu protocol ar y cyd â’r ysgolion",
        "Cytunwyd y byddai GP yn ysgrifennu at y penaethiaid.",
        "Llai o blant yn cael eu niweidio eto",
    ],
)
def test_statement(text: str) -> None:
    assert judge_welsh_objective(welsh(text)).answer == "yes"


@pytest.mark.parametrize(
    "text",
    [
        "Cyflwynwyd yr adroddiad blynyddol gan y Cadeirydd.",
        "Mae Deddf Plant 2004 yn gosod dyletswydd ar bob asiantaeth.",
        "Diben y ddogfen hon yw disgrifio’r trefniadau.",
        "Yn bresennol: GP, HE, NW",
    ],
)
def test_look_alike_with_its_words(text: str) -> None:
    judgement = judge_welsh_objective(welsh(text))
    assert judgement.answer == "no" and judgement.because


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("Cyhoeddi’r canllaw erbyn 31 Mawrth 2012", "2012-03-31"),
        ("Cyflwyno’r adroddiad ym mis Medi 2011", "2011-09-30"),
        ("Adrodd i’r Bwrdd bob chwarter", "bob chwarter"),
        ("Ymateb o fewn chwe wythnos", "o fewn chwe wythnos"),
    ],
)
def test_time_and_deadline(text: str, deadline: str) -> None:
    judgements, found = judge_welsh_criteria(welsh(text))
    assert judgements[-1].answer == "yes" and found == deadline


@pytest.mark.parametrize("cell", ["Parhaus", "I’w gadarnhau", ""])
def test_open_time_cell_is_no_time(cell: str) -> None:
    candidate = welsh("Gwella’r wefan", cells=(NamedCell("Erbyn pryd", cell, "timescale"),))
    judgement = criterion(candidate, "time_limited")
    assert judgement and judgement.answer == "no"


@pytest.mark.parametrize(("lead", "answer"), [("Is-grŵp Hyfforddiant", "yes"), ("GP", "yes"), ("Pob asiantaeth", "no")])
def test_owner_in_the_lead_cell(lead: str, answer: str) -> None:
    candidate = welsh("Gwella’r wefan", cells=(NamedCell("Arweinydd", lead, "lead"),))
    judgement = criterion(candidate, "achievable")
    assert judgement and judgement.answer == answer


def test_number_is_quoted_and_without_one_measurable_is_not_judged() -> None:
    judgement = criterion(welsh("Hyfforddi 120 o staff"), "measurable")
    assert judgement and judgement.because[0].text == "120 o staff"
    assert criterion(welsh("Hyfforddi staff"), "measurable") is None
