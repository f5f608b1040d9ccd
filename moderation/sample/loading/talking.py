"""The steps in which people talk: to the writer, among themselves, and handing a case on."""

from __future__ import annotations

from moderation import talking
from moderation.sample.loading.scene import Scene
from moderation.sample.stories import StepRecord
from moderation.workflow import Action, NotAvailable
from portal.models.case import Room


def write(scene: Scene, step: StepRecord) -> None:
    """Whoever read the letter writes to the writer."""
    by = scene.reader or scene.second
    if by is None:
        raise NotAvailable(Action.ASK)
    talking.write_to_writer(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=by,
        text=scene.dated(step.text),
    )


def remark(scene: Scene, step: StepRecord) -> None:
    """Whoever screens the letter, or handles it, notes something for their own room."""
    room = Room.COMMITTEE if scene.handler is not None else Room.DESK
    by = scene.handler or scene.reader
    if by is None:
        raise NotAvailable(Action.CLAIM)
    talking.remark(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=by,
        room=room,
        text=scene.dated(step.text),
    )


def hand_over(scene: Scene, step: StepRecord) -> None:
    """Whoever holds the letter hands it to a colleague, who goes on with it."""
    by = scene.reader
    if by is None:
        raise NotAvailable(Action.RELEASE)
    able = talking.colleagues(scene.session, office=scene.office, case=scene.case, by=by)
    talking.hand_over(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=by,
        to_id=able[0].id,
        text=scene.dated(step.text),
    )
    scene.reader = next(one for one in scene.world.cast.everybody if one.account_id == able[0].id)
