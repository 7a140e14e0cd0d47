"""A paper in; the same paper with what may name or identify a child or family in its findings flagged out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lscb_textmine.personal.finding import find_personal
from lscb_textmine.personal.kept import is_plain_word, members_of, objectives_of, words_kept
from lscb_textmine.personal.mentions import find_mentions
from lscb_textmine.personal.spans import PersonalSpan
from lscb_textmine.records import Document, Flag, Objective, Paper, Paragraph, Sentence, finding_id


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that a report shows, the finding it belongs to and where in it it stands."""

    text: str
    finding: str = ""
    source: str = "text"


def flag_paper(paper: Paper, whole: Document | None = None) -> Paper:
    """The paper with its flags: in statements counted or not, their headings and cells, sentences, title, file name.

    A name once told to be a child's or family's is flagged wherever it stands in these, in part too, unless it is a
    member's; `whole` is the document with its blocks, where a name may be told in a sentence that is no finding.
    """
    kept = members_of(paper)
    passages = list(passages_of(paper))
    found = [find_personal(passage.text, kept) for passage in passages]
    names = {name for passage in passages for name in _names_in(passage.text, kept)}
    names |= {name for text in _texts_of(whole) for name in _names_in(text, kept)} if whole else set()
    own = words_kept(paper, kept)
    words = {part.lower() for name in names for mention in find_mentions(name) for part in mention.words}
    alone = {word for word in words if len(word) > 2 and word not in own and not is_plain_word(word)}
    flags = [
        Flag(span.kind, passage.text[span.start : span.end], passage.finding, passage.source)
        for passage, spans in zip(passages, found, strict=True)
        for span in (*spans, *_repeated(passage.text, spans, words, alone, kept))
    ]
    return replace(paper, flags=tuple(dict.fromkeys(flags)))


def _names_in(text: str, kept: frozenset[str]) -> Iterator[str]:
    return (text[span.start : span.end] for span in find_personal(text, kept) if span.kind == "name")


def _texts_of(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from (cell.text for row in block.rows for cell in row.cells if not cell.merged)


def _repeated(
    text: str, spans: tuple[PersonalSpan, ...], words: set[str], alone: set[str], kept: frozenset[str]
) -> Iterator[PersonalSpan]:
    """Where names stand again that the words around do not tell."""
    if not words:
        return
    for mention in find_mentions(text):
        parts = [word.lower() for word in mention.words]
        new = not any(span.start < mention.end and mention.start < span.end for span in spans)
        told = all(part in words for part in parts) and " ".join(parts) not in kept
        if new and told and any(part in alone for part in parts):
            yield PersonalSpan("name", mention.start, mention.end)


def passages_of(paper: Paper) -> Iterator[Passage]:
    """Every text of a paper that a report shows."""
    document = paper.document
    for objective in objectives_of(paper):
        yield from _passages_of_objective(objective, document.sha256)
    for sentence in (*paper.results, *paper.challenge):
        yield from _passages_of_sentence(sentence, document.sha256)
    if document.title:
        yield Passage(document.title, source="title")
    yield Passage(name_to_words(document.name), source="file name")


def _passages_of_objective(objective: Objective, sha256: str) -> Iterator[Passage]:
    candidate = objective.candidate
    finding = finding_id(sha256, candidate.place, candidate.text)
    yield Passage(candidate.text, finding)
    if candidate.section:
        yield Passage(candidate.section, finding, "heading")
    for cell in candidate.cells:
        if cell.text and cell.text != candidate.text:
            yield Passage(cell.text, finding, cell.name or "cell")
    if candidate.owner:
        yield Passage(candidate.owner, finding, "owner")


def _passages_of_sentence(sentence: Sentence, sha256: str) -> Iterator[Passage]:
    finding = finding_id(sha256, sentence.place, sentence.text)
    yield Passage(sentence.text, finding)
    if sentence.section:
        yield Passage(sentence.section, finding, "heading")


def name_to_words(name: str) -> str:
    """A file's or folder's name as words, as long as it was.

    >>> name_to_words("SCR_Kyle.Probert.docx")
    'SCR Kyle Probert docx'
    """
    return name.replace("_", " ").replace(".", " ").replace("+", " ")
