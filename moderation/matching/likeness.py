"""How alike a word of a text and a word of a name are: with diacritics, without, nearly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz.distance import OSA

from moderation.matching.words import Word, sound
from portal.text import canonical

#: How alike two words are.
EXACT: Final = 1.0
BARE: Final = 0.96
INITIAL: Final = 0.75
SAME_SOUNDS: Final = 0.7
NEAR: Final = 0.6
HEARD_ALIKE: Final = 0.55
GIVEN_INITIAL: Final = 0.45
#: One slip, and the diacritics of what is left differ too.
NEAR_AND_MARKS_DIFFER: Final = 0.52

#: In a shorter word one other letter makes another name.
_SHORTEST: Final = 4


@dataclass(frozen=True)
class Name:
    """A name of the register in comparable words, given name last."""

    shown: str
    folded: tuple[str, ...]

    @classmethod
    def of(cls, name: str, folded: str) -> Name:
        """Prepare a name for comparison, with its folded form as stored."""
        return cls(name, tuple(folded.split()))

    @cached_property
    def exact(self) -> tuple[str, ...]:
        """The words with their diacritics. Few names come so far that these are asked for."""
        exact = tuple(canonical(self.shown).split())
        return exact if len(exact) == len(self.folded) else self.folded

    @property
    def gender(self) -> str:
        """What the middle name tells: Thị is a woman's, Văn a man's; else nothing."""
        middle = set(self.exact[1:-1])
        return "f" if "thị" in middle else "m" if "văn" in middle else ""


def near(one: str, other: str) -> bool:
    """Whether two folded words are one slip of the finger apart; shorter ones would be others."""
    if max(len(one), len(other)) < _SHORTEST:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1


def likeness_of(word: Word, exact: str, folded: str) -> float:
    """How alike a word of the text and a word of the name are; 0 when they differ."""
    if word.folded == folded:
        if word.exact == exact:
            return EXACT
        return BARE if word.bare else SAME_SOUNDS
    if len(word.folded) == 1:
        return INITIAL if folded.startswith(word.folded) else 0.0
    if near(word.folded, folded):
        return near_likeness(word, exact)
    return HEARD_ALIKE if sound(word.folded) == sound(folded) else 0.0


def near_likeness(word: Word, exact: str) -> float:
    """How alike two words are whose letters differ once."""
    same = word.bare or OSA.distance(word.exact, exact, score_cutoff=1) <= 1
    return NEAR if same else NEAR_AND_MARKS_DIFFER
