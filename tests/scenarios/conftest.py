"""A town for each scenario: the small ward with both sites, at a time that the test moves."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.moderation.conftest import built_ward, ward
from tests.moderation.ward import Ward
from tests.scenarios.town import Town, open_town

__all__ = ["built_ward", "town", "ward"]


@pytest.fixture
def town(ward: Ward) -> Iterator[Town]:
    """Both sites on one database, the public one held to its rights; nobody has written yet."""
    made = open_town(ward)
    yield made
    made.close()
