"""Taking a merged case out again: its letters go back with all that was promised for them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import excluding
from moderation.access import NotVisible, Person
from moderation.merging.joining import TAKES_IN
from moderation.merging.moving import letters_from, move_back
from moderation.merging.stock import let_go_of_denunciation, take_stock
from moderation.merging.taking import write_into
from moderation.office import Office
from moderation.papers import CaseKeys, open_keys
from moderation.resembling import part
from moderation.workflow import Action, NotAvailable, perform
from moderation.workflow.filing import file_case
from moderation.workflow.joined_clocks import go_on, take_own_pace
from moderation.workflow.performing import Brought
from portal.models import Case
from portal.vocabulary import Deed


def unmerge(
    session: Session,
    *,
    office: Office,
    keys: CaseKeys,
    case: Case,
    by: Person,
    other_id: int,
    reason: str,
) -> None:
    """Take a case out of this one: back on the desk, with its own dates, papers and exclusions.

    What was done for both stays with this one. Raises NotVisible when it is not in this case,
    NotAvailable once there is an answer or where none of its letters is left, Incomplete.
    """
    other = session.get(Case, other_id, with_for_update={"key_share": True})
    if other is None or other.merged_into_id != case.id:
        raise NotVisible
    letters = letters_from(session, case=case, other_id=other.id)
    rest = case.letter_count - sum(letter.state is None for letter in letters)
    if not may_part(case) or not any(each.state is None for each in letters) or not rest:
        raise NotAvailable(Action.UNMERGE)
    move_back(session, letters=letters, home_id=other.id)
    other.merged_into_id = None
    perform(
        session,
        office=office,
        keys=open_keys(session, office=office, case_id=other.id),
        case=other,
        action=Action.UNMERGE,
        by=by,
        brought=Brought(reason=reason),
    )
    go_on(session, office=office, case=other)
    take_stock(session, case=other)
    let_go_of_denunciation(session, case=other, still_in=())
    file_case(session, case=other)
    part(session, office=office, by=by, one_id=case.id, other_id=other.id)
    _give_back(session, office, keys, case, by, other)


def may_part(case: Case) -> bool:
    """Whether a case that is in this one may be taken out again as it stands."""
    return case.status in TAKES_IN


def holds(session: Session, *, case: Case, other_id: int) -> bool:
    """Whether another case is merged into this one."""
    found = select(Case.id).where(Case.id == other_id, Case.merged_into_id == case.id)
    return session.scalar(found) is not None


def _give_back(
    session: Session, office: Office, keys: CaseKeys, case: Case, by: Person, other: Case
) -> None:
    """Let this case be as it is without the other."""
    excluding.return_marks(session, case=case)
    still_in = session.scalars(
        select(Case).where(Case.merged_into_id == case.id).order_by(Case.id)
    ).all()
    let_go_of_denunciation(session, case=case, still_in=still_in)
    take_own_pace(session, office=office, case=case, still_in=still_in)
    write_into(
        session,
        office=office,
        keys=keys,
        case=case,
        by=by,
        other=other,
        action="give_back",
        deed=Deed.UNMERGED,
    )
