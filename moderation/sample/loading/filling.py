"""Loading the sample: the register first, then letter after letter, each in one transaction."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import click
from sqlalchemy import func, select

from moderation import almanac, appending
from moderation.accounts import hash_password
from moderation.calendar.reading import read_calendar
from moderation.disclosing.publishing import publish_due
from moderation.office import Office
from moderation.sample.loading import custody
from moderation.sample.loading.appraising import appraise
from moderation.sample.loading.casting import Cast
from moderation.sample.loading.departing import send_away
from moderation.sample.loading.enrolling import enrol
from moderation.sample.loading.flooding import STORY, flood
from moderation.sample.loading.introducing import PASSWORD, token_of
from moderation.sample.loading.joining import join
from moderation.sample.loading.marking import (
    NoSuchSample,
    NotEmpty,
    check_empty,
    mark_loaded,
    mark_own,
)
from moderation.sample.loading.ordering import order_some
from moderation.sample.loading.planning import Plan, plan
from moderation.sample.loading.playing import play
from moderation.sample.loading.pointing import point
from moderation.sample.loading.proving import give_apps
from moderation.sample.loading.reporting import report_some
from moderation.sample.loading.retaining import HELD, retain, with_older
from moderation.sample.loading.scene import World
from moderation.sample.loading.telling import tell_some
from moderation.sample.loading.widening import widen
from moderation.sample.records import FOUNDED
from moderation.sample.stories import StoryRecord, read_stories
from moderation.sample.whole.letters import compose
from portal.clock import VIETNAM, local_date, now
from portal.db import Database
from portal.files.storing import CannotStore, FileStore
from portal.models import Event
from portal.vault import KeyFault, Ring

_LABEL = "Sample data"
#: Custodians are older than the oldest letter by this much.
_CUSTODIANS_BEFORE = timedelta(days=140)
#: The hour of loading on a day that is not today.
_HOUR = time(16, 30)

#: What keeps the sample from being loaded, each with a sentence.
CANNOT_LOAD = (NoSuchSample, NotEmpty, KeyFault, CannotStore)

Planned = tuple[StoryRecord, Plan]


def load(
    database: Database,
    ring: Ring,
    files: FileStore,
    *,
    today: date,
    at: datetime | None = None,
    only: Iterable[str] | None = None,
    whole: bool = False,
) -> None:
    """Load invented people and their letters, as they stand on this day.

    ``at`` is the moment of loading, after which nothing happens: now, or half past four of
    another day. ``only`` names the letters to load, all of them unless told otherwise. The
    ``whole`` ward has all its cells and members, and letters of two years beside. Raises
    NotEmpty, KeyFault for the keys of a process that cannot read letters, and CannotStore.
    """
    if not ring.private or not ring.log_private:
        raise KeyFault("These keys cannot open letters: set PORTAL_KEYS=keys/worker and try again.")
    numbers = dict[str, int]()
    world = _open(database, ring, files, at or _moment(today), today=today, whole=whole)
    more = compose(today) if whole else ()
    with _shown(_planned(world, only, more)) as letters:
        for story, planned in letters:
            with database.writing() as session:
                token = token_of(story.key)
                number = play(session, world=world, story=story, planned=planned, token=token)
                mark_own(session, number=number, year=local_date(planned.arrives).year)
            numbers[story.key] = number
    if only is None:
        _join_some(database, world)
        _send_copies(database, world)
        _work_otherwise(database, world)
    _keep_log(database, ring, until=world.office.at)
    if only is None:
        retain(database, world=world, held_id=numbers[HELD])
        publish_due(database, ring, at=world.office.at)


def _work_otherwise(database: Database, world: World) -> None:
    """Let the staff do what is about no single letter."""
    with database.writing() as session:
        order_some(session, world=world)
        report_some(session, world=world)
        send_away(session, world=world)
        appraise(session, world=world)
        tell_some(session, world=world)


def _join_some(database: Database, world: World) -> None:
    """Let some letters be about one matter, and one about two."""
    with database.writing() as session:
        number = join(session, world=world)
        mark_own(session, number=number, year=world.office.today.year)


def _send_copies(database: Database, world: World) -> None:
    """Let somebody send one letter again and again, so that the quarantine is not empty."""
    story = next(story for story in read_stories() if story.key == STORY)
    with database.writing() as session:
        number = flood(session, world=world, story=story)
        mark_own(session, number=number, year=world.office.today.year)


def _keep_log(database: Database, ring: Ring, *, until: datetime) -> None:
    """Let the log grow as it would have: at every hour since the first letter, in one go.

    A tiny selection of letters may be too little for any head; then there is none yet.
    """
    with database.writing() as session:
        first = session.scalar(select(func.min(Event.at)))
        if first is None:
            return
        for hour in appending.hours_between(first, until, hours=appending.read_hours(session)):
            appending.append_batch(session, ring=ring, hour=hour)


def _open(
    database: Database, ring: Ring, files: FileStore, at: datetime, *, today: date, whole: bool
) -> World:
    """Write the calendar and the register, and see who is there."""
    hashed, since = hash_password(PASSWORD), FOUNDED if whole else None
    then = datetime.combine(FOUNDED, _HOUR, VIETNAM) if whole else at - _CUSTODIANS_BEFORE
    with database.writing() as session:
        check_empty(session)
        almanac.keep(session, today=today)
        enrolled = enrol(session, today=today, password_hash=hashed, since=since)
        give_apps(session, search=ring.search)
        mark_loaded(session)
        office = Office(ring=ring, calendar=read_calendar(session), at=at)
        point(session, office=office, at=then)
        world = World(
            office=office,
            enrolled=enrolled,
            cast=Cast(session, search=ring.search, today=today),
            files=files,
            roster=custody.appoint(session, office=office, at=then),
        )
    if not whole:
        return world
    enrolled = widen(database, world=world, password_hash=hashed)
    with database.reading() as session:
        return replace(
            world, enrolled=enrolled, cast=Cast(session, search=ring.search, today=today)
        )


def _moment(today: date) -> datetime:
    """When a sample of this day is loaded."""
    if today == local_date(now()):
        return now()
    return datetime.combine(today, _HOUR, VIETNAM).astimezone(UTC)


def _planned(
    world: World, only: Iterable[str] | None, more: Iterable[StoryRecord]
) -> list[Planned]:
    """The letters with their moments, in the order of their arrival."""
    office, stories = world.office, [*read_stories(), *more]
    wanted = None if only is None else set(only)
    chosen = with_older(stories) if wanted is None else stories
    found = [
        (story, plan(story, loaded=office.at, calendar=office.calendar))
        for story in chosen
        if wanted is None or story.key in wanted
    ]
    return sorted(found, key=lambda pair: (pair[1].arrives, pair[0].key))


@contextmanager
def _shown(letters: list[Planned]) -> Iterator[Iterable[Planned]]:
    """The letters, with a bar that moves where somebody watches, or else one line."""
    if not sys.stderr.isatty():
        click.echo(f"{_LABEL}: {len(letters)} letters.", err=True)
        yield letters
        return
    with click.progressbar(letters, label=_LABEL, file=sys.stderr) as bar:
        yield bar
