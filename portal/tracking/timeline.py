"""What a resident reads of the course: dated steps, promises kept or not, questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.ledger import open_note
from portal.models import Event, Organisation, ResidentAct, StageClock
from portal.tracking.finding import Tracked
from portal.vault import decrypt
from portal.vocabulary import ActKind, OrganisationKind, Rating, Status


@dataclass(frozen=True)
class Moment:
    """One step that the resident may see. ``level`` is a level, never a name."""

    action: str
    status: Status
    at: datetime
    note: str
    facts: dict[str, str]
    level: OrganisationKind | None


@dataclass(frozen=True)
class Talk:
    """One act of the resident: what was written, and whether it is carried out yet."""

    kind: ActKind
    at: datetime
    text: str
    rating: Rating | None
    waiting: bool
    refused: str | None


@dataclass(frozen=True)
class Promise:
    """One stage with its date: when it is or was due, and when it was met."""

    stage: str
    due_at: datetime
    stopped_at: datetime | None
    paused: bool


@dataclass(frozen=True)
class Timeline:
    """Everything the tracking page shows, newest step last."""

    moments: tuple[Moment, ...]
    talks: tuple[Talk, ...]
    promises: tuple[Promise, ...]

    @property
    def question(self) -> Moment | None:
        """The newest question to the resident."""
        return next((step for step in reversed(self.moments) if step.action == "ask"), None)

    @property
    def answer(self) -> Moment | None:
        """The newest published answer."""
        return next((step for step in reversed(self.moments) if step.action == "publish"), None)

    def waiting(self, kind: ActKind) -> bool:
        """Whether an act of this kind still waits for the worker."""
        return any(talk.kind is kind and talk.waiting for talk in self.talks)


#: The stages whose dates a resident is promised.
PROMISED = ("screening", "pass_on", "result")


def timeline(session: Session, *, tracked: Tracked) -> Timeline:
    """The course of a submission as its writer may see it, in three statements."""
    return Timeline(
        moments=_moments(session, tracked),
        talks=_talks(session, tracked),
        promises=_promises(session, tracked.case_id),
    )


def _moments(session: Session, tracked: Tracked) -> tuple[Moment, ...]:
    """The shown events of the case, less what concerns another submission only."""
    rows = session.execute(
        select(
            Event.uid,
            Event.action,
            Event.to_status,
            Event.at,
            Event.facts,
            Event.public_note,
            Organisation.kind,
        )
        .outerjoin(Organisation, Organisation.id == Event.organisation_id)
        .where(
            Event.case_id == tracked.case_id,
            Event.shown.is_(True),
            or_(Event.submission_id.is_(None), Event.submission_id == tracked.submission_id),
        )
        .order_by(Event.id)
    )
    return tuple(
        Moment(
            action=row.action,
            status=row.to_status,
            at=row.at,
            note=open_note(tracked.public_key, row.uid, "public_note", row.public_note),
            facts=row.facts,
            level=row.kind,
        )
        for row in rows
    )


def _talks(session: Session, tracked: Tracked) -> tuple[Talk, ...]:
    """The resident's own acts, opened with the submission key."""
    rows = session.execute(
        select(
            ResidentAct.uid,
            ResidentAct.kind,
            ResidentAct.at,
            ResidentAct.body,
            ResidentAct.rating,
            ResidentAct.done_at,
            ResidentAct.refused,
        )
        .where(
            ResidentAct.submission_id == tracked.submission_id,
            ResidentAct.kind != ActKind.SAVED,
        )
        .order_by(ResidentAct.id)
    )
    return tuple(
        Talk(
            kind=row.kind,
            at=row.at,
            text=(
                decrypt(tracked.key, row.body, "resident_act", row.uid, "body").decode()
                if row.body
                else ""
            ),
            rating=row.rating,
            waiting=row.done_at is None,
            refused=row.refused,
        )
        for row in rows
    )


def _promises(session: Session, case_id: int) -> tuple[Promise, ...]:
    """The newest clock of each promised stage."""
    rows: Sequence[StageClock] = session.scalars(
        select(StageClock)
        .where(StageClock.case_id == case_id, StageClock.stage.in_(PROMISED))
        .order_by(StageClock.id)
    ).all()
    newest = {row.stage: row for row in rows}
    return tuple(
        Promise(
            stage=stage,
            due_at=newest[stage].due_at,
            stopped_at=newest[stage].stopped_at,
            paused=newest[stage].paused_at is not None,
        )
        for stage in PROMISED
        if stage in newest
    )
