"""The rows of the staff's other lists: each among few and among many cases, and by which plan.

The desk and its search are asked over the wire (``desk``). Here the site is asked in this process,
so that the plan of each statement can be read as well: how often a large table is read from its
first row to its last.
"""

import re
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, select

from bench.budgets import Line
from bench.filling import fill_lists
from bench.seeding import installation
from moderation.sessions import begin_session
from portal.clock import now
from portal.config import Settings
from portal.db import Database
from portal.models import Account
from portal.vault import load_ring
from wsgi import create_staff_app

FEW = 1_000
P95_MS, GROWTH = 20.0, 1.5
#: Each list: who asks for it, and where.
LISTS = {
    "desk, all": ("hoa.luong", "/desk/"),
    "desk by kind, all": ("hoa.luong", "/desk/?kind=report"),
    "committee inbox": ("thanh.vi", "/committee/"),
    "expiring": ("hoa.luong", "/retention/"),
    "journal": ("minh.do", "/journal/"),
    "calendar": ("an.tran", "/settings/calendar"),
    "quarantine": ("hoa.luong", "/quarantine/"),
}
#: These have fifty lines and more on a page, and no budget but that they stay quick.
LONG = {"expiring": 60.0, "journal": 60.0, "quarantine": 100.0}
#: A page of groups says how many copies each has, so it reads all of them: its time grows with the
#: flood, which is bounded, and not with the cases.
GROWS = frozenset({"quarantine"})
#: The journal is left out: it is read from its newest row on, and no further than a page.
_LARGE = re.compile(r"SCAN (case_scope|feedback_case|seal|paper|exclusion|expiry|held_copy|event)$")


@dataclass
class Staff:
    """The staff site on one database, with everybody signed in who asks for a list."""

    app: Flask
    browsers: dict[str, FlaskClient]
    times: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in LISTS})
    #: What the database was asked, where somebody listens.
    asked: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def engine(self) -> Engine:
        """Its way to the database."""
        database: Database = self.app.extensions["portal"].database
        return database.engine

    def take(self, name: str, *, counted: bool) -> None:
        """Ask for a list once. Raises LookupError where it does not come."""
        login, address = LISTS[name]
        start = time.perf_counter()
        answer = self.browsers[login].get(address)
        taken = (time.perf_counter() - start) * 1000
        if answer.status_code != 200:
            raise LookupError(f"{address} answered {answer.status_code}")
        if counted:
            self.times[name].append(taken)

    def listen(self) -> None:
        """Note what the database is asked from here on; a site that is timed does not."""

        def note(_connection: Any, _cursor: Any, text: str, values: Any, *_more: Any) -> None:
            self.asked.append((text, values))

        event.listen(self.engine, "before_cursor_execute", note)

    def scans(self, name: str) -> int:
        """How often a large table is read as a whole for a list, by the plans of its statements."""
        self.asked.clear()
        self.take(name, counted=False)
        found = 0
        with closing(self.engine.raw_connection()) as connection:
            for text, values in list(self.asked):
                if text.lstrip().upper().startswith(("SELECT", "WITH")):
                    plan = connection.cursor().execute(f"EXPLAIN QUERY PLAN {text}", values)
                    found += sum(bool(_LARGE.match(str(row[-1]))) for row in plan.fetchall())
        return found


def list_lines(folder: Path, count: int, many: int) -> list[Line]:
    """Measure every list among few and among many cases, in turn; return the budgets."""
    fill(folder / "few", FEW)
    fill(folder / "many", many)
    with ExitStack() as stack:
        few = stack.enter_context(staff_site(folder / "few"))
        most = stack.enter_context(staff_site(folder / "many"))
        watched = stack.enter_context(staff_site(folder / "many"))
        watched.listen()
        for turn in range(-count // 10, count):
            for name in LISTS:
                for site in (few, most):
                    site.take(name, counted=turn >= 0)
        return [
            line
            for name in LISTS
            for line in _budgets(name, few.times[name], most.times[name], watched.scans(name), many)
        ]


def _budgets(
    name: str, few: list[float], most: list[float], scans: int, many: int
) -> Iterator[Line]:
    """What is asked of one list."""
    p95 = statistics.quantiles(most, n=20)[-1]
    yield Line(f"{name}, {many:,} cases, p95", p95, "ms", most=LONG.get(name, P95_MS))
    if name not in GROWS:
        growth = statistics.median(most) / statistics.median(few)
        yield Line(f"{name}, {many:,} beside {FEW:,}", growth, "× few", most=GROWTH)
    yield Line(f"{name}, large tables read whole", scans, "scans", most=0)


def fill(folder: Path, amount: int) -> None:
    """Make a database with so many cases."""
    folder.mkdir(parents=True)
    database = installation(folder)
    fill_lists(database, load_ring(folder / "keys" / "worker"), amount=amount)
    database.engine.dispose()


@contextmanager
def staff_site(folder: Path) -> Iterator[Staff]:
    """Open a site on a database that was filled, and sign everybody in."""
    app = create_staff_app(
        Settings(
            database_url=f"sqlite:///{folder / 'portal.db'}",
            keys=folder / "keys" / "staff",
            files=str(folder / "files"),
        )
    )
    database: Database = app.extensions["portal"].database
    try:
        logins = {login for login, _address in LISTS.values()}
        yield Staff(app, {login: _signed_in(database, app, login) for login in logins})
    finally:
        database.engine.dispose()


def _signed_in(database: Database, app: Flask, login: str) -> FlaskClient:
    """The browser of somebody who has just signed in."""
    client = app.test_client()
    with database.writing() as session:
        account_id = session.scalars(select(Account.id).where(Account.login == login)).one()
        token = begin_session(session, account_id=account_id, at=now(), hours=10)
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": token, "_fresh": True})
        cookie.permanent = True
    return client
