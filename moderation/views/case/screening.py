"""Screening a case: reading it, saying who is meant, asking, deciding, confirming, objecting."""

from __future__ import annotations

from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import screening
from moderation.forms.screening import (
    AskForm,
    CheckForm,
    ChooseForm,
    ClassifyForm,
    ScreeningForm,
)
from moderation.screening import Classification
from moderation.views import confirming
from moderation.views.case.addressing import addressed
from moderation.views.case.drawing import draw, kept_so_far
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, settle, typed
from moderation.views.refusals import attempt
from moderation.views.replies import begin, choosing
from moderation.workflow import Action
from portal.models import Case, Member
from portal.models.case import Room
from portal.text import one_line
from portal.vocabulary import Occasion

#: Sent by the page, which has all the fields; without it only what is pressed was sent.
_WHOLE = "whole"


@bp.post(f"/{CASE_ID}/classify")
def classify(case_id: int) -> AnyResponse:
    """Say what kind of comment it is."""
    form = typed(ScreeningForm)
    work = open_work(case_id, Room.DESK, Action.ASK)
    if not form.fits(ClassifyForm):
        return _again(work, form)
    read_as = form.reading()
    if not attempt(form, lambda: screening.classify(work.session, **work.tools, reading=read_as)):
        return _again(reopen(work), form)
    return _saved(work, form, gettext("Đã lưu phân loại."))


@bp.post(f"/{CASE_ID}/choose")
def choose(case_id: int) -> AnyResponse:
    """Say which member is meant; who does not know asks the writer."""
    form = typed(ScreeningForm)
    work = open_work(case_id, Room.DESK, Action.ASK)
    if not form.fits(ChooseForm):
        return _again(work, form)
    if form.member.data == ScreeningForm.NOBODY:
        flash(gettext("Xin hỏi thêm người gửi, không đoán."), "info")
        return redirect(url_for("case.ask", case_id=case_id))
    chosen = _member(work, form)
    if chosen is None:
        return _again(work, form)
    if not attempt(form, lambda: screening.choose_subject(work.session, **work.tools, **chosen)):
        return _again(reopen(work), form)
    return _saved(work, form, gettext("Đã ghi đảng viên được góp ý."))


@bp.post(f"/{CASE_ID}/find")
def find(case_id: int) -> Response:
    """Look for a member; what was filled in meanwhile stays as it is."""
    form = typed(ScreeningForm)
    work = open_work(case_id, Room.DESK, Action.ASK)
    return draw(work, query=_query(), screen=form)


@bp.post(f"/{CASE_ID}/verify")
def verify(case_id: int) -> AnyResponse:
    """Propose that it may be passed on, with all that the page was filled in with; praise may be
    at once.
    """
    form = typed(ScreeningForm)
    work = open_work(case_id, Room.DESK, Action.PROPOSE, Action.VERIFY)
    parts = (ClassifyForm, CheckForm) if _WHOLE in request.form else (CheckForm,)
    if not form.fits(*parts) or not _member_fits(work, form):
        return _again(work, form)
    if not attempt(form, lambda: _propose(work, form)):
        return _again(reopen(work), form)
    return finish(work, _sentence_after(work))


@bp.post(f"/{CASE_ID}/confirm")
def confirm(case_id: int) -> AnyResponse:
    """Confirm what another moderator proposes."""
    return confirming.agree(case_id, Room.DESK)


@bp.get(f"/{CASE_ID}/object")
def objection(case_id: int) -> Response:
    """Ask why a proposal is not right."""
    return confirming.ask_why(case_id, Room.DESK, draw)


@bp.post(f"/{CASE_ID}/object")
def object_to(case_id: int) -> AnyResponse:
    """Send a proposal back with a reason."""
    return confirming.send_back(case_id, Room.DESK, draw)


@bp.get(f"/{CASE_ID}/ask")
def ask(case_id: int) -> Response:
    """Ask what the writer should be asked."""
    work = open_work(case_id, Room.DESK, Action.ASK)
    return _begun(work, AskForm(formdata=None))


@bp.post(f"/{CASE_ID}/ask")
def ask_writer(case_id: int) -> AnyResponse:
    """Put a question to the writer."""
    form = typed(AskForm)
    work = open_work(case_id, Room.DESK, Action.ASK)
    if choosing():
        return _begun(work, form)
    if not addressed(form, work).validate():
        return draw(work, "ask", status=422, form=form)
    to, asked = form.letter_id, form.question.data
    if not attempt(
        form, lambda: screening.ask(work.session, **work.tools, question=asked, letter_id=to)
    ):
        return draw(reopen(work), "ask", status=422, form=form)
    return finish(work, gettext("Đã gửi câu hỏi. Thời hạn tạm dừng trong khi chờ người gửi."))


def _propose(work: Work, form: ScreeningForm) -> None:
    """Keep what else was filled in, then propose."""
    if _WHOLE in request.form and form.reading() != _read_so_far(work.case):
        screening.classify(work.session, **work.tools, reading=form.reading())
    known = screening.subject_of(work.session, keys=work.keys, case=work.case)
    chosen = form.member_id() if form.member.data else None
    if chosen is not None and chosen != known:
        screening.choose_subject(work.session, **work.tools, member_id=chosen)
    screening.verify(work.session, **work.tools, checklist=form.checklist())


def _read_so_far(case: Case) -> Classification | None:
    """How the case is read, once all of it is said."""
    if case.kind is None or case.sentiment is None or case.topic is None:
        return None
    return Classification(case.kind, case.sentiment, case.topic, case.possible_denunciation)


def _again(work: Work, form: ScreeningForm) -> Response:
    """The page once more, with everything that was filled in."""
    return draw(work, status=422, query=_query(), screen=form)


def _saved(work: Work, form: ScreeningForm, sentence: str) -> AnyResponse:
    """Commit one part. What was filled in beside it and is not saved stays on the page."""
    if _WHOLE not in request.form or not form.holds_more(kept_so_far(work)):
        return finish(work, sentence)
    if not settle(work, sentence):
        return redirect(url_for("desk.index"))
    return draw(reopen(work), query=_query(), screen=form)


def _query() -> str:
    """Whom somebody was looking for, unless they go back to those who are proposed."""
    return "" if "proposed" in request.form else one_line(request.form.get("q", ""))[:200]


def _member_fits(work: Work, form: ScreeningForm) -> bool:
    """Whether the member that was chosen beside the checklist, if one was, may be meant."""
    if form.member.data == ScreeningForm.NOBODY:
        form.member.errors = [gettext("Chưa rõ là ai thì hỏi thêm người gửi.")]
        return False
    return not form.member.data or _member(work, form) is not None


def _member(work: Work, form: ScreeningForm) -> dict[str, UUID] | None:
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


def _begun(work: Work, form: AskForm) -> Response:
    """The form of a question with the texts to begin with, the chosen one in it."""
    beginning = begin(work, Occasion.ASK)
    beginning.put_into(form.question)
    return draw(work, "ask", told=beginning.told(), form=addressed(form, work))
