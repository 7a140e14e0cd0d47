"""A text in; the names of children and of their families in it out, told by the words around them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lscb_textmine.cues import Cues, load_cues
from lscb_textmine.personal.mentions import Mention, find_mentions, is_given, load_words

BEFORE = re.compile(
    r"(?:['’]s)?[\s,:;(\[“‘\"'–—/-]*(?:\b(?:Mr|Mrs|Ms|Miss|Mx|Master)\.?(?: ?(?:and|&|/) ?(?:Mr|Mrs|Ms))?\.? )?$"
)
BEHIND_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Master)\.? $")
POSSESSIVE = re.compile(r"['’]s? |(?:,? | ?\(?)(?:and|a|&) ")
"""Between a name and what is its own: "Kyle's mother", "Kelly and her children"."""
AFTER = re.compile(r"['’\"”]?[\s,:;(\[–—-]*")
JOINED = re.compile(r"(?: ?\([^)]{0,30}\))?(?:,? (?:and|a|ac|&) |, | ?[/&] ?)(?:(?:Mr|Mrs|Ms|Miss)\.? )?$")
INITIALS = re.compile(r"\b(?:[A-Z]{2,3}|(?:[A-Z]\. ?){2,3})(?![\w.])")
AFTER_INITIALS = re.compile(
    r"['’]s\b|[,);:.]|$| [–—-]| (?:was|is|has|had|and|who|aged|remains|says|told|did|does|will|should|to be)\b"
)
SPEAKER = re.compile(r"[’'”\"]\s*[–—-]\s*(?:\w+ )?\w+, $")
QUOTE_ENDS = re.compile(r"(?: and [^\W\d_]+)?[’'”\"](?!s\b)|(?: and [^\W\d_]+)[’'”\"]")
CAPITAL_BEFORE = re.compile(r"(?<![.:;!?] )\b(?!(?:Mr|Mrs|Ms|Miss|Re)\b)[A-ZŴŶ][\w’'-]*\.? $")
AT_WORK = re.compile(
    r" ?[(\[][A-Z]|,? ?[–-]? ?[A-Z]\w+ [A-Z&]|,? (?:from|of|at) (?:the )?[A-Z]"
    r"| ?[,(–-]{0,2} ?(?:on |ext\b|\d{5}|[\w.]+@)|/|\.\w"
)
"""Initials or an agency behind a name, a post, a telephone number or e-mail address."""
SMALL_WORD = re.compile(r"\b[a-zŵŷ]{3,}\b")
"""Where all other words have capitals, a cell or heading lists who leads."""
NEAR = 35
"""Characters from a name within which a post tells of its bearer, where only the sentence says that it is a child's."""
KIN = ("kin after", "label after", "age or kin after")
COUPLE = re.compile(r"\bMr\.? ?(?:and|&|/|a) ?Mrs\.? $")
"""At a board a couple are parents, grandparents or carers."""
WINDOW = 60
"""Characters before a name in which the words that tell of it are looked for."""


@dataclass(frozen=True, slots=True)
class Around:
    """The cues that end right before a name and those that begin right after it."""

    before: frozenset[str]
    after: frozenset[str]
    own: frozenset[str]
    """Those of what follows as belonging to the name: "'s mother", "and her children"."""

    @property
    def close(self) -> bool:
        """Whether the words around are enough, whatever the name."""
        return (
            bool({"close before", "kin after", "label after"} & (self.before | self.after))
            or "close possession" in self.own
        )

    @property
    def loose(self) -> bool:
        """Whether the words around are enough for what is known as a given name."""
        return bool(
            {"close kin before a small name", "loose before"} & self.before
            or {"loose after", "age or kin after"} & self.after
            or "loose possession" in self.own
        )


def find_names(text: str, kept: frozenset[str]) -> list[tuple[int, int]]:
    """Where children and families are named; `kept` are the members' names, which are let be."""
    mentions = find_mentions(text)
    if not mentions and not INITIALS.search(text):
        return []
    cues = load_cues(__package__, "names.toml")
    hits = _by_edge(cues, text)
    around = {each: _around(each, text, hits, cues) for each in mentions}
    free = [each for each in mentions if not _is_kept(each, text, around[each], hits[2], kept)]
    told = [each for each in free if _is_told(each, text, around[each], hits)]
    told = _with_joined(told, free, text, hits, cues)
    told = _with_repeated(told, free)
    found = {(each.start, each.end) for each in told} | set(_find_initials(text, hits, cues, kept))
    return sorted(found)


