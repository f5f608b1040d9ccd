"""Comparing a text for a reader with the writer's own words. Pure."""

from __future__ import annotations

from portal.text import syllables
from portal.text.masked import WORDS
from portal.vocabulary import Making

#: So many of the writer's words in a row are no paraphrase (design rule).
_RUN = 8


def repeats(own: str, shown: str, run: int = _RUN) -> bool:
    """Whether the text keeps a run of eight of the writer's words.

    Diacritics, capitals and punctuation are no paraphrase: both texts are folded first.
    """
    words = syllables(own)
    run = min(run, len(words))
    text = f" {' '.join(syllables(shown))} "
    return any(f" {' '.join(words[at : at + run])} " in text for at in range(len(words) - run + 1))


def making_of(masked: str, text: str) -> Making:
    """How a text came to be out of the masked words: as they are, with gaps, or in other words."""
    own, made = " ".join(masked.split()), " ".join(text.split())
    if made == own:
        return Making.AS_WRITTEN
    pieces = [piece.strip() for piece in made.split(WORDS["removed"])]
    return Making.REDACTED if len(pieces) > 1 and _in_order(own, pieces) else Making.PARAPHRASED


def _in_order(own: str, pieces: list[str]) -> bool:
    """Whether these pieces stand in a text, one after the other."""
    at = 0
    for piece in pieces:
        found = own.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True
