"""Errors of the source layer.

SourceError
├── FormatError            the bytes are not what the reader knows: needs a person
└── FetchError             nothing was had that could be read
    ├── UnreachableError   no answer, or one that says no: another time may do
    └── ContentError       an answer that is not the file: a web page, nothing, part of it, another host's
"""


class SourceError(Exception):
    """Something about a source went wrong; the message names source, place, finding, expectation and remedy."""


class FormatError(SourceError):
    """The bytes do not have the shape that the reader knows."""

    def __init__(self, source_id: str, line: int | None, found: str, expected: str, remedy: str) -> None:
        place = source_id if line is None else f"{source_id}, line {line}"
        super().__init__(f"{place}: found {found}; expected {expected}. {remedy}")
        self.source_id, self.line, self.found, self.expected, self.remedy = source_id, line, found, expected, remedy


class FetchError(SourceError):
    """A source could not be fetched.

    place: host and file, without what follows a question mark, since that may hold a secret.
    """

    def __init__(self, source_id: str, place: str, found: str, expected: str, remedy: str) -> None:
        super().__init__(f"{source_id}, {place}: found {found}; expected {expected}. {remedy}")
        self.source_id, self.place, self.found, self.expected, self.remedy = source_id, place, found, expected, remedy


class UnreachableError(FetchError):
    """The publisher did not answer, or answered that there is no such file."""


class ContentError(FetchError):
    """What came is not the publisher's file; nothing of it is kept."""
