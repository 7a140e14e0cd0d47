"""The content of result files in; files written whole or not at all out."""

from __future__ import annotations

import os
import platform
import re
import secrets
import tempfile
import time
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from lscb_textmine.errors import OutputError

TEMPORARY = re.compile(r"\.lscb-textmine-(?P<machine>[0-9a-f]{8})-(?P<process>\d+)-[0-9a-f]{8}\.part")
"""A file that is being written, by which process of which machine."""
DAY = 86_400


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
        _check_free(folder, name)


def refuse_links(folder: Path, names: Iterable[str]) -> None:
    """Raise OutputError when one of these names in the folder, or a folder on the way to it, is a link.

    Whoever can put a link into a folder of results could else have any file of the user's overwritten. The folder
    itself was named by the user and may be one.
    """
    for name in names:
        place = folder
        for part in Path(name).parts:
            place = place / part
            if _is_link(place):
                raise OutputError(f"{place}: is a link; nothing is written through it: remove it and run again")


def _is_link(path: Path) -> bool:
    junction = getattr(os.path, "isjunction", None)  # Windows, since Python 3.12
    return path.is_symlink() or bool(junction and junction(path))


def _check_free(folder: Path, name: str) -> None:
    refuse_links(folder, [name])
    path = folder / name
    lock = next((each for each in _locks(path) if each.exists()), None)
    if lock is not None:
        raise OutputError(
            f"{path}: open in another program; close {path.name} and run again (if it is not open, delete {lock.name})"
        )
    if path.exists():
        if not path.is_file():
            raise OutputError(f"{path}: is not a file that could be replaced; move it away and run again")
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
    refuse_links(folder, contents)
    places = {(folder / name).parent for name in contents} | {folder}
    made = _make_folders(places)
    waiting: list[tuple[Path, Path]] = []
    try:
        for place in places:
            _sweep(place)
        for name, content in contents.items():
            path = folder / name
            waiting.append((_name_beside(path), path))
            _write_new(waiting[-1][0], content, path)
        for name in contents:
            _check_free(folder, name)
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


def _machine() -> str:
    return f"{zlib.crc32(platform.node().encode('utf-8', 'replace')):08x}"


def _name_beside(path: Path) -> Path:
    return path.with_name(f".lscb-textmine-{_machine()}-{os.getpid()}-{secrets.token_hex(4)}.part")


def _write_new(temporary: Path, content: bytes, path: Path) -> None:
    """Write a file that was not there, with the rights that the user's umask leaves it."""
    try:
        with temporary.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error}); is the disk full?") from error


def _sweep(folder: Path) -> None:
    """Remove what a process that was killed left half written."""
    for path in folder.glob(".lscb-textmine-*.part"):
        named = TEMPORARY.fullmatch(path.name)
        with suppress(OSError):
            if named and (_is_gone(named) or time.time() - path.lstat().st_mtime > DAY):
                path.unlink()


def _is_gone(named: re.Match[str]) -> bool:
    """Whether the process that wrote a file has ended, as far as that can be told from here."""
    if os.name != "posix" or named["machine"] != _machine():
        return False
    try:
        os.kill(int(named["process"]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        return False
    return False


def _replace(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except OSError as error:
        raise _cannot_replace(path) from error
