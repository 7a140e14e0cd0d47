"""The words of a candidate in; whether they show a concrete deed on a plain object, out (codebook section 2, S)."""

from __future__ import annotations

import re
from functools import cache

from lscb_textmine.classify.evidence import STRONG, Evidence, Passage, word_set
from lscb_textmine.classify.verdicts import Verdict, reason
from lscb_textmine.cues import Hit


def judge_specific(evidence: Evidence) -> Verdict:
    """Whether a doer could start without asking what is meant."""
    text = evidence.text
    if hit := next((hit for hit in text.strong if is_firm(text, hit)), None):
        return _met("concrete deed", text, hit)
    if hit := next((hit for hit in text.deeds if hit.name not in STRONG and is_narrowed(text, hit)), None):
        return _met("deed on a named thing", text, hit)
    if text.states and not evidence.sweeping:
        return _met("state for a group", text, text.states[0])
    if text.numbers:
        return _met("number", text, text.numbers[0])
    if made := thing_made(evidence):
        return _met("product", text, made)
    if other := _other_deed(text):
        return _met("other verb", text, other)
    for passage in evidence.others:
        if hit := next((hit for hit in passage.deeds if hit.name != "looks into"), None):
            return _met("deed in the row", passage, hit)
    return Verdict(False, *_why_not(evidence))


def _met(rule: str, passage: Passage, hit: Hit) -> Verdict:
    return Verdict(True, rule, (reason(passage.words, hit.start, hit.end, source=passage.source),))


def _why_not(evidence: Evidence) -> tuple[str, tuple[()], str]:
    text = evidence.text
    if text.deeds:
        return "no object", (), f"'{text.quote(text.deeds[0])}' without a thing to do it to that the words make plain"
    if text.vague:
        on = f" on '{text.quote(text.abstract[0])}'" if text.abstract else ""
        return "vague verb", (), f"vague verb '{text.quote(text.vague[0])}'{on}"
    return "no deed", (), "a theme or a state, with no concrete action or product"


def thing_made(evidence: Evidence) -> Hit | None:
    """A product that the words bring about without a listed deed.

    By a noun or weak verb before it ("Development of a programme of audits"), as the thing that the item names
    ("Leaflet for parents on case conferences"), or as reached ("Regional sub-groups merged").
    """
    text = evidence.text
    for match in _bringing_about().finditer(text.words) if not _only_watched(text) else ():
        for hit in text.products:
            between = text.words[match.end() : hit.start]
            if match.end() <= hit.start <= match.end() + 50 and not re.search(
                r"[.;]|\b(?:to|of|in|for|with)\b", between
            ):
                return hit
    if evidence.form in ("bullet", "table_row") and not text.vague:
        named = next((hit for hit in text.products if len(text.words[: hit.start].split()) <= 6), None)
        if named and _heads_phrase(text, named):
            return named
        if reached := _reached().search(text.words):
            return Hit("product", *reached.span())
    return None


def _only_watched(text: Passage) -> bool:
    """Whether the deed is to watch over the making, not to make ("Oversee the delivery of the plan")."""
    return bool(text.deeds) and text.deeds[0].name == "looks into"


def _heads_phrase(text: Passage, hit: Hit) -> bool:
    """Whether a product is what the item names: nothing but its own adjectives before it, and something after it."""
    before, after = text.words[: hit.start], text.words[hit.end :]
    if _inner_word().search(before) or any(deed.start < hit.start for deed in text.deeds):
        return False
    return bool(re.match(r"\s(?:for|on|of|to|between|with|from|that|which|setting|by)\b|,|:|\s[–-]", after)) or (
        len(before.split()) >= 2 and not after.strip(" .;")
    )


def _other_deed(text: Passage) -> Hit | None:
    """A verb that no list holds and that is not vague, with an object that is not abstract ("to walk the pathway")."""
    match = _promised_verb().search(text.words)
    if not match or text.absolutes:
        return None
    verb = Hit("other verb", *match.span(match.lastgroup or 0))
    if any(hit.start <= verb.end and verb.start <= hit.end for hit in (*text.vague, *text.abstract)) or verb_of(
        match
    ) in word_set("no_deed"):
        return None
    passive = match["be"] or match["be2"]
    if passive:
        return (
            verb
            if len(re.findall(r"[^\W\d_]{3,}", text.words[: match.start()])) >= 2
            and not has_abstract_object(text, verb)
            else None
        )
    after = [
        word
        for word in re.findall(r"[^\W\d_]{3,}", text.words[verb.end :])[:8]
        if word.lower() not in word_set("empty_objects")
    ]
    return verb if len(after) >= 2 and not has_abstract_object(text, verb) else None


def verb_of(match: re.Match[str]) -> str:
    """The verb that was matched, in lower case."""
    return (match["verb"] or match["verb2"] or match["verb3"]).lower()


def is_firm(text: Passage, hit: Hit) -> bool:
    """Whether a deed has an object, is not said of everyone, and is not done to something abstract."""
    sweeping = any(absolute.start < hit.start for absolute in text.absolutes) and text.leads_vaguely
    return not sweeping and has_object(text, hit) and not has_abstract_object(text, hit)


