"""Letting some writers allow that their answers are told, as far as the sample's days go.

What was closed long enough ago is published; of what was closed lately one text waits for its day,
one for a second person and one to be written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import NotVisible, Person, find_case
from moderation.making_public import consents, publishing, writing
from moderation.making_public.alike import crowd_of
from moderation.making_public.writing import POINTS, first_day
from moderation.office import Office
from moderation.papers import open_keys, open_submission_key
from moderation.sample.loading.scene import World
from moderation.workflow.availability import is_praise
from portal.clock import VIETNAM
from portal.models import AnswerInvitation, AnswerRelease, Case, Submission
from portal.models.case import Room
from portal.tracking import Tracked, consent
from portal.vocabulary import Publication, Role, Topic

#: What is told about each topic; whoever reads it cannot tell which matter of the quarter it is.
_TEXTS = {
    Topic.ENVIRONMENT_ORDER: "Lối đi chung đã thông thoáng trở lại sau khi được nhắc.",
    Topic.ATTITUDE_TO_PEOPLE: "Người được góp ý đã xin lỗi và sửa cách tiếp dân.",
    Topic.EXEMPLARY_CONDUCT: "Việc được nêu đã được góp ý, người được góp ý nhận sửa.",
    Topic.DUTY_PERFORMANCE: "Việc chậm đã được làm xong, dân được báo kết quả.",
    Topic.FUNDS_TRANSPARENCY: "Khoản thu chi đã được công khai để mọi người cùng xem.",
}
_PRAISED = "Việc tốt đã được ghi nhận và biểu dương."
#: Who writes, and who confirms.
_PEOPLE = 2
#: So many are published; of the rest one stands in each of these ways.
_PUBLISHED = 3
_UNDER_WAY = (Publication.CONFIRMED, Publication.WRITTEN, Publication.AGREED)


def tell_some(session: Session, *, world: World) -> None:
    """Let the writers of some closed cases agree, and moderators do their part."""
    published, waiting = 0, list(_UNDER_WAY)
    for release, case in _askable(session):
        ripe = first_day(release.closed_on) <= world.office.today
        if ripe and published < _PUBLISHED:
            published += _carry(session, world, release, case, Publication.PUBLISHED)
        elif not ripe and waiting and _carry(session, world, release, case, waiting[0]):
            waiting.pop(0)


def _askable(session: Session) -> Iterator[tuple[AnswerRelease, Case]]:
    """The cases whose writers were asked and of which there are enough alike, the oldest first."""
    rows = session.execute(
        select(AnswerRelease, Case)
        .join(AnswerInvitation, AnswerInvitation.mark == AnswerRelease.mark)
        .join(Case, Case.id == AnswerRelease.case_id)
        .where(AnswerInvitation.state == Publication.ASKED)
        .order_by(AnswerRelease.closed_on, AnswerRelease.case_id)
    ).all()
    for release, case in rows:
        crowd = crowd_of(session, case=case, closed_on=release.closed_on)
        if crowd is not None and crowd.enough:
            yield release, case


def _carry(
    session: Session, world: World, release: AnswerRelease, case: Case, until: Publication
) -> bool:
    """Take one answer so far; tell whether two moderators and a text were there for it."""
    people = _moderators(session, world, case)
    text = _PRAISED if is_praise(case) else _TEXTS.get(case.topic or Topic.OTHER, "")
    if len(people) < _PEOPLE or not text:
        return False
    writer, second = people[:_PEOPLE]
    office = world.office
    _agree(session, office, release, case)
    if until is Publication.AGREED:
        return True
    keys = open_keys(session, office=office, case_id=case.id)
    writing.write(session, office=office, keys=keys, case=case, by=writer, text=text)
    if until is Publication.WRITTEN:
        return True
    early = replace(office, at=_just_before(release)) if until is Publication.PUBLISHED else office
    writing.confirm(session, office=early, case=case, by=second, draft=release.draft, points=POINTS)
    publishing.publish(session, office=office, case_id=case.id)
    return True


def _agree(session: Session, office: Office, release: AnswerRelease, case: Case) -> None:
    """The writer says yes, and the worker follows it."""
    letter = session.get_one(Submission, release.submission_id)
    key = open_submission_key(session, office=office, submission_id=letter.id)
    keys = open_keys(session, office=office, case_id=case.id)
    tracked = Tracked(
        submission_id=letter.id,
        case_id=case.id,
        status=case.status,
        state=letter.state,
        rating=letter.rating,
        received_at=letter.received_at,
        extended=case.extended,
        fears_retaliation=letter.fears_retaliation,
        acted=True,
        key=key,
        public_key=keys.public,
    )
    consent(session, tracked=tracked, agrees=True)
    for number in consents.waiting_consents(session):
        consents.follow_consent(session, office=office, consent_id=number)


def _moderators(session: Session, world: World, case: Case) -> list[Person]:
    """Who may see the case from a desk, those of the desk itself first."""
    near = world.cast.at_desk(case.desk_id)
    rest = [one for one in world.cast.with_role(Role.MODERATOR) if one not in near]
    return [one for one in (*near, *rest) if _sees(session, one, case)]


def _sees(session: Session, person: Person, case: Case) -> bool:
    """Whether a person sees a case from a desk."""
    try:
        find_case(session, person=person, case_id=case.id, room=Room.DESK)
    except NotVisible:
        return False
    return True


def _just_before(release: AnswerRelease) -> datetime:
    """Some hour of the month before the first day on which it may be published."""
    return datetime.combine(first_day(release.closed_on) - timedelta(days=4), time(9), VIETNAM)
