"""One entry of a list of those present in; name, initials, role, agency and whom they deputise for, out.

Entries as boards write them: `Name (AB), Role, Agency`; `Name – Role, Agency`; `Name (Agency)`; `Name (AB) Role`;
`Name Role Agency` with the columns lost; `Name (Agency), deputising for Name`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from lscb_textmine.cues import Cues, load_cues
from lscb_textmine.records import Attendee, Status

LONGEST_ENTRY = 30
"""Words. What is longer is a sentence of the minutes."""
BRACKET = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
INITIALS = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z]{1,2}|[A-Z]\.(?:[A-Z]\.)+")
SEPARATOR = re.compile(r"\s*[,;|]\s*|\s+[-–—:/]+\s*|\s*[–—:]\s+|\t+")
FOR_INITIALS = re.compile(r"[(,]\s*for ([A-Z]{2,3})\b")
FOR_PERSON = re.compile(r"\b(?:for|vice)\s+(?=\S)")
OF = re.compile(r"\s*(?:of|for|and|&|to|in|on|with|y|yr|-)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Words:
    """The parts of an entry after the name."""

    role: str = ""
    agency: str = ""
    deputises: str = ""


def read_person(text: str, status: Status) -> Attendee | None:
    """The person whom an entry of an attendance list names, None when it names none.

    >>> read_person("DCI Carys Hafod (CH), Dyfed Ganol Police, deputising for Supt. Tregaron", "present")
    Attendee(name='DCI Carys Hafod', role='', agency='Dyfed Ganol Police', status='deputy', initials='CH', meeting='', \
page=None, deputises='Supt. Tregaron')
    """
    entry = " ".join(text.split()).strip(" .;,•·*-–—&")
    if not entry or len(entry.split()) > LONGEST_ENTRY or cues().find(entry, "no one"):
        return None
    found = name_at(entry)
    if found is None:
        return _named_last(entry, status)
    name, end = found
    rest, initials = take_initials(entry[end:], name)
    if (
        rest
        and not initials
        and not re.match(r"\s*[,;:|(\[–—/-]|\s*\t|\s+(?:on|for|deput|sub|attend)", rest)
        and not (_has(rest, "role", "agency"))
    ):
        return None
    words = read_words(rest)
    person = Attendee(name, words.role, words.agency, status, initials or initials_of(name))
    return as_deputy(person, words.deputises) if words.deputises else person


def _named_last(entry: str, status: Status) -> Attendee | None:
    """The person of an entry that puts the role or agency first ("Business Manager: Priti Lall")."""
    first, *rest = SEPARATOR.split(entry, maxsplit=1)
    if not rest or not _has(first, "role", "agency") or name_at(rest[0]) is None:
        return None
    person = read_person(rest[0], status)
    if person is None:
        return None
    given = share_out([first])
    return replace(person, role=person.role or given.role, agency=person.agency or given.agency)


def as_deputy(person: Attendee, member: str, *, said: bool = True) -> Attendee:
    """The person as one who stands in for a member, with the status "deputy" where that is `said` in so many words."""
    status: Status = "deputy" if said and person.status == "present" else person.status
    return replace(person, deputises=member, status=status)


def name_at(text: str) -> tuple[str, int] | None:
    """The name with which a text begins and where it ends, None when it begins with none.

    Two capital words, or a title and one; where no mark parts it from what follows, it ends before a word of a role or
    an agency.
    """
    found = name_pattern().match(text)
    if found is None or text[found.end() : found.end() + 1].isalnum():
        return None
    words = found["name"].split()
    loose = bool(re.match(r"\s+\w", text[found.end() :])) or len(words) > 2
    if loose and not re.match(r"\s*[(\[]", text[found.end() :]):
        words = _until_role(words)
    titled = bool(found["titles"])
    if len(words) < 2 and not (titled and words):
        return None
    if _has(" ".join(words), "agency", "role") and not titled:
        return None
    start = found.start("name")
    end = start + len(" ".join(words))
    return text[found.start("titles") if titled else start : end].strip(" ,"), end


def _until_role(words: Sequence[str]) -> list[str]:
    """The words of a name without those of a role or agency run on: two at least stay, as in "Jon Allen Medical"."""
    marked = [i for i in range(1, len(words)) if _has(words[i], "role", "agency")]
    return list(words[: min(2, marked[0])]) if marked else list(words)


def take_initials(rest: str, name: str) -> tuple[str, str]:
    """What follows a name without its initials, and these; letters in brackets that no name gives are no initials.

    >>> take_initials(" (MPT), Named Nurse", "Margaret Pugh-Teifi"), take_initials(" (SBNI)", "Sharon Beattie")
    ((', Named Nurse', 'MPT'), (' (SBNI)', ''))
    """
    for found in BRACKET.finditer(rest[:40]):
        inside = found[1].strip()
        if INITIALS.fullmatch(inside) and _are_initials(inside, name):
            return rest[: found.start()].rstrip() + rest[found.end() :], inside.replace(".", "")
    bare = re.match(r"\s*[-–—,:]?\s*([A-Z]{2,4})(?=\s*(?:$|[,:–—-]\s))", rest)
    if bare and _are_initials(bare[1], name):
        return rest[bare.end() :], bare[1]
    return rest, ""


def _are_initials(letters: str, name: str) -> bool:
    """Whether letters stand in a name in their order, from its first on."""
    bare = re.sub(r"\W", "", without_titles(name)).lower()
    at = 0
    for letter in letters.replace(".", "").lower():
        at = bare.find(letter, at) + 1
        if at == 0:
            return False
    return bare[:1] == letters[:1].lower() or len(letters) <= 2


def initials_of(name: str) -> str:
    """The first letters of a name of two words or more, titles left out."""
    words = without_titles(name).split()
    return "".join(word[0] for word in words if word[:1].isupper()) if len(words) > 1 else ""


def without_titles(name: str) -> str:
    """A name without titles: "Supt. Hywel Tregaron" is "Hywel Tregaron"."""
    return titles_pattern().sub("", name).strip()


def read_words(text: str) -> Words:
    """Role, agency and whom one deputises for, from what follows a name."""
    text, member = take_deputised(text)
    parts = [part.strip(" .,;") for part in _parts(text)]
    parts = [part for part in parts if part and not cues().find(part, "remark")]
    return replace(share_out(parts), deputises=member)


def take_deputised(text: str) -> tuple[str, str]:
    """The text without the words that say for whom one stands in, and that person's name, `""` for none."""
    for hit in cues().find(text, "deputising"):
        if found := name_at(text[hit.end :].lstrip(" :")):
            skipped = len(text[hit.end :]) - len(text[hit.end :].lstrip(" :"))
            end = hit.end + skipped + found[1]
            before = re.sub(r"\s*[(\[,;–—-]+\s*$", "", text[: hit.start])
            after = text[end:].lstrip(")]")
            return before + after, found[0]
    for lead in FOR_PERSON.finditer(text):
        if found := name_at(text[lead.end() :]):
            return text, found[0]
    shortened = FOR_INITIALS.search(text)
    return text, shortened[1] if shortened else ""


