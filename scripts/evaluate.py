"""Measure the models on boards that they did not learn from, and write `models/EVALUATION.md` with its figures
and `models/accuracy.json` with those that the tool itself tells.

    python scripts/evaluate.py [--annotations FOLDER] [--models FOLDER] [--scores FILE] [--held-out NAME] [--compare]

By cross-validation grouped by board, and on the folder of annotations named by `--held-out` (first) with models that
learnt from the others alone. `--scores` takes what the encoders of the folds said from `scripts/train.py`; `--compare`
also measures the cheaper models that were tried. Intervals are 95 % by bootstrap over boards, 1,000 draws.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy
from figures import draw_figures
from finetune import TOKENIZER_LINES, Settings, finetune
from lessons import Example, lessons_of, read_examples
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score, confusion_matrix, f1_score
from stack import (
    FOLDS,
    PARTS,
    SEED,
    asked,
    choose_strength,
    fit_pipeline,
    make_encoder,
    read_with,
    unseen_probabilities,
    unseen_readings,
)

from lscb_textmine.annotations import (
    LabelledSentence,
    LabelledStatement,
    read_labelled_sentences,
    read_labelled_statements,
)
from lscb_textmine.classify.linear import Reading
from lscb_textmine.classify.results import find_spans
from lscb_textmine.classify.weighing import judge_label
from lscb_textmine.classify.welsh import judge_welsh_criteria, judge_welsh_objective
from lscb_textmine.classify.word_pieces import read_vocabulary
from lscb_textmine.records import CRITERIA, DOMAINS, RESULTS, Judgement

ROOT = Path(__file__).resolve().parent.parent
DRAWS = 1000
BINS = 10
WORST = 20
ORDER = {"domain": DOMAINS, "result": RESULTS, "sentence": ("none", *RESULTS)}
COMPARED = ("objective", "domain", "result")
"""Questions on which the cheaper models are measured."""
PLAIN = 1.0
"""Regularisation of the cheaper models: to choose it for tens of thousands of words takes hours."""
CHEAPER = {
    "rules and words": ("rules", "words"),
    "rules, words, characters, static vectors": ("rules", "words", "characters", "static"),
    "encoder alone": ("encoder",),
}


@dataclass(frozen=True, slots=True)
class Told:
    """What was told of the examples asked a question: the true answer, the guess, its probability, the example."""

    question: str
    answers: list[str]
    truth: list[str]
    guesses: list[str]
    sureness: NDArray[Any]
    """The probability told of each guess."""
    examples: list[Example]


def make_told(question: str, answers: list[str], table: NDArray[Any], examples: list[Example]) -> Told:
    """What a table of probabilities, a column for each answer, tells."""
    truth = [each.answers[question] for each in examples]
    return Told(question, answers, truth, [answers[best] for best in table.argmax(1)], table.max(1), examples)


def told_unseen(question: str, examples: Sequence[Example], readings: Sequence[Reading]) -> Told:
    """A question answered for each example by models that did not learn from its board."""
    numbers = asked(examples, question)
    strength = choose_strength(question, examples, readings)
    answers, table = unseen_probabilities(question, examples, readings, strength)
    return make_told(question, answers, table, [examples[number] for number in numbers])


def told_held_out(
    question: str, learn: Sequence[tuple[Example, Reading]], ask: Sequence[tuple[Example, Reading]]
) -> Told:
    """A question answered for held-out examples by a pipeline that learnt from the others."""
    examples, readings = [each for each, _ in learn], [each for _, each in learn]
    strength = choose_strength(question, examples, readings)
    numbers = asked(examples, question)
    pipeline = fit_pipeline(question, examples, readings, numbers, strength=strength)
    wanted = [(each, reading) for each, reading in ask if question in each.answers]
    table = pipeline.predict_proba([reading for _, reading in wanted])
    return make_told(question, list(pipeline.classes_), table, [each for each, _ in wanted])


def smart_of(told: dict[str, Told]) -> Told:
    """SMART or aspirational with its probability, as the tool itself tells them from the five criteria."""
    examples, numbers = told["specific"].examples, range(len(told["specific"].examples))
    true = [judge_label([Judgement(name, told[name].truth[i], 1.0) for name in CRITERIA]) for i in numbers]
    guessed = [
        judge_label([Judgement(name, told[name].guesses[i], float(told[name].sureness[i])) for name in CRITERIA])
        for i in numbers
    ]
    sureness = numpy.array([each.probability for each in guessed])
    answers = ["aspirational", "SMART"]
    return Told("SMART", answers, [each.answer for each in true], [each.answer for each in guessed], sureness, examples)


def confusions(told: Told) -> NDArray[Any]:
    """For each board (first axis) how often each answer (second) was told as each other (third)."""
    boards = sorted({example.group for example in told.examples})
    table = numpy.zeros((len(boards), len(told.answers), len(told.answers)))
    for example, truth, guess in zip(told.examples, told.truth, told.guesses, strict=True):
        table[boards.index(example.group), told.answers.index(truth), told.answers.index(guess)] += 1
    return table


def main_figure(told: Told, tables: NDArray[Any]) -> NDArray[Any]:
    """Of confusion tables (last two axes) F1 of the second of two answers, or the mean F1 of those that occur."""
    hits = numpy.diagonal(tables, axis1=-2, axis2=-1)
    asked_for, given = tables.sum(-1), tables.sum(-2)
    each = 2 * hits / numpy.maximum(asked_for + given, 1)
    if told.question in ORDER:
        return (each * (asked_for > 0)).sum(-1) / (asked_for > 0).sum(-1)
    return each[..., -1]


def kappa_of(tables: NDArray[Any]) -> NDArray[Any]:
    """Cohen's kappa of confusion tables (last two axes)."""
    count = tables.sum((-2, -1))
    observed = numpy.diagonal(tables, axis1=-2, axis2=-1).sum(-1) / count
    chance = (tables.sum(-1) * tables.sum(-2)).sum(-1) / count**2
    return (observed - chance) / numpy.maximum(1 - chance, 1e-9)


