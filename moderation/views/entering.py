"""Entering what came by telephone, in person or on paper: the form, the preview, the slip.

Nothing is stored before "enter", and what was typed travels along in the form, as a resident's
does: no draft of it lies anywhere. The slip is never kept by a browser.
"""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import entering
from moderation.entering import Typed
from moderation.forms.entering import EnterForm
from moderation.views.entering_pages import form_page, offered, preview_page, slip_page
from moderation.views.here import here, need_role, signed_in
from portal.files.arriving import Upload, takes_file
from portal.files.attaching import TooMany, check_room, is_sent
from portal.files.taking import Twice, take_in
from portal.files.telling import NOT_KEPT, Fault, fault_of
from portal.holding import held
from portal.receiving import AlreadySent, NeverSent, OtherWords
from portal.tracking import CannotAct
from portal.vocabulary import Role

bp = Blueprint("entering", __name__, url_prefix="/enter")
bp.before_request(signed_in)
bp.before_request(need_role(Role.MODERATOR))


@bp.get("/")
def form() -> Response:
    """Show the empty form, with the moderator's own commune chosen."""
    places = here().person.organisations(Role.MODERATOR)
    return form_page(EnterForm(formdata=None, unit=next(iter(places), "")))


@bp.post("/")
def post() -> AnyResponse:
    """Go one step on: to the preview, back to the form, or to the slip."""
    form = EnterForm()
    wanted = request.form.get("edit", "")
    if wanted in form and wanted != "form_token":
        form[wanted].render_kw = {"autofocus": True}
    if "edit" in request.form or request.form.get("step") == "edit":
        return form_page(form)
    if not offered(form).validate():
        return form_page(form, 422)
    if request.form.get("step") != "send":
        return preview_page(form)
    return _untold(form) if form.stop else _enter(form)


@bp.post("/scan")
@takes_file
def scan() -> AnyResponse:
    """Take a picture of the paper, and show the slip again."""
    found = _typed()
    fault = _take(found)
    return slip_page(_typed() if fault is None else found, fault=fault)


@bp.post("/given")
def given() -> AnyResponse:
    """Note that the writer has the slip; it is not shown again."""
    found, token = here(), request.form.get("form_token", "")
    try:
        entering.hand_over(found.session, **found.tools, token=token)
    except (NeverSent, AlreadySent):
        abort(404)
    flash(gettext("Đã trao phiếu. Người khác sẽ xem xét hồ sơ này."), "good")
    found.session.commit()
    return redirect(url_for("desk.index"))


def _enter(form: EnterForm) -> AnyResponse:
    """Enter it, once, and show the slip."""
    found = here()
    try:
        typed = entering.enter(
            found.session,
            **found.tools,
            token=form.token,
            entry=form.entry(),
            roster=held().installation.current().roster,
            witness_id=form.witness_id,
        )
    except (AlreadySent, OtherWords):
        form.renew()
        sentence = gettext("Bản trước đã được nhập. Bấm lần nữa thì nhập thêm một ý kiến mới.")
        return preview_page(form, [("", sentence)], 409)
    page = slip_page(typed)
    found.session.commit()
    return page


def _untold(form: EnterForm) -> Response:
    """Enter nothing that belongs elsewhere before whoever sent it was told so."""
    sentence = gettext("Xin nói với người gửi, rồi đánh dấu vào ô này nếu người gửi vẫn muốn gửi.")
    return preview_page(form, [("gate", sentence)], 422)


def _typed() -> Typed:
    """What the form of this slip has entered. Answers 404 once the slip was handed over."""
    found = here()
    try:
        token = request.form.get("form_token", "")
        return entering.reopen(found.session, **found.tools, token=token)
    except (NeverSent, AlreadySent):
        abort(404)


def _take(found: Typed) -> Fault | None:
    """Take the picture of this request in and commit; or say why it is not kept."""
    session, store, at = here().session, held().files, here().office
    try:
        check_room(
            session,
            tracked=entering.tracked_of(session, number=found.receipt.submission_id, key=found.key),
        )
        sealed = take_in(
            store,
            upload=cast(Upload | None, request.files.get("file")),
            key=found.key,
            is_there=lambda mark: is_sent(session, mark=mark),
            before_cleaning=session.rollback,
        )
        try:
            entering.attach_scan(session, office=at, found=found, sealed=sealed)
        except (CannotAct, TooMany, Twice):
            store.drop([sealed.uid.hex()])
            raise
    except NOT_KEPT as error:
        return fault_of(error)
    session.commit()
    return None
