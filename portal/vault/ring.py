"""A ring of keys: what one process holds, read from its own folder at start.

The public process holds no private key. Nothing of a ring is ever printed.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

#: What each holder's folder must contain. Private halves lie with staff and worker only.
HOLDERS: dict[str, tuple[str, ...]] = {
    "public": ("staff.1.public", "code.1.pepper", "session.secret"),
    "staff": (
        "staff.1.public",
        "staff.1.private",
        "code.1.pepper",
        "search.secret",
        "session.secret",
    ),
    "worker": ("staff.1.public", "staff.1.private", "code.1.pepper", "search.secret"),
}


class KeyFault(Exception):
    """Keys are missing or damaged; the message says which and what to do."""


@dataclass(frozen=True, repr=False)
class Ring:
    """The keys of one process. ``private`` and ``search`` are empty in the public one."""

    public: dict[int, X25519PublicKey]
    peppers: dict[int, bytes]
    private: dict[int, X25519PrivateKey] = field(default_factory=dict)
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


def load_ring(folder: Path) -> Ring:
    """Read every key in ``folder``.

    Raises KeyFault with one sentence when the folder or a needed key is missing or damaged.
    """
    if not folder.is_dir():
        raise KeyFault(f"There are no keys in {folder}: run 'flask keys init' first.")
    public: dict[int, X25519PublicKey] = {}
    private: dict[int, X25519PrivateKey] = {}
    peppers: dict[int, bytes] = {}
    for path in sorted(folder.glob("*.*.*")):
        name, version, kind = path.name.split(".", 2)
        if not version.isdecimal():
            continue
        if (name, kind) == ("staff", "public"):
            public[int(version)] = X25519PublicKey.from_public_bytes(_read(path))
        elif (name, kind) == ("staff", "private"):
            private[int(version)] = X25519PrivateKey.from_private_bytes(_read(path))
        elif (name, kind) == ("code", "pepper"):
            peppers[int(version)] = _read(path)
    if not public or not peppers:
        raise KeyFault(f"Keys are missing in {folder}: restore them from their safe copy.")
    return Ring(
        public=public,
        peppers=peppers,
        private=private,
        search_key=_read_if(folder / "search.secret"),
        session_secret=_read_if(folder / "session.secret"),
    )


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
