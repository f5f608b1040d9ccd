"""The text that everybody may read of an answer: written by one moderator, confirmed by another."""

from __future__ import annotations

from flask import Response, abort, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.forms.public_answer import PublicConfirmForm, PublicTextForm
from moderation.making_public import writing
from moderation.making_public.reading import Told, read_answer
from moderation.making_public.writing import TooFewAlike
from moderation.views.case.drawing import draw
from moderation.views.case.room import bp
from moderation.views.opening import CASE_ID, Work, finish, open_work, reopen, typed
from moderation.views.refusals import attempt
from portal.models.case import Room


@bp.get(f"/{CASE_ID}/public-answer")
def public_answer(case_id: int) -> Response:
    """Show how it stands, with the form for whoever is here."""
    work = open_work(case_id, Room.DESK, there=_is_there)
    told = _told(work)
    return _draw(work, PublicTextForm(formdata=None, data={"text": told.text}))


@bp.post(f"/{CASE_ID}/public-answer")
def write_public_answer(case_id: int) -> AnyResponse:
    """Keep a text for everybody."""
    form = typed(PublicTextForm)
    work = open_work(case_id, Room.DESK, there=_is_there)
    if not form.validate() or not _taken(work, form):
        return _draw(reopen(work), form, status=422)
    return finish(work, gettext("Đã lưu. Một người khác sẽ đọc và xác nhận."))


@bp.post(f"/{CASE_ID}/public-answer/confirm")
def confirm_public_answer(case_id: int) -> AnyResponse:
    """Confirm that nobody is recognised by it."""
    form = typed(PublicConfirmForm)
    work = open_work(case_id, Room.DESK, there=_is_there)
    draft = request.form.get("draft", type=int) or 0
    if not form.validate():
        return _draw(work, PublicTextForm(formdata=None), form, status=422)
    try:
        writing.confirm(
            work.session,
            office=work.office,
            case=work.case,
            by=work.here.person,
            draft=draft,
            points=form.points(),
        )
    except TooFewAlike:
        form.refuse(_too_few())
        return _draw(reopen(work), PublicTextForm(formdata=None), form, status=422)
    return finish(work, gettext("Đã xác nhận. Đến ngày, Cổng công bố."))


@bp.post(f"/{CASE_ID}/public-answer/stop")
def stop_public_answer(case_id: int) -> AnyResponse:
    """End it for good; what was published goes at once."""
    work = open_work(case_id, Room.DESK, there=_is_there)
    writing.stop(work.session, office=work.office, case=work.case, by=work.here.person)
    return finish(work, gettext("Câu trả lời này không được công bố."))


def _taken(work: Work, form: PublicTextForm) -> bool:
    """Whether the text was kept; what is wrong with it is put beside its field."""
    try:
        return attempt(form, lambda: writing.write(work.session, **work.tools, text=form.text.data))
    except TooFewAlike:
        form.refuse(_too_few())
    return False


def _draw(
    work: Work, text: PublicTextForm, confirm: PublicConfirmForm | None = None, status: int = 200
) -> Response:
    """The page, with both forms."""
    return draw(
        work,
        "public_answer",
        status=status,
        told={"answer": _told(work)},
        text=text,
        confirm=confirm or PublicConfirmForm(formdata=None),
        form=confirm or text,
    )


def _told(work: Work) -> Told:
    """How it stands. Answers 404 where its writer has allowed nothing, or no more."""
    told = read_answer(work.session, keys=work.keys, case=work.case, person=work.here.person)
    return told or abort(404)


def _is_there(work: Work) -> bool:
    """Whether the writer of the case has allowed that its answer is told."""
    return writing.standing_of(work.session, case=work.case) is not None


def _too_few() -> str:
    """Why it cannot be told."""
    return gettext(
        "Chưa đủ năm việc giống nhau của hai tổ chức trong quý. Người đọc có thể đoán ra việc này."
    )
