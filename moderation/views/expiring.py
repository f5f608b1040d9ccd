"""The page of a form that came too late. Whatever was typed into it is there to be copied."""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from flask_babel import gettext

#: Shorter answers are chosen or typed again at once; showing ids and button names helps nobody.
_WORTH_KEEPING = 20
_NEVER_KEPT = frozenset(
    {
        *("csrf_token", "password", "new_password", "again", "token", "credential", "next"),
        *("passphrase", "other_passphrase"),
    }
)
#: How the fields begin by which somebody proves once more who they are.
PROOF = "proof-"


def keep_typed(_error: Exception | None = None) -> Response:
    """Say that the form has expired and show the texts that were typed into it."""
    return make_response(render_template("moderation/expired.html", kept=typed_texts()), 400)


def typed_texts() -> list[tuple[str, str]]:
    """The texts that were typed into the form of this request, each under a label."""
    return [
        (gettext("Chữ đã viết"), value)
        for _name, value in carried()
        if len(value) >= _WORTH_KEEPING
    ]


def carried() -> list[tuple[str, str]]:
    """The fields of the form of this request that may be written into a page, to be sent again."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in _NEVER_KEPT and not name.startswith(PROOF)
    ]
