"""The headers of every response. A page may load only our own files and be framed by nobody."""

from __future__ import annotations

from flask import Flask, Response

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
_STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=63072000; includeSubDomains")


def forget_pages(response: Response) -> Response:
    """Let the browser throw away every page of the site that it has kept for its back button."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def guard_responses(app: Flask, *, secure: bool) -> None:
    """Put the headers on every response of the app; ``secure`` means that it is on HTTPS."""
    headers = [*_ALWAYS, _STRICT_TRANSPORT] if secure else list(_ALWAYS)

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers.extend(headers)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response
