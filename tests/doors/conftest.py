"""The small ward with its staff site, and answers taken down so that two can be compared."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.conftest import Watch
from tests.doors.answers import Answer, take_down
from tests.moderation.conftest import built_ward, staff_app, staff_client, ward

__all__ = ["ask", "built_ward", "staff_app", "staff_client", "ward"]

Ask = Callable[..., Answer]


@pytest.fixture
def ask(staff_app: Flask, statements: Watch) -> Ask:
    """``ask(client, "GET", path, …)``: the answer and every statement it took."""
    database = staff_app.extensions["portal"].database

    def send(
        client: FlaskClient, method: str, path: str, fields: Mapping[str, str] | None = None
    ) -> Answer:
        with statements(database) as seen:
            # The pages were read elsewhere; here only what a prober can compare counts.
            asked, typed = (fields, None) if method == "GET" else (None, fields)
            response = FlaskClient.open(client, path, method=method, query_string=asked, data=typed)
        return take_down(response, seen)

    return send
