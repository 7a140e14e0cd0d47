"""What each file of a run gave, kept as it is done: a run that was stopped goes on, and one over unchanged files reads
nothing again.

`run.sqlite` beside the results holds for every file its digest, the digests of what it was read, asked and judged by,
the document as read and the outcome. A file is known again by its size and times of change, or else by its content;
then it is not read. Where only the question or the models have changed, the kept document is judged anew.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lscb_textmine.errors import OutputError
from lscb_textmine.records import Paper, Problem
from lscb_textmine.report.files import refuse_links
from lscb_textmine.store.plain import FORMAT, bytes_to_record, path_to_text

KEPT = "run.sqlite"
LAYOUT = 100 * FORMAT + 2
"""Of the tables and of the records in them."""
ENDINGS = ("", "-wal", "-shm", "-journal")
"""Of the files that SQLite makes of it."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
  path TEXT PRIMARY KEY, size INTEGER NOT NULL, changed INTEGER NOT NULL, sha256 TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS kept (
  path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, reading TEXT NOT NULL, asked TEXT NOT NULL, models TEXT NOT NULL,
  limits TEXT NOT NULL, outcome BLOB NOT NULL, document BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
KNOW = "SELECT sha256 FROM files WHERE path = ? AND size = ? AND changed = ?"
NOTE = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)"
PUT = "INSERT OR REPLACE INTO kept VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
FIND = "SELECT reading, asked, models, limits, length(document) FROM kept WHERE path = ? AND sha256 = ?"
OUTCOME = "SELECT outcome FROM kept WHERE path = ?"
DOCUMENT = "SELECT document FROM kept WHERE path = ?"
OUTCOMES: tuple[type[Paper] | type[Problem], ...] = (Paper, Problem)


@dataclass(frozen=True, slots=True)
class FileState:
    """A file as it stands: its absolute path, size in bytes and the time of its last change in nanoseconds."""

    path: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class Terms:
    """Digests of what an outcome follows from, beside the file itself."""

    reading: str
    """How papers are read."""
    asked: str
    """What is asked about the paper."""
    models: str
    """The models and rules that judge it."""
    limits: str
    """What it may take, and which programs may help: a paper that could not be read is tried again under others."""


def look_at(path: str) -> FileState | None:
    """The state of a file, None when it cannot be looked at."""
    try:
        about = Path(path).stat()
        # the later of both: a copy may bring its old time along, and rights may change alone
        return FileState(path_to_text(os.path.realpath(path)), about.st_size, max(about.st_mtime_ns, about.st_ctime_ns))
    except (OSError, ValueError):
        return None


@contextmanager
def open_kept(folder: Path) -> Iterator[sqlite3.Connection]:
    """The kept outcomes of the run in `folder`, begun anew when they are of another version or damaged.

    Raises OutputError when nothing can be kept there, or another run keeps its own.
    """
    path = folder / KEPT
    refuse_links(folder, (f"{KEPT}{ending}" for ending in ENDINGS))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.touch()  # SQLite would not let a group write, whatever the user's umask
        connection = _open(path)
    except (sqlite3.Error, OSError) as error:
        if "locked" in str(error):
            raise OutputError(f"{folder}: another run is writing there; wait for its end, or choose another") from error
        raise OutputError(f"{path}: the run's ledger cannot be written ({error}); is the disk full?") from error
    with closing(connection):
        yield connection


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _prepare(path)
    except sqlite3.OperationalError:
        raise  # locked, or no room: what it holds is sound
    except sqlite3.DatabaseError:
        drop_kept(path.parent)
        return _prepare(path)


def _prepare(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path)
    try:
        # one run at a time; and WAL needs no memory shared between processes, which network drives do not have
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError("damaged")
        if connection.execute("PRAGMA user_version").fetchone()[0] != LAYOUT:
            connection.executescript(
                "DROP TABLE IF EXISTS files; DROP TABLE IF EXISTS kept; DROP TABLE IF EXISTS facts"
            )
        connection.executescript(SCHEMA)
        connection.execute(f"PRAGMA user_version = {LAYOUT}")
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def drop_kept(folder: Path) -> None:
    """Remove what was kept: after a run whose results hide what it holds, and when it is damaged."""
    for ending in ENDINGS:
        (folder / f"{KEPT}{ending}").unlink(missing_ok=True)


@contextmanager
def _told() -> Iterator[None]:
    """Whatever SQLite raises, as one sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(
            f"the run's ledger {KEPT} cannot be kept ({error}); make room on the disk and run the same command again: "
            "it goes on where it stopped"
        ) from error


def know_digest(kept: sqlite3.Connection, state: FileState) -> str:
    """The SHA-256 of a file that has not changed since it was noted, else `""`."""
    with _told():
        row = kept.execute(KNOW, (state.path, state.size, state.changed)).fetchone()
    return str(row[0]) if row else ""


def note_digest(kept: sqlite3.Connection, state: FileState, sha256: str) -> None:
    """Note the SHA-256 of a file as it stands."""
    with _told(), kept:
        kept.execute(NOTE, (state.path, state.size, state.changed, sha256))


def find_terms(kept: sqlite3.Connection, path: str, sha256: str) -> tuple[Terms, bool] | None:
    """The terms under which a file of this content was examined, and whether its document is kept."""
    with _told():
        row = kept.execute(FIND, (path, sha256)).fetchone()
    return (Terms(*row[:4]), bool(row[4])) if row else None


def find_outcome(kept: sqlite3.Connection, path: str) -> Paper | Problem:
    """The outcome kept of a file. Raises InputError when it is damaged."""
    with _told():
        row = kept.execute(OUTCOME, (path,)).fetchone()
    return bytes_to_record(row[0] if row else b"", *OUTCOMES)


def find_document(kept: sqlite3.Connection, path: str) -> bytes:
    """The document kept of a file, compressed."""
    with _told():
        row = kept.execute(DOCUMENT, (path,)).fetchone()
    return bytes(row[0]) if row else b""


def keep(
    kept: sqlite3.Connection, path: str, sha256: str, terms: Terms, *, outcome: bytes, document: bytes = b""
) -> None:
    """Keep what a file gave, at once. Raises OutputError when the disk is full; what was kept before stays."""
    with _told(), kept:
        kept.execute(PUT, (path, sha256, terms.reading, terms.asked, terms.models, terms.limits, outcome, document))


def put_fact(kept: sqlite3.Connection, name: str, value: object) -> None:
    """Keep a plain value under a name; where there is no room it is forgotten, and costs time alone."""
    with suppress(sqlite3.Error), kept:
        kept.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json.dumps(value)))


def get_fact(kept: sqlite3.Connection, name: str) -> Any:
    """The value kept under a name, None when there is none."""
    with _told():
        row = kept.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return json.loads(row[0]) if row else None


def digest_values(*values: Any) -> str:
    """One digest of plain values, their order and kinds counting."""
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
