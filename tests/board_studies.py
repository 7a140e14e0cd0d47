"""Fictional boards built by hand for the briefings: one whose papers show everything, one with two statements."""

from __future__ import annotations

from dataclasses import replace

from lscb_textmine.classify.weighing import judge_label
from lscb_textmine.measure import measure_boards
from lscb_textmine.records import (
    CRITERIA,
    DOMAINS,
    RESULTS,
    Accuracy,
    Action,
    Attendee,
    Candidate,
    Document,
    Enquiry,
    EvidenceRow,
    Flag,
    Indicator,
    Judgement,
    Known,
    NamedCell,
    Objective,
    Page,
    Paper,
    Place,
    Problem,
    Readability,
    Reason,
    Sentence,
    Sighting,
    Span,
    Status,
    Step,
    Study,
    Thread,
    finding_id,
)

BOARD = "Llanfechan and Dyffryn Gwyn Safeguarding Children Board"
SMART = ("specific", "measurable", "achievable", "realistic", "time_limited")
MISSING = {
    "specific": "a theme or a state, with no concrete action or product",
    "measurable": "a direction or an activity, with nothing to count or to check",
    "achievable": "no named person, role, agency or group is responsible",
    "realistic": "no group, place, number, phase or single deliverable bounds the scope",
    "time_limited": "no time limit found",
}
PLAN: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    # text, domain, result, criteria met by their first letters, lead, deadline, measure
    (
        "Bring repeat registrations for neglect down from 19 to 12",
        "outcomes",
        "outcome",
        "SMART",
        "Head of Children's Services",
        "2014-03-31",
        "Registrations within two years of the last",
    ),
    (
        "Every child who goes missing twice is offered a talk with someone they choose, from June",
        "outcomes",
        "outcome",
        "SMRT",
        "",
        "2013-06-30",
        "",
    ),
    ("Young people leaving the Bryn unit say they felt safe there", "outcomes", "outcome", "SR", "", "", ""),
    ("Reduce harm from domestic abuse", "outcomes", "outcome", "", "", "", ""),
    (
        "Set up a Tuesday drop-in for young carers at the old chapel, Pont Ddu, by September",
        "outcomes",
        "output",
        "SMART",
        "Third Sector Officer",
        "2013-09-30",
        "Drop-in open; twenty young carers known",
    ),
    ("Improve the response to self-harm", "outcomes", "practice", "A", "Health Board", "", ""),
    (
        "Choose next year's priorities with the county youth forum at its March meeting",
        "strategy",
        "process",
        "SMRT",
        "",
        "2014-03-15",
        "",
    ),
    ("Work together towards a shared vision", "strategy", "process", "", "", "", ""),
    ("A line of sight to practice", "strategy", "process", "", "", "", ""),
    (
        "Audit thirty files in which a child was seen by three agencies or more, report in November",
        "governance",
        "output",
        "SMART",
        "Audit Sub-group",
        "2013-11-30",
        "Report to Board; six actions or fewer",
    ),
    (
        "Each agency brings its section 28 return to a panel of two members and answers for it",
        "governance",
        "practice",
        "SMAR",
        "Vice-chair",
        "",
        "Returns answered for",
    ),
    (
        "Attendance of the probation service to be taken up with its chief officer before the July meeting",
        "governance",
        "process",
        "SMART",
        "Chair",
        "2013-07-09",
        "",
    ),
    ("Hold one another to account", "governance", "practice", "", "", "", ""),
    (
        "Findings of the Tan-y-Bryn review to reach every team by Christmas",
        "governance",
        "output",
        "SMAT",
        "Review Sub-group",
        "2013-12-25",
        "Teams briefed",
    ),
    ("Ensure robust quality assurance", "governance", "practice", "", "", "", ""),
    (
        "Funding formula signed by the five main contributors",
        "capacity",
        "output",
        "SMART",
        "Business Manager",
        "2013-05-31",
        "Formula signed",
    ),
    ("Business manager's post made permanent", "capacity", "process", "SMR", "", "", ""),
    ("Sub-groups to be fewer", "capacity", "process", "S", "", "", ""),
    (
        "Train 240 staff in the new neglect tool, a third from schools",
        "delivery",
        "output",
        "SMART",
        "Training Sub-group",
        "2014-03-31",
        "240 trained; follow-up of use after three months",
    ),
    (
        "Ask every child at a conference in the autumn term what helped and what did not",
        "delivery",
        "output",
        "SMART",
        "Independent Reviewing Team",
        "2013-12-20",
        "Sheets returned",
    ),
    ("Raise awareness", "delivery", "process", "", "", "", ""),
    ("Posters on the school buses, in both languages", "delivery", "output", "SMR", "", "", ""),
    ("Publish the pages for parents", "delivery", "output", "SMA", "Communications Officer", "", "Pages live"),
)
LETTERS = dict(zip("SMART", CRITERIA, strict=True))
REASONS = {"specific": "files in which", "measurable": "thirty", "achievable": "Sub-group", "realistic": "thirty files",
           "time_limited": "by November"}  # fmt: skip
