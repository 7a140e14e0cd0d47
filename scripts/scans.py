"""Papers with a text layer, printed and scanned anew by calculation: what reading pictures of pages is measured on.

`python scripts/scans.py [PDF...]` prints for each paper the share of words and of table cells that reading its scan
gives as reading its text layer does, the statements found in both, and seconds a page.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections import Counter
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from lscb_textmine.models import Models, load_models
from lscb_textmine.pipeline import judge_document
from lscb_textmine.read import read_document
from lscb_textmine.records import Document, Paragraph, Table

ROOT = Path(__file__).resolve().parent.parent


class Scanner(NamedTuple):
    """How a page is scanned: dots to the inch, degrees askew, grey of the noise, blur in pixels, JPEG quality."""

    dpi: int = 200
    askew: float = 1.5
    noise: float = 12.0
    blur: float = 0.5
    quality: int = 70


def scan_pdf(paper: Path, out: Path, scanner: Scanner = Scanner(), *, pages: tuple[int, ...] = ()) -> Path:  # noqa: B008
    """The paper's pages as pictures alone in a PDF: skewed this way and that, noisy, pressed as JPEG."""
    import pypdfium2

    pictures = []
    with pypdfium2.PdfDocument(paper) as document:
        for number in pages or range(1, len(document) + 1):
            page = document[number - 1]
            pictures.append(scan_page(page, number, scanner))
            page.close()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:], resolution=scanner.dpi)
    return out


def scan_page(page: Any, number: int, scanner: Scanner) -> Any:
    """A page of pypdfium2 as a scanner would give it, the same each time."""
    import numpy
    from PIL import Image, ImageFilter

    grey = page.render(scale=scanner.dpi / 72, grayscale=True).to_pil().convert("L")
    grey = grey.point(lambda level: 38 + level * 200 // 255)
    angle = scanner.askew * (1 if number % 2 else -0.8)
    grey = grey.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=238)
    grey = grey.filter(ImageFilter.GaussianBlur(scanner.blur))
    noise = numpy.random.default_rng(number).normal(0, scanner.noise, (grey.height, grey.width))
    noisy = Image.fromarray(numpy.clip(numpy.asarray(grey) + noise, 0, 255).astype("uint8"))
    content = BytesIO()
    noisy.save(content, "JPEG", quality=scanner.quality)
    return Image.open(content)


def words_right(truth: Document, scan: Document) -> tuple[int, int]:
    """How many of the words of a paper stand in its scan, and how many there are; order counts only within blocks."""
    expected, found = Counter(words_of(truth)), Counter(words_of(scan))
    return sum((expected & found).values()), sum(expected.values())


def words_of(document: Document) -> list[str]:
    """The words of a paper's paragraphs, headings and cells, markers among them; quotation marks are one."""
    texts: list[str] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            texts += [block.marker, block.text]
        else:
            texts += [*block.header, *(cell for row in cells_of(block) for cell in row)]
    return [word for text in texts for word in plain(text).split()]


def plain(text: str) -> str:
    """The text with quotation marks and dashes of one kind."""
    return text.translate(str.maketrans("‘’“”–—", "''\"\"--"))


def cells_of(table: Table) -> list[list[str]]:
    """The cells of a table, row by row, its header first; a merged cell counts in each row."""
    return [[plain(cell) for cell in table.header], *([plain(cell.text) for cell in row.cells] for row in table.rows)]


def cells_right(truth: Document, scan: Document) -> tuple[int, int]:
    """How many cells of a paper's tables stand in its scan in a row and column of their own with the same text.

    Rows are matched in order; a cell is right when nine in ten of its characters are.
    """
    from rapidfuzz.fuzz import ratio

    expected = [row for block in truth.blocks if isinstance(block, Table) for row in cells_of(block)]
    found = [row for block in scan.blocks if isinstance(block, Table) for row in cells_of(block)]
    right = 0
    for row in expected:
        best = max(found, key=lambda other: ratio(" | ".join(row), " | ".join(other)), default=[])
        right += sum(ratio(a, b) >= 90 if a else not b for a, b in zip(row, best, strict=False))
    return right, sum(map(len, expected))


