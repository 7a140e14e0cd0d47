"""pdfium's functions that a page calls for every word and object, called bare.

pypdfium2 checks and turns each argument, makes an object of each handle and gives up the interpreter's lock for each
call: four fifths of what these calls cost, and a page makes a thousand of them. Here ctypes is told no argument types,
so whole numbers go as C's int and everything else must be a `Pointer`.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

Pointer = Any
"""What `ctypes.byref`, `point_to` or `ctypes.c_void_p` gives: never a bare number, of which C would see the half."""


class Calls(NamedTuple):
    """The functions by what they tell."""

    text_object: Callable[[Pointer, int], int | None]
    """Text page and index of a character: the address of its text object, None for one that pdfium made up."""
    origin: Callable[[Pointer, int, Pointer, Pointer], int]
    loose_box: Callable[[Pointer, int, Pointer], int]
    matrix: Callable[[Pointer, int, Pointer], int]
    font_size: Callable[[Pointer, int], float]
    font: Callable[[Pointer], int | None]
    """Text object: the address of its font."""
    page_object: Callable[[Pointer, int], int | None]
    object_type: Callable[[Pointer], int]
    bounds: Callable[[Pointer, Pointer, Pointer, Pointer, Pointer], int]


@cache
def load_calls() -> Calls:
    """The functions of the pdfium that is loaded."""
    address, number = ctypes.c_void_p, ctypes.c_int
    return Calls(
        text_object=_bare(pdfium.FPDFText_GetTextObject, address),
        origin=_bare(pdfium.FPDFText_GetCharOrigin, number),
        loose_box=_bare(pdfium.FPDFText_GetLooseCharBox, number),
        matrix=_bare(pdfium.FPDFText_GetMatrix, number),
        font_size=_bare(pdfium.FPDFText_GetFontSize, ctypes.c_double),
        font=_bare(pdfium.FPDFTextObj_GetFont, address),
        page_object=_bare(pdfium.FPDFPage_GetObject, address),
        object_type=_bare(pdfium.FPDFPageObj_GetType, number),
        bounds=_bare(pdfium.FPDFPageObj_GetBounds, number),
    )


def point_to(handle: Any) -> Pointer:
    """A pypdfium2 handle as these functions take it; it must not outlive the handle."""
    return ctypes.byref(ctypes.c_char.from_address(_address_of(handle)))


def as_object(address: int) -> Any:
    """The pypdfium2 handle of a page object at an address."""
    return ctypes.cast(address, pdfium.FPDF_PAGEOBJECT)


def _address_of(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _bare(function: Any, gives: Any) -> Any:
    return ctypes.PYFUNCTYPE(gives)(_address_of(function))