def drawn_tables(told: Told) -> NDArray[Any]:
    """Confusion tables of 1,000 draws of boards with replacement."""
    tables = confusions(told)
    draws = numpy.random.default_rng(SEED).multinomial(len(tables), [1 / len(tables)] * len(tables), size=DRAWS)
    return numpy.einsum("db,bij->dij", draws, tables)


def interval(values: NDArray[Any]) -> tuple[float, float]:
    """95 % interval of drawn figures."""
    low, high = numpy.quantile(values, (0.025, 0.975))
    return float(low), float(high)


def calibration_error(told: Told) -> float:
    """Expected calibration error over ten bins of equal width (Guo and others, 2017)."""
    return sum(abs(right - sure) * count for _, sure, right, count in reliability(told)) / len(told.truth)


def reliability(told: Told) -> list[tuple[float, float, float, int]]:
    """For each bin of the probability: its lower edge, mean probability, share right, and count."""
    right = numpy.array([truth == guess for truth, guess in zip(told.truth, told.guesses, strict=True)])
    bins = numpy.minimum((told.sureness * BINS).astype(int), BINS - 1)
    return [
        (b / BINS, float(told.sureness[bins == b].mean()), float(right[bins == b].mean()), int((bins == b).sum()))
        for b in range(BINS)
        if (bins == b).any()
    ]


def coverage(told: Told, least: float) -> tuple[float, float]:
    """The share of answers with at least this probability, and how many of them are right."""
    keep = told.sureness >= least
    right = numpy.array([truth == guess for truth, guess in zip(told.truth, told.guesses, strict=True)])
    return float(keep.mean()), float(right[keep].mean()) if keep.any() else float("nan")


def figures_table(told: Sequence[Told]) -> list[str]:
    """The main table: a row for each question."""
    lines = [
        "| question | n | F1 (macro for several answers) | kappa | right | calibration error |",
        "|---|---|---|---|---|---|",
    ]
    for each in told:
        whole, drawn = confusions(each).sum(0), drawn_tables(each)
        (low, high), (klow, khigh) = interval(main_figure(each, drawn)), interval(kappa_of(drawn))
        lines.append(
            f"| {each.question.replace('_', '-')} | {len(each.truth)} | {main_figure(each, whole):.3f} "
            f"({low:.3f} to {high:.3f}) | {kappa_of(whole):.3f} ({klow:.3f} to {khigh:.3f}) | "
            f"{numpy.trace(whole) / whole.sum():.3f} | {calibration_error(each):.3f} |"
        )
    return lines