ATTENDANCE: tuple[tuple[str, str, str], ...] = (
    # agency, name, status at the three meetings: p present, d deputy, a apologies, x absent, . not listed
    ("Children's Services", "Nerys Cowling", "ppp"),
    ("Education", "Idwal Prosser", "ppa"),
    ("Health Board", "Dr Farida Ames", "pdp"),
    ("Police", "DCI Tom Ruddle", "dap"),
    ("Probation Service", "Una Brack", "xxa"),
    ("Youth Offending Service", "Gethin Sarn", "ppp"),
    ("Third sector (Plas Newydd Trust)", "Bethan Oake", ".pp"),
    ("Housing", "Carl Denby", "aax"),
)
STATUSES: dict[str, Status] = {"p": "present", "d": "deputy", "a": "apologies", "x": "absent"}
MEETINGS = ("2013-01-22", "2013-04-16", "2013-07-09")
CHALLENGE = (
    (
        "Mr Prosser asked why eleven core groups had met without a teacher; letters were no answer, he said.",
        3,
    ),
    ("The Health Board's figure of 94% was questioned by the Chair, who asked how many children it left out.", 2),
    ("DCI Ruddle disputed the account given of the night of 3 March and undertook to bring the log.", 4),
)
ACTIONS: tuple[tuple[str, str, str, str], ...] = (
    ("Bring the custody log for 3 March", "DCI Ruddle", "2013-07-09", "closed"),
    ("Write to the chief officer of probation about attendance", "Chair", "2013-05-31", "carried forward"),
    ("Send the core group figures school by school", "Idwal Prosser", "", "not seen again"),
    ("Find out who holds the keys of the old chapel", "", "", "not seen again"),
)


def judge(domain: str, result: str, met: str, *, sure: float = 0.9) -> tuple[Judgement, ...]:
    """The judgements of a statement; `met` has the first letters of the criteria that hold."""
    names = {LETTERS[letter] for letter in met}
    criteria = [
        Judgement(name, "yes", sure, because=(Reason(REASONS[name]),)) if name in names
        else Judgement(name, "no", sure, note=MISSING[name])
        for name in CRITERIA
    ]  # fmt: skip
    domains = tuple((name, 0.8 if name == domain else 0.05) for name in DOMAINS)
    results = tuple((name, 0.7 if name == result else 0.1) for name in RESULTS)
    return (
        Judgement("objective", "yes", 0.97),
        *criteria,
        judge_label(criteria),
        Judgement("domain", domain, 0.8, probabilities=domains),
        Judgement("result", result, 0.7, probabilities=results),
    )


def make_statement(row: tuple[str, str, str, str, str, str, str], number: int, *, review: bool = False) -> Objective:
    text, domain, result, met, lead, deadline, measure = row
    cells = (NamedCell("Action", text, "statement"), NamedCell("Lead", lead, "lead"),
             NamedCell("Measure", measure, "measure"))  # fmt: skip
    candidate = Candidate(
        text,
        form="table_row",
        section="Action plan 2013-14",
        cells=cells,
        place=Place(6, 0, len(text), row=number, column=0),
        page=2 + number // 6,
    )
    return Objective(
        candidate,
        judge(domain, result, met, sure=0.95 - number / 100),
        other_domains=("delivery",) if domain == "outcomes" and number % 2 else (),
        deadline=deadline,
        lead=lead,
        measure=measure if "M" in met else "",
        spans=(Span(result, 0, len(text), text),),
        needs_review=review,
    )


def make_document(
    name: str, doc_type: str, year: str, *, board: str = BOARD, pages: int = 6, dated: str = ""
) -> Document:
    return Document(
        path=f"papers/{board}/{name}",
        sha256=finding_id(board, None, name) * 4,
        format=name.rsplit(".", 1)[-1],
        pages=tuple(Page(number) for number in range(1, pages + 1)),
        board=Known(board, "title page"),
        doc_type=Known(doc_type, "file name"),
        year=Known(year, "title page"),
        dated=Known(dated, "heading"),
    )


