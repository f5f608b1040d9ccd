"""Handing a file to a browser: as a download under a name of our own, able to do nothing."""

from __future__ import annotations

from flask import Response, request

from moderation.files import open_file
from moderation.views.opening import Work
from portal.holding import held
from portal.security import SANDBOX


def hand_out(work: Work) -> Response:
    """The file that the form names. It is written down, and committed by the caller."""
    opened = open_file(
        work.session,
        **work.tools,
        store=held().files,
        room=work.room,
        file_id=request.form.get("file", type=int),
    )
    response = Response(opened.pieces, mimetype=opened.mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=opened.name)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.content_length = opened.size
    return response
