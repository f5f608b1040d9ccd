"""Taking a row that waits for the worker, so that two workers never do the same thing twice.

A claim ends with its transaction. On SQLite a worker is alone while it writes, and every row is
free.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Case, ResidentAct


def claim_case(session: Session, *, case_id: int) -> Case | None:
    """The case, held until the transaction ends, or nothing while another holds it."""
    wanted = (
        select(Case).where(Case.id == case_id).with_for_update(key_share=True, skip_locked=True)
    )
    return session.scalars(wanted).one_or_none()


def claim_act(session: Session, *, act_id: int) -> ResidentAct | None:
    """The resident's act, held until the transaction ends, or nothing while another holds it."""
    wanted = (
        select(ResidentAct)
        .where(ResidentAct.id == act_id)
        .with_for_update(key_share=True, skip_locked=True)
    )
    return session.scalars(wanted).one_or_none()
