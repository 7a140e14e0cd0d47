# ruff: noqa: E501 - a paper's XML reads worse broken up
"""Small made-up papers for each reader, by hypothesis, and bytes led by coverage, by atheris.

Neither is needed but for these runs: hypothesis comes with the extra `test`, atheris is installed by hand (Linux alone).

    python scripts/strategies.py html 60 FOLDER    # what fuzz.py --atheris starts for each reader
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from fuzz import SLOW, read_one

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LED = (".pdf", ".html", ".md", ".csv", ".txt", ".docx", ".xlsx")
WORD_TAGS = ("p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "tcPr", "trPr", "sdt", "sdtContent", "ins", "del", "numPr", "numId", "ilvl",
             "gridSpan", "vMerge", "hMerge", "gridBefore", "footnoteReference", "txbxContent", "fldChar", "instrText", "tab", "br",
             "pStyle", "tblHeader", "hyperlink", "sym", "vanish", "b")  # fmt: skip
HTML_TAGS = ("p", "div", "span", "table", "tr", "td", "th", "thead", "tbody", "ul", "ol", "li", "h1", "h3", "b", "br", "pre", "caption",
             "script", "a", "dl", "dt", "svg", "template")  # fmt: skip


def paper_strategies() -> dict[str, Any]:
    """For each ending, a strategy that makes a small paper's bytes."""
    from hypothesis import strategies as st

    words = st.one_of(
        st.text(max_size=40), st.sampled_from(("The Board will publish a leaflet by May 2011.", "Action", "Lead", "By when", "•", "1.", "3.2.1", "a)", "\u202e", "£5", ""))
    )  # fmt: skip
    value = st.one_of(
        st.integers(-2, 10**10).map(str),
        st.sampled_from(("", "restart", "x", "0", "63", "99999999999999999999", "Heading1")),
    )

    def element(tags: tuple[str, ...], prefix: str, attribute: str) -> Any:
        def build(inner: Any) -> Any:
            return st.builds(
                lambda tag, given, kids: f"<{prefix}{tag}{attribute.format(given) if given else ''}>{''.join(kids)}</{prefix}{tag}>",
                st.sampled_from(tags), value, st.lists(inner, max_size=5),
            )  # fmt: skip

        return st.recursive(words.map(escaped), build, max_leaves=40)

    word = st.lists(element(WORD_TAGS, "w:", ' w:val="{}"'), max_size=6).map(lambda body: zipped({
        "_rels/.rels": "<Relationships/>", "[Content_Types].xml": "<Types/>",
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}</w:body></w:document>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{WORD}">{"".join(body)}</w:numbering>',
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{"".join(body)}</w:styles>',
    }))  # fmt: skip
    html = st.builds(
        lambda tag, size, inner: f"<!doctype html><html><body><{tag} rowspan='{size}' colspan='{size}' start='{size}'>{''.join(inner)}",
        st.sampled_from(HTML_TAGS), value, st.lists(element(HTML_TAGS, "", ' colspan="{0}" rowspan="{0}" style="display:{0}"'), max_size=6),
    )  # fmt: skip
    lines = st.lists(
        st.one_of(
            words,
            st.sampled_from(
                (
                    "# Plan",
                    "| a | b |",
                    "|---|---|",
                    "- item",
                    "> said",
                    "```",
                    "<!--",
                    "***",
                    "===",
                    "\f",
                    "    x",
                    "1) y",
                    "[a](b)",
                )
            ),
        ),
        max_size=30,
    )
    raw = st.one_of(lines.map(lambda each: "\n".join(each)).map(encoded), st.binary(max_size=400))
    comma = st.lists(st.lists(words, max_size=6), max_size=20).map(
        lambda rows: encoded("\n".join(",".join(row) for row in rows))
    )
    return {
        ".docx": word,
        ".xlsx": workbooks(),
        ".html": html.map(encoded),
        ".md": raw,
        ".txt": raw,
        ".csv": st.one_of(comma, raw),
    }


def escaped(text: str) -> str:
    """Text as it may stand in XML; what may not stand there is left out."""
    kept = "".join(c for c in text if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c < "\ufffe")
    return kept.replace("&", "&amp;").replace("<", "&lt;")


def encoded(text: str) -> bytes:
    """Text in UTF-8, lone halves of pairs as question marks."""
    return text.encode("utf-8", errors="replace")


