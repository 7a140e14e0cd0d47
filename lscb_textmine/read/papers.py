"""Files and folders as given in; the papers to read out, with the folder that each was found under."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lscb_textmine.records import Problem

# hidden, lock and temporary files; gold answers; a folder's README; what the tool itself has written
SKIPPED = re.compile(
    r"\..*|~.*|.*~|thumbs\.db|desktop\.ini|.*\.(?:tmp|temp|bak|lnk|crdownload|part)|.*\.gold\.json"
    r"|evidence\.xlsx|statements\.(?:csv|jsonl)|(?:measures|documents|problems|attendance|actions|challenge|findings)\.csv"
    r"|evidence \(reviewed \d+\)\.xlsx|reviews\.jsonl|(?:ledger|run)\.sqlite(?:-\w+)?|analyse\.log"
    r"|run\.json|readme(?:\.md|\.txt)?",
    re.IGNORECASE,
)
SKIPPED_FOLDERS = re.compile(r"\..*|__macosx|briefings", re.IGNORECASE)


def find_papers(
    paths: Iterable[Path | str],
) -> tuple[tuple[tuple[Path, Path | None], ...], tuple[Problem, ...]]:
    """Every paper once, in order of the paths and of the names below them, with the folder it was found under.

    The folder is None for a file that was itself given. What is missing, cannot be entered or leads out of its folder
    by a link is a problem; hidden, lock and temporary files and the tool's own outputs are passed over.
    """
    papers: list[tuple[Path, Path | None]] = []
    problems: list[Problem] = []
    for path in map(Path, paths):
        if path.is_dir():
            papers += [(found, path) for found in _walk_folder(path, problems)]
        elif path.exists():
            papers.append((path, None))
        else:
            problems.append(Problem(str(path), f"{path}: no such file or folder; check the spelling"))
    once = {_identity(pair[0]): pair for pair in reversed(papers)}
    return tuple(pair for pair in papers if once[_identity(pair[0])] is pair), tuple(problems)


def _walk_folder(root: Path, problems: list[Problem]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        message = f"{error.filename}: the folder cannot be opened; check its rights"
        problems.append(Problem(str(error.filename), message))

    inside = Path(os.path.realpath(root))
    for folder, names, files in os.walk(root, onerror=note):
        links = [name for name in names if (Path(folder) / name).is_symlink()]
        names[:] = sorted(name for name in names if name not in links and not SKIPPED_FOLDERS.fullmatch(name))
        # a link to a folder is never entered, as it may run in a circle; one that stays inside adds nothing
        for path in (Path(folder) / name for name in sorted([*files, *links], key=str.casefold)):
            if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(inside):
                message = f"{path}: a link that leads out of the folder was not followed; give its target itself"
                problems.append(Problem(str(path), message, severity="warning"))
            elif not SKIPPED.fullmatch(path.name) and path.is_file():
                yield path


def _identity(path: Path) -> Path:
    return Path(os.path.realpath(path))  # unlike resolve() it bears a link that leads to itself
