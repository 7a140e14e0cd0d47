"""Papers of meetings in; each action with what became of it, and who was at each meeting by agency, out.

Codebook section 5; report 4.2, 4.5 (attendance), 12 and 4.4 (whether a board sees that its actions are done).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from lscb_textmine.cues import load_cues
from lscb_textmine.measure.same_action import Wording, liken, read_topic, read_wording, stand_in, weigh_words
from lscb_textmine.records import Action, ActionNews, ActionState, Objective, Paper, finding_id

MEETINGS = ("minutes", "action_log")
LEAST = {"log": 0.5, "matters arising": 0.4, "minutes": 0.5, "agreed again": 0.6}
"""Least likeness at which news is of an action, by where it stands: what matters arising says is of some action."""
PRONOUNS = frozenset(("he", "she", "they", "it", "we"))
ORDER = ("log", "matters arising", "minutes", "agreed again")
SAME_NUMBER = 0.2
"""Least likeness of two rows of one number; logs that count from one again give the same numbers to other actions."""
SAME_TOPIC = 0.25
"""Added for an item of the same heading."""
WHOLE_TOPIC = 0.6
"""Likeness of an item of matters arising whose heading of several words stands whole in the action."""
SAME_OWNER = 0.2
"""Added where the owner is the same."""
SHORTEST = {"log": 0.3}
"""A log says an action again in few words: share of the action's words at which it is weighed at least."""
FOLLOWED = 6
"""Papers in which an action is looked for after it was last heard of, and those before a log's row for where it was."""
RESTATED = 0.6
"""Least likeness of a log's row to an earlier action for it to be that action and no new one."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action where it was first agreed, with its words weighed for comparison."""

    objective: Objective
    wording: Wording
    reference: str
    topics: tuple[Wording, ...] = ()
    """What its item is headed, and the heading above."""


def follow_actions(papers: Sequence[Paper]) -> tuple[Action, ...]:
    """Every action of minutes and action logs with what later minutes of the same body say of it, in order.

    An action is listed where it was first agreed; a log's row that repeats it is news of it. The last paper that
    speaks of it decides: "carried forward" or "closed"; "not seen again" when later minutes are silent, "agreed" when
    none were read.
    """
    actions: list[Action] = []
    bodies: dict[tuple[str, str], list[Paper]] = {}
    for paper in papers:
        if paper.document.doc_type.value in MEETINGS:
            bodies.setdefault((paper.document.board_name, name_body(paper)), []).append(paper)
    for together in bodies.values():
        actions += _follow(sorted(together, key=_when))
    places = {paper.document.path: i for i, paper in enumerate(papers)}
    order = {each.id: i for i, each in enumerate(actions)}
    paths = {_action_id(paper, each): paper.document.path for paper in papers for each in paper.objectives}
    return tuple(sorted(actions, key=lambda action: (places[paths[action.id]], order[action.id])))


def name_body(paper: Paper) -> str:
    """The sub-group or executive whose paper it is, by file name and title; `""` for the board itself.

    >>> from lscb_textmine.records import Document
    >>> name_body(Paper(Document("MSCB Training Sub-group minutes.docx", "", "docx")))
    'training sub group'
    """
    cues = load_cues("lscb_textmine.measure", "meetings.toml")
    for text in (paper.document.name, paper.document.title):
        if hits := cues.find(text, "body"):
            words = text[hits[0].start : hits[0].end].lower().replace("-", " ").split()
            return " ".join(word for word in words if len(word) > 4 or word in ("sub", "exec", "cse")) or " ".join(
                words
            )
    return ""


def _when(paper: Paper) -> tuple[str, bool, str]:
    document = paper.document
    return document.dated.value or document.year.value, document.doc_type.value == "action_log", document.path


