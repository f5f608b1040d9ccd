"""The inside of a backup: entries one after another, each a name and its bytes, and a last one.

The last one, the manifest, says how many there were, how long together, and a digest over the
names and checksums of all. Nobody need know beforehand how long an entry is.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

from moderation.backing_up.faults import Damaged

ABOUT, DATABASE, MANIFEST = "about", "database", "manifest"
PIECE_BYTES = 256 * 1024
_FILE = re.compile(r"[0-9a-f]{32}")
_MOST_NAME = 64
_MOST_FACTS = 64 * 1024
_INSIDE = "The inside of the backup is not what its manifest says: take another backup."


class _Out(Protocol):
    def write(self, some: bytes) -> None: ...


class _In(Protocol):
    def read(self, length: int) -> bytes: ...


@dataclass
class Tally:
    """What was in a backup so far."""

    entries: int = 0
    size: int = 0
    #: A running hash over names, lengths and checksums.
    lines: Any = field(default_factory=hashlib.sha256)

    def add(self, name: str, size: int, digest: str) -> None:
        """Count one entry."""
        self.entries += 1
        self.size += size
        self.lines.update(f"{name} {size} {digest}\n".encode())

    @property
    def facts(self) -> dict[str, Any]:
        """What the manifest says."""
        return {"entries": self.entries, "size": self.size, "digest": self.lines.hexdigest()}


def is_file(name: str) -> bool:
    """Whether an entry holds a sealed file, under the name that it has in the store."""
    return _FILE.fullmatch(name) is not None


def write_entry(out: _Out, tally: Tally, name: str, pieces: Iterable[bytes]) -> None:
    """Write one entry, and count it."""
    encoded = name.encode()
    out.write(len(encoded).to_bytes(1) + encoded)
    size, digest = 0, hashlib.sha256()
    for some in pieces:
        for start in range(0, len(some), PIECE_BYTES):
            piece = some[start : start + PIECE_BYTES]
            out.write(len(piece).to_bytes(4) + piece)
            size += len(piece)
            digest.update(piece)
    out.write(bytes(4))
    tally.add(name, size, digest.hexdigest())


def write_facts(out: _Out, tally: Tally, name: str, facts: dict[str, Any]) -> None:
    """Write one entry of facts."""
    write_entry(out, tally, name, [json.dumps(facts, sort_keys=True).encode()])


def read_entries(source: _In) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each entry with its bytes, until the manifest was compared and nothing is left.

    Raises Damaged. Bytes that nobody asks for are read over.
    """
    tally = Tally()
    while True:
        name = _name(source)
        if name == MANIFEST:
            wanted, mine = read_facts(_pieces(source, name, Tally())), tally.facts
            if wanted != mine or source.read(1):
                raise Damaged(_INSIDE)
            return
        pieces = _pieces(source, name, tally)
        yield name, pieces
        for _rest in pieces:
            pass


def read_facts(pieces: Iterable[bytes]) -> dict[str, Any]:
    """The facts of an entry. Raises Damaged."""
    raw = bytearray()
    for some in pieces:
        raw += some
        if len(raw) > _MOST_FACTS:
            raise Damaged(_INSIDE)
    try:
        found = json.loads(raw)
    except ValueError as error:
        raise Damaged(_INSIDE) from error
    if not isinstance(found, dict):
        raise Damaged(_INSIDE)
    return found


def _name(source: _In) -> str:
    """The name of the next entry: one of those that there can be."""
    length = source.read(1)
    if not length or not 0 < length[0] <= _MOST_NAME:
        raise Damaged(_INSIDE)
    name = source.read(length[0]).decode("ascii", "replace")
    if name not in {ABOUT, DATABASE, MANIFEST} and not is_file(name):
        raise Damaged(_INSIDE)
    return name


def _pieces(source: _In, name: str, tally: Tally) -> Iterator[bytes]:
    """The bytes of an entry, which is counted at its end."""
    size, digest = 0, hashlib.sha256()
    while length := int.from_bytes(_exactly(source, 4)):
        if length > PIECE_BYTES:
            raise Damaged(_INSIDE)
        piece = _exactly(source, length)
        size += length
        digest.update(piece)
        yield piece
    tally.add(name, size, digest.hexdigest())


def _exactly(source: _In, length: int) -> bytes:
    """So many bytes, or the backup ends too early."""
    found = source.read(length)
    if len(found) < length:
        raise Damaged(_INSIDE)
    return found
