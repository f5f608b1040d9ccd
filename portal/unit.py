"""The unit of work of one request: a session opened on first use, closed when the request ends.

Nothing is committed here. What a view did not commit is rolled back.
"""

from __future__ import annotations

from flask import Flask, g, request
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from portal.holding import held

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_KINDS = ("writing_connection", "reading_session", "writing_session")


def current_session() -> Session:
    """The session of this request: a reader when the method is safe, otherwise a writer."""
    return reading_session() if request.method in _SAFE else _writing_session()


def reading_session() -> Session:
    """A session that only reads, also for a POST that only looks something up.

    A tracking code travels in the body of a POST, never in an address. Looking it up must not
    queue behind the writers.
    """
    if "reading_session" not in g:
        g.reading_session = held().database.reader_session()
    session: Session = g.reading_session
    return session


def reading_connection() -> Connection:
    """The same for verbs that ask for rows only: without the object mapper."""
    if "reading_connection" not in g:
        g.reading_connection = held().database.begin_look()
    connection: Connection = g.reading_connection
    return connection


def writing_connection() -> Connection:
    """The one place of this request that may write, for verbs that ask for rows only."""
    if "writing_connection" not in g:
        g.writing_connection = held().database.writer_connection()
    connection: Connection = g.writing_connection
    return connection


def end_units_of_work(app: Flask) -> None:
    """Close what a request opened, whatever became of the request."""
    app.teardown_appcontext(_close)


def _writing_session() -> Session:
    """The one session of this request that may write."""
    if "writing_session" not in g:
        g.writing_session = held().database.writer_session()
    session: Session = g.writing_session
    return session


def _close(_error: BaseException | None) -> None:
    """Close what was opened; closing rolls back."""
    looked: Connection | None = g.pop("reading_connection", None)
    if looked is not None:
        held().database.end_look(looked)
    for kind in _KINDS:
        opened: Session | Connection | None = g.pop(kind, None)
        if opened is not None:
            opened.close()
