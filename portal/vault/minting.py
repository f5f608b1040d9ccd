"""Making keys for a new installation. An existing key is never overwritten."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from portal.vault.ring import HOLDERS, KeyFault
from portal.vault.sealing import new_key


def mint(root: Path) -> tuple[Path, ...]:
    """Make the folders of all three holders under ``root`` and return them.

    Files get mode 0600, folders 0700. Raises KeyFault when keys exist already or the folder
    cannot be written.
    """
    folders = tuple(root / holder for holder in HOLDERS)
    if any(folder.exists() and any(folder.iterdir()) for folder in folders):
        raise KeyFault(f"There are keys in {root} already: they are never overwritten.")
    private = X25519PrivateKey.generate()
    shared = {
        "staff.1.private": private.private_bytes_raw(),
        "staff.1.public": private.public_key().public_bytes_raw(),
        "code.1.pepper": new_key(),
        "search.secret": new_key(),
    }
    try:
        for folder, names in zip(folders, HOLDERS.values(), strict=True):
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            folder.chmod(0o700)
            for name in names:
                _write(folder / name, shared.get(name) or new_key())
    except OSError as error:
        raise KeyFault(f"Keys cannot be written to {root}: {error.strerror}.") from error
    return folders


def _write(path: Path, value: bytes) -> None:
    """Write one key that only its owner can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(value) + b"\n")
