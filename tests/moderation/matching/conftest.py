"""The small register that the tests of matching read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.db import Base, Database
from tests.moderation.matching.small_register import Register, write_register


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The register, written once and only read by the tests."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('matching') / 'register.db'}")
    Base.metadata.create_all(database.writer)
    yield write_register(database)
    database.engine.dispose()
