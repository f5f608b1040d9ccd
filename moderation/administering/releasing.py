"""Giving back what an account held, when it may no longer hold it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import identify, visible_to
from moderation.carrying_out import let_go
from moderation.office import Office
from portal.models import Account, Case, CaseScope


def release_unseen(session: Session, *, office: Office, account: Account) -> int:
    """Let go of every case that an account holds and may not see any more; how many that were.

    It reads what the account sees as it stands now, so roles and ties are changed before.
    """
    held = _held(session, account)
    seen = _seen(session, office, account, held) if account.active and held else set()
    lost = [case_id for case_id in held if case_id not in seen]
    for case_id in lost:
        let_go(session, office=office, case=session.get_one(Case, case_id))
    return len(lost)


def _seen(session: Session, office: Office, account: Account, held: list[int]) -> set[int]:
    """Which of these cases an account sees."""
    search, today = office.ring.search, office.today
    person = identify(session, search=search, account=account, today=today)
    return set(session.scalars(visible_to(person).where(CaseScope.case_id.in_(held))))


def _held(session: Session, account: Account) -> list[int]:
    """The cases that an account holds."""
    return list(
        session.scalars(select(Case.id).where(Case.claimant_id == account.id).order_by(Case.id))
    )
