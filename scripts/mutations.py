# ruff: noqa: E501 - a mutation a line
"""The corpora's papers in; broken and hostile copies of them, the same for the same seed, out."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
Rng = random.Random
Mutation = Callable[[bytes, Rng], bytes]
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "cp850",
    "utf-7",
    "cp037",
    "shift_jis",
)
ELEMENT = re.compile(rb"<(\w[\w:]*)\b[^<>]*?(?:/>|>)")


def mutated_papers(count: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Suffix, name and bytes of so many files: a fifth PDF text turned into text files, the rest spread evenly."""
    papers = [path for path in sorted(CORPORA.rglob("*")) if path.suffix in (".pdf", ".docx", ".xlsx")]
    by_kind = {
        suffix: [path.read_bytes() for path in papers if path.suffix == suffix] for suffix in (".pdf", ".docx", ".xlsx")
    }
    texts = written_out(papers)
    rng = random.Random(seed)
    for i in range(count):
        suffix = (".pdf", ".docx", ".pdf", ".xlsx", ".text")[i % 5]
        if suffix == ".text":
            ending = rng.choice((".txt", ".md", ".csv", ".html"))
            yield ending, "text", mutate_text(rng.choice(texts[ending]), rng)
            continue
        data = rng.choice(by_kind[suffix])
        chosen = rng.choice(PDF if suffix == ".pdf" else PACKED)
        others = by_kind[rng.choice((".pdf", ".docx", ".xlsx"))]
        mutated = splice(data, rng.choice(others), rng) if chosen is spliced else chosen(data, rng)
        for _ in range(rng.choice((0, 0, 1))):
            mutated = rng.choice(PDF if suffix == ".pdf" else PACKED)(mutated, rng)
        yield suffix, chosen.__name__, mutated


def written_out(papers: list[Path]) -> dict[str, list[str]]:
    """The corpora's words as plain text, Markdown, CSV and a web page."""
    from lscb_textmine.read import read_document
    from lscb_textmine.records import Paragraph

    found: dict[str, list[str]] = {".txt": [], ".md": [], ".csv": [], ".html": []}
    for path in papers:
        blocks = read_document(path).blocks
        tables = [[[cell.text for cell in row.cells] for row in b.rows] for b in blocks if not isinstance(b, Paragraph)]
        words = [b for b in blocks if isinstance(b, Paragraph)]
        found[".txt"].append("\n\n".join(b.text for b in words))
        found[".md"].append("\n".join(("#" * b.level + " " if b.level else "") + b.text for b in words)
                            + "\n\n" + "\n".join("| " + " | ".join(row) + " |" for t in tables for row in t))  # fmt: skip
        found[".csv"].append(
            "\n".join(",".join(f'"{text}"' for text in row) for t in tables for row in t) or "a,b\n1,2"
        )
        cells = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for t in tables for row in t)
        found[".html"].append("<html>" + "".join(f"<p>{b.text}</p>" for b in words) + f"<table>{cells}</table>")
    return found


def mutate_text(text: str, rng: Rng) -> bytes:
    """A text in an odd encoding, some of it doubled, cut, or strewn with odd characters."""
    at, end = sorted(rng.randrange(len(text) + 1) for _ in range(2))
    odd = rng.choice(("\0", "\ufeff", "\u202e", "\r", "\x0c", "\ud7ff", "<", "<table><tr>" * 30, "[" * 500, "|" * 900, "*_" * 400,
                      "\u0301" * 90, "\x1b[31m", "&amp;" * 40, '"', "\t" * 200, "- " * 300, "1. " * 200))  # fmt: skip
    text = rng.choice(
        (text[:at], text[at:end] * 3, text[:at] + odd + text[at:], text.replace(" ", odd, 40), text.replace("\n", odd))
    )
    data = text.encode(rng.choice(ENCODINGS), errors="replace")
    return rng.choice((flip_bits, truncate, keep))(data, rng)


def keep(data: bytes, rng: Rng) -> bytes:  # noqa: ARG001 - a mutation like the others
    """The bytes as they are."""
    return data


