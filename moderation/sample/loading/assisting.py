"""The steps of those who do not use the site themselves: typed, exchanged, read out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from moderation import carrying_out, entering, reading_out
from moderation.access import Person
from moderation.sample.loading.scene import Scene, World
from moderation.sample.stories import StepRecord, StoryRecord
from portal import tracking
from portal.receiving import Entry, Receipt
from portal.vocabulary import Channel

#: How soon the slip is in the hands of whoever wrote, and how soon the worker notices.
_GIVEN, _NOTICED = timedelta(minutes=2), timedelta(seconds=2)


class NobodyTypes(Exception):
    """The letter names nobody of the sample who types it, or its slip opens nothing."""


def type_in(
    session: Session,
    *,
    world: World,
    story: StoryRecord,
    entry: Entry,
    token: str,
    at: datetime,
) -> Receipt:
    """Somebody of the desk types the letter and hands the slip over."""
    by = _called(world, story.typed_by)
    office = replace(world.office, at=at)
    found = entering.enter(
        session,
        office=office,
        by=by,
        token=token,
        entry=replace(entry, channel=story.channel),
        roster=world.roster,
        witness_id=_witness(world, by) if story.channel is Channel.BOX else None,
    )
    later = replace(office, at=at + _GIVEN)
    entering.hand_over(session, office=later, by=by, token=token)
    return found.receipt


def exchange(scene: Scene, _step: StepRecord) -> None:
    """The writer exchanges the code of the slip at home."""
    # No secret: the new code also follows from a pepper of each installation.
    ring, token = scene.office.ring, f"{scene.story.key:_<43}"[:43]
    slip = tracking.find_slip(scene.session, ring=ring, code=scene.code)
    if slip is None:
        raise NobodyTypes
    scene.code = tracking.exchange(scene.session, ring=ring, slip=slip, token=token, at=scene.at)
    scene.session.flush()
    office = replace(scene.office, at=scene.at + _NOTICED)
    carrying_out.settle_exchange(scene.session, office=office, submission_id=scene.case.id)


def read_out(scene: Scene, _step: StepRecord) -> None:
    """The writer telephones, and somebody of the desk reads out how it stands."""
    people = scene.world.cast.at_desk(scene.case.desk_id)
    by = next((one for one in people if not one.tied), None)
    if by is None:
        raise NobodyTypes
    number, code = scene.case.id, scene.code
    reading_out.read_out(scene.session, office=scene.office, by=by, number=number, code=code)


def _called(world: World, login: str) -> Person:
    """Who has this login."""
    found = next((one for one in world.cast.everybody if one.login == login), None)
    if found is None:
        raise NobodyTypes(login)
    return found


def _witness(world: World, by: Person) -> int:
    """Another moderator of the same desk, with whom a letter box is opened."""
    return next(
        one.account_id
        for one in world.cast.everybody
        if set(one.grants) & set(by.grants) and one is not by
    )
