"""`lscb-textmine classify`: a table of statements in; the same with judgements out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lscb_textmine.errors import InputError

EXAMPLES = """\b
Examples:
  lscb-textmine classify statements.csv --out judged.xlsx
  lscb-textmine classify statements.jsonl --out judged.jsonl
  lscb-textmine classify sentences.csv --question results --out kinds.csv
  lscb-textmine classify minutes.jsonl --question challenge --out challenged.jsonl

FILE is CSV, XLSX or JSONL with a column "text", and if wished "id", "heading", "form" and "cells"; every other column
is taken as a cell of the statement's row. The ending of --out (.jsonl, .csv, .xlsx) says what is written.
"""
QUESTIONS = ("objectives", "results", "challenge")


def classify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Statements as CSV, XLSX or JSONL.")],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write; .jsonl, .csv or .xlsx.")],
    question: Annotated[str, typer.Option(metavar="|".join(QUESTIONS), help="What to ask.")] = "objectives",
) -> None:
    """Judge statements that are already in a table: SMART or aspirational, domains, result type."""
    check_question(question)
    from lscb_textmine.annotations import read_statements
    from lscb_textmine.classify import classify_statements
    from lscb_textmine.classify.challenge import judge_challenge
    from lscb_textmine.classify.results import judge_sentences
    from lscb_textmine.models import load_models
    from lscb_textmine.report import judged

    judged.check_ending(out)
    given, models = read_statements(file), load_models()
    candidates, ids = [each.candidate for each in given], [each.id for each in given]
    if question == "results":
        lines = judged.sentence_lines(judge_sentences(candidates, models), ids)
    elif question == "challenge":
        lines = judged.challenge_lines(judge_challenge(candidates, models), ids)
    else:
        lines = judged.statement_lines(classify_statements(candidates, models), ids)
    judged.write_lines(lines, out)


def check_question(question: str) -> None:
    """Raise InputError when the question is none that can be answered."""
    if question not in QUESTIONS:
        raise InputError(f"--question {question}: there is no such question; ask {' or '.join(QUESTIONS)}")
