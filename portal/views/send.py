"""Sending a comment: the form, the preview, the receipt. Nothing is stored before "send".

Every step is a POST to one address, and every answer travels along, so that going back, an
expired token or a database that is away lose nothing that was typed.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from flask_babel import gettext
from flask_wtf.csrf import CSRFError, generate_csrf
from sqlalchemy.exc import IntegrityError

from portal import qr
from portal.deadlines import TARGETS, due
from portal.errors import UNREACHABLE, report_unreachable
from portal.forms import ConsentForm, SendForm
from portal.holding import held
from portal.i18n import language
from portal.preview import preview_of
from portal.receiving import (
    AlreadySent,
    NeverSent,
    OtherWords,
    Receipt,
    confirm_saved,
    receive,
    repeat,
)
from portal.security import REMEMBERED
from portal.spelling import spell
from portal.tracking import promised_from_receipt
from portal.unit import current_session
from portal.vault.codes import is_token, new_token

bp = Blueprint("send", __name__)

#: Sentences with the field they point at; an empty field means the page as a whole.
Errors = list[tuple[str, str]]


@bp.get("/gui-y-kien")
def form() -> Response:
    """Show the empty form; a link may have chosen the commune."""
    here = held()
    installation = here.installation.current()
    unit = installation.unit_of_link(request.args.get("noi", ""))

    def draw(marks: Mapping[str, str]) -> str:
        blank = SendForm(formdata=None, unit=unit.id if unit else "", form_token=marks["token"])
        return _draw_form(blank, csrf=marks["csrf"])

    page = here.skeletons.fill(
        ("send", language(), unit), installation, draw, csrf=generate_csrf(), token=new_token()
    )
    response = Response(page)
    response.headers["Cache-Control"] = REMEMBERED
    return response


@bp.post("/gui-y-kien")
def post() -> Response:
    """Go one step on: to the preview, back to the form, to the receipt, or to the end."""
    step = "edit" if "edit" in request.form else request.form.get("step", "")
    if step == "preview":
        return _preview()
    if step == "edit":
        return _edit()
    if step == "send":
        return _send()
    if step == "saved":
        return _saved()
    sentence = gettext("Cổng không hiểu nút vừa bấm. Chữ đã viết vẫn còn, xin bấm lại.")
    return _form_again(SendForm(), sentence, 400)


@bp.errorhandler(CSRFError)
def expired(_error: CSRFError) -> Response:
    """Keep everything typed when the token is missing, wrong or too old; send nothing."""
    if request.form.get("step") == "saved":
        return _saved(expired=True)
    form, sentence = SendForm(), _expired_sentence()
    if request.form.get("step") == "send" and form.validate():
        return _preview_page(form, [("", sentence)], 400)
    return _form_again(form, sentence, 400)


def _preview() -> Response:
    """Show the comment as readers will see it, or what is missing."""
    form = SendForm()
    return _preview_page(form) if form.validate() else _form_page(form, 422)


def _edit() -> Response:
    """Go back to the form with everything in it."""
    form = SendForm()
    wanted = request.form.get("edit", "")
    if wanted in form and wanted != "form_token":
        form[wanted].render_kw = {"autofocus": True}
    return _form_page(form, 200)


def _send() -> Response:
    """Receive the comment, once, and show its receipt."""
    form, consent = SendForm(), ConsentForm()
    if not form.validate():
        return _form_page(form, 422)
    if not is_token(form.form_token.data or ""):
        return _preview_page(form, [("", _expired_sentence())], 400)
    if not consent.validate():
        return _preview_page(form, [("consent", consent.consent.errors[0])], 422)
    try:
        return _receipt_page(_receive(form))
    except AlreadySent:
        return make_response(render_template("portal/sent.html", again=True, nav="send"))
    except OtherWords:
        form.renew()
        sentence = gettext("Bản trước đã được gửi. Nếu bấm gửi lần nữa, bản này là một ý kiến mới.")
        return _preview_page(form, [("", sentence)], 409)
    except UNREACHABLE as error:
        report_unreachable(error)
        sentence = gettext("Cổng đang bận nên chưa ghi được. Chữ vẫn còn, xin bấm gửi lại.")
        return _preview_page(form, [("", sentence)], 503)


def _saved(*, expired: bool = False) -> Response:
    """Note that the code is saved; from then on its receipt is not shown again."""
    token = request.form.get("form_token", "")
    session, now = current_session(), held().clock()
    try:
        receipt = repeat(session, ring=held().ring, token=token, at=now)
    except AlreadySent:
        return make_response(render_template("portal/sent.html", again=False, nav="send"))
    except NeverSent:
        abort(400)
    if expired:
        return _receipt_page(receipt, [("", _expired_sentence())], 400)
    if not request.form.get("saved"):
        sentence = gettext("Lưu mã xong, ông/bà đánh dấu vào ô này rồi bấm tiếp.")
        return _receipt_page(receipt, [("saved", sentence)], 422)
    confirm_saved(session, submission_id=receipt.submission_id, at=now)
    session.commit()
    return make_response(render_template("portal/sent.html", again=False, nav="send"))


def _receive(form: SendForm) -> Receipt:
    """Receive and commit. Two clicks that meet in the database are still one submission."""
    try:
        return _receive_now(form)
    except IntegrityError:
        current_session().rollback()
        return _receive_now(form)


def _receive_now(form: SendForm) -> Receipt:
    """Receive and commit, in one transaction."""
    session, here = current_session(), held()
    receipt = receive(
        session, ring=here.ring, token=form.token, entry=form.entry(), at=here.clock()
    )
    session.commit()
    return receipt


def _form_again(form: SendForm, sentence: str, status: int) -> Response:
    """The form with everything typed, and one sentence about the whole of it."""
    form.refuse(sentence)
    return _form_page(form, status)


def _form_page(form: SendForm, status: int) -> Response:
    """The form with everything typed."""
    form.form_token.data = form.token
    return make_response(_draw_form(form, csrf=generate_csrf()), status)


def _draw_form(form: SendForm, *, csrf: str) -> str:
    """The form as a page."""
    return render_template("portal/send.html", form=form, csrf=csrf, nav="send")


def _preview_page(form: SendForm, errors: Errors | None = None, status: int = 200) -> Response:
    """The comment as readers will see it, and the button that sends it."""
    page = render_template(
        "portal/preview.html",
        letter=preview_of(form),
        carried=form.carried(),
        consent=ConsentForm(formdata=None).consent,
        errors=errors or [],
        nav="send",
    )
    return make_response(page, status)


def _receipt_page(receipt: Receipt, errors: Errors | None = None, status: int = 200) -> Response:
    """The code, the only time it is shown, with what happens next."""
    calendar, fears = held().installation.current().calendar, receipt.fears_retaliation
    until = {
        stage: due(
            receipt.received_at, promised_from_receipt(stage, fears_retaliation=fears), calendar
        )
        for stage in ("screening", "pass_on")
    }
    page = render_template(
        "portal/receipt.html",
        receipt=receipt,
        token=request.form.get("form_token", ""),
        spelled=spell(receipt.code),
        picture=qr.draw(receipt.code),
        screened_by=until["screening"],
        passed_on_by=until["pass_on"],
        result_days=TARGETS["result"].working_days,
        errors=errors or [],
        nav="send",
    )
    return make_response(page, status)


def _expired_sentence() -> str:
    """What to do about a token that is no good; without cookies it never will be."""
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies:
        return str(
            gettext("Trình duyệt chưa nhận cookie của Cổng. Xin cho phép cookie rồi bấm gửi lại.")
        )
    return str(gettext("Trang mở đã lâu nên chưa gửi được. Chữ đã viết vẫn còn, xin bấm lại."))
