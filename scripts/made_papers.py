"""The papers of `corpora/` in; any number of pages or small papers of made-up boards, in their proportions, out.

Boards are named by invented places that do not look alike, as a board that is told of by two names is counted once.
"""

from __future__ import annotations

import csv
import random
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FIRST = (
    "Bren",
    "Cald",
    "Dun",
    "Esk",
    "Fal",
    "Gor",
    "Hest",
    "Ior",
    "Kel",
    "Llan",
    "Mar",
    "Nant",
    "Oak",
    "Pen",
    "Quar",
    "Rhos",
    "Stan",
    "Tref",
    "Ulv",
    "Whin",
)
MIDDLE = ("a", "e", "i", "o", "u", "ar", "en", "il", "or", "un")
LAST = (
    "berg",
    "combe",
    "dale",
    "ford",
    "gate",
    "ham",
    "ister",
    "kirk",
    "low",
    "mere",
    "ness",
    "port",
    "ring",
    "stow",
    "thorpe",
    "vale",
    "wick",
    "yard",
    "zeal",
    "bury",
)
PIECE = 1500
"""Characters of a small paper, at the least."""
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(200)


def name_places(seed: int) -> Iterator[str]:
    """Invented places, 4,000 before they repeat with a second word."""
    chance = random.Random(seed)
    places = [first + middle + last for first in FIRST for middle in MIDDLE for last in LAST]
    chance.shuffle(places)
    yield from places
    yield from (f"{one} {other}" for one in places for other in places)


def copy_papers(pages: int, folder: Path, *, source: Path = ROOT / "corpora") -> tuple[Path, int, int]:
    """Copies of the papers under `source` for boards of their own until there are `pages` pages.

    The manifest that names the boards, the number of papers, and of pages; a paper without pages counts as one.
    """
    from lscb_textmine.read import find_papers, read_document

    known = [
        (path, len(read_document(path).pages) or 1)
        for path, _ in find_papers([source])[0]
        if path.suffix in (".pdf", ".docx", ".xlsx")
    ]
    rows, count, places, boards = [], 0, name_places(0), dict[Path, str]()
    while count < pages:
        boards = {path.parent: f"{next(places)} Local Safeguarding Children Board" for path, _ in known}
        for path, length in known:
            if count < pages:
                target = folder / boards[path.parent] / path.name
                copy_anew(path, target, len(rows))
                rows.append((target.relative_to(folder).as_posix(), boards[path.parent]))
                count += length
    manifest = folder / "manifest.csv"
    with manifest.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("path", "board"), *rows])
    return manifest, len(rows), count


def copy_anew(path: Path, target: Path, number: int) -> None:
    """A copy that differs by a comment: copies of a file are read once."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(path.read_bytes())
    if path.suffix == ".pdf":
        with target.open("ab") as file:
            file.write(f"\n% paper {number}\n".encode())
    else:
        with zipfile.ZipFile(target, "a") as archive:
            archive.comment = f"paper {number}".encode()


def cut_papers(count: int, folder: Path, *, seed: int, source: Path = ROOT / "corpora") -> None:
    """`count` small papers in `folder`: pieces of those under `source` as Markdown, whole ones and broken files."""
    pieces, wholes, chance = list(_cut(source)), sorted(source.rglob("*.pdf")), random.Random(seed)
    places = name_places(seed)
    boards = [f"{next(places)} Local Safeguarding Children Board" for _ in range(8)]
    for number in range(count):
        board = chance.choice(boards)
        place = folder / board / f"paper {number:03d}"
        place.parent.mkdir(parents=True, exist_ok=True)
        if number % 25 == 24:
            place.with_suffix(".pdf").write_bytes(chance.choice((b"%PDF-1.7\n1 0 obj <<", PICTURE)) + bytes(number))
        elif number % 10 == 9:
            copy_anew(chance.choice(wholes), place.with_suffix(".pdf"), number)
        else:
            kind = chance.choice(("Business Plan 2012-13", "Minutes of 4 March 2012", "Annual Report 2011-12"))
            text = f"# {board}\n\n## {kind}\n\nPaper {number}\n\n{chance.choice(pieces)}\n"
            place.with_suffix(".md").write_text(text, encoding="utf-8")


def _cut(source: Path) -> Iterator[str]:
    from lscb_textmine.read import find_papers, read_document
    from lscb_textmine.report.markdown import document_to_markdown

    for path, _ in find_papers([source])[0]:
        if path.suffix in (".pdf", ".docx", ".xlsx"):
            piece = ""
            for part in re.split(r"\n\n+", document_to_markdown(read_document(path))):
                piece += f"{part}\n\n"
                if len(piece) > PIECE:
                    yield piece
                    piece = ""
