"""Tokens against forged forms, asked of every request that may change something."""

from __future__ import annotations

import time

from flask import Flask, g, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous.encoding import base64_decode, bytes_to_int

#: An evening's pause in the middle of a letter is no reason to ask again (design rule).
LASTS_SECONDS = 12 * 60 * 60


def guard_forms(app: Flask) -> None:
    """Refuse every POST without the token of this browser.

    Pages are sent without a referrer, so the library's check of the referrer must stay off: the
    token, and a cookie that other sites cannot send along, do its work. A token lasts from the
    first page of a letter to its receipt.
    """
    app.config.update(
        WTF_CSRF_TIME_LIMIT=LASTS_SECONDS, WTF_CSRF_SSL_STRICT=False, WTF_CSRF_CHECK_DEFAULT=False
    )
    forgery = CSRFProtect(app)

    @app.before_request
    def check() -> None:
        """Check what may change something; no page of ours is exempt, so no list is looked at.

        A token that was just found good serves on: signing one more saves nobody.
        """
        if request.endpoint is None:
            # There is no such page, which is the answer.
            return
        forgery.protect()
        if g.get("csrf_valid"):
            g.csrf_token = request.form.get("csrf_token") or generate_csrf()


def form_age() -> float | None:
    """The seconds since the first page of the letter in this request was opened.

    They are told by the token, which is signed with its time: no script is needed, and nobody
    can make a letter older than it is. Nothing where there is no good token; a good one has been
    checked already, so only its time is read here.
    """
    token = request.form.get("csrf_token")
    if not token or not g.get("csrf_valid"):
        return None
    _content, opened, _signature = token.rsplit(".", 2)
    return time.time() - bytes_to_int(base64_decode(opened))


def csrf_token() -> str:
    """The token for the forms of this browser."""
    token: str = g.get("csrf_token") or generate_csrf()
    return token
