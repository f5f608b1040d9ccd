"""The facts of an installation: read once, kept for a minute, never in the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import insert

from portal.db import Database
from portal.installation import Installation, InstallationCache, Unit
from portal.models import CalendarDay, Setting
from portal.models.calendar import DayKind
from tests.clocks import StandingClock
from tests.conftest import Watch
from tests.portal.conftest import BAC_SON, DINH_LAP, DONG_KINH, OLD_WARD


def test_units_of_today_come_by_letter_in_vietnamese_order(
    communes: Database, clock: StandingClock
) -> None:
    found = InstallationCache(communes, clock).current()
    letters = [(letter, [unit.id for unit in units]) for letter, units in found.groups]
    assert letters == [("B", [BAC_SON]), ("Đ", [DINH_LAP, DONG_KINH])]
    assert found.unit(OLD_WARD) is None
    assert found.unit(None) is None


def test_a_unit_is_found_by_its_part_of_a_link(communes: Database, clock: StandingClock) -> None:
    found = InstallationCache(communes, clock).current()
    named, derived = found.unit_of_link("dong-kinh"), found.unit_of_link("xa-dinh-lap")
    assert named is not None
    assert derived is not None
    assert (named.id, derived.id) == (DONG_KINH, DINH_LAP)
    assert found.unit_of_link("") is None


def test_a_name_is_listed_without_its_level() -> None:
    names = {
        "Phường Đông Kinh": ("Đông Kinh", "Đ"),
        "Xã Ấp Mới": ("Ấp Mới", "Â"),
        "Thị trấn Na Sầm": ("Na Sầm", "N"),
        "Ba Sơn": ("Ba Sơn", "B"),
        "Xã": ("Xã", "X"),
    }
    for name, wanted in names.items():
        unit = Unit(1, name, "")
        assert (unit.proper, unit.letter) == wanted


def test_the_database_is_asked_again_after_a_minute(
    communes: Database, clock: StandingClock, statements: Watch
) -> None:
    cache = InstallationCache(communes, clock)
    first = cache.current()
    with communes.writing() as session:
        session.execute(insert(Setting).values(name="sample", value="1"))
    clock.forward(seconds=59)
    with statements(communes) as seen:
        assert cache.current() is first
    assert seen == []
    clock.forward(seconds=1)
    assert cache.current().sample
    kept = cache.current()
    clock.forward(seconds=60)
    assert cache.current() is kept


def test_rows_of_the_calendar_are_kept(database: Database, clock: StandingClock) -> None:
    saturday = date(2026, 12, 5)
    with database.writing() as session:
        row = {"on": saturday, "kind": DayKind.WORKING, "note": "Làm bù."}
        session.execute(insert(CalendarDay).values(**row))
    assert InstallationCache(database, clock).current().calendar.is_working(saturday)


def test_while_the_database_is_away_the_last_facts_are_used(
    communes: Database, clock: StandingClock, tmp_path: Path
) -> None:
    nowhere = Database(f"sqlite:///{tmp_path / 'no' / 'folder.db'}")
    assert InstallationCache(nowhere, clock).current() == Installation()
    cache = InstallationCache(communes, clock)
    kept = cache.current()
    cache._database = nowhere
    clock.forward(minutes=5)
    assert cache.current() is kept
