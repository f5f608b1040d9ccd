"""A person's own page, and the page that shows every part of the look."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.addressing import confirm_address
from moderation.administering.asked import open_about
from moderation.administering.reading import roles_of, ties_of
from moderation.forms.administering import AddressForm
from moderation.notifying.waiting import MailState, mail_state
from moderation.views.accounts.wording import request_line, role_at
from moderation.views.here import Here, here, signed_in
from moderation.views.specimens import Specimen, wrong_specimen
from portal.models import Account
from portal.vocabulary import Role

bp = Blueprint("settings", __name__, url_prefix="/settings")
bp.before_request(signed_in)

#: What each role is there for, in the order of the vocabulary.
DUTIES = {
    Role.MODERATOR: _("Xem xét sơ bộ ý kiến, chuyển tổ chức đảng và trả lời người gửi."),
    Role.COMMITTEE: _("Nhận việc được chuyển đến, ghi việc đã làm và báo cáo kết quả."),
    Role.CUSTODIAN: _("Cùng một người giữ khóa khác mở danh tính người gửi khi thật cần."),
    Role.REGISTRAR: _("Cập nhật danh sách tổ chức đảng và đảng viên."),
    Role.ADMINISTRATOR: _("Quản lý tài khoản và thiết đặt. Không đọc ý kiến nào."),
    Role.AUDITOR: _("Kiểm tra các bước đã làm. Không đọc nội dung ý kiến."),
}


@bp.get("/")
def account() -> Response:
    """Show who is signed in, what their roles are there for, and who gave them. No case."""
    own = here().session.get_one(Account, here().person.account_id)
    return _account(AddressForm(formdata=None, data={"address": own.mail}))


def _account(form: AddressForm, status: int = 200) -> Response:
    """The page, with where mail for its owner goes."""
    found = here()
    person = found.person
    own = found.session.get_one(Account, person.account_id)
    page = render_template(
        "moderation/account.html",
        form=form,
        confirmed=own.mail_confirmed_at,
        person=person,
        duties=[(role.label, DUTIES[role]) for role in Role if person.has(role)],
        mail=_mail(found),
        nav="own",
        **_given(found),
    )
    return make_response(page, status)


def _given(found: Here) -> dict[str, Any]:
    """What administrators gave this person, ask for them, and wrote down of their ties."""
    session, by, today = found.session, found.person, found.office.today
    own = by.account_id
    roles = roles_of(session, account_id=own, by=by, today=today)
    asked = open_about(session, account_id=own, by=by, office=found.office)
    return {
        "roles": [(role_at(one.role, one.kind, one.place), one) for one in roles if one.holds],
        "asked": [(request_line(one), one) for one in asked],
        "ties": ties_of(session, account_id=own, today=today),
    }


def _mail(found: Here) -> MailState | None:
    """How mail does, for those who can have it mended."""
    if not found.person.has(Role.ADMINISTRATOR):
        return None
    return mail_state(found.session, at=found.office.at)


@bp.post("/address")
def set_own_address() -> AnyResponse:
    """Confirm where one is reached at work, or change it, or take it away."""
    found, form = here(), AddressForm()
    if not form.validate():
        return _account(form, 422)
    confirm_address(found.session, **found.tools, address=form.address.data)
    flash(gettext("Đã ghi địa chỉ nhận thư nhắc việc."), "good")
    found.session.commit()
    return redirect(url_for("settings.account"))


@bp.get("/components")
def components() -> str:
    """Show every part of the look in every state."""
    return render_template(
        "components.html", specimen=Specimen(formdata=None), wrong=wrong_specimen(), nav="settings"
    )
