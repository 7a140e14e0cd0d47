"""What each file of a run gave, kept as it is done: a run that was stopped goes on, and one over unchanged files reads
nothing again.

`run.sqlite` beside the results holds for every file its digest, the digests of what was asked of it and of the models,
the document as read and the outcome. A file is known again by its place, size and time of change, or by its content
elsewhere; then it is not read. Where only the models have changed, the kept document is judged anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lscb_textmine.errors import OutputError
from lscb_textmine.records import Paper, Problem
from lscb_textmine.report.files import refuse_links
from lscb_textmine.store.plain import FORMAT, bytes_to_record, path_to_text

KEPT = "run.sqlite"
ENDINGS = ("", "-wal", "-shm")
"""Of the files that SQLite makes of it."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (
  path TEXT NOT NULL, asked TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, changed INTEGER NOT NULL,
  models TEXT NOT NULL, limits TEXT NOT NULL, document BLOB NOT NULL, outcome BLOB NOT NULL, PRIMARY KEY (path, asked)
);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
KNOW = "SELECT sha256 FROM kept WHERE path = ? AND size = ? AND changed = ? LIMIT 1"
IS_KEPT = """
SELECT 1 FROM kept WHERE path = ? AND asked = ? AND size = ? AND changed = ? AND models = ?
  AND (length(document) > 0 OR limits = ?)
"""
PUT = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
FIND = "SELECT sha256, models, limits, document, outcome FROM kept WHERE path = ? AND asked = ?"
UNCHANGED = f"{FIND} AND size = ? AND changed = ?"
SAME_CONTENT = f"{FIND} AND sha256 = ?"
OUTCOMES: tuple[type[Paper] | type[Problem], ...] = (Paper, Problem)


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it stands: its absolute path, size in bytes and time of change in nanoseconds."""

    path: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of a file."""

    sha256: str
    models: str
    limits: str
    document: bytes
    """The document as read, compressed; empty for a file that could not be read."""
    result: bytes

    def outcome(self) -> Paper | Problem:
        """The paper or the problem."""
        return bytes_to_record(self.result, *OUTCOMES)


def look_at(path: str) -> FileState | None:
    """The state of a file, None when it cannot be looked at."""
    try:
        about = Path(path).stat()
        return FileState(path_to_text(os.path.realpath(path)), about.st_size, about.st_mtime_ns)
    except (OSError, ValueError):
        return None


@contextmanager
def open_kept(folder: Path) -> Iterator[sqlite3.Connection]:
    """The kept outcomes of the run in `folder`, begun anew when they are of another version or damaged.

    Raises OutputError when nothing can be kept there.
    """
    path = folder / KEPT
    refuse_links(folder, (f"{KEPT}{ending}" for ending in ENDINGS))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.touch()  # SQLite would not let a group write, whatever the user's umask
        connection = _open(path)
    except (sqlite3.Error, OSError) as error:
        raise OutputError(f"{path}: the run's ledger cannot be written ({error}); is the disk full?") from error
    with closing(connection):
        yield connection


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _prepare(sqlite3.connect(path))
    except sqlite3.DatabaseError:
        drop_kept(path.parent)
        return _prepare(sqlite3.connect(path))


def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, FORMAT):
        connection.execute("DROP TABLE IF EXISTS kept")
    connection.executescript(SCHEMA)
    connection.execute(f"PRAGMA user_version = {FORMAT}")
    connection.commit()
    return connection


def drop_kept(folder: Path) -> None:
    """Remove what was kept: after a run whose results hide what it holds, and when it is damaged."""
    for ending in ENDINGS:
        (folder / f"{KEPT}{ending}").unlink(missing_ok=True)


def find_kept(kept: sqlite3.Connection, state: FileState, asked: str, *, sha256: str = "") -> Kept | None:
    """What was kept of a file asked about in the same way: by size and time of change, or by `sha256` when given."""
    if sha256:
        row = kept.execute(SAME_CONTENT, (state.path, asked, sha256)).fetchone()
    else:
        row = kept.execute(UNCHANGED, (state.path, asked, state.size, state.changed)).fetchone()
    return Kept(*row) if row else None


def is_kept(kept: sqlite3.Connection, state: FileState, asked: str, *, models: str, limits: str) -> bool:
    """Whether what was kept of a file still holds: nothing of it has changed since."""
    return kept.execute(IS_KEPT, (state.path, asked, state.size, state.changed, models, limits)).fetchone() is not None


def keep(kept: sqlite3.Connection, state: FileState, asked: str, found: Kept) -> None:
    """Keep what a file gave, at once. Raises OutputError when the disk is full; what was kept before stays."""
    row = (
        *(state.path, asked, found.sha256, state.size, state.changed),
        *(found.models, found.limits, found.document, found.result),
    )
    try:
        with kept:
            kept.execute(PUT, row)
    except sqlite3.Error as error:
        raise OutputError(
            f"the run's ledger cannot be written ({error}); make room on the disk and run the same command again: "
            "it goes on where it stopped"
        ) from error


def know_digest(kept: sqlite3.Connection, state: FileState) -> str:
    """The SHA-256 of a file that has not changed since it was kept, else `""`."""
    row = kept.execute(KNOW, (state.path, state.size, state.changed)).fetchone()
    return str(row[0]) if row else ""


def put_fact(kept: sqlite3.Connection, name: str, value: object) -> None:
    """Keep a plain value under a name."""
    with kept:
        kept.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json.dumps(value)))


def get_fact(kept: sqlite3.Connection, name: str) -> Any:
    """The value kept under a name, None when there is none."""
    row = kept.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return json.loads(row[0]) if row else None


def digest_values(*values: Any) -> str:
    """One digest of plain values, their order and kinds counting."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
