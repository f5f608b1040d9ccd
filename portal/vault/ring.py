"""A ring of keys: what one process holds, read from its own folder at start.

The public process holds no private key. Nothing of a ring is ever printed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

#: What each holder's folder must contain. What opens lies with staff and worker only, what signs
#: the heads of the public log with the worker alone.
HOLDERS: dict[str, tuple[str, ...]] = {
    "public": ("staff.1.public", "code.1.pepper", "log.1.public", "session.secret"),
    "staff": (
        "staff.1.public",
        "staff.1.private",
        "code.1.pepper",
        "log.1.public",
        "search.secret",
        "session.secret",
    ),
    "worker": (
        "staff.1.public",
        "staff.1.private",
        "code.1.pepper",
        "log.1.public",
        "log.1.private",
        "search.secret",
    ),
}


#: How the name of every key ends.
_KINDS = frozenset({".pepper", ".private", ".public", ".secret"})
_Made = TypeVar("_Made")


class Versions(dict[int, X25519PrivateKey]):
    """The private keys of a folder. A version that came after the start is read when it is needed.

    So staff and worker go on while a new key is made, without being started again.
    """

    def __init__(self, folder: Path, known: dict[int, X25519PrivateKey]) -> None:
        """Keep what there is, and where to look for more."""
        super().__init__(known)
        self._folder = folder

    def __missing__(self, version: int) -> X25519PrivateKey:
        """Read a version that is not known yet. Raises KeyFault where there is none."""
        value = _read(self._folder / f"staff.{version}.private")
        self[version] = X25519PrivateKey.from_private_bytes(value)
        return self[version]

    def get(self, version: int, default: object = None) -> X25519PrivateKey | None:  # type: ignore[override]
        """The key of a version, or nothing."""
        try:
            return self[version]
        except KeyFault:
            return None


class KeyFault(Exception):
    """Keys are missing or damaged; the message says which and what to do."""


@dataclass(frozen=True, repr=False)
class Ring:
    """The keys of one process. ``private`` and ``search`` are empty in the public one.

    ``log_private`` signs the heads of the public log and is empty in all but the worker.
    """

    public: dict[int, X25519PublicKey]
    peppers: dict[int, bytes]
    log_public: dict[int, Ed25519PublicKey]
    private: dict[int, X25519PrivateKey] = field(default_factory=dict)
    log_private: dict[int, Ed25519PrivateKey] = field(default_factory=dict)
    search_key: bytes | None = None
    session_secret: bytes | None = None

    def __repr__(self) -> str:
        """Show how much there is, never what."""
        return f"Ring({len(self.public)} public, {len(self.private)} private)"

    @property
    def version(self) -> int:
        """The version of the staff key that new seals are made for."""
        return max(self.public)

    @property
    def pepper_version(self) -> int:
        """The version of the pepper that new codes are made with."""
        return max(self.peppers)

    @property
    def pepper(self) -> bytes:
        """The pepper that new codes are made with."""
        return self.peppers[self.pepper_version]

    @property
    def search(self) -> bytes:
        """The search key; raises KeyFault in a process that must not have it."""
        if self.search_key is None:
            raise KeyFault("This process holds no search key: it is not a staff process.")
        return self.search_key

    @property
    def log_version(self) -> int:
        """The version of the key that new heads are signed with."""
        return max(self.log_private, default=0)

    @property
    def log_signer(self) -> Ed25519PrivateKey:
        """The key that signs new heads; raises KeyFault in a process that must not have it."""
        if not self.log_private:
            raise KeyFault("These keys cannot sign the public log: set PORTAL_KEYS=keys/worker.")
        return self.log_private[self.log_version]


def load_ring(folder: Path) -> Ring:
    """Read every key in ``folder``.

    Raises KeyFault with one sentence when the folder or a needed key is missing or damaged.
    """
    if not folder.is_dir():
        raise KeyFault(f"There are no keys in {folder}: run 'flask keys init' first.")
    _check_closed(folder)
    public = _versions(folder, "staff", "public", X25519PublicKey.from_public_bytes)
    peppers = _versions(folder, "code", "pepper", bytes)
    log_public = _versions(folder, "log", "public", Ed25519PublicKey.from_public_bytes)
    if not public or not peppers:
        raise KeyFault(f"Keys are missing in {folder}: restore them from their safe copy.")
    if not log_public:
        raise KeyFault(
            f"The key log.1.public is missing in {folder}: restore it from its safe copy, "
            "or run 'flask keys init' if these keys are older than the public log."
        )
    return Ring(
        public=public,
        peppers=peppers,
        log_public=log_public,
        private=_opening(folder, public),
        log_private=_versions(folder, "log", "private", Ed25519PrivateKey.from_private_bytes),
        search_key=_read_if(folder / "search.secret"),
        session_secret=_read_if(folder / "session.secret"),
    )


def fingerprint(path: Path) -> str:
    """What tells one key from another and leads back to neither: eight signs of a hash.

    Raises KeyFault.
    """
    return hashlib.sha256(b"portal|fingerprint|" + _read(path)).hexdigest()[:8]


def _check_closed(folder: Path) -> None:
    """Raise KeyFault where anybody but the owner could read or change a key."""
    keys = (path for path in folder.iterdir() if path.suffix in _KINDS)
    for path in (folder, *keys):
        if path.stat().st_mode & 0o077:
            right = 700 if path == folder else 600
            raise KeyFault(f"Others can reach the keys in {path}: run 'chmod {right} {path}'.")


def _opening(folder: Path, public: dict[int, X25519PublicKey]) -> dict[int, X25519PrivateKey]:
    """The private halves, each of which must fit its public half. Raises KeyFault."""
    found = _versions(folder, "staff", "private", X25519PrivateKey.from_private_bytes)
    for version, private in found.items():
        other = public.get(version)
        if (
            other is not None
            and other.public_bytes_raw() != private.public_key().public_bytes_raw()
        ):
            raise KeyFault(
                f"The halves of staff.{version} in {folder} are not of one key: "
                "restore both from their safe copy."
            )
    # A holder without any private key, such as the public process, never looks for one.
    return Versions(folder, found) if found else {}


def _versions(
    folder: Path, name: str, kind: str, make: Callable[[bytes], _Made]
) -> dict[int, _Made]:
    """Every version of one key, made of its bytes; what is no version is left alone."""
    found = {path.name.split(".")[1]: path for path in folder.glob(f"{name}.*.{kind}")}
    return {int(v): make(_read(path)) for v, path in sorted(found.items()) if v.isdecimal()}


def _read_if(path: Path) -> bytes | None:
    """The bytes of a key file, or nothing where there is none."""
    return _read(path) if path.exists() else None


def _read(path: Path) -> bytes:
    """The 32 bytes of a key file; raises KeyFault when they are not 32."""
    try:
        value = base64.b64decode(path.read_text().strip(), validate=True)
    except (OSError, UnicodeDecodeError, binascii.Error) as error:
        raise KeyFault(f"The key {path} cannot be read: restore it from its safe copy.") from error
    if len(value) != 32:
        raise KeyFault(f"The key {path} is damaged: restore it from its safe copy.")
    return value
