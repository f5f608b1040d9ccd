"""Where a request comes from, as a mark that leads nowhere. An address is never kept."""

from __future__ import annotations

import hashlib
import secrets
import socket
import threading
from datetime import date, datetime

from portal.clock import local_date


class Sources:
    """Marks of addresses under a salt that lives in memory only and changes every day."""

    def __init__(self) -> None:
        """Begin without a salt; the first request of a day makes one."""
        self._lock = threading.Lock()
        self._day: date | None = None
        self._salt = b""

    def mark(self, address: str | None, now: datetime) -> bytes:
        """The mark of today for an address; yesterday's cannot be made again."""
        today = local_date(now)
        with self._lock:
            if self._day != today:
                self._day, self._salt = today, secrets.token_bytes(16)
            salt = self._salt
        return hashlib.blake2b(_network(address or ""), key=salt, digest_size=16).digest()


def _network(address: str) -> bytes:
    """What stands for one subscriber: a whole IPv4 address, half of an IPv6 one."""
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            return socket.inet_pton(family, address)[:8]
        except (OSError, ValueError):
            continue
    return address.encode()
