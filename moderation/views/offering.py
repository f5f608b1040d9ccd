"""What a person is shown who adds an app: a picture to scan, and the same as letters and a link."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from markupsafe import Markup

from moderation.proving import app_address
from portal.qr import as_svg

_LETTERS = 4
_QUIET = 4


@dataclass(frozen=True, repr=False)
class OfferedApp:
    """The secret of an app in the three forms in which it can reach a telephone."""

    picture: Markup
    groups: list[str]
    address: str


def offer(secret: str, *, login: str) -> OfferedApp:
    """Put a secret into its three forms."""
    address = app_address(secret, login=login)
    return OfferedApp(
        picture=_picture(address),
        groups=[secret[start : start + _LETTERS] for start in range(0, len(secret), _LETTERS)],
        address=address,
    )


def _picture(text: str) -> Markup:
    """A text as an <svg> without any style, so that no rule of the page forbids it."""
    matrix = segno.make_qr(text, error="l").matrix
    size = len(matrix) + 2 * _QUIET
    path = "".join(
        f"M{left} {top}h1v1h-1z"
        for top, row in enumerate(matrix, start=_QUIET)
        for left, dark in enumerate(row, start=_QUIET)
        if dark
    )
    return as_svg(path, size=size)
