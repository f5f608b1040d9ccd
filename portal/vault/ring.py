"""A ring of keys: what one process holds, read from its own folder at start.

The public process holds no private key. Nothing of a ring is ever printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from portal.vault.source import KeyFault, Source, check_holder

_Made = TypeVar("_Made")

#: The kinds of keys that an old installation has to be given, and what came with them.
_YOUNGER = {"log": "the public log", "notice": "the notices"}


class _Half(Protocol):
    """The public half of a key."""

    def public_bytes_raw(self) -> bytes: ...


class _Whole(Protocol):
    """The private half, which leads to the public one."""

    def public_key(self) -> _Half: ...


class Versions(dict[int, X25519PrivateKey]):
    """The private keys of a process. A version that came after the start is read when it is needed.

    So staff and worker go on while a new key is made, without being started again.
    """

    def __init__(self, source: Source, known: dict[int, X25519PrivateKey]) -> None:
        """Keep what there is, and where to look for more."""
        super().__init__(known)
        self._source = source

    def __missing__(self, version: int) -> X25519PrivateKey:
        """Read a version that is not known yet. Raises KeyFault where there is none."""
        value = self._source.read(f"staff.{version}.private")
        self[version] = X25519PrivateKey.from_private_bytes(value)
        return self[version]

    def get(self, version: int, default: object = None) -> X25519PrivateKey | None:  # type: ignore[override]
        """The key of a version, or nothing."""
        try:
            return self[version]
        except KeyFault:
            return None


@dataclass(frozen=True, repr=False)
class Ring:
    """The keys of one process. ``private`` and ``search`` are empty in the public one.

    ``log_private`` signs the heads of the public log, and ``notice_private`` opens what is meant
    for the worker and nobody else: both are empty in all but the worker.
    """

    source: Source
    public: dict[int, X25519PublicKey]
    peppers: dict[int, bytes]
    log_public: dict[int, Ed25519PublicKey]
    private: dict[int, X25519PrivateKey] = field(default_factory=dict)
    log_private: dict[int, Ed25519PrivateKey] = field(default_factory=dict)
    notice_public: dict[int, X25519PublicKey] = field(default_factory=dict)
    notice_private: dict[int, X25519PrivateKey] = field(default_factory=dict)
    search_key: bytes | None = None
    session_secret: bytes | None = None

    def __repr__(self) -> str:
        """Show how much there is, never what."""
        return f"Ring({len(self.public)} public, {len(self.private)} private)"

    @property
    def version(self) -> int:
        """The version of the staff key that new seals are made for."""
        return max(self.public)

    def newer_half(self) -> tuple[int, bytes] | None:
        """A newer staff key to seal to, with its version, if one has come whole since the start."""
        version = self.source.newest_half()
        if version > self.version:
            with suppress(KeyFault):
                return version, self.source.read(f"staff.{version}.public")
        return None

    def take(self, version: int, half: bytes) -> None:
        """Seal to this key from now on."""
        self.public[version] = X25519PublicKey.from_public_bytes(half)

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

    @property
    def notice_version(self) -> int:
        """The version of the key to which is sealed what only the worker opens."""
        return max(self.notice_public)

    @property
    def notice_sealer(self) -> X25519PublicKey:
        """The public half to which is sealed what only the worker opens."""
        return self.notice_public[self.notice_version]

    def notice_opener(self, version: int) -> X25519PrivateKey:
        """What opens it; raises KeyFault in a process that must not have it."""
        try:
            return self.notice_private[version]
        except KeyError:
            raise KeyFault(
                f"These keys open nothing that is sealed to notice.{version}: "
                "set PORTAL_KEYS=keys/worker."
            ) from None


def load_ring(
    folder: Path, given: Mapping[str, str] | None = None, *, holder: str | None = None
) -> Ring:
    """Read every key in ``folder``, and those that were ``given`` as variables.

    Raises KeyFault with one sentence when a needed key is missing or damaged, or is in both
    places; and, where the ``holder`` is told, for a key that this one must not have.
    """
    source = Source(folder, given or {})
    source.check()
    _check_there(source)
    if holder is not None:
        check_holder(source, holder)
    public = _versions(source, "staff", "public", X25519PublicKey.from_public_bytes)
    log_public = _versions(source, "log", "public", Ed25519PublicKey.from_public_bytes)
    private = _versions(source, "staff", "private", X25519PrivateKey.from_private_bytes)
    log_private = _versions(source, "log", "private", Ed25519PrivateKey.from_private_bytes)
    notice_public = _versions(source, "notice", "public", X25519PublicKey.from_public_bytes)
    notice_private = _versions(source, "notice", "private", X25519PrivateKey.from_private_bytes)
    _check_halves(source, "staff", public, private)
    _check_halves(source, "log", log_public, log_private)
    _check_halves(source, "notice", notice_public, notice_private)
    return Ring(
        source=source,
        public=public,
        peppers=_versions(source, "code", "pepper", bytes),
        log_public=log_public,
        # A holder without any private key, such as the public process, never looks for one.
        private=Versions(source, private) if private else {},
        log_private=log_private,
        notice_public=notice_public,
        notice_private=notice_private,
        search_key=source.read_if("search.secret"),
        session_secret=source.read_if("session.secret"),
    )


def _check_there(source: Source) -> None:
    """Raise KeyFault where what every process needs is missing."""
    if not source.versions("staff", "public") or not source.versions("code", "pepper"):
        raise KeyFault(f"Keys are missing in {source.folder}: restore them from their safe copy.")
    for kind, younger in _YOUNGER.items():
        if not source.versions(kind, "public"):
            raise KeyFault(
                f"The key {kind}.1.public is missing in {source.folder}: restore it from its safe "
                f"copy, or run 'flask keys init' if these keys are older than {younger}."
            )


def _check_halves(
    source: Source, kind: str, public: Mapping[int, _Half], private: Mapping[int, _Whole]
) -> None:
    """Raise KeyFault unless each private half fits its public half."""
    for version, whole in private.items():
        other = public.get(version)
        if other and other.public_bytes_raw() != whole.public_key().public_bytes_raw():
            raise KeyFault(
                f"The halves of {kind}.{version} in {source.folder} are not of one key: "
                "restore both from their safe copy."
            )


def _versions(
    source: Source, kind: str, part: str, make: Callable[[bytes], _Made]
) -> dict[int, _Made]:
    """Every version of one key, made of its bytes."""
    found = source.versions(kind, part)
    return {version: make(source.read(f"{kind}.{version}.{part}")) for version in found}
