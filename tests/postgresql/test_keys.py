"""On PostgreSQL writers meet: who changes the staff key waits for those who began without it."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import select, text

from moderation import worker
from moderation.commands import app
from portal.models import Case, Seal
from portal.models.submission import SealHolder
from portal.words import Words
from tests.moderation import ward as wards
from tests.moderation.ward import Ward
from tests.test_running import wait_until

WORDS = Words(about="Ông Bách", what="Để vật liệu lấn hết vỉa hè.")
_WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def test_what_is_under_way_without_the_new_key_is_waited_for(
    ward: Ward, built: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(built[0] / "keys", tmp_path / "keys")
    address = ward.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PORTAL_DATABASE_URL", address)
    own = wards.open_ward(tmp_path, address)
    command = ["keys", "rotate", "--root", str(tmp_path / "keys")]
    with ThreadPoolExecutor(1) as beside, own.database.writer_session() as slow:
        own.send(slow, WORDS)
        changing = beside.submit(
            lambda: [app.test_cli_runner().invoke(args=command).output for _run in range(2)]
        )
        with own.database.reading() as session:
            wait_until(lambda: bool(session.scalar(_WAITING)))
        slow.commit()
    assert "Nothing is sealed to version 1 any more" in changing.result()[1]
    with own.database.writing() as session:
        own.send(session, WORDS)
    worker.work_once(own.database, own.worker_ring)
    with own.database.reading() as session:
        staff = select(Seal.key_version).where(Seal.holder == SealHolder.STAFF)
        assert session.scalars(staff).all() == [2] * 6
        assert None not in session.scalars(select(Case.prepared_at)).all()
    own.database.engine.dispose()
