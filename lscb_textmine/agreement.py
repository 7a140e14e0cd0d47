"""Two people's labels of the same statements in; how far they agree, question by question, and where not, out.

A file is JSON Lines (annotations, or what `classify` and `analyse` write) or a workbook (what `classify` writes, the
sheet Evidence, in which a person's answer goes before the tool's, or any sheet with the same column names). Statements
are paired by identifier, where there is none by their words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lscb_textmine.annotations import is_smart, read_json_lines, read_sheet
from lscb_textmine.errors import InputError
from lscb_textmine.records import CRITERIA, DOMAINS, RESULTS
from lscb_textmine.report.reviewed import NAMES as REVIEWED

QUESTIONS = ("objective", *CRITERIA, "label", "domain", "result", "kind")
NAMES = {
    "objective": ("objective", "statement or not"),
    **{criterion: (criterion, criterion.replace("_", "-"), criterion.replace("_", " ")) for criterion in CRITERIA},
    "label": ("label", "smart or aspirational"),
    "domain": ("primary_domain", "primary domain", "domain"),
    "result": ("result", "result type"),
    "kind": ("kind",),
}
"""What a column may be called for each question, in small letters."""
YES, NO = ("yes", "true", "1", "✓", "met", "y"), ("no", "false", "0", "✗", "not met", "n")
KNOWN = {
    "label": ("smart", "aspirational"), "domain": DOMAINS, "result": RESULTS, "kind": ("none", *RESULTS),
}  # fmt: skip
SHEETS = ("Evidence", "Judged")


@dataclass(frozen=True, slots=True)
class QuestionAgreement:
    """Agreement on one question over the statements that both answered."""

    question: str
    count: int
    same: int
    kappa: float | None
    """Cohen's kappa (1960): agreement beyond what chance gives; None where both gave one and the same answer to all."""

    @property
    def raw(self) -> float:
        """The share of statements on which both gave the same answer."""
        return self.same / self.count


@dataclass(frozen=True, slots=True)
class Difference:
    """A statement on which the two differ in one question."""

    key: str
    text: str
    question: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people's labels agree."""

    questions: tuple[QuestionAgreement, ...]
    differences: tuple[Difference, ...]
    only_left: int
    """Statements that only the first file holds."""
    only_right: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A statement's identifier (`""` for none), its words, and the answers that a person gave about it."""

    id: str
    text: str
    answers: Mapping[str, str]

    @property
    def words(self) -> str:
        """The text with single spaces."""
        return " ".join(self.text.split())


def compare_files(left: Path, right: Path) -> Agreement:
    """The agreement of two files. Raises InputError when one cannot be read or they have no statement in common."""
    first, second = read_answers(left), read_answers(right)
    pairs = pair_statements(first, second)
    if not pairs:
        raise InputError(f"{left} and {right} have no statement in common, neither by id nor by words; compare two "
                         "people's labels of the same statements")  # fmt: skip
    questions = [compare_question(question, pairs) for question in QUESTIONS]
    return Agreement(
        questions=tuple(each for each in questions if each is not None),
        differences=tuple(list_differences(pairs)),
        only_left=len(first) - len(pairs),
        only_right=len(second) - len(pairs),
    )


def pair_statements(first: Sequence[Answered], second: Sequence[Answered]) -> list[tuple[Answered, Answered]]:
    """The statements that both hold: by identifier where both have it, the others by their words, in order where the
    same words stand more than once."""
    by_id = {each.id: each for each in second if each.id}
    pairs = [(each, by_id[each.id]) for each in first if each.id in by_id]
    taken = {id(each) for pair in pairs for each in pair}
    by_words: dict[str, list[Answered]] = {}
    for each in second:
        if id(each) not in taken and each.words:
            by_words.setdefault(each.words, []).append(each)
    for each in first:
        if id(each) not in taken and by_words.get(each.words):
            pairs.append((each, by_words[each.words].pop(0)))
    return pairs


def compare_question(question: str, pairs: Sequence[tuple[Answered, Answered]]) -> QuestionAgreement | None:
    """Agreement on one question, None when no statement was answered by both."""
    answered = [
        (left.answers[question], right.answers[question])
        for left, right in pairs
        if question in left.answers and question in right.answers
    ]
    if not answered:
        return None
    same = sum(left == right for left, right in answered)
    return QuestionAgreement(question, len(answered), same, cohen_kappa(answered))


