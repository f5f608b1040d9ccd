"""One member of a cell: what comments have shown, and the form with the result."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import Response, make_response, render_template
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse

from moderation.appraising import record, told_of
from moderation.appraising.correcting import corrections_of
from moderation.appraising.fitting import NotRecorded
from moderation.appraising.judging import needs_answer
from moderation.appraising.listing import Listed, members_of, results_of
from moderation.appraising.recording import check_recording, find_listed
from moderation.appraising.sealing import Body, open_key, read_correction, read_texts
from moderation.appraising.standing import Work
from moderation.forms.reviews import ResultForm
from moderation.views.here import Here, here
from moderation.views.reviews.room import bp, done, seen_version, the_member, the_part, typed
from portal.fields import Label
from portal.models import ReviewResult

_WRONG: dict[str, Label] = {
    "not_said": _("Xin chọn đồng chí này có được rà soát hay không."),
    "no_reason": _("Xin ghi vì sao không rà soát trong đợt này."),
    "future": _("Ngày này chưa tới. Xin ghi ngày đã làm."),
    "not_ahead": _("Xin chọn một ngày sắp tới."),
    "before_asked": _("Ngày này trước ngày hỏi. Xin xem lại."),
    "not_asked": _("Kết quả này cần hỏi đảng viên trước. Xin ghi việc hỏi."),
    "asked": _("Xin ghi ngày hỏi đảng viên."),
    "attempts": _("Cần hai lần liên hệ vào hai ngày khác nhau."),
    "answered": _("Xin ghi ngày đảng viên trả lời."),
    "no_answer": _("Xin ghi lời đảng viên trả lời."),
    "read_back": _("Xin đọc lại cho đồng chí đó nghe rồi đánh dấu ô này."),
    "not_of_cell": _("Xin chọn một đồng chí khác trong chi bộ."),
}


@dataclass(frozen=True)
class Before:
    """A member of a cell whose result somebody may write: what is there already."""

    here: Here
    work: Work
    listed: list[Listed]
    member: Listed
    row: ReviewResult | None
    texts: Body
    key: bytes | None

    @property
    def version(self) -> int:
        """The version of the result; 0 before there is one."""
        return self.row.version if self.row else 0


@bp.get("/cells/<int:part_id>/members/<member>")
def one(part_id: int, member: str) -> Response:
    """Show what was recorded of a member, to be changed while the cell records."""
    before = gather(part_id, the_member(member))
    check_recording(before.work)
    return draw(before, ResultForm.showing(before.row, before.texts))


@bp.post("/cells/<int:part_id>/members/<member>")
def keep(part_id: int, member: str) -> AnyResponse:
    """Record what was typed about a member."""
    before, form = gather(part_id, the_member(member)), ResultForm()
    typed(form)
    form.offer_mentors(before.listed, before.member.member_id)
    if not form.validate() or not _record(before, form):
        return draw(before, form, 422)
    before.here.session.commit()
    said = gettext("Đã ghi kết quả của đồng chí %(name)s.", name=before.member.name)
    return done(said, "reviews.part", part_id=part_id)


def gather(part_id: int, member_id: UUID) -> Before:
    """Find the member in the part. Raises NoSuchReview for whoever may not write the result."""
    work, found = the_part(part_id), here()
    listed = members_of(found.session, work=work, today=found.office.today)
    member = find_listed(
        listed, by=found.person, office=found.office, work=work, member_id=member_id
    )
    row = results_of(found.session, work=work).get(member_id)
    key = open_key(found.session, office=found.office, part_id=work.part.id)
    texts = read_texts(key, row) if row is not None else {}
    return Before(found, work, listed, member, row, texts, key)


def draw(before: Before, form: ResultForm, status: int = 200, *, page: str = "member") -> Response:
    """The page of one member, beside what comments have shown of them."""
    form.offer_mentors(before.listed, before.member.member_id)
    found, review = before.here, before.work.review
    told = told_of(
        found.session,
        office=found.office,
        by=found.person,
        member_id=before.member.member_id,
        begins=review.period_from,
        ends=review.period_to,
    )
    drawn = render_template(
        f"moderation/reviews/{page}.html",
        nav="reviews",
        form=form,
        before=before,
        told=told,
        corrections=_corrections(before),
        asks=before.row is not None and needs_answer(before.row),
    )
    return make_response(drawn, status)


def say(form: ResultForm, error: NotRecorded) -> None:
    """Put what does not fit beside the field that can mend it."""
    field = form[error.field]
    field.errors = [*field.errors, str(_WRONG[error.reason])]


def _record(before: Before, form: ResultForm) -> bool:
    """Record what was typed, or say beside a field what does not fit."""
    found = before.here
    try:
        record(
            found.session,
            **found.tools,
            work=before.work,
            member_id=before.member.member_id,
            recorded=form.recorded(),
            version=seen_version(),
        )
    except NotRecorded as error:
        found.session.rollback()
        say(form, error)
        return False
    return True


def _corrections(before: Before) -> list[tuple[str, object, str]]:
    """What was corrected before: by whom, when and why."""
    if before.row is None:
        return []
    rows = corrections_of(before.here.session, result_id=before.row.id)
    return [(name, row.at, read_correction(before.key, row)["reason"]) for row, name in rows]
