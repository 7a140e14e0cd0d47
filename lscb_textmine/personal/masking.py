"""A study in; the same study without anything that names or identifies a child or family out.

Everything that a report shows is walked through: strings are masked, offsets moved with them, identifiers made anew
where the words they stand for have changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from lscb_textmine.classify.dates import dates_in
from lscb_textmine.personal.findings import mask_objective, mask_sentence
from lscb_textmine.personal.kept import is_plain_word, members_of, objectives_of, words_kept
from lscb_textmine.personal.masks import MASKS, Masker, make_masker
from lscb_textmine.personal.mentions import find_mentions
from lscb_textmine.personal.paths import mask_paths
from lscb_textmine.records import Document, Flag, Paper, Problem, Sighting, Study, finding_id

Mask = Callable[[str], str]
AS_THEY_ARE = frozenset({"sha256", "format", "kind", "severity", "doc_type", "key", "sheet", "change", "audience"})
"""Fields that hold none of a paper's words."""
EVERYWHERE = frozenset({"name", "NHS number", "address", "case number", "phone number", "e-mail address"})
"""Kinds that are masked in every paper once one has flagged them; a date of birth may be a day like any other."""


@dataclass(frozen=True, slots=True)
class Maskers:
    """A masker for each paper (by its digest), for each board, and for all."""

    papers: Mapping[str, Masker]
    boards: Mapping[str, Masker]
    everything: Masker
    paths: Mapping[str, str]
    """The paths that name someone, with what is shown instead."""
    ids: Mapping[str, str]
    """Identifiers of findings whose words have changed, with their new ones."""

    def path(self, path: str) -> str:
        """A path as it is shown."""
        return self.paths.get(path, path)


def mask_study(study: Study) -> Study:
    """The study with what is flagged replaced in every text, each kind by its own words in brackets."""
    maskers = make_maskers(study)
    papers = tuple(_mask_paper(paper, maskers) for paper in study.papers)
    names = {
        (p.document.board.value, p.document.name): q.document.name for p, q in zip(study.papers, papers, strict=True)
    }
    return replace(
        study,
        papers=papers,
        measures=tuple(
            replace(
                each,
                board=maskers.everything(each.board),
                document=names.get((each.board, each.document), each.document),
            )
            for each in study.measures
        ),
        problems=tuple(_mask_problem(problem, maskers) for problem in study.problems),
        settings=tuple((name, _mask_setting(value, maskers)) for name, value in study.settings),
        **{name: _mask_by_board(getattr(study, name), maskers, names) for name in BY_BOARD},
    )


BY_BOARD = ("threads", "actions", "indicators", "enquiries")


def make_maskers(study: Study) -> Maskers:
    """The maskers of a study."""
    kept = {paper.document.sha256: members_of(paper) for paper in study.papers}
    own = {paper.document.sha256: list(secrets_of(paper)) for paper in study.papers}
    shared = {
        secret
        for secrets in own.values()
        for secret in secrets
        if secret[1] in EVERYWHERE and len(secret[0].split()) > 1
    } | {secret for secrets in own.values() for secret in secrets if secret[1] in EVERYWHERE - {"name"}}
    everyone = frozenset().union(*kept.values())
    papers = {
        sha256: make_masker([*secrets, *(s for s in shared if s[0].lower() not in kept[sha256])], kept[sha256])
        for sha256, secrets in own.items()
    }
    boards: dict[str, Masker] = {}
    for board in {paper.document.board.value for paper in study.papers}:
        digests = [p.document.sha256 for p in study.papers if p.document.board.value == board]
        told = frozenset().union(*(kept[sha256] for sha256 in digests))
        boards[board] = make_masker([each for sha256 in digests for each in papers[sha256].secrets], told)
    everything = make_masker(shared, everyone)
    boards[""] = make_masker([each for masker in papers.values() for each in masker.secrets], everyone)
    paths = mask_paths(_paths_of(study), everything, {p.document.path: papers[p.document.sha256] for p in study.papers})
    return Maskers(papers, boards, everything, paths, dict(_new_ids(study, papers)))


def _paths_of(study: Study) -> Iterator[str]:
    yield from dict.fromkeys((*(p.document.path for p in study.papers), *(problem.path for problem in study.problems)))


