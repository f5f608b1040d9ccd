"""The log grows at its hours, in an order that tells nothing, and keeps every leaf it has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from moderation import appending, worker
from moderation.appending import BadHours, BrokenLog, append_batch, last_hour, parse_hours
from portal.clock import VIETNAM
from portal.db import Database
from portal.ledger import Step, is_signed, sealed_row
from portal.ledger.merkle import hash_leaf, proves_consistency, proves_inclusion
from portal.models import Case, Event, LogHead, LogLeaf, LogNode, Setting
from portal.models.journal import Actor
from portal.proving import consistency, head_of, inclusions, newest_head, numbers_of
from portal.vault import KeyFault, Ring
from portal.vocabulary import Status

#: Noon of a Monday in Vietnam.
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
KEY = b"k" * 32


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A writer in whose database one case lies."""
    with database.writer_session() as opened:
        opened.add(Case(id=1, status=Status.RECEIVED, arrived_at=NOON, fears_retaliation=False))
        opened.flush()
        yield opened


def happen(session: Session, count: int, *, at: datetime) -> list[bytes]:
    """So many events at a moment; their names."""
    step = Step(
        case_id=1, action="follow_up", to_status=Status.RECEIVED, actor=Actor.MODERATOR, at=at
    )
    rows = [sealed_row(step, public=KEY) for _number in range(count)]
    session.execute(insert(Event), rows)
    return [row["uid"] for row in rows]


def leaf_of(session: Session, uid: bytes) -> bytes:
    return hash_leaf(session.scalars(select(Event.commitment).where(Event.uid == uid)).one())


def test_a_batch_is_signed_and_every_leaf_of_it_can_be_proved(
    session: Session, ring_worker: Ring, ring_public: Ring
) -> None:
    first = happen(session, 19, at=NOON - timedelta(hours=1))
    old = append_batch(session, ring=ring_worker, hour=NOON)
    second = happen(session, 23, at=NOON + timedelta(hours=1))
    new = append_batch(session, ring=ring_worker, hour=NOON + timedelta(hours=6))
    assert old is not None
    assert new is not None
    assert (old.size, new.size) == (20, 44)
    assert newest_head(session) == new
    assert head_of(session, size=20) == old
    numbers = numbers_of(session, uids=[*first, *second])
    assert len(set(numbers.values()) & set(range(44))) == 42, "one leaf of each is the journal's"
    for head in (old, new):
        assert is_signed(head, ring_public.log_public)
    paths = inclusions(session, numbers=numbers.values(), size=44)
    for uid, number in numbers.items():
        path = paths[number]
        leaf = leaf_of(session, uid)
        assert proves_inclusion(leaf, index=number, size=44, path=path, root=new.root)
    assert proves_consistency(
        first=20,
        second=44,
        first_root=old.root,
        second_root=new.root,
        path=consistency(session, first=20, second=44),
    )


def test_the_order_in_a_batch_is_drawn_by_lot(session: Session, ring_worker: Ring) -> None:
    uids = happen(session, 60, at=NOON - timedelta(hours=1))
    append_batch(session, ring=ring_worker, hour=NOON)
    numbers = numbers_of(session, uids=uids)
    assert [numbers[uid] for uid in uids] != list(range(60))


def test_what_happens_after_the_hour_waits_for_the_next(
    session: Session, ring_worker: Ring
) -> None:
    before = happen(session, 20, at=NOON - timedelta(seconds=1))
    after = happen(session, 20, at=NOON)
    late = happen(session, 20, at=NOON - timedelta(seconds=2))
    append_batch(session, ring=ring_worker, hour=NOON)
    assert set(numbers_of(session, uids=[*before, *after, *late])) == {*before, *late}
    head = append_batch(session, ring=ring_worker, hour=NOON + timedelta(hours=6))
    assert head is not None
    assert head.size == 62
    assert set(numbers_of(session, uids=after)) == set(after)


def test_nothing_new_signs_nothing(session: Session, ring_worker: Ring) -> None:
    assert append_batch(session, ring=ring_worker, hour=NOON) is None
    happen(session, 20, at=NOON - timedelta(hours=1))
    assert append_batch(session, ring=ring_worker, hour=NOON)
    assert append_batch(session, ring=ring_worker, hour=NOON) is None
    assert append_batch(session, ring=ring_worker, hour=NOON + timedelta(hours=6)) is None
    assert session.scalar(select(func.count()).select_from(LogHead)) == 1


