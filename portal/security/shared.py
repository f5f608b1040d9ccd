"""A machine that many people use one after another, as in a neighbourhood's house.

On such a machine the browser keeps nothing: no page, no answer, no token. Each page says so and
has a button that clears everything; left alone it clears itself, with a warning before it. What
somebody wrote never comes back to the next person, not even by the back button.
"""

from __future__ import annotations

from flask import Flask, Response, g, render_template, request, url_for

#: What marks the browser. It tells nothing about anybody.
COOKIE = "shared"
LASTS_SECONDS = 365 * 24 * 60 * 60
#: Left alone for so long, the page warns; after so long again it clears itself (design rule).
IDLE_SECONDS, WARNING_SECONDS = 120, 30
#: Without a script nobody can be warned, so that there is time to finish a letter.
PATIENT_SECONDS = 20 * 60

#: Before these marks of a page: in its head, and behind the link that skips to the text.
_PLACES = ((b"</head>", "refresh"), (b'<header class="top">', "bar"))
_DULL = "home.exit"


def is_shared() -> bool:
    """Whether this browser stands on a machine that many people use."""
    return COOKIE in request.cookies


def onward(endpoint: str) -> Response:
    """Send the browser on, without the library's page in English."""
    return Response(status=303, headers={"Location": url_for(endpoint)})


def keep_shared_clean(app: Flask) -> None:
    """Let no answer of an app stay on a shared machine."""

    @app.after_request
    def clear(response: Response) -> Response:
        if not is_shared() or request.endpoint == "static":
            return response
        if request.method == "POST" and not g.get("csrf_valid"):
            # Somebody went back to a page of the person before, and sent it once more.
            return _clean(onward("kiosk.done"))
        return _clean(response)


def _clean(response: Response) -> Response:
    """The same answer, kept by nobody, with what clears it."""
    response.headers["Cache-Control"] = "no-store"
    if response.mimetype != "text/html" or "Location" in response.headers:
        return response
    if request.endpoint == _DULL:
        response.headers["Refresh"] = f"{IDLE_SECONDS}; url={url_for('kiosk.done')}"
        return response
    page = response.get_data()
    drawn = {"idle": IDLE_SECONDS, "warning": WARNING_SECONDS, "patient": PATIENT_SECONDS}
    for mark, piece in _PLACES:
        told = render_template(f"portal/shared/{piece}.html", **drawn).encode()
        page = page.replace(mark, told + mark, 1)
    response.set_data(page)
    return response