def cohen_kappa(answered: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of answers, None when chance alone explains everything.

    Cohen, J. (1960), A coefficient of agreement for nominal scales.

    >>> cohen_kappa([("yes", "yes"), ("yes", "no"), ("no", "no"), ("no", "no")])
    0.5
    """
    count = len(answered)
    observed = sum(left == right for left, right in answered) / count
    lefts, rights = Counter(left for left, _ in answered), Counter(right for _, right in answered)
    chance = sum(lefts[answer] * rights[answer] for answer in lefts) / count**2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def list_differences(pairs: Sequence[tuple[Answered, Answered]]) -> Iterator[Difference]:
    """Every question on which the two differ, statement by statement."""
    for left, right in pairs:
        for question in QUESTIONS:
            one, other = left.answers.get(question), right.answers.get(question)
            if one is not None and other is not None and one != other:
                yield Difference(left.id or right.id or left.words, left.text or right.text, question, one, other)


def read_answers(path: Path) -> list[Answered]:
    """The answers in a file, in its order, one for each statement."""
    rows = _workbook_rows(path) if path.suffix.lower() == ".xlsx" else _json_rows(path)
    found = []
    for number, plain in _of_one_hand([(number, _plain_names(row)) for number, row in rows]):
        text = str(plain.get("text") or plain.get("statement") or "")
        told = Answered(str(plain.get("id") or ""), text, _answers(plain, f"{path}, {number}"))
        if (told.id or told.words) and told.answers:
            found.append(told)
    if not found:
        raise InputError(f"{path}: holds no labelled statements; it needs the columns text (or id) and label, "
                         "objective, specific, primary_domain, result or kind")  # fmt: skip
    return found


def _plain_names(row: Mapping[str, Any]) -> dict[str, Any]:
    return {str(name).strip().lower(): value for name, value in row.items()}


def _of_one_hand(rows: Sequence[tuple[str, dict[str, Any]]]) -> Sequence[tuple[str, dict[str, Any]]]:
    """The rows that a person looked at, where somebody looked at any: the others still hold the machine's labels."""
    touched = [(number, row) for number, row in rows if _is_touched(row)]
    return touched or rows


def _is_touched(row: Mapping[str, Any]) -> bool:
    state = str(row.get("state") or "machine").strip().lower()
    return state in ("confirmed", "changed") or any(row.get(name.lower()) for name in REVIEWED.values())


def _answers(row: Mapping[str, Any], where: str) -> dict[str, str]:
    nested = row.get("smart") or row.get("criteria")
    criteria = {name: _met(value) for name, value in nested.items()} if isinstance(nested, Mapping) else {}
    reviewed = {question: row[name.lower()] for question, name in REVIEWED.items() if row.get(name.lower())}
    answers = {}
    for question in QUESTIONS:
        told = [reviewed.get(question), *(row.get(name) for name in NAMES[question])]
        values = [value for value in told if value not in (None, "", "not judged")]
        value = values[0] if values else criteria.get(question)
        if value is not None:
            answers[question] = _answer(question, value, where)
    if reviewed.keys() & set(CRITERIA) and "label" not in reviewed and answers.keys() >= set(CRITERIA):
        smart = is_smart([answers[criterion] == "yes" for criterion in CRITERIA])
        answers["label"] = "smart" if smart else "aspirational"
    if answers.get("objective") == "no":
        answers = {"objective": "no"}  # what is no statement has no other labels, whatever a tool wrote beside it
    return answers


def _met(value: Any) -> Any:
    """What a criterion's value says; None where it was not judged."""
    if not isinstance(value, Mapping):
        return value
    return None if value.get("probability", 1) is None else value.get("met")


def _answer(question: str, value: Any, where: str) -> str:
    words = str(value).strip().lower()
    if question in KNOWN:
        found = next((each for each in KNOWN[question] if words == each), None)
        wanted = ", ".join(KNOWN[question])
    else:
        # a criterion's cell may hold the mark and then the words that decided ("✓ by March")
        found = "yes" if words in YES or words[:1] == "✓" else "no" if words in NO or words[:1] == "✗" else None
        wanted = "yes or no"
    if found is None:
        raise InputError(f"{where}, {NAMES[question][0]}: “{value}” is no answer; give {wanted}")
    return found


def _json_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, row in enumerate(read_json_lines(path), start=1):
        yield f"statement {number}", row


def _workbook_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    title, rows = read_sheet(path, *SHEETS)
    names = ({"text", "statement", "id"}, {name for each in NAMES.values() for name in each})
    for at, row in enumerate(rows):
        header = [str(value or "").strip() for value in row]
        plain = {name.lower() for name in header}
        if all(plain & wanted for wanted in names):
            for number, values in enumerate(rows[at + 1 :], start=at + 2):
                yield f"sheet {title}, row {number}", dict(zip(header, values, strict=False))
            return
