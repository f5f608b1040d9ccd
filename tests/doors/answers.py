"""One answer as somebody could compare it with another: what differs by chance is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.test import TestResponse

#: A token is signed anew for each page, with the second at which it was made.
_TOKEN = re.compile(rb'(name="csrf_token" value=")[^"]*')
#: So is the cookie: what it holds stands before the first dot. It lasts from now on.
_SIGNED = re.compile(r"(?<==)(\.?[^.;]*)\.[^.;]*\.[^.;]*|(?<=Expires=)[^;]*")


@dataclass(frozen=True)
class Answer:
    """Status, headers, bytes, and the statements that the database was asked."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    statements: tuple[str, ...]


def take_down(response: TestResponse, statements: Iterable[str]) -> Answer:
    """Take an answer down."""
    headers = [
        (name, _SIGNED.sub(r"\1", value) if name == "Set-Cookie" else value)
        for name, value in response.headers
        if name != "Date"
    ]
    body = _TOKEN.sub(rb"\1", response.data)
    return Answer(response.status_code, tuple(headers), body, tuple(statements))
