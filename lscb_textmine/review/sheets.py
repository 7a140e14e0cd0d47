"""A reviewed workbook in; what each of its rows says, and a message for each cell that says what it must not, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lscb_textmine.errors import InputError
from lscb_textmine.report.reviewed import CHOICES, COMMENT, ID, NAMES, REVIEWER, STATE, STATES

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SHEETS = ("Evidence", "Not counted")
HEADER_WITHIN = 20
"""Rows in which the header is looked for: a person may put lines above it."""
YES, NO = ("yes", "y", "true", "1", "✓"), ("no", "n", "false", "0", "✗")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """What a row of a workbook says: only what was chosen or typed."""

    sheet: str
    number: int
    id: str
    answers: tuple[tuple[str, str], ...] = ()
    state: str = "machine"
    comment: str = ""
    reviewer: str = ""
    letters: tuple[tuple[str, str], ...] = ()
    """The column of each question, and of the state."""

    @property
    def says_nothing(self) -> bool:
        """Whether nobody wrote anything here but perhaps a name."""
        return not self.answers and self.state == "machine" and not self.comment

    def cells(self, *questions: str) -> str:
        """Where these answers stand: "AB12 and AC12"."""
        letters = dict(self.letters)
        return " and ".join(f"{letters[question]}{self.number}" for question in questions if question in letters)


@dataclass(frozen=True, slots=True)
class ReviewedWorkbook:
    """The rows of a workbook with their statements' identifiers, and what is wrong in it."""

    path: Path
    rows: tuple[ReviewRow, ...]
    errors: tuple[str, ...] = ()


def read_reviewed_workbook(path: Path) -> ReviewedWorkbook:
    """What a reviewed workbook says, row by row. Raises InputError when it is no evidence workbook."""
    sheets = _open_sheets(path)
    found = [(name, *_find_header(sheet)) for name, sheet in sheets.items()]
    if all(header is None for _, header, _ in found):
        message = f"{path}: has no sheet {' or '.join(SHEETS)} with the columns {STATE} and {ID}; give an evidence.xlsx"
        raise InputError(f"{message} of this version, as analyse wrote it")
    rows: list[ReviewRow] = []
    errors: list[str] = []
    for name, header, cells in found:
        for number, values in cells if header is not None else ():
            row, wrong = _read_row(name, number, header or {}, values)
            rows += [row] if row.id else []
            errors += [f"{path}, {message}" for message in wrong]
    return ReviewedWorkbook(path, tuple(rows), (*errors, *_repeated(path, rows)))


def _open_sheets(path: Path) -> dict[str, Worksheet]:
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(path.read_bytes()), read_only=True)
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}); check the name") from error
    except Exception as error:  # openpyxl raises of all kinds on a damaged file
        raise InputError(f"{path}: cannot be opened as a workbook; save it again as .xlsx") from error
    sheets = {name: book[name] for name in SHEETS if name in book.sheetnames}
    for sheet in sheets.values():
        sheet.reset_dimensions()  # what the file says of its size is not always true
    return sheets


def _find_header(sheet: Worksheet) -> tuple[dict[str, int] | None, Iterator[tuple[int, Sequence[Any]]]]:
    """The place of each column by its name, None when there is no header; and the rows below it."""
    rows = enumerate(sheet.iter_rows(), start=1)
    for number, row in rows:
        names = {str(cell.value).strip().lower(): place for place, cell in enumerate(row) if cell.value is not None}
        if {STATE.lower(), ID.lower()} <= names.keys():
            return names, rows
        if number >= HEADER_WITHIN:
            break
    return None, iter(())


def _read_row(
    sheet: str, number: int, header: Mapping[str, int], cells: Sequence[Any]
) -> tuple[ReviewRow, tuple[str, ...]]:
    from openpyxl.utils import get_column_letter

    def cell(name: str) -> Any:
        place = header.get(name.lower())
        return cells[place] if place is not None and place < len(cells) else None

    def letter(name: str) -> str:
        return str(get_column_letter(header[name.lower()] + 1))

    wrong: list[str] = []

    def text(name: str) -> str:
        told = cell(name)
        if told is not None and told.data_type == "f":
            wrong.append(f"sheet {sheet}, cell {letter(name)}{number}: holds a formula; type what it should say")
            return ""
        return _plain(None if told is None else told.value)

    def choose(name: str, allowed: Sequence[str]) -> str:
        told = text(name)
        answer = _choose(told, allowed)
        if told and not answer:
            place = f"sheet {sheet}, cell {letter(name)}{number}"
            wrong.append(f"{place}: “{told}” is no answer under {name}; give {_listed(allowed)}")
        return answer

    answers = {question: choose(name, CHOICES[question]) for question, name in NAMES.items()}
    columns = {**NAMES, STATE: STATE, REVIEWER: REVIEWER}
    row = ReviewRow(
        sheet,
        number,
        text(ID),
        tuple((question, answer) for question, answer in answers.items() if answer),
        choose(STATE, STATES) or "machine",
        text(COMMENT),
        text(REVIEWER),
        tuple((question, letter(name)) for question, name in columns.items() if name.lower() in header),
    )
    if not row.id and not row.says_nothing:
        wrong.append(f"sheet {sheet}, row {number}: has no {ID}; review the rows that analyse wrote, with their {ID}")
    return row, tuple(wrong)


def _plain(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _listed(allowed: Sequence[str]) -> str:
    return f"{', '.join(allowed[:-1])} or {allowed[-1]}, or leave it empty"


def _choose(told: str, allowed: Sequence[str]) -> str:
    """The answer meant, whatever its case and however yes and no were written; `""` when it is none.

    >>> _choose("Smart ", ("SMART", "aspirational")), _choose("TRUE", ("yes", "no")), _choose("perhaps", ("yes", "no"))
    ('SMART', 'yes', '')
    """
    words = told.strip().lower()
    if tuple(allowed) == ("yes", "no"):
        words = "yes" if words in YES else "no" if words in NO else words
    return next((each for each in allowed if each.lower() == words), "")


def _repeated(path: Path, rows: Sequence[ReviewRow]) -> Iterator[str]:
    """Rows that say different things of one statement: one of them is a copy gone astray."""
    first: dict[str, ReviewRow] = {}
    for row in rows:
        other = first.setdefault(row.id, row)
        if other is not row and (row.answers, row.state) != (other.answers, other.state):
            place = f"{path}, sheet {row.sheet}, row {row.number}"
            yield f"{place}: is the same statement as row {other.number} of {other.sheet}, answered otherwise; keep one"