def _follow(papers: Sequence[Paper]) -> list[Action]:
    """The actions of one body's papers, oldest first."""
    actions: list[Action] = []
    for i, paper in enumerate(papers):
        later = [each for each in papers[i + 1 :] if each.document.dated.value and paper.document.dated.value]
        earlier = papers[max(0, i - FOLLOWED) : i]
        agreed = [
            each for each in (_agree(each, paper) for each in paper.objectives) if not _is_repeated(each, earlier)
        ]
        actions += _hear_all(agreed, [_first_word(each, paper) for each in agreed], later)
    return actions


def _agree(objective: Objective, paper: Paper) -> Agreed:
    candidate, place = objective.candidate, objective.candidate.place
    reference = candidate.cell_text("reference") if _is_log_row(objective) else ""
    around = [
        each.topic
        for each in paper.news
        if place and each.place and (each.place.block, each.place.row) == (place.block, place.row)
    ]
    topics = [read_topic(topic) for topic in dict.fromkeys((*around, *candidate.headings[-1:])) if topic]
    return Agreed(objective, read_wording(candidate.text), reference.strip(), tuple(topics))


def _is_log_row(objective: Objective) -> bool:
    return any(cell.role in ("progress", "status") for cell in objective.candidate.cells)


def _is_repeated(agreed: Agreed, earlier: Sequence[Paper]) -> bool:
    """Whether a row of a log repeats an action of an earlier paper."""
    if not _is_log_row(agreed.objective):
        return False
    before = [_agree(objective, paper) for paper in earlier for objective in paper.objectives]
    weights = weigh_words([agreed.wording, *(each.wording for each in before)])
    lead = agreed.objective.candidate.cell_text("lead")
    row = ActionNews(agreed.objective.candidate.text, source="log", reference=agreed.reference, owner=lead)
    return any(_likeness(each, row, agreed.wording, weights) >= RESTATED for each in before)


def _first_word(agreed: Agreed, paper: Paper) -> Action:
    """The action as its own paper has it; a row of a log tells its state at once."""
    action = _make_action(agreed.objective, paper)
    if not _is_log_row(agreed.objective):
        return action
    own = next((news for news in paper.news if news.source == "log" and news.text == action.text), None)
    return _tell(action, own, paper) if own and own.state else action


def _make_action(objective: Objective, paper: Paper) -> Action:
    candidate, document = objective.candidate, paper.document
    return Action(
        id=_action_id(paper, objective),
        board=document.board_name,
        document=document.name,
        meeting=document.dated.value or document.name,
        text=candidate.text,
        owner=candidate.owner or ("" if objective.lead.lower() in PRONOUNS else objective.lead),
        due=due_date(objective, document.dated.value),
        page=candidate.page,
    )


def _action_id(paper: Paper, objective: Objective) -> str:
    return finding_id(paper.document.sha256, objective.candidate.place, objective.candidate.text)


def due_date(objective: Objective, meeting: str) -> str:
    """When the action falls due; a month without a year is the first one after the meeting that agreed it."""
    due, words = objective.deadline, f"{objective.candidate.text} {objective.candidate.cell_text('timescale')}"
    dated = len(due) == 10 and due[:4].isdigit() and due[4] == "-"
    if not dated or not meeting or due >= meeting[: len(due)] or due[:4] in words or f"{due[2:4]}" in words.split():
        return due
    if any(f"{mark}{due[2:4]}" in words for mark in ("/", ".", "’", "'", "-")):
        return due
    return f"{int(due[:4]) + 1}{due[4:]}" if due[5:] != "02-29" else due


def _hear_all(agreed: Sequence[Agreed], told: Sequence[Action], later: Sequence[Paper]) -> list[Action]:
    """The actions of a paper with the last that later ones say of each; one that is closed stays so."""
    heard = [replace(each, state="not seen again") if later and _is_silent(each) else each for each in told]
    last = dict.fromkeys(range(len(heard)), 0)
    for step, paper in enumerate(later, start=1):
        live = [i for i, each in enumerate(heard) if each.state != "closed" and step - last[i] <= FOLLOWED]
        best = _match([agreed[i] for i in live], paper) if live else {}
        for k, news in best.items():
            heard[live[k]], last[live[k]] = _tell(heard[live[k]], news, paper), step
    return [replace(each, seen_in="", because="") if each.state == "not seen again" else each for each in heard]