def accuracy_figures(told: Sequence[Told], measured_on: str) -> list[dict[str, Any]]:
    """For each question what the tool itself tells of its accuracy (`records.Accuracy`)."""
    found = []
    for each in told:
        whole = confusions(each).sum(0)
        right, kappa = round(float(numpy.trace(whole) / whole.sum()), 3), round(float(kappa_of(whole)), 3)
        found.append({"question": each.question, "measured_on": measured_on, "examples": len(each.truth),
                      "right": right, "kappa": kappa})  # fmt: skip
    return found


def confusion_lines(told: Told) -> list[str]:
    """True answers (rows) against those given (columns), with F1 and support of each."""
    order = [answer for answer in ORDER.get(told.question, told.answers) if answer in told.answers]
    table = confusion_matrix(told.truth, told.guesses, labels=order)
    each = f1_score(told.truth, told.guesses, average=None, labels=order, zero_division=0)
    lines = [f"| {told.question} | {' | '.join(order)} | F1 | support |", "|---" * (len(order) + 3) + "|"]
    for answer, row, value in zip(order, table, each, strict=True):
        lines.append(f"| **{answer}** | {' | '.join(map(str, row))} | {value:.3f} | {sum(row)} |")
    return lines


def reliability_lines(told: Told) -> list[str]:
    """The reliability table of a question."""
    lines = ["| probability told | mean told | right | n |", "|---|---|---|---|"]
    for edge, sure, right, count in reliability(told):
        lines.append(f"| {edge:.1f} to {edge + 1 / BINS:.1f} | {sure:.3f} | {right:.3f} | {count} |")
    return lines


def coverage_lines(told: Sequence[Told]) -> list[str]:
    """Accuracy against coverage: what is left to the tool at each least probability, and how much of it is right."""
    levels = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
    lines = ["| question | " + " | ".join(f"{level:.2f}" for level in levels) + " |", "|---" * (len(levels) + 1) + "|"]
    for each in told:
        cells = [f"{share:.0%} / {right:.3f}" for share, right in (coverage(each, level) for level in levels)]
        lines.append(f"| {each.question.replace('_', '-')} | " + " | ".join(cells) + " |")
    return lines


def worst_lines(told: Told) -> list[str]:
    """The errors told with most confidence, with their texts."""
    wrong = [i for i, (truth, guess) in enumerate(zip(told.truth, told.guesses, strict=True)) if truth != guess]
    wrong.sort(key=lambda i: (-told.sureness[i], told.examples[i].id))
    lines = ["| is | told | p | heading | text |", "|---|---|---|---|---|"]
    for i in wrong[:WORST]:
        candidate = told.examples[i].candidate
        lines.append(
            f"| {told.truth[i]} | {told.guesses[i]} | {told.sureness[i]:.2f} | {_cell(candidate.section, 60)} | "
            f"{_cell(candidate.text, 200)} |"
        )
    return lines


def _cell(words: str, most: int) -> str:
    words = " ".join(words.split()).replace("|", "/")
    return words if len(words) <= most else words[: most - 1] + "…"


def span_figures(sentences: Sequence[LabelledSentence], readings: Sequence[Reading]) -> list[str]:
    """Phrases found: a phrase is found when one of the same kind shares at least half of the longer one's characters;
    and agreement character by character."""
    lines = ["| kind | phrases | found (recall) | right (precision) | F1 |", "|---|---|---|---|---|"]
    gold: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    guess: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, (sentence, reading) in enumerate(zip(sentences, readings, strict=True)):
        for span in sentence.spans or ():
            gold[span.kind].append((number, span.start, span.end))
        for span in find_spans(reading):
            guess[span.kind].append((number, span.start, span.end))
    for kind in RESULTS:
        recall = _share_met(gold[kind], guess[kind])
        precision = _share_met(guess[kind], gold[kind])
        both = 2 * recall * precision / (recall + precision) if recall + precision else 0.0
        lines.append(f"| {kind} | {len(gold[kind])} | {recall:.3f} | {precision:.3f} | {both:.3f} |")
    return lines


def _share_met(wanted: Sequence[tuple[int, int, int]], given: Sequence[tuple[int, int, int]]) -> float:
    by_number: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, start, end in given:
        by_number[number].append((start, end))
    met = sum(
        any(2 * (min(end, right) - max(start, left)) >= max(end - start, right - left)
            for left, right in by_number[number])
        for number, start, end in wanted
    )  # fmt: skip
    return met / len(wanted) if wanted else 0.0


