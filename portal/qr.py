"""The picture of a tracking code, drawn as one inline shape. It holds the code's text, no address.

Pure. The code fills the smallest picture exactly, and the mask is fixed: trying all eight, as the
standard suggests, takes four times as long and is not needed to read so small a picture.
"""

from __future__ import annotations

import segno
from markupsafe import Markup

from portal.vault import Code

_QUIET = 4
_MASK = 2


def draw(code: Code) -> Markup:
    """The picture as an <svg> without any style, so that no rule of the page forbids it."""
    picture = segno.make_qr(code.symbols, version=1, error="m", mask=_MASK, boost_error=False)
    size = len(picture.matrix) + 2 * _QUIET
    path = "".join(
        f"M{left} {top}h{length}v1h-{length}z"
        for top, row in enumerate(picture.matrix, start=_QUIET)
        for left, length in _runs(row)
    )
    return Markup(  # noqa: S704
        f'<svg viewBox="0 0 {size} {size}" width="{size * 5}" height="{size * 5}" '
        f'shape-rendering="crispEdges" focusable="false" aria-hidden="true">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def _runs(row: bytes | bytearray) -> list[tuple[int, int]]:
    """Where dark squares stand side by side in one row: start and length."""
    runs: list[tuple[int, int]] = []
    start = None
    for at, dark in enumerate([*row, 0]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            runs.append((start + _QUIET, at - start))
            start = None
    return runs
