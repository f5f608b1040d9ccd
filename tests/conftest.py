"""What most tests stand on: a database of their own, keys, a clock, and the sites.

Nothing here keeps an app context open: a test that needs one opens it itself.
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import event

from portal import schema
from portal.config import Settings
from portal.db import Database
from portal.vault import Ring, load_ring
from portal.vault.minting import mint
from tests import haste, postgres
from tests.clocks import StandingClock
from tests.pages import CheckingClient
from wsgi import create_public_app

# How long an example takes depends on what else the machine does, so no test is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

haste.write_to_memory()
haste.compile_once()
haste.hash_lightly()
gc.disable()


def pytest_collection_finish() -> None:
    """Look for rubbish from the first test on, among what the tests make."""
    haste.leave_what_stays()


Watch = Callable[[Database], AbstractContextManager[list[str]]]


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the keys of all three holders."""
    folder = tmp_path_factory.mktemp("keys")
    mint(folder)
    return folder


@pytest.fixture(scope="session")
def ring_public(keys: Path) -> Ring:
    """The keys of the public process: it can seal and not open."""
    return load_ring(keys / "public")


@pytest.fixture(scope="session")
def ring_staff(keys: Path) -> Ring:
    """The keys of the staff process."""
    return load_ring(keys / "staff")


@pytest.fixture(scope="session")
def ring_worker(keys: Path) -> Ring:
    """The keys of the worker."""
    return load_ring(keys / "worker")


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database, made once and only ever copied."""
    path = tmp_path_factory.mktemp("database") / "migrated.db"
    made = Database(f"sqlite:///{path}")
    schema.upgrade(made)
    with made.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    made.engine.dispose()
    return path


@pytest.fixture
def database(migrated: Path, tmp_path: Path) -> Iterator[Database]:
    """A database of this test alone, in a file, as in a real installation."""
    path = tmp_path / "portal.db"
    shutil.copy(migrated, path)
    made = Database(f"sqlite:///{path}")
    yield made
    made.engine.dispose()


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server, started by the first test that asks for it."""
    with postgres.running() as started:
        yield started


@pytest.fixture
def elsewhere(server: postgres.Server) -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database of this test alone."""
    name = server.make()
    yield server.address(name)
    server.drop(name)


@pytest.fixture
def clock() -> StandingClock:
    """A clock that stands still until the test moves it."""
    return StandingClock()


@pytest.fixture
def public_settings(database: Database, keys: Path) -> Settings:
    """The settings of a public process on this test's database."""
    return Settings(
        database_url=database.engine.url.render_as_string(hide_password=False),
        keys=keys / "public",
        files=str(Path(database.engine.url.database or "").parent / "files"),
        telephone="0500 000 001",
        testing=True,
    )


@pytest.fixture
def public_app(public_settings: Settings, clock: StandingClock) -> Iterator[Flask]:
    """The public site."""
    app = create_public_app(public_settings, clock=clock)
    app.test_client_class = CheckingClient
    yield app
    app.extensions["portal"].database.engine.dispose()


@pytest.fixture
def public_client(public_app: Flask) -> FlaskClient:
    """A resident's browser, which looks at every page it is given."""
    return public_app.test_client()


@pytest.fixture
def statements() -> Watch:
    """Watch a database: ``with statements(database) as seen`` lists what it is asked."""

    @contextmanager
    def watch(database: Database) -> Iterator[list[str]]:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        def ended(_connection: object) -> None:
            seen.append("COMMIT")

        event.listen(database.engine, "before_cursor_execute", note)
        event.listen(database.engine, "commit", ended)
        try:
            yield seen
        finally:
            event.remove(database.engine, "before_cursor_execute", note)
            event.remove(database.engine, "commit", ended)

    return watch
