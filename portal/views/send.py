"""Sending a comment: the form, the preview, the receipt. Nothing is stored before "send".

Every step is a POST to one address, and every answer travels along, so that going back, an
expired token or a database that is away lose nothing that was typed.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError

from portal.errors import UNREACHABLE, report_unreachable
from portal.forms import SendForm
from portal.forms.sending import PASSED
from portal.holding import held
from portal.i18n import gettext
from portal.identity import IdentityNotTaken
from portal.receiving import (
    AlreadySent,
    Entry,
    NeverSent,
    OtherWords,
    Receipt,
    confirm_saved,
    receive,
    repeat,
)
from portal.security import HASTY_SECONDS, REMEMBERED, form_age
from portal.text import one_line
from portal.unit import writing_connection
from portal.vault.codes import is_token
from portal.views.send_pages import (
    blank_page,
    form_page,
    petition_page,
    petition_paper,
    preview_page,
    receipt_page,
    sent_page,
    stop_page,
)
from portal.vocabulary import Suspicion

bp = Blueprint("send", __name__)

#: The words by which a link chooses the commune, and names a neighbourhood in it.
UNIT, NEIGHBOURHOOD = "noi", "khoi"
#: In characters; no neighbourhood has a longer name.
_LONGEST_NAME = 60


@bp.get("/gui-y-kien")
def form() -> Response:
    """Show the empty form; a link may have chosen the commune and named the neighbourhood."""
    unit = held().installation.current().unit_of_link(request.args.get(UNIT, ""))
    named = one_line(request.args.get(NEIGHBOURHOOD, ""))[:_LONGEST_NAME]
    response = Response(blank_page(unit, UNIT, named))
    response.headers["Cache-Control"] = REMEMBERED
    return response


@bp.post("/gui-y-kien")
def post() -> Response:
    """Go one step on: to the preview, back to the form, to the receipt, or to the end."""
    step = "edit" if "edit" in request.form else request.form.get("step", "")
    # The button that passes the gate says so itself; without any step it leads on to the preview.
    step = step or ("preview" if request.form.get("gate") == PASSED else "")
    if step == "preview":
        return _preview()
    if step == "edit":
        return _edit()
    if step == "send":
        return _send()
    if step == "petition":
        return petition_page(SendForm())
    if step == "petition_paper":
        return petition_paper(SendForm())
    if step == "saved":
        return _saved()
    sentence = gettext("Cổng không nhận ra yêu cầu vừa gửi. Chữ đã viết vẫn còn, xin bấm lại.")
    return _form_again(SendForm(), sentence, 400)


@bp.errorhandler(CSRFError)
def expired(_error: CSRFError) -> Response:
    """Keep everything typed when the token is missing, wrong or too old; send nothing."""
    if request.form.get("step") == "saved":
        return _saved(expired=True)
    form, sentence = SendForm(), _expired_sentence()
    if request.form.get("step") == "send" and form.validate():
        return preview_page(form, [("", sentence)], 400)
    return _form_again(form, sentence, 400)


def _preview() -> Response:
    """Show the comment as readers will see it, what is missing, or where such a matter belongs."""
    form = SendForm()
    if not form.validate():
        return form_page(form, 422)
    return stop_page(form, form.stop) if form.stop else preview_page(form)


def _edit() -> Response:
    """Go back to the form with everything in it."""
    form = SendForm()
    wanted = request.form.get("edit", "")
    if wanted in form and wanted != "form_token":
        form[wanted].render_kw = {"autofocus": True}
    return form_page(form, 200)


def _send() -> Response:
    """Receive the comment, once, and show its receipt."""
    form = SendForm()
    if not form.validate():
        return form_page(form, 422)
    if form.stop:
        return stop_page(form, form.stop)
    if not is_token(form.form_token.data or ""):
        return preview_page(form, [("", _expired_sentence())], 400)
    if not request.form.get("consent"):
        sentence = gettext("Ông/bà đánh dấu đồng ý thì Cổng mới sử dụng được nội dung này.")
        return preview_page(form, [("consent", sentence)], 422)
    try:
        return receipt_page(_receive(form.token, form.entry(_suspicion(form))))
    except AlreadySent:
        return sent_page(again=True)
    except IdentityNotTaken:
        return form_page(form, 422)
    except OtherWords:
        form.renew()
        sentence = gettext("Bản trước đã được gửi. Nếu bấm gửi lần nữa, bản này là một ý kiến mới.")
        return preview_page(form, [("", sentence)], 409)
    except UNREACHABLE as error:
        report_unreachable(error)
        sentence = gettext("Cổng đang bận nên chưa ghi được. Chữ vẫn còn, xin bấm gửi lại.")
        return preview_page(form, [("", sentence)], 503)


def _saved(*, expired: bool = False) -> Response:
    """Note that the code is saved; from then on its receipt is not shown again."""
    token = request.form.get("form_token", "")
    session, now = writing_connection(), held().clock()
    try:
        receipt = repeat(session, ring=held().ring, token=token, at=now)
    except AlreadySent:
        return sent_page(again=False)
    except NeverSent:
        abort(400)
    if expired:
        return receipt_page(receipt, [("", _expired_sentence())], 400)
    if not request.form.get("saved"):
        sentence = gettext("Lưu mã xong, ông/bà đánh dấu vào ô này rồi bấm tiếp.")
        return receipt_page(receipt, [("saved", sentence)], 422)
    confirm_saved(session, submission_id=receipt.submission_id, at=now)
    session.commit()
    return sent_page(again=False)


def _suspicion(form: SendForm) -> Suspicion | None:
    """Why this letter is looked at twice, or nothing. Its writer reads the same in any case."""
    here, age = held(), form_age()
    now = here.clock()
    return here.arrivals.judge(
        source=here.sources.mark(request.remote_addr, now),
        at=now,
        trapped=form.website.data,
        hasty=age is not None and age < HASTY_SECONDS,
    )


def _receive(token: str, entry: Entry) -> Receipt:
    """Receive and commit. Two clicks that meet in the database are still one submission."""
    try:
        return _receive_now(token, entry)
    except IntegrityError:
        writing_connection().rollback()
        return _receive_now(token, entry)


def _receive_now(token: str, entry: Entry) -> Receipt:
    """Receive and commit, in one transaction."""
    session, here = writing_connection(), held()
    receipt = receive(
        session,
        ring=here.ring,
        token=token,
        entry=entry,
        at=here.clock(),
        roster=here.installation.current().roster,
    )
    session.commit()
    return receipt


def _form_again(form: SendForm, sentence: str, status: int) -> Response:
    """The form with everything typed, and one sentence about the whole of it."""
    form.refuse(sentence)
    return form_page(form, status)


def _expired_sentence() -> str:
    """What to do about a token that is no good; without cookies it never will be."""
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return str(
            gettext("Trình duyệt chưa nhận cookie của Cổng. Xin cho phép cookie rồi bấm gửi lại.")
        )
    return str(gettext("Trang mở đã lâu nên chưa gửi được. Chữ đã viết vẫn còn, xin bấm lại."))