def statements_found(document: Document, gold: list[str], models: Models) -> tuple[float, list[str], list[str]]:
    """F1 of a paper's statements against its gold answers, those missed and those too many."""
    from rapidfuzz.fuzz import ratio

    found = [plain(each.candidate.text) for each in judge_document(document, models) if each.counted]
    missed = [text for text in gold if not any(ratio(plain(text), other) >= 90 for other in found)]
    wrong = [text for text in found if not any(ratio(text, plain(other)) >= 90 for other in gold)]
    right = len(gold) - len(missed)
    return 2 * right / max(1, 2 * right + len(missed) + len(wrong)), missed, wrong


PAPERS = (
    "penrhyn-celyg/Cofnodion – Minutes LSCB 16 Oct 2008.pdf",
    "penrhyn-celyg/Penrhyn Celyg LSCB Business Plan 2007-08.pdf",
    "penrhyn-celyg/LSCB Business Plan 2008-09 FINAL v3.pdf",
    "tair-afon/Tŷ Agored - Open House priorities 2016-17.pdf",
)


def main() -> None:
    """Scan each paper, read it both ways and print how they compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", nargs="*", type=Path, metavar="PDF")
    parser.add_argument("--dpi", type=int, default=Scanner().dpi)
    parser.add_argument("--askew", type=float, default=Scanner().askew)
    parser.add_argument("--noise", type=float, default=Scanner().noise)
    parser.add_argument("--blur", type=float, default=Scanner().blur)
    parser.add_argument("--errors", action="store_true", help="print the words, cells and statements that differ")
    given = parser.parse_args()
    scanner = Scanner(given.dpi, given.askew, given.noise, given.blur)
    models = load_models()
    for paper in given.papers or [ROOT / "corpora" / name for name in PAPERS]:
        with tempfile.TemporaryDirectory() as folder:
            scan = scan_pdf(paper, Path(folder) / paper.name, scanner)
            compare(paper, scan, models, errors=given.errors)


def compare(paper: Path, scan: Path, models: Models, *, errors: bool) -> None:
    """Print how the reading of a scan compares with that of the paper itself."""
    truth = read_document(paper)
    began, busy = time.perf_counter(), sum(os.times()[:4])
    seen = read_document(scan)
    seconds, busy = (time.perf_counter() - began) / len(seen.pages), (sum(os.times()[:4]) - busy) / len(seen.pages)
    words, cells = words_right(truth, seen), cells_right(truth, seen)
    gold_file = paper.with_suffix(".gold.json")
    gold = json.loads(gold_file.read_text(encoding="utf-8"))["statements"] if gold_file.exists() else []
    texts = [each["text"] for each in gold if each.get("objective", True)]
    (best, *_), (found, missed, wrong) = (statements_found(each, texts, models) for each in (truth, seen))
    sure = " ".join(f"{page.confidence or 0:.2f}" for page in seen.pages)
    print(
        f"{paper.name}: words {words[0] / words[1]:.4f} of {words[1]}, cells {cells[0] / max(1, cells[1]):.3f} of "
        f"{cells[1]}, statements F1 {best:.3f} -> {found:.3f}, {seconds:.2f} s a page, {busy:.2f} of them of a "
        f"processor; confidence {sure}"
    )
    if errors:
        expected, given = Counter(words_of(truth)), Counter(words_of(seen))
        print("  lost: ", *sorted((expected - given).elements()))
        print("  made: ", *sorted((given - expected).elements()))
        print("  statements missed:", *missed, sep="\n    ")
        print("  statements too many:", *wrong, sep="\n    ")


if __name__ == "__main__":
    main()
