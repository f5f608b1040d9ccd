"""Reading a backup without putting it back: whether everything in it is as it was written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from moderation.backing_up.container import Head, SealedReader, check_outside
from moderation.backing_up.contents import ABOUT, DATABASE, is_file, read_entries, read_facts
from moderation.backing_up.faults import BackupFault, Damaged

Moved = Callable[[int], None]


@dataclass(frozen=True)
class Checked:
    """What is in a backup that was read to its end."""

    head: Head
    facts: dict[str, Any]
    files: int


def check_without_key(path: Path) -> Head:
    """Compare the checksum of the outside. Raises BackupFault."""
    try:
        with path.open("rb") as file:
            return check_outside(file)
    except OSError as error:
        raise BackupFault(f"{path} cannot be read: {error.strerror}.") from error


def check(path: Path, private: X25519PrivateKey, *, moved: Moved = lambda _count: None) -> Checked:
    """Open and compare everything, to the end. Raises BackupFault.

    ``moved`` is told how many bytes were read.
    """
    facts, seen, files = dict[str, Any](), list[str](), 0
    try:
        with path.open("rb") as file:
            reader = SealedReader(file, private)
            for name, pieces in read_entries(reader):
                if name == ABOUT:
                    facts = read_facts(pieces)
                for some in pieces:
                    moved(len(some))
                files += is_file(name)
                if not is_file(name):
                    seen.append(name)
    except OSError as error:
        raise BackupFault(f"{path} cannot be read: {error.strerror}.") from error
    if seen != [ABOUT, DATABASE]:
        raise Damaged("The backup holds no whole database: take another backup.")
    return Checked(reader.head, facts, files)
