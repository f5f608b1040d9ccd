"""Choosing who does a step of the sample: somebody real who may, by the portal's own rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import NotVisible, Person, find_case, identify, relate
from moderation.workflow import Action, Who, find_transition, permits
from moderation.workflow.table import Transition
from portal.models import Account, Case
from portal.vocabulary import Role


class NobodyMay(Exception):
    """No account of the sample may carry out a step; the message says which step."""


class Cast:
    """Everybody of the staff, as they are when they sign in."""

    def __init__(self, session: Session, *, search: bytes, today: date) -> None:
        """Identify every account once: grants and ties of the sample do not change."""
        accounts = session.scalars(select(Account).order_by(Account.id)).all()
        self._people = [
            identify(session, search=search, account=account, today=today) for account in accounts
        ]

    def choose(
        self,
        session: Session,
        *,
        case: Case,
        action: Action,
        turn: int,
        first: Iterable[Person | None] = (),
        tied: frozenset[bytes] = frozenset(),
    ) -> Person:
        """Somebody who sees the case and may do this to it now. Raises NobodyMay.

        Those in ``first`` are asked first, then whoever's ``turn`` it is; whoever carries one
        of the marks ``tied`` is left out.
        """
        row = find_transition(action, case.status)
        if row is None:
            raise NobodyMay(f"{action} does not fit a case that is {case.status}")
        asked = [person for person in first if person is not None]
        for person in (*asked, *self._seated(case, row, turn)):
            if not person.marks & tied and _may(session, person, case, row):
                return person
        raise NobodyMay(f"{action} of a case that is {case.status}")

    @property
    def everybody(self) -> tuple[Person, ...]:
        """All of the staff, in the order of their accounts."""
        return tuple(self._people)

    def at_desk(self, organisation_id: int | None) -> list[Person]:
        """The moderators of one desk."""
        return self._at(Role.MODERATOR, organisation_id)

    def with_role(self, role: Role) -> list[Person]:
        """Everybody with a role."""
        return [one for one in self._people if one.has(role)]

    def _seated(self, case: Case, row: Transition, turn: int) -> Iterator[Person]:
        """The people of the rooms that the row names: the nearest first, by turns."""
        if Who.REVIEWER in row.who:
            yield from _turned(self._at(Role.COMMITTEE, case.decider_id), turn)
            yield from _turned(self._at(Role.MODERATOR, case.decider_id), turn)
        if Who.MODERATOR in row.who:
            yield from _turned(self._at(Role.MODERATOR, case.desk_id), turn)
            yield from _turned([one for one in self._people if one.has(Role.MODERATOR)], turn)
        if row.who & {Who.COMMITTEE, Who.INSPECTOR}:
            yield from _turned(self._at(Role.COMMITTEE, case.handler_id), turn)
        if Who.LEVEL_ABOVE in row.who:
            yield from _turned(self._at(Role.COMMITTEE, case.above_id), turn)

    def _at(self, role: Role, organisation_id: int | None) -> list[Person]:
        return [one for one in self._people if organisation_id in one.organisations(role)]


def _may(session: Session, person: Person, case: Case, row: Transition) -> bool:
    """Whether the person finds the case and the button."""
    try:
        find_case(session, person=person, case_id=case.id)
    except NotVisible:
        return False
    return permits(row, case, relate(session, person=person, case=case))


def _turned(people: list[Person], turn: int) -> list[Person]:
    """The same people, beginning with another one."""
    start = turn % len(people) if people else 0
    return people[start:] + people[:start]
