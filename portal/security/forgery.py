"""Tokens against forged forms, asked of every request that may change something."""

from __future__ import annotations

from flask import Flask, g, request
from flask_wtf.csrf import CSRFProtect, generate_csrf

#: An evening's pause in the middle of a letter is no reason to ask again (design rule).
LASTS_SECONDS = 12 * 60 * 60


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
