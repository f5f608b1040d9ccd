"""Becoming a custodian: choosing a passphrase, once."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.access import NotVisible
from moderation.forms.identity import KeyForm
from moderation.identity.holding import AlreadyCustodian, become, key_of, make_own
from moderation.passwords import WeakPassword
from moderation.views.here import here, look_apart
from moderation.views.identity.room import bp, draw, finish


@bp.get("/key")
def key() -> Response:
    """Ask for a passphrase, and say that nobody can recover it."""
    if key_of(here().session, account_id=here().person.account_id) is not None:
        raise NotVisible
    return draw("key", form=KeyForm(formdata=None))


@bp.post("/key")
def make_key() -> AnyResponse:
    """Make a key that this passphrase locks."""
    form, found = KeyForm(), here()
    if form.validate() and form.passphrase.data != form.again.data:
        form.again.errors = [gettext("Hai lần nhập không giống nhau. Xin nhập lại.")]
    if form.errors:
        return draw("key", status=422, form=form)
    try:
        made = make_own(look_apart(), **found.tools, passphrase=form.passphrase.data)
        become(found.session, **found.tools, made=made)
    except WeakPassword as error:
        form.passphrase.errors = [str(error)]
        return draw("key", status=422, form=form)
    except AlreadyCustodian as error:
        raise NotVisible from error
    return finish(gettext("Đã tạo khóa. Xin giữ câu khóa ở nơi an toàn, ngoài máy này."))
