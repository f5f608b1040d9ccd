"""The answer to a resident as a letter of the organisation that gave it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from moderation import journal
from moderation.access import Person
from moderation.office import Office
from moderation.papers import CaseKeys
from moderation.printing.letterhead import letterhead
from moderation.reading.course import Step, course_since_routing, whole_course
from portal.clock import local_date
from portal.i18n import DEFAULT, gettext, language, speaking
from portal.models import Case
from portal.models.case import Room
from portal.models.submission import reference_of
from portal.printing.sheets import Sheet
from portal.printing.wording import answer_parts, day_line, foot_line, party, unprintable
from portal.vocabulary import Deed, Finding, Status

_ANSWERED = frozenset({Status.ANSWERED, Status.CLOSED, Status.REVIEW})


def has_answer(status: Status, given: Step | None) -> bool:
    """Whether the writer reads an answer now; ``given`` is the newest step that gave one."""
    return status in _ANSWERED and given is not None and not given.shut


def answer(
    session: Session, *, office: Office, keys: CaseKeys, case: Case, by: Person, room: Room
) -> Sheet | None:
    """The answer of a case, written down as printed from a room; nothing where there is none.

    It is in Vietnamese and of the day on which it was given.
    """
    read = whole_course if room is Room.DESK else course_since_routing
    course = read(session, keys=keys, case_id=case.id)
    given = next((step for step in reversed(course) if step.action == "publish"), None)
    if given is None or given.finding is None or not has_answer(case.status, given):
        return None
    with speaking(DEFAULT):
        sheet = _sheet(session, case, given, given.finding)
    journal.write_down(
        session,
        ring=office.ring,
        at=office.at,
        deed=Deed.ANSWER_PRINTED,
        account_id=by.account_id,
        case=case,
        organisation_id=case.desk_id if room is Room.DESK else case.handler_id,
    )
    return sheet


def _sheet(session: Session, case: Case, given: Step, finding: Finding) -> Sheet:
    """The letter in words."""
    reference = reference_of(case.id)
    own = letterhead(session, organisation_id=given.organisation_id or case.desk_id)
    return Sheet(
        language=language(),
        title=gettext("Văn bản trả lời %(reference)s", reference=reference),
        left=own.left,
        number=gettext("Số ……-TB/……"),
        right=party(),
        day=day_line(own.place, local_date(given.at)),
        heading=gettext("Thông báo"),
        about=gettext("kết quả giải quyết ý kiến của nhân dân"),
        addressed=gettext("Kính gửi: Người gửi ý kiến"),
        parts=answer_parts(reference=reference, finding=finding, text=given.note),
        copies_label=gettext("Nơi nhận:"),
        copies=(gettext("Người gửi ý kiến, qua Cổng tiếp nhận"), gettext("Lưu hồ sơ")),
        signed=own.signed,
        foot=foot_line(reference),
        unprintable=unprintable(),
    )
