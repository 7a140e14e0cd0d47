"""Board names as printed in; one spelling of each, and which names mean one board, out.

"Cwm Arthen LSCB", "CWM ARTHEN LOCAL SAFEGUARDING CHILDREN BOARD" and "Bwrdd Lleol Diogelu Plant Cwm Arthen" are one
board. A children's board, an adults' board and the partnership that followed a board are different bodies.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PLACE_WORD = r"[^\W\d_][\w'’-]*|&"
WORDS_BEFORE = re.compile(rf"(?:{PLACE_WORD})(?:['’]s)?(?:,?[ ]+(?:{PLACE_WORD})(?:['’]s)?)*\s*$")
WORDS_AFTER = re.compile(rf"\s+(?:{PLACE_WORD})(?:,?[ ]+(?:{PLACE_WORD}))*")
LONGEST_PLACE = 7
LEAST_LETTERS = 8
"""Of a place in which one wrong letter is taken for a typing error: shorter places may differ by one."""
BODY = (
    r"(?:(?:(?i:local|regional|joint)\s+)?(?i:safeguarding)\s+(?i:children(?:['’]?s)?|adults?(?:['’]?s)?)"
    r"(?:\s+(?i:and|&)\s+(?i:adults?|children)(?:['’]?s)?)?\s+(?i:boards?|partnership)"
    r"|(?i:area\s+)?(?i:child\s+protection\s+committee)|L?SCB\b|SAB\b|LSCP\b|SCP\b|ACPC\b)"
)
ENGLISH_BODY = re.compile(rf"\b{BODY}")
WELSH_BODY = re.compile(
    r"\b(?i:bwrdd)\s+(?:(?i:lleol|rhanbarthol)\s+)?(?i:diogelu)\s+(?i:plant|oedolion)(?:\s+(?i:lleol|rhanbarthol)\b)?"
)
ABBREVIATION = re.compile(r"\b(?!LS(?:CB|CP|AB)\b)[A-Z]{1,6}(?:SCB|SCP|SAB)\b")


@dataclass(frozen=True, slots=True)
class BoardWords:
    """The `[board]` table of `identity.toml`, made ready."""

    links: frozenset[str]
    no_place: frozenset[str]
    bodies: dict[str, str]


@cache
def load_board_words() -> BoardWords:
    """The words that names of boards are made of and stand among."""
    data = tomllib.loads(files("lscb_textmine.read").joinpath("identity.toml").read_text(encoding="utf-8"))["board"]
    return BoardWords(frozenset(data["links"]), frozenset(data["no_place"]), dict(data["bodies"]))


@dataclass(frozen=True, slots=True)
class BoardName:
    """A board's name in its parts."""

    place: str
    body: str
    """In full ("Local Safeguarding Children Board"), `""` where only the place or initials are known."""
    welsh: bool = False
    initials: str = ""
    """ "TSCB" where only that is known."""

    @property
    def full(self) -> str:
        """The name in full, the initials or the place where no more is known."""
        if self.initials:
            return self.initials
        return f"{self.body} {self.place}" if self.welsh else f"{self.place} {self.body}".strip()


def canonical_board(name: str) -> str:
    """The name in its usual spelling: abbreviations in full, capitals only where a name has them.

    >>> canonical_board("CWM ARTHEN LOCAL SAFEGUARDING CHILDREN BOARD"), canonical_board("Cwm Arthen LSCB")
    ('Cwm Arthen Local Safeguarding Children Board', 'Cwm Arthen Local Safeguarding Children Board')
    """
    return parse_board(name).full


def same_board(left: str, right: str) -> bool:
    """Whether two names mean one board: the same place, and bodies that do not differ in kind.

    >>> same_board("Cwm Arthen LSCB", "Bwrdd Lleol Diogelu Plant Cwm Arthen"), same_board("TSCB", "Thornmere LSCB")
    (True, True)
    """
    first, second = parse_board(left), parse_board(right)
    kinds = {kind for kind in (_kind(first), _kind(second)) if kind}
    if len(kinds) > 1:
        return False
    if first.initials or second.initials:
        return bool(set(_initials(first)) & set(_initials(second)))
    return _same_place(first.place, second.place)


def merge_boards(names: Iterable[str]) -> dict[str, str]:
    """Each name with the one to show for its board: the longest full form met, in English where there is one.

    Initials or a bare place that fit two boards of the run are left as they are.
    """
    wanted = list(dict.fromkeys(name for name in names if name))
    full = [name for name in wanted if parse_board(name).body]
    groups: list[list[str]] = []
    for name in sorted(full, key=lambda name: (-len(canonical_board(name)), name)):
        home = next((group for group in groups if any(same_board(name, each) for each in group)), None)
        if home is None:
            groups.append([name])
        else:
            home.append(name)
    for name in (each for each in wanted if each not in full):
        homes = [group for group in groups if any(same_board(name, each) for each in group)]
        homes = [group for group in homes if parse_board(group[0]).body] or homes
        if len(homes) == 1:
            homes[0].append(name)
        else:
            groups.append([name])
    return {name: _display_name(group) for group in groups for name in group}


def find_boards(text: str) -> Iterator[str]:
    """The board names that stand in a text, in order, in their usual spelling; full names and names with "LSCB"."""
    yield from (name.full for _, name in sorted(_parse_names(text), key=lambda found: found[0]))


def _parse_names(text: str) -> Iterator[tuple[int, BoardName]]:
    """Where each name's body stands, and the name with the place read before it (Welsh: after it)."""
    for found in ENGLISH_BODY.finditer(text):
        words = WORDS_BEFORE.search(text[max(0, found.start() - 120) : found.start()])
        place = _place_of(reversed(words[0].split()) if words else ())[::-1]
        if place:
            yield found.start(), _name_of(place, found[0], welsh=False)
    for found in WELSH_BODY.finditer(text):
        words = WORDS_AFTER.match(text, found.end())
        place = _place_of(words[0].split() if words else ())
        if place:
            yield found.start(), _name_of(place, found[0], welsh=True)


