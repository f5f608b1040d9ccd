"""Rows for the programs that calculate: read as UTF-8, and a text always as a text. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

#: The mark at the beginning of a file that tells these programs that it is UTF-8.
MARK = b"\xef\xbb\xbf"
#: A sheet takes what begins so for a formula and would carry it out; some read wide signs, too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def guarded(text: str) -> str:
    """A text that no sheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def write_row(cells: Iterable[str | float | None]) -> bytes:
    """One row: what looks like a formula is a text, and what is not known is an empty cell."""
    written = io.StringIO()
    csv.writer(written).writerow(guarded(c) if isinstance(c, str) else c for c in cells)
    return written.getvalue().encode()
