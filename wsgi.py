"""Joins the rooms. It is the only file that knows both, and it knows nothing else.

A server starts one of ``create_public_app``, ``create_staff_app`` and, for tests and tiny
installations, ``create_app`` with both. A room is named, and loaded only by the process that
serves it: the public process has not even the code of the staff room in its memory.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from importlib import import_module

from flask import Flask

from portal import clock as wall
from portal import recognising, revision
from portal.config import BadSetting, Settings, from_environment
from portal.db import Database
from portal.rights import PUBLIC, Table
from portal.site import build_site
from portal.vault import KeyFault, Ring, load_ring

PUBLIC_ROOM = "portal.views"
STAFF_ROOM = "moderation.views"

#: What servers take for "will not start, do not try again".
_EXIT = 3


class CannotStart(SystemExit):
    """The site cannot start. The sentence that says why is written out, and no trace."""

    def __init__(self, sentence: str) -> None:
        """Write the sentence to where a server's operator looks."""
        sys.stderr.write(f"{sentence}\n")
        super().__init__(_EXIT)
        self.sentence = sentence


def create_public_app(
    settings: Settings | None = None, *, clock: Callable[[], datetime] = wall.now
) -> Flask:
    """The public room. Refuses to start with a key that opens what residents wrote, or signs."""
    settings, ring, database = _open(settings, "public", PUBLIC)
    app = _build("public", settings, ring, database, clock, same_site="Strict")
    if database.readable_beyond(PUBLIC):
        app.logger.warning(
            "The database role of the public process may read more than it needs: "
            "give it a role of its own with 'flask db grants ROLE --apply'."
        )
    _open_room(PUBLIC_ROOM, app)
    return app


def create_staff_app(
    settings: Settings | None = None, *, clock: Callable[[], datetime] = wall.now
) -> Flask:
    """The staff room."""
    settings, ring, database = _open(settings, "staff")
    app = _build("staff", settings, ring, database, clock, same_site="Lax")
    _open_room(STAFF_ROOM, app)
    return app


def create_app(
    settings: Settings | None = None, *, clock: Callable[[], datetime] = wall.now
) -> Flask:
    """Both rooms in one process, which then holds the keys that open everything."""
    settings, ring, database = _open(settings, "staff")
    app = _build("both", settings, ring, database, clock, same_site="Lax")
    app.logger.warning(
        "Both rooms run in one process: that the public site cannot read "
        "what residents wrote now rests on the program alone."
    )
    _open_room(PUBLIC_ROOM, app)
    _open_room(STAFF_ROOM, app)
    return app


def _open_room(name: str, app: Flask) -> None:
    """Load a room and let it register its addresses."""
    import_module(name).register(app)


def _open(
    settings: Settings | None, holder: str, rights: Table | None = None
) -> tuple[Settings, Ring, Database]:
    """Settings, keys and a database whose schema fits, or one sentence."""
    try:
        settings = settings or from_environment()
        ring = load_ring(settings.keys, settings.given_keys, holder=holder)
        database = Database(settings.database_url, rights)
        revision.check(database)
        recognising.recognise(database, ring, remembers=rights is None)
    except (BadSetting, KeyFault, revision.OldSchema) as error:
        raise CannotStart(str(error)) from None
    return settings, ring, database


def _build(
    name: str,
    settings: Settings,
    ring: Ring,
    database: Database,
    clock: Callable[[], datetime],
    *,
    same_site: str,
) -> Flask:
    """The site of a room, without its addresses."""
    try:
        return build_site(
            name,
            settings=settings,
            ring=ring,
            database=database,
            clock=clock,
            same_site=same_site,
        )
    except KeyFault as error:
        raise CannotStart(str(error)) from None
