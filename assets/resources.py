"""The warehouse as a Dagster resource: one writer for a whole run, held under a lock."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from dagster import ConfigurableResource, InitResourceContext
from pydantic import PrivateAttr

from warehouse.connect import Connection, Home, locked, write_back, writer


class Warehouse(ConfigurableResource):  # type: ignore[type-arg]
    """The home folder and, while a run lasts, the only connection that writes to it."""

    home_path: str
    _connection: Connection = PrivateAttr()
    _beside: Executor = PrivateAttr()

    @property
    def home(self) -> Home:
        """Return the home folder."""
        return Home(Path(self.home_path))

    @property
    def connection(self) -> Connection:
        """Return the writer's connection."""
        return self._connection

    def write_back(self) -> None:
        """Begin to write what was done into the database's file, when no more will be done in this run.

        Closing the database would do it, while nothing else goes on; it waits for this.
        """
        self._beside.submit(write_back, self.connection)

    @contextmanager
    def yield_for_execution(self, context: InitResourceContext) -> Iterator["Warehouse"]:
        """Hold lock and connection for the run."""
        with locked(self.home, "writer"), writer(self.home) as connection, ThreadPoolExecutor(1) as beside:
            self._connection, self._beside = connection, beside
            yield self
