"""A path in; the paper as read, a `Document`, out: its format, its blocks, their language, board, type and year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from hashlib import file_digest
from pathlib import Path

from lscb_textmine.errors import ReadError, TextmineError
from lscb_textmine.read.content import Content
from lscb_textmine.read.identity import identify
from lscb_textmine.read.language import mark_languages
from lscb_textmine.read.limits import USUAL_LIMITS, OverLimit, ReadLimits
from lscb_textmine.read.papers import find_papers
from lscb_textmine.read.sections import attach_sections
from lscb_textmine.read.sniff import format_of
from lscb_textmine.records import Block, Document, Paragraph, Problem

__all__ = ["ReadLimits", "digest_file", "find_papers", "identify_document", "read_document"]

SUFFIXES = {
    "html": (".html", ".htm", ".xhtml"), "docx": (".docx", ".docm", ".dotx", ".dotm"), "doc": (".doc", ".dot"),
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"), "pptx": (".pptx", ".pptm", ".ppsx"), "odt": (".odt", ".ott"),
    "png": (".png",), "jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"), "tiff": (".tif", ".tiff"),
    "csv": (".csv", ".tsv", ".txt"), "txt": (".txt", ".text"), "md": (".md", ".markdown", ".txt"),
}  # fmt: skip


def read_document(
    path: Path | str,
    *,
    root: Path | str | None = None,
    board: str = "",
    doc_type: str = "",
    year: str = "",
    override_source: str = "",
    ocr: bool = True,
    limits: ReadLimits = USUAL_LIMITS,
) -> Document:
    """The paper at `path`. What is given as board, type or year stands above what the paper says of itself.

    `root` is the folder that the user named, None when it was the file itself; pages that are pictures are read by OCR
    if `ocr`; `limits` is the most that the file may hold. Raises ReadError, with one sentence for the user, when the
    file cannot be read.
    """
    file = Path(path)
    kind = format_of(file, limits)
    content = read_content(file, kind, limits, ocr=ocr)
    refuse_too_long(file, content, limits)
    blocks, languages = mark_languages(attach_sections(content.blocks))
    document = Document(
        path=str(path),
        sha256=digest_file(file),
        format=kind,
        blocks=blocks,
        pages=content.pages,
        problems=(*_name_problems(file, kind), *content.problems, *_blank_problems(file, content)),
        languages=languages,
        title=content.title or _first_title(blocks),
        notes=content.notes,
    )
    return identify_document(
        document, root=root, board=board, doc_type=doc_type, year=year, override_source=override_source
    )


def identify_document(
    document: Document,
    *,
    root: Path | str | None = None,
    board: str = "",
    doc_type: str = "",
    year: str = "",
    override_source: str = "",
) -> Document:
    """A paper as read with its board, type, year and day: what is given, else what the paper says of itself."""
    known = identify(
        document.blocks, Path(document.path), root=Path(root) if root is not None else None,
        board=board, doc_type=doc_type, year=year, override_source=override_source,
    )  # fmt: skip
    return replace(document, board=known.board, doc_type=known.doc_type, year=known.year, dated=known.dated)


def read_content(path: Path, kind: str, limits: ReadLimits = USUAL_LIMITS, *, ocr: bool = True) -> Content:
    """The content of a file by the reader of its format; whatever a reader's library throws becomes a ReadError."""
    try:
        return reader_of(kind, ocr=ocr)(path, limits)
    except (TextmineError, MemoryError):
        raise
    except OverLimit as error:
        raise ReadError(f"{path}: {error}") from error
    except RecursionError as error:
        raise ReadError(f"{path}: nested too deeply to be a paper; print it to PDF and give that") from error
    except Exception as error:  # the libraries that parse damaged files raise errors of every kind
        reason = f"{type(error).__name__}: {error}".rstrip(": ")
        message = f"{path}: could not be read ({reason}); open it, save it anew and run again"
        raise ReadError(message) from error


def refuse_too_long(path: Path, content: Content, limits: ReadLimits) -> None:
    """Raise ReadError for a paper of more text than anyone could have written."""
    if sum(map(count_characters, content.blocks)) > limits.characters:
        raise ReadError(f"{path}: over {limits.characters:,} characters of text; split it and give the parts")


def count_characters(block: Block) -> int:
    """Characters in a paragraph, or in the cells of a table."""
    if isinstance(block, Paragraph):
        return len(block.text)
    return sum(len(cell.text) for row in block.rows for cell in row.cells)


def reader_of(kind: str, *, ocr: bool = True) -> Callable[[Path, ReadLimits], Content]:
    """The reader of a format. Each is imported when first needed, as each brings its own library."""
    if kind == "pdf":
        from lscb_textmine.read.pdf import read_pdf

        return partial(read_pdf, ocr=ocr)
    if kind in ("png", "jpeg", "tiff"):
        from lscb_textmine.read.image_file import read_image

        return partial(read_image, ocr=ocr)
    if kind == "docx":
        from lscb_textmine.read.word import read_word as reader
    elif kind == "xlsx":
        from lscb_textmine.read.spreadsheet import read_spreadsheet as reader
    elif kind == "csv":
        from lscb_textmine.read.delimited import read_delimited as reader
    elif kind == "md":
        from lscb_textmine.read.markdown import read_markdown as reader
    elif kind == "txt":
        from lscb_textmine.read.plain import read_plain as reader
    elif kind == "html":
        from lscb_textmine.read.html import read_html as reader
    else:
        from lscb_textmine.read.office import read_office

        return partial(read_office, ocr=ocr)
    return reader


def digest_file(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _name_problems(path: Path, kind: str) -> tuple[Problem, ...]:
    """A warning when the file's name says another format than its content."""
    suffix = path.suffix.lower()
    if not suffix or suffix in SUFFIXES.get(kind, (f".{kind}",)):
        return ()
    message = f"{path}: named {suffix} but its content is {kind.upper()}; read as {kind.upper()}, rename it to be sure"
    return (Problem(str(path), message, severity="warning"),)


def _blank_problems(path: Path, content: Content) -> tuple[Problem, ...]:
    """A warning when nothing was found in a file and no other problem says why."""
    if content.blocks or content.problems:
        return ()
    message = f"{path}: opened, but holds no text; look at it, and give it as a searchable PDF if it is a scan"
    return (Problem(str(path), message, severity="warning"),)


def _first_title(blocks: tuple[Block, ...]) -> str:
    return next((block.text for block in blocks if isinstance(block, Paragraph) and block.kind == "title"), "")
