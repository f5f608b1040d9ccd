"""The pages of the public room."""

from __future__ import annotations

from flask import Flask

from portal.security.shared import keep_shared_clean
from portal.views import (
    about,
    exchange,
    figures,
    files,
    home,
    kiosk,
    log,
    public_answers,
    send,
    track,
)


def register(app: Flask) -> None:
    """Give an app the addresses of the public room."""
    for view in (home, about, send, track, exchange, files, figures, public_answers, log, kiosk):
        app.register_blueprint(view.bp)
    keep_shared_clean(app)
