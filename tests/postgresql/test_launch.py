"""One command makes the tables on a server, and says in one sentence when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from moderation import launch
from portal import schema
from portal.db import Database
from tests.moderation.test_launch import free_pair, refused
from tests.postgres import Server


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", str(free_pair()))
    return tmp_path


def test_an_empty_database_on_a_server_is_made_ready(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = server.make("template0")
    monkeypatch.setenv("PORTAL_DATABASE_URL", server.address(name))
    for _again in range(2):
        made = launch._prepare()
        made.engine.dispose()
    again = Database(server.address(name))
    schema.check(again)
    again.engine.dispose()
    assert (folder / "keys" / "worker" / "staff.1.private").exists()
    server.drop(name)


def test_a_server_that_does_not_answer_is_told_before_keys_are_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", f"postgresql://portal@/portal?host={folder}")
    assert "does not answer" in refused(capsys)
    assert not (folder / "keys").exists()
