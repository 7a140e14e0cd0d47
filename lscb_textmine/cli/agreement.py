"""`lscb-textmine agreement`: two people's labels in; how far they agree, and where not, out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lscb_textmine.cli.show import print_json, print_line

EXAMPLES = """\b
Examples:
  lscb-textmine agreement reviewer-1.xlsx reviewer-2.xlsx
  lscb-textmine agreement mine.jsonl judged.jsonl --differences differences.csv

Kappa is Cohen's: 1 is full agreement, 0 what chance would give. The files hold labels of the same statements.
"""


def agreement(
    first: Annotated[Path, typer.Argument(metavar="A", help="One person's labels, .xlsx or .jsonl.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another person's labels of the same statements.")],
    differences: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write every difference there, as CSV.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON in place of a table.")] = False,
) -> None:
    """Compare two people's labels: Cohen's kappa, raw agreement and the list of differences."""
    from lscb_textmine.agreement import compare_files
    from lscb_textmine.report.agreed import agreement_lines, agreement_to_json, differences_to_csv
    from lscb_textmine.report.files import write_files

    found = compare_files(first, second)
    if differences is not None:
        write_files(differences.parent, {differences.name: differences_to_csv(found.differences, first, second)})
    if as_json:
        print_json(agreement_to_json(found))
        return
    for line in agreement_lines(found, first, second, listed=differences is None):
        print_line(line)
