"""Joining the rooms: each process gets its own, and refuses to start in one sentence."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from portal.config import Settings
from portal.db import Database
from wsgi import CannotStart, create_app, create_public_app, create_staff_app

EVERY_ROOM = [create_public_app, create_staff_app, create_app]


def test_the_public_process_refuses_keys_that_open(
    public_settings: Settings, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CannotStart) as refused:
        create_public_app(replace(public_settings, keys=keys / "staff"))
    assert "keys/public only" in refused.value.sentence
    assert capsys.readouterr().err == refused.value.sentence + "\n"
    assert refused.value.code == 3


@pytest.mark.parametrize("create", EVERY_ROOM)
def test_missing_keys_are_one_sentence(
    create: type, public_settings: Settings, tmp_path: Path
) -> None:
    with pytest.raises(CannotStart) as refused:
        create(replace(public_settings, keys=tmp_path / "none"))
    assert refused.value.sentence.startswith("There are no keys in")


def test_an_old_and_an_empty_database_are_one_sentence(
    public_settings: Settings, database: Database, tmp_path: Path
) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '0001_register'"))
    with pytest.raises(CannotStart) as refused:
        create_public_app(public_settings)
    assert "older than the program" in refused.value.sentence
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    with pytest.raises(CannotStart) as refused:
        create_public_app(replace(public_settings, database_url=empty))
    assert "empty" in refused.value.sentence


@pytest.mark.parametrize("value", ["many", "-1", "1.5", "100001"])
def test_a_bad_setting_is_one_sentence(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("PORTAL_TRUSTED_PROXIES", value)
    with pytest.raises(CannotStart) as refused:
        create_public_app()
    assert "PORTAL_TRUSTED_PROXIES must be a whole number" in refused.value.sentence


def test_the_public_site_has_no_address_of_the_staff(public_settings: Settings) -> None:
    rules = create_public_app(public_settings).url_map.iter_rules()
    # What is published without anybody's doing has addresses of its own.
    apart = {"log", "figures", "public_answers"}
    addresses = {str(rule) for rule in rules if rule.endpoint.partition(".")[0] not in apart}
    assert addresses == {
        "/",
        "/gui-y-kien",
        "/gui-y-kien/tep",
        "/healthz",
        "/huong-dan",
        "/mau-don",
        "/may-dung-chung",
        "/may-dung-chung/xong",
        "/readyz",
        "/rieng-tu",
        "/static/<path:name>",
        "/thoat",
        "/tra-cuu",
        "/tra-cuu/doi-ma",
        "/tra-cuu/tep",
    }


def test_both_rooms_in_one_process_are_warned_about(
    public_settings: Settings, keys: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(replace(public_settings, keys=keys / "staff"))
    assert "rests on the program alone" in caplog.text
    assert app.test_client().get("/gui-y-kien").status_code == 200
