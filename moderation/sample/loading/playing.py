"""Making one letter of the sample happen, from its arrival to where it stands now.

Every step goes through the verb that a page or the worker would call, at its own moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import carrying_out, escalating, preparing
from moderation.papers import open_keys
from moderation.sample.loading import (
    assisting,
    custody,
    enclosing,
    handling,
    moderating,
    talking,
    writing,
)
from moderation.sample.loading.planning import Plan
from moderation.sample.loading.scene import Scene, World
from moderation.sample.stories import Deed, StepRecord, StoryRecord
from portal import receiving
from portal.clock import local_date
from portal.models import Case, StageClock
from portal.receiving import Entry
from portal.text import clean, one_line
from portal.words import Words

#: How soon after sending the worker has prepared a letter, and the writer has saved the code.
_PREPARED, _SAVED = timedelta(seconds=20), timedelta(seconds=40)
_NOTICED = timedelta(seconds=1)
#: What the form takes as several lines; the rest is one line.
_LONG = frozenset({"what", "hope"})

_DEEDS: dict[Deed, Callable[[Scene, StepRecord], None]] = {
    Deed.CLAIM: moderating.claim,
    Deed.RELEASE: moderating.release,
    Deed.ASK: moderating.ask,
    Deed.SUPPLY: writing.supply,
    Deed.RESUME: writing.wait,
    Deed.VERIFY: moderating.verify,
    Deed.DECLINE: moderating.decline,
    Deed.CONFIRM: moderating.confirm,
    Deed.OBJECT: moderating.object_to,
    Deed.REFER: moderating.refer,
    Deed.REPLY: moderating.reply,
    Deed.ROUTE: moderating.route,
    Deed.REVISE: moderating.revise,
    Deed.ACCEPT: handling.accept,
    Deed.RETURN: handling.give_back,
    Deed.ESCALATE: handling.escalate,
    Deed.FOLLOW_UP: handling.follow_up,
    Deed.STATEMENT: handling.statement,
    Deed.HOLD: handling.hold,
    Deed.RESUME_WORK: handling.resume_work,
    Deed.EXTEND: handling.extend,
    Deed.REPORT: handling.report,
    Deed.SEND_BACK: moderating.send_back,
    Deed.PUBLISH: moderating.publish,
    Deed.RATE: writing.rate,
    Deed.CONTEST: writing.contest,
    Deed.UPHOLD: handling.uphold,
    Deed.REOPEN: handling.reopen,
    Deed.CLOSE: writing.wait,
    Deed.WITHDRAW: writing.withdraw,
    Deed.LET_GO: writing.let_go,
    Deed.ASK_WHO: custody.ask_who,
    Deed.AGREE: custody.agree,
    Deed.WRITE: talking.write,
    Deed.REMARK: talking.remark,
    Deed.HAND_OVER: talking.hand_over,
    Deed.EXCHANGE: assisting.exchange,
    Deed.READ_OUT: assisting.read_out,
    Deed.ATTACH: enclosing.send_file,
    Deed.RELEASE_FILE: enclosing.release_file,
    Deed.KEEP_FILE: enclosing.keep_file,
}


def play(session: Session, *, world: World, story: StoryRecord, planned: Plan, token: str) -> int:
    """Carry a letter through every step at its moment; return its number.

    An exception of a verb means that the story and the rules do not agree: a note on it says
    where.
    """
    scene = _begin(session, world, story, planned.arrives, token)
    for step, moment in zip(story.steps, planned.moments, strict=True):
        scene.before, scene.at = scene.at, moment
        try:
            _end_lease(scene, moment)
            _climb(scene, moment)
            _DEEDS[step.do](scene, step)
        except Exception as error:
            error.add_note(f"The letter {story.key} could not take the step {step.do}.")
            raise
    _end_lease(scene, world.office.at)
    _climb(scene, world.office.at)
    return scene.case.id


def _begin(session: Session, world: World, story: StoryRecord, at: datetime, token: str) -> Scene:
    """Send the letter and have the worker prepare it."""
    entry, ring = entry_of(world, story, local_date(at)), world.office.ring
    if story.typed_by:
        receipt = assisting.type_in(
            session, world=world, story=story, entry=entry, token=token, at=at
        )
    else:
        receipt = receiving.receive(
            session, ring=ring, token=token, entry=entry, at=at, roster=world.roster
        )
    number, office = receipt.submission_id, replace(world.office, at=at + _PREPARED)
    preparing.prepare(session, office=office, case_id=number)
    if not story.typed_by:
        receiving.confirm_saved(session, submission_id=number, at=at + _SAVED)
    return Scene(
        world=world,
        session=session,
        story=story,
        code=receipt.code,
        case=session.get_one(Case, number),
        keys=open_keys(session, office=office, case_id=number),
        before=at,
        at=office.at,
    )


def entry_of(world: World, story: StoryRecord, day: date) -> Entry:
    """The letter as the form gives it on: cleaned, with the answers that stay readable."""
    told = story.told_on(day)
    texts = {
        field.name: (clean if field.name in _LONG else one_line)(getattr(told, field.name))
        for field in fields(Words)
    }
    return Entry(
        words=Words(**texts),
        kind=story.kind,
        context=story.context,
        how_known=story.how_known,
        post_level=story.post_level,
        unit_id=world.enrolled.organisations.get(story.commune),
        fears_retaliation=story.fears,
        particulars=story.own,
        notify=story.notify,
    )


def _end_lease(scene: Scene, until: datetime) -> None:
    """End the lease that ran out before then, at its moment, as the worker does."""
    ends = scene.case.lease_until
    if ends is not None and ends < until:
        office = replace(scene.office, at=ends + _NOTICED)
        carrying_out.end_lease(scene.session, office=office, case_id=scene.case.id)


def _climb(scene: Scene, until: datetime) -> None:
    """Tell of every stage whose time was used up before then, at its moment, as the worker does."""
    waiting = (
        select(StageClock.id, StageClock.next_at)
        .where(StageClock.case_id == scene.case.id, StageClock.next_at < until)
        .order_by(StageClock.next_at, StageClock.id)
        .limit(1)
    )
    while (first := scene.session.execute(waiting).first()) is not None:
        office = replace(scene.office, at=first.next_at + _NOTICED)
        escalating.tell_marks(scene.session, office=office, clock_id=first.id)
