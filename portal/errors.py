"""Pages for what went wrong: one clear sentence each, inside the frame of the site.

Nothing of the request is shown on them. What does not exist and what may not be seen are one
page, byte for byte.
"""

from __future__ import annotations

from flask import Flask, Response, current_app, make_response, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import (
    HTTPException,
    RequestEntityTooLarge,
    SecurityError,
    ServiceUnavailable,
)

#: Errors with a page of their own; others get the page of their hundred.
_PAGES = frozenset({400, 403, 404, 405, 409, 413, 429, 500, 503})
#: The database is gone, full, or too busy to answer.
UNREACHABLE = (OperationalError, InterfaceError, PoolTimeout)


def explain_errors(app: Flask) -> None:
    """Answer every error of the app with its page."""
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(SecurityError, _elsewhere)
    for kind in UNREACHABLE:
        app.register_error_handler(kind, _unreachable)


def report_unreachable(error: Exception) -> None:
    """Note that the database does not answer; never what was sent to it."""
    cause = getattr(error, "orig", None) or type(error).__name__
    current_app.logger.error("The database does not answer: %s.", cause)


def _page(error: HTTPException) -> Response:
    """The page of an error that has a number."""
    code = error.code or 500
    page = code if code in _PAGES else 500 if code >= 500 else 400
    response = make_response(render_template(f"errors/{page}.html"), code)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    if isinstance(error, RequestEntityTooLarge):
        response.headers["Connection"] = "close"
    return response


def _expired(_error: CSRFError) -> Response:
    """The page of a form that was open too long, where the room has no better one."""
    return make_response(render_template("errors/expired.html"), 400)


def _elsewhere(_error: SecurityError) -> Response:
    """The page of a site that was asked for under a name that is not its own."""
    return make_response(render_template("errors/host.html"), 400)


def _unreachable(error: Exception) -> Response:
    """The page while the database does not answer."""
    report_unreachable(error)
    return _page(ServiceUnavailable())
