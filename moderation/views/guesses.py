"""Slowing down guesses at sign-in: who knocks at which account, from where, by which browser.

A browser that has been in before carries a mark that tells so and opens nothing.
"""

from __future__ import annotations

from flask import Flask, current_app, request, url_for
from flask_babel import ngettext
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from moderation.doorkeeping import Doorkeeper, Visit
from portal.holding import Holding, held
from portal.vault import new_token

_DOORKEEPER = "doorkeeper"
_KNOWN = "known"
_KNOWN_SECONDS = 180 * 24 * 60 * 60


def slow_guesses(app: Flask, holding: Holding) -> None:
    """Give an app its doorkeeper, who allows as many mistakes at once as the settings say."""
    app.extensions[_DOORKEEPER] = Doorkeeper(
        after=holding.settings.slow_after, memory=holding.memory
    )


def knock(login: str, *, second: bool = False) -> int:
    """Ask to try once at an account: 0 and the try is counted, or the seconds to wait.

    The second step is counted by itself: whoever knows the password must not be able to wipe out
    wrong codes by giving it again.
    """
    wait: int = current_app.extensions[_DOORKEEPER].knock(_visit(login, second), held().clock())
    return wait


def passed(login: str, *, second: bool = False) -> None:
    """Forget the mistakes of whoever has just given what this step asks for."""
    current_app.extensions[_DOORKEEPER].opened(_visit(login, second))


def seconds(wait: int) -> str:
    """How long to wait, as a sentence."""
    return ngettext(
        "Xin chờ %(num)s giây rồi nhập lại. Tài khoản không bị khóa.",
        "Xin chờ %(num)s giây rồi nhập lại. Tài khoản không bị khóa.",
        wait,
    )


def remember(response: Response, login: str) -> None:
    """Let the browser tell next time that it has been in; it opens nothing by that."""
    response.set_cookie(
        _KNOWN,
        _signer(login).dumps(_mark(login) or new_token()),
        max_age=_KNOWN_SECONDS,
        path=url_for("sign_in.form"),
        secure=held().settings.secure_cookies,
        httponly=True,
        samesite="Strict",
    )


def _visit(login: str, second: bool) -> Visit:
    """Who knocks, at which of the two doors. No login holds a line break."""
    source = held().sources.mark(request.remote_addr, held().clock())
    door = f"{login}\nsecond" if second else login
    return Visit(login=door, source=source, browser=_mark(login).encode())


def _mark(login: str) -> str:
    """What this browser was given when it was last in at this account, or nothing."""
    try:
        return str(_signer(login).loads(request.cookies.get(_KNOWN, "")))
    except BadSignature:
        return ""


def _signer(login: str) -> URLSafeSerializer:
    """What signs the mark of a browser that has been in; the mark fits one login, unnamed."""
    return URLSafeSerializer(held().ring.session_secret or b"", salt=f"{_KNOWN}|{login}")