def test_a_batch_too_small_to_hide_in_waits_but_not_for_ever(
    session: Session, ring_worker: Ring
) -> None:
    happen(session, appending.LEAST - 1, at=NOON - timedelta(hours=1))
    assert append_batch(session, ring=ring_worker, hour=NOON) is None
    assert append_batch(session, ring=ring_worker, hour=NOON + timedelta(days=2)) is None
    assert append_batch(session, ring=ring_worker, hour=NOON + appending.PATIENCE)


def test_a_long_backlog_is_appended_in_parts(
    session: Session, ring_worker: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appending, "MOST", 20)
    happen(session, 60, at=NOON - timedelta(hours=1))
    sizes = []
    while head := append_batch(session, ring=ring_worker, hour=NOON):
        sizes.append(head.size)
    assert sizes == [21, 42, 63]


def test_only_the_worker_appends(session: Session, ring_staff: Ring) -> None:
    with pytest.raises(KeyFault, match="cannot sign the public log"):
        append_batch(session, ring=ring_staff, hour=NOON)


def test_a_log_that_lost_its_edge_does_not_grow(session: Session, ring_worker: Ring) -> None:
    happen(session, 20, at=NOON - timedelta(hours=1))
    append_batch(session, ring=ring_worker, hour=NOON)
    session.execute(delete(LogNode))
    happen(session, 20, at=NOON + timedelta(hours=1))
    with pytest.raises(BrokenLog, match="ledger verify"):
        append_batch(session, ring=ring_worker, hour=NOON + timedelta(hours=6))


def test_the_hour_is_over_by_a_minute() -> None:
    hours = (time(12), time(18))
    for at, hour in (
        ("12:00", "2026-11-22 18:00"),
        ("12:01", "2026-11-23 12:00"),
        ("18:00", "2026-11-23 12:00"),
        ("23:59", "2026-11-23 18:00"),
        ("00:00", "2026-11-22 18:00"),
    ):
        moment = datetime.combine(NOON.date(), time.fromisoformat(at), VIETNAM)
        expected = datetime.fromisoformat(hour).replace(tzinfo=VIETNAM)
        assert last_hour(hours, at=moment) == expected


def test_hours_are_read_as_people_write_them(session: Session, ring_worker: Ring) -> None:
    assert parse_hours(["18:00", "07:30"]) == (time(7, 30), time(18))
    for bad in ([], ["25:00"], ["noon"], ["12:00:01"], ["12:00+07:00"]):
        with pytest.raises(BadHours, match="12:00 18:00"):
            parse_hours(bad)
    assert appending.read_hours(session) == appending.DEFAULT_HOURS
    appending.set_hours(session, ring=ring_worker, hours=[time(19), time(7)], at=NOON)
    assert appending.read_hours(session) == (time(7), time(19))
    session.merge(Setting(name=appending.HOURS, value="at noon"))
    assert appending.read_hours(session) == appending.DEFAULT_HOURS


def test_the_worker_keeps_the_log_once_an_hour(
    database: Database,
    session: Session,
    ring_worker: Ring,
    caplog: pytest.LogCaptureFixture,
) -> None:
    happen(session, 20, at=NOON - timedelta(hours=1))
    session.commit()
    at = NOON + timedelta(minutes=2)
    done = worker.keep_log(database, ring_worker, at=at)
    assert done == NOON
    assert worker.keep_log(database, ring_worker, at=at, done=done) == NOON
    with database.reading() as seen:
        assert seen.scalars(select(LogHead.size)).all() == [21]
    happen(session, 20, at=NOON + timedelta(hours=1))
    session.execute(delete(LogNode))
    session.commit()
    at += timedelta(hours=6)
    for _round in range(3):
        done = worker.keep_log(database, ring_worker, at=at, done=done)
    assert caplog.text.count("lost rows") == 1
    with database.reading() as seen:
        assert seen.scalar(select(func.count()).select_from(LogLeaf)) == 21
