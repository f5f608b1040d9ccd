"""Making keys for a new installation, or those that an old one never had.

An existing key is never overwritten.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from portal.vault.sealing import new_key
from portal.vault.source import HOLDERS, KeyFault

#: The pairs that came after the staff key: what signs the heads of the log, and what opens what is
#: meant for the worker alone.
_PAIRS: dict[str, type[Ed25519PrivateKey] | type[X25519PrivateKey]] = {
    "log": Ed25519PrivateKey,
    "notice": X25519PrivateKey,
}


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
        **_pair("log"),
        **_pair("notice"),
    }
    _fill(root, {name: shared.get(name) for names in HOLDERS.values() for name in names})
    return folders


def complete(root: Path) -> tuple[str, ...]:
    """Add the kinds of keys that are younger than these keys; return which: "log", "notice".

    A pair of which one half has been lost is left as it is: a new one would make every head that
    was signed before look forged, and open nothing that was sealed before. Raises KeyFault when a
    file cannot be written.
    """
    if not all((root / holder).is_dir() for holder in HOLDERS):
        return ()
    missing = tuple(kind for kind in _PAIRS if not any(root.glob(f"*/{kind}.*")))
    _fill(root, {name: half for kind in missing for name, half in _pair(kind).items()})
    return missing


def _pair(kind: str) -> dict[str, bytes]:
    """Both halves of a fresh key of this kind, by their names."""
    private = _PAIRS[kind].generate()
    return {
        f"{kind}.1.private": private.private_bytes_raw(),
        f"{kind}.1.public": private.public_key().public_bytes_raw(),
    }


def _fill(root: Path, keys: Mapping[str, bytes | None]) -> None:
    """Write each key into the folder of every holder; one without a value is each holder's own."""
    try:
        for holder, names in HOLDERS.items():
            folder = root / holder
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            folder.chmod(0o700)
            for name in names:
                if name in keys:
                    _write(folder / name, keys[name] or new_key())
    except OSError as error:
        raise KeyFault(f"Keys cannot be written to {root}: {error.strerror}.") from error


def _write(path: Path, value: bytes) -> None:
    """Write one key that only its owner can read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(base64.b64encode(value) + b"\n")
