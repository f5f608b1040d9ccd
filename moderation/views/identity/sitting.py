"""Two custodians at one desk: adding, replacing or retiring one of them."""

from __future__ import annotations

from flask import Response
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse

from moderation.access import NotVisible
from moderation.forms.identity import SittingForm
from moderation.identity.sitting import NotSitting, Sitting, holders, sit, unlock_both
from moderation.views.here import here, look_apart
from moderation.views.identity.room import bp, draw, finish, may_try, was_right

_REFUSED = {
    "first": ("passphrase", _("Câu khóa không đúng. Xin nhập lại.")),
    "second": ("other_passphrase", _("Câu khóa không đúng. Xin nhập lại.")),
    "other": ("other", _("Hai người phải khác nhau và đều đang giữ khóa.")),
    "few": ("change", _("Luôn phải còn ít nhất hai người giữ khóa.")),
    "nothing": ("change", _("Không còn thay đổi này để làm. Xin chọn lại.")),
    "running": ("change", _("Lần thay đổi trước chưa chia xong. Xin chờ vài phút.")),
}


@bp.get("/sitting")
def sitting() -> Response:
    """Ask what is to change, and for both passphrases."""
    return draw("sitting", form=_offered(SittingForm(formdata=None)))


@bp.post("/sitting")
def hold_sitting() -> AnyResponse:
    """Carry out what both have decided."""
    form, found = _offered(SittingForm()), here()
    if not form.validate() or not may_try(form):
        return draw("sitting", status=422, form=form)
    try:
        decided, typed = _decided(form), (form.passphrase.data, form.other_passphrase.data)
        keys = unlock_both(look_apart(), **found.tools, decided=decided, passphrases=typed)
        sit(found.session, **found.tools, decided=decided, keys=keys)
    except NotSitting as error:
        found.session.rollback()
        name, sentence = _REFUSED[error.reason]
        form[name].errors = [str(sentence)]
        return draw("sitting", status=422, form=form)
    was_right()
    return finish(gettext("Đã thay đổi. Máy đang chia lại các phần khóa đã có."))


def _decided(form: SittingForm) -> Sitting:
    """What the form says."""
    admit, retire = form.changes()
    return Sitting(other_id=int(form.other.data), admit=admit, retire=retire)


def _offered(form: SittingForm) -> SittingForm:
    """The form with what may be chosen. Raises NotVisible for whoever holds no key in use."""
    found = here()
    known = holders(found.session, office=found.office)
    own = found.person.account_id
    if not any(each.account_id == own and each.admitted for each in known):
        raise NotVisible
    form.offer(known, own=own)
    return form
