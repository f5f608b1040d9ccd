"""Signed-in browsers: joins the library that remembers who is signed in with our session rows.

The cookie holds a random token under the app's signature and nothing of the person or of the
network they come from. A cookie that is not renewed in time opens nothing; so does an ended row.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, abort, flash, g, session
from flask_babel import gettext
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from moderation.administering.news import has_news
from moderation.sessions import Live, find_session, sign_out
from portal.holding import held
from portal.unit import current_session


class SignedIn(UserMixin):
    """A browser that is signed in, as the library knows it: by its token."""

    def __init__(self, token: str, live: Live) -> None:
        """Keep the token and whose it is."""
        self.token = token
        self.live = live

    def get_id(self) -> str:
        """What the library puts into the cookie."""
        return self.token


def keep_sessions(app: Flask, *, idle: timedelta) -> None:
    """Let the app remember who is signed in, for so long after the last page.

    The library's own protection stays off: it would put a hash of the network address into the
    cookie. Cookies are renewed by pages, not by the files that pages load.
    """
    library = LoginManager()
    library.user_loader(_load)
    library.init_app(app, add_context_processor=False)
    app.permanent_session_lifetime = idle
    app.config.update(SESSION_PROTECTION=None, SESSION_REFRESH_EACH_REQUEST=False)


def begin(token: str) -> None:
    """Sign this browser in. What its cookie held before is thrown away, and ended if it lived."""
    clear()
    session.permanent = True
    user = _load(token)
    login_user(user)
    session.pop("_id", None)
    if user is not None:
        _tell_news(user)


def clear() -> None:
    """Throw away what the cookie held, and end the session that it stood for.

    With the cookie goes the secret that forms are signed by, so the next page signs anew.
    """
    before = signed_in_browser()
    if before is not None:
        _sign_out(before.token)
        logout_user()
    session.clear()
    g.pop("csrf_token", None)
    g.pop("here", None)


def leave() -> None:
    """End the session of this browser, if it has one, and forget it."""
    browser = signed_in_browser()
    if browser is not None:
        _sign_out(browser.token)
    end()


def renew() -> None:
    """Count the idle time from now on."""
    session.modified = True


def end() -> None:
    """Take everything out of this browser's cookie."""
    logout_user()
    session.clear()


def signed_in_browser() -> SignedIn | None:
    """Who is signed in with this request, if anybody is."""
    user = current_user._get_current_object()
    return user if isinstance(user, SignedIn) else None


def _tell_news(user: SignedIn) -> None:
    """Say on the next page that something was done or asked about the account."""
    owner = user.live.account.id
    if has_news(current_session(), account_id=owner, token=user.token):
        flash(gettext("Có thay đổi hoặc đề nghị mới. Xin xem trang “Tài khoản của tôi”."), "wait")


def browser_here() -> SignedIn:
    """The browser of this request. Answers 401 when nobody is signed in."""
    browser = signed_in_browser()
    if browser is None:
        abort(401)
    return browser


def signed_out_there() -> str:
    """What is said after one session was ended from elsewhere."""
    return gettext("Đã đăng xuất ở nơi đó.")


def _sign_out(token: str) -> None:
    """End the session of this token."""
    now = held().clock()
    sign_out(current_session(), search=held().ring.search, token=token, at=now)


def _load(token: str) -> SignedIn | None:
    """The browser behind a token, while its row and its account live."""
    live = find_session(current_session(), token=token, at=held().clock())
    return SignedIn(token, live) if live is not None else None
