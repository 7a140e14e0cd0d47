"""A cell's value and number format in; the words that a reader sees in the cell out."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

# the built-in short dates follow the reader's country; British papers print them so
LOCAL_DATES = {"mm-dd-yy": "dd/mm/yyyy", "m/d/yy h:mm": "dd/mm/yyyy hh:mm"}
NOISE = re.compile(r'\[[^\]]*\]|_.|\*.|\\(?=.)|"')
DATE_PART = re.compile(r"am/pm|a/p|y+|m+|d+|h+|s+|.", re.IGNORECASE | re.DOTALL)
NUMBER = re.compile(r"[#0?][#0?,]*(?:\.[0#?]+)?")


def shown_value(value: object, number_format: str) -> str:
    """The value as the format shows it: "31/03/2012", "Mar 2012", "75%", "£1,200".

    >>> from datetime import datetime
    >>> shown_value(datetime(2012, 3, 31), "mm-dd-yy"), shown_value(0.75, "0%"), shown_value(12.0, "General")
    ('31/03/2012', '75%', '12')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date | time):
        return shown_date(value, number_format)
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int | float):
        return shown_number(value, number_format)
    return str(value)


def shown_date(value: date | time, number_format: str) -> str:
    """A date or time by a date format; numeric day, month and year when the format says nothing of them."""
    code = LOCAL_DATES.get(number_format, number_format)
    parts = [part.lower() for part in DATE_PART.findall(NOISE.sub("", code.split(";")[0]))]
    if not any(part[0] in "ymdhs" for part in parts) or number_format == "General":
        parts = ["dd", "/", "mm", "/", "yyyy"] if isinstance(value, date) else ["hh", ":", "mm"]
    moment = value if isinstance(value, datetime) else _moment(value)
    shown, hour = [], False
    halves = any(part in ("am/pm", "a/p") for part in parts)
    for i, part in enumerate(parts):
        minutes = part in ("m", "mm") and (hour or "".join(parts[i + 1 : i + 3]).startswith((":s", "s")))
        shown.append(_date_part(part, moment, minutes=minutes, halves=halves))
        hour = part[0] == "h" or (hour and not part[0].isalpha())
    return "".join(shown).strip()


def _moment(value: date | time) -> datetime:
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    return datetime(1900, 1, 1, value.hour, value.minute, value.second)


def _date_part(part: str, moment: datetime, *, minutes: bool, halves: bool) -> str:
    if minutes:
        return f"{moment.minute:0{len(part)}d}"
    hours = (moment.hour % 12 or 12) if halves else moment.hour
    by_letter = {
        "y": moment.strftime("%y" if len(part) <= 2 else "%Y"),
        "m": _named(moment, part, "%b", "%B", moment.month),
        "d": _named(moment, part, "%a", "%A", moment.day),
        "h": f"{hours:0{min(len(part), 2)}d}",
        "s": f"{moment.second:0{min(len(part), 2)}d}",
    }
    if part in ("am/pm", "a/p"):
        return moment.strftime("%p")
    return by_letter.get(part[0], part)


def _named(moment: datetime, part: str, short: str, full: str, number: int) -> str:
    """Day or month: as a number for one or two letters, else its short or full name."""
    if len(part) <= 2:
        return f"{number:0{len(part)}d}"
    return moment.strftime(short if len(part) == 3 else full)


def shown_number(value: int | float, number_format: str) -> str:
    """A number by a number format; as many digits as it needs when the format is general or not known.

    >>> shown_number(1200, '"£"#,##0'), shown_number(0.125, "0.0%"), shown_number(7, "000")
    ('£1,200', '12.5%', '007')
    """
    code = NOISE.sub("", re.sub(r"\[\$([^-\]]*)[^\]]*\]", r"\1", number_format.split(";")[0]))
    picture = NUMBER.search(code)
    if not picture or number_format in ("General", "@") or "/" in code or "E" in code:
        return f"{value:.10g}" if isinstance(value, float) else str(value)
    percent = "%" in code
    digits = picture[0]
    places = len(digits.partition(".")[2])
    number = abs(value) * (100 if percent else 1)
    width = len(re.sub(r"[^0]", "", digits.partition(".")[0]))
    shown = f"{number:{',' if ',' in digits else ''}.{places}f}"
    if places and "#" in digits.partition(".")[2]:
        shown = shown.rstrip("0").rstrip(".")
    sign = "-" if value < 0 and float(shown.replace(",", "")) else ""
    before, after = code[: picture.start()], code[picture.end() :]
    return (sign + before + shown.zfill(width) + after).strip()
