"""Who goes on with what an account leaves behind: those who hold the same roles in the same places.

What a moderator had claimed goes back to the queue of the place; what a committee handles stays
with the committee. Nobody is chosen here: whoever holds the role finds it among their own work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.scope import inside
from moderation.register import in_force, line
from portal.models import Account, Grant, Organisation
from portal.vocabulary import OrganisationKind, Role


@dataclass(frozen=True)
class Heirs:
    """Who else holds a role at its place. ``above`` is the nearest level whose moderators see it.

    ``above`` is named only where nobody is left at the place itself.
    """

    role: Role
    kind: OrganisationKind
    place: str
    names: tuple[str, ...]
    above: str = ""


def heirs_of(session: Session, *, by: Person, account: Account, today: date) -> list[Heirs]:
    """For each role that an account holds, or held until it ended, who goes on with its work.

    Only of places that the administrator looks after.
    """
    until_the_end = and_(Grant.ended_at.is_not(None), Grant.ended_at == account.ended_at)
    held = session.execute(
        select(Grant.role, Organisation)
        .join(Organisation, Organisation.id == Grant.organisation_id)
        .where(
            Grant.account_id == account.id,
            Grant.organisation_id.in_(inside(by)),
            or_(in_force(Grant, today), until_the_end),
        )
        .order_by(Grant.id)
    )
    return [_heirs(session, account, role, place, today) for role, place in held.all()]


def _heirs(
    session: Session, account: Account, role: Role, place: Organisation, today: date
) -> Heirs:
    """Who else holds this role here or, for moderators, how far up the next ones are."""
    names = _holders(session, account, role, place.id, today)
    above = "" if names or role is not Role.MODERATOR else _above(session, account, place, today)
    return Heirs(role, place.kind, place.short_name, tuple(names), above)


def _above(session: Session, account: Account, place: Organisation, today: date) -> str:
    """The nearest level above that has moderators; it sees the queue of every place below it."""
    for level in reversed(line(place.path)[:-1]):
        if _holders(session, account, Role.MODERATOR, level, today):
            return session.get_one(Organisation, level).short_name
    return ""


def _holders(
    session: Session, account: Account, role: Role, place_id: int, today: date
) -> list[str]:
    """The names of all others who hold a role at a place and can sign in, by given name."""
    return list(
        session.scalars(
            select(Account.name)
            .join(Grant, Grant.account_id == Account.id)
            .where(
                Grant.role == role,
                Grant.organisation_id == place_id,
                Account.id != account.id,
                Account.active.is_(True),
                in_force(Grant, today),
            )
            .order_by(Account.placed, Account.id)
            .group_by(Account.id)
        )
    )
