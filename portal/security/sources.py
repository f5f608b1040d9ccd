"""Where a request comes from, as a mark that leads nowhere. An address is never kept."""

from __future__ import annotations

import hashlib
import secrets
import socket
from datetime import datetime
from struct import Struct

from portal.clock import local_date
from portal.memory import Memory

#: A day, and its salt.
_SALT = Struct("q16s")


class Sources:
    """Marks of addresses under a salt that lives in memory only and changes every day."""

    def __init__(self, memory: Memory | None = None) -> None:
        """Begin with the salt of the other processes; the first request of a day makes one."""
        self._memory = memory or Memory()
        self._room = self._memory.room("salt", _SALT.size)

    def mark(self, address: str | None, now: datetime) -> bytes:
        """The mark of today for an address; yesterday's cannot be made again."""
        today = local_date(now).toordinal()
        with self._memory.alone():
            day, salt = _SALT.unpack_from(self._room)
            if day != today:
                salt = secrets.token_bytes(16)
                _SALT.pack_into(self._room, 0, today, salt)
        return hashlib.blake2b(_network(address or ""), key=salt, digest_size=16).digest()


def _network(address: str) -> bytes:
    """What stands for one subscriber: a whole IPv4 address, half of an IPv6 one."""
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            return socket.inet_pton(family, address)[:8]
        except (OSError, ValueError):
            continue
    return address.encode()
