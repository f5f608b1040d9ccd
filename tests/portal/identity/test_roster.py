"""The roster of custodians: only what the worker signed is used, and never an older one."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from portal.db import Database
from portal.identity import Roster, read_roster, sign_roster
from portal.installation import InstallationCache
from portal.models import CustodianRoster
from portal.vault import Ring
from tests.clocks import StandingClock

MEMBERS = ((1, bytes(range(32))), (2, bytes(range(1, 33))))


def store(
    database: Database, ring: Ring, clock: StandingClock, number: int, members: object = MEMBERS
) -> None:
    with database.writing() as session:
        session.add(
            sign_roster(
                ring.log_signer,
                version=ring.log_version,
                number=number,
                members=members,  # type: ignore[arg-type]
                at=clock(),
            )
        )


def known(database: Database, ring: Ring) -> Roster | None:
    with database.reading() as session:
        return read_roster(session, keys=ring.log_public)


def test_what_the_worker_signed_is_read_by_the_public_process(
    database: Database, ring_worker: Ring, ring_public: Ring, clock: StandingClock
) -> None:
    assert known(database, ring_public) is None
    store(database, ring_worker, clock, 1)
    assert known(database, ring_public) == Roster(1, MEMBERS)
    store(database, ring_worker, clock, 2, MEMBERS[:1])
    newest = known(database, ring_public)
    assert newest == Roster(2, MEMBERS[:1])
    assert not newest.takes_identities


def test_a_key_that_was_put_in_another_ones_place_is_not_used(
    database: Database, ring_worker: Ring, ring_public: Ring, clock: StandingClock
) -> None:
    store(database, ring_worker, clock, 1)
    forged = Roster(1, ((1, bytes(32)), MEMBERS[1])).body
    with database.writing() as session:
        session.execute(update(CustodianRoster).values(body=forged))
    assert known(database, ring_public) is None


def test_an_old_roster_under_a_new_number_is_not_used(
    database: Database, ring_worker: Ring, ring_public: Ring, clock: StandingClock
) -> None:
    store(database, ring_worker, clock, 1)
    with database.writing() as session:
        session.execute(update(CustodianRoster).values(id=9))
    assert known(database, ring_public) is None


def test_a_running_process_goes_back_to_no_older_roster(
    database: Database, ring_worker: Ring, ring_public: Ring, clock: StandingClock
) -> None:
    cache = InstallationCache(database, clock, ring_public.log_public)
    store(database, ring_worker, clock, 1)
    store(database, ring_worker, clock, 2, MEMBERS[::-1])
    assert cache.current().roster == Roster(2, MEMBERS[::-1])
    with database.writing() as session:
        session.execute(delete(CustodianRoster).where(CustodianRoster.id == 2))
    clock.moment += timedelta(minutes=2)
    assert cache.current().roster is None
