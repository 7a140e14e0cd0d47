"""Work out what every cue pattern cannot match without, and save it in `lscb_textmine/gates.json`.

    python scripts/gates.py

Of each pattern: groups of three letters (case ignored) of which at least one stands in every text that it matches. A
text with none of them is spared the search (`lscb_textmine.gates`). A pattern not in the file is always searched for,
so run this again when patterns have changed: until then they are slower, never wrong.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

from lscb_textmine.gates import SIZE, split_grams

PACKAGE = Path(__file__).resolve().parent.parent / "lscb_textmine"
MOST = 64
"""Most spellings that are followed through a pattern at once."""
Gate = frozenset[str]


def collect_cues(package: Path) -> list[dict[str, Any]]:
    """The cues of all TOML files."""
    paths = sorted(package.rglob("*.toml"))
    return [row for path in paths for row in tomllib.loads(path.read_text(encoding="utf-8")).get("cue", [])]


def find_gates(rows: Sequence[dict[str, Any]]) -> dict[str, list[str]]:
    """The gate of every pattern that has one; the examples of all cues tell which letters are rare."""
    examples = [text for row in rows for key in ("matches", "misses") for text in row.get(key, ())]
    common = Counter(gram for text in examples for gram in split_grams(text.lower()))
    patterns = sorted({pattern for row in rows for pattern in row.get("patterns", ())})
    gates = {pattern: find_gate(pattern, common) for pattern in patterns}
    return {pattern: sorted(gate) for pattern, gate in gates.items() if gate}


def find_gate(pattern: str, common: Counter[str]) -> Gate | None:
    """The rarest letters of which some stand in every match of a pattern, None when nothing must."""
    return _rarest(_gates_of(_parse(pattern), common), common)


def _parse(pattern: str) -> Any:
    parser = import_module("re._parser")  # the standard library's own reader of patterns; it has no public name
    return parser.parse(pattern, import_module("re").IGNORECASE)


def _rarest(gates: Iterable[Gate], common: Counter[str]) -> Gate | None:
    return min(gates, key=lambda gate: (sum(common[gram] for gram in gate), len(gate), sorted(gate)), default=None)


def _gates_of(items: Any, common: Counter[str]) -> list[Gate]:
    """Every gate of a sequence: of each stretch whose spellings are known, and of what each part needs by itself."""
    gates: list[Gate] = []
    runs = [""]
    for item in items:
        spelt = _spellings([item])
        if spelt is not None and len(runs) * len(spelt) <= MOST:
            runs = [run + each for run in runs for each in spelt]
            continue
        gates += _gate_of_runs(runs, common) + _gates_inside(item, common)
        runs = spelt if spelt is not None else [""]
    return gates + _gate_of_runs(runs, common)


def _gate_of_runs(runs: Sequence[str], common: Counter[str]) -> list[Gate]:
    if any(len(run) < SIZE for run in runs):
        return []
    return [frozenset(min(split_grams(run), key=lambda gram: (common[gram], gram)) for run in runs)]


def _gates_inside(item: Any, common: Counter[str]) -> list[Gate]:
    kind, value = str(item[0]), item[1]
    if kind == "SUBPATTERN":
        return _gates_of(value[-1], common)
    if kind in ("MAX_REPEAT", "MIN_REPEAT") and value[0] >= 1:
        return _gates_of(value[2], common)
    if kind == "BRANCH":
        best = [_rarest(_gates_of(branch, common), common) for branch in value[1]]
        return [frozenset().union(*(gate for gate in best if gate))] if all(best) else []
    return []


def _spellings(items: Any) -> list[str] | None:
    """Every spelling that a sequence can take, in lower case; None when there are too many to follow."""
    whole = [""]
    for item in items:
        part = _spellings_of(str(item[0]), item[1])
        if part is None or len(whole) * len(part) > MOST:
            return None
        whole = list(dict.fromkeys("".join(pair) for pair in product(whole, part)))
    return whole


def _spellings_of(kind: str, value: Any) -> list[str] | None:
    if kind == "LITERAL":
        return [chr(value).lower()]
    if kind == "AT":
        return [""]
    if kind == "IN" and all(str(each[0]) == "LITERAL" for each in value):
        return sorted({chr(each[1]).lower() for each in value})
    if kind == "SUBPATTERN":
        return _spellings(value[-1])
    if kind in ("MAX_REPEAT", "MIN_REPEAT") and value[:2] == (0, 1):
        inside = _spellings(value[2])
        return None if inside is None else ["", *inside]
    if kind == "BRANCH":
        branches = [_spellings(branch) for branch in value[1]]
        known = [spelling for branch in branches for spelling in branch or ()]
        return known if None not in branches and len(known) <= MOST else None
    return None


def main() -> None:
    """Save the gates and say of how many patterns."""
    rows = collect_cues(PACKAGE)
    gates = find_gates(rows)
    text = json.dumps(gates, ensure_ascii=False, indent=0) + "\n"
    (PACKAGE / "gates.json").write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(gates)} of {sum(len(row.get('patterns', ())) for row in rows)} patterns have a gate")


if __name__ == "__main__":
    main()
