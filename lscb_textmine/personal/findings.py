"""A finding and a masker in; the finding masked, its offsets true to the masked words, out."""

from __future__ import annotations

from dataclasses import replace

from lscb_textmine.personal.masks import Masked, Masker
from lscb_textmine.records import Judgement, NamedCell, Objective, Reason, Sentence, Span

Texts = tuple[tuple[str, str, Masked], ...]
"""The texts of a finding: where each stands, its words as they were, and masked."""


def mask_objective(objective: Objective, masker: Masker) -> Objective:
    """The objective with every text of it masked."""
    candidate = objective.candidate
    sources = [("text", candidate.text), ("heading", candidate.section), ("owner", candidate.owner)]
    sources += [(cell.name, cell.text) for cell in candidate.cells]
    sources += [("column name", cell.name) for cell in candidate.cells]
    texts = tuple((source, words, masker.mask(words)) for source, words in dict.fromkeys(sources))
    review = objective.review
    return replace(
        objective,
        candidate=replace(
            candidate,
            text=masker(candidate.text),
            section=masker(candidate.section),
            headings=tuple(map(masker, candidate.headings)),
            lead_in=masker(candidate.lead_in),
            cells=tuple(NamedCell(masker(cell.name), masker(cell.text), cell.role) for cell in candidate.cells),
            owner=masker(candidate.owner),
        ),
        judgements=_mask_judgements(objective.judgements, texts, masker),
        deadline=_mask_part(objective.deadline, texts, masker),
        lead=_mask_part(objective.lead, texts, masker),
        measure=_mask_part(objective.measure, texts, masker),
        spans=_move_spans(objective.spans, texts[0][2]),
        review=review
        and replace(review, comment=masker(review.comment), machine=_mask_judgements(review.machine, texts, masker)),
    )


def mask_sentence(sentence: Sentence, masker: Masker) -> Sentence:
    """The sentence with its text, section, phrases and reasons masked."""
    texts = tuple(
        (source, words, masker.mask(words))
        for source, words in (("text", sentence.text), ("heading", sentence.section))
    )
    (judgement,) = _mask_judgements((sentence.judgement,), texts, masker)
    return replace(
        sentence,
        text=texts[0][2].text,
        section=texts[1][2].text,
        judgement=judgement,
        spans=_move_spans(sentence.spans, texts[0][2]),
    )


def _move_spans(spans: tuple[Span, ...], masked: Masked) -> tuple[Span, ...]:
    moved = []
    for span in spans:
        start, end = masked.move(span.start, span.end)
        moved.append(Span(span.kind, start, end, masked.text[start:end]))
    return tuple(moved)


def _mask_judgements(judgements: tuple[Judgement, ...], texts: Texts, masker: Masker) -> tuple[Judgement, ...]:
    return tuple(
        replace(
            each,
            because=tuple(_mask_reason(reason, texts, masker) for reason in each.because),
            note=_mask_part(each.note, texts, masker),
        )
        for each in judgements
    )


def _mask_reason(reason: Reason, texts: Texts, masker: Masker) -> Reason:
    """A reason at the place of its words in the masked text; where it tells no true place, its words alone."""
    shown = masker(reason.source)
    for source, words, masked in texts:
        if source == reason.source and words[reason.start : reason.end] == reason.text:
            start, end = masked.move(reason.start, reason.end)
            return Reason(masked.text[start:end], start, end, shown)
    return replace(reason, text=_mask_part(reason.text, texts, masker), source=shown)


def _mask_part(part: str, texts: Texts, masker: Masker) -> str:
    """Words taken from one of the texts, masked as they are there: a part of an address tells nothing by itself."""
    for _, words, masked in texts:
        at = words.find(part) if part else -1
        if at >= 0 and masked.touches(at, at + len(part)):
            start, end = masked.move(at, at + len(part))
            return masked.text[start:end]
    return masker(part)