def secrets_of(paper: Paper) -> Iterator[tuple[str, str]]:
    """What a paper's flags say must not be shown: their words, the parts of a name, a date of birth as a day."""
    members = members_of(paper)
    own = words_kept(paper, members)
    for flag in paper.flags:
        if flag.kind != "name":
            yield flag.text, flag.kind
        elif flag.text.lower() not in members and (len(flag.text.split()) > 1 or flag.text.lower() not in own):
            yield flag.text, flag.kind
            for mention in find_mentions(flag.text):
                parts = (part for part in mention.words if len(part) > 2)
                yield from ((part, "name") for part in parts if part.lower() not in own and not is_plain_word(part))
        if flag.kind == "date of birth":
            days = (day for _, _, day in dates_in(flag.text, year=paper.document.year.value))
            yield from ((day.isoformat(), flag.kind) for day in days if day)


def _new_ids(study: Study, papers: Mapping[str, Masker]) -> Iterator[tuple[str, str]]:
    for paper in study.papers:
        sha256 = paper.document.sha256
        found = [(each.candidate.place, each.candidate.text) for each in objectives_of(paper)]
        found += [(each.place, each.text) for each in (*paper.results, *paper.challenge)]
        for place, text in found:
            masked = papers[sha256](text)
            if masked != text:
                yield finding_id(sha256, place, text), finding_id(sha256, place, masked)


def _mask_paper(paper: Paper, maskers: Maskers) -> Paper:
    masker = maskers.papers[paper.document.sha256]
    return replace(
        paper,
        document=_mask_document(paper.document, masker, maskers),
        objectives=tuple(mask_objective(each, masker) for each in paper.objectives),
        rejected=tuple(mask_objective(each, masker) for each in paper.rejected),
        results=tuple(mask_sentence(each, masker) for each in paper.results),
        challenge=tuple(mask_sentence(each, masker) for each in paper.challenge),
        news=_walk(paper.news, masker, maskers),
        flags=tuple(_mask_flag(flag, masker, maskers) for flag in paper.flags),
    )


def _mask_flag(flag: Flag, masker: Masker, maskers: Maskers) -> Flag:
    return Flag(flag.kind, MASKS[flag.kind], maskers.ids.get(flag.finding, flag.finding), masker(flag.source))


def _mask_document(document: Document, masker: Masker, maskers: Maskers) -> Document:
    path = maskers.path(document.path)
    return replace(
        document,
        path=path,
        path_masked=path != document.path,
        board=replace(document.board, value=maskers.everything(document.board.value)),
        title=masker(document.title),
        notes=tuple(map(masker, document.notes)),
        problems=tuple(_mask_problem(each, maskers) for each in document.problems),
    )


def _mask_problem(problem: Problem, maskers: Maskers) -> Problem:
    """The problem with the path as it is shown, in its message too."""
    message = problem.message
    for path, shown in maskers.paths.items():
        message = message.replace(path, shown).replace(_last_part(path), _last_part(shown))
    return replace(problem, path=maskers.path(problem.path), message=maskers.boards[""](message))


def _last_part(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def _mask_setting(value: str, maskers: Maskers) -> str:
    parts = value.split(" | ")
    shown = mask_paths(parts, maskers.everything, {})
    return " | ".join(maskers.path(part) if part in maskers.paths else shown.get(part, part) for part in parts)


def _mask_by_board(records: Iterable[Any], maskers: Maskers, names: Mapping[tuple[str, str], str]) -> tuple[Any, ...]:
    """Records over several papers of a board, each masked by what all of these flagged."""
    found = []
    for record in records:
        masker = maskers.boards.get(record.board, maskers.boards[""])
        found.append(_walk(record, _text_mask(masker, maskers, record.board, names), maskers))
    return tuple(found)


def _text_mask(masker: Masker, maskers: Maskers, board: str, names: Mapping[tuple[str, str], str]) -> Mask:
    def mask(text: str) -> str:
        shown = maskers.ids.get(text) or names.get((board, text))
        return masker(text) if shown is None else shown

    return mask


def _walk(value: Any, mask: Mask, maskers: Maskers) -> Any:
    """A value with every string in it masked, whatever records and tuples it is made of."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, tuple):
        return tuple(_walk(each, mask, maskers) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    if isinstance(value, Sighting) and value.sha256 in maskers.papers:
        own = maskers.papers[value.sha256]
        mask = _both(own, mask)
    changed = {
        each.name: maskers.everything(getattr(value, each.name))
        if each.name == "board"
        else _walk(getattr(value, each.name), mask, maskers)
        for each in fields(value)
        if each.name not in AS_THEY_ARE
    }
    return replace(value, **changed)


def _both(masker: Masker, mask: Mask) -> Mask:
    """Masked by the paper's own masker first, an identifier or a paper's name by the other alone."""
    return lambda text: mask(text) if mask(text) != text else masker(text)
