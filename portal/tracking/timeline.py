"""What a resident reads of the course: dated steps, promises kept or not, questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, or_, select

from portal.db import RowSession
from portal.ledger import open_note
from portal.models import Event, Organisation, ResidentAct, StageClock, Stay
from portal.prepared import Prepared
from portal.tracking.acting import RESULTS
from portal.tracking.finding import Tracked, shown_until
from portal.tracking.sealing import Act, open_act
from portal.tracking.staying import keys_of
from portal.vault import CannotOpen
from portal.vocabulary import ActKind, OrganisationKind, Rating, Status


class Moment(NamedTuple):
    """One step that the resident may see. ``level`` is a level, never a name."""

    action: str
    status: Status
    at: datetime
    note: str
    facts: dict[str, str]
    level: OrganisationKind | None


class Talk(NamedTuple):
    """One act of the resident: what was written, and whether it is carried out yet."""

    kind: ActKind
    at: datetime
    text: str
    rating: Rating | None
    waiting: bool
    refused: str | None


class Promise(NamedTuple):
    """One stage with its date: when it is or was due, and when it was met."""

    stage: str
    due_at: datetime
    stopped_at: datetime | None
    paused: bool


class Timeline(NamedTuple):
    """Everything the tracking page shows, newest step last."""

    moments: tuple[Moment, ...]
    talks: tuple[Talk, ...]
    promises: tuple[Promise, ...]
    #: Until when the writer's answer is awaited, where it is.
    awaited: datetime | None = None

    @property
    def question(self) -> Moment | None:
        """The newest question to the resident."""
        return self.newest("ask")

    @property
    def answer(self) -> Moment | None:
        """The newest published answer."""
        return self.newest("publish")

    @property
    def decided(self) -> Moment | None:
        """The newest step that gave a result."""
        return next((step for step in reversed(self.moments) if step.action in RESULTS), None)

    def newest(self, action: str) -> Moment | None:
        """The newest step of an action."""
        return next((step for step in reversed(self.moments) if step.action == action), None)

    def did(self, kind: ActKind) -> bool:
        """Whether an act of this kind was done, or waits to be."""
        return any(talk.kind is kind and not talk.refused for talk in self.talks)

    def waiting(self, kind: ActKind) -> bool:
        """Whether an act of this kind still waits for the worker."""
        return any(talk.kind is kind and talk.waiting for talk in self.talks)


#: The stages whose dates a resident is promised on every way.
PROMISED = ("screening", "pass_on", "result")
#: The stage that is promised while a case waits, and that of deciding on it once more.
REVIEWED = "hold"
REVIEW = "review"
_NEVER = datetime(2000, 1, 1, tzinfo=UTC)
#: The stage in which the writer is asked something.
_ASKED = "need_info"


_event, _act, _clock, _stay = (
    model.__table__.c for model in (Event, ResidentAct, StageClock, Stay)
)
_organisation = Organisation.__table__
_STEPS = (
    select(
        _event.case_id,
        _event.uid,
        _event.action,
        _event.to_status,
        _event.at,
        _event.facts,
        _event.public_note,
        _organisation.c.kind,
    )
    .join_from(
        Event.__table__,
        _organisation,
        _organisation.c.id == _event.organisation_id,
        isouter=True,
    )
    .where(
        _event.shown.is_(True),
        _event.at <= bindparam("until"),
        or_(_event.submission_id.is_(None), _event.submission_id == bindparam("submission")),
    )
    .order_by(_event.id)
)
_MOMENTS = Prepared(_STEPS.where(_event.case_id == bindparam("case")))
#: The steps of a letter that was moved: of each case while it was there.
_MOVED_MOMENTS = Prepared(
    _STEPS.join(
        Stay.__table__,
        and_(
            _stay.submission_id == bindparam("stayed"),
            _stay.case_id == _event.case_id,
            _stay.after_id < _event.id,
        ),
    )
)
_TALKS = Prepared(
    select(_act.uid, _act.kind, _act.at, _act.body, _act.rating, _act.done_at, _act.refused)
    .where(_act.submission_id == bindparam("submission"), _act.kind != ActKind.SAVED)
    .order_by(_act.id)
)
_PROMISES = Prepared(
    select(_clock.stage, _clock.due_at, _clock.stopped_at, _clock.paused_at)
    .where(_clock.case_id == bindparam("case"))
    .order_by(_clock.id)
)


def timeline(session: RowSession, *, tracked: Tracked) -> Timeline:
    """The course of a submission as its writer may see it.

    At most three statements, four for what was taken back; some more for what was moved.
    """
    keys = keys_of(session, tracked=tracked)
    newest = _newest_clocks(session, tracked, keys)
    asked = newest.get(_ASKED)
    return Timeline(
        moments=_moments(session, tracked, keys),
        talks=_talks(session, tracked) if tracked.acted else (),
        promises=_promises(newest),
        awaited=asked.due_at if asked is not None and asked.stopped_at is None else None,
    )


def _newest_clocks(session: RowSession, tracked: Tracked, cases: Iterable[int]) -> dict[str, Any]:
    """The newest clock of each stage. What another case had behind it when the letter came was
    never promised to its writer.
    """
    newest: dict[str, Any] = {}
    for place, case_id in enumerate(cases):
        for row in _PROMISES.rows(session, case=case_id):
            over = row.stopped_at is not None and row.stopped_at <= (tracked.moved_at or _NEVER)
            if place == 0 or not over:
                newest[row.stage] = row
    return newest


def _moments(
    session: RowSession, tracked: Tracked, keys: Mapping[int, bytes]
) -> tuple[Moment, ...]:
    """The shown events of the case while this submission was in it, less what concerns another."""
    submission = tracked.submission_id
    mine = {"submission": submission, "until": shown_until(session, tracked=tracked)}
    if tracked.moved_at is None:
        rows = _MOMENTS.rows(session, case=tracked.case_id, **mine)
    else:
        rows = _MOVED_MOMENTS.rows(session, stayed=submission, **mine)
    return tuple(
        Moment(
            action=row.action,
            status=row.to_status,
            at=row.at,
            note=open_note(keys[row.case_id], row.uid, "public_note", row.public_note),
            facts=row.facts,
            level=row.kind,
        )
        for row in rows
        if row.case_id in keys
    )


def _talks(session: RowSession, tracked: Tracked) -> tuple[Talk, ...]:
    """The resident's own acts, opened with the submission key."""
    rows = _TALKS.rows(session, submission=tracked.submission_id)
    return tuple(
        Talk(
            kind=row.kind,
            at=row.at,
            text=_words(tracked, row),
            rating=row.rating,
            waiting=row.done_at is None,
            refused=row.refused,
        )
        for row in rows
    )


def _words(tracked: Tracked, act: Act) -> str:
    """What was written with an act; nothing where it was not done with this code, or where it
    names a file.
    """
    try:
        text = open_act(tracked.key, act)
        return "" if act.kind is ActKind.ATTACH else text
    except CannotOpen:
        return ""


def _promises(newest: Mapping[str, Any]) -> tuple[Promise, ...]:
    """The newest clock of each promised stage."""
    return tuple(
        Promise(
            stage=stage,
            due_at=newest[stage].due_at,
            stopped_at=newest[stage].stopped_at,
            paused=newest[stage].paused_at is not None,
        )
        for stage in (*PROMISED, REVIEWED, REVIEW)
        if stage in newest
    )