def _place_of(words: Iterable[str]) -> list[str]:
    """The words of a place, from the body outwards: those with a capital, and the small words between them."""
    links, no_place = load_board_words().links, load_board_words().no_place
    place: list[str] = []
    for word in words:
        bare = word.strip(",").lower()
        if bare not in links and (bare in no_place or not word[0].isupper() or len(place) == LONGEST_PLACE):
            break
        place.append(word)
    while place and place[-1].strip(",").lower() in links:
        place.pop()
    while place and place[0].strip(",").lower() in links:
        place.pop(0)
    half = len(place) // 2
    # a bilingual title on one line names the place twice: "... PLANT CWM ARTHEN CWM ARTHEN LOCAL ..."
    return place[:half] if half and place[:half] == place[half:] else place


def _name_of(place: Sequence[str], body: str, *, welsh: bool) -> BoardName:
    name = re.sub(r"['’]s$", "", " ".join(place), flags=re.IGNORECASE)
    return BoardName(usual_capitals(name), _full_body(body, welsh=welsh), welsh)


def find_initials(text: str) -> Iterator[str]:
    """The initials of boards that stand in a text ("TSCB"); "LSCB" alone is any board."""
    yield from (found[0] for found in ABBREVIATION.finditer(text))


def expand_initials(initials: str, names: Sequence[str]) -> str:
    """The first full name that the initials stand for, else the initials.

    >>> expand_initials("TSCB", ["Bro Hesgin LSCB", "Thornmere Safeguarding Children Board"])
    'Thornmere Safeguarding Children Board'
    """
    return next((canonical_board(name) for name in names if same_board(initials, name)), initials)


def parse_board(name: str) -> BoardName:
    """The parts of a name; one that does not read as a board's is taken as a place."""
    text = " ".join(name.replace("_", " ").split())
    if ABBREVIATION.fullmatch(text):
        return BoardName("", "", initials=text)
    found = min(_parse_names(text), key=lambda found: found[0], default=None)
    if found:
        return found[1]
    return BoardName(usual_capitals(text), "")


def usual_capitals(text: str) -> str:
    """Words in capitals as a name has them: "VALE OF TYWI" gives "Vale of Tywi"; other spellings as they stand.

    >>> usual_capitals("CWM ARTHEN"), usual_capitals("Cwm-y-Bryn")
    ('Cwm Arthen', 'Cwm-y-Bryn')
    """
    if not text.isupper() or len(text) < 3:
        return text
    small = {"of", "and", "the", "y", "yr", "a", "ar", "upon", "on", "in", "under"}
    words = re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), text).replace("'S", "'s").replace("’S", "’s")
    parts = re.split(r"([ -])", words)
    return "".join(p.lower() if i and p.lower() in small else p for i, p in enumerate(parts))


def _full_body(body: str, *, welsh: bool) -> str:
    text = " ".join(body.split())
    if full := load_board_words().bodies.get(text.lower()):
        return full
    words = [word.capitalize() for word in text.lower().replace("boards", "board").split()]
    words = ["and" if word in ("And", "&") else word for word in words]
    if welsh:
        return " ".join(words)
    return " ".join("Children" if word.startswith("Children") else word for word in words)


def _kind(name: BoardName) -> str:
    """Children's board, adults' board or partnership; `""` for a place alone."""
    body = (name.body or name.initials).lower()
    if not body:
        return ""
    if body.endswith(("partnership", "scp")):
        return "partnership"
    if "child protection" in body or body.endswith("acpc"):
        return "committee"
    adults = "adult" in body or "oedolion" in body or body.endswith("sab")
    children = "child" in body or "plant" in body or body.endswith("scb")
    return "both" if adults and children else "adults" if adults else "children"


def _initials(name: BoardName) -> tuple[str, ...]:
    """The initials that may stand for a name, with and without the L of Local: ("TLSCB", "TSCB")."""
    if name.initials:
        return (name.initials,)
    place = "".join(word[0].upper() for word in re.split(r"[\s-]+", name.place) if word[0].isupper())
    body = "".join(word[0] for word in name.body.split() if word[0].isupper())
    if name.welsh:
        body = {"children": "LSCB", "adults": "LSAB"}.get(_kind(name), "")
    short = body.removeprefix("L").removeprefix("R")
    return tuple(dict.fromkeys((place + body, place + short, f"{place}L{short}")))


def _same_place(left: str, right: str) -> bool:
    """Whether two places are one, accents, case, hyphens and one wrong letter in a long name aside."""
    first, second = _fold(left), _fold(right)
    if not first or not second:
        return False
    if first == second:
        return True
    if min(len(first), len(second)) < LEAST_LETTERS or abs(len(first) - len(second)) > 1:
        return False
    # rapidfuzz takes a while to import and most names are spelt alike
    from rapidfuzz.distance import DamerauLevenshtein

    return DamerauLevenshtein.distance(first, second) == 1


def _fold(place: str) -> str:
    text = unicodedata.normalize("NFKD", place.lower().replace("&", " and "))
    words = re.findall(r"[a-z]+", "".join(c for c in text if not unicodedata.combining(c)).replace("’", ""))
    return "".join(word for word in words if word not in ("the", "county", "and", "a"))


def _display_name(group: Sequence[str]) -> str:
    """The longest full form, English before Welsh."""
    parsed = [parse_board(name) for name in group]
    best = max(
        parsed, key=lambda name: (bool(name.body) and not name.welsh, bool(name.body), len(name.full), name.full)
    )
    return best.full
