"""Talking about a case from the desk: to its writer, to colleagues, and handing it on."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import talking
from moderation.forms.talking import HandOverForm, RemarkForm, WriteForm
from moderation.talking import NotAColleague
from moderation.views.case.addressing import addressed
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.views.replies import begin, choosing
from moderation.workflow import Action, NotAvailable
from portal.models.case import Room
from portal.vocabulary import Occasion


@bp.get(f"/{CASE_ID}/write")
def writing(case_id: int) -> Response:
    """Ask what the writer should read; a text to begin with may be chosen."""
    work = open_work(case_id, Room.DESK)
    return _begun(work, WriteForm(formdata=None))


@bp.post(f"/{CASE_ID}/write")
def write(case_id: int) -> AnyResponse:
    """Write to the writer."""
    form = typed(WriteForm)
    work = open_work(case_id, Room.DESK)
    if choosing():
        return _begun(work, form)
    if not addressed(form, work).validate():
        return draw(work, "write", status=422, form=form)
    to, text = form.letter_id, form.note.data
    if not attempt(
        form,
        lambda: talking.write_to_writer(work.session, **work.tools, text=text, letter_id=to),
    ):
        return draw(reopen(work), "write", status=422, form=form)
    return finish(work, gettext("Đã gửi. Người gửi đọc ở trang Tra cứu."))


@bp.get(f"/{CASE_ID}/remark")
def remarking(case_id: int) -> Response:
    """Ask for a note that stays on the desk."""
    work = open_work(case_id, Room.DESK)
    return draw(work, "remark", form=RemarkForm(formdata=None))


@bp.post(f"/{CASE_ID}/remark")
def remark(case_id: int) -> AnyResponse:
    """Leave a note for the desk."""
    form = typed(RemarkForm)
    work = open_work(case_id, Room.DESK)
    if not form.validate():
        return draw(work, "remark", status=422, form=form)
    talking.remark(work.session, **work.tools, room=Room.DESK, text=form.text.data)
    return finish(work, gettext("Đã ghi. Chỉ bộ phận tiếp nhận đọc ghi chú này."))


@bp.get(f"/{CASE_ID}/hand-over")
def handing(case_id: int) -> Response:
    """Ask who goes on with the case."""
    work = open_work(case_id, Room.DESK)
    if not talking.may_hand_over(work.case, work.relation):
        raise NotAvailable(Action.RELEASE)
    return draw(work, "hand_over", form=_offered(work, HandOverForm(formdata=None)))


@bp.post(f"/{CASE_ID}/hand-over")
def hand_over(case_id: int) -> AnyResponse:
    """Hand the case to a colleague."""
    form = typed(HandOverForm)
    work = open_work(case_id, Room.DESK)
    if not _offered(work, form).validate():
        return draw(work, "hand_over", status=422, form=form)
    to_id, text = int(form.colleague.data), form.text.data
    try:
        talking.hand_over(work.session, **work.tools, to_id=to_id, text=text)
    except NotAColleague:
        form.refuse(gettext("Người này không nhận được hồ sơ. Xin chọn người khác."))
        return draw(reopen(work), "hand_over", status=422, form=form)
    return finish(work, gettext("Đã chuyển. Người nhận thấy hồ sơ trong mục “Tôi đang giữ”."))


def _begun(work: Work, form: WriteForm) -> Response:
    """The form with the texts to begin with, the chosen one in it."""
    if not talking.may_write(work.case, work.relation):
        raise NotAvailable(Action.ASK)
    beginning = begin(work, Occasion.MESSAGE)
    beginning.put_into(form.note)
    return draw(work, "write", told=beginning.told(), form=addressed(form, work))


def _offered(work: Work, form: HandOverForm) -> HandOverForm:
    """The form with those who could go on with the case."""
    able = talking.colleagues(work.session, office=work.office, case=work.case, by=work.here.person)
    return form.offer(able)
