"""Whether the words that a claim reports hold its figure."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SEPARATOR = re.compile(r"(?<=\d)[,\u202f\u00a0 ](?=\d{3}(?!\d))")
_NUMBER = re.compile(r"(\d*\.?\d+(?:[eE][+-]?\d+)?)\s*(%|[A-Za-z]*)")
#: What a word or letter behind a number multiplies it by.
SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "t": 1e12, "trillion": 1e12,
}  # fmt: skip
PERCENT = 100
#: Figures that differ by less are the same, written in another way.
_NEAR = 1e-6


def holds(words: str, figures: Iterable[float]) -> bool:
    """Tell whether each figure stands in the words: "7.0M hours" holds 7,000,000, "about 3 weeks" does not hold 21."""
    found: list[float] = []
    for digits, behind in _NUMBER.findall(_SEPARATOR.sub("", words)):
        found += [float(digits), float(digits) * SCALES.get(behind.lower(), 1)]
        found += [float(digits) / PERCENT] if behind == "%" else []
    return all(any(abs(figure - one) <= _NEAR * abs(figure) for one in found) for figure in figures)
