"""What was ordered for many cases at once and taken back in time, so that no case has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import bulk
from moderation.bulk import Matter
from moderation.sample.loading.scene import World
from moderation.workflow import Action
from portal.models import Case
from portal.models.bulk import BulkDeed
from portal.vocabulary import Status

_CASES = 3
_BEFORE, _LATER = timedelta(minutes=14), timedelta(minutes=4)


def order_some(session: Session, *, world: World) -> None:
    """A moderator orders to take the newest cases, and thinks better of it."""
    cases = session.scalars(
        select(Case)
        .where(Case.status == Status.RECEIVED, Case.held.is_(False), Case.prepared_at.is_not(None))
        .order_by(Case.id.desc())
        .limit(_CASES)
    ).all()
    if not cases:
        return
    office = replace(world.office, at=world.office.at - _BEFORE)
    by = world.cast.choose(session, case=cases[0], action=Action.CLAIM, turn=0)
    matter, numbers = Matter(BulkDeed.CLAIM), [case.id for case in cases]
    seen = bulk.plan(session, office=office, by=by, matter=matter, case_ids=numbers).meant
    made = bulk.order(
        session, office=office, by=by, matter=matter, case_ids=[case.id for case in seen]
    )
    later = replace(office, at=office.at + _LATER)
    bulk.cancel(session, office=later, by=by, order=made)
