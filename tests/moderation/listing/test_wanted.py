"""Reference numbers as people type them."""

from __future__ import annotations

import pytest

from moderation.listing import (
    read_reference,
)
from portal.models.submission import identity_of


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("PA-2026-004217", identity_of(2026, 4217)),
        ("pa-2025-4217", identity_of(2025, 4217)),
        (" 2025-004217 ", identity_of(2025, 4217)),
        ("4217", identity_of(2026, 4217)),
        ("PA 2026 004217", identity_of(2026, 4217)),
        ("PA-4217", identity_of(2026, 4217)),
    ],
)
def test_a_reference_number_is_read_however_it_is_typed(typed: str, number: int) -> None:
    assert read_reference(typed, year=2026) == number


@pytest.mark.parametrize("typed", ["", "vỉa hè", "PA-", "12345678", "PA-1999-1", "²", "4217; x"])
def test_what_is_no_reference_number_is_none(typed: str) -> None:
    assert read_reference(typed, year=2026) is None
