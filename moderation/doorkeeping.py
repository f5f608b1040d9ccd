"""Slowing down guesses of passwords, without giving anybody a way to lock another person out.

Tries are counted for one account from one source. What happens to an account from elsewhere never
makes its owner wait: it only lowers how many mistakes a source may make before it waits. A browser
that has signed in to the account before is counted by itself, so that not even a neighbour behind
the same address can slow it. Nothing here reads the database.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from portal.memory import Memory
from portal.security import Slowdown

#: So many tries at one account from all sources within the hour, and each source gets one mistake
#: instead of the usual few (design rule).
CROWD = 50
_ONE = 1


@dataclass(frozen=True)
class Visit:
    """One try to sign in: at which account, from which source, by which known browser."""

    login: str
    source: bytes
    browser: bytes = b""

    @property
    def name(self) -> bytes:
        """What its tries are counted under; it leads back to neither login nor source."""
        who = self.browser or self.source
        return hashlib.blake2b(self.login.encode(), key=who[:64], digest_size=16).digest()

    @property
    def account(self) -> bytes:
        """What all tries at its account are counted under."""
        return hashlib.blake2b(self.login.encode(), digest_size=16, person=b"account").digest()


class Doorkeeper:
    """Counts tries and says how long to wait."""

    def __init__(self, *, after: int, memory: Memory | None = None) -> None:
        """Allow ``after`` mistakes of one source at one account before it waits."""
        self._usual = Slowdown(after=after, memory=memory, title="sign-in")
        self._strict = Slowdown(after=_ONE, memory=memory, title="sign-in in a crowd")
        self._crowds = Slowdown(after=CROWD, memory=memory, title="crowds")

    def knock(self, visit: Visit, now: datetime) -> int:
        """Ask to try once: 0 and the try is counted, or the seconds to wait."""
        wait = self._usual.attempt(visit.name, now)
        if not visit.browser and self._crowds.attempt(visit.account, now):
            wait = max(wait, self._strict.attempt(visit.name, now))
        return wait

    def opened(self, visit: Visit) -> None:
        """Forget the mistakes of whoever has just given the right password."""
        self._usual.succeeded(visit.name)
        self._strict.succeeded(visit.name)
