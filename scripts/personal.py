"""Measures how personal data is found: recall and precision on the sentences of `annotations/personal`, false alarms
on texts that hold none.

    python scripts/personal.py                       # both halves, by kind
    python scripts/personal.py --half seen --errors  # and each error
    python scripts/personal.py --alarms              # false alarms in every text of annotations/
    python scripts/personal.py --papers corpora      # what is flagged in the findings of papers
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lscb_textmine.inputs import gather_requests
from lscb_textmine.models import load_models
from lscb_textmine.personal import find_personal
from lscb_textmine.pipeline import examine_document, read_request

ROOT = Path(__file__).resolve().parent.parent
PERSONAL = ROOT / "annotations" / "personal" / "personal.jsonl"
HALVES = ("seen", "kept back", "second", "final", "blind")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The lines of an annotation file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def score_row(row: dict[str, Any]) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Counts by kind and outcome, and each error in a line. A gold span is found when every letter of it is covered by
    what is flagged under its kind; a flag is right when it overlaps a gold span of its kind."""
    counts: Counter[tuple[str, str]] = Counter()
    errors = []
    text, found = row["text"], find_personal(row["text"])
    covered = {(each.kind, i) for each in found for i in range(each.start, each.end)}
    for span in row["personal"]:
        letters = [i for i in range(span["start"], span["end"]) if text[i].isalnum()]
        hit = all((span["kind"], i) in covered for i in letters)
        counts[span["kind"], "found" if hit else "missed"] += 1
        errors += [] if hit else [f"{row['id']} missed {span['kind']}: {span['text']!r} in {text}"]
    for each in found:
        right = any(
            each.kind == span["kind"] and each.start < span["end"] and span["start"] < each.end
            for span in row["personal"]
        )
        counts[each.kind, "right" if right else "wrong"] += 1
        errors += [] if right else [f"{row['id']} wrong {each.kind}: {text[each.start : each.end]!r} in {text}"]
    return counts, errors


def show_halves(halves: Sequence[str], *, errors: bool) -> None:
    """Print precision and recall by kind for each half."""
    rows = read_rows(PERSONAL)
    for half in halves:
        total: Counter[tuple[str, str]] = Counter()
        for row in (row for row in rows if row["half"] == half):
            counts, told = score_row(row)
            total += counts
            if errors and told:
                print("\n".join(told))
        print(f"{half}: kind | recall | precision")
        for kind in (*sorted({kind for kind, _ in total}), ""):
            found, missed, right, wrong = (
                sum(n for (k, o), n in total.items() if o == outcome and kind in ("", k))
                for outcome in ("found", "missed", "right", "wrong")
            )
            recall = f"{found}/{found + missed} = {found / max(1, found + missed):.2f}"
            print(f"  {kind or 'all'} | {recall} | {right}/{right + wrong} = {right / max(1, right + wrong):.2f}")


def clean_texts() -> Iterator[str]:
    """Every text, heading and cell of the annotations that name no private person, each once."""
    seen: set[str] = set()
    for path in sorted((ROOT / "annotations").rglob("*.jsonl")):
        if path == PERSONAL:
            continue
        for row in read_rows(path):
            for text in (row.get("text", ""), row.get("heading", ""), *row.get("cells", {}).values()):
                if text and text not in seen:
                    seen.add(text)
                    yield text


def show_alarms() -> None:
    """Print everything flagged in texts that name no private person, and the rate by kind."""
    total, counts = 0, Counter[str]()
    for text in clean_texts():
        total += 1
        for span in find_personal(text):
            counts[span.kind] += 1
            print(f"{span.kind}: {text[span.start : span.end]!r} in {text[:300]}")
    print(f"{total} texts")
    for kind, count in (*counts.most_common(), ("all", counts.total())):
        print(f"  {kind}: {count}, {1000 * count / total:.2f} in 1,000")


def show_papers(folders: Sequence[Path]) -> None:
    """Print what is flagged in the findings of papers, and how many findings there are."""
    requests, _ = gather_requests(folders)
    models, findings = load_models(), 0
    for request in requests:
        paper = examine_document(read_request(request), models)
        findings += len(paper.objectives) + len(paper.rejected)
        for flag in paper.flags:
            print(f"{paper.document.name}: {flag.kind} {flag.text!r} ({flag.source})")
    print(f"{len(requests)} papers, {findings} findings")


def main(arguments: Sequence[str]) -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--alarms", action="store_true")
    parser.add_argument("--papers", type=Path, nargs="+")
    given = parser.parse_args(arguments)
    if given.alarms:
        show_alarms()
    elif given.papers:
        show_papers(given.papers)
    else:
        show_halves([given.half] if given.half else HALVES, errors=given.errors)


if __name__ == "__main__":
    main(sys.argv[1:])
