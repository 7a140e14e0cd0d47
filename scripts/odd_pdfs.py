# ruff: noqa: E501 - PDF's own syntax reads worse broken up
"""Odd and broken PDFs, written by hand in PDF's own syntax: damage, traps, and rare but lawful ways of writing a page.

    python scripts/odd_pdfs.py FOLDER        # writes them all, the same on every machine
    python scripts/odd_pdfs.py FOLDER --read # and reads each: seconds, memory and what came of it

Each name begins with what must come of the file: "read", "refused", or "either" where both are right.
"""

from __future__ import annotations

import hashlib
import random
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

Odd = tuple[str, bytes]
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
TEXT = "BT /F1 11 Tf 72 740 Td (The Board will publish a neglect protocol for schools by March 2011.) Tj ET"
PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
"""What a password is filled up with (PDF Reference 1.7, algorithm 3.2)."""


def stream(data: bytes | str, extra: str = "", *, packed: bool = False, length: int | None = None) -> bytes:
    """A stream object's body; `length` is what its dictionary claims."""
    raw = data.encode("latin-1") if isinstance(data, str) else data
    if packed:
        raw, extra = zlib.compress(raw), f"{extra} /Filter /FlateDecode"
    claimed = len(raw) if length is None else length
    return f"<< /Length {claimed} {extra} >>\nstream\n".encode() + raw + b"\nendstream"