def welsh_lines(folder: Path) -> list[str]:
    """The Welsh rules against the labels of each board: statement or not, and of statements owner and time limit."""
    lines = ["| board | question | n | F1 | kappa |", "|---|---|---|---|---|"]
    labelled = [each for path in sorted(folder.rglob("statements.jsonl")) for each in read_labelled_statements(path)]
    for board in sorted({each.source for each in labelled}):
        for question, found in welsh_pairs([each for each in labelled if each.source == board]).items():
            truth, guesses = zip(*found, strict=True)
            figures = f"{f1_score(truth, guesses):.3f} | {cohen_kappa_score(truth, guesses):.3f}"
            lines.append(f"| {board} | {question.replace('_', '-')} | {len(found)} | {figures} |")
    return lines


def welsh_pairs(labelled: Sequence[LabelledStatement]) -> dict[str, list[tuple[bool, bool]]]:
    """For each question what people and what the Welsh rules say of each statement."""
    pairs: dict[str, list[tuple[bool, bool]]] = {"objective": [], "achievable": [], "time_limited": []}
    for each in labelled:
        told = judge_welsh_objective(each.candidate).answer == "yes"
        pairs["objective"].append((each.labels.objective, told))
        if each.labels.criteria:
            judged = {judgement.question: judgement.answer for judgement in judge_welsh_criteria(each.candidate)[0]}
            for name in ("achievable", "time_limited"):
                pairs[name].append((each.labels.criteria[CRITERIA.index(name)], judged[name] == "yes"))
    return pairs


def section(title: str, *blocks: Sequence[str]) -> list[str]:
    """A heading with blocks below it, a blank line between each."""
    lines = [f"## {title}", ""]
    for block in blocks:
        lines += [*block, ""]
    return lines


def all_told(examples: Sequence[Example], readings: Sequence[Reading]) -> list[Told]:
    """Every question answered on boards not seen, SMART among them."""
    told = {question: told_unseen(question, examples, readings) for question in PARTS}
    return in_order(told)


def only(told: Sequence[Told], wanted: Callable[[Example], bool]) -> list[Told]:
    """What was told of some of the examples."""
    found = []
    for each in told:
        keep = [i for i, example in enumerate(each.examples) if wanted(example)]
        truth, guesses = ([column[i] for i in keep] for column in (each.truth, each.guesses))
        examples = [each.examples[i] for i in keep]
        found.append(replace(each, truth=truth, guesses=guesses, sureness=each.sureness[keep], examples=examples))
    return found


