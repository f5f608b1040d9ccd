"""Saying beforehand what a deed would do to which cases, and which it would leave out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person, relate, visible_to
from moderation.bulk.judging import REFUSED, obstacle
from moderation.discretion import check_discreet
from moderation.merging import check_merge
from moderation.office import Office
from moderation.papers import open_keys
from moderation.quarantining import Decline
from portal.models import BulkItem, BulkOrder, Case
from portal.models.bulk import BulkDeed, LeftOut
from portal.models.case import Room

#: Cases in one order (design rule): as many as somebody can look through before it begins.
MOST = 500


@dataclass(frozen=True)
class Matter:
    """What a deed is about: why it is declined, or in which case the others go on."""

    deed: BulkDeed
    decline: Decline | None = None
    into: Case | None = None


@dataclass(frozen=True)
class Plan:
    """What would happen. ``gone`` is how many numbers lead to no case on this person's desk."""

    matter: Matter
    meant: tuple[Case, ...]
    left_out: dict[LeftOut, tuple[Case, ...]] = field(default_factory=dict)
    gone: int = 0

    @property
    def whole(self) -> bool:
        """Whether it would happen to every case that was asked for."""
        return bool(self.meant) and not self.left_out and not self.gone


def plan(
    session: Session, *, office: Office, by: Person, matter: Matter, case_ids: Iterable[int]
) -> Plan:
    """Look at cases one by one, as this person sees them now, in the order of their numbers.

    A number that leads to nothing that they see counts as gone, whatever the reason is. Raises
    TellsMembership for a note that nobody may read, whatever case it is about.
    """
    asked = sorted(set(case_ids))[:MOST]
    seen = visible_to(by, [Room.DESK])
    cases = session.scalars(
        select(Case).where(Case.id.in_(asked), Case.id.in_(seen)).order_by(Case.id)
    ).all()
    ordered = _ordered_already(session, by, matter.deed)
    meant: list[Case] = []
    left_out: dict[LeftOut, list[Case]] = {}
    for case in cases:
        why = LeftOut.ORDERED if case.id in ordered else _why(session, office, by, matter, case)
        (meant if why is None else left_out.setdefault(why, [])).append(case)
    return Plan(
        matter=matter,
        meant=tuple(meant),
        left_out={why: tuple(left_out[why]) for why in LeftOut if why in left_out},
        gone=len(asked) - len(cases),
    )


def _why(
    session: Session, office: Office, by: Person, matter: Matter, case: Case
) -> LeftOut | None:
    """Why it could not be done to a case now, or nothing."""
    if matter.into is not None and matter.into.id == case.id:
        return LeftOut.ITSELF
    why = obstacle(matter.deed, case, relate(session, person=by, case=case))
    if why is not None:
        return why
    try:
        if matter.decline is not None:
            keys = open_keys(session, office=office, case_id=case.id)
            note = matter.decline.note
            check_discreet(session, office=office, keys=keys, case=case, text=note)
        if matter.into is not None:
            check_merge(session, office=office, case=matter.into, by=by, other=case)
    except tuple(REFUSED) as error:
        return REFUSED[type(error)]
    return None


def _ordered_already(session: Session, by: Person, deed: BulkDeed) -> set[int]:
    """The cases for which the same person has ordered the same, and it was not done yet: pressing
    a button twice orders once.
    """
    return set(
        session.scalars(
            select(BulkItem.case_id)
            .join(BulkOrder, BulkOrder.id == BulkItem.order_id)
            .where(
                BulkItem.done_at.is_(None),
                BulkOrder.account_id == by.account_id,
                BulkOrder.deed == deed,
            )
        )
    )
