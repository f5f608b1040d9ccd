"""Why somebody is excused stays out of what a resident reads: the cell writes both.

Only whoever may read a reason is told that a text repeats it. To everybody else a refusal would
tell what they must not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.leaving.reasons import Reason, read_reason
from moderation.leaving.scope import powers_over
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.screening.classifying import subject_of
from portal.models import Case, Excusal, Organisation
from portal.text import fold
from portal.vault import CannotOpen
from portal.vocabulary import ExcusalGround, Topic

#: So many words in a row are the same sentence (design rule).
_RUN = 4
#: Reasons of so many excusals are looked at, the newest first.
_NEWEST = 3
_WORD = re.compile(r"[^\W_]+")


class TellsReason(Exception):
    """A text for the resident tells why a member is excused; ``words`` do, as they were typed."""

    def __init__(self, words: tuple[str, ...]) -> None:
        """Keep the words."""
        super().__init__(len(words))
        self.words = words


def check_reason_kept(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    text: str,
) -> None:
    """Raise TellsReason when a text names the ground of an excusal or repeats its sealed words.

    Asked only of a case about absence whose member is known. Folded words are compared, so that
    leaving out the diacritics helps nobody.
    """
    if case.topic is not Topic.ABSENCE_TRANSFER or not text.strip():
        return
    member_id = subject_of(session, keys=keys, case=case)
    rows = session.execute(
        select(Excusal.id, Organisation.path)
        .join(Organisation, Organisation.id == Excusal.organisation_id)
        .where(Excusal.member_id == member_id)
        .order_by(Excusal.id.desc())
        .limit(_NEWEST)
    ).all()
    for row in rows:
        reason = _reason(session, office, row.id) if powers_over(by, row.path).reads else None
        if reason is not None and (told := tuple(dict.fromkeys(_told(text, reason)))):
            raise TellsReason(told)


def _reason(session: Session, office: Office, excusal_id: int) -> Reason | None:
    """A reason, or nothing where it does not open any more."""
    try:
        return read_reason(session, office=office, excusal_id=excusal_id)
    except CannotOpen:
        return None


def _told(text: str, reason: Reason) -> Iterator[str]:
    """Where a text names the ground, or runs along with the sealed words."""
    typed = _WORD.findall(text)
    folded = [fold(word) for word in typed]
    runs = [] if reason.ground is ExcusalGround.OTHER else [_folded(str(reason.ground.label))]
    sealed = _folded(reason.words)
    length = min(_RUN, len(sealed))
    runs += [sealed[at : at + length] for at in range(len(sealed) - length + 1) if length > 1]
    for run in runs:
        for at in range(len(folded) - len(run) + 1):
            if folded[at : at + len(run)] == run:
                yield " ".join(typed[at : at + len(run)])


def _folded(words: str) -> list[str]:
    """The words of a text, folded."""
    return [fold(word) for word in _WORD.findall(words)]
