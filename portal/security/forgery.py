"""Tokens against forged forms, asked of every request that may change something."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Flask, current_app, g, request
from flask_wtf.csrf import CSRFProtect, generate_csrf
from itsdangerous import BadData, URLSafeTimedSerializer

#: An evening's pause in the middle of a letter is no reason to ask again (design rule).
LASTS_SECONDS = 12 * 60 * 60
#: What the library signs its tokens with, beside the secret.
_SALT = "wtf-csrf-token"


def guard_forms(app: Flask) -> None:
    """Refuse every POST without the token of this browser.

    Pages are sent without a referrer, so the library's check of the referrer must stay off: the
    token, and a cookie that other sites cannot send along, do its work. A token lasts from the
    first page of a letter to its receipt.
    """
    app.config.update(WTF_CSRF_TIME_LIMIT=LASTS_SECONDS, WTF_CSRF_SSL_STRICT=False)
    CSRFProtect(app)

    @app.before_request
    def serve_on() -> None:
        """Let a token that was just found good serve on: signing one more saves nobody."""
        if g.get("csrf_valid"):
            g.csrf_token = request.form.get("csrf_token") or generate_csrf()


def form_age() -> float | None:
    """The seconds since the first page of the letter in this request was opened.

    They are told by the token, which is signed with its time: no script is needed, and nobody
    can make a letter older than it is. Nothing where there is no good token.
    """
    signer = URLSafeTimedSerializer(current_app.secret_key or "", salt=_SALT)
    try:
        _token, opened = signer.loads(request.form.get("csrf_token", ""), return_timestamp=True)
    except BadData:
        return None
    age: timedelta = datetime.now(UTC) - opened
    return age.total_seconds()


def csrf_token() -> str:
    """The token for the forms of this browser."""
    token: str = g.get("csrf_token") or generate_csrf()
    return token
