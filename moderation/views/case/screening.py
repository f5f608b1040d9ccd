"""Screening a case: reading it, saying who is meant, asking, deciding, confirming, objecting."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import screening
from moderation.forms.screening import (
    AskForm,
    CheckForm,
    ChooseForm,
    ClassifyForm,
    ObjectForm,
)
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from moderation.workflow import Action
from portal.models import Member
from portal.models.case import Room


@bp.post(f"/{CASE_ID}/classify")
def classify(case_id: int) -> AnyResponse:
    """Say what kind of comment it is."""
    form = typed(ClassifyForm)
    work = open_work(case_id, Room.DESK, Action.ASK)
    if not form.validate():
        return draw(work, status=422, classify=form)
    read_as = form.reading()
    if not attempt(form, lambda: screening.classify(work.session, **work.tools, reading=read_as)):
        return draw(reopen(work), status=422, classify=form)
    return finish(work, gettext("Đã lưu phân loại."))


@bp.post(f"/{CASE_ID}/choose")
def choose(case_id: int) -> AnyResponse:
    """Say which member is meant; who does not know asks the writer."""
    form = typed(ChooseForm)
    work = open_work(case_id, Room.DESK, Action.ASK)
    if not form.validate():
        return draw(work, status=422, choose=form)
    if form.member.data == ChooseForm.NOBODY:
        flash(gettext("Xin hỏi thêm người gửi, không đoán."), "info")
        return redirect(url_for("case.ask", case_id=case_id))
    chosen = _member(work, form)
    if chosen is None:
        return draw(work, status=422, choose=form)
    if not attempt(form, lambda: screening.choose_subject(work.session, **work.tools, **chosen)):
        return draw(reopen(work), status=422, choose=form)
    return finish(work, gettext("Đã ghi đảng viên được góp ý."))


@bp.post(f"/{CASE_ID}/verify")
def verify(case_id: int) -> AnyResponse:
    """Propose that it may be passed on; praise may be at once."""
    form = typed(CheckForm)
    work = open_work(case_id, Room.DESK, Action.PROPOSE, Action.VERIFY)
    if not form.validate():
        return draw(work, status=422, check=form)
    checklist = form.checklist()
    if not attempt(form, lambda: screening.verify(work.session, **work.tools, checklist=checklist)):
        return draw(reopen(work), status=422, check=form)
    return finish(work, _sentence_after(work))


@bp.post(f"/{CASE_ID}/confirm")
def confirm(case_id: int) -> AnyResponse:
    """Confirm what another moderator proposes."""
    work = open_work(case_id, Room.DESK, Action.VERIFY, Action.DECLINE)
    screening.confirm(work.session, **work.tools)
    return finish(work, gettext("Đồng chí đã xác nhận."))


@bp.get(f"/{CASE_ID}/object")
def objection(case_id: int) -> Response:
    """Ask why a proposal is not right."""
    work = open_work(case_id, Room.DESK, Action.OBJECT)
    return draw(work, "object", form=ObjectForm(formdata=None))


@bp.post(f"/{CASE_ID}/object")
def object_to(case_id: int) -> AnyResponse:
    """Send a proposal back with a reason."""
    form = typed(ObjectForm)
    work = open_work(case_id, Room.DESK, Action.OBJECT)
    if not form.validate():
        return draw(work, "object", status=422, form=form)
    screening.object_to(work.session, **work.tools, reason=form.reason.data)
    return finish(work, gettext("Đã trả lại đề nghị, kèm lý do."))


@bp.get(f"/{CASE_ID}/ask")
def ask(case_id: int) -> Response:
    """Ask what the writer should be asked."""
    work = open_work(case_id, Room.DESK, Action.ASK)
    return draw(work, "ask", form=AskForm(formdata=None))


@bp.post(f"/{CASE_ID}/ask")
def ask_writer(case_id: int) -> AnyResponse:
    """Put a question to the writer."""
    form = typed(AskForm)
    work = open_work(case_id, Room.DESK, Action.ASK)
    if not form.validate():
        return draw(work, "ask", status=422, form=form)
    asked = form.question.data
    if not attempt(form, lambda: screening.ask(work.session, **work.tools, question=asked)):
        return draw(reopen(work), "ask", status=422, form=form)
    return finish(work, gettext("Đã gửi câu hỏi. Thời hạn tạm dừng trong khi chờ người gửi."))


def _member(work: Work, form: ChooseForm) -> dict[str, UUID] | None:
    """The chosen member; nothing, and a sentence, for an id that is none of the register's."""
    try:
        member_id = UUID(form.member.data)
    except ValueError:
        member_id = None
    if member_id is None or work.session.get(Member, member_id) is None:
        form.member.errors = [gettext("Không có đảng viên này trong danh sách. Xin chọn lại.")]
        return None
    return {"member_id": member_id}


def _sentence_after(work: Work) -> str:
    """What has become of the case that was checked."""
    if work.case.proposal:
        return gettext("Đã ghi đề nghị, chờ người thứ hai xác nhận.")
    return gettext("Hồ sơ đủ điều kiện chuyển.")
