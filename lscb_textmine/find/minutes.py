"""Minutes in; their actions out: labelled, with an owner after the sentence or in a column beside, or agreed in words.

Codebook section 1: an action agreed in minutes is a statement; items noted or discussed, and logistics, are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lscb_textmine.find.attendance import is_attendance_table
from lscb_textmine.find.candidates import Setting, make_candidate
from lscb_textmine.find.context import OBJECTIVES, governing_kind
from lscb_textmine.find.owners import match_owners, split_owners
from lscb_textmine.find.prose import setting_of
from lscb_textmine.find.sentences import LABEL, TAIL, split_sentences, strip_space
from lscb_textmine.find.tables import row_cells, row_setting
from lscb_textmine.find.verdict import judge_sentence
from lscb_textmine.records import Candidate, Cell, Document, Form, NamedCell, Paragraph, Place, Row, Table

OWNER_ALONE = re.compile(r"[A-Z][\w’'&/, .-]{0,45}$")
LOGISTICS = re.compile(
    r"\b(?:date|time|venue) (?:and \w+ )?of (?:the )?next\b|\bnext meetings?\b|\bdyddiad y cyfarfod nesaf\b",
    re.IGNORECASE,
)
GOES_ON = re.compile(
    r"[a-z(]|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
STATUS_ALONE = re.compile(
    r"(?:is |now |has been |was |remains )*(?:complete[d]?|done|closed|outstanding|ongoing|on-going"
    r"|superseded|on (?:the )?agenda|carried (?:forward|over)|in progress|discharged|actioned|no update)\b.{0,30}$",
    re.IGNORECASE,
)
KEPT_REASONS = ("meeting arrangements", "noted or received", "words of a child, parent or other speaker")


@dataclass(frozen=True, slots=True)
class Task:
    """The span of a task in a text, its label ("ACTION"), the owner that label or tail names, and why it is none."""

    start: int
    end: int
    label: str = ""
    owner: str = ""
    sign: str = ""
    turned_down: str = ""


def find_in_minute(document: Document, index: int, block: Paragraph) -> Iterator[Candidate]:
    """The candidates in one paragraph or list item of minutes."""
    if block.kind not in ("paragraph", "list_item"):
        return
    logistics = any(LOGISTICS.search(heading) for heading in block.section)
    kind = governing_kind(block.lead_in, block.section, document=document)
    listed = block.kind == "list_item"
    tasks = tasks_in(block.text, [(0, len(block.text))], kind=kind, listed=listed)
    if after := _label_after(document, index):
        _give_owner(tasks, after, next(iter(split_sentences(block.text)[::-1]), None))
    for task in tasks:
        cells = (NamedCell(task.label.strip(" :–-") or "Action", task.owner, "lead"),) if task.owner else ()
        form: Form = "minute_action" if task.label or task.owner else "bullet" if listed else "sentence"
        in_list = "objectives list" if kind == OBJECTIVES and form == "bullet" else ""
        made = make_candidate(
            document,
            Place(index, task.start, task.end),
            form=form,
            setting=setting_of(block),
            cells=cells,
            marked="action label" if task.label else in_list,
            turned_down=task.turned_down or ("meeting arrangements" if logistics and not task.label else ""),
        )
        if made:
            yield made


def _label_after(document: Document, index: int) -> Task | None:
    """The label with an owner alone ("ACTION – All") that is the next paragraph under the same heading, if any."""
    following = document.blocks[index + 1] if index + 1 < len(document.blocks) else None
    if not isinstance(following, Paragraph) or following.section != document.blocks[index].section:
        return None
    task = _task(following.text, 0, len(following.text), kind="", listed=False)
    return task if task and task.start == task.end and task.owner else None


def find_in_minutes_table(document: Document, index: int, table: Table) -> Iterator[Candidate]:
    """The candidates in a table of minutes: the task of each entry in the owner column, and those agreed in words."""
    column = minute_column(table)
    if column is None:
        return
    lead = table.roles.index("lead") if "lead" in table.roles else None
    heading = ""
    for number, row in enumerate(table.rows):
        if column >= len(row.cells):
            continue
        heading = item_heading(table, row, column) or ("" if _is_new_item(table, row) else heading)
        setting = row_setting(table, row, heading=heading)
        cell = row.cells[column]
        owners = split_owners(row.cells[lead]) if lead is not None and lead < len(row.cells) else ()
        tasks = tasks_in(cell.text, whole_paragraphs(cell), kind="", skip=cell.bold)
        tasks = _with_default(cell, tasks, owners)
        if LOGISTICS.search(heading):
            tasks = [task for task in tasks if task.label or task.owner]
        yield from _from_row(document, Place(index, 0, 0, number, column), (table, row, setting), (tasks, owners, lead))


def minute_column(table: Table) -> int | None:
    """The column of a table that holds the minute: the one with the longest texts; None for a table of other things."""
    if is_attendance_table(table) or "statement" in table.roles or not table.rows:
        return None
    lengths = [
        sum(len(row.cells[i].text.split()) for row in table.rows if i < len(row.cells)) / len(table.rows)
        for i in range(len(table.header))
    ]
    column = max(range(len(lengths)), key=lengths.__getitem__, default=None)
    longest = max(
        (len(row.cells[column].text.split()) for row in table.rows if column is not None and column < len(row.cells)),
        default=0,
    )
    return column if column is not None and longest >= 6 and table.roles[column] != "lead" else None


def tasks_in(
    text: str,
    spans: list[tuple[int, int]] | tuple[tuple[int, int], ...],
    *,
    kind: str,
    listed: bool = False,
    skip: tuple[tuple[int, int], ...] = (),
) -> list[Task]:
    """The tasks in a text of minutes, by paragraph and sentence, with those that only look like tasks and why.

    A label with nothing but a name after it, or a name in brackets, belongs to the sentence before.
    """
    tasks: list[Task] = []
    last: tuple[int, int] | None = None
    for left, right in spans:
        if (left, right) in skip:
            continue
        for start, end in _sentences(text, left, right, listed=listed):
            task = _task(text, start, end, kind=kind, listed=listed)
            if task is None:
                last = (start, end)
            elif task.start == task.end:
                _give_owner(tasks, task, last)
            else:
                tasks.append(task)
                last = (start, end)
    return tasks


def whole_paragraphs(cell: Cell) -> list[tuple[int, int]]:
    """The paragraphs of a cell, with those joined that a page end tore apart: the second goes on in mid-sentence."""
    spans: list[tuple[int, int]] = []
    for start, end in cell.paragraphs():
        torn = spans and spans[-1] not in cell.bold and cell.text[spans[-1][1] - 1] not in ".!?:;)"
        if torn and GOES_ON.match(cell.text[start:end]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def item_heading(table: Table, row: Row, column: int) -> str:
    """The heading of a row of minutes: its number and the bold first words, or the words of a short column before."""
    cell = row.cells[column]
    before = [
        text
        for i, other in enumerate(row.cells[:column])
        if (text := other.text.strip()) and not other.merged and table.roles[i] != "lead" and len(text.split()) <= 15
    ]
    first = cell.paragraphs()[:1]
    bold = cell.text[first[0][0] : first[0][1]] if first and first[0] in cell.bold else ""
    return " ".join((*before, bold)).strip()


def _is_new_item(table: Table, row: Row) -> bool:
    return any(
        role == "reference" and i < len(row.cells) and row.cells[i].text.strip() for i, role in enumerate(table.roles)
    )


def _sentences(text: str, left: int, right: int, *, listed: bool) -> list[tuple[int, int]]:
    """The sentences of a paragraph; each "ACTION:" inside begins one, and a list item with a label stays whole."""
    edges = [left]
    for label in re.finditer(
        r"(?<=[.;:!?)\]\w] )(?=(?:ACTIONS?|Action(?: point)?)\s?\d*(?:\s?\([^)]{1,30}\))?\s?[:–—-])", text[left:right]
    ):
        edges.append(left + label.start())
    spans: list[tuple[int, int]] = []
    for start, end in zip(edges, [*edges[1:], right], strict=True):
        if LABEL.match(text, start, end):
            pieces = split_sentences(text, start=start, end=end)
            spans += pieces if len(pieces) > 1 and not listed else [strip_space(text, start, end)]
        else:
            pieces = split_sentences(text, start=start, end=end)
            spans += [(_past_run_in(text, pieces), end)] if listed and pieces else pieces
    return [span for span in spans if span[1] > span[0]]


def _past_run_in(text: str, pieces: list[tuple[int, int]]) -> int:
    """Where a list item begins when a heading of a few words that runs into it ("Budget.") is left out."""
    start, end = pieces[0]
    return pieces[1][0] if len(pieces) > 1 and len(text[start:end].split()) <= 3 else start


def _task(text: str, start: int, end: int, *, kind: str, listed: bool) -> Task | None:
    label = LABEL.match(text, start, end)
    tail = TAIL.search(text, start, end)
    inside = start if not label else label.end()
    owner = (label["owner"] or "" if label else "") or (tail["inside"] or tail["outside"] or "" if tail else "")
    body = text[inside:end].strip(" .()[]")
    if label and STATUS_ALONE.match(body):
        return None
    if label and (not body or _is_owner_alone(body)):
        return Task(start, start, label.group().strip(), owner or body)
    if tail and tail.start() <= inside:
        return Task(start, start, "Action", owner)
    verdict = judge_sentence(text[inside:end], kind if listed else "", setting="minutes", listed=listed)
    if label or tail:
        return Task(start, end, label.group().strip() if label else "Action", owner.strip(), verdict.sign)
    if not verdict.sign or verdict.sign == "listed":
        return None
    return Task(start, end, "", "", verdict.sign, verdict.turned_down)


def _is_owner_alone(body: str) -> bool:
    return len(body.split()) <= 5 and bool(OWNER_ALONE.match(body)) and not re.search(r"\bto\b|\bwill\b", body)


def _give_owner(tasks: list[Task], label: Task, last: tuple[int, int] | None) -> None:
    """Gives the owner of a label that stands alone to the task before it, or makes the sentence before it the task."""
    if last is None:
        return
    if tasks and (tasks[-1].start, tasks[-1].end) == last:
        tasks.pop()
    tasks.append(Task(*last, label.label, label.owner, "label"))


def _with_default(cell: Cell, tasks: list[Task], owners: tuple[str, ...]) -> list[Task]:
    """Where an owner stands beside a text in which no task was found, the last sentence is the task."""
    good = [task for task in tasks if not task.turned_down]
    if not owners or good:
        return tasks
    if revivable := [task for task in tasks if task.turned_down not in KEPT_REASONS]:
        chosen = revivable[-1]
        return [task for task in tasks if task is not chosen] + [Task(chosen.start, chosen.end, sign=chosen.sign)]
    spans = [span for span in cell.paragraphs() if span not in cell.bold]
    sentences = split_sentences(cell.text, start=spans[-1][0], end=spans[-1][1]) if spans else []
    return tasks + ([Task(*sentences[-1], sign="owner beside")] if sentences and not tasks else [])


def _from_row(
    document: Document,
    place: Place,
    around: tuple[Table, Row, Setting],
    found: tuple[list[Task], tuple[str, ...], int | None],
) -> Iterator[Candidate]:
    table, row, setting = around
    tasks, owners, lead = found
    column = place.column or 0
    live = [task for task in tasks if not task.turned_down]
    given = match_owners([row.cells[column].text[task.start : task.end] for task in live], owners)
    by_task = {id(task): owner for task, owner in zip(live, given, strict=True)}
    for task in tasks:
        owner = by_task.get(id(task), "") or task.owner
        cells = tuple(
            NamedCell(cell.name, owner, cell.role) if lead is not None and cell.name == _name_of(table, lead) else cell
            for cell in row_cells(table, row, leave_out=column)
        )
        made = make_candidate(
            document,
            Place(place.block, task.start, task.end, place.row, column),
            form="minute_action",
            setting=setting,
            cells=cells,
            marked="action label" if task.label else "action column" if owner else "",
            turned_down=task.turned_down,
        )
        if made:
            yield made


def _name_of(table: Table, column: int) -> str:
    return table.header[column] or f"Column {column + 1}"