def read_shown(path: Path) -> set[str]:
    """The papers of which items were given to the annotators as examples."""
    return {line for line in path.read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")}


def in_order(told: dict[str, Told]) -> list[Told]:
    """The questions in the order of the report, with SMART after the criteria."""
    return [told["objective"], *(told[name] for name in CRITERIA), smart_of(told), told["domain"], told["result"],
            told["sentence"]]  # fmt: skip


def compare_lines(examples: Sequence[Example], readings: Sequence[Reading]) -> list[str]:
    """The cheaper models that were tried beside the one that is used: macro F1 and kappa on boards not seen."""
    lines = ["| features | " + " | ".join(COMPARED) + " |", "|---" * (len(COMPARED) + 1) + "|"]
    for name, parts in {**CHEAPER, "encoder and rules (used)": ("encoder", "rules")}.items():
        cells = []
        for question in COMPARED:
            rules = [each for each in PARTS[question] if each != "encoder"]
            wanted = [each for part in parts for each in (rules if part == "rules" else [part])]
            answers, table = unseen_probabilities(question, examples, readings, PLAIN, wanted)
            told = make_told(question, answers, table, [examples[number] for number in asked(examples, question)])
            whole = confusions(told).sum(0)
            cells.append(f"{main_figure(told, whole):.3f} / {kappa_of(whole):.3f}")
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def main(arguments: Sequence[str]) -> None:
    """Measure, print the main tables and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annotations", type=Path, default=ROOT / "annotations")
    parser.add_argument("--models", type=Path, default=ROOT / "models")
    parser.add_argument("--scores", type=Path)
    parser.add_argument("--held-out", default="first")
    parser.add_argument("--compare", action="store_true")
    given = parser.parse_args(arguments)
    words, settings = read_vocabulary(TOKENIZER_LINES), Settings()
    examples = read_examples(given.annotations, words)
    readings = unseen_readings(examples, settings, print, kept=given.scores)
    held = {each.id for each in read_examples(given.annotations / given.held_out, words)}
    ours = [pair for pair in zip(examples, readings, strict=True) if pair[0].id not in held]
    boards, board_readings = [each for each, _ in ours], [reading for _, reading in ours]
    told = all_told(boards, board_readings)
    encoder = make_encoder(finetune(lessons_of(boards), settings))
    theirs = [(each, read_with(each, encoder.score(each.lesson.given).scores)) for each in examples if each.id in held]
    far = in_order({question: told_held_out(question, ours, theirs) for question in PARTS})
    shown = read_shown(given.annotations / given.held_out / "shown_to_annotators.txt")
    sentences = [s for path in sorted(given.annotations.rglob("results*.jsonl")) for s in read_labelled_sentences(path)]
    spans = {each.id: each for each in sentences if each.spans is not None}
    with_spans = [(spans[each.id], reading) for each, reading in ours if each.id in spans]
    count = len({each.group for each in boards})
    lines = [
        "# How far the labels agree with people",
        "",
        "Written by `scripts/evaluate.py`; every figure is on boards that took no part in training.",
        "",
        *section(
            f"Boards not seen: {count} boards and papers in {FOLDS} folds",
            figures_table(told),
            [
                "Intervals are 95 % by bootstrap over boards. The pipelines over the encoder take their weights from "
                "the other folds, whose encoders had seen the fold's boards; they have no way to know its labels."
            ],
        ),
        *section(
            f"Papers of others: trained without annotations/{given.held_out}, re-worded from published papers",
            figures_table(far),
            [
                "The encoder had seen none of these papers. The pipelines over it took their weights from what the "
                "encoders of the folds said of other boards; three in four of those encoders had seen these papers. "
                "The encoder's form (layers, rate, epochs) was chosen with an eye on these papers: an upper bound."
            ],
            ["Of these, the papers of which no item was shown to the annotators of annotations/boards as an example:"],
            figures_table(only(far[:-1], lambda example: example.group not in shown)),
            [
                "As the shipped models are: by cross-validation over all boards and papers, so that others of the "
                "same kind were learnt from:"
            ],
            figures_table(only(all_told(examples, readings), lambda example: example.id in held)),
        ),
        *section(
            "Accuracy against coverage (share of answers with at least this probability / how many of them are right)",
            coverage_lines(told),
            ["On the held-out papers:"],
            coverage_lines(far),
        ),
        *section(
            "Welsh, by rules (errors on cy-dyffryn-hafod were read while the rules were mended, on cy-gorwel never)",
            welsh_lines(given.annotations / "welsh"),
        ),
        *section("Phrases of results language", span_figures(*map(list, zip(*with_spans, strict=True)))),
        *(section("What was tried", compare_lines(boards, board_readings)) if given.compare else ()),
        "![Reliability and coverage](evaluation.png)",
        "",
    ]
    for each in told:
        lines += section(f"{each.question.replace('_', '-')}", confusion_lines(each), reliability_lines(each))
    for each in [*told, *far[:1], *far[6:9]]:
        where = "held-out papers" if any(each is other for other in far) else "boards not seen"
        lines += section(f"The {WORST} most confident errors: {each.question} ({where})", worst_lines(each))
    figures = [*accuracy_figures(told, "boards not seen"), *accuracy_figures(far, "published papers, re-worded")]
    known = json.loads((given.models / "accuracy.json").read_text(encoding="utf-8"))
    figures += [each for each in known if each["question"] == "challenge"]  # measured by train_challenge.py
    text = json.dumps(figures, indent=1) + "\n"
    (given.models / "accuracy.json").write_text(text, encoding="utf-8", newline="\n")
    (given.models / "EVALUATION.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8", newline="\n")
    draw_figures(told, given.models / "evaluation.png", reliability=reliability, coverage=coverage)
    print("\n".join(figures_table(told) + figures_table(far)))


if __name__ == "__main__":
    main(sys.argv[1:])