def zipped(parts: dict[str, str]) -> bytes:
    """The bytes of a zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, encoded(text))
    return out.getvalue()


def workbooks() -> Any:
    """Workbooks of one sheet with odd cells, kinds, merged areas and formats."""
    from hypothesis import strategies as st

    place = st.builds(
        lambda column, row: f"{column}{row}",
        st.sampled_from(("A", "B", "C", "Z", "XFD", "XFE", "", "a")),
        st.sampled_from((0, 1, 2, 3, 9, 1048576, 1048577)),
    )
    kind = st.sampled_from(
        (
            "",
            ' t="s"',
            ' t="str"',
            ' t="b"',
            ' t="e"',
            ' t="d"',
            ' t="n"',
            ' t="inlineStr"',
            ' t="x"',
            ' s="1"',
            ' s="99"',
        )
    )
    inside = st.one_of(
        st.integers(-5, 10**12).map(str),
        st.floats().map(str),
        st.text(max_size=20).map(escaped),
        st.just("2011-05-31T00:00:00"),
    )
    cell = st.builds(
        lambda at, how, what, f: f'<c r="{at}"{how}>{f}<v>{what}</v><is><t>{what}</t></is></c>',
        place,
        kind,
        inside,
        st.sampled_from(("", "<f>A1+1</f>", "<f t='shared' si='0'/>", "<f/>")),
    )
    merged = st.lists(st.builds(lambda a, b: f'<mergeCell ref="{a}:{b}"/>', place, place), max_size=3)

    def build(rows: list[list[str]], ranges: list[str], code: str) -> bytes:
        data = "".join(f'<row r="{i + 1}" hidden="{i % 2}">{"".join(row)}</row>' for i, row in enumerate(rows))
        main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        return zipped({
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{main}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{main}.styles+xml"/></Types>',
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATED}"><sheets><sheet name="Plan" sheetId="1" r:id="r0"/></sheets></workbook>',
            "xl/styles.xml": f'<styleSheet xmlns="{SHEET}"><numFmts><numFmt numFmtId="170" formatCode="{code}"/></numFmts><fonts><font/></fonts>'
            '<fills><fill><patternFill/></fill></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/><xf numFmtId="170"/></cellXfs></styleSheet>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{data}</sheetData>'
            f'{"<mergeCells>" + "".join(ranges) + "</mergeCells>" if ranges else ""}</worksheet>',
        })  # fmt: skip

    code = st.one_of(
        st.sampled_from(("dd/mm/yyyy", "0%", "[h]:mm", "#,##0.00;[Red]-0", '"x"0', "@", "mmm yy", "[$-809]d mmmm")),
        st.text(max_size=12).map(lambda t: escaped(t).replace('"', "&quot;")),
    )
    return st.builds(build, st.lists(st.lists(cell, max_size=4), max_size=5), merged, code)


def relations(*given: tuple[str, str]) -> str:
    """A part of relations."""
    inside = "".join(
        f'<Relationship Id="r{i}" Type="{RELATED}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(given)
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'
    )


def try_readers(examples: int) -> int:
    """Read so many made-up papers with each reader; the number of readers that failed out, each failure printed small."""
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        for suffix, strategy in paper_strategies().items():
            counts: Counter[str] = Counter()
            try:
                try_reader(strategy, examples, Path(folder) / f"paper{suffix}", counts)
                print(suffix, dict(counts), flush=True)
            except BaseException as error:  # hypothesis reports a failure in its own ways, groups among them
                failures += 1
                print(suffix, "FAILED", str(error)[:3000], flush=True)
    return failures


def try_reader(strategy: Any, examples: int, path: Path, counts: Counter[str]) -> None:
    """Read so many made-up papers; raises at the smallest that is neither read nor refused."""
    from hypothesis import HealthCheck, given, settings

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(strategy)
    def try_one(data: bytes) -> None:
        path.write_bytes(data)
        verdict = read_one(path)
        counts[verdict.state] += 1
        assert verdict.state in ("read", "refused"), (verdict.message, data[:2000])
        assert verdict.seconds < SLOW, verdict

    try_one()


def cover_readers(seconds: int) -> int:
    """Let atheris try each reader for so many seconds, in a process of its own; the number that failed out."""
    failures = 0
    for suffix in LED:
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, __file__, suffix, str(seconds), folder]
            done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
            tail = [line for line in done.stderr.splitlines() if line.strip()][-1 if done.returncode == 0 else -25 :]
            print(
                suffix,
                "sound" if done.returncode == 0 else f"FAILED ({done.returncode})",
                *tail,
                sep="\n  ",
                flush=True,
            )
            failures += done.returncode != 0
    return failures


def cover_reader(suffix: str, seconds: int, folder: Path) -> None:
    """Run atheris on one reader; it ends the process."""
    import atheris

    with atheris.instrument_imports(include=["lscb_textmine"]):
        import lscb_textmine.read.html
        import lscb_textmine.read.markdown
        import lscb_textmine.read.pdf
        import lscb_textmine.read.plain
        import lscb_textmine.read.spreadsheet
        import lscb_textmine.read.word  # noqa: F401
    path = folder / f"paper{suffix}"

    def try_one(data: bytes) -> None:
        path.write_bytes(data)
        began = time.perf_counter()
        verdict = read_one(path)
        if verdict.state not in ("read", "refused") or time.perf_counter() - began > 2 * SLOW:
            raise AssertionError(f"{verdict}")

    seeds = folder / "seeds"
    seeds.mkdir()
    for i, data in enumerate(first_papers(suffix)):
        (seeds / str(i)).write_bytes(data)
    atheris.Setup([sys.argv[0], f"-max_total_time={seconds}", "-timeout=60", "-rss_limit_mb=4096", str(seeds)], try_one)
    atheris.Fuzz()


def first_papers(suffix: str) -> list[bytes]:
    """Papers to begin with."""
    from mutations import mutated_papers
    from odd_pdfs import odd_pdfs

    if suffix == ".pdf":
        return [data for _, data in odd_pdfs() if 0 < len(data) < 6000]
    found = [data for ending, _, data in mutated_papers(400, 3) if ending == suffix]
    return sorted(found, key=len)[:20]


if __name__ == "__main__":
    cover_reader(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
