"""`lscb-textmine review`: reviewed workbooks in; every result again, with the reviewed labels first, out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lscb_textmine.cli.show import print_error, print_json, print_line

NOTHING_DONE = 2
EXAMPLES = """\b
Examples:
  lscb-textmine review results/evidence.xlsx
  lscb-textmine review anna.xlsx bryn.xlsx --study results
  lscb-textmine review results/evidence.xlsx --out "results after review" --json

Choose other labels in the last columns of the sheets Evidence and Not counted, save, and run this. Your workbooks stay
as they are. When a cell holds what it must not, it is named and nothing is written.
"""


def review(
    workbooks: Annotated[list[Path], typer.Argument(metavar="WORKBOOK...", help="Reviewed evidence workbooks.")],
    study: Annotated[
        Path | None,
        typer.Option("--study", metavar="DIR", help="What analyse wrote; else the first workbook's folder."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help='Else "reviewed" beside the first workbook.')
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the outcome as JSON, for scripts.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Read reviewed workbooks back: check them, put people's labels first, and make every result again."""
    from lscb_textmine.report import check_results, write_study
    from lscb_textmine.report.files import refuse_links
    from lscb_textmine.review import review_workbooks, round_files, round_lines, round_to_json
    from lscb_textmine.review.judging import judge_when_asked
    from lscb_textmine.review.telling import describe_counts

    beside = workbooks[0].parent
    folder = out or (beside if beside.name == "reviewed" else beside / "reviewed")
    if out is None and folder != beside:
        refuse_links(beside, (folder.name,))
    found = review_workbooks(workbooks, study=study or beside, out=folder, judge=judge_when_asked)
    if found.errors:
        for error in found.errors:
            print_error(error)
        print_error(f"nothing was written; mend what is named above ({len(found.errors)}) and run again")
        raise typer.Exit(NOTHING_DONE)
    check_results(folder)
    files = write_study(found.study, folder, beside=round_files(found, folder))
    if as_json:
        print_json(round_to_json(found, folder=folder, files=files))
    elif not quiet:
        for line in (*round_lines(found), f"{describe_counts(found.study)}. Open {folder / 'evidence.xlsx'}"):
            print_line(line)
