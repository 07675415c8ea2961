"""Errors of the source layer.

SourceError
└── FormatError   the bytes are not what the reader knows: needs a person
"""


class SourceError(Exception):
    """Something about a source went wrong; the message names source, place, finding, expectation and remedy."""


class FormatError(SourceError):
    """The bytes do not have the shape that the reader knows."""

    def __init__(self, source_id: str, line: int | None, found: str, expected: str, remedy: str) -> None:
        place = source_id if line is None else f"{source_id}, line {line}"
        super().__init__(f"{place}: found {found}; expected {expected}. {remedy}")
        self.source_id, self.line, self.found, self.expected, self.remedy = source_id, line, found, expected, remedy
