"""The three programs that are measured, and what each needs before it can start."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import floors
from bench.conversation import FORM
from bench.servers import Server, running
from portal import schema
from portal.db import Database
from portal.vault.minting import mint


@dataclass(frozen=True)
class Target:
    """A program: how gunicorn finds it, and its settings."""

    app: str
    environment: Mapping[str, str]

    @contextmanager
    def started(self, folder: Path) -> Iterator[Server]:
        """Serve it until the block ends."""
        with running(self.app, FORM, self.environment, folder) as server:
            yield server


@dataclass(frozen=True)
class Trio:
    """The bare page, the floor and the portal, running side by side."""

    hello: Server
    floor: Server
    portal: Server


def hello() -> Target:
    """Return the bare page of the framework."""
    return Target("bench.floors:create_hello()", {})


def floor(folder: Path) -> Target:
    """Return the floor, over a new database in ``folder``."""
    database = folder / "floor.db"
    floors.prepare(database)
    return Target("bench.floors:create_floor()", {floors.DATABASE: str(database)})


def portal(folder: Path) -> Target:
    """Return the residents' room of the portal, with new keys and a new database in ``folder``."""
    url = f"sqlite:///{folder / 'portal.db'}"
    schema.upgrade(Database(url))
    mint(folder / "keys")
    environment = {"PORTAL_DATABASE_URL": url, "PORTAL_KEYS": str(folder / "keys" / "public")}
    return Target("wsgi:create_public_app()", environment)


@contextmanager
def side_by_side(folder: Path, measured: Target) -> Iterator[Trio]:
    """Start the bare page, the floor and the measured portal, and end them with the block."""
    with ExitStack() as stack:
        bare = stack.enter_context(hello().started(folder))
        least = stack.enter_context(floor(folder).started(folder))
        yield Trio(bare, least, stack.enter_context(measured.started(folder)))
