"""Word papers: nothing that a reader sees in Word is lost, nothing that Word hides or deletes is kept."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from word_papers import cell, item, paragraph, row, run, table, write_paper

from lscb_textmine.errors import PasswordError, ReadError
from lscb_textmine.read.word import read_word
from lscb_textmine.records import Paragraph, Table

LONG = (
    "The Board met six times in the year and agreed that its work should rest on what children and their families "
    "say of the help that they were given by each of the agencies."
)
HEADER = row("Ref", "Action", "Lead", "By when", properties="<w:tblHeader/>")


def paragraphs(path: Path) -> list[Paragraph]:
    return [block for block in read_word(path).blocks if isinstance(block, Paragraph)]


def texts(path: Path) -> list[str]:
    return [block.text for block in paragraphs(path)]


def only_table(path: Path) -> Table:
    (found,) = (block for block in read_word(path).blocks if isinstance(block, Table))
    return found


def row_texts(path: Path) -> list[tuple[str, ...]]:
    return [tuple(each.text for each in line.cells) for line in only_table(path).rows]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (run("Publish the ") + f"<w:ins>{run('joint ')}</w:ins>" + run("protocol"), "Publish the joint protocol"),
        (run("Hold ") + "<w:del><w:r><w:delText>two</w:delText></w:r></w:del>" + run("three events"),
         "Hold three events"),
        (f"<w:moveFrom>{run('gone ')}</w:moveFrom><w:moveTo>{run('here')}</w:moveTo>", "here"),
        (f"<w:sdt><w:sdtContent>{run('Chosen')}</w:sdtContent></w:sdt>", "Chosen"),
        (f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click here')}</w:sdtContent></w:sdt>"
         + run("Kept"), "Kept"),
        (f"<w:smartTag>{run('Cwm ')}<w:smartTag>{run('Arthen')}</w:smartTag></w:smartTag>", "Cwm Arthen"),
        (f"<w:hyperlink>{run('the website')}</w:hyperlink>", "the website"),
        ("<w:r><w:t>multi</w:t><w:noBreakHyphen/><w:t>agency</w:t></w:r>", "multi-agency"),
        ("<w:r><w:t>safe</w:t><w:softHyphen/><w:t>guarding</w:t></w:r>", "safeguarding"),
        ("<w:r><w:t>safe\u00adguarding\u00a0board</w:t></w:r>", "safeguarding board"),
        ("<w:r><w:t>one</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r>", "one two three"),
        ('<w:r><w:t>Agreed </w:t><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "Agreed ✓"),
        (f'<w:fldSimple w:instr="DATE">{run("3 March 2012")}</w:fldSimple>', "3 March 2012"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>' + run("not shown")
         + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("Annex B")
         + '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "Annex B"),
        ('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="Red"/>'
         '<w:listEntry w:val="Amber"/></w:ddList></w:ffData></w:fldChar></w:r>', "Amber"),
        (run("Seen") + run(" unseen", "<w:vanish/>") + run(" unseen", '<w:rStyle w:val="Unseen"/>'), "Seen"),
        (run("Seen too", '<w:vanish w:val="0"/>'), "Seen too"),
    ],
)  # fmt: skip
def test_a_paragraph_holds_what_word_shows(tmp_path: Path, content: str, expected: str) -> None:
    assert texts(write_paper(tmp_path / "paper.docx", paragraph(content))) == [expected]


def test_what_was_not_read_as_it_stands_is_noted(tmp_path: Path) -> None:
    body = paragraph(f"<w:ins>{run('In')}</w:ins>", run("out", "<w:vanish/>"), "<w:r><w:pict><pic:pic/></w:pict></w:r>")
    notes = read_word(write_paper(tmp_path / "paper.docx", body)).notes
    assert notes == (
        "tracked changes were read as accepted (1 insertion, 0 deletions)",
        "hidden text was left out",
        "1 picture not read: words inside pictures need OCR",
    )


def test_a_deleted_paragraph_end_joins_two_paragraphs(tmp_path: Path) -> None:
    gone = "<w:rPr><w:del/></w:rPr>"
    body = paragraph("Review the ", properties=gone) + paragraph("protocol.") + paragraph("Next.")
    assert texts(write_paper(tmp_path / "paper.docx", body)) == ["Review the protocol.", "Next."]


def test_headings_are_told_by_style_in_any_language_and_by_inheritance(tmp_path: Path) -> None:
    body = (
        paragraph("Cwm Arthen LSCB", properties='<w:pStyle w:val="Title"/>')
        + paragraph("1. Our work", properties='<w:pStyle w:val="Pennawd1"/>')
        + paragraph("Neglect", properties='<w:pStyle w:val="Sub"/>')
        + paragraph(LONG)
    )
    found = paragraphs(write_paper(tmp_path / "paper.docx", body))
    assert [(each.kind, each.level, each.marker, each.text) for each in found[:3]] == [
        ("title", 0, "", "Cwm Arthen LSCB"),
        ("heading", 1, "1.", "Our work"),
        ("heading", 2, "", "Neglect"),
    ]
    assert found[3].kind == "paragraph"


def test_headings_are_told_by_look_where_no_style_says_so(tmp_path: Path) -> None:
    body = (
        paragraph("Plan for the year", look='<w:sz w:val="40"/>')
        + paragraph(LONG)
        + paragraph("Keeping children safe", look='<w:b/><w:sz w:val="28"/>')
        + paragraph("What we will do", look="<w:b/>")
        + paragraph(LONG)
        + paragraph("This is bold but a whole sentence.", look="<w:b/>")
    )
    kinds = [(each.kind, each.level) for each in paragraphs(write_paper(tmp_path / "paper.docx", body))]
    assert kinds == [("title", 0), ("paragraph", 0), ("heading", 1), ("heading", 2), ("paragraph", 0), ("paragraph", 0)]


def test_bold_lines_in_a_row_are_a_list_not_headings(tmp_path: Path) -> None:
    lines = ("Online safety", "Domestic abuse", "Neglect", "Children who go missing")
    body = paragraph(LONG) + "".join(paragraph(line, look="<w:b/>") for line in lines) + paragraph(LONG)
    assert {each.kind for each in paragraphs(write_paper(tmp_path / "paper.docx", body))} == {"paragraph"}


def test_a_long_sentence_in_a_heading_style_is_body_text(tmp_path: Path) -> None:
    body = paragraph(LONG) + paragraph(LONG, properties='<w:pStyle w:val="Sub"/>')
    assert [each.kind for each in paragraphs(write_paper(tmp_path / "paper.docx", body))] == ["paragraph"] * 2


def test_automatic_numbers_are_printed_as_word_counts_them(tmp_path: Path) -> None:
    body = (
        item("One", 1) + item("One one", 1, 1) + item("One two", 1, 1) + item("Two", 1) + item("Two one", 1, 1)
        + item("Third", 2) + item("Sign", 3) + item("Anew", 4) + item("On", 4) + item("Gone on", 2)
    )  # fmt: skip
    found = paragraphs(write_paper(tmp_path / "paper.docx", body))
    assert [each.marker for each in found] == ["1.", "1.1", "1.2", "2.", "2.1", "Action 3", "•", "1.", "2.", "Action 4"]
    assert [each.level for each in found][:3] == [0, 1, 1]
    assert {each.kind for each in found} == {"list_item"}


@pytest.mark.parametrize(
    ("typed", "marker", "text"),
    [
        ("- Publish the leaflet", "-", "Publish the leaflet"),
        ("• Publish the leaflet", "•", "Publish the leaflet"),
        ("1. Publish the leaflet", "1.", "Publish the leaflet"),
        ("(c) Publish the leaflet", "(c)", "Publish the leaflet"),
        ("iv) Publish the leaflet", "iv)", "Publish the leaflet"),
        ("7.2The Board will publish", "7.2", "The Board will publish"),
        ("2.4\u00a0 Publish the leaflet", "2.4", "Publish the leaflet"),
    ],
)
def test_a_typed_marker_leaves_the_text(tmp_path: Path, typed: str, marker: str, text: str) -> None:
    found = paragraphs(write_paper(tmp_path / "paper.docx", paragraph(LONG) + paragraph(typed)))[1]
    assert (found.kind, found.marker, found.text) == ("list_item", marker, text)


@pytest.mark.parametrize(
    "typed",
    ["12 March 2012 is the date", "9.30 Welcome", "31.03.12 Meeting held", "A. Jones will write", "2014/15 plan"],
)
def test_dates_times_and_initials_are_no_markers(tmp_path: Path, typed: str) -> None:
    found = paragraphs(write_paper(tmp_path / "paper.docx", paragraph(LONG) + paragraph(typed)))[1]
    assert (found.marker, found.text) == ("", typed)


def test_lines_that_begin_with_a_dash_are_items_of_their_own(tmp_path: Path) -> None:
    shown = ("We will:", "- publish", "- hold three", "events")
    lines = f"<w:r>{'<w:br/>'.join(f'<w:t>{line}</w:t>' for line in shown)}</w:r>"
    found = paragraphs(write_paper(tmp_path / "paper.docx", paragraph(lines)))
    assert [(each.kind, each.text) for each in found] == [
        ("paragraph", "We will:"), ("list_item", "publish"), ("list_item", "hold three events"),
    ]  # fmt: skip


def test_letters_under_numbers_are_one_deeper(tmp_path: Path) -> None:
    typed = ("1. First", "a) part", "b) part", "2. Second")
    found = paragraphs(write_paper(tmp_path / "paper.docx", "".join(paragraph(each) for each in typed)))
    assert [each.level for each in found] == [0, 1, 1, 0]


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = f"<wps:txbx><w:txbxContent>{paragraph('In the box.')}</w:txbxContent></wps:txbx>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>"
        f"{box.replace('wps:', 'v:')}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(write_paper(tmp_path / "paper.docx", paragraph("Before.", drawing))) == ["Before.", "In the box."]


def test_a_footnote_stands_after_its_block_with_its_number(tmp_path: Path) -> None:
    note = f'<w:footnote w:id="7">{paragraph("Working Together, 2010.")}</w:footnote>'
    body = paragraph("Duties", '<w:r><w:footnoteReference w:id="7"/></w:r>', " are set out.") + paragraph("Next.")
    found = paragraphs(write_paper(tmp_path / "paper.docx", body, footnotes=note))
    assert [(each.kind, each.marker, each.text) for each in found] == [
        ("paragraph", "", "Duties are set out."),
        ("footnote", "1", "Working Together, 2010."),
        ("paragraph", "", "Next."),
    ]


def test_contents_are_known_and_running_heads_left_out(tmp_path: Path) -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body = (
        f"<w:sdt>{gallery}<w:sdtContent>{paragraph('Contents')}</w:sdtContent></w:sdt>"
        + paragraph("Improving practice", "<w:r><w:tab/><w:t>4</w:t></w:r>", properties='<w:pStyle w:val="TOC1"/>')
        + paragraph(LONG)
    )
    found = paragraphs(write_paper(tmp_path / "paper.docx", body))
    assert [(each.kind, each.text) for each in found[:2]] == [
        ("contents", "Contents"),
        ("contents", "Improving practice 4"),
    ]
    assert "Running head" not in [each.text for each in found]


def test_merged_cells_are_carried_to_each_row(tmp_path: Path) -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = table(
        row("Objective", "Action", "Lead", properties="<w:tblHeader/>"),
        row(cell("Children are heard", properties=start), "Hold a forum in May", "Participation Officer"),
        row(cell("", properties=on), "Publish what they said", "Board Manager"),
    )
    assert row_texts(write_paper(tmp_path / "paper.docx", body)) == [
        ("Children are heard", "Hold a forum in May", "Participation Officer"),
        ("Children are heard", "Publish what they said", "Board Manager"),
    ]


def test_a_row_over_all_columns_is_the_section_of_those_below(tmp_path: Path) -> None:
    heading = row(cell("Priority 2: Neglect", properties='<w:gridSpan w:val="4"/>'))
    body = table(HEADER, heading, row("2.1", "Audit 20 cases of neglect", "QA Manager", "June 2012"))
    (line,) = only_table(write_paper(tmp_path / "paper.docx", body)).rows
    assert line.section == "Priority 2: Neglect"
    assert [each.text for each in line.cells] == ["2.1", "Audit 20 cases of neglect", "QA Manager", "June 2012"]


def test_a_row_that_begins_late_keeps_its_columns(tmp_path: Path) -> None:
    late = row("Audit 20 cases of neglect", "QA Manager", "June 2012", properties='<w:gridBefore w:val="1"/>')
    body = table(HEADER, row("1", "Publish the leaflet", "Chair", "May 2012"), late)
    assert row_texts(write_paper(tmp_path / "paper.docx", body))[1] == (
        "", "Audit 20 cases of neglect", "QA Manager", "June 2012",
    )  # fmt: skip


def test_rows_and_cells_in_content_controls_are_kept_and_deleted_rows_are_not(tmp_path: Path) -> None:
    wrapped = f"<w:sdt><w:sdtContent>{row('1', 'Publish the leaflet', 'Chair', 'May 2012')}</w:sdtContent></w:sdt>"
    chosen = f"<w:sdt><w:sdtContent>{cell('Chair')}</w:sdtContent></w:sdt>"
    inserted = row("2", "Hold a conference", chosen, "June 2012", properties="<w:ins/>")
    deleted = row("3", "Hold nothing", "Chair", "July 2012", properties="<w:del/>")
    assert row_texts(write_paper(tmp_path / "paper.docx", table(HEADER, wrapped, inserted, deleted))) == [
        ("1", "Publish the leaflet", "Chair", "May 2012"),
        ("2", "Hold a conference", "Chair", "June 2012"),
    ]


def test_a_cell_keeps_its_paragraphs_apart_and_its_markers_out(tmp_path: Path) -> None:
    action = cell(
        paragraph("Adopt the tool in:", look="<w:b/>"), item("the MASH", 3), item("schools", 3), "- and homes"
    )
    body = table(HEADER, row("1", action, "Chair", "May 2012"))
    found = only_table(write_paper(tmp_path / "paper.docx", body)).rows[0].cells[1]
    assert found.text == "Adopt the tool in: the MASH schools and homes"
    assert [found.text[start:end] for start, end in found.paragraphs()] == [
        "Adopt the tool in:", "the MASH", "schools", "and homes",
    ]  # fmt: skip
    assert found.bold == ((0, 18),)


def test_a_nested_table_is_read_inside_its_cell(tmp_path: Path) -> None:
    inner = table(row("Station Road", "first"), row("Market Street", "second"))
    body = table(HEADER, row("1", cell("Visit premises:", inner, ""), "Police", "May 2012"))
    found = only_table(write_paper(tmp_path / "paper.docx", body)).rows[0].cells[1]
    assert found.text == "Visit premises: Station Road first Market Street second"


def test_a_reference_that_word_counts_is_the_text_of_its_cell(tmp_path: Path) -> None:
    rows = [row(cell(item("", 1, 1)), "Publish the leaflet", "Chair", "May 2012") for _ in range(2)]
    assert [line[0] for line in row_texts(write_paper(tmp_path / "paper.docx", table(HEADER, *rows)))] == ["1.1", "1.2"]


def test_a_frame_round_text_is_no_table(tmp_path: Path) -> None:
    body = table(row(cell("Our vision", "Children in Cwm Arthen are safe.")))
    content = read_word(write_paper(tmp_path / "paper.docx", body))
    assert [block.text for block in content.blocks if isinstance(block, Paragraph)][
        -1
    ] == "Children in Cwm Arthen are safe."
    assert not any(isinstance(block, Table) for block in content.blocks)


def test_a_hidden_row_is_marked(tmp_path: Path) -> None:
    hidden = row("2", "Hold a conference", "Chair", "June 2012", properties="<w:hidden/>")
    body = table(HEADER, row("1", "Publish the leaflet", "Chair", "May 2012"), hidden)
    assert [line.hidden for line in only_table(write_paper(tmp_path / "paper.docx", body)).rows] == [False, True]


def test_strict_open_xml_is_read_too(tmp_path: Path) -> None:
    path = write_paper(tmp_path / "usual.docx", paragraph("Publish the leaflet."))
    strict = tmp_path / "strict.docx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(strict, "w") as target:
        for name in source.namelist():
            usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            target.writestr(name, source.read(name).replace(usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert texts(strict) == ["Publish the leaflet."]


def damaged_files() -> dict[str, bytes]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    return {"not a zip": b"PK\x03\x04 and no more", "empty": b"", "old": ole, "text": b"Minutes of the meeting"}


@pytest.mark.parametrize("case", sorted(damaged_files()))
def test_a_damaged_file_is_refused_in_one_sentence(tmp_path: Path, case: str) -> None:
    path = tmp_path / "papur ŵyl.docx"
    path.write_bytes(damaged_files()[case])
    with pytest.raises(ReadError, match=r"papur ŵyl\.docx") as refusal:
        read_word(path)
    assert "\n" not in str(refusal.value)


def test_a_password_is_told_from_damage(tmp_path: Path) -> None:
    path = tmp_path / "secret.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(PasswordError, match="password"):
        read_word(path)


@pytest.mark.parametrize(
    ("name", "text"), [("photo.txt", "x"), ("word/document.xml", "<w"), ("word/document.xml", "<workbook/>")]
)
def test_a_zip_of_something_else_is_refused(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / "paper.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, text)
    with pytest.raises(ReadError, match=r"paper\.docx"):
        read_word(path)


def test_no_other_file_is_read_through_an_entity(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("the secret", encoding="utf-8")
    path = tmp_path / "paper.docx"
    declaration = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = f"<w:document {space}><w:body><w:p><w:r><w:t>Seen &e;</w:t></w:r></w:p></w:body></w:document>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", declaration + body)
    with pytest.raises(ReadError, match="declares entities") as told:
        read_word(path)
    assert "the secret" not in str(told.value)


def test_an_empty_paper_is_a_problem(tmp_path: Path) -> None:
    content = read_word(write_paper(tmp_path / "paper.docx", paragraph()))
    assert not content.blocks
    assert "no text" in content.problems[0].message


WORDS = st.lists(st.text("abcdefghij", min_size=1, max_size=8), min_size=1, max_size=8).map(" ".join)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(WORDS, min_size=1, max_size=6))
def test_every_word_is_kept_in_order(tmp_path: Path, lines: list[str]) -> None:
    body = "".join(paragraph(line) for line in lines) + table(row(*lines), row(*lines))
    blocks = read_word(write_paper(tmp_path / "paper.docx", body)).blocks
    shown = [f"{each.marker} {each.text}".strip() for each in blocks if isinstance(each, Paragraph)]
    assert shown[: len(lines)] == lines


def test_the_thornmere_plan_is_read_whole(shared: Path) -> None:
    """Every statement of the gold is a paragraph, item or cell (or a sentence of one), and every cell is right."""
    (path,) = (shared / "documents" / "thornmere").glob("*.docx")
    gold = json.loads(path.with_name(f"{path.stem}.gold.json").read_text(encoding="utf-8"))["statements"]
    content = read_word(path)
    plan = next(block for block in content.blocks if isinstance(block, Table))
    rows = [dict(zip(plan.header, (each.text for each in line.cells), strict=True)) for line in plan.rows]
    prose = [block.text for block in content.blocks if isinstance(block, Paragraph)]
    for statement in gold:
        if statement["cells"]:
            assert statement["cells"] in rows
        elif statement["form"] == "sentence":
            assert any(statement["text"] in text for text in prose)
        else:
            assert statement["text"] in prose


def test_a_lone_first_level_heading_over_others_is_the_title(tmp_path: Path) -> None:
    body = (
        paragraph("Minutes of the Board", properties='<w:pStyle w:val="Pennawd1"/>')
        + paragraph("Attendance", properties='<w:pStyle w:val="Sub"/>')
        + paragraph("✓ present, A apologies")
    )
    found = paragraphs(write_paper(tmp_path / "paper.docx", body))
    assert [(each.kind, each.marker) for each in found] == [("title", ""), ("heading", ""), ("paragraph", "")]
