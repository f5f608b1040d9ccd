"""Who wrote goes before the case: announced as long, held by the same hold, by a period of its own.

What goes is what a writer told of themselves: the sealed identity with its shares, what custodians
have opened of it, and an address for notices where one is left. The words stay until the case goes.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, or_, select, update
from sqlalchemy.orm import Session

from moderation.identity.destroying import destroy
from moderation.journal import write_down
from moderation.office import Office
from moderation.retention.expiring import nothing_hinders
from portal.models import Case, Expiry, Identity, IdentityShare, NoticeAddress, Submission
from portal.periods import NOTICE_DAYS, Periods
from portal.vocabulary import Deed, RetentionRule

_NOTICE = timedelta(days=NOTICE_DAYS)
_CONTACT = RetentionRule.CONTACT


def announce_contacts(session: Session, *, periods: Periods, at: datetime, day: int) -> None:
    """Announce what goes within thirty days, and take back what does not any more."""
    soon = Expiry.since <= at - periods.length(_CONTACT) + _NOTICE
    announced = Expiry.contact_announced.is_not(None)
    session.execute(
        update(Expiry).where(soon, ~announced, _are_there()).values(contact_announced=day)
    )
    session.execute(update(Expiry).where(~soon, announced).values(contact_announced=None))


def ripe_contacts(periods: Periods, *, at: datetime, day: int) -> Select[int]:
    """The cases of which it may be destroyed now who wrote, those first that ended first."""
    return (
        select(Expiry.case_id)
        .join(Case, Case.id == Expiry.case_id)
        .where(
            Expiry.contact_announced <= day - NOTICE_DAYS,
            Expiry.since <= at - periods.length(_CONTACT),
            *nothing_hinders(at),
        )
        .order_by(Expiry.since, Expiry.case_id)
    )


def destroy_contacts(session: Session, *, office: Office, case_ids: Collection[int]) -> None:
    """Destroy who wrote these cases, with one entry in the journal that names none of them.

    Whether they may go was asked before, in the same transaction.
    """
    letters = select(Submission.id).where(Submission.case_id.in_(case_ids), _told_who())
    for submission_id in session.scalars(letters.order_by(Submission.id)).all():
        destroy(session, office=office, submission_id=submission_id)
    gone = update(Expiry).where(Expiry.case_id.in_(case_ids))
    session.execute(gone.values(contact_announced=None))
    write_down(
        session, ring=office.ring, at=office.at, deed=Deed.CONTACTS_DESTROYED, account_id=None
    )


def tables_of_contacts() -> list[str]:
    """The names of the tables from which rows go."""
    return [model.__tablename__ for model in (IdentityShare, Identity, NoticeAddress)]


def goes_under(rule: RetentionRule) -> ColumnElement[bool]:
    """That a finished case goes under a rule or, of contacts, that they are about to."""
    if rule is _CONTACT:
        return Expiry.contact_announced.is_not(None)
    return Expiry.rule == rule


def columns_under(rule: RetentionRule) -> tuple[ColumnElement[Any], ...]:
    """What a list says of a case that goes under a rule: its number, the rule, since, announced."""
    if rule is not _CONTACT:
        return tuple(Expiry.__table__.c[name] for name in ("case_id", "rule", "since", "announced"))
    return (
        Expiry.__table__.c.case_id,
        literal(_CONTACT, Expiry.__table__.c.rule.type).label("rule"),
        Expiry.__table__.c.since,
        Expiry.__table__.c.contact_announced.label("announced"),
    )


def _are_there() -> ColumnElement[bool]:
    """That something is kept of who wrote a case."""
    return exists().where(Submission.case_id == Expiry.case_id, _told_who())


def _told_who() -> ColumnElement[bool]:
    """That something is kept of who wrote a letter."""
    return or_(
        *(exists().where(each.submission_id == Submission.id) for each in (Identity, NoticeAddress))
    )
