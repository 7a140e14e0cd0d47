"""PDF papers by name: what stands on their pages, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from lscb_textmine.errors import PasswordError, ReadError
from lscb_textmine.read.pdf import read_pdf
from lscb_textmine.records import Paragraph, Table

CWM_ARTHEN = "documents/cwm-arthen/cwm-arthen-lscb-business-plan-2010-11.pdf"
MINUTES = "documents/cwm-arthen/lscb-minutes-2011-01-20.pdf"
REPORT = "documents/bro-hesgin/bro-hesgin-annual-report-2011-12.pdf"


def tables_of(path: Path) -> list[Table]:
    return [block for block in read_pdf(path).blocks if isinstance(block, Table)]


def paragraphs_of(path: Path) -> list[Paragraph]:
    return [block for block in read_pdf(path).blocks if isinstance(block, Paragraph)]


def test_cwm_arthen_plan_is_one_table_over_three_pages(shared: Path) -> None:
    (plan,) = tables_of(shared / CWM_ARTHEN)
    assert (plan.page, plan.page_end, len(plan.rows)) == (5, 7, 34)
    assert plan.header == ("Ref", "Objective", "Specific Actions", "Lead Person(s)", "By when", "Desired outcome")
    assert plan.roles == ("reference", "parent", "statement", "lead", "timescale", "measure")


def test_cwm_arthen_row_broken_over_pages_is_whole(shared: Path) -> None:
    (plan,) = tables_of(shared / CWM_ARTHEN)
    row = next(row for row in plan.rows if row.cells[2].text.startswith("All statutory partners"))
    assert (row.page, row.page_end) == (6, 7)
    assert row.cells[1].text == "To know how well agencies meet the section 28 standards"
    assert row.cells[2].text.endswith("challenge two agencies in person each quarter")


def test_cwm_arthen_merged_outcome_is_carried_over_the_page(shared: Path) -> None:
    (plan,) = tables_of(shared / CWM_ARTHEN)
    row = next(row for row in plan.rows if row.cells[2].text.startswith("Explore the scope"))
    assert row.cells[5].text == "Greater awareness" and row.cells[5].merged
    assert row.section == "Priority 2: Neglect and domestic abuse"


def test_minutes_row_goes_on_overleaf(shared: Path) -> None:
    minutes = tables_of(shared / MINUTES)[1]
    row = next(row for row in minutes.rows if row.cells[1].text.startswith("It was agreed that RE"))
    assert row.cells[1].text.endswith("before the committee met on 17th February.")
    assert (row.cells[2].text, row.page, row.page_end) == ("RE", 1, 2)


def test_running_feet_and_contents_stay_out_of_the_text(shared: Path) -> None:
    paragraphs = paragraphs_of(shared / REPORT)
    assert not any(each.text.startswith("Bro Hesgin LSCB Annual Report 2011/12") for each in paragraphs)
    contents = [each.text for each in paragraphs if each.kind == "contents"]
    assert "7 Priorities for 2012/13 5" in contents


def test_pages_are_in_the_ledger(shared: Path) -> None:
    pages = read_pdf(shared / CWM_ARTHEN).pages
    assert [page.number for page in pages] == [1, 2, 3, 4, 5, 6, 7]
    assert {page.state for page in pages} == {"read"} and all(page.width > page.height for page in pages)


def test_picture_page_is_a_problem_not_silence(tmp_path: Path) -> None:
    from PIL import Image

    path = tmp_path / "scan.pdf"
    Image.new("RGB", (600, 800), "white").save(path)
    content = read_pdf(path, ocr=False)
    assert [page.state for page in content.pages] == ["image_only"]
    assert "needs OCR" in content.problems[0].message and content.problems[0].page == 1


def test_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken plan.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing more")
    with pytest.raises(ReadError, match=r"broken plan\.pdf: damaged"):
        read_pdf(path)


def test_password_is_asked_for_in_words(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "locked.pdf"
    canvas = Canvas(str(path), encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 700, "Confidential")
    canvas.save()
    with pytest.raises(PasswordError, match="password"):
        read_pdf(path)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_page_reads_as_displayed(tmp_path: Path, turn: int) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "turned.pdf"
    canvas = Canvas(str(path), pagesize=(400, 300))
    width, height = (300, 400) if turn % 180 else (400, 300)
    canvas.setPageRotation(turn)
    canvas.saveState()
    canvas.translate(*{0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}[turn])
    canvas.rotate(turn)
    canvas.drawString(50, 250, "The Board will publish the neglect strategy.")
    canvas.drawString(50, 230, "It will be reviewed in March 2012.")
    canvas.restoreState()
    canvas.save()
    content = read_pdf(path)
    assert " ".join(b.text for b in content.blocks if isinstance(b, Paragraph)) == (
        "The Board will publish the neglect strategy. It will be reviewed in March 2012."
    )
    assert (content.pages[0].width, content.pages[0].height) == (400, 300)
