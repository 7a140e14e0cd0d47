"""`lscb-textmine analyse`: a folder of board papers in, the evidence workbook and its files out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lscb_textmine.cli.show import (
    print_error,
    print_json,
    print_line,
    print_problems,
    print_summary,
    study_to_json,
)
from lscb_textmine.cli.watch import watch_run
from lscb_textmine.records import Problem, Study

if TYPE_CHECKING:
    from lscb_textmine.examining import Memory
    from lscb_textmine.manifest import PaperRequest
    from lscb_textmine.workers import Limits

Pairs = tuple[tuple[str, str], ...]
UNCHANGED = "nothing has changed since the last run; its results stand"
ALL_READ, SOME_NOT_READ, NOTHING_DONE = 0, 1, 2
EXAMPLES = """\b
Examples:
  lscb-textmine analyse "Board papers" --out results
  lscb-textmine analyse plan.pdf --board "Cwm Arthen LSCB" --out results
  lscb-textmine analyse --manifest papers.csv --out results --json

A folder with one folder per board is best. The manifest is a CSV with the columns path, board, doc_type and year.
Stopped or killed, the same command goes on where it stopped; a file that has not changed is not read again.
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
    mask: Annotated[
        bool, typer.Option("--mask", help="Replace what names a child or family in every result by what it is.")
    ] = False,
    time_limit: Annotated[
        float, typer.Option(min=1, metavar="SECONDS", help="For one paper; one that takes longer is given up.")
    ] = 120,
    memory_limit: Annotated[
        int, typer.Option(min=0, metavar="MB", help="For one paper, where the system can hold it; 0 for none.")
    ] = 2048,
    again: Annotated[bool, typer.Option("--again", help="Read every paper again, also those that are known.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON, for scripts.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Read board papers, find and judge every objective, and write the evidence workbook."""
    from lscb_textmine.examining import Memory
    from lscb_textmine.inputs import gather_requests
    from lscb_textmine.models import digest_models
    from lscb_textmine.report import check_results
    from lscb_textmine.settled import digest_run, find_settled
    from lscb_textmine.store.kept import digest_values, drop_kept, open_kept
    from lscb_textmine.workers import Limits

    requests, problems = gather_requests(paths or [], board=board, manifest=manifest)
    check_results(out)
    limits = Limits(seconds=time_limit, megabytes=memory_limit)
    settings: Pairs = (
        ("board", board),
        ("manifest", str(manifest or "")),
        ("paths", " | ".join(map(str, paths or []))),
    )
    settings = (*settings, ("mask", "yes")) if mask else settings
    run = Run(requests, problems, settings, out, jobs, limits, quiet or as_json)
    if again:
        drop_kept(out)
    with open_kept(out) as kept:
        memory = Memory(kept, digest_models(), digest_values(time_limit, memory_limit))
        digest = digest_run(requests, problems, memory, run.settings)
        summary, notes = (
            find_settled(memory, digest, out),
            ["nothing has changed since the last run; its results stand"],
        )
        if summary is None:
            summary, notes = run_anew(run, memory)
    if mask:
        drop_kept(out)  # it holds the papers' words unmasked
    tell_end(summary, notes, out, as_json=as_json, quiet=quiet)
    raise typer.Exit(summary["status"])


@dataclass(frozen=True, slots=True)
class Run:
    """What was asked on the command line."""

    requests: Sequence[PaperRequest]
    problems: Sequence[Problem]
    settings: Pairs
    out: Path
    jobs: int
    limits: Limits
    quiet: bool


def run_anew(run: Run, memory: Memory) -> tuple[dict[str, Any], list[str]]:
    """The papers examined as far as they are not known, and every result written; its summary, and lines to print."""
    from lscb_textmine.models import load_models
    from lscb_textmine.personal import mask_study
    from lscb_textmine.pipeline import study
    from lscb_textmine.report import write_study
    from lscb_textmine.review import carried_lines, continue_reviews, round_files
    from lscb_textmine.review.judging import judge_when_asked
    from lscb_textmine.settled import digest_run, settle

    masked = ("mask", "yes") in run.settings
    with watch_run(run.out, quiet=run.quiet, named=not masked) as progress:
        found = study(
            run.requests, load_models(), jobs=run.jobs, problems=run.problems, settings=run.settings,
            progress=progress, memory=memory, limits=run.limits,
        )  # fmt: skip
    carried = continue_reviews(mask_study(found) if masked else found, run.out, judge=judge_when_asked)
    beside = round_files(carried, run.out)
    files = write_study(carried.study, run.out, beside=beside) if found.papers else ()
    summary = study_to_json(carried.study, folder=run.out, files=files, status=tell_status(carried.study))
    if files:
        settle(memory, digest_run(run.requests, run.problems, memory, run.settings), run.out, files, summary)
    return summary, list(carried_lines(carried, beside))


def tell_end(summary: dict[str, Any], notes: list[str], out: Path, *, as_json: bool, quiet: bool) -> None:
    """Print what came of a run."""
    if as_json:
        print_json(summary)
    print_problems(summary["problems"], kept_in=" in problems.csv" if summary["files"] else "")
    if not summary["papers"]:
        print_error("nothing could be read, so no results were written")
    elif not quiet and not as_json:
        print_summary(summary, out)
        for line in notes:
            print_line(line)


def tell_status(study: Study) -> int:
    """The exit status that a study earns."""
    if not study.papers:
        return NOTHING_DONE
    return SOME_NOT_READ if any(problem.severity == "error" for problem in study.problems) else ALL_READ
