"""What all tests share: no network, and one home built from the bundled tables."""

from __future__ import annotations

import pytest
from pytest_socket import disable_socket

from sources import registry
from warehouse import release, stages
from warehouse.connect import Home, writer
from warehouse.version import code_version


def pytest_runtest_setup() -> None:
    """Block the network in every test; Unix sockets stay, since event loops need them."""
    disable_socket(allow_unix_socket=True)


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Build a home from the bundled tables, every number proved, and release it. Tests only read it."""
    made = Home(tmp_path_factory.mktemp("home"))
    with writer(made) as connection:
        stages.names(connection)
        for adapter in registry.ADAPTERS.values():
            stages.snapshot(connection, made, adapter)
            stages.claims(connection, made, adapter)
        stages.settled(connection, made)
        for name in stages.completed():
            stages.derived(connection, name)
        stages.published_lineage(connection)
        numbers = stages.proved(connection, made).rows
        release.release(connection, made, stages.completed(), code_version(), stages.fingerprint(connection), numbers)
    return made
