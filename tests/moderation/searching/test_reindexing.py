"""Indexing anew, by the worker and by the command; and nothing is left of terms that are gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import delete, func, select

from moderation import worker
from moderation.commands import app
from moderation.searching import reindexing
from portal.models import Seal, SearchEntry, SearchResidue, SearchStale
from portal.models.submission import SealTarget
from tests.doors.course import Course
from tests.moderation.searching.looking import found_by
from tests.moderation.walking import set_out
from tests.moderation.ward import Ward

Command = Callable[[str], Result]


@pytest.fixture
def command(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> Command:
    url = ward.database.engine.url
    monkeypatch.setenv("PORTAL_DATABASE_URL", url.render_as_string(hide_password=False))
    monkeypatch.setenv("PORTAL_KEYS", str(Path(url.database or "").parent / "keys" / "worker"))
    return lambda words: app.test_cli_runner().invoke(args=["search", *words.split()])


def _forget(ward: Ward) -> None:
    """Lose the whole index, as a table that was restored without it."""
    with ward.database.writing() as session:
        session.execute(delete(SearchEntry))


def test_everything_is_indexed_anew(ward: Ward, command: Command) -> None:
    numbers = [set_out(ward).until(Course.prepare).number for _letter in range(45)]
    _forget(ward)
    assert found_by(ward, "hoa", "vật liệu") == []
    assert "Every case is in the index." in command("reindex").output
    assert found_by(ward, "hoa", "vật liệu") == numbers[:-21:-1]


def test_a_run_that_was_cut_short_goes_on_where_it_was(ward: Ward, command: Command) -> None:
    numbers = [set_out(ward).until(Course.prepare).number for _letter in range(3)]
    _forget(ward)
    with ward.database.writing() as session:
        reindexing.ask_for_all(session)
        reindexing.index_anew(session, office=ward.office, case_id=numbers[0])
    answer = command("check")
    assert (answer.exit_code, "2 cases wait" in answer.output) == (1, True)
    assert found_by(ward, "hoa", "vật liệu") == numbers[:1]
    assert "Going on: 2 cases are left." in command("reindex").output
    assert found_by(ward, "hoa", "vật liệu") == numbers[::-1]
    assert command("check").exit_code == 0


def test_the_worker_indexes_what_waits(ward: Ward) -> None:
    number = set_out(ward).until(Course.prepare).number
    _forget(ward)
    with ward.database.writing() as session:
        reindexing.ask_for_all(session)
    while worker.work_once(ward.database, ward.worker_ring):
        pass
    assert found_by(ward, "hoa", "vật liệu") == [number]


def test_a_case_whose_keys_are_lost_keeps_nobody_waiting(ward: Ward, command: Command) -> None:
    number = set_out(ward).until(Course.prepare).number
    with ward.database.writing() as session:
        session.execute(delete(Seal).where(Seal.target == SealTarget.CASE_INTERNAL))
        reindexing.ask_for_all(session)
    assert command("reindex").exit_code == 0
    with ward.database.reading() as session:
        assert session.get(SearchStale, number) is None


def test_indexing_needs_keys_that_open(
    ward: Ward, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Path(ward.database.engine.url.database or "").parent / "keys" / "public"
    monkeypatch.setenv("PORTAL_KEYS", str(keys))
    assert "set PORTAL_KEYS=keys/worker" in command("reindex").output


def test_nothing_is_left_of_terms_that_are_gone(ward: Ward) -> None:
    """FTS5 writes down that a term is gone, and keeps it in older parts until these are joined."""
    for _letter in range(30):
        set_out(ward).until(Course.prepare)
    rare = set_out(ward)
    rare.words = type(rare.words)(about="Ông Bách", what="Cây gạo hoa đỏ rụng trắng sân đình.")
    rare.until(Course.prepare)
    with ward.database.reading() as session:
        words = session.scalars(
            select(SearchEntry.words).where(SearchEntry.case_id == rare.number)
        ).one()
        others = session.scalars(
            select(SearchEntry.words).where(SearchEntry.case_id != rare.number).limit(1)
        ).one()
    gone = sorted(set(words.split()) - set(others.split()))
    assert len(gone) > 5
    rare.withdraw()
    assert found_by(ward, "hoa", "cây gạo") == []
    with ward.database.reading() as session:
        assert session.scalars(select(SearchResidue.entry_id)).all()
        assert not reindexing.has_residue(session, office=ward.office)
    assert _lying_about(ward, gone)
    ward.later(days=1)
    more = True
    while more:
        with ward.database.writing() as session:
            more = reindexing.join_parts(session, office=ward.office)
    with ward.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SearchResidue)) == 0
    assert not _lying_about(ward, gone)
    assert found_by(ward, "hoa", "vật liệu")


def _lying_about(ward: Ward, terms: list[str]) -> list[str]:
    """Which terms can be read in the file of the database: whole, or in the index's own way, which
    leaves out what a term has in common with the one before it."""
    path = ward.database.engine.url.database or ""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    pile = Path(path).read_bytes()
    return [term for term in terms if term[4:].encode() in pile]
