"""The words of a PDF's pages in, tables taken out of them; paragraphs, headings, lists and notes in reading order out.

    pages -> clean pages -> lines -> drafts -> blocks

Each step is a module: `running`, `reading_order`, `paragraphs`, `headings`. The text of a table's cell is made by
`cell_text.lines_to_text`; the vocabulary of a paper by `joining.words_seen`.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from lscb_textmine.read.headings import drafts_to_blocks
from lscb_textmine.read.joining import words_seen
from lscb_textmine.read.paragraphs import lines_to_drafts, measure_lines
from lscb_textmine.read.reading_order import order_page
from lscb_textmine.read.running import body_size, drop_running
from lscb_textmine.read.words import PageWords
from lscb_textmine.records import Paragraph

Anchor = tuple[int, float, int]
"""Where a table stands: page number, its top in points, its index."""


def pages_to_blocks(
    pages: Sequence[PageWords],
    anchors: Sequence[Anchor] = (),
    *,
    vocabulary: Set[str] | None = None,
    size: float | None = None,
) -> tuple[Paragraph | int, ...]:
    """Paragraphs in reading order; an int between them is the index of the table that stands there.

    `vocabulary` and `size` (of running text) are those of the whole paper, tables included; without them they are
    told from these pages, which is less sure where most of a paper is tables.
    """
    clean = drop_running(pages)
    lines = [line for page in clean for line in order_page(page)]
    measures = measure_lines(lines, size or body_size(clean))
    drafts = lines_to_drafts(lines, anchors, measures)
    return drafts_to_blocks(drafts, measures, words_seen(pages) if vocabulary is None else vocabulary)
