"""Ready means: the database answers, its schema fits, and the worker was seen just now."""

from __future__ import annotations

from datetime import datetime

from flask.testing import FlaskClient
from sqlalchemy import insert, text, update

from portal.db import Database
from portal.models import Heartbeat
from tests.clocks import StandingClock


def beat(database: Database, at: datetime) -> None:
    """Let the worker be seen."""
    with database.writing() as session:
        done = session.execute(update(Heartbeat).values(at=at)).rowcount  # type: ignore[attr-defined]
        if not done:
            session.execute(insert(Heartbeat).values(name="worker", at=at))


def test_a_process_without_a_worker_is_alive_and_not_ready(public_client: FlaskClient) -> None:
    assert public_client.get("/healthz").text == "ok\n"
    answer = public_client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready\n")


def test_a_worker_that_was_just_seen_makes_it_ready(
    public_client: FlaskClient, database: Database, clock: StandingClock
) -> None:
    beat(database, clock())
    clock.forward(seconds=29)
    assert public_client.get("/readyz").text == "ready\n"
    clock.forward(seconds=1)
    assert public_client.get("/readyz").status_code == 503
    beat(database, clock())
    assert public_client.get("/readyz").status_code == 200


def test_an_old_schema_is_not_ready(
    public_client: FlaskClient, database: Database, clock: StandingClock
) -> None:
    beat(database, clock())
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001_register'"))
    answer = public_client.get("/readyz")
    assert (answer.status_code, answer.text) == (503, "not ready\n")
