"""What a text has in common with others, without a word of it. Pure.

A sketch holds the least keyed hashes of the five-letter pieces of a folded text; of a short text
all of them. How many two sketches share estimates how many pieces two texts share. It lies sealed
under a key that follows from the search key, because hashes beside each other tell more than one
alone. Traits find the few sketches that are worth opening: each is a keyed hash by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from moderation.pieces import BANDS, keyed_hash, least_pieces, pieces_of
from portal.text import fold, syllables
from portal.vault import decrypt, encrypt, mark

#: So many hashes are kept. Twice as many pieces are estimated to about four hundredths.
KEPT = 200
_SIZE = 5
#: A trait is twelve bytes: no two of a hundred million are alike by chance.
_TRAIT = 12


@dataclass(frozen=True)
class Sketch:
    """The least hashes of a text, in their order. ``whole`` says that none was left out."""

    hashes: tuple[bytes, ...]

    @property
    def whole(self) -> bool:
        """Whether every piece of the text is there."""
        return len(self.hashes) < KEPT

    def likeness(self, other: Sketch) -> float:
        """The share of all pieces of two texts that both have: from 0 to 1."""
        mine, theirs = set(self.hashes), set(other.hashes)
        union = sorted(mine | theirs)
        if not (self.whole and other.whole):
            union = union[:KEPT]
        both = mine & theirs
        return sum(each in both for each in union) / len(union) if union else 0.0


class Sketcher:
    """Makes sketches and traits under one key, and seals them."""

    def __init__(self, search: bytes) -> None:
        """Derive the keys of the hashes and of the seal from the search key."""
        self._key = mark(search, "sketch of a text")
        self._seal = mark(search, "seal of a sketch")

    def sketch(self, text: str) -> Sketch:
        """The sketch of a text. Diacritics, capitals, spaces and punctuation do not count."""
        found = {self._hash(f"piece|{piece}", _SIZE) for piece in pieces_of(fold(text))}
        return Sketch(tuple(sorted(found)[:KEPT]))

    def parts(self, text: str, *, where: int) -> set[bytes]:
        """The traits of a text at one place.

        Texts with half their pieces in common share one of the sixteen in ninety-nine of a hundred
        cases (1 - (1 - 1/2 squared) to the sixteenth).
        """
        least = least_pieces(fold(text), self._key)
        pairs = ((band, least[band * 2], least[band * 2 + 1]) for band in range(BANDS))
        return {self._hash(f"part|{where}|{pair}", _TRAIT) for pair in pairs}

    def persons(self, *, where: int, about: str, marks: Iterable[bytes]) -> set[bytes]:
        """The traits of being perhaps about one of these members, or about this name at a place."""
        names = " ".join(sorted(set(syllables(about))))
        found = {self._hash(f"person|{each.hex()}", _TRAIT) for each in marks}
        return found | {self._hash(f"about|{where}|{names}", _TRAIT)}

    def seal(self, case_id: int, sketch: Sketch) -> bytes:
        """A sketch as it lies in its row."""
        return encrypt(self._seal, b"".join(sketch.hashes), "sketch", case_id, "body")

    def open(self, case_id: int, body: bytes) -> Sketch:
        """A sketch from its row. Raises CannotOpen."""
        raw = decrypt(self._seal, body, "sketch", case_id, "body")
        return Sketch(tuple(raw[at : at + _SIZE] for at in range(0, len(raw), _SIZE)))

    def _hash(self, text: str, size: int) -> bytes:
        """A keyed hash."""
        return keyed_hash(self._key, text, size)
