"""Where a page of rows goes on, read from an address."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from moderation.cursors import Cursor


@given(st.text(max_size=30))
def test_what_is_no_cursor_is_read_as_none(written: str) -> None:
    cursor = Cursor.read(written)
    assert cursor is None or str(cursor).lstrip("ab").lstrip("0") == written[1:].lstrip("0")
