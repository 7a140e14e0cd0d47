"""Tiny fictional papers made on the spot: good ones, and every kind of bad one."""

from __future__ import annotations

import zipfile
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

PLAN = (
    "Cwm Arthen Local Safeguarding Children Board",
    "Business Plan 2010-11",
    "By March 2011 the Board will:",
    "• publish a neglect protocol for schools",
    "• raise awareness of safeguarding",
)


def write_pdf(path: Path, lines: tuple[str, ...] = PLAN, *, password: str = "", scanned: bool = False) -> Path:
    """A PDF of one page, locked when a password is given, and with a second page that is only a picture if scanned."""
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), encrypt=password or None, invariant=1)
    for number, line in enumerate(lines):
        canvas.setFont("Helvetica", 18 if number < 2 else 11)
        canvas.drawString(72, 760 - 28 * number, line)
    if scanned:
        canvas.showPage()
        canvas.drawImage(ImageReader(Image.new("RGB", (400, 500), "grey")), 50, 50, 500, 700)
    canvas.save()
    return path


def write_bad(path: Path, kind: str) -> Path:
    """A file that cannot be read, of one of the kinds that users have."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if kind == "encrypted":
        return write_pdf(path, password="secret")
    if kind == "zip of something else":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("photos/one.txt", "not a paper")
        return path
    contents = {
        "damaged": b"%PDF-1.7\n1 0 obj << /Type /Catalog",
        "empty": b"",
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "mislabelled": bytes(range(256)) * 8,
    }
    path.write_bytes(contents[kind])
    return path
