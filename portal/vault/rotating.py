"""A new version of the staff key beside the old ones, and the old one put away.

A key is written to those who open before those who seal, so that nothing is ever sealed to a key
that nobody holds. Every step can be done again after it was cut short.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from portal.vault.ring import Ring, load_ring
from portal.vault.source import HOLDERS, KeyFault, Source

#: Where old keys lie, beside the folders of the processes, which never look there.
RETIRED = "retired"
_KEEPERS = ("worker", "staff")


def newest(root: Path) -> int:
    """The newest version of the staff key that the worker can open. Raises KeyFault."""
    return max(load_ring(root / "worker").private, default=0)


def add_version(root: Path, *, announce: Callable[[Ring, int], None]) -> int:
    """Make the next version of the staff key, for the worker at first; return it.

    Before anybody holds it, it is announced with a ring that has it. Raises KeyFault.
    """
    ring = load_ring(root / "worker")
    version, made = max(ring.private) + 1, X25519PrivateKey.generate()
    announce(replace(ring, private={version: made}), version)
    _put(root / "worker" / f"staff.{version}.private", made.private_bytes_raw())
    return version


def opening(root: Path) -> dict[int, X25519PrivateKey]:
    """Every version that opens something, also those put away. Raises KeyFault."""
    retired = Source(root / RETIRED)
    found = {
        version: X25519PrivateKey.from_private_bytes(retired.read(f"staff.{version}.private"))
        for version in retired.versions("staff", "private")
    }
    return found | load_ring(root / "worker").private


def hand_out(root: Path) -> None:
    """Give every holder the halves it lacks of each version that the worker can open.

    Those who open get theirs first, and all who seal use it from then on.
    """
    for version, private in sorted(load_ring(root / "worker").private.items()):
        halves = {
            f"staff.{version}.private": (_KEEPERS, private.private_bytes_raw()),
            f"staff.{version}.public": (tuple(HOLDERS), private.public_key().public_bytes_raw()),
        }
        for name, (holders, value) in halves.items():
            for holder in holders:
                _put(root / holder / name, value)


def retire(root: Path, version: int) -> None:
    """Put a version away that nothing is sealed to any more. Raises KeyFault."""
    try:
        (root / RETIRED).mkdir(mode=0o700, exist_ok=True)
        for holder in HOLDERS:
            (root / holder / f"staff.{version}.public").unlink(missing_ok=True)
        (root / "staff" / f"staff.{version}.private").unlink(missing_ok=True)
        last = root / "worker" / f"staff.{version}.private"
        if last.exists():
            last.replace(root / RETIRED / last.name)
    except OSError as error:
        raise KeyFault(f"Keys cannot be moved in {root}: {error.strerror}.") from error


def _put(path: Path, value: bytes) -> None:
    """Write a key whole or not at all, for its owner only; one that is there is left alone."""
    if path.exists():
        return
    part = path.with_name(f".{path.name}")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(value) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise KeyFault(f"Keys cannot be written to {path.parent}: {error.strerror}.") from error
