"""`lscb-textmine analyse`: a folder of board papers in, the evidence workbook and its files out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lscb_textmine.cli.show import (
    print_error,
    print_json,
    print_line,
    print_problems,
    print_summary,
    show_progress,
    study_to_json,
)
from lscb_textmine.records import Study

ALL_READ, SOME_NOT_READ, NOTHING_DONE = 0, 1, 2
EXAMPLES = """\b
Examples:
  lscb-textmine analyse "Board papers" --out results
  lscb-textmine analyse plan.pdf --board "Cwm Arthen LSCB" --out results
  lscb-textmine analyse --manifest papers.csv --out results --json

A folder with one folder per board is best. The manifest is a CSV with the columns path, board, doc_type and year.
Exit status: 0 all read; 1 finished, but something could not be read; 2 nothing could be done.
"""


def analyse(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for the results; made when needed.")],
    paths: Annotated[list[Path] | None, typer.Argument(metavar="PATH...", help="Papers, and folders of them.")] = None,
    board: Annotated[str, typer.Option(metavar="NAME", help="The board whose papers these all are.")] = "",
    manifest: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help="Says of each paper its board, type and year.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, metavar="N", help="Papers read at once; 0 decides by their number.")] = 0,
    ocr: Annotated[
        bool, typer.Option("--ocr/--no-ocr", help="Read pages that are pictures, with tesseract, 3 seconds a page.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON, for scripts.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Read board papers, find and judge every objective, and write the evidence workbook."""
    from lscb_textmine.inputs import gather_requests
    from lscb_textmine.models import load_models
    from lscb_textmine.pipeline import study
    from lscb_textmine.read.ocr_pages import describe_ocr
    from lscb_textmine.report import check_results, write_study
    from lscb_textmine.review import carried_lines, continue_reviews, round_files
    from lscb_textmine.review.judging import judge_when_asked

    requests, problems = gather_requests(paths or [], board=board, manifest=manifest, ocr=ocr)
    check_results(out)
    settings = (
        *(("board", board), ("manifest", str(manifest or "")), ("paths", " | ".join(map(str, paths or [])))),
        ("OCR", describe_ocr(wanted=ocr)),
    )
    with show_progress(quiet=quiet or as_json) as progress:
        found = study(requests, load_models(), jobs=jobs, problems=problems, settings=settings, progress=progress)
    carried = continue_reviews(found, out, judge=judge_when_asked)
    found, beside = carried.study, round_files(carried, out)
    status = tell_status(found)
    files = write_study(found, out, beside=beside) if found.papers else ()
    if as_json:
        print_json(study_to_json(found, folder=out, files=files, status=status))
    print_problems(found.problems, kept_in=" in problems.csv" if files else "")
    if not found.papers:
        print_error("nothing could be read, so no results were written")
    elif not quiet and not as_json:
        print_summary(found, out)
        for line in carried_lines(carried, beside):
            print_line(line)
    raise typer.Exit(status)


def tell_status(study: Study) -> int:
    """The exit status that a study earns."""
    if not study.papers:
        return NOTHING_DONE
    return SOME_NOT_READ if any(problem.severity == "error" for problem in study.problems) else ALL_READ
