"""Removing the sample, so that a real register can be entered or the sample loaded anew."""

from __future__ import annotations

from sqlalchemy import delete, select

from moderation.register import INTAKE
from moderation.sample.loading.marking import SETTINGS, check_only_sample
from portal.db import Base, Database
from portal.files.storing import FileStore
from portal.models import Attachment, CalendarDay, Heartbeat, KeyCheck, Setting

#: What is no part of the sample: the calendar, when the worker was last seen, which keys are
#: ours, and settings.
_KEPT = frozenset(table.__tablename__ for table in (CalendarDay, Heartbeat, KeyCheck, Setting))


def clear(database: Database, files: FileStore) -> None:
    """Delete every row but the calendar, the keys' and the settings of others, in one transaction.

    Whatever was entered beside the sample goes too: it stands on the sample's organisations.
    Then the files, which nobody can open any more. Raises NotEmpty when there is no sample, or
    when a submission is not the sample's own; and CannotStore when the rows are gone and the files
    are left, which the worker sweeps away.
    """
    with database.writing() as session:
        check_only_sample(session)
        names = [uid.hex() for uid in session.scalars(select(Attachment.uid))]
        for table in reversed(Base.metadata.sorted_tables):
            if table.name not in _KEPT:
                session.execute(delete(table))
        session.execute(delete(Setting).where(Setting.name.in_((*SETTINGS, INTAKE))))
    files.drop(names)