def has_abstract_object(text: Passage, hit: Hit) -> bool:
    """Whether the words right after a deed are abstract, with no product, number, group or name among them."""
    end = hit.end + len(" ".join(text.words[hit.end :].split()[:6])) + 1
    for each in (*text.products, *text.numbers, *text.groups):
        if hit.start <= each.start < end:
            return False
    if text.names_after(hit):
        return False
    return any(hit.end <= each.start < end for each in text.abstract)


def has_object(text: Passage, hit: Hit) -> bool:
    """Whether the deed has an object that the words make plain."""
    after = _object_after().sub("", text.words[hit.end :])
    before = text.words[: hit.start]
    words = [word for word in re.findall(r"[^\W\d_]{3,}", after) if word.lower() not in word_set("empty_objects")]
    if _passive_before().search(before):
        return bool(words) or not _pronoun_subject().search(before)
    inside = any(product.start <= hit.end and hit.start < product.end for product in text.products)
    return bool(words) or inside or len(re.findall(r"[^\W\d_]{4,}", before)) >= 4


def is_narrowed(text: Passage, hit: Hit) -> bool:
    """Whether how, where or for whom stands with a deed that is not concrete by itself."""
    if (text.absolutes and text.absolutes[0].start < hit.start) or not has_object(text, hit):
        return False
    if text.numbers or text.names_after(hit) or any(group.start > hit.start for group in text.groups):
        return True
    if any(hit.start <= product.start <= hit.end + 60 for product in text.products):
        return True
    content = [
        word
        for word in re.findall(r"[^\W\d_]{3,}", text.words[hit.end :])
        if word.lower() not in word_set("empty_objects")
    ]
    before = [
        word
        for word in re.findall(r"[^\W\d_]{3,}", text.words[: hit.start])
        if word.lower() not in word_set("empty_objects")
    ]
    enough = len(content) >= 3 or (bool(_passive_before().search(text.words[: hit.start])) and len(before) >= 3)
    return enough and not has_abstract_object(text, hit) and not _follows_vague(text, hit)


def _follows_vague(text: Passage, hit: Hit) -> bool:
    return any(
        each.start < hit.start and not re.search(r"\b(?:by|through)\b|[.;]", text.words[each.end : hit.start])
        for each in text.vague
    )


@cache
def _bringing_about() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:(?:development|production|creation|introduction|publication|delivery|completion|adoption"
        r"|provision|design|implementation|revision|review|agreement|update) of"
        r"|develop(?:ing)?|agree(?:ing)?|deliver(?:ing)?|put(?:ting)? in place|roll(?:ing)? out|provid(?:e"
        r"|ing)|have|lead|leading|run|running|make|making|making up|bring(?:ing)? together|do)\s"
        r"(?=(?:an?|one|two|three|four|the|new|revised|updated|joint|regional|multi-agency|local|half|\d+)\b)",
        re.IGNORECASE,
    )


@cache
def _inner_word() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:of|in|to|for|with|from|on|by|and|as|is|are|will|that|which|through|into)\b|[;:.]", re.IGNORECASE
    )


@cache
def _reached() -> re.Pattern[str]:
    # Milestones: a thing, then what has been done to it ("Practitioner Forum re-launched, north and south").
    return re.compile(
        r"(?<=[a-z]\s)(?:re-?launched|launched|merged|agreed|published|signed(?: off)?|appointed|recruited"
        r"|completed|approved|adopted|issued|circulated|held|reviewed and updated|set up|rebuilt|finished"
        r"|commissioned|reminded|registered)\b(?=\s?(?:$|[.,;]|in\b|by\b|and\b|with\b|for\b|of\b|at\b|to\b))",
        re.IGNORECASE,
    )


@cache
def _promised_verb() -> re.Pattern[str]:
    return re.compile(
        r"(?:\b(?:will|would|shall|should|must)\s(?:also |then |now |each |all "
        r"|\w+ly )?(?P<be>be\s)?(?P<verb>[a-z]{3,})"
        r"|\bto\s(?P<be2>be\s)(?P<verb2>[a-z]{3,}ed|paid|sent|seen|told|taught|shown|met|kept|read|asked)\b"
        r"|(?:\bto\s|^\W*)(?P<verb3>[a-z]{3,})(?=\s(?:(?:to|with|back)\s)?(?:the|an?|all|each|our|their|its"
        r"|any|her|his|those|two|three|four|\d+)\b))",
        re.IGNORECASE,
    )


@cache
def _object_after() -> re.Pattern[str]:
    return re.compile(r"\bso (?:that|as)\b.*|\bin order to\b.*|\W*[(\[]action.*|[.;]\s.*", re.IGNORECASE | re.DOTALL)


@cache
def _passive_before() -> re.Pattern[str]:
    return re.compile(r"\b(?:be|been|is|are|being)\s(?:\w+ly\s)?$", re.IGNORECASE)


@cache
def _pronoun_subject() -> re.Pattern[str]:
    return re.compile(
        r"(?:^|\s)(?:this|it|these|that|they)\s(?:will|would|should|to|is to|are to|shall)\s(?:be\s)?$", re.IGNORECASE
    )
