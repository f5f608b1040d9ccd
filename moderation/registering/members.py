"""What a registrar enters about a member, each deed with a day on which it begins to hold.

Every verb asks for the entry as the page had it, and raises what ``open_entry`` does; every deed is
written into the journal, at the home of the member.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.administering.scope import NotYours
from moderation.office import Office
from moderation.registering.checks import BY_DECISION, ENDS, Problem
from moderation.registering.entries import check_seat, open_entry, own_row, write_entry
from moderation.registering.memberships import leave_cell, set_cell, stand, strike
from moderation.registering.posts import begin_post, end_post
from moderation.registering.rows import posts_of, refuse
from moderation.registering.scope import find_organisation
from portal.models import Member, Membership, Organisation, Post, Standing
from portal.text import one_line
from portal.vocabulary import Deed, MembershipKind, MembershipStatus, PostTitle


def place(
    session: Session,
    *,
    office: Office,
    by: Person,
    member_id: UUID,
    seen: int,
    kind: MembershipKind,
    organisation_id: int,
    on: date,
    until: date | None = None,
) -> Member:
    """Let a cell be a member's home, residence or temporary cell from a day on.

    A home lies where the registrar keeps the register; elsewhere it is a transfer. The two others
    may lie anywhere.
    """
    member = open_entry(session, by=by, member_id=member_id, seen=seen)
    if kind is MembershipKind.HOME:
        cell = find_organisation(session, by=by, organisation_id=organisation_id)
    else:
        cell = _anywhere(session, organisation_id)
    check_seat(session, by=by, organisation_id=cell.id)
    set_cell(
        session, office=office, member=member, kind=kind, organisation=cell, on=on, until=until
    )
    write_entry(session, office=office, by=by, member=member, deed=Deed.CELL_SET)
    return member


def leave(
    session: Session, *, office: Office, by: Person, member_id: UUID, seen: int, row: int, on: date
) -> Member:
    """Let a cell of residence or a temporary one end on a day."""
    member = open_entry(session, by=by, member_id=member_id, seen=seen)
    cell = own_row(session, Membership, row=row, member=member)
    leave_cell(session, office=office, member=member, kind=cell.kind, on=on)
    write_entry(session, office=office, by=by, member=member, deed=Deed.CELL_LEFT)
    return member


def set_standing(
    session: Session,
    *,
    office: Office,
    by: Person,
    member_id: UUID,
    seen: int,
    status: MembershipStatus,
    on: date,
    until: date | None = None,
) -> Member:
    """Let the membership stand in a way from a day on. A status that ends it ends posts and cells.

    Raises Refused for what an excusal or a transfer brings about, OwnInterest for whoever reads
    cases where a post would end.
    """
    member = open_entry(session, by=by, member_id=member_id, seen=seen)
    refuse([Problem.OTHER_PAGE] if status in BY_DECISION else [])
    if status in ENDS:
        for post in posts_of(session, member):
            if post.valid_to is None or post.valid_to >= on:
                check_seat(session, by=by, organisation_id=post.organisation_id)
    stand(session, office=office, member=member, status=status, on=on, until=until)
    write_entry(session, office=office, by=by, member=member, deed=Deed.STANDING_SET)
    return member


def give_post(
    session: Session,
    *,
    office: Office,
    by: Person,
    member_id: UUID,
    seen: int,
    organisation_id: int,
    title: PostTitle,
    words: str,
    on: date,
    until: date | None = None,
) -> Member:
    """Let a member hold a post from a day on."""
    member = open_entry(session, by=by, member_id=member_id, seen=seen)
    organisation = find_organisation(session, by=by, organisation_id=organisation_id)
    check_seat(session, by=by, organisation_id=organisation.id)
    begin_post(
        session,
        office=office,
        member=member,
        organisation=organisation,
        title=title,
        words=one_line(words) or None,
        on=on,
        until=until,
    )
    write_entry(session, office=office, by=by, member=member, deed=Deed.POST_BEGUN)
    return member


def take_post(
    session: Session, *, office: Office, by: Person, member_id: UUID, seen: int, row: int, on: date
) -> Member:
    """Let a post end on a day."""
    member = open_entry(session, by=by, member_id=member_id, seen=seen)
    post = own_row(session, Post, row=row, member=member)
    check_seat(session, by=by, organisation_id=post.organisation_id)
    end_post(session, office=office, member=member, post=post, on=on)
    write_entry(session, office=office, by=by, member=member, deed=Deed.POST_ENDED)
    return member


def set_level(
    session: Session,
    *,
    office: Office,
    by: Person,
    member_id: UUID,
    seen: int,
    organisation_id: int | None,
) -> Member:
    """Say that a level above the ward manages a member, or that none does.

    It decides that cases about the member go to the commission of that level. So nobody sets it who
    reads cases there.
    """
    member = open_entry(session, by=by, member_id=member_id, seen=seen)
    for number in (organisation_id, member.managed_by_id):
        if number is not None:
            check_seat(session, by=by, organisation_id=number)
    member.managed_by_id = _anywhere(session, organisation_id).id if organisation_id else None
    member.version += 1
    write_entry(session, office=office, by=by, member=member, deed=Deed.LEVEL_SET)
    return member


def strike_entry(
    session: Session,
    *,
    office: Office,
    by: Person,
    member_id: UUID,
    seen: int,
    table: type[Membership] | type[Standing] | type[Post],
    row: int,
) -> Member:
    """Take back an entry that was wrong."""
    member = open_entry(session, by=by, member_id=member_id, seen=seen)
    entry = own_row(session, table, row=row, member=member)
    if not isinstance(entry, Standing):
        check_seat(session, by=by, organisation_id=entry.organisation_id)
    strike(session, office=office, member=member, row=entry)
    write_entry(session, office=office, by=by, member=member, deed=Deed.ENTRY_STRUCK)
    return member


def _anywhere(session: Session, organisation_id: int) -> Organisation:
    """An organisation of the register, wherever it stands. Raises NotYours."""
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotYours
    return found
