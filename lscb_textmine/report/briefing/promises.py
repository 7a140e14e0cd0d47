"""What a board promised: at a glance, and domain by domain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lscb_textmine.records import CRITERIA, DOMAINS
from lscb_textmine.report.briefing.blocks import Block, Bullets, Cell, Grid, Picture, Quotes, Section, Subheading, Text
from lscb_textmine.report.briefing.charts import Chart
from lscb_textmine.report.briefing.pictures import glance_chart, short_domains
from lscb_textmine.report.briefing.subject import Found, Subject, pick, tell_facts
from lscb_textmine.report.briefing.wording import (
    Count,
    count_of,
    headers,
    iso_date,
    listed,
    names,
    report_words,
    share_of,
    statements_of,
    tell_date,
    words,
)
from lscb_textmine.report.cells import quote_text

MOST_EVIDENCE = 2
MOST_LOOSE = 1
MOST_LEADS = 4
LONGEST_LEAD = 40


def tell_glance(subject: Subject) -> Section:
    """What was promised, on half a page."""
    judged = subject.judged()
    blocks: list[Block] = [_tiles(subject)]
    if judged:
        blocks += [Picture(_glance_picture(subject, judged), words("glance", "chart")), *_first_facts(subject, judged)]
    else:
        blocks.append(Bullets((words("glance", "nothing"), *_welsh(subject))))
    return Section("glance", words("glance", "title"), tuple(blocks))


def _tiles(subject: Subject) -> Grid:
    measures = [subject.measure(name) for name in ("SMART", "outcome share", *_criteria("achievable", "time_limited"))]
    count = len(subject.statements())
    first = Cell(f"{Count(count)}", words("glance", "first_tile", papers=len(subject.papers)))
    cells = (first, *(Cell(share_of(measure), count_of(measure)) for measure in measures))
    header = tuple(map(Cell, headers("glance", "tiles")))
    return Grid(words("glance", "caption"), header, (cells,), (20, 20, 20, 20, 20), "tiles", captioned=False)


def _criteria(*criteria: str) -> list[str]:
    return [f"criterion: {criterion}" for criterion in criteria]


def _glance_picture(subject: Subject, judged: Sequence[Found]) -> Chart:
    shares = [(words("glance", "smart"), subject.measure("SMART"))]
    shares += [(names("criteria")[name], subject.measure(f"criterion: {name}")) for name in CRITERIA]
    shares.append((words("glance", "outcome"), subject.measure("outcome share")))
    domains = []
    for domain, name in short_domains().items():
        here = in_domain(judged, domain)
        domains.append((name, len(here), sum(each.smart for each in here)))
    return glance_chart(shares, domains)


def in_domain(judged: Sequence[Found], domain: str) -> list[Found]:
    """The statements that serve a domain first."""
    return [each for each in judged if each.objective.answer("domain") == domain]


def _first_facts(subject: Subject, judged: Sequence[Found]) -> Iterator[Block]:
    unserved = [names("domains")[domain] for domain in DOMAINS if not in_domain(judged, domain)]
    unowned = [each for each in judged if not each.objective.met("achievable")]
    undated = [each for each in judged if not each.objective.met("time_limited")]
    both = sum(not each.objective.met("time_limited") for each in unowned)
    items = [
        words("glance", "not_served", domains="; ".join(unserved)) if unserved else words("glance", "all_served"),
        words("glance", "unowned", count=len(unowned), total=len(judged), undated=len(undated), both=both),
        _tell_dates(judged),
        *_tell_leads(judged),
        *_welsh(subject),
    ]
    yield Bullets(tuple(items))
    yield Text(words("glance", "smart_means"), "note")


def _tell_dates(judged: Sequence[Found]) -> str:
    dates = sorted(each.objective.deadline for each in judged if iso_date(each.objective.deadline))
    if not dates:
        return words("glance", "no_dates")
    key = "dates" if dates[0] != dates[-1] else "date"
    return words("glance", key, dated=len(dates), first=tell_date(dates[0]), last=tell_date(dates[-1]))


def _tell_leads(judged: Sequence[Found]) -> list[str]:
    leads = [quote_text(each.objective.lead) for each in judged if each.objective.met("achievable")]
    counted = Counter(lead.casefold() for lead in leads if lead and len(lead) <= LONGEST_LEAD)
    shown = {lead.casefold(): lead for lead in sorted(leads, reverse=True)}
    most = sorted((-count, lead) for lead, count in counted.items() if count > 1)[:MOST_LEADS]
    told = listed(f"{shown[lead]} ({-count})" for count, lead in most)
    return [words("glance", "leads", leads=told)] if told else []


def _welsh(subject: Subject) -> list[str]:
    count = len(subject.statements()) - len(subject.judged())
    return [words("glance", "welsh", count=count, them="it" if count == 1 else "them")] if count else []


def tell_domains(subject: Subject) -> Section:
    """The five domains: the strongest evidence for each, the gaps, and the words themselves."""
    judged = subject.judged()
    blocks = [block for domain in DOMAINS for block in _tell_domain(subject, judged, domain)]
    blocks.append(Text(words("domain", "rule"), "note"))
    return Section("domains", words("section", "domains"), tuple(blocks))


def _tell_domain(subject: Subject, judged: Sequence[Found], domain: str) -> Iterator[Block]:
    here = in_domain(judged, domain)
    yield Subheading(f"{names('domains')[domain]} ({names('paragraphs')[domain]})")
    yield Text(report_words(domain), "report")
    if not here:
        yield Text(words("domain", "gap_none") + _beside(judged, domain), title=words("domain", "gaps"))
        return
    yield Text(_tell_figures(subject, judged, here, domain))
    evidence = _pick_evidence(here)
    yield from _tell_evidence(subject, here, evidence)
    yield Text(" ".join(_gaps(here)), title=words("domain", "gaps"))
    loose = [each for each in here if _is_loose(each) and each not in evidence]
    if loose:
        picked = pick(loose, lambda each: each.objective.score, "label", most=MOST_LOOSE)
        yield Quotes(tuple(subject.quote(each, facts=words("domain", "loose")) for each in picked))


def _is_loose(found: Found) -> bool:
    """Whether a statement that need not be reviewed has neither owner nor time limit."""
    owned, dated = found.objective.met("achievable"), found.objective.met("time_limited")
    return not owned and not dated and not found.objective.needs_review


def _tell_figures(subject: Subject, judged: Sequence[Found], here: Sequence[Found], domain: str) -> str:
    smart, outcome = sum(each.smart for each in here), sum(map(promises_outcome, here))
    none = words("domain", "none")
    share = statements_of(subject.measure(f"domain: {domain}"))
    return words(
        "domain", "figures", share=share, smart=smart or none, outcome=outcome or none, further=_beside(judged, domain)
    )


def _beside(judged: Sequence[Found], domain: str) -> str:
    count = sum(domain in each.objective.other_domains for each in judged)
    return words("domain", "further", count=count) if count else ""


def promises_outcome(found: Found) -> bool:
    """Whether the statement promises a change for children, families or the community."""
    return found.objective.answer("result") == "outcome"


def _pick_evidence(here: Sequence[Found]) -> list[Found]:
    strong = [each for each in here if each.smart or promises_outcome(each)]
    return pick([each for each in strong if not each.objective.needs_review], _strength, "label", most=MOST_EVIDENCE)


def _tell_evidence(subject: Subject, here: Sequence[Found], picked: Sequence[Found]) -> Iterator[Block]:
    if picked:
        yield Text(words("domain", "evidence"), "label")
        yield Quotes(tuple(subject.quote(each, facts=tell_facts(each.objective, label=True)) for each in picked))
    else:
        strong = any(each.smart or promises_outcome(each) for each in here)
        text = words("domain", "only_review" if strong else "no_evidence")
        yield Text(text, title=f"{words('domain', 'evidence')}.")


def _strength(found: Found) -> int:
    """0 for SMART and an outcome promised, 1 for SMART, 2 for an outcome promised."""
    return 2 - 2 * found.smart + (found.smart and not promises_outcome(found))


def _gaps(here: Sequence[Found]) -> Iterator[str]:
    total = len(here)
    undated = sum(not each.objective.met("time_limited") for each in here)
    unowned = sum(not each.objective.met("achievable") for each in here)
    for key, missing in (("gap_undated", undated), ("gap_unowned", unowned)):
        if 0 < missing < total:
            yield words("domain", key, count=missing, total=total)
    lacking = {
        "gap_undated_all": undated == total,
        "gap_unowned_all": unowned == total,
        "gap_smart": not any(each.smart for each in here),
        "gap_outcome": not any(map(promises_outcome, here)),
    }
    phrases = [words("domain", key) for key, is_lacking in lacking.items() if is_lacking]
    if phrases:
        yield words("domain", "gap_all", total=total, lacking=listed(phrases, "or"))
    elif not undated and not unowned:
        yield words("domain", "no_gaps")
