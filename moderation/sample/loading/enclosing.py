"""The steps with files: a resident sends one, a moderator releases it, a committee keeps its own.

Each is drawn, and then comes in as every other file does: looked at, cleaned apart, and sealed.
"""

from __future__ import annotations

from moderation import files
from moderation.attachments import files_for_desk
from moderation.sample.drawings import DRAWINGS
from moderation.sample.loading.scene import Scene
from moderation.sample.loading.writing import carry_out, open_letter
from moderation.sample.stories import StepRecord
from moderation.workflow import Action, NotAvailable
from portal.files.arriving import Upload
from portal.files.attaching import attach, is_sent
from portal.files.storing import CannotStore
from portal.files.taking import Sealed, take_in

_NOT_STORED = "Files cannot be stored: make the place that PORTAL_FILES names writable."


def send_file(scene: Scene, step: StepRecord) -> None:
    """The writer adds a file with the code."""
    tracked = open_letter(scene)
    sealed = _taken(scene, step, tracked.key)
    attach(scene.session, tracked=tracked, sealed=sealed, at=scene.at)
    carry_out(scene)


def release_file(scene: Scene, _step: StepRecord) -> None:
    """Whoever passed the letter on has looked at the newest file and releases it."""
    by = scene.second or scene.reader
    if by is None:
        raise NotAvailable(Action.PASS_ADDED)
    office, keys, case = scene.office, scene.keys, scene.case
    listed = files_for_desk(scene.session, office=office, keys=keys, case=case)
    sent = [file.id for file in listed if file.submission_id is not None]
    files.release_file(
        scene.session,
        office=office,
        keys=keys,
        case=case,
        by=by,
        file_id=sent[-1] if sent else None,
    )


def keep_file(scene: Scene, step: StepRecord) -> None:
    """The committee keeps a file with what it did last."""
    by = scene.member_of_committee(Action.FOLLOW_UP)
    deeds = files.deeds_of(scene.session, case=scene.case)
    if not deeds:
        raise NotAvailable(Action.FOLLOW_UP)
    files.keep_file(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=by,
        follow_up_id=deeds[0].id,
        sealed=_taken(scene, step, scene.keys.internal),
    )


def _taken(scene: Scene, step: StepRecord, key: bytes) -> Sealed:
    """The drawing that the step names, in the store. Nobody else waits while it is loaded."""
    upload = Upload("file", step.text)
    upload.take(DRAWINGS[step.code]())
    try:
        return take_in(
            scene.world.files,
            upload=upload,
            key=key,
            is_there=lambda mark: is_sent(scene.session, mark=mark),
            before_cleaning=lambda: None,
        )
    except CannotStore as error:
        raise CannotStore(_NOT_STORED) from error
    finally:
        upload.close()
