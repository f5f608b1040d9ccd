"""The worker: prepares what arrived, carries out what residents did, and minds the clock.

The rows themselves are the queue: an unprepared case, an act that is not done, a lease or a
wait that has ended. Each is one unit of work with its own commit, so a stopped or killed
worker delays things and loses none, and no second queue holds copies outside our commits.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from types import FrameType

from sqlalchemy.exc import SQLAlchemyError

from moderation import (
    almanac,
    appending,
    bulk,
    carrying_out,
    concluding,
    escalating,
    preparing,
    quarantining,
    rehousing,
    resembling,
    seeking,
    sweeping,
)
from moderation.calendar import changing, recounting
from moderation.disclosing.publishing import publish_due
from moderation.identity import destroying, redividing, rostering
from moderation.making_public import telling
from moderation.notifying import outbox
from moderation.office import Office
from moderation.opening import open_office
from moderation.registering import beginning
from moderation.retention import nightly
from moderation.retention.deciding import Undecided
from moderation.retention.marking import bring
from moderation.searching import reindexing
from moderation.units import each
from portal.clock import local_date, now, start_of
from portal.db import Database, queue_for
from portal.files.storing import CannotStore, FileStore
from portal.models import Heartbeat
from portal.vault import Ring

log = logging.getLogger(__name__)

#: Seconds between two looks when there was nothing to do.
PAUSE = 1.0
HEART = "worker"


def work_once(database: Database, ring: Ring, *, at: datetime | None = None) -> int:
    """Do everything that waits now, or at another moment; return how many units that were."""
    with database.reading() as session:
        office = open_office(session, ring=ring, at=at)
        new = preparing.unprepared(session)
    done = each(database, new, lambda s, i: preparing.prepare(s, office=office, case_id=i))
    with database.reading() as session:
        acts = carrying_out.waiting_acts(session)
        waits = carrying_out.overdue_waits(session, office=office)
        left = carrying_out.left_behind(session, at=office.at)
        leases = carrying_out.ended_leases(session, at=office.at)
        groups = quarantining.task_groups(session)
        exchanged = carrying_out.waiting_exchanges(session)
        ordered = bulk.waiting_items(session, at=office.at)
    done += each(database, acts, lambda s, i: carrying_out.carry_out(s, office=office, act_id=i))
    done += each(database, waits, lambda s, i: carrying_out.move_on(s, office=office, case_id=i))
    done += each(database, left, lambda s, i: carrying_out.give_up(s, office=office, case_id=i))
    done += each(database, leases, lambda s, i: carrying_out.end_lease(s, office=office, case_id=i))
    done += each(database, groups, lambda s, i: quarantining.work_off(s, office=office, group_id=i))
    settle = carrying_out.settle_exchange
    done += each(database, exchanged, lambda s, i: settle(s, office=office, submission_id=i))
    done += each(database, ordered, lambda s, i: bulk.carry_out(s, office=office, item_id=i))
    done += keep_time(database, office)
    with database.reading() as session:
        open_again = seeking.waiting(session, at=office.at)
    done += each(database, open_again, lambda s, i: seeking.seek_again(s, office=office, case_id=i))
    done += guard_identities(database, office)
    done += telling.tell_everybody(database, office=office)
    _empty_outbox(database, office)
    done += _keep_index(database, office)
    with database.writing() as session:
        queue_for(session, b"heartbeat")
        session.merge(Heartbeat(name=HEART, at=now()))
    return done


def keep_time(database: Database, office: Office) -> int:
    """Tell of stages whose time is used up, and let open cases follow an edited calendar."""
    with database.reading() as session:
        marks = escalating.waiting_marks(session, at=office.at)
        edited = recounting.waiting_changes(session)
    done = each(database, marks, lambda s, i: escalating.tell_marks(s, office=office, clock_id=i))
    done += changing.count_waiting(database, office=office)
    return done + each(
        database, edited, lambda s, i: recounting.follow_some(s, office=office, change_id=i)
    )


def guard_identities(database: Database, office: Office) -> int:
    """Do what waits about who wrote; return how many units of work were done."""
    with database.reading() as session:
        ended = destroying.ended_requests(session, at=office.at)
        outdated = rostering.is_outdated(session, office=office)
    done = each(
        database, ended, lambda s, i: destroying.end_request(s, office=office, request_id=i)
    )
    rosters = [0] if outdated else []
    done += each(database, rosters, lambda s, _i: rostering.keep_roster(s, office=office))
    with database.reading() as session:
        sittings = redividing.waiting_sittings(session, at=office.at)
    return done + each(
        database, sittings, lambda s, i: redividing.redivide(s, office=office, sitting_id=i)
    )


def run(database: Database, ring: Ring, files: FileStore, *, purged: Path) -> None:
    """Work until told to stop by SIGTERM or SIGINT; the unit at hand is finished first.

    ``purged`` is where the list of what was deleted lies.

    Raises KeyFault, before anything is done, when the keys are not the worker's own.
    """
    _ = ring.log_signer
    stop = threading.Event()

    def leave(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, leave)
    signal.signal(signal.SIGINT, leave)
    filled: date | None = None
    logged: datetime | None = None
    while not stop.is_set():
        try:
            logged = keep_log(database, ring, at=now(), done=logged)
            if filled != (today := local_date(now())):
                begin_day(database, today=today)
                publish_due(database, ring)
                rehouse(database, ring, at=now(), go_on=lambda: not stop.is_set())
                concluding.catch_up(database, ring, go_on=lambda: not stop.is_set())
                keep_periods(database, ring, purged=purged, go_on=lambda: not stop.is_set())
                # After the rows, so that their files go with them.
                sweep(database, files)
                filled = today
            busy = work_once(database, ring)
            keep_list(database, ring, purged=purged)
        except SQLAlchemyError:
            log.exception("the database did not answer; trying again")
            busy = 0
        if not busy:
            stop.wait(PAUSE)


def sweep(database: Database, files: FileStore) -> None:
    """Delete files that belong to nobody; tomorrow again where the store cannot be reached."""
    try:
        with database.reading() as session:
            gone = sweeping.sweep(session, store=files, at=now())
        log.info("%s files that belonged to nobody were deleted", gone)
    except CannotStore as error:
        log.error("the store of files does not answer: %s", error)


def begin_day(database: Database, *, today: date) -> None:
    """Bring the calendar up to date, and forget what is remembered for some days only."""
    with database.writing() as session:
        queue_for(session, b"calendar")
        almanac.keep(session, today=today)
        quarantining.forget_signatures(session, today=today)
        resembling.forget_sketches(session, today=today)
        changing.forget_drafts(session, at=start_of(today))
        bulk.forget(session, at=start_of(today))


def rehouse(database: Database, ring: Ring, *, at: datetime, go_on: Callable[[], bool]) -> int:
    """Move the open cases that nobody is left for; return how many units of work that were.

    What was planned for organisations begins first.
    """
    with database.reading() as session:
        office = open_office(session, ring=ring, at=at)
    beginning.begin_due(database, office=office)
    lost = rehousing.lost_cases(database, office=office, go_on=go_on)
    return each(database, lost, lambda s, i: rehousing.rehouse(s, office=office, case_id=i))


def keep_periods(
    database: Database, ring: Ring, *, purged: Path, go_on: Callable[[], bool]
) -> None:
    """Delete what was kept long enough. What hinders is reported and waits for the next day."""
    with database.reading() as session:
        office = open_office(session, ring=ring)
    try:
        nightly.keep(database, office=office, folder=purged, go_on=go_on)
    except (OSError, Undecided) as error:
        log.error("nothing was deleted: %s", error)


def keep_list(database: Database, ring: Ring, *, purged: Path) -> None:
    """Bring into the purge list what was destroyed; what hinders is reported and waits."""
    try:
        bring(database, ring=ring, folder=purged)
    except OSError as error:
        log.error("the purge list cannot be written: %s", error)


def keep_log(
    database: Database, ring: Ring, *, at: datetime, done: datetime | None = None
) -> datetime:
    """Append to the public log what belongs to its newest hour; return the hour that is done.

    An hour that was ``done`` is not looked at again. What hinders is reported once an hour.
    """
    with database.reading() as session:
        hour = appending.last_hour(appending.read_hours(session), at=at)
    try:
        while hour != done:
            with database.writing() as session:
                queue_for(session, b"log")
                if appending.append_batch(session, ring=ring, hour=hour) is None:
                    done = hour
    except appending.BrokenLog as error:
        log.error("%s", error)
    return hour


def _empty_outbox(database: Database, office: Office) -> None:
    """Let the staff be told at once of what is urgent; the rest is in the daily digest."""
    with database.reading() as session:
        waits = [0] if outbox.has_waiting(session) else []
    each(database, waits, lambda s, _one: outbox.empty(s, office=office))


def _keep_index(database: Database, office: Office) -> int:
    """Index what waits, and join some of the index's parts; one unit of work for each."""
    with database.reading() as session:
        stale = reindexing.waiting(session)
        residue = [0] if reindexing.has_residue(session, office=office) else []
    done = each(database, stale, lambda s, i: reindexing.index_anew(s, office=office, case_id=i))
    return done + each(database, residue, lambda s, _one: reindexing.join_parts(s, office=office))
