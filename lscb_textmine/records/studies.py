"""What was found in each paper, what it comes to for each board, and everything that one run found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lscb_textmine.records.papers import Document, Place, Problem, finding_id
from lscb_textmine.records.statements import Objective, Sentence

FEWEST_TO_COMPARE = 10
"""Below this many, the interval of a share is wider than any difference between boards that would matter."""
Status = Literal["present", "apologies", "absent", "deputy"]
ActionState = Literal["agreed", "carried forward", "closed", "not seen again"]
NewsState = Literal["", "carried forward", "closed"]
Change = Literal[
    "unchanged", "reworded", "deadline moved", "owner changed", "reported done", "no progress told", "dropped"
]
Audience = Literal["chair", "members", "sub-group chairs", "business manager"]
Sheet = Literal["Evidence", "Language", "Challenge", "Attendance", "Actions", "Objectives over time", "Papers"]


@dataclass(frozen=True, slots=True)
class Attendee:
    """One person at one meeting."""

    name: str
    role: str = ""
    agency: str = ""
    status: Status = "present"
    initials: str = ""
    meeting: str = ""
    """ISO date of the column where the table has several, its name where no date can be told; else `""`: the meeting of
    the paper itself."""
    page: int | None = None
    deputises: str = ""
    """Whom this person stood in for, as the paper puts it."""


@dataclass(frozen=True, slots=True)
class AgencyMeeting:
    """How many people of an agency were at a meeting, sent apologies, were absent, or stood in for a member."""

    board: str
    agency: str
    meeting: str
    """ISO date with the sub-group in brackets ("2013-09-11 (executive)"), or the paper's name where it gives none."""
    present: int = 0
    apologies: int = 0
    absent: int = 0
    deputy: int = 0

    @property
    def attended(self) -> bool:
        """Whether the agency was there, by a member or a deputy."""
        return bool(self.present or self.deputy)


@dataclass(frozen=True, slots=True)
class ActionNews:
    """What minutes say of an action agreed before: in matters arising, in an action log, or beside its mark."""

    text: str
    """The words that tell which action: the log's own wording, or the item under matters arising."""
    status: str = ""
    """The words that tell what became of it, `""` where it is only mentioned."""
    state: NewsState = ""
    """What those words come to."""
    page: int | None = None
    place: Place | None = None
    source: Literal["log", "matters arising", "minutes"] = "minutes"
    reference: str = ""
    """The action's number as the log prints it ("06/3"), `""` for none."""
    owner: str = ""
    """As the log's row has it."""
    topic: str = ""
    """What the item is headed: its own first words ("Port protocol"), else the heading above."""


def attendee_id(sha256: str, attendee: Attendee) -> str:
    """The identifier of one person's entry at one meeting."""
    return finding_id(sha256, None, f"{attendee.meeting}|{attendee.name}")


