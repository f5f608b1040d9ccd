"""Drawing a case for a committee, without a word of the writer, an hour, or a name of the desk."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response, make_response, render_template
from flask_babel import gettext

from moderation import printing, talking
from moderation.attachments import files_for_committee
from moderation.forms.handling import FollowUpForm
from moderation.reading import HandlingPage, read_for_committee
from moderation.views.boxes import Box, clock_boxes, is_late
from moderation.views.clearing import told_of
from moderation.views.committee_case.telling import findings_of, heard, steps_taken
from moderation.views.history import timeline_of
from moderation.views.opening import Work
from moderation.views.unsealing import identity_lines
from moderation.views.whereabouts import whereabouts
from moderation.views.wording import comrade, pressure, time_left
from portal.clock import local_date
from portal.deadlines import remaining
from portal.fields import PortalForm
from portal.models.case import Room
from portal.text import vn_date
from portal.vocabulary import Finding, Status


def draw(
    work: Work,
    template: str = "show",
    *,
    status: int = 200,
    form: PortalForm | None = None,
    file_fault: str = "",
    told: Mapping[str, object] | None = None,
) -> Response:
    """The page of a case. ``form`` was sent and comes back with what was typed; ``file_fault`` says
    what is wrong with a file that came with it, ``told`` is what only this template needs.
    """
    session, office, keys, case = work.session, work.office, work.keys, work.case
    dossier = read_for_committee(
        session, office=office, keys=keys, case=case, relation=work.relation
    )
    page = render_template(
        f"moderation/committee/{template}.html",
        nav="committee",
        dossier=dossier,
        boxes=_boxes(dossier, work),
        late=_late(dossier, work),
        pressed=pressure(work.case.mark),
        items=timeline_of(dossier.course, dossier.clocks, office=work.office, hours=False),
        taken=steps_taken(dossier),
        heard=heard(dossier),
        told=told_of(dossier.clearing),
        missing=findings_of(dossier),
        **whereabouts(work, dossier.subject),
        files=files_for_committee(
            session, office=office, keys=keys, case=case, reviews=work.relation.reviews
        ),
        file_fault=file_fault,
        identities=identity_lines(work),
        answered=printing.has_answer(dossier.status, dossier.newest("publish")),
        may_remark=talking.may_remark(work.relation, Room.COMMITTEE),
        **(told or {}),
        form=form or _blank(dossier, work),
    )
    return make_response(page, status)


def _blank(dossier: HandlingPage, work: Work) -> FollowUpForm:
    """What was done, before anybody says: today, one of what may be done about this case."""
    form = FollowUpForm(formdata=None, data={"done_on": vn_date(work.office.today)})
    form.suit(dossier.kinds)
    return form


def _boxes(dossier: HandlingPage, work: Work) -> list[Box]:
    """By when; whether more time was asked for; about whom; who handles it."""
    wanted = 2 if dossier.status is Status.ROUTED else 1
    clocks = clock_boxes(dossier.clocks[:wanted], office=work.office)
    if not clocks:
        clocks = [Box(gettext("Hạn"), gettext("Không có hạn"))]
    return [*[*clocks, _extension(dossier)][:2], _subject(dossier), _handler(dossier)]


def _late(dossier: HandlingPage, work: Work) -> str:
    """How late it is, if it is."""
    late = [clock for clock in dossier.clocks if is_late(clock, work.office)]
    if not late:
        return ""
    return time_left(remaining(late[0].due_at, work.office.at, work.office.calendar))


def _extension(dossier: HandlingPage) -> Box:
    """Whether more time may still be asked for."""
    label = gettext("Gia hạn")
    if dossier.extended:
        return Box(label, gettext("Đã dùng"), gettext("chỉ được 1 lần"))
    return Box(label, gettext("Chưa dùng"), gettext("được 1 lần, tối đa 10 ngày làm việc"))


def _subject(dossier: HandlingPage) -> Box:
    """About whom it is."""
    if dossier.nomination:
        return Box(gettext("Người được giới thiệu"), gettext("Đọc ở nội dung được chuyển"))
    label = gettext("Đảng viên được khen") if dossier.praise else gettext("Đảng viên được góp ý")
    subject = dossier.subject
    if subject is None and dossier.found is Finding.UNSUBSTANTIATED:
        return Box(label, gettext("Đã được làm rõ"), gettext("hồ sơ không gắn với ai"))
    if subject is None:
        return Box(label, gettext("Chưa rõ"))
    return Box(label, f"{subject.name}, {subject.birth_year}", subject.cell)


def _handler(dossier: HandlingPage) -> Box:
    """Who has taken it on, and since when."""
    label, accepted = gettext("Người thụ lý"), dossier.newest("accept")
    if not dossier.handlers:
        return Box(label, gettext("Chưa ai nhận"))
    names = ", ".join(comrade(name) for name in dossier.handlers)
    day = vn_date(local_date(accepted.at)) if accepted else ""
    return Box(label, names, gettext("từ %(day)s", day=day) if day else "")
