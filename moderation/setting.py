"""What an administrator sets for the whole portal: row by row, with who changed it and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.office import Office
from portal.models import AbuseWord, Account, RetentionPeriod, StageTarget

Kept = AbuseWord | RetentionPeriod | StageTarget


def keep_settings(session: Session, *, office: Office, by: Person, rows: Iterable[Kept]) -> None:
    """Put each row in the place of the one before it, in the name of who changed it."""
    for row in rows:
        row.changed_at, row.changed_by_id = office.at, by.account_id
        session.merge(row)
    session.flush()


def last_change(session: Session, *, table: type[Kept]) -> Row[str, datetime] | None:
    """Who changed one of these last and when: ``name`` and ``at``; nothing while nobody has."""
    return session.execute(
        select(Account.name, table.changed_at.label("at"))
        .join(Account, Account.id == table.changed_by_id)
        .order_by(table.changed_at.desc())
        .limit(1)
    ).first()
