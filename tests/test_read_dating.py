"""The day that a paper gives for itself: of the meeting, or of its agreement; never of another."""

from __future__ import annotations

from pathlib import Path

import pytest

from lscb_textmine.read import read_document
from lscb_textmine.read.dating import find_date
from lscb_textmine.records import Block, Cell, Known, Paragraph, Row, Table

ROOT = Path(__file__).resolve().parent.parent
DATES = {
    "cwm-arthen-lscb-business-plan-2010-11.pdf": "2010-03-18",
    "lscb-minutes-2011-01-20.pdf": "2011-01-20",
    "bro-hesgin-annual-report-2011-12.pdf": "2012-09-30",
    "TSCB Business Plan 2014-15 v0.7.docx": "",
    "MSCB Business Plan 2012-13 v1.2.docx": "2012-03-22",
    "MSCB Full Board minutes 11-09-2013 (draft).docx": "2013-09-11",
    "MSCB Full Board minutes 11-12-2013.docx": "2013-12-11",
    "MSCB neglect strategy & action plan 2014-17.pdf": "",
    "Cofnodion – Minutes LSCB 16 Oct 2008.pdf": "2008-10-16",
    "Cofnodion – Minutes LSCB 21 Jan 2009.pdf": "2009-01-21",
    "LSCB Business Plan 2008-09 FINAL v3.pdf": "2008-03-19",
    "Penrhyn Celyg LSCB Business Plan 2007-08.pdf": "2007-03-21",
    "Delivery Plan 2021-22 (accessible version) v2.1.pdf": "",
    "SSCP-Yearly-Report-2020-21.pdf": "",
    "Strategaeth 2015-18 Between the Rivers (final).pdf": "",
    "Tair Afon annual plan 2017-18 working copy.xlsx": "2017-03-23",
    "Tŷ Agored - Open House priorities 2016-17.pdf": "",
}


def dated(*lines: str, stem: str = "paper", doc_type: str = "minutes") -> Known:
    blocks: list[Block] = [Paragraph(line) for line in lines]
    return find_date(blocks, lines, stem, doc_type=doc_type)


@pytest.mark.parametrize(
    "path", [each for each in sorted((ROOT / "corpora").rglob("*")) if each.name in DATES], ids=str
)
def test_papers_of_this_project(path: Path) -> None:
    assert read_document(path).dated.value == DATES[path.name]


def test_shared_papers(shared: Path) -> None:
    papers = [path for path in (shared / "documents").rglob("*") if path.name in DATES]
    assert len(papers) == 4
    assert {path.name: read_document(path).dated.value for path in papers} == {
        path.name: DATES[path.name] for path in papers
    }


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("Minutes of the Board held on Thursday 20th January 2011",), "2011-01-20"),
        (("Thornmere LSCB", "Minutes", "14 April 2011, 9.30 a.m.", "Present: Ann Oak"), "2011-04-14"),
        (("Cofnodion cyfarfod 20 Ionawr 2011",), "2011-01-20"),
        (("Minutes", "Present: Ann Oak", "2. Minutes of 14th October 2010"), ""),
        (("Date of next meeting: 5 May 2011", "Minutes of the meeting on 3 February 2011"), "2011-02-03"),
        (("Minutes of the meeting held on 3 February 2011 (approved 5 May 2011)",), "2011-02-03"),
        (("Minutes of the meeting held on 20 January at the Civic Centre",), ""),
    ],
)
def test_day_of_a_meeting(lines: tuple[str, ...], day: str) -> None:
    assert dated(*lines).value == day


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("Annual Report", "September 2014"), "2014-09-30"),
        (("Neglect Strategy", "Version 3, agreed 4 March 2014. Review date: March 2015"), "2014-03-04"),
        (("Business Plan", "April 2010 – March 2011"), ""),
        (("Annual Report 2012/13",), ""),
        (("Health visitors will be transferring to the local authority in October 2015.",), ""),
        (("Business Plan", "Agreed 5 May 2012", "Revised 9 July 2012"), "2012-07-09"),
    ],
)
def test_day_of_another_paper(lines: tuple[str, ...], day: str) -> None:
    assert dated(*lines, doc_type="business_plan").value == day


def test_file_name_and_column_when_the_title_is_silent() -> None:
    assert dated("Minutes", stem="mins 12-03-2014 v2") == Known("2014-03-12", "file name")
    table = Table(("Name", "Agency", "20/01/11"), (Row((Cell("Ann Oak"), Cell("Police"), Cell("✓"))),))
    assert find_date([table], [], "minutes", doc_type="minutes") == Known("2011-01-20", "attendance table")


def test_date_in_a_table_above_the_names() -> None:
    table = Table(
        ("", ""), (Row((Cell("Date of meeting:"), Cell("Tuesday 6 March 2012"))), Row((Cell("Venue:"), Cell("Hall"))))
    )
    assert find_date([Paragraph("Minutes"), table], ["Minutes"], "x", doc_type="minutes").value == "2012-03-06"