def make_minutes(place: int) -> Paper:
    """Minutes of one of three meetings, each with one sentence of challenge."""
    text, page = CHALLENGE[place]
    attendance = tuple(
        Attendee(name, agency=agency, status=STATUSES[marks[place]], page=1)
        for agency, name, marks in ATTENDANCE
        if marks[place] != "."
    )
    said = Sentence(text, Judgement("challenge", "yes", 0.9 - place / 10), place=Place(12, 0, len(text)), page=page)
    date = MEETINGS[place]
    document = make_document(f"Minutes {date}.pdf", "minutes", date[:4], dated=date, pages=5)
    return Paper(document, attendance=(*attendance, Attendee("Minute taker")), challenge=(said,), words=2100)


def make_rich_study() -> Study:
    """A board whose papers show all that a briefing tells of, beside another with little."""
    objectives = tuple(make_statement(row, i, review=i % 7 == 2) for i, row in enumerate(PLAN))
    welsh = Candidate("Byddwn yn holi plant", language="cy", place=Place(30, 0, 20), page=6)
    twin = Objective(welsh, (Judgement("objective", "yes", 0.8),), needs_review=True)
    plan = Paper(
        make_document("Business Plan 2013-14.pdf", "business_plan", "2013-14"),
        (*objectives, twin),
        words=4200,
        readability=Readability(4000, 190, 41.0, 13.2),
        flags=(Flag("name", "Kyle B.", finding="a1"),),
    )
    old = Paper(make_document("Business Plan 2012-13.docx", "business_plan", "2012-13", pages=0), words=3000)
    papers = (plan, old, *map(make_minutes, range(3)), *make_poor_study().papers)
    problems = (
        Problem(f"papers/{BOARD}/scan of report.pdf", f"papers/{BOARD}/scan of report.pdf: no text layer; needs OCR"),
        Problem(plan.document.path, "no text layer; needs OCR", page=6),
    )
    return Study(
        papers,
        measure_boards(papers),
        problems,
        threads=make_threads(plan, old),
        actions=tuple(make_action(i) for i in range(len(ACTIONS))),
        indicators=make_indicators(),
        enquiries=make_enquiries(plan, papers[2]),
        accuracy=(
            Accuracy("SMART", "boards not seen", 4959, 0.905, 0.801),
            Accuracy("domain", "boards not seen", 4959, 0.732, 0.648),
            Accuracy("SMART", "published papers, re-worded", 164, 0.927, 0.811),
        ),
    )


def make_action(number: int) -> Action:
    text, owner, due, state = ACTIONS[number]
    date = MEETINGS[number % 2]
    return Action(f"action{number}", BOARD, f"Minutes {date}.pdf", date, text, owner, due, state, page=4)  # type: ignore[arg-type]


def make_threads(plan: Paper, old: Paper) -> tuple[Thread, ...]:
    def seen(paper: Paper, text: str, id: str) -> Sighting:
        document = paper.document
        page = 3 if document.pages else None
        return Sighting(id, document.name, document.sha256, document.doc_type.value, document.year.value, page, text)

    told = (
        ("Train 200 staff in the new neglect tool", "deadline moved", "2013-03-31", "2014-03-31"),
        ("Funding formula agreed by all partners", "deadline moved", "2012-09-30", "2013-05-31"),
        ("Posters on the school buses", "no progress told", "", ""),
        ("Audit of files on neglect", "owner changed", "Business Manager", "Audit Sub-group"),
        ("Set up a drop-in for young carers", "reported done", "2012-12-31", "Opened 14 January"),
        ("Hold one another to account", "unchanged", "", ""),
    )
    threads = [
        Thread(BOARD, (seen(old, text, f"o{i}"), seen(plan, text, f"n{i}")), (Step(change, before, after),), 0.9)  # type: ignore[arg-type]
        for i, (text, change, before, after) in enumerate(told)
    ]
    gone = Thread(
        BOARD, (seen(old, "Find out how many children are taught at home", "o9"),), (Step("dropped", sighting=0),)
    )
    return (*threads, gone)


def make_indicators() -> tuple[Indicator, ...]:
    told = (
        (
            "outcome-measures",
            "Outcome measures named",
            "performance management and quality assurance",
            "2.1",
            2,
            23,
            "2 of 23 statements name a measure of what changes for children.",
        ),
        (
            "line-of-sight",
            "Line of sight to practice",
            "performance management and quality assurance",
            "3.1, 6.5",
            1,
            23,
            "1 of 23 statements speaks of what frontline staff do or say.",
        ),
        (
            "voice",
            "Voice of the child",
            "citizen engagement",
            "3.2, 6.2",
            3,
            23,
            "3 of 23 statements ask children or act on what they say.",
        ),
        (
            "training",
            "Training evaluated for impact",
            "performance management and quality assurance",
            "6.3",
            1,
            1,
            "1 of 1 statement on training says how its use is followed up.",
        ),
        (
            "funding",
            "Funding agreed",
            "funding",
            "5.1",
            1,
            1,
            "1 statement says that a funding formula is to be signed; none says that it was.",
        ),
        (
            "challenge",
            "Challenge in minutes",
            "governance and accountability",
            "12, 4.3",
            3,
            3,
            "3 of 3 papers of minutes hold a sentence of challenge.",
        ),
    )
    return tuple(
        Indicator(BOARD, key, title, factor, "", paragraph, count, total, finding)
        for key, title, factor, paragraph, count, total, finding in told
    )


