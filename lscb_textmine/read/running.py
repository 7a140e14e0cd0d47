"""Pages of words in; the same pages without running heads, feet, page numbers and watermarks out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from operator import itemgetter
from typing import NamedTuple

from lscb_textmine.read.lines import words_to_runs
from lscb_textmine.read.words import PageWords, Word

BAND = 0.13
"""Share of a page's height at its head and at its foot where running words are looked for."""
SAME_PLACE = 8.0
"""Points by which a running line may move from page to page."""
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page|pages|p\.?|tudalen|tud\.?)\s*\d{1,3}\.?(?:\s*(?:of|o|/)\s*\d{1,3})?|[-–—|]\s*\d{1,3}\s*[-–—|]"
    r"|\d{1,3}\s*\|\s*(?:page|p\s*a\s*g\s*e)|\d{1,3}\s*(?:of|/)\s*\d{1,3}"
)
_PAGE_WORD = re.compile(r"\b(?:page|tudalen|tud|p\s*a\s*g\s*e)\b")


class Sighting(NamedTuple):
    """A run of words at the head or foot of a page, digits masked, so that it can be met again on other pages."""

    page: int
    band: str
    text: str
    numbers: tuple[int, ...]
    place: float
    """Distance from the page's top for a head, from its bottom for a foot."""
    size: float
    words: list[Word]


def drop_running(pages: Sequence[PageWords], keep: Set[int] = frozenset()) -> tuple[PageWords, ...]:
    """The pages without what is printed on page after page: heads, feet, page numbers, watermarks.

    `keep` holds the `id` of words that stay whatever they look like: a table's header is repeated too.
    Run over pages that were cleaned before, it changes nothing, so tables may be looked for on clean pages first.
    """
    body = body_size(pages)
    gone = {id(word) for word in _watermark_words(pages, body)}
    groups: defaultdict[tuple[str, str], list[Sighting]] = defaultdict(list)
    for page in pages:
        for sighting in _sightings(page):
            groups[sighting.band, sighting.text].append(sighting)
    running = [sighting for group in groups.values() for sighting in _running(group, body)]
    everything = [sighting for group in groups.values() for sighting in group]
    gone |= {id(word) for sighting in _outermost(running, everything) for word in sighting.words}
    gone -= keep
    if not gone:
        return tuple(pages)
    return tuple(page._replace(words=tuple([w for w in page.words if id(w) not in gone])) for page in pages)


def body_size(pages: Iterable[PageWords]) -> float:
    """The type size that most words of a paper have, in points; 10 for a paper without words."""
    sizes: Counter[float] = Counter()
    for page in pages:
        sizes.update(map(itemgetter(5), page.words))
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _sightings(page: PageWords) -> Iterable[Sighting]:
    head, foot = BAND * page.height, (1 - BAND) * page.height
    for band, words in (
        ("head", [word for word in page.words if word.bottom < head and word.upright]),
        ("foot", [word for word in page.words if word.top > foot and word.upright]),
    ):
        for run in words_to_runs(words):
            text = " ".join([word.text for word in run]).lower().replace("—", "-").replace("–", "-")
            if not any(map(str.isalnum, text)):
                continue  # a list marker at the head of several pages is no running head
            numbers = tuple(int(number[:9]) for number in _DIGITS.findall(text))
            place = run[0].top if band == "head" else page.height - run[0].top
            masked = text if _PAGE_NUMBER.fullmatch(text) else _DIGITS.sub("#", text)
            yield Sighting(page.number, band, masked, numbers, place, run[0].size, run)


def _running(group: Sequence[Sighting], body: float) -> list[Sighting]:
    """Those of a group of like words that are running heads or feet."""
    if _PAGE_NUMBER.fullmatch(group[0].text):
        return list(group)
    if len({sighting.page for sighting in group}) < 2:
        return []
    places = {place: _stays_at(place, group, body) for place in {sighting.place for sighting in group}}
    found = [sighting for sighting in group if places[sighting.place]]
    large = [sighting for sighting in found if sighting.size > 1.3 * body and not sighting.numbers]
    # a heading that is repeated on each page in large type is kept where it first stands
    return [sighting for sighting in found if not (large and sighting is large[0])]


def _stays_at(place: float, group: Sequence[Sighting], body: float) -> bool:
    """Whether like words stand near this place on several pages, with the same or counting numbers."""
    same = [other for other in group if abs(other.place - place) < SAME_PLACE]
    return len({other.page for other in same}) > 1 and _numbers_run(same, body)


def _outermost(running: Sequence[Sighting], everything: Sequence[Sighting]) -> list[Sighting]:
    """Those running words with nothing but running words between them and the page's edge.

    A line of text that happens to stand at one place on two pages has other text above or below it.
    """
    known = {id(sighting) for sighting in running}
    barriers: dict[tuple[str, int], float] = {}
    shared = {(each.band, each.page, round(each.place)) for each in running}
    for each in everything:
        key = each.band, each.page
        beside = any((*key, round(each.place) + step) in shared for step in (-1, 0, 1))
        if id(each) not in known and not beside:
            barriers[key] = min(barriers.get(key, each.place), each.place)
    return [each for each in running if each.place <= barriers.get((each.band, each.page), each.place)]


def _numbers_run(group: Sequence[Sighting], body: float) -> bool:
    """Whether the numbers in like lines stay the same or count with the pages ("Priority 1", "Priority 3" do not).

    Three pages on which a number counts with them are enough in type smaller than the body's, as feet are set.
    """
    if not group[0].numbers or _PAGE_WORD.search(group[0].text):
        return True
    for numbers in zip(*(sighting.numbers for sighting in group), strict=True):
        offsets = Counter(number - sighting.page for number, sighting in zip(numbers, group, strict=True))
        if len(set(numbers)) > 1 and offsets.most_common(1)[0][1] < 0.6 * len(group):
            return False
    enough = 4 if group[0].size > 0.9 * body else 3
    return group[0].text == "#" or len(group) >= enough or len({sighting.numbers for sighting in group}) == 1


def _watermark_words(pages: Sequence[PageWords], body: float) -> list[Word]:
    """Turned words that are repeated or very large, and large words that stand at one place on most pages."""
    places: defaultdict[tuple[str, int, int], list[Word]] = defaultdict(list)
    turned: defaultdict[str, list[Word]] = defaultdict(list)
    for page in pages:
        large = [word for word in page.words if word.size > 1.8 * body or not word.upright]
        for word in large:
            if not word.upright:
                turned[word.text].append(word)
            elif BAND * page.height < word.top and word.bottom < (1 - BAND) * page.height:
                places[word.text, round(word.left / 6), round(word.top / 6)].append(word)
    most = max(3, len(pages) // 2 + 1)
    marks = [word for words in places.values() if len(words) >= most for word in words]
    return marks + [word for words in turned.values() if len(words) > 1 or words[0].size > 2 * body for word in words]
