"""The content of result files in; files written whole or not at all out."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from lscb_textmine.errors import OutputError


def check_folder(folder: Path, names: tuple[str, ...]) -> None:
    """Raise OutputError when results with these names cannot be written to the folder; make it when it is not there.

    Asked before the papers are read, so that nobody waits for a result that cannot be kept.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{folder}: no results can be written there ({reason}); choose another folder") from error
    for name in names:
        _check_free(folder / name)


def _check_free(path: Path) -> None:
    lock = next((each for each in _locks(path) if each.exists()), None)
    if lock is not None:
        raise OutputError(
            f"{path}: open in another program; close {path.name} and run again (if it is not open, delete {lock.name})"
        )
    if path.exists():
        try:
            with path.open("r+b"):
                pass
        except OSError as error:
            raise _cannot_replace(path) from error


def _locks(path: Path) -> tuple[Path, Path]:
    """The files that Excel and LibreOffice put beside a workbook while it is open."""
    return path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#")


def _cannot_replace(path: Path) -> OutputError:
    program = " in Excel" if path.suffix in (".xlsx", ".csv") else ""
    return OutputError(f"{path}: cannot be replaced; close {path.name}{program} and run again")


def write_files(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """The paths written: every file whole, and none of them when one could not be written.

    A name may lie in a folder below ("briefings/Cwm Arthen.html"), which is made when it is not there.
    """
    made = _make_folders({(folder / name).parent for name in contents} | {folder})
    waiting: list[tuple[Path, Path]] = []
    try:
        for name, content in contents.items():
            waiting.append((_write_beside(folder / name, content), folder / name))
        for path in (target for _, target in waiting):
            _check_free(path)
        for temporary, path in waiting:
            _replace(temporary, path)
    finally:
        for temporary, _ in waiting:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        for each in reversed(made):
            with suppress(OSError):  # one that holds what was written stays
                each.rmdir()
    return tuple(path for _, path in waiting)


def _make_folders(wanted: set[Path]) -> list[Path]:
    """The folders that were not there before, outer ones first."""
    made: list[Path] = []
    for folder in sorted(wanted):
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OutputError(f"{folder}: cannot be made ({reason}); choose another folder") from error
        made += reversed(missing)
    return made


def _write_beside(path: Path, content: bytes) -> Path:
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}); is the disk full?") from error
    return Path(name)


def _replace(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except OSError as error:
        raise _cannot_replace(path) from error