def name_deputised(person: Attendee, attendees: Sequence[Attendee]) -> Attendee:
    """The person with the name behind the initials of whom they deputise for; initials of nobody there say nothing."""
    if not INITIALS.fullmatch(person.deputises):
        return person
    member = next((each.name for each in attendees if each.initials == person.deputises), "")
    return replace(person, deputises=member)


def _parts(text: str) -> list[str]:
    """The pieces between brackets, commas and dashes; a bracket is a piece of its own."""
    pieces: list[str] = []
    at = 0
    for bracket in BRACKET.finditer(text):
        pieces += SEPARATOR.split(text[at : bracket.start()])
        pieces.append(bracket[1])
        at = bracket.end()
    return pieces + SEPARATOR.split(text[at:])


def share_out(parts: Sequence[str]) -> Words:
    """The pieces as role and agency: by the words of each, else the last is the agency."""
    if not parts:
        return Words()
    if len(parts) == 1:
        return split_run_on(parts[0])
    agencies = [i for i, part in enumerate(parts) if _has(part, "agency") and not _leads_with_role(part)]
    if agencies:
        chosen = agencies[-1]
    elif not _has(parts[0], "role") and _has(parts[-1], "role"):
        chosen = 0
    elif all(_has(part, "role") for part in parts):
        return Words(role=", ".join(parts))
    else:
        chosen = len(parts) - 1
    return Words(", ".join(part for i, part in enumerate(parts) if i != chosen), parts[chosen])


