"""Giving a role and taking it away."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation.administering.granting import AlreadyHeld, give_role, take_role
from moderation.administering.reading import Given, roles_of
from moderation.administering.requesting import AlreadyAsked
from moderation.administering.scope import NotYours
from moderation.administering.succeeding import heirs_of
from moderation.forms.administering import GiveForm
from moderation.identity.losing import Stake, stake_of
from moderation.views.accounts.room import ACCOUNT, bp, draw, finish, number, open_account, places
from moderation.views.accounts.wording import heirs_line, role_at
from moderation.views.here import here
from portal.models import Account, AccountRequest, Grant
from portal.vocabulary import Role


@bp.get(f"/{ACCOUNT}/role")
def role(account_id: int) -> Response:
    """Ask which role is given, and where."""
    return _page(_other(account_id), _form(formdata=None))


@bp.post(f"/{ACCOUNT}/role")
def give(account_id: int) -> AnyResponse:
    """Give a role, or ask a second administrator for it."""
    account, form = _other(account_id), _form()
    if not form.validate():
        return _page(account, form, 422)
    try:
        done = _give(account, form)
    except AlreadyHeld:
        return _again(account, form, gettext("Tài khoản đã có vai trò này ở đây."))
    except AlreadyAsked:
        return _again(account, form, gettext("Vai trò này đang chờ người thứ hai xác nhận."))
    if isinstance(done, AccountRequest):
        return finish(gettext("Đã ghi đề nghị. Một người quản trị khác cần xác nhận."), account.id)
    return finish(gettext("Đã giao vai trò. Chủ tài khoản cần đăng nhập lại."), account.id)


@bp.get(f"/{ACCOUNT}/roles/<int:grant_id>")
def taking(account_id: int, grant_id: int) -> Response:
    """Ask once more before a role is taken away."""
    account = _other(account_id)
    given = _given(account, grant_id)
    found = here()
    heirs = heirs_of(found.session, by=found.person, account=account, today=found.office.today)
    told = {(each.role, each.place): heirs_line(each) for each in heirs}
    return draw(
        "take",
        account=account,
        given=given,
        role=role_at(given.role, given.kind, given.place),
        stake=_stake(account, given),
        heirs=told[given.role, given.place],
    )


@bp.post(f"/{ACCOUNT}/roles/<int:grant_id>")
def take(account_id: int, grant_id: int) -> AnyResponse:
    """Take a role away at once."""
    found = here()
    grant = take_role(
        found.session,
        office=found.office,
        by=found.person,
        account_id=number(account_id),
        grant_id=number(grant_id),
    )
    return finish(gettext("Đã thôi vai trò. Việc đang giữ đã trả về hàng chờ."), grant.account_id)


def _give(account: Account, form: GiveForm) -> Grant | AccountRequest:
    """Let the verb give what was filled in."""
    found = here()
    return give_role(
        found.session,
        office=found.office,
        by=found.person,
        account_id=account.id,
        role=form.role.word,
        organisation_id=int(form.place.data),
        reason=form.reason.data,
    )


def _other(account_id: int) -> Account:
    """An account that is seen, in use, and somebody else's: roles are given where one reaches."""
    account = open_account(account_id, managed=False)
    if account.id == here().person.account_id or account.ended_at is not None:
        raise NotYours
    return account


def _given(account: Account, grant_id: int) -> Given:
    """A role of the account that the person here may take away. Raises NotYours."""
    found = here()
    for each in roles_of(
        found.session, account_id=account.id, by=found.person, today=found.office.today
    ):
        if each.id == grant_id and each.holds and each.reachable:
            return each
    raise NotYours


def _stake(account: Account, given: Given) -> Stake:
    """What hangs on the key of a custodian, where it is that role which goes."""
    if given.role is not Role.CUSTODIAN:
        return Stake.NONE
    found = here()
    return stake_of(found.session, office=found.office, account_id=account.id)


def _form(**options: Any) -> GiveForm:
    """The form with the organisations that may be chosen."""
    form = GiveForm(**options)
    form.place.offer(places())
    return form


def _again(account: Account, form: GiveForm, sentence: str) -> Response:
    """The form once more, with a sentence beside the role."""
    here().session.rollback()
    form.role.errors = [*form.role.errors, sentence]
    return _page(account, form, 422)


def _page(account: Account, form: GiveForm, status: int = 200) -> Response:
    """The form as a page."""
    return draw("give", status=status, account=account, form=form)
