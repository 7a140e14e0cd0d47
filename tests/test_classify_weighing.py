"""Rules and model together: who decides a criterion, what is quoted, what follows, and when a person should look."""

from __future__ import annotations

import numpy
import pytest

from lscb_textmine.classify import is_unsure, load_limits
from lscb_textmine.classify.encoder import Encoder, Place, TokenScores
from lscb_textmine.classify.linear import LinearModel, Part, Reading
from lscb_textmine.classify.weighing import judge_criterion, judge_label
from lscb_textmine.records import CRITERIA, Candidate, Judgement

NO_ENCODER = Encoder(b"", "[UNK]", ("specific",))


def reading_of(text: str, scores: list[float]) -> Reading:
    """A reading whose words say these scores for "specific", a score a word."""
    reading = Reading(Candidate(text), NO_ENCODER)
    starts = [sum(len(word) + 1 for word in text.split()[:i]) for i in range(len(text.split()))]
    places = [Place(start, start + len(word), "text") for start, word in zip(starts, text.split(), strict=True)]
    reading.seen = TokenScores(numpy.array(scores)[:, None], places)
    return reading


def model(weight: float) -> LinearModel:
    part = Part("encoder", binary=False, scaled=False, shares={"specific": 1.0}, weights={"specific": (weight,)})
    return LinearModel("specific", ("no", "yes"), (part,), (0.0,))


def criteria(*met: str, sure: float = 0.9) -> list[Judgement]:
    return [Judgement(name, "yes" if name in met else "no", sure) for name in CRITERIA]


def test_rule_and_model_agree_and_the_rule_is_quoted() -> None:
    judgement = judge_criterion("specific", reading_of("Publish the leaflet", [2, 2, 2]), model(1.0))
    assert (judgement.answer, judgement.by) == ("yes", "rule")
    assert judgement.because[0].text == "Publish"


def test_model_against_the_rule_quotes_its_loudest_words() -> None:
    judgement = judge_criterion("specific", reading_of("Online safety matters", [0, 6, 0]), model(1.0))
    assert (judgement.answer, judgement.by) == ("yes", "model")
    assert [reason.text for reason in judgement.because] == ["safety"]
    assert "no rule shows it" in judgement.note


def test_model_may_overrule_what_a_rule_saw_and_says_what() -> None:
    judgement = judge_criterion("specific", reading_of("Publish the leaflet", [-3, -3, -3]), model(1.0))
    assert (judgement.answer, judgement.by) == ("no", "model")
    assert judgement.note == "“Publish” alone does not show it"


@pytest.mark.parametrize(
    ("met", "label"),
    [
        (("specific", "measurable", "time_limited", "achievable"), "SMART"),
        (("specific", "measurable", "time_limited", "realistic"), "SMART"),
        (("specific", "measurable", "time_limited"), "aspirational"),
        (("specific", "measurable", "achievable", "realistic"), "aspirational"),
    ],
)
def test_label_follows_from_the_criteria(met: tuple[str, ...], label: str) -> None:
    assert judge_label(criteria(*met)).answer == label


def test_probability_of_the_label_is_the_product_of_what_it_needs() -> None:
    judgement = judge_label(criteria("specific", "measurable", "time_limited", "achievable"))
    assert judgement.probability == pytest.approx(0.9**3 * (1 - 0.1 * 0.9))


def test_person_should_look_below_the_limit_of_a_question_and_not_at_what_a_person_said() -> None:
    limit = load_limits()["domain"]
    assert is_unsure([Judgement("domain", "delivery", limit - 0.01, by="model")])
    assert not is_unsure([Judgement("domain", "delivery", limit + 0.01, by="model")])
    assert not is_unsure([Judgement("domain", "delivery", 0.0, by="person")])
