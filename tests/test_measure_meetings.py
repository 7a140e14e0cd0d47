"""What became of actions, and who was there: on pairs of minutes, on the papers of the corpora, on records by hand."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from studies import make_objective, make_paper

from lscb_textmine.find.people import owner_in_full
from lscb_textmine.inputs import gather_requests
from lscb_textmine.measure import count_attendance, follow_actions
from lscb_textmine.measure.attendance import spell_agencies
from lscb_textmine.measure.same_action import liken, read_wording, weigh_words
from lscb_textmine.models import load_models
from lscb_textmine.pipeline import study
from lscb_textmine.records import ActionNews, Attendee, Known, Paper, Study

ROOT = Path(__file__).resolve().parent.parent
PAIRS = tomllib.loads((Path(__file__).parent / "followed_minutes.toml").read_text(encoding="utf-8"))["pair"]
FOLLOWED = [path for path in sorted((ROOT / "corpora").rglob("*.gold.json")) if '"followed"' in path.read_text("utf-8")]
INITIALS = re.compile(r"([A-Z]{2,3}(?: (?:and|/) [A-Z]{2,3})*) (?:to|will|would|undertook|agreed)\b")


@cache
def study_of(folder: Path) -> Study:
    requests, _ = gather_requests([folder])
    return study([each for each in requests if "inutes" in each.path], load_models(), jobs=1)


def plain(text: str) -> str:
    return "".join(re.findall(r"\w", text.lower()))


def make_minutes(name: str, day: str, *texts: str, news: tuple[ActionNews, ...] = ()) -> Paper:
    objectives = tuple(make_objective(text, met=(), start=i) for i, text in enumerate(texts))
    paper = make_paper(f"papers/{name}", "Thornmere Safeguarding Children Board", objectives, year=day[:4])
    document = replace(paper.document, doc_type=Known("minutes"), dated=Known(day, "title page"))
    return replace(paper, document=document, news=news)


def states(*papers: Paper) -> list[str]:
    return [action.state for action in follow_actions(papers)]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["board"])
def test_actions_followed_through_a_pair_of_minutes(pair: dict[str, Any], tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / f"{name} minutes.md").write_text(pair[name].strip(), encoding="utf-8")
    found = {action.text: action.state for action in study_of(tmp_path).actions}
    wrong = {text: found.get(text) for text, state in pair["followed"].items() if found.get(text) != state}
    assert len(wrong) <= 0.15 * len(pair["followed"]), wrong


@pytest.mark.parametrize("path", FOLLOWED, ids=lambda path: path.stem)
def test_actions_followed_in_the_corpora(path: Path) -> None:
    wanted = json.loads(path.read_text(encoding="utf-8"))["followed"]
    found = {plain(action.text): action for action in study_of(path.parent).actions}
    wrong = {text: state for text, state in wanted.items() if found[plain(text)].state != state}
    assert len(wrong) <= 0.05 * len(wanted), wrong
    for action in found.values():
        assert bool(action.because) == bool(action.seen_in) == (action.state in ("carried forward", "closed"))


def owner_in_gold(statement: dict[str, Any]) -> str:
    """The owner as the paper gives it: in its cell, behind the sentence, or as the initials that open it."""
    cells, doers = statement["cells"], INITIALS.match(statement["text"])
    alone = cells.get("Action", "") if len(cells) == 1 else ""
    return (
        next((cells[name] for name in ("Owner", "ACTION", "Action / Who") if name in cells), "")
        or alone
        or (doers[1] if doers else "")
    )


def owners(folder: Path) -> tuple[int, int, list[str]]:
    """Actions of the gold found with their owner, those that have one, and what was wrong."""
    total, wrong = 0, []
    for paper in study_of(folder).papers:
        path = Path(paper.document.path)
        gold = json.loads((path.parent / f"{path.stem}.gold.json").read_text(encoding="utf-8"))["statements"]
        found = {plain(action.text): action.owner for action in follow_actions([paper])}
        for statement in gold:
            if owner := owner_in_gold(statement):
                total += 1
                wanted, given = (
                    owner_in_full(owner, paper.attendance) or owner,
                    found.get(plain(statement["text"]), "none"),
                )
                if plain(wanted) != plain(given):
                    wrong.append(f"{statement['text']}: {given}, not {wanted}")
    return total - len(wrong), total, wrong


@pytest.mark.parametrize("board", ["marlham", "penrhyn-celyg"])
def test_owners_of_the_corpora(board: str) -> None:
    right, total, wrong = owners(ROOT / "corpora" / board)
    assert right >= 0.9 * total, wrong


def test_owners_of_cwm_arthen(shared: Path) -> None:
    right, total, wrong = owners(shared / "documents" / "cwm-arthen")
    assert right >= 0.9 * total, wrong


TASK = "Publish the neglect protocol for schools"


def test_an_action_alone_is_agreed() -> None:
    assert states(make_minutes("a", "2012-01-10", TASK)) == ["agreed"]


def test_silence_of_later_minutes_and_word_of_them() -> None:
    first = make_minutes("a", "2012-01-10", TASK)
    done = ActionNews(
        "The neglect protocol had been published.", "had been published", "closed", source="matters arising"
    )
    assert states(first, make_minutes("b", "2012-04-10")) == ["not seen again"]
    assert states(first, make_minutes("b", "2012-04-10", news=(done,))) == ["closed"]
    assert states(make_minutes("b", "2011-04-10", news=(done,)), first) == ["agreed"]


def test_what_is_closed_stays_closed_and_what_is_carried_forward_may_close_later() -> None:
    still = ActionNews(TASK, "Open", "carried forward", source="log")
    done = replace(still, status="Closed", state="closed")
    first, second, third = (
        make_minutes("a", "2012-01-10", TASK),
        make_minutes("b", "2012-04-10", news=(still,)),
        make_minutes("c", "2012-07-10", news=(done,)),
    )
    (action,) = follow_actions((third, first, second))
    assert (action.state, action.seen_in, action.because) == ("closed", "c", "Closed")
    assert states(first, replace(third, document=replace(third.document, dated=Known("2012-03-01"))), second) == [
        "closed"
    ]


def test_minutes_of_a_sub_group_say_nothing_of_the_boards_actions() -> None:
    done = ActionNews(TASK, "Closed", "closed", source="log")
    assert states(
        make_minutes("a", "2012-01-10", TASK), make_minutes("Training sub-group", "2012-02-10", news=(done,))
    ) == ["agreed"]


def test_a_month_without_a_year_comes_after_the_meeting() -> None:
    paper = make_minutes("a", "2013-12-11", TASK)
    due = replace(paper.objectives[0], deadline="2013-01-31")
    candidate = replace(due.candidate, text="Publish it in January", cells=())
    moved = replace(paper, objectives=(replace(due, candidate=candidate),))
    named = replace(paper, objectives=(replace(due, candidate=replace(candidate, text="Publish it in January 2013")),))
    assert [follow_actions([each])[0].due for each in (moved, named)] == ["2014-01-31", "2013-01-31"]


@pytest.mark.parametrize(
    ("action", "news"),
    [
        ("NT to speak to the Arcade Proprietors", "NT had spoken to the Arcade Proprietors."),
        ("LH to speak to HP about school holi days", "LH had spoken to HP about the school holidays"),
        ("BR to write to the Chief Executives", "Letters to the Chief Executives"),
    ],
)
def test_one_deed_in_other_words(action: str, news: str) -> None:
    one, other = read_wording(action), read_wording(news)
    assert liken(one, other, weigh_words([one, other])) >= 0.8


def test_likeness_lies_between_nothing_and_one() -> None:
    texts = [text for pair in PAIRS for text in pair["followed"]]
    wordings = [read_wording(text) for text in texts]
    weights = weigh_words(wordings)
    for i, one in enumerate(wordings):
        likenesses = [liken(one, other, weights) for other in wordings]
        assert all(0 <= likeness <= 1 for likeness in likenesses) and likenesses[i] == 1


def attended(*papers: Paper) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    return {
        (each.agency, each.meeting): (each.present, each.apologies, each.absent, each.deputy)
        for each in count_attendance(papers)
    }


def test_agencies_by_meetings() -> None:
    first = replace(
        make_minutes("a", "2012-01-10"),
        attendance=(
            Attendee("Ann Oak", agency="Thornmere Police"),
            Attendee("Bob Elm", agency="Thornmere Police", status="apologies"),
            Attendee("Cai Ash", agency="Probation Trust", deputises="Dee Fir"),
        ),
    )
    second = replace(
        make_minutes("b", "2012-04-10"),
        attendance=(
            Attendee("Ann Oak", agency="Thornmere Police", status="absent"),
            Attendee("Eve Yew", agency="Probation Service"),
        ),
    )
    assert attended(first, second) == {
        ("Probation Service", "2012-01-10"): (0, 0, 0, 1),
        ("Probation Service", "2012-04-10"): (1, 0, 0, 0),
        ("Thornmere Police", "2012-01-10"): (1, 1, 0, 0),
        ("Thornmere Police", "2012-04-10"): (0, 0, 1, 0),
    }
    assert count_attendance((second, first)) == count_attendance((first, second))


def test_a_meeting_listed_again_counts_once() -> None:
    own = replace(make_minutes("a", "2012-01-10"), attendance=(Attendee("Ann Oak", agency="Police"),))
    listed = Attendee("", agency="Police", status="absent", meeting="2012-01-10")
    table = replace(make_minutes("b", "2012-04-10"), attendance=(listed, replace(listed, meeting="2011-10-04")))
    assert attended(own, table) == {("Police", "2012-01-10"): (1, 0, 0, 0), ("Police", "2011-10-04"): (0, 0, 1, 0)}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Children’s Services", "Childrens Services", True),
        ("Marlham County Council", "Marlham Council", True),
        ("East Marl CCG", "West Marl CCG", False),
        ("Youth Service", "Youth Offending Service", False),
        ("Health Board", "Local Health Board", True),
    ],
)
def test_spellings_of_an_agency(one: str, other: str, same: bool) -> None:
    assert (len(set(spell_agencies([one, other]).values())) == 1) is same
