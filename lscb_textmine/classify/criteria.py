"""A candidate in; what the rules say of the five SMART criteria with the deciding words, its deadline and lead, out.

Each criterion is looked at on its own, over the words, the governing heading and the row's cells (codebook section 2,
after note 2 of the joint inspection report). The models weigh these verdicts with what else they see.
"""

from __future__ import annotations

from dataclasses import dataclass

from lscb_textmine.classify.bounds import judge_realistic
from lscb_textmine.classify.deadlines import judge_time
from lscb_textmine.classify.evidence import gather_evidence
from lscb_textmine.classify.measures import judge_measurable
from lscb_textmine.classify.owners import judge_owner
from lscb_textmine.classify.specific import judge_specific
from lscb_textmine.classify.verdicts import Verdict
from lscb_textmine.records import CRITERIA, Candidate


@dataclass(frozen=True, slots=True)
class CriteriaFinding:
    """The rules' five verdicts in the order of `records.CRITERIA`, with what the reports show beside them."""

    verdicts: tuple[Verdict, ...]
    deadline: str = ""
    """ISO date, or the words where no date can be told, or `""`."""
    lead: str = ""
    measure: str = ""

    def verdict(self, criterion: str) -> Verdict:
        """The verdict on one criterion."""
        return self.verdicts[CRITERIA.index(criterion)]


def judge_criteria(candidate: Candidate) -> CriteriaFinding:
    """The five SMART criteria as the rules see them."""
    evidence = gather_evidence(candidate)
    specific = judge_specific(evidence)
    measurable = judge_measurable(evidence)
    owner, time = judge_owner(candidate), judge_time(candidate)
    realistic = judge_realistic(evidence, specific, measurable)
    verdicts = (specific, measurable, owner, realistic, time)
    return CriteriaFinding(verdicts, deadline=time.value, lead=owner.value, measure=measurable.value)
