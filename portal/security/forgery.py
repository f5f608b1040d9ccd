"""Tokens against forged forms, asked of every request that may change something."""

from __future__ import annotations

from flask import Flask
from flask_wtf.csrf import CSRFProtect

#: An evening's pause in the middle of a letter is no reason to ask again (design rule).
LASTS_SECONDS = 12 * 60 * 60


def guard_forms(app: Flask) -> None:
    """Refuse every POST without the token of this browser.

    Pages are sent without a referrer, so the library's check of the referrer must stay off: the
    token, and a cookie that other sites cannot send along, do its work.
    """
    app.config.update(WTF_CSRF_TIME_LIMIT=LASTS_SECONDS, WTF_CSRF_SSL_STRICT=False)
    CSRFProtect(app)
