"""A candidate in; the five SMART criteria with the deciding words, and its deadline, lead and measure, out.

Each criterion is decided on its own by rules over the words, the governing heading and the row's cells (codebook
section 2, after note 2 of the joint inspection report).
"""

from __future__ import annotations

from dataclasses import dataclass

from lscb_textmine.classify.bounds import judge_realistic
from lscb_textmine.classify.deadlines import judge_time
from lscb_textmine.classify.evidence import gather_evidence
from lscb_textmine.classify.measures import judge_measurable
from lscb_textmine.classify.owners import judge_owner
from lscb_textmine.classify.specific import judge_specific
from lscb_textmine.classify.verdicts import to_judgement
from lscb_textmine.records import CRITERIA, Candidate, Judgement


@dataclass(frozen=True, slots=True)
class CriteriaFinding:
    """The five judgements in the order of `records.CRITERIA`, with what the reports show beside them."""

    judgements: tuple[Judgement, ...]
    deadline: str = ""
    """ISO date, or the words where no date can be told, or `""`."""
    lead: str = ""
    measure: str = ""


def judge_criteria(candidate: Candidate) -> CriteriaFinding:
    """The five SMART criteria decided for a candidate."""
    evidence = gather_evidence(candidate)
    specific = judge_specific(evidence)
    measurable = judge_measurable(evidence)
    owner, time = judge_owner(candidate), judge_time(candidate)
    realistic = judge_realistic(evidence, specific, measurable)
    verdicts = (specific, measurable, owner, realistic, time)
    judgements = tuple(to_judgement(*pair) for pair in zip(CRITERIA, verdicts, strict=True))
    return CriteriaFinding(judgements, deadline=time.value, lead=owner.value, measure=measurable.value)
