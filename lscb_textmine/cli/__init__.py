"""The command line: arguments in, files and a few lines on the terminal out.

Each command imports what it needs when it runs, so that `--help` answers at once.
"""

from __future__ import annotations

import gc
import signal
import sys
from typing import Annotated

import typer

from lscb_textmine.cli import agreement as agreement_command
from lscb_textmine.cli import analyse as analyse_command
from lscb_textmine.cli import classify as classify_command
from lscb_textmine.cli import read as read_command
from lscb_textmine.cli import review as review_command
from lscb_textmine.cli.show import print_error
from lscb_textmine.errors import TextmineError

NOTHING_DONE = 2

EXAMPLES = """\b
Examples:
  lscb-textmine analyse "Board papers" --out results
  lscb-textmine analyse plan.pdf minutes.docx --board "Cwm Arthen LSCB" --out results
  lscb-textmine review results/evidence.xlsx
  lscb-textmine classify statements.csv --out judged.xlsx
  lscb-textmine read plan.pdf --picture pictures
  lscb-textmine agreement reviewer-1.xlsx reviewer-2.xlsx
"""

app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
app.command(epilog=analyse_command.EXAMPLES)(analyse_command.analyse)
app.command(epilog=review_command.EXAMPLES)(review_command.review)
app.command(epilog=classify_command.EXAMPLES)(classify_command.classify)
app.command(epilog=read_command.EXAMPLES)(read_command.read)
app.command(epilog=agreement_command.EXAMPLES)(agreement_command.agreement)


def print_version(wanted: bool) -> None:
    """Print the version and stop, when it was asked for."""
    if wanted:
        from lscb_textmine.report.run import tool_version  # looks the installed package up

        typer.echo(f"lscb-textmine {tool_version()}")
        raise typer.Exit


@app.callback(epilog=EXAMPLES)
def describe(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and stop.", callback=print_version, is_eager=True)
    ] = False,
) -> None:
    """Show what safeguarding boards promise in their own papers, and whether anyone could tell that it was done.

    Nothing leaves this machine: no connection is ever opened.
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit status: 0 all read, 1 something not read, 2 nothing done."""
    set_encoding()
    # a run makes millions of small records that live to its end: looking through them for cycles is a fifth of its time
    gc.set_threshold(200_000, 50, 100)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a system that shuts down stops a run as Ctrl-C does
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """The exit status of a command; every error is one line on standard error."""
    try:
        status = app(args=arguments, prog_name="lscb-textmine", standalone_mode=False)
    except TextmineError as error:
        print_error(str(error))
    except (KeyboardInterrupt, typer.Abort):
        print_error("stopped; no results were written")
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; there is nobody left to tell
    except Exception as error:  # the last edge: a traceback helps no inspector
        return _explain(error)
    else:
        return status if isinstance(status, int) else 0
    return NOTHING_DONE


def _explain(error: Exception) -> int:
    describe_usage = getattr(error, "format_message", None)  # Typer's own errors, whichever parser it brings
    if describe_usage is None:
        print_error(f"something unforeseen happened ({type(error).__name__}: {error}); please report it")
        return NOTHING_DONE
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "lscb-textmine"
    print_error(f"{describe_usage().rstrip('.')}; see {command} --help")
    return NOTHING_DONE


def set_encoding() -> None:
    """Let a character that the terminal cannot show become a question mark, not an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