def make_enquiries(plan: Paper, minutes: Paper) -> tuple[Enquiry, ...]:
    def row(number: int) -> EvidenceRow:
        candidate = plan.objectives[number].candidate
        return EvidenceRow("Evidence", finding_id(plan.document.sha256, candidate.place, candidate.text))

    said = minutes.challenge[0]
    challenge = EvidenceRow("Challenge", finding_id(minutes.document.sha256, said.place, said.text))
    return (
        Enquiry(
            BOARD,
            "vision",
            "chair",
            "What would members say the Board's three priorities are, and who chose them?",
            "1 of 3 statements on strategic direction has an owner or a date.",
            "strategy",
            (row(7), row(8), row(6)),
        ),
        Enquiry(
            BOARD,
            "probation",
            "chair",
            "What came of the letter to the probation service?",
            "The probation service was at none of 3 meetings.",
            "governance",
            (EvidenceRow("Actions", "action1"), EvidenceRow("Attendance", "probation")),
        ),
        Enquiry(
            BOARD,
            "challenge",
            "members",
            "When did you last question another agency's figures, and what changed?",
            "3 sentences of challenge stand in 3 papers of minutes.",
            "governance",
            (challenge,),
        ),
        Enquiry(
            BOARD,
            "outcomes",
            "members",
            "How would you know that children are harmed less?",
            "2 of 23 statements name a measure of what changes for children.",
            "outcomes",
            (row(3), row(2)),
        ),
        Enquiry(
            BOARD,
            "audit",
            "sub-group chairs",
            "Were the agencies that knew the child in the audit, and was the family asked?",
            "The audit of thirty files does not say who takes part.",
            "governance",
            (row(9),),
        ),
        Enquiry(
            BOARD,
            "moved",
            "business manager",
            "Why were two deadlines moved by a year, and who agreed it?",
            "2 objectives have a later deadline than last year.",
            "",
            (EvidenceRow("Objectives over time", "n0"), EvidenceRow("Objectives over time", "n1")),
        ),
        Enquiry(
            BOARD,
            "scan",
            "business manager",
            "Can the annual report be had as text?",
            "1 file could not be read.",
            "",
            (EvidenceRow("Papers", plan.document.sha256),),
        ),
    )


def make_poor_study() -> Study:
    """A board with two statements and nothing else."""
    board = "Eskmoor Safeguarding Children Board"
    document = make_document("strategy.txt", "strategy", "", board=board, pages=0)
    rows = (PLAN[3], PLAN[20])
    objectives = tuple(
        replace(each, candidate=replace(each.candidate, page=None))
        for each in (make_statement(row, i) for i, row in enumerate(rows))
    )
    papers = (Paper(document, objectives, words=300),)
    return Study(papers, measure_boards(papers))


def make_empty_study() -> Study:
    """A board in whose papers no statement was found."""
    papers = (Paper(make_document("letter.docx", "other", "", board="Hollin Board", pages=0), words=90),)
    return Study(papers, measure_boards(papers))


def make_odd_study() -> Study:
    """Boards whose names and words try to be more than names and words."""
    names = (
        '../../<script>alert("x")</script> & Sons\\LSCB: Nul?',
        "con",
        "CON",
        "Bwrdd Lleol Diogelu Plant Dŵr-y-felin, Tŷ'n-y-coed ac Ynysoedd y De " + "a Chymunedau’r Dyffryn " * 8,
        "All boards",
        "الجنة\u202e LSCB\u2066",
    )
    text = 'Publish <b>“5 & 6”</b> "now" </script><img src="http://evil.example/x.png">\u202e\x07 by March'
    papers = []
    for number, name in enumerate(names):
        rows = ((text, "delivery", "output", "SMART", "<i>Lead</i> & Co", "2013-03-31", "\u202dcount\u202c"),
                ("x" * 400, "outcomes", "outcome", "", "", "", ""))  # fmt: skip
        document = make_document("javascript:alert(1) #2 <plan>.pdf", "business_plan", "2013-14", board=name)
        document = replace(document, sha256=f"{number:064d}")
        papers.append(Paper(document, tuple(make_statement(row, i) for i, row in enumerate(rows)), words=10))
    return Study(tuple(papers), measure_boards(papers))
