"""What the holder of a code did, sealed so that nobody without the code can have done it.

Whoever has broken into the public process may insert rows, and could take letters back in the name
of others. So each act is sealed under the submission key together with what it is, also where no
words came with it, and the worker carries out what opens.
"""

from __future__ import annotations

from typing import Protocol

from portal.vault import decrypt, encrypt
from portal.vocabulary import ActKind, Rating

#: Why the worker refuses an act that does not open.
UNPROVEN = "unproven"


class Act(Protocol):
    """An act as a row, or as some of its columns."""

    @property
    def uid(self) -> bytes:
        """Its name."""

    @property
    def kind(self) -> ActKind:
        """What was done."""

    @property
    def rating(self) -> Rating | None:
        """The judgement, where it is one."""

    @property
    def body(self) -> bytes | None:
        """The words, sealed."""


def seal_act(key: bytes, *, uid: bytes, kind: ActKind, rating: Rating | None, text: str) -> bytes:
    """Seal one act of the holder of a submission key."""
    return encrypt(key, text.encode(), "resident_act", uid, _column(kind, rating))


def open_act(key: bytes, act: Act) -> str:
    """The words of an act, often none. Raises CannotOpen for what no holder of the key did."""
    column = _column(act.kind, act.rating)
    return decrypt(key, act.body or b"", "resident_act", act.uid, column).decode()


def _column(kind: ActKind, rating: Rating | None) -> str:
    """What an act is, as the place to which its words are bound."""
    return f"body|{kind.value}|{rating.value if rating else ''}"
