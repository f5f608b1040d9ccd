"""Two addresses for whoever watches the machine. They tell yes or no and never a detail."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from portal import revision
from portal.holding import held
from portal.models import Heartbeat
from portal.unit import current_session

#: A worker that was not seen for so long does not work (design rule).
WORKER_SILENT = timedelta(seconds=30)

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """Say that the process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
def ready() -> Response:
    """Say whether the database answers, its schema fits, and the worker works."""
    if _is_ready():
        return Response("ready\n", mimetype="text/plain")
    return Response("not ready\n", status=503, mimetype="text/plain")


def _is_ready() -> bool:
    """Whether everything that a resident's letter needs is there."""
    try:
        revision.check(held().database)
        seen = current_session().scalar(select(Heartbeat.at).where(Heartbeat.name == "worker"))
    except (revision.OldSchema, SQLAlchemyError):
        return False
    return seen is not None and held().clock() - seen < WORKER_SILENT
