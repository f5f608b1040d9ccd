"""The pace of a case: holding it, going on, asking for more time, giving it back."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import followups
from moderation.forms.handling import ExtendForm, HoldForm, ReturnForm
from moderation.views.committee_case.drawing import draw
from moderation.views.committee_case.room import bp
from moderation.views.opening import CASE_ID, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/hold")
def hold(case_id: int) -> Response:
    """Ask why a case should wait, and until when."""
    work = open_work(case_id, Room.COMMITTEE, Action.HOLD)
    return draw(work, "hold", form=HoldForm(formdata=None))


@bp.post(f"/{CASE_ID}/hold")
def hold_case(case_id: int) -> AnyResponse:
    """Let a case wait."""
    form = typed(HoldForm)
    work = open_work(case_id, Room.COMMITTEE, Action.HOLD)
    if not form.validate() or (day := form.review_on.day) is None:
        return draw(work, "hold", status=422, form=form)
    words = {"reason": form.reason.data, "public_note": form.note.data}
    if not attempt(
        form, lambda: followups.hold(work.session, **work.tools, **words, review_on=day)
    ):
        return draw(reopen(work), "hold", status=422, form=form)
    return finish(work, gettext("Hồ sơ tạm dừng đến ngày xem lại."))


@bp.post(f"/{CASE_ID}/resume-work")
def resume_work(case_id: int) -> AnyResponse:
    """Go on with a case that was on hold."""
    work = open_work(case_id, Room.COMMITTEE, Action.RESUME_WORK)
    followups.resume_work(work.session, **work.tools)
    return finish(work, gettext("Hồ sơ được giải quyết tiếp."))


@bp.get(f"/{CASE_ID}/extend")
def extend(case_id: int) -> Response:
    """Ask why the result comes later, and when."""
    work = open_work(case_id, Room.COMMITTEE, Action.EXTEND)
    return draw(work, "extend", form=ExtendForm(formdata=None))


@bp.post(f"/{CASE_ID}/extend")
def extend_case(case_id: int) -> AnyResponse:
    """Move the date of the result, once."""
    form = typed(ExtendForm)
    work = open_work(case_id, Room.COMMITTEE, Action.EXTEND)
    if not form.validate() or (day := form.new_date.day) is None:
        return draw(work, "extend", status=422, form=form)
    why = form.note.data
    if not attempt(
        form, lambda: followups.extend(work.session, **work.tools, reason=why, new_date=day)
    ):
        return draw(reopen(work), "extend", status=422, form=form)
    return finish(work, gettext("Đã gia hạn kết quả. Người gửi đọc được lý do."))


@bp.get(f"/{CASE_ID}/return")
def give_back(case_id: int) -> Response:
    """Ask why a case is given back."""
    work = open_work(case_id, Room.COMMITTEE, Action.RETURN)
    return draw(work, "give_back", form=ReturnForm(formdata=None))


@bp.post(f"/{CASE_ID}/return")
def give_case_back(case_id: int) -> AnyResponse:
    """Give a case back to the desk."""
    form = typed(ReturnForm)
    work = open_work(case_id, Room.COMMITTEE, Action.RETURN)
    if not form.validate():
        return draw(work, "give_back", status=422, form=form)
    followups.give_back(work.session, **work.tools, reason=form.reason.data)
    return finish(work, gettext("Đã trả lại hồ sơ cho bộ phận tiếp nhận."))
