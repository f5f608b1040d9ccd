"""One request to open who wrote: reading it, agreeing with a passphrase, or refusing."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.forms.identity import PassphraseForm
from moderation.identity.deciding import agree as agree_to
from moderation.identity.deciding import refuse as refuse_it
from moderation.identity.holding import WrongPassphrase, unlock_own
from moderation.identity.waiting import find_request
from moderation.views.here import here, look_apart
from moderation.views.identity.room import bp, draw, finish, may_try, was_right
from portal.db import LARGEST_ID
from portal.vault import CannotOpen

_REQUEST = "/requests/<int:request_id>"


@bp.get(_REQUEST)
def show(request_id: int) -> Response:
    """Show who asks, for whom and why."""
    return _page(request_id, PassphraseForm(formdata=None))


@bp.post(f"{_REQUEST}/agree")
def agree(request_id: int) -> AnyResponse:
    """Agree with the passphrase of one's key; the second who does opens it."""
    form = PassphraseForm()
    if not form.validate() or not may_try(form):
        return _page(request_id, form, 422)
    try:
        opened = _agree(request_id, form.passphrase.data)
    except WrongPassphrase:
        form.passphrase.errors = [gettext("Câu khóa không đúng. Xin nhập lại.")]
        return _page(request_id, form, 422)
    except CannotOpen:
        form.refuse(gettext("Hai phần khóa không khớp nhau nên không mở được. Xin báo kỹ thuật."))
        return _page(request_id, form, 422)
    was_right()
    if opened:
        return finish(gettext("Đã mở cho người xem trong 24 giờ. Người gửi được báo."))
    return finish(gettext("Đã ghi đồng ý. Cần thêm một người giữ khóa trong 24 giờ."))


@bp.post(f"{_REQUEST}/refuse")
def refuse(request_id: int) -> AnyResponse:
    """Refuse; the request ends."""
    found, number = here(), min(request_id, LARGEST_ID)
    refuse_it(found.session, **found.tools, request_id=number)
    return finish(gettext("Đã ghi không đồng ý. Danh tính vẫn niêm phong."))


def _agree(request_id: int, passphrase: str) -> bool:
    """Agree; whether that opened it. A passphrase is tried for what is there alone."""
    found, looking, number = here(), look_apart(), min(request_id, LARGEST_ID)
    find_request(looking, **found.tools, request_id=number)
    key = unlock_own(looking, **found.tools, passphrase=passphrase)
    return agree_to(found.session, **found.tools, request_id=number, key=key)


def _page(request_id: int, form: PassphraseForm, status: int = 200) -> Response:
    """The request with the form. Raises NotVisible."""
    found = here()
    found.session.rollback()
    asked = find_request(found.session, **found.tools, request_id=min(request_id, LARGEST_ID))
    return draw("request", status=status, asked=asked, form=form)
