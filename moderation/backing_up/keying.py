"""The recovery key: its public half seals backups, its private half lies locked and far away.

The private half is written once, into a file that a passphrase locks. The machine that makes
backups keeps the public half only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from moderation.accounts import stretch
from moderation.backing_up.faults import BackupFault, WrongKey
from portal.vault import CannotOpen, decrypt, encrypt

#: Three times the work of a password, as for a custodian's passphrase; the memory in KiB.
ROUNDS, MEMORY = 6, 47_104
_SALT_BYTES = 16
_WHAT = "recovery key of the feedback portal, locked by its passphrase"
#: No file makes us take more than this; a key of our own asks for far less.
_MOST_ROUNDS, _MOST_MEMORY = 100, 4 * 1024 * 1024


def make(passphrase: str, *, rounds: int = ROUNDS, memory: int = MEMORY) -> tuple[bytes, str]:
    """A new key: the public half, and the text of the file that holds the private half, locked."""
    private = X25519PrivateKey.generate()
    public, salt = private.public_key().public_bytes_raw(), secrets.token_bytes(_SALT_BYTES)
    key = stretch(passphrase, salt, rounds=rounds, memory_kib=memory)
    locked = encrypt(key, private.private_bytes_raw(), "recovery", public, "locked")
    facts = {
        "what": _WHAT,
        "public": _text(public),
        "salt": _text(salt),
        "rounds": rounds,
        "memory_kib": memory,
        "locked": _text(locked),
    }
    return public, json.dumps(facts, indent=1) + "\n"


def passphrase_of(typed: str) -> str:
    """What is meant by what was typed, whatever blanks stand around and between the words.

    Raises BackupFault for bytes that were no text: those of a terminal that is not set to UTF-8.
    """
    try:
        typed.encode()
    except UnicodeEncodeError as error:
        raise BackupFault("What was typed is no text in UTF-8: set the terminal to it.") from error
    return " ".join(typed.split())


def unlock(text: str, passphrase: str) -> X25519PrivateKey:
    """The private half. Raises WrongKey for a wrong passphrase, BackupFault for another file."""
    try:
        facts = json.loads(text)
        public, salt, locked = (_bytes(facts[name]) for name in ("public", "salt", "locked"))
        rounds, memory = int(facts["rounds"]), int(facts["memory_kib"])
        if not (0 < rounds <= _MOST_ROUNDS and 8 <= memory <= _MOST_MEMORY):
            raise ValueError("not a measure of work")
    except (ValueError, KeyError, TypeError) as error:
        raise BackupFault("This is not the file of a recovery key.") from error
    key = stretch(passphrase, salt, rounds=rounds, memory_kib=memory)
    try:
        raw = decrypt(key, locked, "recovery", public, "locked")
    except CannotOpen as error:
        raise WrongKey("The passphrase does not unlock this recovery key.") from error
    return X25519PrivateKey.from_private_bytes(raw)


def read_public(path: Path) -> X25519PublicKey:
    """The public half. Raises BackupFault where there is none."""
    try:
        raw = base64.b64decode(path.read_text().strip(), validate=True)
        return X25519PublicKey.from_public_bytes(raw)
    except OSError as error:
        raise BackupFault(
            f"There is no recovery key at {path}: make one with 'flask keys recovery FILE'."
        ) from error
    except ValueError as error:
        raise BackupFault(f"The recovery key at {path} is damaged.") from error


def print_of(public: X25519PublicKey) -> bytes:
    """What tells one recovery key from another: eight bytes of a hash."""
    return hashlib.sha256(b"portal|recovery|" + public.public_bytes_raw()).digest()[:8]


def write_new(path: Path, text: str) -> None:
    """Write a file that only its owner reads; one that is there is never overwritten."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise BackupFault(f"{path} is there already and is never overwritten.") from error
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def public_text(public: bytes) -> str:
    """The public half as its file holds it."""
    return _text(public) + "\n"


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
