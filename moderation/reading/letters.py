"""What the resident wrote, as moderators may read it: masked, with the few plain answers.

Committees never come here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.papers import Body, tell_shut
from portal.models import Organisation, ResidentAct, Seal, Submission
from portal.models.submission import SealHolder, SealTarget
from portal.tracking import UNPROVEN, open_act
from portal.vault import CannotOpen, open_box
from portal.vocabulary import (
    ActKind,
    Channel,
    Context,
    HowKnown,
    PostLevel,
    Rating,
    SubmissionState,
)

#: The submissions of cases that were not taken back, each with the staff's seal of its key as
#: long as there is one.
_LETTERS = (
    select(
        Submission.id,
        Submission.context,
        Submission.how_known,
        Submission.post_level,
        Submission.channel,
        Submission.fears_retaliation,
        Submission.part_of_id,
        Submission.divided_at,
        Organisation.name.label("unit"),
        Seal.key_version,
        Seal.box,
    )
    .outerjoin(Organisation, Organisation.id == Submission.unit_id)
    .outerjoin(
        Seal,
        and_(
            Seal.target == SealTarget.SUBMISSION,
            Seal.target_id == Submission.id,
            Seal.holder == SealHolder.STAFF,
        ),
    )
    .where(or_(Submission.state.is_(None), Submission.state != SubmissionState.WITHDRAWN))
    # The letter whose words the page shows comes first.
    .order_by(Submission.moved_at.is_not(None), Submission.id)
)


@dataclass(frozen=True)
class Letter:
    """One submission: the plain answers that stand beside its words."""

    context: Context | None
    how_known: HowKnown | None
    post_level: PostLevel | None
    channel: Channel
    unit: str
    fears_retaliation: bool
    #: Whether it is one of two matters of a letter.
    parted: bool = False


@dataclass(frozen=True)
class Message:
    """What a resident did later with the code. ``text`` is masked, None if it does not open."""

    kind: ActKind
    at: datetime
    text: str | None
    rating: Rating | None
    waiting: bool
    refused: str | None


@dataclass(frozen=True)
class Words:
    """The masked words of a case; all empty when they may not be shown any more."""

    about: str = ""
    what: str = ""
    unit: str = ""
    place: str = ""
    when: str = ""
    hope: str = ""
    masked: int = 0


def words_of(paper: Body | None) -> Words:
    """The masked words as the worker has filed them."""
    if paper is None:
        return Words()
    return Words(masked=int(paper["masked"]), **paper["words"])


def read_letters(
    session: Session, *, office: Office, case_id: int
) -> tuple[tuple[Letter, ...], tuple[Message, ...]]:
    """The submissions of a case and what came after them, in two statements."""
    rows = session.execute(_LETTERS.where(Submission.case_id == case_id)).all()
    keys = {row.id: key for row in rows if row.box is not None and (key := _key_of(office, row))}
    return tuple(_letter(row) for row in rows), _messages(session, office, keys)


def _key_of(office: Office, row: Any) -> bytes | None:
    """The key of a submission, or nothing when its seal does not open."""
    try:
        return open_box(office.ring.private[row.key_version], row.box, "submission", row.id)
    except (KeyError, CannotOpen):
        tell_shut(row.id, "the key of a submission")
        return None


def _letter(row: Any) -> Letter:
    """One submission."""
    return Letter(
        context=row.context,
        how_known=row.how_known,
        post_level=row.post_level,
        channel=row.channel,
        unit=row.unit or "",
        fears_retaliation=row.fears_retaliation,
        parted=row.part_of_id is not None or row.divided_at is not None,
    )


def _messages(session: Session, office: Office, keys: Mapping[int, bytes]) -> tuple[Message, ...]:
    """What residents did later, oldest first; a text whose key is gone stays closed."""
    rows = session.execute(
        select(ResidentAct)
        .where(ResidentAct.submission_id.in_(keys), ResidentAct.kind != ActKind.SAVED)
        .order_by(ResidentAct.id)
    ).scalars()
    return tuple(
        Message(
            kind=act.kind,
            at=act.at,
            text=_opened(office, keys[act.submission_id], act),
            rating=act.rating,
            waiting=act.done_at is None,
            refused=act.refused,
        )
        for act in rows
    )


def _opened(office: Office, key: bytes, act: ResidentAct) -> str | None:
    """The text of an act, masked for readers."""
    if act.refused == UNPROVEN:
        return ""
    try:
        plain = open_act(key, act)
    except CannotOpen:
        tell_shut(act.submission_id, "what a resident added")
        return None
    return "" if act.kind is ActKind.ATTACH else office.for_readers(plain).text
