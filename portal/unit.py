"""The unit of work of one request: what it opens at its first use is closed when it ends.

Nothing is committed here. What a view did not commit is rolled back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, g, request
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from portal.db import Database, RowSession
from portal.holding import held

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_Opened = TypeVar("_Opened", Session, Connection)


def current_session() -> Session:
    """The session of this request: a reader when the method is safe, otherwise a writer."""
    if request.method in _SAFE:
        return reading_session()
    return _opened(Database.writer_session)


def reading_session() -> Session:
    """A session that only reads, also for a POST that only looks something up.

    A tracking code travels in the body of a POST, never in an address. Looking it up must not
    queue behind the writers.
    """
    return _opened(Database.reader_session)


def reading_connection() -> Connection:
    """The same for verbs that ask for rows only: without the object mapper."""
    return _opened(Database.begin_look)


def writing_connection() -> Connection:
    """The one place of this request that may write, for verbs that ask for rows only."""
    return _opened(Database.begin_work)


def end_units_of_work(app: Flask) -> None:
    """Close what a request opened, whatever became of the request."""
    app.teardown_appcontext(_close)


def _opened(way: Callable[[Database], _Opened]) -> _Opened:
    """What this request has opened in one way; opened now, if it has not been."""
    opened = g.get("opened")
    if opened is None:
        opened = g.opened = {}
    if way not in opened:
        opened[way] = way(held().database)
    found: _Opened = opened[way]
    return found


def _close(_error: BaseException | None) -> None:
    """Close what was opened; closing rolls back."""
    opened: dict[object, RowSession] = g.pop("opened", {})
    for each in opened.values():
        if isinstance(each, Connection):
            held().database.end(each)
        else:
            each.close()
