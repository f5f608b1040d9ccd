"""Deciding on all copies of a group at once. A request writes down what was decided, no more.

The worker carries it out, copy by copy, through the same verbs and under the same rules as for
one case. To release takes one moderator; to decline takes a proposal and another person.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from moderation.access import NotVisible, Person, held_for
from moderation.discretion import check_discreet
from moderation.journal import write_down
from moderation.office import Office
from moderation.papers import open_keys
from moderation.workflow import Action, Conflict, Incomplete, Need, NotAvailable
from portal.models import Case, CopyGroup, HeldCopy
from portal.vault import decrypt, encrypt
from portal.vocabulary import DeclineReason, Deed

RELEASE, DECLINE, MERGE = "release", "decline", "merge"


@dataclass(frozen=True)
class Decline:
    """Why all copies are declined, and what each of their writers reads."""

    reason: DeclineReason
    note: str


def copies_of(group: CopyGroup, person: Person) -> Select[int]:
    """The ids of the copies in a group that a person may see."""
    return select(HeldCopy.case_id).where(
        HeldCopy.group_id == group.id, HeldCopy.case_id.in_(held_for(person))
    )


def find_group(session: Session, *, person: Person, group_id: int) -> CopyGroup:
    """The group, when a copy in it may be seen. Raises NotVisible, the same for every reason."""
    seen = select(HeldCopy.group_id).where(
        HeldCopy.group_id == group_id, HeldCopy.case_id.in_(held_for(person))
    )
    wanted = select(CopyGroup).where(CopyGroup.id == group_id, CopyGroup.id.in_(seen))
    group = session.scalars(wanted).one_or_none()
    if group is None:
        raise NotVisible
    return group


def release(
    session: Session, *, office: Office, group: CopyGroup, by: Person, version: int
) -> None:
    """Let all copies that this person sees go to the desk.

    Raises NotAvailable while a proposal waits or something is being carried out, and Conflict
    when the group has changed since its page was shown.
    """
    _check(group, version, proposed=False)
    _hand_over(session, group, RELEASE, by, _meant(session, group, by))
    _write_down(session, office, group, by, Deed.COPIES_RELEASED)


def merge(session: Session, *, office: Office, group: CopyGroup, by: Person, version: int) -> None:
    """Let all copies that this person sees go on in the case of the first one; they keep their
    codes. Raises what ``release`` does.
    """
    _check(group, version, proposed=False)
    _hand_over(session, group, MERGE, by, _meant(session, group, by))
    _write_down(session, office, group, by, Deed.COPIES_MERGED)


def propose_decline(
    session: Session, *, office: Office, group: CopyGroup, by: Person, version: int, body: Decline
) -> None:
    """Propose to decline all copies that this person sees now; later ones are not meant.

    Raises Incomplete without a note, NotAvailable and Conflict as ``release`` does, and what
    ``check_discreet`` raises for a note that names somebody: each writer reads it.
    """
    if not body.note.strip():
        raise Incomplete(Need.PUBLIC_NOTE)
    _check(group, version, proposed=False)
    keys = open_keys(session, office=office, case_id=group.first_id)
    first = session.get_one(Case, group.first_id)
    check_discreet(session, office=office, keys=keys, case=first, text=body.note)
    plain = json.dumps(asdict(body), ensure_ascii=False).encode()
    group.proposal = encrypt(keys.internal, plain, "copy_group", group.id, "proposal")
    group.proposer_id, group.proposed_at = by.account_id, office.at
    group.through_id, group.meant = _meant(session, group, by)
    session.flush()
    _write_down(session, office, group, by, Deed.COPIES_PROPOSED)


def confirm(
    session: Session, *, office: Office, group: CopyGroup, by: Person, version: int
) -> None:
    """Confirm what another moderator proposed. Raises NotAvailable for one's own proposal."""
    _check(group, version, proposed=True)
    if group.proposer_id == by.account_id:
        raise NotAvailable(Action.DECLINE)
    _hand_over(session, group, DECLINE, by, (group.through_id, group.meant))
    _write_down(session, office, group, by, Deed.COPIES_DECLINED)


def object_to(
    session: Session, *, office: Office, group: CopyGroup, by: Person, version: int
) -> None:
    """Take a proposal off the table: the other person's, or one's own."""
    _check(group, version, proposed=True)
    settle(group)
    session.flush()
    _write_down(session, office, group, by, Deed.COPIES_OBJECTED)


def read_proposal(session: Session, *, office: Office, group: CopyGroup) -> Decline | None:
    """What is proposed, opened; nothing where nothing is."""
    if group.proposal is None:
        return None
    keys = open_keys(session, office=office, case_id=group.first_id)
    found = json.loads(decrypt(keys.internal, group.proposal, "copy_group", group.id, "proposal"))
    return Decline(
        reason=next(each for each in DeclineReason if each.value == found["reason"]),
        note=found["note"],
    )


def settle(group: CopyGroup) -> None:
    """Leave nothing to be decided or carried out."""
    group.proposal = group.proposer_id = group.proposed_at = None
    group.task = group.tasked_by = group.through_id = group.reached_id = group.meant = None


def _write_down(session: Session, office: Office, group: CopyGroup, by: Person, deed: Deed) -> None:
    """Write into the journal what was decided, under the first of the copies.

    What becomes of each copy is an event of its own.
    """
    write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=deed,
        account_id=by.account_id,
        case=session.get_one(Case, group.first_id),
        organisation_id=group.desk_id,
    )


def _check(group: CopyGroup, version: int, *, proposed: bool) -> None:
    """Raise unless the group is as its page said, and nothing of it is being carried out."""
    if group.version != version:
        raise Conflict
    if group.task is not None or (group.proposal is not None) is not proposed:
        raise NotAvailable(Action.DECLINE)


def _meant(session: Session, group: CopyGroup, by: Person) -> tuple[int | None, int | None]:
    """The last copy that this person sees now, and how many there are."""
    found = copies_of(group, by).subquery()
    last, amount = session.execute(select(func.max(found.c.case_id), func.count())).one()
    return last, amount


def _hand_over(
    session: Session,
    group: CopyGroup,
    task: str,
    by: Person,
    meant: tuple[int | None, int | None],
) -> None:
    """Leave the rest to the worker."""
    group.task, group.tasked_by = task, by.account_id
    group.through_id, group.meant = meant
    group.reached_id = 0
    session.flush()
