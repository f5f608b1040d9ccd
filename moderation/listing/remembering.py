"""Remembering by what a person has narrowed a list: for them alone, and never a number they sought.

It lies with the account. A browser keeps nothing of it, so nobody reads it from a machine that
several people use.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from moderation.access import Person
from portal.models import ListFilter
from portal.models.case import Room
from portal.prepared import Prepared

_REMEMBERED = Prepared(
    select(ListFilter.answers).where(
        ListFilter.account_id == bindparam("account_id"),
        ListFilter.room == bindparam("room"),
        ListFilter.name == bindparam("name"),
    )
)


def remember(
    session: Session, *, person: Person, room: Room, name: str, answers: Mapping[str, str]
) -> None:
    """Keep these answers for a list in place of the earlier ones; without any it is whole again."""
    if answers:
        row = ListFilter(account_id=person.account_id, room=room, name=name, answers=dict(answers))
        session.merge(row)
        return
    session.execute(
        delete(ListFilter).where(
            ListFilter.account_id == person.account_id,
            ListFilter.room == room,
            ListFilter.name == name,
        )
    )


def remembered(session: Session, *, person: Person, room: Room, name: str) -> dict[str, str]:
    """The answers that this person gave last for a list, in one statement."""
    found = _REMEMBERED.rows(session, account_id=person.account_id, room=room.value, name=name)
    return dict(found[0].answers) if found else {}