def flip_bits(data: bytes, rng: Rng) -> bytes:
    """Some bits turned over."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 5, 50, 500)) if out else 0):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def truncate(data: bytes, rng: Rng) -> bytes:
    """The beginning alone."""
    return data[: rng.randrange(len(data) + 1)]


def cut_out(data: bytes, rng: Rng) -> bytes:
    """A stretch left out."""
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.randrange(1, 4000) :]


def overwrite(data: bytes, rng: Rng) -> bytes:
    """A stretch overwritten with zeros or noise."""
    at, size = rng.randrange(len(data) + 1), rng.randrange(1, 4000)
    noise = bytes(size) if rng.random() < 0.5 else rng.randbytes(size)
    return data[:at] + noise + data[at + size :]


def spliced(data: bytes, rng: Rng) -> bytes:
    """Its own beginning and another stretch of itself."""
    return splice(data, data, rng)


def splice(first: bytes, second: bytes, rng: Rng) -> bytes:
    """The beginning of one file and the end of another."""
    return first[: rng.randrange(len(first) + 1)] + second[rng.randrange(len(second) + 1) :]


def _change(pattern: bytes, new: Callable[[Rng, re.Match[bytes]], bytes], name: str) -> Mutation:
    """A mutation of one to three of the places where a pattern stands."""
    told = re.compile(pattern)

    def mutation(data: bytes, rng: Rng) -> bytes:
        for _ in range(rng.randrange(1, 4)):
            places = list(told.finditer(data))
            if not places:
                return flip_bits(data, rng)
            place = rng.choice(places)
            data = data[: place.start()] + new(rng, place) + data[place.end() :]
        return data

    mutation.__name__ = name
    return mutation


NUMBERS = (b"0", b"-1", b"1", b"99999", b"2147483648", b"18446744073709551616", b"1e9", b"0.00001")
PDF: tuple[Mutation, ...] = (
    flip_bits, truncate, cut_out, overwrite, spliced,
    _change(rb"\d{10} \d{5} n", lambda rng, _: b"%010d 00000 n" % rng.randrange(10**6), "xref"),
    _change(rb"startxref\s+\d+", lambda rng, _: b"startxref\n%d" % rng.randrange(10**6), "startxref"),
    _change(rb"/Length \d+", lambda rng, _: b"/Length " + rng.choice(NUMBERS), "length"),
    _change(rb"/\w+Decode", lambda rng, _: rng.choice((b"/LZWDecode", b"/DCTDecode", b"/JBIG2Decode", b"/Nothing", b"/Crypt")), "filter"),
    _change(rb"\d+ 0 R", lambda rng, _: b"%d 0 R" % rng.randrange(60), "reference"),
    _change(rb"\d+ 0 obj", lambda rng, _: b"%d 0 obj" % rng.randrange(60), "object"),
    _change(rb"endobj|endstream|stream|obj", lambda *_: b"", "keyword"),
    _change(rb"/[A-Z]\w+", lambda rng, _: rng.choice((b"/Kids", b"/Type", b"/Null", b"/Parent", b"/Length", b"/Font")), "name"),
    _change(rb"(?<=[ \[])\d+(?=[ \]])", lambda rng, _: rng.choice(NUMBERS), "number"),
    _change(rb"<<|>>|\[|\]|\(|\)", lambda rng, _: rng.choice((b"", b"<<", b"[", b"(")) * rng.choice((1, 1, 500)), "bracket"),
)  # fmt: skip


def _repack(change: Callable[[dict[str, bytes], Rng], list[tuple[str, bytes]]], name: str) -> Mutation:
    """A mutation of the parts of a zip; a file that is none any more has its bits turned over."""

    def mutation(data: bytes, rng: Rng) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts = {each: archive.read(each) for each in archive.namelist()}
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                for each, content in change(parts, rng):
                    if each not in archive.namelist() or name == "doubled":
                        archive.writestr(each, content)
        except Exception:  # a zip broken before
            return flip_bits(data, rng)
        return out.getvalue()

    mutation.__name__ = name
    return mutation


def _on_part(change: Mutation) -> Callable[[dict[str, bytes], Rng], list[tuple[str, bytes]]]:
    def changed(parts: dict[str, bytes], rng: Rng) -> list[tuple[str, bytes]]:
        chosen = rng.choice([each for each in parts if each.endswith((".xml", ".rels"))] or list(parts))
        return [(each, change(data, rng) if each == chosen else data) for each, data in parts.items()]

    return changed


def drop_element(data: bytes, rng: Rng) -> bytes:
    """XML without some of its elements, their ends included where they are near."""
    for _ in range(rng.choice((1, 5, 40))):
        places = list(ELEMENT.finditer(data))
        if not places:
            break
        place = rng.choice(places)
        closed = data.find(b"</" + place[1] + b">", place.end())
        whole = closed >= 0 and rng.random() < 0.8
        data = data[: place.start()] + data[closed + len(place[1]) + 3 if whole else place.end() :]
    return data


def double_element(data: bytes, rng: Rng) -> bytes:
    """XML with one element many times, or inside itself."""
    places = list(ELEMENT.finditer(data))
    if not places:
        return data
    place = rng.choice(places)
    closed = data.find(b"</" + place[1] + b">", place.end())
    end = closed + len(place[1]) + 3 if closed >= 0 else place.end()
    piece, times = data[place.start() : end], rng.choice((2, 30, 300))
    if len(piece) * times > 5_000_000:
        times = 2
    if rng.random() < 0.5 or closed < 0:
        return data[: place.start()] + piece * times + data[end:]
    return data[: place.start()] + place[0] * times + piece + data[closed:end] * times + data[end:]


def odd_attribute(data: bytes, rng: Rng) -> bytes:
    """XML with the values of some attributes turned odd."""
    odd = (
        b'=""',
        b'="-1"',
        b'="99999999999"',
        b'="A1:XFD1048576"',
        b'="rId999"',
        b'="x"',
        b'="NaN"',
        b'="1e400"',
        b'="TRUE"',
    )
    for _ in range(rng.choice((1, 10, 100))):
        places = list(re.finditer(rb'="[^"]*"', data))
        if not places:
            break
        place = rng.choice(places)
        data = data[: place.start()] + rng.choice(odd) + data[place.end() :]
    return data


def _swap(parts: dict[str, bytes], rng: Rng) -> list[tuple[str, bytes]]:
    first, second = rng.choice(list(parts)), rng.choice(list(parts))
    return list((parts | {first: parts[second], second: parts[first]}).items())


PACKED: tuple[Mutation, ...] = (
    flip_bits, truncate, cut_out, overwrite, spliced,
    _repack(_swap, "swapped"),
    _repack(_on_part(lambda data, rng: b""), "emptied"),  # noqa: ARG005
    _repack(lambda parts, rng: [(k, v) for k, v in parts.items() if rng.random() > 0.15], "lost"),
    _repack(lambda parts, rng: [*parts.items(), *[(k, parts[rng.choice(list(parts))]) for k in parts]], "doubled"),
    _repack(_on_part(flip_bits), "part_flipped"),
    _repack(_on_part(truncate), "part_cut"),
    _repack(_on_part(drop_element), "element_dropped"),
    _repack(_on_part(double_element), "element_doubled"),
    _repack(_on_part(odd_attribute), "attribute_odd"),
    _repack(_on_part(drop_element), "element_dropped_too"),
)  # fmt: skip
