"""The custodians of the sample: their keys, and the steps of asking for who wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import identify, relate
from moderation.identity import asking, deciding, rostering
from moderation.identity.holding import become, make_own, unlock_own
from moderation.identity.waiting import list_requests
from moderation.office import Office
from moderation.sample.loading.scene import Scene
from moderation.sample.stories import StepRecord
from portal.identity import Roster
from portal.models import Account, Grant
from portal.vocabulary import Role

#: Unlocks the key of each custodian of the sample. It is printed and guards invented people only.
PASSPHRASE = "chum nước mưa bên cối đá cũ"  # noqa: S105  # nosec B105


class NobodyDecides(Exception):
    """No custodian of the sample is asked by any request of this letter."""


def appoint(session: Session, *, office: Office, at: datetime) -> Roster | None:
    """Let everybody with the role make a key, as long ago as their accounts; sign the roster."""
    earlier = replace(office, at=at)
    holders = select(Grant.account_id).where(Grant.role == Role.CUSTODIAN)
    accounts = session.scalars(
        select(Account).where(Account.id.in_(holders)).order_by(Account.id)
    ).all()
    for account in accounts:
        person = identify(session, search=office.ring.search, account=account, today=office.today)
        made = make_own(session, office=earlier, by=person, passphrase=PASSPHRASE)
        become(session, office=earlier, by=person, made=made)
        session.flush()
    return rostering.keep_roster(session, office=earlier)


def ask_who(scene: Scene, step: StepRecord) -> None:
    """Whoever reads the letter asks for who wrote it, for themselves."""
    by = scene.reader
    if by is None:
        raise NobodyDecides
    asking.ask_to_open(
        scene.session,
        office=scene.office,
        keys=scene.keys,
        case=scene.case,
        by=by,
        relation=relate(scene.session, person=by, case=scene.case),
        submission_id=scene.case.id,
        reader_id=by.account_id,
        reason=scene.dated(step.text),
    )


def agree(scene: Scene, _step: StepRecord) -> None:
    """The next custodian who is asked agrees."""
    for by in scene.world.cast.with_role(Role.CUSTODIAN):
        for asked in list_requests(scene.session, office=scene.office, by=by):
            key = unlock_own(scene.session, office=scene.office, by=by, passphrase=PASSPHRASE)
            deciding.agree(scene.session, office=scene.office, by=by, request_id=asked.id, key=key)
            return
    raise NobodyDecides
