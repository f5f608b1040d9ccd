"""The terms of the index: what stands there in place of words, of rooms and of marks. Pure.

A word term is a short keyed hash of two neighbouring syllables, folded; without the key nothing
leads back to them. Single syllables, which would tell more by how often they come, are taken of
names of people and places only. Terms of rooms and marks begin with letters of their own, so that
no word can be taken for them; they tell what other tables tell as openly.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from itertools import pairwise

from portal.models.case import Room
from portal.text import syllables
from portal.vault import derive

#: Forty bits: of ten million different pairs one in a hundred thousand is taken for another one,
#: and the words themselves are looked at before anything is shown.
_BYTES = 5
_MARK_BYTES = 16
_PAIR, _SINGLE, _MARK = "w", "s", "x"
#: The copies of a flood are indexed under a room of their own, which nobody searches.
_ROOMS = {Room.DESK: "d", Room.COMMITTEE: "c", Room.QUARANTINE: "q"}


class Terms:
    """Makes word terms under one key."""

    def __init__(self, search: bytes) -> None:
        """Derive the key of the index from the search key."""
        self._key = derive(search, "search term")

    def pair(self, first: str, second: str) -> str:
        """The term of two syllables in this order."""
        return self._term(_PAIR, f"{first} {second}")

    def single(self, syllable: str) -> str:
        """The term of one syllable in the name of a person or a place."""
        return self._term(_SINGLE, syllable)

    def of(self, texts: Iterable[str], names: Iterable[str] = ()) -> frozenset[str]:
        """The terms of texts, and of names also the single syllables."""
        words = [syllables(text) for text in texts]
        pairs = {pair for each in words for pair in pairwise(each)}
        singles = {syllable for name in names for syllable in syllables(name)}
        return frozenset(
            {self.pair(*pair) for pair in pairs} | {self.single(each) for each in singles}
        )

    def _term(self, kind: str, text: str) -> str:
        """A kind and a keyed hash, in letters and digits that every tokenizer leaves alone."""
        raw = hashlib.blake2b(f"{kind}{text}".encode(), key=self._key, digest_size=_BYTES).digest()
        return kind + base64.b32encode(raw).decode().lower()


def place_term(room: Room, organisation_id: int) -> str:
    """The term of being seen from the room of an organisation."""
    return f"{_ROOMS[room]}{organisation_id}"


def mark_term(mark: bytes) -> str:
    """The term of a mark that hides a case."""
    return _MARK + mark[:_MARK_BYTES].hex()


def written(terms: Iterable[str]) -> str:
    """Terms as they are stored: in the order of the alphabet, which tells nothing of a text."""
    return " ".join(sorted(terms))
