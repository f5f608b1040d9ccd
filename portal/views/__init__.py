"""The pages of the public room."""

from __future__ import annotations

from flask import Flask

from portal.views import about, files, home, log, send, track


def register(app: Flask) -> None:
    """Give an app the addresses of the public room."""
    for view in (home, about, send, track, files, log):
        app.register_blueprint(view.bp)
