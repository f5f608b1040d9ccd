"""Removing the sample, so that a real register can be entered or the sample loaded anew."""

from __future__ import annotations

from sqlalchemy import delete

from moderation.register import INTAKE
from moderation.sample.loading.marking import SETTINGS, check_only_sample
from portal.db import Base, Database
from portal.models import CalendarDay, Heartbeat, KeyCheck, Setting

#: What is no part of the sample: the calendar, when the worker was last seen, which keys are
#: ours, and settings.
_KEPT = frozenset(table.__tablename__ for table in (CalendarDay, Heartbeat, KeyCheck, Setting))


def clear(database: Database) -> None:
    """Delete every row but the calendar, the keys' and the settings of others, in one transaction.

    Whatever was entered beside the sample goes too: it stands on the sample's organisations.
    Raises NotEmpty when there is no sample, or when a submission is not the sample's own.
    """
    with database.writing() as session:
        check_only_sample(session)
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in _KEPT:
                session.execute(delete(table))
        session.execute(delete(Setting).where(Setting.name.in_((*SETTINGS, INTAKE))))