def _is_silent(action: Action) -> bool:
    """Whether nothing was heard of an action but that it is open in its own paper."""
    return action.state == "agreed" or (action.state == "carried forward" and action.seen_in == action.document)


def _agreed_again(paper: Paper) -> list[ActionNews]:
    """The later paper's own new actions: the same thing promised anew was not done."""
    return [
        ActionNews(each.candidate.text, each.candidate.text, "carried forward", each.candidate.page)
        for each in paper.objectives
        if not _is_log_row(each)
    ]


def _match(agreed: Sequence[Agreed], paper: Paper) -> dict[int, ActionNews]:
    """For each action the news in a later paper that is surely of it: logs before matters arising before the rest.

    A row of a log is of one action alone, the one that it is likest to.
    """
    news = [*paper.news, *_agreed_again(paper)]
    wordings = [read_wording(f"{each.text} {each.status}" if each.source == "log" else each.text) for each in news]
    weights = weigh_words([*wordings, *(each.wording for each in agreed)])
    pairs = []
    for j, (each, wording) in enumerate(zip(news, wordings, strict=True)):
        kind = "agreed again" if each.status == each.text and each.place is None else each.source
        for i, action in enumerate(agreed):
            likeness = _likeness(action, each, wording, weights)
            if likeness >= LEAST[kind]:
                pairs.append((ORDER.index(kind), -likeness, i, j))
    best: dict[int, ActionNews] = {}
    taken: set[int] = set()
    for rank, _, i, j in sorted(pairs):
        if i not in best and (rank or j not in taken):
            best[i] = news[j]
            taken.add(j)
    return best


def _likeness(agreed: Agreed, news: ActionNews, wording: Wording, weights: dict[str, float]) -> float:
    likeness = liken(agreed.wording, wording, weights, least=SHORTEST.get(news.source, 0.6))
    if news.reference and news.reference == agreed.reference and likeness >= SAME_NUMBER:
        return 1.0
    shares_owner = _shares_owner(agreed, news)
    if likeness and shares_owner:
        likeness += SAME_OWNER
    topic = read_topic(news.topic)
    if likeness and any(_is_same_topic(topic, other) for other in agreed.topics):
        likeness += SAME_TOPIC
    if news.source == "matters arising" and (len(topic.words) > 1 or shares_owner):
        likeness = max(likeness, WHOLE_TOPIC if stand_in(topic.words, agreed.wording.words) else 0.0)
    return likeness


def _shares_owner(agreed: Agreed, news: ActionNews) -> bool:
    """Whether a row of a log has the action's owner, or an item of matters arising names them."""
    owner = agreed.objective.candidate.cell_text("lead") or agreed.objective.lead
    given = news.owner or (news.text if news.source == "matters arising" else "")
    opening = re.match(r"(?:[A-Z]{2,3}\b(?:,? | and | ?[/&] ?)?)*", agreed.objective.candidate.text)
    return bool(
        ({*re.findall(r"[A-Z]\w+", owner), *_names(opening[0] if opening else "")} - {"The", "Board", "Chair", "All"})
        & _names(given)
    )


def _names(owner: str) -> set[str]:
    return set(re.findall(r"[A-Z]\w+", owner))


def _is_same_topic(one: Wording, other: Wording) -> bool:
    return stand_in(one.words, other.words) or stand_in(other.words, one.words)


def _tell(action: Action, news: ActionNews, paper: Paper) -> Action:
    state: ActionState = news.state or "carried forward"
    return replace(action, state=state, seen_in=paper.document.name, because=news.status or news.text)
