"""Judged statements and sentences in; the table that the `classify` command writes out: JSON Lines, CSV or Excel."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lscb_textmine.errors import InputError
from lscb_textmine.records import Objective, Sentence
from lscb_textmine.report.data import to_json
from lscb_textmine.report.files import check_folder, write_files
from lscb_textmine.report.lines import Value, lines_to_csv, lines_to_jsonl, table_to_csv
from lscb_textmine.report.sheet import Formats, add_formats, write_text
from lscb_textmine.report.statements import Line, statement_line

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ENDINGS = (".jsonl", ".csv", ".xlsx")
LOOKS: dict[str, dict[str, Any]] = {"bold": {"bold": True}, "wrapped": {"text_wrap": True, "valign": "top"}}


def check_ending(path: Path) -> None:
    """Raise InputError when a file of this name cannot be written, before anything is judged."""
    if path.suffix.lower() not in ENDINGS:
        raise InputError(f"--out {path}: its ending says what to write; give .jsonl, .csv or .xlsx")
    check_folder(path.parent, (path.name,))


def statement_lines(objectives: Iterable[Objective], identities: Iterable[str]) -> list[Line]:
    """A line for each statement given, counted or not, under the identifier that the user gave it."""
    return [statement_line(each, id=identity) for each, identity in zip(objectives, identities, strict=True)]


def sentence_lines(sentences: Iterable[Sentence], identities: Iterable[str]) -> list[Line]:
    """A line for each sentence: its kind of result, how sure that is, the words that decided, and its phrases."""
    return [
        {
            "id": identity,
            "text": each.text,
            "kind": each.judgement.answer or None,
            "probability": round(each.judgement.probability, 4) if each.judgement.answer else None,
            "because": [reason.text for reason in each.judgement.because],
            "spans": [{"kind": s.kind, "start": s.start, "end": s.end, "text": s.text} for s in each.spans],
        }
        for each, identity in zip(sentences, identities, strict=True)
    ]


def challenge_lines(sentences: Iterable[Sentence], identities: Iterable[str]) -> list[Line]:
    """A line for each sentence of minutes: whether it challenges, how sure that is, and the words that decided."""
    return [
        {
            "id": identity,
            "text": each.text,
            "challenge": each.judgement.answer == "yes" if each.judgement.answer else None,
            "probability": round(each.judgement.probability, 4) if each.judgement.answer else None,
            "because": [reason.text for reason in each.judgement.because],
        }
        for each, identity in zip(sentences, identities, strict=True)
    ]


def write_lines(lines: Sequence[Line], path: Path) -> None:
    """Write the lines in the form that the file's ending names."""
    ending = path.suffix.lower()
    if ending == ".jsonl":
        content = lines_to_jsonl(lines)
    elif ending == ".csv":
        content = lines_to_csv(lines) if lines and "smart" in lines[0] else table_to_csv(*_plain_table(lines))
    else:
        content = lines_to_workbook(lines)
    write_files(path.parent, {path.name: content})


def lines_to_workbook(lines: Sequence[Line]) -> bytes:
    """The lines as one sheet with a filter and a frozen header; no cell is a formula or a link."""
    import xlsxwriter  # only here, as other forms of output do without it

    header, rows = _plain_table(lines)
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        sheet = workbook.add_worksheet("Judged")
        formats = add_formats(workbook, LOOKS)
        for column, name in enumerate(header):
            write_text(sheet, 0, column, name, formats, "bold")
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write_value(sheet, number, column, value, formats)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(lines)), len(header) - 1)
        sheet.set_column(0, len(header) - 1, 16)
        sheet.set_column(header.index("text"), header.index("text"), 70)
    return buffer.getvalue()


def _write_value(sheet: Worksheet, row: int, column: int, value: Value, formats: Formats) -> None:
    if isinstance(value, bool | int | float):
        sheet.write(row, column, value, formats["wrapped"])
    else:
        write_text(sheet, row, column, value or "", formats, "wrapped")


def _plain_table(lines: Sequence[Line]) -> tuple[list[str], list[list[Value]]]:
    """Header and rows; what is nested stands as JSON, except for criteria, which get a column each."""
    flat = [_without_nesting(line) for line in lines]
    header = list(dict.fromkeys(name for line in flat for name in line)) or ["id", "text"]
    return header, [[line.get(name) for name in header] for line in flat]


def _without_nesting(line: Line) -> dict[str, Value]:
    row: dict[str, Value] = {}
    for name, value in line.items():
        if name == "smart":
            for criterion, judged in value.items():
                row[criterion] = None if judged["probability"] is None else judged["met"]
                row[f"{criterion}_because"] = "; ".join(judged["because"]) or judged.get("note", "")
        elif isinstance(value, dict | list):
            row[name] = to_json(value) if value else ""
        else:
            row[name] = value
    return row
