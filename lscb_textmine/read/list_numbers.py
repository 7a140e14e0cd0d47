"""A count and the form of a list's numbers in; the number as printed out ("iv", "D", "4th", "Four")."""

from __future__ import annotations

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
         (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
CARDINALS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")
ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")


def print_number(number: int, form: str) -> str:
    """A count as a list prints it.

    >>> [print_number(4, form) for form in ("decimal", "lowerRoman", "upperLetter", "decimalZero", "cardinalText")]
    ['4', 'iv', 'D', '04', 'Four']
    """
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number) if form == "lowerRoman" else _roman(number).upper()
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "lowerLetter" else letters.upper()
    if form == "ordinal":
        tail = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{tail}"
    words = {"cardinalText": CARDINALS, "ordinalText": ORDINALS}.get(form, ())
    if 0 < number <= len(words):
        return words[number - 1]
    return {"none": "", "decimalZero": f"{number:02}"}.get(form, str(number))


def _roman(number: int) -> str:
    letters = ""
    for value, sign in ROMAN:
        letters += sign * (number // value)
        number %= value
    return letters
