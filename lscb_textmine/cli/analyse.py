"""`lscb-textmine analyse`: a folder of board papers in, the evidence workbook and its files out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
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
from lscb_textmine.errors import TextmineError
from lscb_textmine.records import Problem, Study

if TYPE_CHECKING:
    from lscb_textmine.examining import Deploy, Memory
    from lscb_textmine.manifest import PaperRequest
    from lscb_textmine.workers import Limits

Pairs = tuple[tuple[str, str], ...]
STOPPED = "stopped; what was read is kept, and the same command goes on where this stopped"
STOPPED_MASKED = " (until then run.sqlite holds words that --mask would hide)"
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
    ocr: Annotated[
        bool, typer.Option("--ocr/--no-ocr", help="Read pages that are pictures, with tesseract, 3 seconds a page.")
    ] = True,
    mask: Annotated[
        bool, typer.Option("--mask", help="Replace what names a child or family in every result by what it is.")
    ] = False,
    time_limit: Annotated[
        float, typer.Option(min=1, metavar="SECONDS", help="For one paper; one that takes longer is given up.")
    ] = 120,
    memory_limit: Annotated[
        int, typer.Option(min=0, metavar="MB", help="For one paper, where the system can hold it; 0 for none.")
    ] = 2048,
    scheduler: Annotated[
        str, typer.Option(metavar="tcp://HOST:PORT", help="Of a Dask cluster whose workers are to read the papers.")
    ] = "",
    again: Annotated[bool, typer.Option("--again", help="Read every paper again, also those that are known.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON, for scripts.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Read board papers, find and judge every objective, and write the evidence workbook."""
    from lscb_textmine.inputs import gather_requests
    from lscb_textmine.read.ocr_pages import describe_ocr
    from lscb_textmine.report import check_results
    from lscb_textmine.store.kept import drop_kept
    from lscb_textmine.workers import Limits

    requests, problems = gather_requests(paths or [], board=board, manifest=manifest, ocr=ocr)
    check_results(out)
    settings: Pairs = (
        ("board", board),
        ("manifest", str(manifest or "")),
        ("paths", " | ".join(map(str, paths or []))),
        ("OCR", describe_ocr(wanted=ocr)),
    )
    settings = (*settings, ("mask", "yes")) if mask else settings
    limits = Limits(seconds=time_limit, megabytes=memory_limit)
    run = Run(requests, problems, settings, out, jobs, limits, quiet or as_json, scheduler)
    if again:
        drop_kept(out)
    try:
        summary, notes = run_once(run)
    except KeyboardInterrupt:
        raise TextmineError(STOPPED + (STOPPED_MASKED if mask else "")) from None
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
    scheduler: str = ""


def run_once(run: Run) -> tuple[dict[str, Any], list[str]]:
    """The summary of a run, and lines to print; nothing is done where nothing has changed since the last."""
    from lscb_textmine.examining import Memory
    from lscb_textmine.read.office import find_libreoffice
    from lscb_textmine.rules import digest_rules
    from lscb_textmine.settled import find_settled
    from lscb_textmine.store.kept import digest_values, open_kept

    with open_kept(run.out) as kept:
        reading, models = digest_rules()
        memory = Memory(kept, reading, models, limits=digest_values(asdict(run.limits), str(find_libreoffice())))
        summary = find_settled(memory, digest_asked(run, memory), run.out)
        return (summary, [UNCHANGED]) if summary is not None else run_anew(run, memory)


def digest_asked(run: Run, memory: Memory) -> str:
    """A digest of all that the results of a run follow from."""
    from lscb_textmine.review.kept import REVIEWS
    from lscb_textmine.review.rounds import REVIEWED
    from lscb_textmine.settled import digest_run

    reviews = (run.out / REVIEWED / REVIEWS,)
    return digest_run(run.requests, run.problems, memory, run.settings, beside=reviews)


def run_anew(run: Run, memory: Memory) -> tuple[dict[str, Any], list[str]]:
    """The papers examined as far as they are not known, and every result written; its summary, and lines to print."""
    from lscb_textmine.models import load_models
    from lscb_textmine.personal import mask_study
    from lscb_textmine.pipeline import study
    from lscb_textmine.report import write_study
    from lscb_textmine.review import carried_lines, continue_reviews, round_files
    from lscb_textmine.review.judging import judge_when_asked
    from lscb_textmine.settled import settle

    masked = ("mask", "yes") in run.settings
    with watch_run(run.out, quiet=run.quiet, named=not masked) as progress:
        found = study(
            run.requests, load_models(), jobs=run.jobs, problems=run.problems, settings=run.settings,
            progress=progress, memory=memory, limits=run.limits, deploy=deploy_on(run, memory),
        )  # fmt: skip
    carried = continue_reviews(mask_study(found) if masked else found, run.out, judge=judge_when_asked)
    beside = round_files(carried, run.out)
    files = write_study(carried.study, run.out, beside=beside) if found.papers else ()
    summary = study_to_json(carried.study, folder=run.out, files=files, status=tell_status(carried.study))
    if files:
        settle(memory, digest_asked(run, memory), run.out, files, summary)
    return summary, list(carried_lines(carried, beside))


def deploy_on(run: Run, memory: Memory) -> Deploy | None:
    """How papers are examined on the cluster that was named, None for here."""
    if not run.scheduler:
        return None
    from lscb_textmine.cluster import examine_on_cluster

    return partial(
        examine_on_cluster, scheduler=run.scheduler, limits=run.limits, rules=(memory.reading, memory.models)
    )


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
