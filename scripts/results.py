"""How many of the results that people marked in running text are found, told as results, and told as the same kind.

    python scripts/results.py PAPER.pdf ... [--errors]

Beside each paper stands its gold (PAPER.gold.json), whose "results" are phrases of running text with their kinds, all
that people marked in the part that "results_scope" names. A phrase is found when a sentence holds it, told when that
sentence is told as a result; its kind is that of the phrase found over most of it, else of the sentence. False alarms
are counted between the first and the last sentence that hold a marked phrase.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from lscb_textmine.classify import classify_statements
from lscb_textmine.classify.results import judge_sentences
from lscb_textmine.find import find_statements
from lscb_textmine.find.results import find_running_sentences, fold_words
from lscb_textmine.models import Models, load_models
from lscb_textmine.read import read_document
from lscb_textmine.records import Sentence

TOLD = ("outcome", "practice", "output")


def tell(path: Path, models: Models) -> tuple[Sentence, ...]:
    """Every sentence of the running text that may tell of a result, judged, "none" included."""
    document = read_document(path)
    objectives = [each for each in classify_statements(find_statements(document), models) if each.counted]
    return judge_sentences(find_running_sentences(document, besides=[each.candidate for each in objectives]), models)


def kind_at(sentence: Sentence, phrase: str) -> str:
    """The kind of the phrase found over most of a marked one, else of the sentence."""
    start = max(0, sentence.text.find(phrase.rstrip(".:")))
    end = start + len(phrase)
    shared = [(min(end, span.end) - max(start, span.start), span.kind) for span in sentence.spans]
    most, kind = max(shared, default=(0, ""))
    return kind if most > 0 else sentence.judgement.answer


def describe_share(kinds: Counter[str]) -> str:
    """The outcome share of some kinds, with the counts."""
    total = sum(kinds[kind] for kind in TOLD)
    return f"{kinds['outcome'] / max(1, total):.2f} of {total}"


def measure(path: Path, models: Models, *, errors: bool) -> None:
    """Print the figures of one paper."""
    gold = json.loads((path.parent / f"{path.stem}.gold.json").read_text(encoding="utf-8"))["results"]
    told, counts, where = tell(path, models), Counter(gold=len(gold)), set()
    for row in gold:
        words, kind = fold_words(row["text"]), row["kind"]
        number = next((i for i, each in enumerate(told) if words in fold_words(each.text)), None)
        if number is None:
            print(f"  not found: {kind}: {row['text']}")
            continue
        where.add(number)
        counts["found"] += 1
        answer = told[number].judgement.answer
        guess = answer if answer == "none" else kind_at(told[number], row["text"])
        counts.update(told=answer != "none", same=guess == kind)
        if errors and guess != kind:
            print(f"  {kind}, told as {guess}: {row['text']}")
    scope = range(min(where), max(where) + 1)
    alarms = [told[i] for i in scope if i not in where and told[i].judgement.answer != "none"]
    for each in alarms if errors else ():
        print(f"  no result: {each.judgement.answer} {each.judgement.probability:.2f}: {each.text}")
    spans = Counter(span.kind for i in scope for span in told[i].spans)
    print(f"{path.name}: marked {counts['gold']}, found {counts['found']}, told as a result {counts['told']}, "
          f"of the same kind {counts['same']}; false alarms {len(alarms)} of {len(scope)} sentences; outcome share "
          f"marked {describe_share(Counter(row['kind'] for row in gold))}, found {describe_share(spans)}")  # fmt: skip


def main(arguments: Sequence[str]) -> None:
    """Print the figures of each paper."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", nargs="+", type=Path)
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args(arguments)
    models = load_models()
    for path in given.papers:
        measure(path, models, errors=given.errors)


if __name__ == "__main__":
    main(sys.argv[1:])
