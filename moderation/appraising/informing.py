"""What residents' comments have shown of a member in a period, for whoever sees those cases anyway.

It informs and never decides. Design rules: only what was found to have grounds, and praise; nothing
of what was not; no number, no score, no order by it; a member without any shows nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person, member_mark, visible_to
from moderation.office import Office
from moderation.reported_findings import reported_findings
from portal.clock import VIETNAM
from portal.models import Case, FollowUp
from portal.models.case import Room
from portal.periods import CONTEST
from portal.vocabulary import ActionKind, Finding, Status, Topic

_SHOWN = frozenset({Finding.SUBSTANTIATED, Finding.PARTLY, Finding.PRAISE_NOTED})


@dataclass(frozen=True)
class Told:
    """One finished case: what it was about, what was found, and what was done about it."""

    case_id: int
    topic: Topic | None
    finding: Finding
    deeds: tuple[ActionKind, ...] = field(default=())


def told_of(
    session: Session, *, office: Office, by: Person, member_id: UUID, begins: date, ends: date
) -> list[Told]:
    """The cases about a member that were finished within days, both counted, oldest first.

    Finished is what can be contested no more. Four statements, however many there are; a paper that
    does not open is left out.
    """
    first = datetime.combine(begins, time(), VIETNAM).astimezone(UTC)
    last = datetime.combine(ends + timedelta(days=1), time(), VIETNAM).astimezone(UTC)
    cases = {
        row.id: row.topic
        for row in session.execute(
            select(Case.id, Case.topic)
            .where(
                Case.subject_mark == member_mark(office.ring.search, member_id),
                Case.status == Status.CLOSED,
                Case.finished_at >= first,
                Case.finished_at < last,
                Case.finished_at <= office.at - CONTEST,
                Case.merged_into_id.is_(None),
                Case.id.in_(visible_to(by, (Room.COMMITTEE,))),
            )
            .order_by(Case.finished_at, Case.id)
        )
    }
    findings = reported_findings(session, office=office, case_ids=cases)
    deeds = _deeds(session, [number for number in cases if findings.get(number) in _SHOWN])
    return [
        Told(number, topic, findings[number], deeds.get(number, ()))
        for number, topic in cases.items()
        if findings.get(number) in _SHOWN
    ]


def _deeds(session: Session, case_ids: Iterable[int]) -> dict[int, tuple[ActionKind, ...]]:
    """What was done about each case, in order, each kind once."""
    rows = session.execute(
        select(FollowUp.case_id, FollowUp.kind)
        .where(FollowUp.case_id.in_(list(case_ids)))
        .order_by(FollowUp.done_on, FollowUp.id)
    )
    found: dict[int, dict[ActionKind, None]] = {}
    for row in rows:
        found.setdefault(row.case_id, {})[row.kind] = None
    return {number: tuple(kinds) for number, kinds in found.items()}
