"""Who an account is in the register, and to whom it is tied."""

from __future__ import annotations

from uuid import UUID

from flask import Response, request
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from moderation import matching
from moderation.administering.reading import Known, known_members, ties_of
from moderation.administering.requesting import AlreadyAsked
from moderation.administering.scope import NotYours
from moderation.administering.tying import (
    AlreadyTied,
    NoSuchMember,
    ask_to_untie,
    declare_tie,
    name_member,
)
from moderation.forms.administering import NAME_MOST, ReasonForm, WhoForm
from moderation.views.accounts.room import ACCOUNT, bp, draw, finish, open_account
from moderation.views.here import here
from portal.models import Account, AccountRequest
from portal.text import one_line


@bp.get(f"/{ACCOUNT}/tie")
def tying(account_id: int) -> Response:
    """Look for the member to whom somebody is tied."""
    return _search(open_account(account_id), "tie", WhoForm(formdata=None))


@bp.post(f"/{ACCOUNT}/tie")
def tie(account_id: int) -> AnyResponse:
    """Write a tie down; it hides from the next page on."""
    account, form, found = open_account(account_id), WhoForm(), here()
    member_id = _chosen(form)
    if member_id is None:
        return _search(account, "tie", form, 422)
    try:
        declare_tie(
            found.session,
            office=found.office,
            by=found.person,
            account_id=account.id,
            member_id=member_id,
        )
    except (NoSuchMember, AlreadyTied) as error:
        return _refused(account, "tie", form, error)
    return finish(gettext("Đã ghi quan hệ. Việc liên quan đã được ẩn."), account.id)


@bp.get(f"/{ACCOUNT}/member")
def naming(account_id: int) -> Response:
    """Look for the member who this person is."""
    return _search(open_account(account_id), "member", WhoForm(formdata=None))


@bp.post(f"/{ACCOUNT}/member")
def name(account_id: int) -> AnyResponse:
    """Say which member this person is; a change waits for a second administrator."""
    account, form = open_account(account_id), WhoForm()
    if not _reasoned(account, form):
        return _search(account, "member", form, 422)
    try:
        done = _name(account, form)
    except (NoSuchMember, AlreadyTied, AlreadyAsked) as error:
        return _refused(account, "member", form, error)
    if isinstance(done, AccountRequest):
        return finish(gettext("Đã ghi đề nghị. Một người quản trị khác cần xác nhận."), account.id)
    return finish(gettext("Đã gắn với đảng viên. Việc liên quan đã được ẩn."), account.id)


@bp.get(f"/{ACCOUNT}/ties/<member>")
def untying(account_id: int, member: str) -> Response:
    """Ask why a tie should be taken back."""
    account = open_account(account_id)
    return _untie_page(account, _tied(account, member), ReasonForm(formdata=None))


@bp.post(f"/{ACCOUNT}/ties/<member>")
def untie(account_id: int, member: str) -> AnyResponse:
    """Ask a second administrator to take a tie back."""
    account, form, found = open_account(account_id), ReasonForm(), here()
    known = _tied(account, member)
    if not form.validate():
        return _untie_page(account, known, form, 422)
    try:
        ask_to_untie(
            found.session,
            office=found.office,
            by=found.person,
            account_id=account.id,
            member_id=known.member_id,
            reason=form.reason.data,
        )
    except AlreadyAsked:
        form.refuse(gettext("Việc này đang chờ người thứ hai xác nhận."))
        return _untie_page(account, known, form, 422)
    return finish(gettext("Đã ghi đề nghị. Một người quản trị khác cần xác nhận."), account.id)


def _name(account: Account, form: WhoForm) -> Account | AccountRequest:
    """Let the verb say who it is."""
    found = here()
    return name_member(
        found.session,
        office=found.office,
        by=found.person,
        account_id=account.id,
        member_id=form.member.member_id,
        reason=form.reason.data,
    )


def _reasoned(account: Account, form: WhoForm) -> bool:
    """Whether somebody was chosen and, where that changes who it was, a reason given."""
    if not form.validate():
        return False
    if account.member_id is not None and not form.reason.data:
        form.reason.errors = [gettext("Xin nêu lý do để người thứ hai đọc.")]
        return False
    return True


def _chosen(form: WhoForm) -> UUID | None:
    """The member that was chosen; nothing, with a sentence, where none was."""
    if not form.validate():
        return None
    chosen = form.member.member_id
    if chosen is None:
        form.member.errors = [gettext("Xin chọn một người trong danh sách.")]
    return chosen


def _refused(account: Account, what: str, form: WhoForm, error: Exception) -> Response:
    """The search once more, with what the verb refused."""
    here().session.rollback()
    sentences = {
        NoSuchMember: gettext("Xin chọn một người trong danh sách."),
        AlreadyTied: gettext("Người này đã được ghi rồi."),
        AlreadyAsked: gettext("Việc này đang chờ người thứ hai xác nhận."),
    }
    form.member.errors = [sentences[type(error)]]
    return _search(account, what, form, 422)


def _search(account: Account, what: str, form: WhoForm, status: int = 200) -> Response:
    """The page on which the register is searched; by the person's own name to begin with."""
    found = here()
    typed = one_line(request.values.get("q", "")[: 4 * NAME_MOST])[:NAME_MOST]
    words = typed or (account.name if what == "member" else "")
    choices = (
        matching.named(found.session, query=words, unit_id=None, today=found.office.today)
        if words
        else []
    )
    own = [account.member_id] if account.member_id else []
    me = known_members(found.session, ids=own, today=found.office.today)
    return draw(
        "who",
        status=status,
        account=account,
        what=what,
        form=form,
        q=typed,
        searched=bool(words),
        choices=choices,
        member=me[0] if me else None,
    )


def _tied(account: Account, member: str) -> Known:
    """A member to whom the account is tied. Raises NotYours."""
    found = here()
    for each in ties_of(found.session, account_id=account.id, today=found.office.today):
        if str(each.member_id) == member:
            return each
    raise NotYours


def _untie_page(account: Account, known: Known, form: ReasonForm, status: int = 200) -> Response:
    """The form as a page."""
    return draw("untie", status=status, account=account, known=known, form=form)
