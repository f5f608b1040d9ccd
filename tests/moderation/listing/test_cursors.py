"""Cursors: read as written, and anything else is none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderation.listing import (
    Cursor,
)


@given(
    st.builds(
        Cursor,
        due_at=st.integers(0, 10**17 - 1).map(
            lambda micros: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
        ),
        case_id=st.integers(0, 10**17),
        back=st.booleans(),
    )
)
def test_a_cursor_is_read_as_it_was_written(cursor: Cursor) -> None:
    assert Cursor.read(str(cursor)) == cursor


@given(st.text(max_size=60))
def test_anything_else_is_no_cursor_and_never_an_error(written: str) -> None:
    found = Cursor.read(written)
    assert found is None or str(found)


@pytest.mark.parametrize("forged", ["", "a", "x1-1", "a1", "a-1-1", "a1-1;drop", "a1-" + "9" * 30])
def test_a_forged_cursor_is_no_cursor(forged: str) -> None:
    assert Cursor.read(forged) is None
