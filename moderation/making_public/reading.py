"""What moderators see of it: the list of what waits for them, and the page of one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person, visible_to
from moderation.listing.opening import open_titles
from moderation.making_public.alike import Crowd, crowd_of
from moderation.making_public.writing import first_day, standing_of
from moderation.office import Office
from moderation.papers import CaseKeys, read_paper
from portal.models import Account, AnswerInvitation, AnswerRelease, Case, CaseScope, Organisation
from portal.models.case import PaperKind, Room
from portal.models.submission import reference_of
from portal.vocabulary import Publication

PAGE = 50
#: In this order they are listed: what waits for somebody comes first.
ORDER = (
    *(Publication.WRITTEN, Publication.AGREED),
    *(Publication.CONFIRMED, Publication.PUBLISHED),
)


@dataclass(frozen=True)
class Line:
    """One answer on the list."""

    case_id: int
    reference: str
    title: str
    state: Publication
    writer: str
    day: date


@dataclass(frozen=True)
class Told:
    """One answer on its page: how it stands, its text, by whom, and among how many it would be."""

    state: Publication
    text: str
    draft: int
    writer: str
    written_by_reader: bool
    confirmer: str
    first_day: date
    publish_on: date | None
    unit: str
    crowd: Crowd | None


def list_answers(
    session: Session, *, office: Office, person: Person, state: Publication, after: int = 0
) -> tuple[list[Line], int | None]:
    """A page of the answers that stand so, by the number of their cases, and where the next begins.

    Only what this person sees from a desk; three statements.
    """
    writer = aliased(Account)
    seen = visible_to(person, [Room.DESK]).where(CaseScope.case_id == AnswerRelease.case_id)
    rows = session.execute(
        select(
            *(AnswerRelease.case_id, AnswerRelease.closed_on, AnswerRelease.publish_on),
            *(Case.headline, writer.name.label("writer")),
        )
        .join(AnswerInvitation, AnswerInvitation.mark == AnswerRelease.mark)
        .join(Case, Case.id == AnswerRelease.case_id)
        .outerjoin(writer, writer.id == AnswerRelease.writer_id)
        .where(
            AnswerInvitation.state == state,
            AnswerRelease.case_id > after,
            seen.correlate(AnswerRelease).exists(),
        )
        .order_by(AnswerRelease.case_id)
        .limit(PAGE + 1)
    ).all()
    shown = rows[:PAGE]
    sealed = {row.case_id: row.headline for row in shown}
    titles = open_titles(session, office=office, room=Room.DESK, sealed=sealed)
    lines = [
        Line(
            case_id=row.case_id,
            reference=reference_of(row.case_id),
            title=titles.get(row.case_id) or "",
            state=state,
            writer=row.writer or "",
            day=row.publish_on or first_day(row.closed_on),
        )
        for row in shown
    ]
    return lines, shown[-1].case_id if len(rows) > PAGE else None


def read_answer(session: Session, *, keys: CaseKeys, case: Case, person: Person) -> Told | None:
    """One answer on its way to everybody; nothing where its writer allows nothing, or no more."""
    standing = standing_of(session, case=case)
    if standing is None:
        return None
    release = standing.release
    paper = None
    if standing.state is not Publication.AGREED:
        # What was written before a no is told no more, nor put into anybody's mouth again.
        paper = read_paper(session, keys=keys, case_id=case.id, kind=PaperKind.PUBLIC_ANSWER)
    wanted = {release.writer_id, release.confirmer_id} - {None}
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    names = {row.id: row.name for row in rows}
    unit = session.get(Organisation, release.unit_id) if release.unit_id else None
    return Told(
        state=standing.state,
        text=paper["text"] if paper else "",
        draft=release.draft,
        writer=names.get(release.writer_id, ""),
        written_by_reader=release.writer_id == person.account_id,
        confirmer=names.get(release.confirmer_id, ""),
        first_day=first_day(release.closed_on),
        publish_on=release.publish_on,
        unit=unit.name if unit else "",
        crowd=crowd_of(session, case=case, closed_on=release.closed_on),
    )
