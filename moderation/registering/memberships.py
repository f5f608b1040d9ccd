"""To which cells a member belongs, and how the membership stands, from a day on.

These verbs change the register and nothing else: whoever calls them has asked who may, and writes
down the deed. Rows are closed and begun, never deleted: what holds from a day ends what held until
then. An entry of the same day takes the place of the one that was there, which then holds on no
day. Raises Refused with every problem.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from moderation.office import Office
from moderation.registering.checks import (
    ENDS,
    Problem,
    Spell,
    day_before,
    member_problems,
    span_problems,
)
from moderation.registering.posts import end_at_once
from moderation.registering.rows import (
    added,
    cells_of,
    count,
    ended_problems,
    posts_of,
    refuse,
    spell_of,
    standings_of,
)
from portal.models import Member, Membership, Organisation, Post, Standing
from portal.vocabulary import MembershipKind, MembershipStatus


def move_home(
    session: Session, *, office: Office, member: Member, organisation: Organisation, on: date
) -> Membership:
    """Let a cell be the home of a member from a day on."""
    return set_cell(
        session,
        office=office,
        member=member,
        kind=MembershipKind.HOME,
        organisation=organisation,
        on=on,
    )


def set_cell(
    session: Session,
    *,
    office: Office,
    member: Member,
    kind: MembershipKind,
    organisation: Organisation,
    on: date,
    until: date | None = None,
) -> Membership:
    """Let a cell be one of a member's three from a day on, or to a day.

    A later entry of the same sort stands in the way, as does the end of the membership.
    """
    within = Spell(organisation, organisation.valid_from, organisation.valid_to)
    refuse(
        [
            *member_problems(organisation.kind),
            *span_problems(on, until, today=office.today, within=within),
            *ended_problems(session, member, on),
        ]
    )
    _end_before(cells_of(session, member, kind), on)
    row = Membership(member_id=member.id, organisation_id=organisation.id, kind=kind, valid_from=on)
    row.valid_to = until
    return added(session, member, row)


def leave_cell(
    session: Session, *, office: Office, member: Member, kind: MembershipKind, on: date
) -> Membership:
    """Let a cell of residence or a temporary one be a member's until a day, the last one.

    A home is never left without another one: it ends with the membership, by the standing.
    """
    rows = cells_of(session, member, kind)
    held = [row for row in rows if spell_of(row).holds(on)]
    refuse([Problem.NO_HOME] if kind is MembershipKind.HOME else [])
    refuse([*span_problems(on, today=office.today), *([] if held else [Problem.NOT_THERE])])
    held[0].valid_to = on
    count(session, member)
    return held[0]


def stand(
    session: Session,
    *,
    office: Office,
    member: Member,
    status: MembershipStatus,
    on: date,
    until: date | None = None,
) -> Standing:
    """Let a membership stand in a way from a day on, or to a day.

    A status that ends it has no last day, and ends cells and posts on the day before.
    """
    ends = status in ENDS
    refuse(
        [
            *span_problems(on, until, today=office.today),
            *([Problem.ENDS_FIRST] if ends and until is not None else []),
            *ended_problems(session, member, on, MembershipStatus.DECEASED),
        ]
    )
    _end_before(standings_of(session, member), on)
    row = Standing(member_id=member.id, status=status, valid_from=on, valid_to=until)
    if ends:
        for kind in MembershipKind:
            _end_all(cells_of(session, member, kind), on)
        for post in posts_of(session, member):
            end_at_once(post, on, office)
    return added(session, member, row)


def strike(
    session: Session, *, office: Office, member: Member, row: Membership | Standing | Post
) -> None:
    """Take back an entry that was wrong: it stays, and holds on no day.

    The only entry of a home cannot go; another one takes its place on the same day.
    """
    if isinstance(row, Membership) and row.kind is MembershipKind.HOME:
        others = [one for one in cells_of(session, member, row.kind) if one is not row]
        refuse([] if others else [Problem.NO_HOME])
    row.valid_to = day_before(row.valid_from)
    if isinstance(row, Post):
        row.ended_on = office.today
    count(session, member)


def _end_before(rows: Iterable[Membership | Standing], on: date) -> None:
    """End what holds on a day with the day before. Raises Refused where something begins later."""
    rows = list(rows)
    refuse([Problem.LATER] if any(row.valid_from > on for row in rows) else [])
    _end_all(rows, on)


def _end_all(rows: Iterable[Membership | Standing], on: date) -> None:
    """End with the day before what would hold on a day or later."""
    for row in rows:
        if row.valid_to is None or row.valid_to >= on:
            row.valid_to = day_before(max(on, row.valid_from))
