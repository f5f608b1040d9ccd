"""Taking in one file: told what it is, cleaned apart, sealed, and written to the store.

What comes back is ready to become a row. Until there is one, what lies in the store is nobody's:
its key is in this memory only, and the worker sweeps it away.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from portal.files.arriving import Upload
from portal.files.cleaning.starting import cleaned
from portal.files.kinds import HEAD_BYTES, Received, sniff
from portal.files.naming import typed_name
from portal.files.sealing import sealed_pieces
from portal.files.storing import FileStore
from portal.vault import derive, encrypt, new_key, new_uid
from portal.vocabulary import FileKind

_HASHED = 1024 * 1024


class NotTaken(Exception):
    """The file is refused before anything looks into it; the kinds of it say why."""


class Nothing(NotTaken):
    """No file was chosen, or it is empty."""


class TooLarge(NotTaken):
    """It is larger than any file that is taken."""


class Crowded(NotTaken):
    """Too many others are sending a file just now."""


class Unknown(NotTaken):
    """It is of no kind that is taken, whatever it is called."""


class Twice(NotTaken):
    """The very same file is there already."""


@dataclass(frozen=True)
class Sealed:
    """A file that lies in the store, with what its row will hold."""

    uid: bytes
    kind: FileKind
    size: int
    mark: bytes
    lock: bytes
    name: bytes


def look(upload: Upload | None) -> tuple[BinaryIO, Received]:
    """The file that has arrived and its kind. Raises NotTaken."""
    if upload is None or upload.size == 0:
        raise Nothing
    if upload.too_large:
        raise TooLarge
    if upload.kept is None:
        raise Crowded
    upload.kept.seek(0)
    kind = sniff(upload.kept.read(HEAD_BYTES))
    if kind is None:
        raise Unknown
    return upload.kept, kind


def take_in(
    store: FileStore,
    *,
    upload: Upload | None,
    key: bytes,
    is_there: Callable[[bytes], bool],
    before_cleaning: Callable[[], None],
) -> Sealed:
    """Clean, seal and store one file under the key of whom it belongs to.

    ``is_there`` says whether a file with this mark is kept already; ``before_cleaning`` lets go of
    what must not be held for so long. Raises NotTaken, Unclean, Busy and CannotStore; then nothing
    of it is kept.
    """
    given, kind = look(upload)
    called = (upload.filename if upload else None) or ""
    mark = _mark(key, given)
    if is_there(mark):
        raise Twice
    before_cleaning()
    own, uid = new_key(), new_uid()
    with cleaned(given, kind) as clean:
        store.put(uid.hex(), sealed_pieces(own, uid, clean))
        size = clean.tell()
    return Sealed(
        uid=uid,
        kind=kind.kept_as,
        size=size,
        mark=mark,
        lock=encrypt(key, own, "attachment", uid, "lock"),
        name=encrypt(own, typed_name(called).encode(), "attachment", uid, "name"),
    )


def _mark(key: bytes, plain: BinaryIO) -> bytes:
    """A keyed hash of a file as it was sent; without the key it tells no file from another."""
    seen = hashlib.sha256()
    plain.seek(0)
    while some := plain.read(_HASHED):
        seen.update(some)
    return hmac.digest(derive(key, "file"), seen.digest(), "sha256")
