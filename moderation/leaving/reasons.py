"""Why somebody is excused, and what was answered: sealed to the staff, in no column of a table."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from moderation import sealing
from moderation.office import Office
from portal.models.submission import SealTarget
from portal.vocabulary import ExcusalGround

_TARGET = SealTarget.EXCUSAL


@dataclass(frozen=True)
class Reason:
    """The ground out of the list, the cell's words, and what the level above answered."""

    ground: ExcusalGround
    words: str
    answer: str = ""


def keep_reason(session: Session, *, office: Office, excusal_id: int, reason: Reason) -> None:
    """Seal a reason, in place of what was sealed for the same excusal before."""
    plain = json.dumps(asdict(reason), ensure_ascii=False).encode()
    sealing.put(session, office=office, target=_TARGET, target_id=excusal_id, plain=plain)


def read_reason(session: Session, *, office: Office, excusal_id: int) -> Reason | None:
    """A reason, opened; nothing where its seal is gone. Raises CannotOpen."""
    plain = sealing.read(session, office=office, target=_TARGET, target_id=excusal_id)
    if plain is None:
        return None
    found = json.loads(plain)
    ground = {each.value: each for each in ExcusalGround}[found["ground"]]
    return Reason(ground, found["words"], found["answer"])
