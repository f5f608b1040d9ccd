"""Second factors on the pages that offer, ask for and take them: signing in, enrolling, adding.

Which page it is, how often it may be tried, and what follows are not known here.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request
from flask_babel import gettext
from wtforms import HiddenField

from moderation.access import Owner
from moderation.proving import (
    BadPasskey,
    Site,
    WrongCode,
    add_app,
    add_passkey,
    creation_options,
    new_secret,
    request_options,
    take_code,
    take_passkey,
    take_recovery_code,
)
from moderation.views.offering import offer
from moderation.views.sessions import browser_here
from portal.fields import Line, PortalForm
from portal.holding import held
from portal.i18n import lazy_gettext as _
from portal.models import Account
from portal.unit import current_session


class CodeForm(PortalForm):
    """A one-time code."""

    code = Line(_("Mã 6 số"), most=20, missing=_("Nhập 6 số đang hiện trong ứng dụng."))


class PasskeyForm(PortalForm):
    """What a passkey has signed, put in by the script."""

    credential = HiddenField()


@dataclass(frozen=True, repr=False)
class Standing:
    """Whose factors a page is about, and the browser in front of it: its token, its challenge."""

    account: Account | Owner
    token: str
    challenge: bytes


def signed_in_standing() -> Standing:
    """Somebody at their own doors. Answers 401 when nobody is signed in."""
    browser = browser_here()
    return Standing(browser.live.account, browser.token, browser.live.challenge)


def ways_to_add(at: Standing) -> dict[str, object]:
    """What a page shows on which a factor is added: the app, and what a browser is asked."""
    site = this_site()
    options = site and creation_options(
        current_session(), account=at.account, site=site, challenge=at.challenge
    )
    return {"app": offer(_offered(at), login=at.account.login), "options": options or ""}


def take_offered_app(at: Standing, code: str) -> str:
    """Add the app that was offered. What is wrong with its code as a sentence, or nothing."""
    try:
        add_app(
            current_session(),
            search=held().ring.search,
            account_id=at.account.id,
            secret=_offered(at),
            code=code,
            name=gettext("Ứng dụng tạo mã"),
            at=held().clock(),
        )
    except WrongCode:
        return gettext("Mã không đúng. Xin xem giờ của điện thoại rồi nhập mã mới.")
    return ""


def take_made_passkey(at: Standing) -> str:
    """Add the passkey that a browser has made. What is wrong with it as a sentence, or nothing."""
    try:
        add_passkey(
            current_session(),
            search=held().ring.search,
            account_id=at.account.id,
            site=_site(),
            challenge=at.challenge,
            answer=PasskeyForm().credential.data or "",
            name=gettext("Khóa truy cập"),
            at=held().clock(),
        )
    except BadPasskey:
        return gettext("Khóa truy cập chưa tạo được. Xin thử lại hoặc dùng ứng dụng tạo mã.")
    return ""


def asked_of_passkeys(at: Standing) -> str:
    """What a browser is asked in order to use a passkey; nothing where there is none to use."""
    site = this_site()
    options = site and request_options(
        current_session(), account_id=at.account.id, site=site, challenge=at.challenge
    )
    return options or ""


def take_one_time_code(at: Standing, code: str) -> None:
    """Take a code of an app. Raises WrongCode."""
    take_code(
        current_session(),
        search=held().ring.search,
        account_id=at.account.id,
        code=code,
        at=held().clock(),
    )


def take_code_on_paper(at: Standing, code: str) -> None:
    """Take a recovery code. Raises WrongCode."""
    take_recovery_code(
        current_session(),
        search=held().ring.search,
        account_id=at.account.id,
        code=code,
        at=held().clock(),
    )


def take_signed(at: Standing, credential: str) -> None:
    """Take what a passkey has signed. Raises BadPasskey."""
    take_passkey(
        current_session(),
        account_id=at.account.id,
        site=_site(),
        challenge=at.challenge,
        answer=credential,
        at=held().clock(),
    )


def this_site() -> Site | None:
    """Where passkeys of this site are for; nothing where browsers make none, at a bare number.

    The name in the request is one that an operator has named: no other gets this far.
    """
    host = urlsplit(request.host_url).hostname or ""
    if host.rpartition(".")[2].isdecimal() or ":" in host:
        return None
    scheme = "https" if held().settings.secure_cookies else request.scheme
    return Site(host=host, origin=f"{scheme}://{request.host}")


def _site() -> Site:
    """The same. Raises BadPasskey where there are no passkeys."""
    site = this_site()
    if site is None:
        raise BadPasskey
    return site


def _offered(at: Standing) -> str:
    """The secret that this browser is offered until something was added."""
    return new_secret(held().ring.search, token=at.token, nonce=at.challenge)
