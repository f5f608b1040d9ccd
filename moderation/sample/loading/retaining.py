"""What the nights before the loading would have done: one letter was deleted, one is held back.

The letter that was deleted had come before all others and was only a test; it leaves its numbers.
Others are announced on the day of loading, and go within the month.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import identify
from moderation.papers import open_keys
from moderation.retention import holding
from moderation.retention.days import count_day, day_number
from moderation.retention.expiring import ripe
from moderation.retention.nightly import prepare
from moderation.retention.purging import purge
from moderation.sample.loading.scene import World
from moderation.sample.stories import StoryRecord
from portal.db import Database
from portal.models import Account, Case, Event
from portal.periods import NOTICE_DAYS, read_periods

#: The letter of which an older one was deleted, how it is called, and when that one came.
_TEST, _OLDER, _SENT = "gui-thu", "gui-thu-truoc", -150
#: The letter that somebody holds back, why, and how far ahead it is looked at again.
HELD = "quang-cao-vay-tien"
_WHY = "Công an phường đang xem các quảng cáo vay tiền. Giữ thư đến khi có trả lời."
_REVIEWED = timedelta(days=90)
#: So long ago the older letter was deleted; it had been announced before.
_DELETED = timedelta(days=50)


def with_older(stories: Iterable[StoryRecord]) -> list[StoryRecord]:
    """The letters, and before them the one that will have been deleted."""
    found = list(stories)
    test = next(story for story in found if story.key == _TEST)
    return [replace(test, key=_OLDER, sent=_SENT), *found]


def retain(database: Database, *, world: World, held_id: int) -> None:
    """Let the nights pass, delete what was over then, and hold one letter back."""
    office = world.office
    then = replace(office, at=office.at - _DELETED)
    prepare(database, office=replace(then, at=then.at - timedelta(days=NOTICE_DAYS)))
    with database.writing() as session:
        for back in range(NOTICE_DAYS - 1, -1, -1):
            count_day(session, today=then.today - timedelta(days=back))
        over = ripe(read_periods(session), at=then.at, day=day_number(session))
        purge(session, office=then, case_ids=list(session.scalars(over)))
    prepare(database, office=office)
    with database.writing() as session:
        _hold(session, world, held_id)


def _hold(session: Session, world: World, case_id: int) -> None:
    """Let the moderator who confirmed it hold the letter."""
    office, case = world.office, session.get_one(Case, case_id)
    confirmed = select(Event.account_id).where(Event.case_id == case_id, Event.action == "decline")
    account = session.get_one(Account, session.scalars(confirmed).one())
    by = identify(session, search=office.ring.search, account=account, today=office.today)
    holding.place(
        session,
        office=office,
        keys=open_keys(session, office=office, case_id=case_id),
        case=case,
        by=by,
        reason=_WHY,
        review_on=office.today + _REVIEWED,
    )
