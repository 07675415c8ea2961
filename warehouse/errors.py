"""Errors of the warehouse layer.

WarehouseError
├── ArchiveError      archived bytes are missing or not what their name says
├── LoadError         claims that cannot be stored: unknown quantity, unit that does not convert
├── SqlModelError     a SQL file that lineage cannot follow
├── TraceError        a number that does not reach its references, or is not what its leaves say
├── AlteredError      the working database does not hold what was built and proved
├── CheckError        a blocking expectation failed
├── AsideError        work in a process of its own failed, or the process ended
├── BusyError         another process holds a lock of the home; it can be tried again
└── NotFoundError     no such release, model, region, table
"""


class WarehouseError(Exception):
    """Something is wrong with what we keep or work out; the message says where and what to do."""


class ArchiveError(WarehouseError):
    """Archived bytes are missing or damaged."""


class LoadError(WarehouseError):
    """A claim cannot be stored as it is."""


class SqlModelError(WarehouseError):
    """A SQL model that lineage cannot follow is refused at build time, not half traced."""


class TraceError(WarehouseError):
    """A number does not end in references, or replay disagrees with it."""


class AlteredError(WarehouseError):
    """The working database was changed by others since its numbers were proved; it has to be made anew."""


class CheckError(WarehouseError):
    """A blocking expectation failed; nothing is released."""


class AsideError(WarehouseError):
    """Work in a process of its own failed, or that process came to an end."""


class BusyError(WarehouseError):
    """Another process is at work in the home; the same can be tried again when it has ended."""


class NotFoundError(WarehouseError):
    """What was asked for does not exist; the message names the nearest that does."""
