"""The headers of every response. A page may load only our own files and be framed by nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

#: For pages without a code: the browser may keep the page for its back button, and asks again
#: before it shows it anew. Pages that hold a code are kept by nobody.
REMEMBERED = "private, no-cache"

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
#: The first is the policy of pages.
_ALWAYS = (
    ("Content-Security-Policy", _POLICY),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"),
)
#: For a file that somebody downloads, in place of the policy of pages: it may do nothing at all,
#: not even where a browser shows it.
SANDBOX = "default-src 'none'; sandbox"
_POLICIES = "Content-Security-Policy"
_CACHE = "Cache-Control"
_FORGOTTEN = (_CACHE, "no-store")
_STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")


def forget_pages(response: Response) -> Response:
    """Let the browser throw away every page of the site that it has kept for its back button."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def guard_responses(app: Flask, *, secure: bool) -> None:
    """Put the headers on every response of the app; ``secure`` means that it is on HTTPS.

    They are added where the response leaves the app, so that none goes without them, not even
    one that went wrong on its way out.
    """
    headers = [*_ALWAYS, _STRICT_TRANSPORT] if secure else list(_ALWAYS)
    answer = app.wsgi_app

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(
            status: str, own: list[tuple[str, str]], *error: Any
        ) -> Callable[[bytes], object]:
            names = {name for name, _value in own}
            forgotten = () if _CACHE in names else (_FORGOTTEN,)
            guards = headers if _POLICIES not in names else headers[1:]
            return start_response(status, [*own, *forgotten, *guards], *error)

        return answer(environ, start)

    app.wsgi_app = guarded  # type: ignore[method-assign]
