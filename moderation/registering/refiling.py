"""What follows for cases when organisations move or take over: from where they are seen.

Scope rows, counters and the index are written by ``filing`` alone; here it is only found out for
which cases. Nobody sees a case that was hidden from them: marks are only ever added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from moderation import screening
from moderation.access import committee_mark
from moderation.excluding import add_marks
from moderation.office import Office
from moderation.raising import decider_of, handler_above
from moderation.register import line
from moderation.workflow.filing import file_case, file_moved
from portal.models import Case, Exclusion, Organisation


def repath(session: Session, *, office: Office, row: Organisation) -> None:
    """Let the paths of an organisation and all below it follow its parent, and their cases too."""
    old = row.path
    parent = session.get(Organisation, row.parent_id) if row.parent_id else None
    new = f"{parent.path if parent else ''}{row.id}."
    session.execute(
        update(Organisation)
        .where(Organisation.path.startswith(old))
        .values(path=new + func.substr(Organisation.path, len(old) + 1))
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    gone = set(line(old)) - set(line(new))
    below = select(Organisation.id).where(Organisation.path.startswith(new))
    moved = or_(Case.desk_id.in_(below), Case.handler_id.in_(below))
    asked = or_(Case.above_id.in_(gone), Case.decider_id.in_(gone))
    others = select(Case.id).where(moved, or_(asked.is_(None), ~asked)).order_by(Case.id)
    for case in _held(session, and_(moved, asked)):
        _leave(session, office, case, gone)
        file_case(session, case=case)
    ids = session.scalars(others.with_for_update(key_share=True)).all()
    file_moved(session, case_ids=ids)


def hide_from_heirs(
    session: Session, *, office: Office, ended: Iterable[int], heirs: Collection[int]
) -> int:
    """Hide from the committees that take over what is hidden from those that end; how many cases.

    Whoever sat on a committee that ends may sit on the next one, and its other members know them.
    """
    search = office.ring.search
    old = [committee_mark(search, number) for number in ended]
    new = {committee_mark(search, number) for number in heirs}
    marked = select(Exclusion.case_id).where(Exclusion.mark.in_(old))
    cases = _held(session, Case.id.in_(marked))
    for case in cases:
        add_marks(session, case=case, marks=new)
    return len(cases)


def count_below(session: Session, *, organisation: Organisation) -> int:
    """How many organisations that have not ended stand below one, at any depth."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Organisation)
            .where(
                Organisation.path.startswith(organisation.path),
                Organisation.id != organisation.id,
                Organisation.valid_to.is_(None),
            )
        )
        or 0
    )


def _leave(session: Session, office: Office, case: Case, gone: set[int]) -> None:
    """Ask and tell those above a case that stand there now, where others did before."""
    if case.above_id in gone:
        above = handler_above(session, office=office, case=case)
        case.above_id = above.id if above else None
    if case.decider_id not in gone:
        return
    if case.proposal is None:
        case.decider_id = decider_of(session, office=office, case=case)
    else:
        # A second person is looked for anew.
        case.decider_id = None
        screening.seat_second(session, office=office, case=case)


def _held(session: Session, which: ColumnElement[bool]) -> list[Case]:
    """Cases, each held until the commit, in one order so that two never wait for each other."""
    wanted = select(Case).where(which).order_by(Case.id)
    return list(session.scalars(wanted.with_for_update(key_share=True)))
