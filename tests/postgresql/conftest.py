"""The small ward on PostgreSQL, built once and copied by the server for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.db import Database
from tests.moderation import ward as wards
from tests.postgres import Server


@pytest.fixture(scope="session")
def built(server: Server, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a ward's keys, and the database that is only ever copied."""
    folder, name = tmp_path_factory.mktemp("far"), server.make()
    wards.build(folder, server.address(name)).database.engine.dispose()
    return folder, name


@pytest.fixture
def ward(server: Server, built: tuple[Path, str]) -> Iterator[wards.Ward]:
    """A ward of one's own."""
    folder, template = built
    name = server.make(template)
    ward = wards.open_ward(folder, server.address(name))
    yield ward
    ward.database.engine.dispose()
    server.drop(name)


@pytest.fixture
def database(elsewhere: str) -> Iterator[Database]:
    """A migrated, empty database."""
    database = Database(elsewhere)
    yield database
    database.engine.dispose()