@dataclass(frozen=True, slots=True)
class Readability:
    """How hard a paper's English running text is to read (Welsh is left out)."""

    words: int
    sentences: int
    reading_ease: float
    """Flesch (1948): higher is easier; 60 to 70 is plain English."""
    grade: float
    """Flesch-Kincaid grade (Kincaid et al. 1975): years of school in the United States."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Words in a finding that may name a child or family or tell who they are."""

    kind: str
    """"name", "date of birth", "NHS number", "address", "case number", ..."""
    text: str
    finding: str = ""
    """The identifier of the statement or sentence."""
    source: str = "text"
    """"text", "heading", or the column's name."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document and what was found in it, with the long texts left behind: what the reports need."""

    document: Document
    """Without blocks once the statements were taken from it."""
    objectives: tuple[Objective, ...] = ()
    rejected: tuple[Objective, ...] = ()
    """Candidates that were turned down, with the judgement that says why."""
    words: int = 0
    attendance: tuple[Attendee, ...] = ()
    news: tuple[ActionNews, ...] = ()
    """What minutes say of actions agreed before."""
    results: tuple[Sentence, ...] = ()
    """Sentences of running text that speak of results, with their phrases."""
    challenge: tuple[Sentence, ...] = ()
    """Sentences of minutes in which one agency is challenged by another."""
    readability: Readability | None = None
    """None for a paper with too little English running text."""
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure for a board: count over total with its interval, so that a share never stands alone."""

    board: str
    """`""` for all boards together."""
    name: str
    count: float
    total: float
    low: float
    high: float
    year: str = ""
    document: str = ""

    @property
    def enough(self) -> bool:
        """Whether there are enough to compare this share with another board's."""
        return self.total >= FEWEST_TO_COMPARE

    @property
    def share(self) -> float | None:
        """Count over total, None when there is nothing to count over."""
        return self.count / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Action:
    """An action of minutes, and what became of it in the next ones."""

    id: str
    """The identifier of its statement."""
    board: str
    document: str
    meeting: str
    """ISO date, or the paper's name where it gives none."""
    text: str
    owner: str = ""
    due: str = ""
    state: ActionState = "agreed"
    """"agreed" where no later minutes of the same body were read."""
    seen_in: str = ""
    """The later paper that tells its state."""
    because: str = ""
    """The words there that tell it."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """One place at which an objective stands."""

    id: str
    """The identifier of its statement."""
    document: str
    sha256: str
    doc_type: str
    year: str
    page: int | None
    text: str
    lead: str = ""
    deadline: str = ""
    progress: str = ""
    """What the row's progress and status cells say."""


@dataclass(frozen=True, slots=True)
class Step:
    """What changed from one sighting of an objective to the next."""

    change: Change
    before: str = ""
    after: str = ""
    sighting: int = 1
    """Index of the later sighting; for "dropped", of the last one."""


@dataclass(frozen=True, slots=True)
class Thread:
    """One objective over time: its sightings in the papers of a board, oldest first, and what changed between them."""

    board: str
    sightings: tuple[Sighting, ...]
    steps: tuple[Step, ...] = ()
    likeness: float = 1.0
    """The least likeness between sightings that were joined, 0 to 1."""


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A row of the workbook that a finding rests on."""

    sheet: Sheet
    id: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a board's papers show of one thing that the inspection looked for: a figure with the rows behind it."""

    board: str
    key: str
    title: str
    factor: str
    """One of the report's seven factors (9-19)."""
    definition: str
    paragraph: str
    """Of the joint inspection report (2011): "2.1", "12, 4.3"."""
    count: float
    total: float
    finding: str
    """The figure in one plain sentence."""
    evidence: tuple[EvidenceRow, ...] = ()
    low: float = 0.0
    high: float = 1.0


@dataclass(frozen=True, slots=True)
class Enquiry:
    """A question for the visit that follows from findings."""

    board: str
    key: str
    audience: Audience
    question: str
    because: str
    """The finding that raises it, in one sentence."""
    domain: str = ""
    raised_by: tuple[EvidenceRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How often the tool gave a question's answer right where people's labels are known."""

    question: str
    """"objective", "SMART", a criterion, "domain", "result", ..."""
    measured_on: str
    """What it was measured on: "boards not seen", "published papers, re-worded"."""
    examples: int
    right: float
    kappa: float
    """Cohen's kappa: agreement beyond chance."""


@dataclass(frozen=True, slots=True)
class Study:
    """Everything one run found: what the reports are made from."""

    papers: tuple[Paper, ...]
    measures: tuple[Measure, ...] = ()
    problems: tuple[Problem, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    models: tuple[tuple[str, str], ...] = ()
    """Name and digest of each model used."""
    threads: tuple[Thread, ...] = ()
    actions: tuple[Action, ...] = ()
    attendance: tuple[AgencyMeeting, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    enquiries: tuple[Enquiry, ...] = ()
    accuracy: tuple[Accuracy, ...] = ()
    """Of the models used, as far as it was measured."""