def split_run_on(text: str) -> Words:
    """Role and agency of a piece that runs on from one to the other ("Named Nurse Cwm Arthen Health Board").

    >>> split_run_on("Named Nurse Cwm Arthen Health Board")
    Words(role='Named Nurse', agency='Cwm Arthen Health Board', deputises='')
    """
    roles = cues().find(text, "role")
    if not roles:
        return Words(agency=text)
    for hit in reversed(roles):
        after = text[hit.end :].lstrip()
        if after[:1].isupper() and not OF.match(after) and (_has(after, "agency") or re.fullmatch(r"[A-Z]{3,}", after)):
            return Words(text[: hit.end], after)
    at = re.search(r"\s(?:at|from)\s(?:the\s)?(?=[A-Z])", text)
    if at:
        return Words(text[: at.start()], text[at.end() :])
    short = re.search(r"\s([A-Z]{3,})$", text)
    return Words(text[: short.start()], short[1]) if short else Words(role=text)


def _leads_with_role(text: str) -> bool:
    """Whether a piece is a role that only mentions an agency ("Head of Children's Services")."""
    return _has(text, "role") and (bool(re.search(r"\b(?:of|for)\b", text)) or _ends_with_role(text))


def _ends_with_role(text: str) -> bool:
    hits = cues().find(text, "role")
    return bool(hits) and max(hit.end for hit in hits) >= len(text.rstrip(" )."))


def _has(text: str, *names: str) -> bool:
    return bool(cues().find(text, *names))


def cues() -> Cues:
    """The words of attendance lists."""
    return load_cues("lscb_textmine.find", "attendance.toml")


@cache
def _names() -> tuple[str, str]:
    data = tomllib.loads(files("lscb_textmine.find").joinpath("attendance.toml").read_text(encoding="utf-8"))["names"]
    titles = "|".join(sorted(map(re.escape, data["titles"]), key=len, reverse=True))
    return rf"(?:{titles})(?![\w’'])\.?", "|".join(map(re.escape, data["particles"]))


@cache
def titles_pattern() -> re.Pattern[str]:
    """The titles at the beginning of a name."""
    return re.compile(rf"^(?:{_names()[0]}[ /]*)+")


@cache
def name_pattern() -> re.Pattern[str]:
    """Titles and up to four words of a name at the beginning of a text; initials may stand for first names."""
    titles, particles = _names()
    word = r"(?:[A-ZÀ-ÖØ-ÞŴŶ][\w’'-]+|(?:[A-Z]\.?){1,3}(?![\w’'-]))"
    return re.compile(
        rf"(?P<titles>(?:{titles}[ /]+)*)(?P<name>{word}(?:\s(?:(?:{particles})\s)?{word}){{0,3}})(?![\w’'])"
    )


def owner_in_full(owner: str, attendees: Sequence[Attendee]) -> str:
    """The people behind the initials or first names of an owner cell; "" when none of them is known.

    >>> owner_in_full("CH / DC", [Attendee("DCI Carys Hafod", agency="Police", initials="CH")])
    'DCI Carys Hafod (Police); DC'
    """
    parts = [part.strip(" .") for part in re.split(r"\s*(?:[/,;&+]|\band\b)\s*", owner) if part.strip(" .")]
    people = [_person_named(part, attendees) for part in parts]
    if not any(people):
        return ""
    return "; ".join(_in_full(person) if person else part for part, person in zip(parts, people, strict=True))


def _person_named(part: str, attendees: Sequence[Attendee]) -> Attendee | None:
    matching = [each for each in attendees if each.initials == part]
    if not matching:
        bare = part.lower()
        matching = [each for each in attendees if bare in _names_of(each.name)]
    names = {each.name for each in matching}
    return matching[0] if len(names) == 1 else None


def _names_of(name: str) -> set[str]:
    bare = without_titles(name).lower()
    words = bare.split()
    return {bare, name.lower(), *words[:1], *words[-1:]}


def _in_full(person: Attendee) -> str:
    behind = person.agency or person.role
    return f"{person.name} ({behind})" if behind else person.name
