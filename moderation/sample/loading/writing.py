"""The steps of residents, done with the code, and what follows when nobody does anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from moderation import carrying_out
from moderation.sample.loading.scene import Scene
from moderation.sample.records import valued
from moderation.sample.stories import StepRecord
from portal import tracking
from portal.models import ResidentAct
from portal.tracking import Tracked
from portal.vocabulary import Rating, Status

#: How long the worker takes to notice.
_NOTICED = timedelta(seconds=2)


class NotCarriedOut(Exception):
    """An act of a resident, or of the clock, came to nothing; the message says which."""


def supply(scene: Scene, step: StepRecord) -> None:
    """Write some more."""
    text = scene.dated(step.text)
    tracking.supply(scene.session, tracked=open_letter(scene), text=text, at=scene.at)
    carry_out(scene)


def rate(scene: Scene, step: StepRecord) -> None:
    """Judge the answer."""
    tracking.rate(
        scene.session,
        tracked=open_letter(scene),
        rating=valued(Rating, step.code),
        text=scene.dated(step.text),
        at=scene.at,
    )
    carry_out(scene)


def contest(scene: Scene, step: StepRecord) -> None:
    """Ask the level above to look at the result again."""
    text = scene.dated(step.text)
    tracking.contest(scene.session, tracked=open_letter(scene), text=text, at=scene.at)
    carry_out(scene)


def withdraw(scene: Scene, _step: StepRecord) -> None:
    """Take the letter back."""
    tracking.withdraw(scene.session, tracked=open_letter(scene), at=scene.at)
    carry_out(scene)


def wait(scene: Scene, _step: StepRecord) -> None:
    """Nothing comes: the clock moves the case on."""
    before = scene.case.status
    carrying_out.move_on(scene.session, office=scene.office, case_id=scene.case.id)
    if scene.case.status is before:
        raise NotCarriedOut(f"the clock had not run out at {before}")


def let_go(scene: Scene, _step: StepRecord) -> None:
    """Nobody keeps what its writer has left: the clock ends it."""
    carrying_out.give_up(scene.session, office=scene.office, case_id=scene.case.id)
    if scene.case.status is not Status.WITHDRAWN:
        raise NotCarriedOut("the case was kept, or its time had not run out")


def open_letter(scene: Scene) -> Tracked:
    """The letter, opened with its code."""
    tracked = tracking.find(scene.session, ring=scene.office.ring, code=scene.code)
    if tracked is None:
        raise NotCarriedOut("the code opens nothing")
    return tracked


def carry_out(scene: Scene) -> None:
    """Let the worker carry out the newest act."""
    act = scene.session.scalars(
        select(ResidentAct)
        .where(ResidentAct.submission_id == scene.case.id, ResidentAct.done_at.is_(None))
        .order_by(ResidentAct.id.desc())
    ).first()
    if act is None:
        raise NotCarriedOut("no act was written down")
    office = replace(scene.office, at=scene.at + _NOTICED)
    carrying_out.carry_out(scene.session, office=office, act_id=act.id)
    if act.refused:
        raise NotCarriedOut(f"{act.kind} was refused: {act.refused}")
