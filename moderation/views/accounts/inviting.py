"""Inviting somebody, and the link that is shown once."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import matching
from moderation.administering.inviting import (
    InvitationOver,
    Link,
    LoginTaken,
    Newcomer,
    invite,
    renew_link,
)
from moderation.administering.tying import NoSuchMember
from moderation.forms.administering import InviteForm
from moderation.views.accounts.room import ACCOUNT, bp, draw, number, places
from moderation.views.here import here
from portal.text import vn_datetime


@bp.get("/new")
def new() -> Response:
    """Ask who is invited."""
    return _page(_form(formdata=None))


@bp.post("/new")
def create() -> AnyResponse:
    """Show who in the register it may be; once that is said, make the account and its link."""
    form, found = _form(), here()
    if not form.validate():
        return _page(form, 422)
    if not form.member.data or "find" in request.form:
        return _page(form, choosing=True)
    newcomer = Newcomer(
        login=form.login.data,
        name=form.name.data,
        home_id=int(form.home.data),
        member_id=form.member.member_id,
    )
    try:
        link = invite(found.session, office=found.office, by=found.person, newcomer=newcomer)
    except LoginTaken:
        return _again(form, "login", gettext("Tên này đã có người dùng. Xin chọn tên khác."))
    except NoSuchMember:
        return _again(form, "member", gettext("Xin chọn một người trong danh sách."))
    return _hand_over(link)


@bp.post(f"/{ACCOUNT}/link")
def renew(account_id: int) -> AnyResponse:
    """Make a new link and show it once; the older one opens nothing any more."""
    found = here()
    try:
        link = renew_link(
            found.session, office=found.office, by=found.person, account_id=number(account_id)
        )
    except InvitationOver:
        flash(gettext("Tài khoản đã kết thúc nên không mời lại được."), "wait")
        return redirect(url_for("accounts.show", account_id=number(account_id)))
    return _hand_over(link)


def _form(**options: Any) -> InviteForm:
    """The form with the organisations that may be chosen."""
    form = InviteForm(**options)
    form.home.offer(places())
    return form


def _again(form: InviteForm, field: str, sentence: str) -> Response:
    """The form once more, with a sentence beside one field."""
    here().session.rollback()
    form[field].errors = [*form[field].errors, sentence]
    return _page(form, 422, choosing=field == "member")


def _page(form: InviteForm, status: int = 200, *, choosing: bool = False) -> Response:
    """The form; on its second page with those of the register whose name fits."""
    found = here()
    words = form.q.data or form.name.data
    choices = (
        matching.named(found.session, query=words, unit_id=None, today=found.office.today)
        if choosing
        else []
    )
    return draw("invite", status=status, form=form, choosing=choosing, choices=choices)


def _hand_over(link: Link) -> Response:
    """Commit, and show the link on the one page that ever has it."""
    here().session.commit()
    return draw(
        "link",
        account=link.account,
        token=link.token,
        address=url_for("invitation.ask", _external=True),
        until=vn_datetime(link.expires_at),
    )
