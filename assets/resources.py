"""The warehouse as a Dagster resource: one writer for a whole run, held under a lock."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dagster import ConfigurableResource, InitResourceContext
from pydantic import PrivateAttr

from warehouse.connect import Connection, Home, writer
from warehouse.errors import WarehouseError


@contextmanager
def only_writer(home: Home) -> Iterator[None]:
    """Hold the home's lock; the system frees it even if the process is killed.

    Raises: WarehouseError if another run holds it.
    """
    home.work.parent.mkdir(parents=True, exist_ok=True)
    with (home.work.parent / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WarehouseError(f"another run is writing to {home.path}; wait until it has ended") from error
        yield


class Warehouse(ConfigurableResource):  # type: ignore[type-arg]
    """The home folder and, while a run lasts, the only connection that writes to it."""

    home_path: str
    _connection: Connection = PrivateAttr()

    @property
    def home(self) -> Home:
        """Return the home folder."""
        return Home(Path(self.home_path))

    @property
    def connection(self) -> Connection:
        """Return the writer's connection."""
        return self._connection

    @contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Iterator["Warehouse"]:
        """Hold lock and connection for the run."""
        with only_writer(self.home), writer(self.home) as connection:
            self._connection = connection
            yield self