def paper(
    *contents: bytes | str,
    page: str = "",
    resources: str = "",
    box: str = "0 0 612 792",
    more: dict[int, bytes] | None = None,
    root: str = "",
    font: bytes = FONT,
) -> dict[int, bytes]:
    """The objects of a PDF with a page for each of `contents`; further objects count from 1000."""
    objects = {1: f"<< /Type /Catalog /Pages 2 0 R {root} >>".encode(), 3: font}
    kids = []
    for i, content in enumerate(contents):
        body = content if isinstance(content, bytes) and b"stream" in content else stream(content)
        objects[10 + 2 * i] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents {11 + 2 * i} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {resources} >> {page} >>"
        ).encode()
        objects[11 + 2 * i] = body
        kids.append(f"{10 + 2 * i} 0 R")
    objects[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return objects | (more or {})


def write(
    objects: dict[int, bytes],
    *,
    head: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    trailer: str = "",
    tail: bytes | None = None,
    shift: int = 0,
    end: bytes = b"%%EOF\n",
) -> bytes:
    """The file: objects, cross-reference table (its places wrong by `shift`), trailer."""
    out, places = bytearray(head), {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    if tail is not None:
        return bytes(out) + tail
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += f"{number} 1\n{max(0, place + shift):010d} 00000 n \n".encode()
    out += f"trailer\n<< /Size {max(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start + shift}\n".encode()
    return bytes(out) + end


def usual() -> bytes:
    """A sound PDF of two pages."""
    return write(paper(TEXT, TEXT.replace("March", "June")))


def damaged_frames() -> Iterator[Odd]:
    """Cross-reference, header, trailer and end damaged."""
    good = usual()
    objects = paper(TEXT)
    for i, junk in enumerate((b"\r\n", b"\0" * 100, b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 900, b"\xef\xbb\xbf")):
        yield f"read-junk-before-{i}", junk + good
        yield f"read-junk-after-{i}", good + junk * 3
    for shift in (-7, -1, 1, 12, 5000):
        yield f"read-xref-shifted-{shift}", write(objects, shift=shift)
    yield "read-xref-missing", write(objects, tail=b"trailer\n<< /Size 20 /Root 1 0 R >>\n%%EOF\n")
    yield "read-xref-and-trailer-missing", write(objects, tail=b"")
    yield "read-xref-cut", write(objects, tail=b"xref\n0 20\n0000000000 65535 f \n00000")
    yield "read-no-eof", write(objects, end=b"")
    yield "read-eof-twice", good + b"%%EOF\n%%EOF\n"
    yield "read-startxref-text", good.replace(b"startxref\n", b"startxref\nabc")
    yield "read-trailer-no-root", write(objects, tail=b"trailer\n<< /Size 20 >>\nstartxref\n0\n%%EOF\n")
    yield "read-prev-loops", write(objects, trailer=f"/Prev {good.index(b'xref')}")
    yield "read-prev-far", write(objects, trailer="/Prev 99999999")
    yield "read-size-huge", good.replace(b"/Size 14", b"/Size 2147483647")
    yield "read-size-negative", good.replace(b"/Size 14", b"/Size -5")
    for version in ("1.0", "2.0", "9.9", "1.", "a.b"):
        yield f"read-version-{version.strip('.')}", write(objects, head=f"%PDF-{version}\n".encode())
    yield "read-line-ends-cr", write(objects).replace(b"\nendobj\n", b"\rendobj\r")
    for i, share in enumerate((0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99)):
        yield f"either-cut-{i}", good[: int(len(good) * share)]
    yield "refused-only-header", b"%PDF-1.4\n"
    yield "refused-header-and-junk", b"%PDF-1.4\n" + random.Random(1).randbytes(20_000)
    yield "refused-zero-length", b""
    yield "refused-nothing-but-zeros", bytes(4096)


def odd_trees() -> Iterator[Odd]:
    """Page trees that are empty, circular, deep, wide or wrong."""
    bare = paper(TEXT)
    none = {**bare, 2: b"<< /Type /Pages /Count 0 /Kids [] >>"}
    yield "refused-no-pages", write(none)
    yield "either-circular", write({**bare, 2: b"<< /Type /Pages /Count 2 /Kids [2 0 R 2 0 R] >>"})
    yield "read-circular-with-a-page", write({**bare, 2: b"<< /Type /Pages /Count 2 /Kids [10 0 R 2 0 R] >>"})
    for count in (0, -1, 100, 30_000, 2_147_483_647):
        yield f"either-count-{count}", write({**bare, 2: f"<< /Type /Pages /Count {count} /Kids [10 0 R] >>".encode()})
    for depth in (20, 100, 500, 1200):
        tree = {**bare, 2: b"<< /Type /Pages /Count 1 /Kids [2000 0 R] >>"}
        for i in range(depth):
            below = 10 if i == depth - 1 else 2001 + i
            tree[2000 + i] = f"<< /Type /Pages /Count 1 /Parent 2 0 R /Kids [{below} 0 R] >>".encode()
        yield f"either-tree-deep-{depth}", write(tree)
    yield "read-kid-missing", write({**bare, 2: b"<< /Type /Pages /Count 2 /Kids [10 0 R 777 0 R] >>"})
    yield "either-kid-number", write({**bare, 2: b"<< /Type /Pages /Count 2 /Kids [10 0 R 7] >>"})
    yield "either-kids-not-list", write({**bare, 2: b"<< /Type /Pages /Count 1 /Kids 10 0 R >>"})
    yield "either-no-catalog", write({n: body for n, body in bare.items() if n != 1})
    yield "either-root-circular", write({**bare, 1: b"<< /Type /Catalog /Pages 1 0 R >>"})
    yield "read-page-twice", write({**bare, 2: b"<< /Type /Pages /Count 2 /Kids [10 0 R 10 0 R] >>"})
    yield "read-pages-1500", write(paper(*["BT /F1 9 Tf 10 10 Td (Action) Tj ET"] * 1500, box="0 0 60 60"))
    yield "read-pages-4000", write(paper(*["BT /F1 9 Tf 10 10 Td (Action) Tj ET"] * 4000, box="0 0 60 60"))
    yield "read-pages-empty-3000", write(paper(*[""] * 3000))
    outline = {1000: b"<< /Type /Outlines /First 1001 0 R /Last 1001 0 R /Count 1 >>"}
    for i in range(3000):
        inner = f"/First {1002 + i} 0 R /Last {1002 + i} 0 R" if i < 2999 else ""
        outline[1001 + i] = f"<< /Title (Priority {i}) /Parent {1000 + i} 0 R {inner} >>".encode()
    yield "read-outline-deep", write(paper(TEXT, more=outline, root="/Outlines 1000 0 R"))
    loop = {1000: b"<< /First 1001 0 R >>", 1001: b"<< /Title (A) /Next 1001 0 R /First 1001 0 R >>"}
    yield "read-outline-circular", write(paper(TEXT, more=loop, root="/Outlines 1000 0 R"))


def odd_pages() -> Iterator[Odd]:
    """Boxes, turns and sizes."""
    boxes = {
        "huge": "0 0 14400 14400", "vast": "0 0 1e9 1e9", "tiny": "0 0 1 1", "zero": "0 0 0 0",
        "negative": "-600 -800 0 0", "swapped": "612 792 0 0", "far": "10000 10000 10612 10792",
        "not-numbers": "/a /b /c /d", "short": "0 0 612", "nan": "0 0 99999999999999999999999999 792",
    }  # fmt: skip
    for name, box in boxes.items():
        yield f"read-box-{name}", write(paper(TEXT, box=box))
    for turn in (90, 180, 270, 360, -90, 45, 1_000_000):
        yield f"read-turned-{turn}", write(paper(TEXT, page=f"/Rotate {turn}"))
        crop = f"/Rotate {turn} /CropBox [50 50 500 780]"
        yield f"read-turned-cropped-{turn}", write(paper(TEXT, page=crop))
    for name, crop in {"outside": "9000 9000 9100 9100", "empty": "0 0 0 0", "negative": "-5 -5 -90 -90"}.items():
        yield f"read-crop-{name}", write(paper(TEXT, page=f"/CropBox [{crop}]"))
    for unit in ("0", "75", "-1", "1e9"):
        yield f"read-user-unit-{unit}", write(paper(TEXT, page=f"/UserUnit {unit}"))
    yield "read-no-contents", write({**paper(TEXT), 10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"})
    yield "read-contents-missing", write({n: b for n, b in paper(TEXT).items() if n != 11})
    many = b"[" + b"11 0 R " * 3000 + b"]"
    yield "read-contents-3000-times", write(
        {**paper(TEXT), 10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents " + many
         + b" /Resources << /Font << /F1 3 0 R >> >> >>"}
    )  # fmt: skip
    yield (
        "read-no-resources",
        write({**paper(TEXT), 10: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 11 0 R >>"}),
    )


def odd_fonts() -> Iterator[Odd]:
    """Type 3, missing fonts, no ToUnicode, upright writing, odd encodings."""
    glyph = stream("500 0 0 0 400 700 d1 0 0 400 700 re f")
    type3 = b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << "
    type3 += b"/a 1000 0 R >> /Encoding << /Differences [97 /a] >> /FirstChar 97 /LastChar 97 /Widths [500] >>"
    letters = "BT /F1 12 Tf 72 700 Td (" + "a" * 60 + ") Tj ET"
    yield "read-type3", write(paper(letters, font=type3, more={1000: glyph}))
    for depth in (1, 50):
        inner = stream(
            "500 0 0 0 400 700 d1 BT /F1 12 Tf (" + "a" * depth + ") Tj ET", "/Resources << /Font << /F1 3 0 R >> >>"
        )
        yield f"read-type3-calls-itself-{depth}", write(paper(letters, font=type3, more={1000: inner}))
    yield "read-font-missing", write({n: body for n, body in paper(TEXT).items() if n != 3})
    fonts = {
        "unknown-subtype": b"<< /Type /Font /Subtype /Wondrous /BaseFont /X >>",
        "no-subtype": b"<< /Type /Font >>",
        "unknown-name": b"<< /Type /Font /Subtype /TrueType /BaseFont /Nowhere-Bold >>",
        "name-long": b"<< /Type /Font /Subtype /Type1 /BaseFont /" + b"A" * 5000 + b" >>",
        "name-odd": b"<< /Type /Font /Subtype /Type1 /BaseFont /#ff#fe#00Bold >>",
        "widths-wrong": b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 32 /LastChar 30 /Widths [1] >>",
        "widths-huge": b"<< /Type /Font /Subtype /TrueType /BaseFont /Ab /FirstChar 0 /LastChar 2147483647 /Widths [9] >>",
        "encoding-circular": b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding 3 0 R >>",
        "differences": b"<< /Type /Font /Subtype /Type1 /BaseFont /Ab /Encoding << /Differences [84 /g001 /g002 0 /a] >> >>",
        "descendant-missing": b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H >>",
        "descendant-circular": b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-V /DescendantFonts [3 0 R] >>",
    }  # fmt: skip
    for name, font in fonts.items():
        yield f"read-font-{name}", write(paper(TEXT, font=font))
    descendant = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (%s) /Supplement 0 >> >>"
    for way in ("Identity-H", "Identity-V", "UniGB-UCS2-V", "90ms-RKSJ-V", "KSC-EUC-H", "Nonsense-H"):
        for order in (b"Identity", b"Japan1"):
            font = (
                f"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /{way} /DescendantFonts [1000 0 R] >>".encode()
            )
            text = "BT /F1 12 Tf 300 700 Td <" + "00410042" * 40 + "> Tj ET"
            name = f"read-cid-{way}-{order.decode()}"
            yield name, write(paper(text, font=font, more={1000: descendant % order}))
    maps = {
        "garbage": b"\x00\xff" * 300,
        "range-huge": b"1 beginbfrange <0000> <ffffffff> <0041> endbfrange",
        "surrogates": b"2 beginbfchar <54> <D83D> <68> <DC00> endbfchar",
        "long": b"1 beginbfchar <54> <" + b"0041" * 2000 + b"> endbfchar",
        "controls": b"3 beginbfchar <54> <0000> <68> <FFFE> <65> <202E> endbfchar",
    }
    for name, codes in maps.items():
        font = FONT.replace(b">>", b"/ToUnicode 1000 0 R >>")
        yield f"read-tounicode-{name}", write(paper(TEXT, font=font, more={1000: stream(codes)}))
    for kind in ("FontFile", "FontFile2", "FontFile3"):
        for i, data in enumerate((b"", b"\0" * 500, random.Random(3).randbytes(5000))):
            font = FONT.replace(b"/Helvetica", b"/Abc").replace(b">>", b"/FontDescriptor 1000 0 R >>")
            described = f"<< /Type /FontDescriptor /FontName /Abc /Flags 4 /{kind} 1001 0 R >>".encode()
            yield f"read-{kind}-{i}", write(paper(TEXT, font=font, more={1000: described, 1001: stream(data)}))


def odd_streams() -> Iterator[Odd]:
    """Filters, lengths and pictures that are garbage or traps."""
    junk = random.Random(5).randbytes(3000)
    for name in ("FlateDecode", "LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode", "DCTDecode",
                 "CCITTFaxDecode", "JBIG2Decode", "JPXDecode", "Crypt", "Unheard"):  # fmt: skip
        yield f"either-contents-{name}", write(paper(stream(junk, f"/Filter /{name}")))
        picture = stream(junk, f"/Type /XObject /Subtype /Image /Width 900 /Height 900 /BitsPerComponent 8 "
                               f"/ColorSpace /DeviceRGB /Filter /{name}")  # fmt: skip
        placed = TEXT + " q 300 0 0 300 72 72 cm /P Do Q"
        yield f"read-picture-{name}", write(paper(placed, resources="/XObject << /P 1000 0 R >>", more={1000: picture}))
    for length in (0, 5, 10_000_000, -1):
        yield f"read-length-{length}", write(paper(stream(TEXT, length=length)))
    yield "read-length-circular", write(paper(stream(TEXT).replace(b"/Length 90", b"/Length 11 0 R")))
    chain = TEXT.encode()
    for _ in range(30):
        chain = zlib.compress(chain)
    yield "either-filters-30", write(paper(stream(chain, "/Filter [" + "/FlateDecode " * 30 + "]")))
    for size in (20, 200):
        bomb = zlib.compress(b" " * (size << 20), 9)
        yield f"either-bomb-{size}", write(paper(stream(bomb, "/Filter /FlateDecode")))
        twice = zlib.compress(bomb, 9)
        yield f"either-bomb-twice-{size}", write(paper(stream(twice, "/Filter [/FlateDecode /FlateDecode]")))
    for wide, high in ((100_000, 100_000), (2_147_483_647, 2), (-5, 10), (0, 0)):
        picture = stream(b"\0" * 100, f"/Type /XObject /Subtype /Image /Width {wide} /Height {high} "
                                      "/BitsPerComponent 8 /ColorSpace /DeviceRGB")  # fmt: skip
        made = paper("q 600 0 0 780 5 5 cm /P Do Q", resources="/XObject << /P 1000 0 R >>", more={1000: picture})
        yield f"read-picture-{wide}", write(made)
    inline = TEXT + " q 100 0 0 100 90 90 cm BI /W 4 /H 4 /BPC 8 /CS /G ID " + "abcdefghijklmnop" + " EI Q"
    yield "read-inline", write(paper(inline))
    yield "read-inline-unended", write(paper(inline.replace(" EI Q", "")))
    yield "read-inline-many", write(paper(TEXT + inline[len(TEXT) :] * 3000))
    yield "read-inline-huge", write(paper(inline.replace("/W 4 /H 4", "/W 40000 /H 40000")))
    form = "/Type /XObject /Subtype /Form /BBox [0 0 612 792]"
    own = stream(TEXT + " /X Do", f"{form} /Resources << /XObject << /X 1000 0 R >> /Font << /F1 3 0 R >> >>")
    yield "read-form-calls-itself", write(paper("/X Do", resources="/XObject << /X 1000 0 R >>", more={1000: own}))
    nested = {}
    for i in range(60):
        inner = TEXT if i == 59 else f"/X Do /X Do {'/X Do' if i < 3 else ''}" if i < 12 else "/X Do"
        resources = f"/Resources << /XObject << /X {1001 + i} 0 R >> /Font << /F1 3 0 R >> >>"
        nested[1000 + i] = stream(inner, f"{form} {resources}")
    yield "either-forms-multiply", write(paper("/X Do", resources="/XObject << /X 1000 0 R >>", more=nested))


def odd_contents() -> Iterator[Odd]:
    """Pages whose content is lawful and far too much, or no content at all."""
    rng = random.Random(11)
    yield "read-text-100000", write(paper(prose(100_000)))
    yield "read-text-one-place", write(paper("BT /F1 10 Tf 72 700 Td " + "(Board) Tj 0 0 Td " * 8000 + "ET"))
    yield "read-text-one-line", write(paper("BT /F1 0.01 Tf 72 700 Td (" + "neglect " * 12_000 + ") Tj ET"))
    letters = " ".join(f"1 0 0 1 {72 + i % 80 * 6} {760 - i // 80 * 9} Tm (a) Tj" for i in range(6000))
    yield "read-letters-alone-6000", write(paper(f"BT /F1 8 Tf {letters} ET"))
    scattered = " ".join(
        f"1 0 0 1 {rng.randint(0, 600)} {rng.randint(0, 780)} Tm (word{i}) Tj" for i in range(8000)
    )  # fmt: skip
    yield "read-words-scattered-8000", write(paper(f"BT /F1 6 Tf {scattered} ET"))
    turned = " ".join(
        f"{rng.uniform(-1, 1):.2f} {rng.uniform(-1, 1):.2f} {rng.uniform(-1, 1):.2f} {rng.uniform(-1, 1):.2f} "
        f"{rng.randint(0, 600)} {rng.randint(0, 780)} Tm (slant) Tj" for i in range(3000)
    )  # fmt: skip
    yield "read-words-slanted-3000", write(paper(f"BT /F1 9 Tf {turned} ET"))
    for columns, rows in ((50, 100), (10, 500), (100, 100), (200, 25)):
        yield f"read-table-{columns}x{rows}", write(paper(table(columns, rows)))
        yield f"read-table-level-{columns}x{rows}", write(paper(table(columns, rows, upright=False)))
        yield f"read-table-unruled-{columns}x{rows}", write(paper(table(columns, rows, upright=False, level=False)))
    for count in (500, 5000, 10_000, 50_000):
        lines = " ".join(
            f"{rng.randint(0, 600)} {rng.randint(0, 780)} m {rng.randint(0, 600)} {rng.randint(0, 780)} l S"
            for _ in range(count)
        )  # fmt: skip
        yield f"read-lines-random-{count}", write(paper(TEXT + " " + lines))
        one = " ".join(f"{rng.randint(0, 600)} {rng.randint(0, 780)} l" for _ in range(count))
        yield f"read-path-long-{count}", write(paper(f"{TEXT} 5 5 m {one} S"))
        level = " ".join(
            f"{(x := rng.randint(0, 500))} {(y := rng.randint(0, 780))} m {x + rng.randint(5, 90)} {y} l S"
            f" {x} {y} m {x} {y + rng.randint(5, 90)} l S" for _ in range(count // 2)
        )  # fmt: skip
        yield f"read-lines-crossing-{count}", write(paper(TEXT + " " + level))
        boxes = " ".join(f"{rng.randint(0, 600)} {rng.randint(0, 780)} 8 8 re S" for _ in range(count))
        yield f"read-boxes-{count}", write(paper(TEXT + " " + boxes))
    for count in (100, 300):
        grid = " ".join(
            f"{20 + i * 560 / count:.2f} 20 m {20 + i * 560 / count:.2f} 770 l S "
            f"20 {20 + i * 750 / count:.2f} m 580 {20 + i * 750 / count:.2f} l S" for i in range(count + 1)
        )  # fmt: skip
        yield f"read-grid-{count}x{count}", write(paper(TEXT + " " + grid))
    segments = "5 5 m " + " ".join(f"{i % 600} {i % 700} l" for i in range(1900)) + " S "
    yield "read-paths-many-segments", write(paper(TEXT + " " + segments * 400))
    yield "read-save-deep", write(paper("q " * 100_000 + TEXT))
    yield "read-brackets-deep", write(paper("[" * 50_000 + TEXT))
    yield "read-dictionaries-deep", write(paper("/A " + "<< /A " * 20_000 + " BDC " + TEXT))
    for depth in (200, 2000, 20_000):  # pdfium's memory for these grows with the square of their depth
        yield (
            f"{'read' if depth < 20_000 else 'either'}-marked-deep-{depth}",
            write(paper("/P << /MCID 0 >> BDC " * depth + TEXT)),
        )
    yield "read-operators-unknown", write(paper("zz 1 2 yy " * 50_000 + TEXT))
    yield "read-numbers-many", write(paper("1 " * 1_000_000 + TEXT))
    yield "read-matrix-zero", write(paper("0 0 0 0 0 0 cm " + TEXT))
    yield "read-matrix-huge", write(paper("1e30 0 0 1e30 1e30 1e30 cm " + TEXT))
    for name, size in {"zero": "0", "negative": "-11", "vast": "1e12", "small": "1e-12"}.items():
        yield f"read-size-{name}", write(paper(TEXT.replace("/F1 11", f"/F1 {size}")))
    yield "read-invisible", write(paper(TEXT.replace("BT", "BT 3 Tr")))
    yield "read-bytes-all", write(paper(b"BT /F1 9 Tf 72 700 Td <" + bytes(range(256)).hex().encode() + b"> Tj ET"))
    yield "read-string-unended", write(paper(TEXT.replace(".) Tj ET", ".")))


def prose(characters: int) -> str:
    """A page with that many characters in small type."""
    line = "Partners will report to the Board on neglect and on what children said of it. " * 2
    lines = characters // len(line)
    shown = " ".join(f"1 0 0 1 20 {785 - i * 780 / lines:.2f} Tm ({line}) Tj" for i in range(lines))
    return f"BT /F1 3 Tf {shown} ET"


def table(columns: int, rows: int, *, upright: bool = True, level: bool = True) -> str:
    """A page with one table of so many cells."""
    wide, high = 580 / columns, 760 / rows
    words = ("Lead", "Chair", "Publish the plan", "May 2011", "done", "40%")
    cells = " ".join(
        f"1 0 0 1 {16 + c * wide:.2f} {770 - r * high:.2f} Tm ({words[(r * 7 + c) % 6]}) Tj"
        for r in range(rows) for c in range(columns)
    )  # fmt: skip
    size = min(high * 0.7, wide / 9)
    down = " ".join(f"{15 + c * wide:.2f} 15 m {15 + c * wide:.2f} 778 l S" for c in range(columns + 1))
    across = " ".join(f"15 {778 - r * high:.2f} m 595 {778 - r * high:.2f} l S" for r in range(rows + 1))
    return f"0.2 w BT /F1 {size:.2f} Tf {cells} ET {down if upright else ''} {across if level else ''}"


def tagged_table(columns: int, rows: int) -> dict[int, bytes]:
    """A page with one table whose cells the tags tell."""
    wide, high, count = 580 / columns, 760 / rows, columns * rows
    text = " ".join(
        f"/P << /MCID {i} >> BDC 1 0 0 1 {16 + i % columns * wide:.2f} {770 - i // columns * high:.2f} Tm "
        f"(Lead officer {i}) Tj EMC" for i in range(count)
    )  # fmt: skip
    kids = " ".join(f"{1002 + row} 0 R" for row in range(rows))
    tags = {1001: f"<< /Type /StructElem /S /Table /P 1000 0 R /K [{kids}] >>".encode()}
    for row in range(rows):
        first = 2000 + row * columns
        inner = " ".join(f"{first + column} 0 R" for column in range(columns))
        tags[1002 + row] = f"<< /Type /StructElem /S /TR /P 1001 0 R /K [{inner}] >>".encode()
        for column in range(columns):
            mark = row * columns + column
            tags[first + column] = f"<< /Type /StructElem /S /TD /P {1002 + row} 0 R /K {mark} /Pg 10 0 R >>".encode()
    parents = " ".join(f"{2000 + i} 0 R" for i in range(count))
    tags[1000] = f"<< /Type /StructTreeRoot /K [1001 0 R] /ParentTree << /Nums [0 [{parents}]] >> >>".encode()
    rooted = "/MarkInfo << /Marked true >> /StructTreeRoot 1000 0 R"
    return paper(f"BT /F1 {wide / 9:.2f} Tf {text} ET", page="/StructParents 0", root=rooted, more=tags)


def odd_extras() -> Iterator[Odd]:
    """Forms, notes, tags, attachments, scripts, object streams, names twice."""
    fields = " ".join(f"{1001 + i} 0 R" for i in range(3000))
    notes = {
        1001 + i: f"<< /Type /Annot /Subtype /{'Widget /FT /Tx /T (Lead)' if i % 2 else 'FreeText'} /Rect [9 9 90 20] "
        f"/V (Chair {i}) /Contents (Note {i}) >>".encode() for i in range(3000)
    }  # fmt: skip
    notes[1000] = f"<< /Fields [{fields}] >>".encode()
    yield "read-form-3000", write(paper(TEXT, page=f"/Annots [{fields}]", root="/AcroForm 1000 0 R", more=notes))
    xfa = {1000: b"<< /Fields [] /XFA 1001 0 R >>", 1001: stream("<xdp/>")}
    yield "read-form-xfa", write(paper(TEXT, root="/AcroForm 1000 0 R", more=xfa))
    loop = {1000: b"<< /Type /Annot /Subtype /Widget /Parent 1000 0 R /Kids [1000 0 R] /T (a) /FT /Tx >>"}
    loop[1001] = b"<< /Fields [1000 0 R] >>"
    yield "read-form-circular", write(paper(TEXT, page="/Annots [1000 0 R]", root="/AcroForm 1001 0 R", more=loop))
    for name, annots in {"not-list": "7", "nulls": "[null null 3 (a) 99 0 R]", "self": "10 0 R"}.items():
        yield f"read-annots-{name}", write(paper(TEXT, page=f"/Annots {annots}"))
    actions = {1000: b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>", 1001: b"<< /S /Launch /F (\\\\\\\\server\\\\x.exe) >>",
               1002: b"<< /S /URI /URI (http://127.0.0.1:9/x) >>"}  # fmt: skip
    for number in actions:
        yield f"read-opens-{number}", write(paper(TEXT, root=f"/OpenAction {number} 0 R", more=actions))
    inside = {1000: b"<< /Names [(a.exe) 1001 0 R] >>", 1001: b"<< /Type /Filespec /F (a.exe) /EF << /F 1002 0 R >> >>",
              1002: stream("MZ")}  # fmt: skip
    yield "read-attachment", write(paper(TEXT, root="/Names << /EmbeddedFiles 1000 0 R >>", more=inside))
    outside = {1000: b"<< /Length 0 /F (/etc/hostname) /FFilter /FlateDecode >>\nstream\n\nendstream"}
    yield "read-stream-elsewhere", write(paper(TEXT, page="/Thumb 1000 0 R", more=outside))
    yield (
        "read-names-twice",
        write(
            {
                **paper(TEXT),
                10: paper(TEXT)[10].replace(b"/Type /Page ", b"/Type /Page /Type /Page /MediaBox [0 0 1 1] "),
            }
        ),
    )
    tags = {1000: b"<< /Type /StructTreeRoot /K [1001 0 R] /ParentTree << /Nums [0 [1001 0 R]] >> >>",
            1001: b"<< /Type /StructElem /S /Table /P 1000 0 R /K [1001 0 R 0] /Pg 10 0 R >>"}  # fmt: skip
    marked = "/P << /MCID 0 >> BDC " + TEXT + " EMC"
    rooted = "/MarkInfo << /Marked true >> /StructTreeRoot 1000 0 R"
    yield "read-tags-circular", write(paper(marked, page="/StructParents 0", root=rooted, more=tags))
    deep = {1000: b"<< /Type /StructTreeRoot /K [1001 0 R] /ParentTree << /Nums [0 [1900 0 R]] >> >>"}
    for i in range(900):
        kid = f"{1002 + i} 0 R {1002 + i} 0 R" if i < 899 else "0"
        deep[1001 + i] = f"<< /Type /StructElem /S /Sect /P {1000 + i} 0 R /K [{kid}] /Pg 10 0 R >>".encode()
    yield "read-tags-deep", write(paper(marked, page="/StructParents 0", root=rooted, more=deep))
    for count in (2000, 20_000):
        wide = {1000: b"<< /Type /StructTreeRoot /K [1001 0 R] /ParentTree << /Nums [0 [" +
                b" ".join(b"%d 0 R" % (1002 + i) for i in range(count)) + b"]] >> >>",
                1001: b"<< /Type /StructElem /S /Table /P 1000 0 R /K [" +
                b" ".join(b"%d 0 R" % (1002 + i) for i in range(count)) + b"] >>"}  # fmt: skip
        for i in range(count):
            wide[1002 + i] = b"<< /Type /StructElem /S /TR /P 1001 0 R /K [%d] /Pg 10 0 R >>" % i
        yield f"read-tags-wide-{count}", write(paper(marked, page="/StructParents 0", root=rooted, more=wide))
    for columns, rows in ((10, 50), (50, 100)):
        yield f"read-tags-table-{columns}x{rows}", write(tagged_table(columns, rows))
    layers = {1000: b"<< /Type /OCG /Name (Hidden) >>"}
    hidden = "/OCProperties << /OCGs [1000 0 R] /D << /OFF [1000 0 R] >> >>"
    yield (
        "read-layer-hidden",
        write(paper(f"/OC /L BDC {TEXT} EMC", root=hidden, resources="/Properties << /L 1000 0 R >>", more=layers)),
    )
    title = {1000: b"<< /Title (\xfe\xff\xd8\x00\x00A\x00\x00\x20\x2e) >>"}
    yield "read-title-broken", write({**paper(TEXT), **title}, trailer="/Info 1000 0 R")
    yield (
        "read-title-long",
        write({**paper(TEXT), 1000: b"<< /Title (" + b"A" * 200_000 + b") >>"}, trailer="/Info 1000 0 R"),
    )


def object_streams() -> Iterator[Odd]:
    """Objects packed in a stream with a cross-reference stream, sound and damaged."""
    for name, damage in {
        "sound": lambda data: data, "cut": lambda data: data[: len(data) // 2],
        "first-wrong": lambda data: data.replace(b"/First ", b"/First 9"), "n-huge": lambda data: data.replace(b"/N 3", b"/N 99999999"),
        "widths": lambda data: data.replace(b"/W [1 4 1]", b"/W [9 9 9]"), "index": lambda data: data.replace(b"/Index [0 6]", b"/Index [0 999999999]"),
    }.items():  # fmt: skip
        yield f"{'read' if name == 'sound' else 'either'}-packed-{name}", damage(packed_file())


def packed_file() -> bytes:
    """A PDF whose catalog, pages and page stand in an object stream."""
    bodies = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Count 1 /Kids [5 0 R] >>",
              5: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 "
                 + FONT + b" >> >> >>"}  # fmt: skip
    at, index, data = 0, b"", b""
    for number, body in bodies.items():
        index += b"%d %d " % (number, at)
        data += body + b" "
        at = len(data)
    out = bytearray(b"%PDF-1.5\n")
    places = {}
    for number, body in (
        (3, stream(index + data, f"/Type /ObjStm /N 3 /First {len(index)}", packed=True)),
        (4, stream(TEXT)),
    ):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    rows = [(0, 0, 0), (2, 3, 0), (2, 3, 1), (1, places[3], 0), (1, places[4], 0), (2, 3, 2)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + bytes([last]) for kind, place, last in rows)
    cross = stream(table, "/Type /XRef /Size 6 /Root 1 0 R /W [1 4 1] /Index [0 6]")
    return bytes(out) + b"6 0 obj\n" + cross + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def locked() -> Iterator[Odd]:
    """Encrypted with RC4 of 40 and 128 bits: without a user password (anyone may read) and with one."""
    for bits in (40, 128):
        yield f"read-locked-empty-{bits}", encrypted(b"", bits)
        yield f"refused-locked-{bits}", encrypted(b"secret", bits)
    good = encrypted(b"", 128)
    for name, old, new in (
        ("filter", b"/Standard", b"/Unheard"),
        ("version", b"/V 2", b"/V 77"),
        ("owner", b"/O <", b"/O <00"),
    ):
        yield f"either-locked-{name}", good.replace(old, new)


def encrypted(password: bytes, bits: int) -> bytes:
    """A locked PDF (PDF Reference 1.7, algorithms 3.2 to 3.5)."""
    size, revision, rights, ident = bits // 8, 2 if bits == 40 else 3, -44, b"0123456789abcdef"
    padded, owner = (password + PAD)[:32], hashlib.md5((b"owner" + PAD)[:32]).digest()
    for _ in range(50 if revision == 3 else 0):
        owner = hashlib.md5(owner).digest()
    told = padded
    for i in range(20 if revision == 3 else 1):
        told = rc4(bytes(b ^ i for b in owner[:size]), told)
    key = hashlib.md5(padded + told + rights.to_bytes(4, "little", signed=True) + ident).digest()
    for _ in range(50 if revision == 3 else 0):
        key = hashlib.md5(key[:size]).digest()
    key = key[:size]
    user = rc4(key, PAD)
    if revision == 3:
        user = hashlib.md5(PAD + ident).digest()
        for i in range(20):
            user = rc4(bytes(b ^ i for b in key), user)
        user += bytes(16)
    objects = paper(TEXT)
    for_stream = hashlib.md5(key + (11).to_bytes(3, "little") + bytes(2)).digest()[: min(16, size + 5)]
    objects[11] = stream(rc4(for_stream, TEXT.encode()))
    objects[900] = (f"<< /Filter /Standard /V {revision - 1} /R {revision} /Length {bits} /P {rights} "
                    f"/O <{told.hex()}> /U <{user.hex()}> >>").encode()  # fmt: skip
    return write(objects, trailer=f"/Encrypt 900 0 R /ID [<{ident.hex()}> <{ident.hex()}>]")


def rc4(key: bytes, data: bytes) -> bytes:
    """Data under RC4, which PDF used until version 1.6."""
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def flipped() -> Iterator[Odd]:
    """Sound files with some of their bytes changed."""
    rng = random.Random(17)
    for i in range(60):
        data = bytearray((usual, packed_file, lambda: encrypted(b"", 128))[i % 3]())
        for _ in range(rng.choice((1, 3, 10, 40))):
            data[rng.randrange(9, len(data))] = rng.randrange(256)
        yield f"either-flipped-{i}", bytes(data)


KINDS: tuple[Callable[[], Iterator[Odd]], ...] = (
    damaged_frames, odd_trees, odd_pages, odd_fonts, odd_streams, odd_contents, odd_extras, object_streams, locked,
    flipped,
)  # fmt: skip


def odd_pdfs() -> Iterator[Odd]:
    """Every odd PDF: its name without ending, and its bytes."""
    for kind in KINDS:
        yield from kind()


def write_all(folder: Path) -> list[Path]:
    """The files written to a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, data in odd_pdfs():
        path = folder / f"{name}.pdf"
        path.write_bytes(data)
        paths.append(path)
    return paths


if __name__ == "__main__":
    written = write_all(Path(sys.argv[1]))
    print(len(written), "files")
    if "--read" in sys.argv:
        from fuzz import read_all, show_figures  # beside this script

        show_figures(read_all(written))
