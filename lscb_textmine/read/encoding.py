"""The bytes of a text file in; its characters out, in whichever encoding the file was saved."""

from __future__ import annotations

import codecs
from pathlib import Path

from lscb_textmine.read.limits import OverLimit, ReadLimits

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_bytes(path: Path, limits: ReadLimits) -> bytes:
    """The bytes of a text file. Raises OverLimit for more than a text may have."""
    with path.open("rb") as file:
        data = file.read(limits.text_bytes + 1)
    if len(data) > limits.text_bytes:
        raise OverLimit(f"a text file of more than {limits.text_bytes >> 20} MB; split it and give the parts")
    return data


def decode_text(data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else Windows-1252, with plain line ends.

    >>> decode_text("Gŵyl – plan".encode("utf-16")), decode_text("Siân’s".encode("cp1252"))
    ('Gŵyl – plan', 'Siân’s')
    """
    return data.decode(encoding_of(data), errors="replace").replace("\r\n", "\n").replace("\r", "\n")


def encoding_of(data: bytes) -> str:
    """The name of the encoding that the bytes were most likely saved in."""
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name
    wide = wide_encoding(data)
    if wide:
        return wide
    # a multi-byte character cut by the end of the data is no sign of another encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def encoding_notes(data: bytes) -> tuple[str, ...]:
    """What a reader should know where the encoding was guessed."""
    return ("read as Windows-1252 text, as it is no UTF-8",) if encoding_of(data) == "cp1252" else ()


def wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark, told by the zeros beside Latin letters; `""` when it is not that."""
    sample = data[:4000]
    if len(sample) < 8 or b"\0" not in sample:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""
