"""A town for each scenario: the small ward with both sites, at a time that the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.config import Settings
from tests.moderation.conftest import built_ward, ward
from tests.moderation.ward import Ward
from tests.pages import CheckingClient
from tests.scenarios.town import Town
from wsgi import create_public_app, create_staff_app

__all__ = ["built_ward", "town", "ward"]


@pytest.fixture
def town(ward: Ward) -> Iterator[Town]:
    """Both sites on one database, the public one held to its rights; nobody has written yet."""
    url = ward.database.engine.url
    folder = Path(url.database or "").parent

    def settings(holder: str) -> Settings:
        return Settings(
            database_url=url.render_as_string(hide_password=False),
            keys=folder / "keys" / holder,
            files=str(folder / "files"),
            telephone="0500 000 001",
            testing=True,
        )

    apps = (
        create_public_app(settings("public"), clock=lambda: ward.at),
        create_staff_app(settings("staff"), clock=lambda: ward.at),
    )
    for app in apps:
        app.test_client_class = CheckingClient
    yield Town(ward, *apps)
    for app in apps:
        app.extensions["portal"].database.engine.dispose()
    ward.database.engine.dispose()
