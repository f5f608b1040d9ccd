"""The oldest entries of the journal go when their time is over, and what is left can be checked."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from moderation.journal import bind_floor, write_down
from moderation.retention import trimming
from moderation.verifying import verify_journal
from portal.models import JournalEntry, JournalFloor, RefusedHour, RetentionPeriod
from portal.periods import NOTICE_DAYS, UNITS
from portal.vocabulary import Deed, RetentionRule
from tests.moderation.retention.conftest import Nights
from tests.moderation.ward import WARD, Ward

FIVE_YEARS = UNITS[RetentionRule.JOURNAL].days(60)
OLD, YOUNG = 5, 2


def put(ward: Ward, times: int) -> None:
    """Somebody takes the journal away so many times, an hour apart, and the log binds it."""
    for _time in range(times):
        ward.later(hours=1)
        with ward.database.writing() as session:
            write_down(
                session,
                ring=ward.ring,
                at=ward.at,
                deed=Deed.EXPORTED,
                account_id=ward.accounts["hoa"],
                organisation_id=WARD,
            )


def deeds(ward: Ward) -> list[Deed]:
    """What the journal tells."""
    with ward.database.reading() as session:
        return list(session.scalars(select(JournalEntry.deed).order_by(JournalEntry.id)))


def faults(ward: Ward) -> list[str]:
    """What checking the journal finds."""
    with ward.database.reading() as session:
        return verify_journal(session, ring=ward.worker_ring, moved=lambda _count: None).faults


@pytest.fixture
def over(nights: Nights) -> Ward:
    """A ward with old entries, some of them over since yesterday, and young ones."""
    ward = nights.ward
    put(ward, OLD)
    nights.log()
    nights.leap(FIVE_YEARS - 60)
    put(ward, YOUNG)
    nights.log()
    nights.leap(61)
    return ward


def test_what_is_over_goes_after_thirty_counted_days_and_the_rest_is_whole(
    over: Ward, nights: Nights
) -> None:
    with over.database.writing() as session:
        session.add_all(
            RefusedHour(hour=over.at - timedelta(days=days), count=3)
            for days in (FIVE_YEARS + 1, 1)
        )
    nights.pass_by(NOTICE_DAYS)
    assert deeds(over) == [Deed.EXPORTED] * (OLD + YOUNG)
    nights.pass_by(1)
    assert deeds(over) == [*[Deed.EXPORTED] * YOUNG, Deed.JOURNAL_TRIMMED]
    assert faults(over) == []
    nights.log()
    assert faults(over) == []
    with over.database.reading() as session:
        assert session.scalar(select(JournalFloor.gone)) == OLD
        assert session.scalar(select(func.count()).select_from(RefusedHour)) == 1


def test_no_byte_of_what_went_is_left_in_the_database(over: Ward, nights: Nights) -> None:
    with over.database.reading() as session:
        first = session.scalars(select(JournalEntry.uid).order_by(JournalEntry.id)).first()
    assert first is not None
    place = Path(over.database.engine.url.database or "")
    files = [each for each in place.parent.glob(f"{place.name}*") if each.is_file()]
    assert any(first in each.read_bytes() for each in files)
    nights.pass_by(NOTICE_DAYS + 1)
    assert not any(first in each.read_bytes() for each in files)


def test_a_leap_of_the_clock_trims_nothing(nights: Nights) -> None:
    put(nights.ward, OLD)
    nights.leap(FIVE_YEARS + 400)
    nights.one()
    nights.leap(300)
    nights.one()
    assert len(deeds(nights.ward)) == OLD
    nights.leap(-FIVE_YEARS)
    nights.pass_by(NOTICE_DAYS)
    assert len(deeds(nights.ward)) == OLD


def test_a_longer_period_keeps_what_was_noted(over: Ward, nights: Nights) -> None:
    nights.pass_by(2)
    with over.database.writing() as session:
        session.add(RetentionPeriod(rule=RetentionRule.JOURNAL, amount=72, changed_at=over.at))
    nights.pass_by(NOTICE_DAYS)
    assert len(deeds(over)) == OLD + YOUNG


def test_it_goes_in_batches_and_the_next_month_goes_on_from_there(
    over: Ward, nights: Nights, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trimming, "BATCH", 2)
    nights.pass_by(NOTICE_DAYS + 1)
    assert deeds(over) == [*[Deed.EXPORTED] * YOUNG, *[Deed.JOURNAL_TRIMMED] * 3]
    nights.leap(FIVE_YEARS)
    nights.pass_by(NOTICE_DAYS + 1)
    assert Deed.EXPORTED not in deeds(over)
    nights.log()
    assert faults(over) == []


def test_an_entry_that_bears_a_later_day_keeps_all_that_were_written_after_it(
    nights: Nights,
) -> None:
    ward = nights.ward
    put(ward, 2)
    nights.leap(500)
    put(ward, 1)
    nights.leap(-500)
    put(ward, 2)
    nights.leap(FIVE_YEARS)
    nights.pass_by(NOTICE_DAYS + 1)
    assert deeds(ward) == [*[Deed.EXPORTED] * 3, Deed.JOURNAL_TRIMMED]
    assert faults(ward) == []


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DELETE FROM journal_floor", "was altered, or one before it was removed"),
        ("UPDATE journal_floor SET gone = 1", "Where the trimmed journal begins was altered"),
        ("UPDATE journal_floor SET chain = zeroblob(32)", "begins was altered"),
        ("UPDATE journal_floor SET until = 'never'", "begins was altered"),
        ("UPDATE journal_floor SET bound = 'word'", "begins was altered"),
        (
            "DELETE FROM journal_entry WHERE id = (SELECT min(id) FROM journal_entry)",
            "was altered, or one before it was removed",
        ),
    ],
)
def test_what_is_done_to_a_trimmed_journal_is_named(
    over: Ward, nights: Nights, statement: str, named: str
) -> None:
    nights.pass_by(NOTICE_DAYS + 1)
    with over.database.writing() as session:
        session.execute(text(statement))
    assert any(named in sentence for sentence in faults(over)), faults(over)


def test_nobody_hides_young_deeds_by_saying_that_they_were_trimmed(nights: Nights) -> None:
    ward = nights.ward
    put(ward, 3)
    with ward.database.writing() as session:
        hidden = session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()[:2]
        floor = JournalFloor(id=1, gone=2, chain=hidden[-1].chain, until=hidden[-1].at, at=ward.at)
        floor.bound = bind_floor(ward.ring.search, floor)
        session.add(floor)
        for entry in hidden:
            session.delete(entry)
    assert faults(ward) == ["The journal was trimmed of what was too young to go."]
    with sqlite3.connect(ward.database.engine.url.database or "") as raw:
        raw.execute("UPDATE journal_floor SET until = '2016-01-01 00:00:00.000000'")
    assert "begins was altered" in faults(ward)[0]
