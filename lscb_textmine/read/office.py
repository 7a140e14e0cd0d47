"""The path of a DOC, ODT, RTF or PPTX in; its content, by way of LibreOffice, out."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lscb_textmine.errors import PasswordError, ReadError
from lscb_textmine.read.content import Content
from lscb_textmine.read.limits import USUAL_LIMITS, ReadLimits
from lscb_textmine.read.office_profile import CLOSED_PORT, NOWHERE, write_profile
from lscb_textmine.read.parts import open_parts

SLIDES = (".pptx", ".ppt", ".ppsx", ".pps", ".odp")
TIME_LIMIT = 120
"""Seconds for one paper: LibreOffice needs some three to start, and never so long for a paper that it can read."""
NAMES = ("soffice", "libreoffice")


def read_office(path: Path, limits: ReadLimits = USUAL_LIMITS, *, ocr: bool = True) -> Content:
    """The content of a paper that LibreOffice can open: slides with their pages, other papers as Word papers.

    Raises ReadError when LibreOffice is missing or cannot open it, PasswordError when it is encrypted.
    """
    if not path.is_file():
        raise ReadError(f"{path}: cannot be read; check that it is there")
    ending = tell_ending(path)
    _refuse_traps(path, limits)
    program = find_libreoffice()
    if program is None:
        kind = ending[1:].upper()
        raise ReadError(f"{path}: {kind} needs LibreOffice; install it or save the paper as DOCX or PDF")
    target = "pdf" if ending in SLIDES else "docx"
    with tempfile.TemporaryDirectory(prefix="lscb-textmine-", ignore_cleanup_errors=True) as folder:
        try:
            made = convert(path, Path(folder), program=program, ending=ending, target=target)
            return _read_converted(path, made, limits, ocr=ocr)
        except OSError as error:
            raise ReadError(f"{path}: LibreOffice could not be run ({error}); check its installation") from error


def find_libreoffice() -> Path | None:
    """The LibreOffice program: on the search path, else where its installers put it; None when it is missing."""
    found = next((place for name in NAMES if (place := shutil.which(name))), None)
    if found:
        return Path(found)
    return next((place for place in _usual_places() if place.is_file()), None)


def _usual_places() -> Iterator[Path]:
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if base := os.environ.get(variable):
            yield Path(base, "LibreOffice", "program", "soffice.exe")
    for base in ("/Applications", str(Path.home() / "Applications")):
        yield Path(base, "LibreOffice.app", "Contents", "MacOS", "soffice")
    for place in ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice", "/snap/bin/libreoffice"):
        yield Path(place)


def tell_ending(path: Path) -> str:
    """The ending that fits a file's content (".odt", ".rtf", ...): LibreOffice goes by the name."""
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"{\\rtf"):
        return ".rtf"
    given = path.suffix.lower()
    if not start.startswith(b"PK"):
        return given if given in (".ppt", ".pps") else ".doc" if start.startswith(b"\xd0\xcf\x11\xe0") else given
    for part, ending in (("ppt/presentation.xml", ".pptx"), ("word/document.xml", ".docx")):
        if _has_part(path, part):
            return ending
    return given if given in (".odp", ".fodt") else ".odt"


def _has_part(path: Path, part: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return part in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _refuse_traps(path: Path, limits: ReadLimits) -> None:
    """Say at once what LibreOffice would only fail at: a password, a zip that unpacks without end, entities."""
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return
    with open_parts(path, limits) as parts:
        encrypted = b"encryption-data" in (parts.read("META-INF/manifest.xml") or b"")
        if not encrypted:
            parts.check()
    if encrypted:
        raise PasswordError(f"{path}: protected by a password; save a copy without one")


def convert(path: Path, folder: Path, *, program: Path, ending: str, target: str) -> Path:
    """The paper converted by LibreOffice to `target` in `folder`. Raises ReadError when it cannot be."""
    # a copy, since LibreOffice goes by the name and leaves a lock file beside what it opens
    source = folder / f"paper{ending}"
    shutil.copyfile(path, source)
    output = folder / "converted"
    profile = write_profile(folder)  # its own profile: an open LibreOffice would swallow the call
    command = [str(program), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
               "--convert-to", target, "--outdir", str(output), str(source)]  # fmt: skip
    if not _run_in_time(command, folder):
        raise ReadError(f"{path}: LibreOffice took over {TIME_LIMIT} seconds; save the paper as DOCX or PDF")
    made = output / f"paper.{target}"
    if not made.is_file():
        raise ReadError(f"{path}: LibreOffice cannot open it (damaged, or protected by a password); save it anew")
    return made


def _run_in_time(command: list[str], folder: Path) -> bool:
    """Run a command; whether it ended in time. One that does not is ended with everything it started."""
    process = subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env=_closed_environment(folder),
        process_group=0 if os.name == "posix" else None,  # within its worker's session, which may be ended as a whole
    )  # fmt: skip
    try:
        process.wait(timeout=TIME_LIMIT)
    except subprocess.TimeoutExpired:
        end_with_children(process)
        return False
    return True


def _closed_environment(folder: Path) -> dict[str, str]:
    """The environment with temporary files in `folder` and every proxy where nothing listens."""
    proxies = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), f"http://{NOWHERE}:{CLOSED_PORT}")
    return {**os.environ, "TMPDIR": str(folder), **proxies, "no_proxy": ""}


def end_with_children(process: subprocess.Popen[bytes]) -> None:
    """End a process and those it started; LibreOffice is a small program that starts the real one."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    process.wait()


def _read_converted(path: Path, made: Path, limits: ReadLimits, *, ocr: bool) -> Content:
    """The content of the converted file, its problems and errors under the paper's own name."""
    try:
        if made.suffix == ".pdf":
            # imported here: PDF's libraries are not needed for the other formats
            from lscb_textmine.read.pdf import read_pdf

            content = read_pdf(made, limits, ocr=ocr)
        else:
            from lscb_textmine.read.word import read_word

            content = read_word(made, limits)
    except ReadError as error:
        raise type(error)(str(error).replace(str(made), str(path))) from error
    problems = tuple(
        replace(problem, path=str(path), message=problem.message.replace(str(made), str(path)))
        for problem in content.problems
    )
    return replace(content, problems=problems, notes=(*content.notes, "read by way of LibreOffice"))