Hits = tuple[dict[int, set[str]], dict[int, set[str]], list[tuple[int, int]]]
"""Names of cues by where they end and by where they begin; and what the public knows by name."""


def _by_edge(cues: Cues, text: str) -> Hits:
    ends: dict[int, set[str]] = {}
    starts: dict[int, set[str]] = {}
    published = []
    plain = re.sub(r"['’]s\b", "  ", text)
    known = list(cues.find(plain, "published")) if plain != text else []
    for hit in (*cues.find(text), *known):
        if hit.name == "published":
            published.append((hit.start, hit.end))
            continue
        ends.setdefault(hit.end, set()).add(hit.name)
        starts.setdefault(hit.start, set()).add(hit.name)
    return ends, starts, published


def _around(mention: Mention, text: str, hits: Hits, cues: Cues) -> Around:
    ends, starts, _ = hits
    edge = _edge_before(text, mention.start)
    before = {name for name in ends.get(edge, ()) if not name.endswith(("after", "possession"))}
    before |= ends.get(edge - 1, set()) & {"role before"} if text[edge - 1 : edge] == "." else set()
    gap = AFTER.match(text, mention.end)
    behind = gap.end() if gap else mention.end
    after = {name for name in starts.get(behind, ()) if name.endswith("after")}
    if text[mention.end : behind] != " ":
        after.discard("close after")
    after |= {hit.name for hit in cues.find(text[behind : behind + WINDOW], *KIN) if hit.start == 0}
    if text[mention.end : behind] == " " and not mention.known:
        after.discard("kin after")
    owned = POSSESSIVE.match(text, mention.end)
    own = {name for name in starts.get(owned.end() if owned else -1, ()) if name.endswith("possession")}
    before = _without_titles(before, text, edge, mention, at_work="role after" in after)
    return Around(frozenset(before), frozenset(after), frozenset(own))


def _edge_before(text: str, start: int) -> int:
    """Where the words end that stand before a name, title and punctuation left out."""
    window = text[max(0, start - WINDOW) : start]
    gap = BEFORE.search(window)
    return start - (len(window) - gap.start() if gap else 0)


def _without_titles(before: set[str], text: str, edge: int, mention: Mention, *, at_work: bool) -> set[str]:
    """The cues before a name but for those in a title ("Baby Friendly", "Father Christmas", "Sister Parry, Named
    Nurse"), and for whoever a quotation is by ("– mother, Ballynashee"): what follows there is a place."""
    word = re.search(r"[\w’'-]+$", text[max(0, edge - 20) : edge])
    if word is None:
        return before
    titled = word[0][:1].isupper() and text[edge : edge + 1] == " "
    opens = edge == len(word[0])
    strange = not mention.known and not _has_title(text, mention)
    if titled and ((strange and not opens) or at_work):
        return before - {"close before"}
    if strange and SPEAKER.search(text[: mention.start]):
        return before - {"close before"}
    return before


def _has_title(text: str, mention: Mention) -> bool:
    return BEHIND_TITLE.search(text[max(0, mention.start - 8) : mention.start]) is not None


def _is_told(mention: Mention, text: str, around: Around, hits: Hits) -> bool:
    if around.close or COUPLE.search(text[: mention.start]):
        return mention.known or not mention.small
    if mention.small:
        return False
    if "role after" in around.after:
        return False
    if around.loose and (mention.known or _has_title(text, mention)):
        return True
    if "case before" in around.before or ("loose after" in around.after and mention.named):
        return True
    if "close after" in around.after and _is_family(mention, text):
        return True
    return not mention.small and _is_unaccounted(mention, text, around, hits)


def _is_unaccounted(mention: Mention, text: str, around: Around, hits: Hits) -> bool:
    """Whether a given name stands in running text with nothing about it that puts its bearer to work: no post, no deed
    of a member, no arrangement, no capitalised word before it that makes it a place."""
    capital = CAPITAL_BEFORE.search(text[: mention.start])
    if not is_given(mention.words[0]) or (capital and capital.start() > 0):
        return False
    outside = f"{text[: mention.start]} {text[mention.end :]}"
    return SMALL_WORD.search(outside) is not None and not _is_at_work(mention, text, around, hits)


