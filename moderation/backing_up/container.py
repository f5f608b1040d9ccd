"""The outside of a backup: one stream of bytes, sealed in chunks of which each knows its place.

A chunk is bound to the head of its own backup, to its number, and to whether it is the last. So a
byte that was changed, a chunk that was moved, left out or brought from another backup, and an end
that was cut off are found. No more than one chunk is in memory at a time. Behind it all stands a
plain checksum: whoever has no key can still tell a copy that has rotted.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from moderation.backing_up.faults import Damaged, WrongKey
from moderation.backing_up.keying import print_of
from portal.vault import CannotOpen, new_key, new_uid, open_box, seal_box

CHUNK_BYTES = 1024 * 1024
_TAG_BYTES = 16
_SUM_BYTES = 32
_MAGIC = b"PORTAL BACKUP 1\n"
_BOX_BYTES = 80
HEAD_BYTES = len(_MAGIC) + 8 + 16 + 8 + _BOX_BYTES
#: How much is read at once where nothing is opened.
_READ_BYTES = 1024 * 1024
_DAMAGED = "The backup is damaged or incomplete: take another copy of it, or another backup."


@dataclass(frozen=True)
class Head:
    """What can be read of a backup without a key."""

    made_at: datetime
    uid: bytes
    recovery: bytes
    raw: bytes

    @property
    def box(self) -> bytes:
        """The key of this backup, sealed to the recovery key."""
        return self.raw[-_BOX_BYTES:]


class SealedWriter:
    """Seals what is written, chunk by chunk; ``close`` writes the last one and the checksum."""

    def __init__(self, file: BinaryIO, public: X25519PublicKey, *, made_at: datetime) -> None:
        """Write the head. ``file`` is written from where it stands."""
        self.uid, key = new_uid(), new_key()
        moment = int(made_at.timestamp()).to_bytes(8)
        box = seal_box(public, key, "backup", self.uid)
        self._head = _MAGIC + moment + self.uid + print_of(public) + box
        self._file, self._cipher = file, AESGCM(key)
        self._sum, self._left, self._number = hashlib.sha256(), bytearray(), 0
        self._put(self._head)

    def write(self, some: bytes) -> None:
        """Seal some more bytes. The last chunk is never written here: its end must be known."""
        self._left += some
        while len(self._left) > CHUNK_BYTES:
            self._seal(bytes(self._left[:CHUNK_BYTES]), last=False)
            del self._left[:CHUNK_BYTES]

    def close(self) -> None:
        """Write what is left, as the last chunk, and the checksum of everything."""
        self._seal(bytes(self._left), last=True)
        self._file.write(self._sum.digest())

    def _seal(self, plain: bytes, *, last: bool) -> None:
        nonce = _nonce(self._number, last=last)
        self._put(self._cipher.encrypt(nonce, plain, self._head))
        self._number += 1

    def _put(self, some: bytes) -> None:
        self._sum.update(some)
        self._file.write(some)


class SealedReader:
    """Opens what was sealed, in its order. Raises Damaged at the first byte that is not right."""

    def __init__(self, file: BinaryIO, private: X25519PrivateKey) -> None:
        """Read the head and open the key. Raises WrongKey and Damaged."""
        self.head = read_head(file)
        if self.head.recovery != print_of(private.public_key()):
            raise WrongKey("This backup was sealed to another recovery key.")
        try:
            key = open_box(private, self.head.box, "backup", self.head.uid)
        except CannotOpen as error:
            raise Damaged(_DAMAGED) from error
        self._file, self._cipher = file, AESGCM(key)
        self._sum, self._left, self._number = hashlib.sha256(self.head.raw), bytearray(), 0
        self._sealed = _length(file) - HEAD_BYTES - _SUM_BYTES
        self._at_end = False
        if self._sealed < _TAG_BYTES:
            raise Damaged(_DAMAGED)

    def read(self, length: int) -> bytes:
        """The next bytes, fewer only at the end."""
        while len(self._left) < length and not self._at_end:
            self._open()
        found = bytes(self._left[:length])
        del self._left[:length]
        return found

    def _open(self) -> None:
        """Open the next chunk, and after the last one compare the checksum."""
        sealed = self._file.read(min(self._sealed, CHUNK_BYTES + _TAG_BYTES))
        self._sealed -= len(sealed)
        self._at_end = self._sealed <= 0 or not sealed
        self._sum.update(sealed)
        nonce = _nonce(self._number, last=self._at_end)
        try:
            self._left += self._cipher.decrypt(nonce, sealed, self.head.raw)
        except (InvalidTag, ValueError) as error:
            raise Damaged(_DAMAGED) from error
        self._number += 1
        if self._at_end and self._file.read(_SUM_BYTES + 1) != self._sum.digest():
            raise Damaged(_DAMAGED)


def read_head(file: BinaryIO) -> Head:
    """The head of a backup, from its beginning. Raises Damaged for another file."""
    raw = file.read(HEAD_BYTES)
    if len(raw) < HEAD_BYTES or not raw.startswith(_MAGIC):
        raise Damaged("This is not a backup of the portal, or its beginning is damaged.")
    rest = raw[len(_MAGIC) :]
    try:
        made_at = datetime.fromtimestamp(int.from_bytes(rest[:8]), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Damaged(_DAMAGED) from error
    return Head(made_at, rest[8:24], rest[24:32], raw)


def check_outside(file: BinaryIO) -> Head:
    """Compare the checksum, for which no key is needed. Raises Damaged.

    It finds what has rotted or was cut; whoever alters a backup can alter the checksum too.
    """
    head = read_head(file)
    left, found = _length(file) - HEAD_BYTES - _SUM_BYTES, hashlib.sha256(head.raw)
    while left > 0 and (some := file.read(min(left, _READ_BYTES))):
        found.update(some)
        left -= len(some)
    if left or file.read(_SUM_BYTES + 1) != found.digest():
        raise Damaged(_DAMAGED)
    return head


def _length(file: BinaryIO) -> int:
    """How long a file is, in bytes."""
    return os.fstat(file.fileno()).st_size


def _nonce(number: int, *, last: bool) -> bytes:
    """The nonce of a chunk: under the key of one backup none is used twice."""
    return number.to_bytes(11) + (b"\x01" if last else b"\x00")
