"""The small ward, built once and copied for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.moderation import ward as wards


@pytest.fixture(scope="session")
def built_ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a ward that is only ever copied."""
    folder = tmp_path_factory.mktemp("ward")
    wards.build(folder)
    return folder


@pytest.fixture
def ward(built_ward: Path, tmp_path: Path) -> wards.Ward:
    """A ward of one's own."""
    return wards.copy(built_ward, tmp_path / "ward")