def _is_at_work(mention: Mention, text: str, around: Around, hits: Hits) -> bool:
    """Whether whoever is named speaks, takes something on, is to be rung, or has initials or a post beside the name."""
    if "at work after" in around.after or "work possession" in around.own or AT_WORK.match(text, mention.end):
        return True
    ends, starts, _ = hits
    if "asked of" in ends.get(_edge_before(text, mention.start), ()):
        return True
    near_before = (names for at, names in ends.items() if mention.start - NEAR <= at <= mention.start)
    near_after = (names for at, names in starts.items() if mention.end <= at <= mention.end + NEAR // 2)
    return any("role before" in names for names in near_before) or any("role after" in names for names in near_after)


def _is_family(mention: Mention, text: str) -> bool:
    """Whether a name before "family" or "children" is a surname: one word after "the", or opening the text."""
    lead = text[: mention.start].rstrip().lower()
    opens = not lead or lead[-1] in ".:;–-"
    return len(mention.words) == 1 and (
        lead.endswith((" the", " y")) or lead in ("the", "y") or (opens and _in_row(mention, text))
    )


def _in_row(mention: Mention, text: str) -> bool:
    """Whether "family" itself follows: other words after a first word of a text are no sign of a surname."""
    return text.startswith(" family", mention.end)


def _is_kept(
    mention: Mention, text: str, around: Around, published: Sequence[tuple[int, int]], kept: frozenset[str]
) -> bool:
    """Whether a name is a member's, of someone at work, or known to the public."""
    if any(start < mention.end and mention.start < end for start, end in published):
        return True
    if _is_pseudonym(mention, text) and not around.own and around.after.isdisjoint(KIN):
        return True
    words = " ".join(mention.words).lower()
    if len(mention.words) > 1 and any(words in name for name in kept):
        return True
    return "role before" in around.before and not around.close and "case before" not in around.before


def _is_pseudonym(mention: Mention, text: str) -> bool:
    """Whether a given name stands in quotation marks, alone or with another: "Learning from ‘Finn and Ivy’"."""
    opens = re.search(r"[‘'“\"](?:[^\W\d_]+ and )?$", text[max(0, mention.start - 20) : mention.start])
    return len(mention.words) == 1 and opens is not None and QUOTE_ENDS.match(text, mention.end) is not None


def _with_joined(told: list[Mention], free: Sequence[Mention], text: str, hits: Hits, cues: Cues) -> list[Mention]:
    """The names told, and those that "and" or a comma joins to one of them."""
    known = set(told)
    for one, two in (*itertools.pairwise(free), *reversed(list(itertools.pairwise(free)))):
        if (one in known) == (two in known) or not JOINED.fullmatch(text[one.end : two.start]):
            continue
        other = two if one in known else one
        if "role after" not in _around(other, text, hits, cues).after and (
            other.known or "," not in text[one.end : two.start]
        ):
            known.add(other)
    return [each for each in free if each in known]


def _with_repeated(told: list[Mention], free: Iterable[Mention]) -> list[Mention]:
    """The names told, and where a part of one stands again."""
    words = {word.lower() for each in told for word in each.words if len(word) > 2}
    return [each for each in free if each in told or all(word.lower() in words for word in each.words)]


def _find_initials(text: str, hits: Hits, cues: Cues, kept: frozenset[str]) -> Iterable[tuple[int, int]]:
    """Where two or three letters stand for a child: "young person JW", "TR's mother"."""
    ends, starts, _ = hits
    members = {"".join(word[0] for word in name.split()) for name in kept}
    child = {"close before", "close kin before a small name"}
    for match in INITIALS.finditer(text):
        letters = re.sub(r"\W", "", match[0]).lower()
        if letters in load_words()["abbreviations"] or letters in members or is_given(letters):
            continue
        owned = re.match(r"['’]s ", text[match.end() : match.end() + 3])
        own = starts.get(match.end() + 3, set()) if owned else set()
        before = ends.get(_edge_before(text, match.start()), set()) & child
        aged = [hit for hit in cues.find(text[match.end() :].lstrip(" (,")[:WINDOW], *KIN) if hit.start == 0]
        if "close possession" in own or (before and AFTER_INITIALS.match(text, match.end())) or (aged and before):
            end = match.end() - (match[0][-1] == " ")
            yield match.start(), end
