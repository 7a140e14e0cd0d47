"""Each paper of a run with its outcome in; the file `ledger.sqlite`, from which the study can be had again, out.

All SQL stands here. An entry carries the digests of the file, the settings and the models, so that a run can tell what
it need not do again: the same file under the same settings need not be read, under the same models not be judged.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lscb_textmine.errors import InputError
from lscb_textmine.records import Paper, Problem, Study
from lscb_textmine.store.plain import FORMAT, bytes_to_record, path_to_text, record_to_bytes

LEDGER = "ledger.sqlite"
SCHEMA = """
CREATE TABLE IF NOT EXISTS papers (
  number INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL, size INTEGER, mtime REAL,
  settings TEXT NOT NULL, models TEXT NOT NULL, state TEXT NOT NULL, result BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS papers_sha256 ON papers (sha256);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value BLOB NOT NULL);
"""
PUT_ENTRY = """
INSERT INTO papers (path, sha256, size, mtime, settings, models, state, result) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (path) DO UPDATE SET sha256 = excluded.sha256, size = excluded.size, mtime = excluded.mtime,
  settings = excluded.settings, models = excluded.models, state = excluded.state, result = excluded.result
"""
OUTCOMES: tuple[type[Paper] | type[Problem], ...] = (Paper, Problem)
COLUMNS = "path, sha256, size, mtime, settings, models, result"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one run made of one file."""

    path: str
    """As seen from the folder of the ledger."""
    sha256: str
    """`""` for a file that could not be opened."""
    outcome: Paper | Problem
    settings: str = ""
    """Digest of the settings under which it was read."""
    models: str = ""
    """Digest of the models that judged it."""
    size: int | None = None
    mtime: float | None = None

    @property
    def state(self) -> str:
        """Whether it was read."""
        return "read" if isinstance(self.outcome, Paper) else "not read"


def open_ledger(path: Path) -> sqlite3.Connection:
    """The ledger at `path`, made when it is not there; writers never keep readers waiting (WAL)."""
    ledger = sqlite3.connect(path)
    ledger.execute("PRAGMA journal_mode = WAL")
    ledger.execute("PRAGMA synchronous = NORMAL")
    ledger.executescript(SCHEMA)
    ledger.execute(f"PRAGMA user_version = {FORMAT}")
    return ledger


def put_entries(ledger: sqlite3.Connection, entries: Iterable[Entry]) -> None:
    """Keep the entries, all or none; one for a path that is there already takes its place in the order."""
    rows = (
        (
            *(entry.path, entry.sha256, entry.size, entry.mtime, entry.settings, entry.models, entry.state),
            record_to_bytes(entry.outcome),
        )
        for entry in entries
    )
    with ledger:
        ledger.executemany(PUT_ENTRY, rows)


def find_entry(ledger: sqlite3.Connection, sha256: str, *, settings: str) -> Entry | None:
    """The entry of a file with this content under these settings, whichever models judged it; None when there is none.

    Its `models` tell whether the statements must be judged again; the paper need not be read for it.
    """
    wanted = f"SELECT {COLUMNS} FROM papers WHERE sha256 = ? AND settings = ? ORDER BY number"
    row = ledger.execute(wanted, (sha256, settings)).fetchone()
    return _entry(row) if row else None


def read_entries(ledger: sqlite3.Connection) -> Iterator[Entry]:
    """Every entry, in the order of the run."""
    yield from map(_entry, ledger.execute(f"SELECT {COLUMNS} FROM papers ORDER BY number"))


def _entry(row: Sequence[Any]) -> Entry:
    path, sha256, size, mtime, settings, models, result = row
    return Entry(path, sha256, bytes_to_record(result, *OUTCOMES), settings, models, size, mtime)


def put_study(ledger: sqlite3.Connection, study: Study) -> None:
    """Keep what the papers came to: everything of the study but the papers themselves."""
    with ledger:
        ledger.execute(
            "INSERT OR REPLACE INTO facts VALUES ('study', ?)", (record_to_bytes(replace(study, papers=())),)
        )


