"""Files to try with: every column that may be in one, and two rows of invented people."""

from __future__ import annotations

from pathlib import Path

from portal.models.register_import import ImportKind

_DATA = Path(__file__).parent / "data"


def example(kind: ImportKind) -> bytes:
    """The file, with the mark that says to a sheet that it is UTF-8."""
    return "\ufeff".encode() + (_DATA / f"{kind.value}.csv").read_bytes()
