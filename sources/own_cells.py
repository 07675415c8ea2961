"""The columns of a user's file, and what their cells may say: numbers with units, ranges, dates, yes or no."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal

#: Columns that hold a number, with the unit of a bare one.
NUMBERS = {
    "accelerator_count": "1",
    "training_duration": "h",
    "accelerator_hours": "h",
    "training_compute": "FLOP",
    "hardware_utilization": "1",
    "average_power": "W",
    "energy": "kWh",
    "emissions": "t",
    "pue": "1",
    "grid_intensity": "g/kWh",
    "parameters": "1",
    "training_tokens": "1",
}
#: Columns that name a thing, with the quantity that says so.
THINGS = {
    "model": "model",
    "developer": "developer",
    "country": "developer_country",
    "accelerator": "accelerator",
    "server": "server",
    "provider": "provider",
    "region": "region",
}
#: Columns that say something about the whole row.
ABOUT = ("trained_from", "trained_until", "energy_includes_pue", "basis", "citation", "uncited", "locator", "notes")
COLUMNS = ("run", *THINGS, *NUMBERS, *ABOUT)

CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")

#: Words for powers of ten, in columns that count what comes in millions.
_SCALES = {"k": 3, "thousand": 3, "m": 6, "million": 6, "b": 9, "bn": 9, "billion": 9, "t": 12, "trillion": 12}
_COUNTS = ("parameters", "training_tokens")

_NUMBER = r"(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d{1,2})?"
_FIGURE = re.compile(rf"({_NUMBER})(?:\s*(?:-|\u2013|\bto\b)\s*({_NUMBER}))?\s*((?![\d.,]).*)?")
#: What a unit may be made of: no digits, so that no unit is a sum to work out.
_UNIT = re.compile(r"[A-Za-z\u00b5/*% ]{1,24}")
#: Words around a unit that say of what, not how much.
_GAS, _DEVICE = re.compile(r"\s*CO2\s*-?(?:eq|e)?(?![A-Za-z])"), re.compile(r"\b(?:GPU|TPU|accelerator|device)[- ]")


def figure(column: str, text: str) -> dict[str, object]:
    """Return value, or low and high, and unit of a number's cell.

    Raises: ValueError saying what was expected.
    """
    found = _FIGURE.fullmatch(text)
    if found is None:
        raise ValueError("a number from 0 up, or a range, with a unit behind it")
    first, last, rest = found.groups()
    unit = _DEVICE.sub("", _GAS.sub("", rest or "")).strip().replace("%", "percent")
    shift = _SCALES.get(unit.lower(), 0) if column in _COUNTS else 0
    if shift:
        unit = ""
    if unit and not _UNIT.fullmatch(unit):
        raise ValueError("a unit made of letters and / or *")
    ends = [Decimal(end.replace(",", "")).scaleb(shift) for end in (first, last) if end]
    if ends != sorted(ends):
        raise ValueError("a range from its low end to its high end")
    names = ("low", "high") if last else ("value",)
    return {**{key: str(end) for key, end in zip(names, ends, strict=True)}, "unit": unit or NUMBERS[column]}


def day(text: str, *, is_end: bool) -> date:
    """Return a day, or the first or last day of a month or year.

    Raises: ValueError saying what was expected.
    """
    found = re.fullmatch(r"((?:19|20)\d\d)(?:-(\d\d)(?:-(\d\d))?)?", text)
    try:
        if found is None:
            raise ValueError
        year, month = int(found[1]), int(found[2] or (12 if is_end else 1))
        return date(year, month, int(found[3] or (calendar.monthrange(year, month)[1] if is_end else 1)))
    except ValueError as error:  # calendar raises its own for a month 13
        raise ValueError("a date as 2026-01-31, 2026-01 or 2026") from error


def answer(text: str) -> bool | None:
    """Return yes or no as truth; None for an empty cell.

    Raises: ValueError saying what was expected.
    """
    if not text:
        return None
    if text.lower() not in ("yes", "true", "no", "false"):
        raise ValueError("yes or no")
    return text.lower() in ("yes", "true")