def read_study(ledger: sqlite3.Connection) -> Study:
    """What `put_study` kept. Raises InputError when the run was not finished."""
    row = ledger.execute("SELECT value FROM facts WHERE name = 'study'").fetchone()
    if row is None:
        raise InputError("holds no finished run")
    return bytes_to_record(row[0], Study)


def study_to_ledger(study: Study, folder: Path) -> bytes:
    """The ledger of a finished study as it will stand in `folder`."""
    settings, models = digest_pairs(study.settings), digest_pairs(study.models)
    entries = [_make_entry(paper, paper.document.path, folder, settings, models) for paper in study.papers]
    read = {paper.document.path for paper in study.papers}
    unread = {problem.path: problem for problem in reversed(study.problems) if problem.path not in read}
    entries += [_make_entry(problem, path, folder, settings, models) for path, problem in sorted(unread.items())]
    with closing(open_ledger(Path(":memory:"))) as ledger:
        put_entries(ledger, entries)
        put_study(ledger, study)
        return ledger.serialize()


def _make_entry(outcome: Paper | Problem, path: str, folder: Path, settings: str, models: str) -> Entry:
    sha256 = outcome.document.sha256 if isinstance(outcome, Paper) else ""
    place = path_to_text(_seen_from(folder, path))
    try:
        known = Path(path).stat()
    except (OSError, ValueError):
        return Entry(place, sha256, outcome, settings, models)
    return Entry(place, sha256, outcome, settings, models, known.st_size, known.st_mtime)


def digest_pairs(pairs: Sequence[tuple[str, str]]) -> str:
    """One digest of names and values, whatever their order."""
    return hashlib.sha256(json.dumps(sorted(pairs)).encode()).hexdigest()


def _seen_from(folder: Path, path: str) -> str:
    try:
        return Path(os.path.relpath(Path(path).resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return str(Path(path).resolve())


def load_study(folder: Path) -> Study:
    """The study that a run wrote to `folder`, as the machine left it. Raises InputError when there is none.

    Papers are named as the run named them; where that leads nowhere from here, by the way from the folder to them.
    """
    path = folder / LEDGER
    if not path.is_file():
        raise InputError(f"{path}: is not there; run lscb-textmine analyse with --out {folder}, or name its folder")
    try:
        with closing(sqlite3.connect(_read_only(path), uri=True)) as ledger:
            study, entries = read_study(ledger), tuple(read_entries(ledger))
    except (sqlite3.Error, InputError) as error:
        told = str(error) if isinstance(error, InputError) else f"cannot be read as a ledger ({error})"
        raise InputError(f"{path}: {told}; run lscb-textmine analyse again") from error
    papers = tuple(entry.outcome for entry in entries if isinstance(entry.outcome, Paper))
    return _rename_papers(replace(study, papers=papers), dict(_moved_papers(entries, folder)))


def _read_only(path: Path) -> str:
    """The address of a ledger that is only read; one that nobody writes to is opened without files beside it."""
    busy = path.with_name(f"{path.name}-wal").exists()
    return f"{path.resolve().as_uri()}?mode={'rw' if busy else 'ro&immutable=1'}"


def _moved_papers(entries: Iterable[Entry], folder: Path) -> Iterator[tuple[str, str]]:
    """The path that the run gave of each paper that does not stand there now, and one that leads to it."""
    for entry in entries:
        given = entry.outcome.document.path if isinstance(entry.outcome, Paper) else entry.outcome.path
        place = (folder / entry.path).resolve()
        if Path(given).resolve() != place and place.exists():
            yield given, str(Path(_seen_from(Path(), str(place))))


def _rename_papers(study: Study, places: Mapping[str, str]) -> Study:
    papers = tuple(
        replace(
            paper,
            document=replace(
                paper.document,
                path=places.get(paper.document.path, paper.document.path),
                problems=_rename_problems(paper.document.problems, places),
            ),
        )
        for paper in study.papers
    )
    return replace(study, papers=papers, problems=_rename_problems(study.problems, places))


def _rename_problems(problems: Sequence[Problem], places: Mapping[str, str]) -> tuple[Problem, ...]:
    return tuple(replace(each, path=places.get(each.path, each.path)) for each in problems)
