"""One installation for the browser tests: database, keys, and both sites on real sockets.

The sites run in threads of the test's own process; the worker works when a test tells it to.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Thread

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from moderation import worker
from moderation.office import Office
from moderation.opening import open_office
from portal.config import Settings
from portal.db import Database
from portal.vault import Ring, load_ring
from tests.sampled import address_of, copy, open_database
from wsgi import create_public_app, create_staff_app

TELEPHONE = "0500 000 001"
HOST = "127.0.0.1"


class Silent(WSGIRequestHandler):
    """Answers without a word on the terminal."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


class Served:
    """An app behind a real socket, until it is closed."""

    def __init__(self, app: Flask) -> None:
        """Listen on a free port and answer from threads."""
        self.app = app
        self._server = make_server(HOST, 0, app, threaded=True, request_handler=Silent)
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})
        self._thread.start()

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://{HOST}:{self._server.server_port}"

    def close(self) -> None:
        """Stop answering and let go of socket and database."""
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self.app.extensions["portal"].database.engine.dispose()


@dataclass(repr=False)
class Installation:
    """A folder with keys and database, and everything that is served from it."""

    folder: Path
    database: Database
    settings: Settings
    served: list[Served] = field(default_factory=list)

    @property
    def ring(self) -> Ring:
        """The keys of the staff."""
        return load_ring(self.folder / "keys" / "staff")

    def public(self, **other: object) -> Served:
        """Serve the public site, with other settings where a test needs them."""
        settings = replace(self.settings, keys=self.folder / "keys" / "public", **other)  # type: ignore[arg-type]
        return self._serve(create_public_app(settings))

    def staff(self, **other: object) -> Served:
        """Serve the staff site, with other settings where a test needs them."""
        settings = replace(self.settings, keys=self.folder / "keys" / "staff", **other)  # type: ignore[arg-type]
        return self._serve(create_staff_app(settings))

    def work(self) -> None:
        """Let the worker do everything that waits."""
        ring = load_ring(self.folder / "keys" / "worker")
        while worker.work_once(self.database, ring):
            pass

    def office(self) -> Office:
        """What verbs are handed at this moment."""
        with self.database.reading() as session:
            return open_office(session, ring=self.ring)

    def close(self) -> None:
        """Stop serving."""
        for served in self.served:
            served.close()
        self.database.engine.dispose()

    def _serve(self, app: Flask) -> Served:
        self.served.append(Served(app))
        return self.served[-1]


def install(source: Path, folder: Path) -> Installation:
    """Set up an installation in an empty folder with the keys and the database of another."""
    copy(source, folder)
    settings = Settings(
        database_url=address_of(folder),
        keys=folder / "keys",
        files=str(folder / "files"),
        telephone=TELEPHONE,
        slow_after=100_000,
        source_limit=100_000,
        flood_limit=100_000,
    )
    return Installation(folder=folder, database=open_database(folder), settings=settings)
