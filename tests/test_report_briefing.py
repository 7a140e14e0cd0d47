"""The briefings, read as an inspector's browser and Word would: what they say is what the study holds."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from board_studies import (
    BOARD,
    make_empty_study,
    make_odd_study,
    make_poor_study,
    make_rich_study,
)
from conftest import ROOT
from docx import Document as open_word
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from studies import make_study

from lscb_textmine.measure import measure_boards
from lscb_textmine.models import find_models, read_accuracy
from lscb_textmine.records import CRITERIA, DOMAINS, Measure, Study
from lscb_textmine.report.briefing import study_to_files
from lscb_textmine.report.briefing.charts import Chart, Dot, Label, chart_to_png, chart_to_svg
from lscb_textmine.report.briefing.content import study_to_briefings
from lscb_textmine.report.briefing.examples import typical_of
from lscb_textmine.report.briefing.names import file_names
from lscb_textmine.report.briefing.overview import by_theme
from lscb_textmine.report.briefing.pictures import share_strip
from lscb_textmine.report.briefing.promises import in_domain
from lscb_textmine.report.briefing.subject import Subject, subjects_of
from lscb_textmine.report.briefing.wording import load_texts
from lscb_textmine.report.cells import quote_text

OUT = Path("results")
STUDIES = (make_rich_study, make_poor_study, make_empty_study, make_odd_study, make_study)
EMPTY_ELEMENTS = {"meta", "col", "br", "rect", "line", "circle"}


class Page(HTMLParser):
    """What a page says and asks for: its text by element, its attributes, its headings."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.said: list[tuple[tuple[str, ...], str]] = []
        self.asked: list[tuple[str, str, str]] = []
        self.feed(content.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.asked += [(tag, name, value or "") for name, value in attrs]
        if tag not in EMPTY_ELEMENTS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY_ELEMENTS:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.said.append((tuple(self.open), data))

    def text(self, *, without: str = "style") -> str:
        """All that is read on the page but what stands in elements of one name."""
        kept = [data for place, data in self.said if not {"style", "title", without} & set(place)]
        return " ".join(" ".join(kept).split())

    def within(self, element: str) -> list[str]:
        """The texts of an element, each piece on its own."""
        return [data.strip() for place, data in self.said if element in place]


@cache
def files_of(make: object) -> dict[str, bytes]:
    return study_to_files(make(), OUT)  # type: ignore[operator]


def page_of(make: object, name: str) -> Page:
    return Page(files_of(make)[f"briefings/{name}.html"])


def word_of(make: object, name: str) -> WordDocument:
    return open_word(BytesIO(files_of(make)[f"briefings/{name}.docx"]))


def word_text(document: WordDocument) -> str:
    """All that is read in the document's body, in order, paragraphs and cells apart."""
    paragraphs = document.element.body.iter(qn("w:p"))
    said = ("".join(node.text or "" for node in paragraph.iter(qn("w:t"))) for paragraph in paragraphs)
    return " ".join(" ".join(said).split())


def numbers_in(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d[\d,]*%?", text))


def subject(study: Study, name: str = BOARD) -> Subject:
    return next(each for each in subjects_of(study, OUT) if each.name == name)


def test_each_board_has_a_page_and_a_document_and_all_of_them_one() -> None:
    names = {name.removeprefix("briefings/") for name in files_of(make_rich_study)}
    boards = (BOARD, "Eskmoor Safeguarding Children Board", "All boards")
    assert names == {f"{board}.{ending}" for board in boards for ending in ("html", "docx")}
    assert set(files_of(make_poor_study)) == {
        "briefings/Eskmoor Safeguarding Children Board.html",
        "briefings/Eskmoor Safeguarding Children Board.docx",
    }


def test_figures_at_a_glance_are_a_recount_of_the_statements() -> None:
    study = make_rich_study()
    judged = [each for paper in study.papers for each in paper.objectives if paper.document.board_name == BOARD]
    judged = [each for each in judged if each.judged]
    page = page_of(make_rich_study, BOARD)
    tiles = page.within("td")[:10]
    smart = sum(each.label == "SMART" for each in judged)
    assert tiles[0] == str(len(judged) + 1)  # the Welsh statement is found and not judged
    assert tiles[2] == f"{100 * smart / len(judged):.0f}%"
    assert tiles[3].startswith(f"{smart} of {len(judged)}; 95% range ")
    assert tiles[7].startswith(f"{sum(each.met('achievable') for each in judged)} of {len(judged)}; ")
    assert tiles[9].startswith(f"{sum(each.met('time_limited') for each in judged)} of {len(judged)}; ")
    shown = page.within("svg")
    for criterion in CRITERIA:
        count = f"{sum(each.met(criterion) for each in judged)} of {len(judged)}"
        assert count in shown, criterion


def test_each_domain_has_its_own_count_and_gaps() -> None:
    study, text = make_rich_study(), page_of(make_rich_study, BOARD).text()
    judged = subject(study).judged()
    for domain in DOMAINS:
        here = in_domain(judged, domain)
        part = text.split(load_texts()["domains"][domain] + " (")[1].split("3. What is SMART")[0]
        outcome = sum(each.objective.answer("result") == "outcome" for each in here)
        assert f"{len(here)} of {len(judged)} statements (" in part
        assert f"SMART: {sum(each.smart for each in here)}. Promising an outcome: {outcome or 'none'}." in part
        undated = sum(not each.objective.met("time_limited") for each in here)
        assert f"No time limit: {undated} of {len(here)}." in part


@pytest.mark.parametrize("make", STUDIES)
def test_page_and_document_say_the_same_figures(make: object) -> None:
    for name in files_of(make):
        if name.endswith(".html"):
            page = page_of(make, name.removeprefix("briefings/").removesuffix(".html"))
            document = word_of(make, name.removeprefix("briefings/").removesuffix(".html"))
            on_page = numbers_in(page.text(without="svg")) - numbers_in(" ".join(page.within("footer")))
            assert on_page == numbers_in(word_text(document)), name


@pytest.mark.parametrize("make", STUDIES)
def test_pictures_tell_their_figures_in_words_in_both(make: object) -> None:
    for name in files_of(make):
        if name.endswith(".html"):
            stem = name.removeprefix("briefings/").removesuffix(".html")
            told = [value for tag, key, value in page_of(make, stem).asked if (tag, key) == ("svg", "aria-label")]
            described = [each.get("descr") for each in word_of(make, stem).element.body.iter(qn("wp:docPr"))]
            assert told == described and all(told)


@pytest.mark.parametrize("make", STUDIES)
def test_page_asks_for_nothing_and_runs_nothing(make: object) -> None:
    for name, content in files_of(make).items():
        if name.endswith(".html"):
            page = Page(content)
            tags = {tag for tag, _, _ in page.asked}
            assert not tags & {"script", "link", "img", "iframe", "object", "form", "image"}
            assert not [key for _, key, _ in page.asked if key.startswith("on") or key in ("src", "srcset", "data")]
            links = [value for _, key, value in page.asked if key == "href"]
            assert all(link.startswith(("../", "./")) for link in links)
            assert "url(" not in content.decode() and "@import" not in content.decode()


def test_words_of_papers_are_words_and_nothing_else() -> None:
    for name, content in files_of(make_odd_study).items():
        if name.endswith(".html"):
            page = Page(content)
            assert not {"b", "i"} & {tag for tag, _, _ in page.asked}, name
            assert '<b>“5 & 6”</b> "now" </script>' in page.text()
            assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", content.decode())


@pytest.mark.parametrize("make", STUDIES)
def test_headings_stand_in_order_and_tables_have_headers(make: object) -> None:
    for content in (content for name, content in files_of(make).items() if name.endswith(".html")):
        levels = [int(tag) for tag in re.findall(r"<h(\d)>", content.decode())]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        tables = re.findall(r"<table.*?</table>", content.decode(), re.DOTALL)
        assert all('<th scope="col">' in table and ("<caption>" in table or "aria-label=" in table) for table in tables)
        assert '<html lang="en-GB">' in content.decode()


def test_document_has_words_own_headings_tables_language_and_page_numbers() -> None:
    document = word_of(make_rich_study, BOARD)
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style is not None]
    assert styles.count("Title") == 1 and styles.count("Heading 1") == 8 and styles.count("Heading 2") > 8
    rows = (table._tbl.tr_lst[0] for table in document.tables)
    assert all(row.trPr is not None and row.trPr.find(qn("w:tblHeader")) is not None for row in rows)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert [each.get(qn("w:val")) for each in defaults.iter(qn("w:lang"))] == ["en-GB"]
    fields = document.sections[0].footer._element.iter(qn("w:fldSimple"))
    assert [field.get(qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]
    assert document.core_properties.language == "en-GB"


def test_quotations_lead_to_their_pages() -> None:
    links = [value for _, key, value in page_of(make_rich_study, BOARD).asked if key == "href"]
    assert any(link.endswith("Business%20Plan%202013-14.pdf#page=3") and link.startswith("../../") for link in links)
    assert not any("docx#page" in link for link in links)
    targets = {each.target_ref for each in word_of(make_rich_study, BOARD).part.rels.values() if each.is_external}
    assert targets == set(links)


def test_poor_board_says_what_cannot_be_told() -> None:
    text = page_of(make_poor_study, "Eskmoor Safeguarding Children Board").text()
    for told in (
        "No minutes were among the papers, so attendance and challenge cannot be told.",
        "The papers read do not say of which year they are, so that what changed cannot be told.",
        "No finding raised a question by the fixed rules.",
        "No statement among those found is SMART.",
        "0 of 2: too few to compare",
        "How often the tool is right was not told with these models.",
        "Every file given was read, every page included.",
    ):
        assert told in text, told


def test_board_without_statements_is_told_so() -> None:
    text = page_of(make_empty_study, "Hollin Board").text()
    assert "No statement was found in these papers" in text
    assert "so that the kinds of result cannot be told" in text
    assert "1 paper was read, and 0 statements found" in text


def test_minutes_are_told_by_agency_and_meeting() -> None:
    text = page_of(make_rich_study, BOARD).text()
    assert "Probation Service 0 of 3 absent absent apologies" in text
    assert "Police 2 of 3 deputy apologies present" in text
    assert "Third sector (Plas Newydd Trust) 2 of 2 present present" in text
    assert "3 people on the lists without an agency" in text
    assert "4 actions: 3 with an owner, 2 with a date; 1 closed in later minutes, 1 carried forward, 2 not seen" in text
    assert "3 sentences in 3 papers of minutes" in text


def test_changes_are_told_with_both_papers() -> None:
    text = page_of(make_rich_study, BOARD).text()
    assert "1 not seen in later papers, 1 with no progress told, 2 with the deadline moved" in text
    row = text.split("Train 200 staff in the new neglect tool")[1][:120]
    assert "31 March 2013 Business Plan 2012-13.docx 31 March 2014 Business Plan 2013-14.pdf, page 3" in row


def test_questions_stand_by_audience_with_the_rows_that_raised_them() -> None:
    text = page_of(make_rich_study, BOARD).text()
    order = [text.index(title) for title in load_texts()["audiences"].values()]
    assert order == sorted(order)
    asked = text.split("What would members say")[1].split("What came of the letter")[0]
    assert "Work together towards a shared vision Business Plan 2013-14.pdf, page 3" in asked
    assert "and 2 more rows (sheet Evidence)" in asked
    assert "and 1 more row (sheet Attendance)" in text


def test_what_was_not_read_is_named() -> None:
    text = page_of(make_rich_study, BOARD).text()
    assert "scan of report.pdf: no text layer; needs OCR" in text
    assert "Business Plan 2013-14.pdf, page 6: no text layer; needs OCR" in text
    poor = page_of(make_rich_study, "Eskmoor Safeguarding Children Board").text()
    assert "scan of report.pdf" not in poor


@pytest.mark.parametrize("make", [make_rich_study, make_study, make_odd_study])
def test_order_of_papers_changes_nothing(make: object) -> None:
    study: Study = make()  # type: ignore[operator]
    turned = tuple(reversed(study.papers))
    other = replace(
        study,
        papers=turned,
        measures=measure_boards(turned),
        threads=study.threads[::-1],
        problems=study.problems[::-1],
    )
    assert study_to_files(other, OUT) == study_to_files(study, OUT)


def test_typical_statements_are_near_the_median_and_need_no_review() -> None:
    judged = subject(make_rich_study()).judged()
    for members in ([each for each in judged if each.smart], [each for each in judged if not each.smart]):
        scores = sorted(each.objective.score for each in members)
        typical = typical_of(members)
        assert len(typical) == 3 and not any(each.objective.needs_review for each in typical)
        assert all(abs(each.objective.score - scores[(len(scores) - 1) // 2]) <= 1 for each in typical)


def test_nothing_that_needs_review_is_quoted_as_evidence() -> None:
    study = make_rich_study()
    page = page_of(make_rich_study, BOARD)
    quoted = page.text().split("2. The five domains")[1].split("4. Outcome")[0]
    for each in subject(study).judged():
        if each.objective.needs_review:
            assert each.objective.candidate.text not in quoted


def test_boards_with_too_few_are_marked_and_hollow() -> None:
    def dots(chart: Chart) -> list[Dot]:
        return [mark for mark in chart.marks if isinstance(mark, Dot)]

    few, enough, none = (Measure("", "SMART", n, 2 * n, 0.1, 0.9) for n in (2, 10, 0))
    assert [dot.hollow for dot in dots(share_strip(few, "SMART"))] == [True]
    assert [dot.hollow for dot in dots(share_strip(enough, "SMART"))] == [False]
    assert dots(share_strip(none, "SMART")) == []
    text = page_of(make_rich_study, "All boards").text()
    assert "Eskmoor Safeguarding Children Board 2 0 of 2: too few to compare" in text


def test_good_practice_stands_under_the_reports_headings() -> None:
    found = [each for each in subject(make_rich_study()).judged() if each.objective.answer("domain") == "delivery"]
    themes = {
        heading: [each.objective.candidate.text for each in members] for heading, members in by_theme(found, "delivery")
    }
    assert themes["Promoting learning"] == ["Train 240 staff in the new neglect tool, a third from schools"]
    assert list(themes)[:2] == ["Engaging Children", "Promoting learning"]
    assert sum(map(len, themes.values())) == len(found)


def test_chart_is_the_same_picture_in_both_forms() -> None:
    chart = Chart(100, 20, (Label(0, 10, '<b> & "x"'), Dot(50, 10)), "a < b")
    svg = chart_to_svg(chart)
    assert "&lt;b&gt; &amp; &#34;x&#34;" in svg and 'aria-label="a &lt; b"' in svg
    assert chart_to_png(chart).startswith(b"\x89PNG")


@given(st.lists(st.text(min_size=1, max_size=200), unique=True, max_size=8))
def test_no_two_boards_share_a_file_and_every_name_is_safe(boards: list[str]) -> None:
    names = list(file_names([*boards, ""]).values())
    assert len({unicodedata.normalize("NFKC", name).casefold() for name in names}) == len(names)
    for name in names:
        assert name == name.strip(" .") and name and len(f"{name}.docx".encode()) < 200
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', name)
        assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name)


@given(st.text())
def test_quoted_text_is_one_line_without_marks(text: str) -> None:
    quoted = quote_text(text)
    assert quoted == quote_text(quoted) == " ".join(quoted.split())
    assert not any(unicodedata.category(letter) in ("Cc", "Cs") for letter in quoted)


def test_what_is_quoted_from_the_report_stands_there(shared: Path) -> None:
    text = (shared / "source" / "joint-inspection-report-2011.txt").read_text(encoding="utf-8")
    known = " ".join(text.split()).replace("SMART2", "SMART").replace("’", "'")
    for key, said in load_texts()["report"].items():
        if key != "introduction":
            assert said["words"].replace("’", "'") in known, key


def test_accuracy_told_is_what_the_evaluation_says() -> None:
    told = [each for each in read_accuracy(find_models()) if each.question != "challenge"]  # its card tells that
    text = (ROOT / "models" / "EVALUATION.md").read_text(encoding="utf-8")
    tables = {
        "boards not seen": text.split("## Boards not seen")[1],
        "published papers, re-worded": text.split("## Papers of others")[1],
    }
    assert {each.measured_on for each in told} == set(tables) and len(told) == 20
    for each in told:
        name = each.question.replace("_", "-")
        row = re.search(
            rf"^\| {name} \| {each.examples} \| .*?\| ([\d.]+) \(.*?\| ([\d.]+) \|", tables[each.measured_on], re.M
        )
        assert row and (float(row[1]), float(row[2])) == (each.kappa, each.right), each


def test_briefing_of_a_full_board_is_four_to_six_pages() -> None:
    weasyprint = pytest.importorskip("weasyprint", exc_type=(ImportError, OSError))
    content = files_of(make_rich_study)[f"briefings/{BOARD}.html"].decode("utf-8")
    assert 4 <= len(weasyprint.HTML(string=content).render().pages) <= 6


def test_studies_of_one_board_have_no_briefing_over_all() -> None:
    assert [board for board, _ in study_to_briefings(make_poor_study(), OUT)] == ["Eskmoor Safeguarding Children Board"]
