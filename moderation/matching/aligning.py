"""Laying a name along the words of a text: where the given name may stand, and what stands by it.

Pure; how much it is worth is said elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from moderation.matching.lexicon import Label
from moderation.matching.likeness import (
    BARE,
    EXACT,
    GIVEN_INITIAL,
    HEARD_ALIKE,
    Name,
    likeness_of,
    near,
    near_likeness,
)
from moderation.matching.reading import Text
from moderation.matching.words import Word, sound

_LONGEST_NAME: Final = 8
#: In a longer text slips of the finger are not sought: there are too many words to be like.
_SHORT_TEXT: Final = 80
_SAME, _HEARD, _NEAR, _LETTER = "same", "heard", "near", "letter"


@dataclass(slots=True)
class Walk:
    """What was found going left from the given name."""

    likeness: list[float]
    with_family: bool = False
    misses: int = 0
    first: int = 0


def givens(name: Name, text: Text) -> Iterator[tuple[int, float]]:
    """Where the given name may stand, and how alike it is there."""
    given = name.folded[-1]
    if given not in text.sites:
        text.sites[given] = list(_sites(given, text))
    for place, how in text.sites[given]:
        yield place, _likeness(text.words[place], name, how)
    glued = "".join(name.folded)
    if len(name.folded) > 1:
        for place in text.at.get(glued, ()):
            yield place, EXACT if text.words[place].exact == "".join(name.exact) else BARE


def _likeness(word: Word, name: Name, how: str) -> float:
    """How alike the given name and the word at its site are."""
    if how == _HEARD:
        return HEARD_ALIKE
    if how == _LETTER:
        return GIVEN_INITIAL
    exact = name.exact[-1]
    return likeness_of(word, exact, word.folded) if how == _SAME else near_likeness(word, exact)


def _sites(given: str, text: Text) -> Iterator[tuple[int, str]]:
    """Where a folded given name may stand: as it is, as it sounds, misspelt, or a letter of it."""
    seen = set(text.best_places(text.at, given))
    for place in sorted(seen):
        yield place, _SAME
    for place in text.best_places(text.sounding, sound(given)):
        if place not in seen:
            seen.add(place)
            yield place, _HEARD
    if text.prose or len(text.words) > _SHORT_TEXT:
        return
    for word, places in text.names.items():
        if near(word, given):
            for place in places:
                if place not in seen:
                    yield place, _NEAR
    for place in text.at.get(given[0], ()):
        if place not in seen and text.labels[place] is Label.FREE:
            yield place, _LETTER


def walk_left(name: Name, text: Text, place: int, likeness: float) -> Walk:
    """Match the words before the given name with the rest of the name, right to left."""
    walk = Walk([likeness], first=place)
    last = len(name.folded) - 1
    run = text.strengths.runs[place]
    for step in range(place - 1, max(place - _LONGEST_NAME, -1), -1):
        word = text.words[step]
        if last <= 0 or word.clause != text.words[place].clause:
            break
        addressed = text.labels[step] is Label.ADDRESS
        options = _options(name, word, last, addressed=addressed)
        if options:
            alike, last = max(options, key=lambda option: (option[0], option[1]))
            walk.likeness.append(alike)
            walk.first = step
        elif run >= 0 and text.strengths.runs[step] == run:
            walk.misses += 1
        else:
            break
    walk.with_family = last == 0
    return walk


def _options(name: Name, word: Word, last: int, *, addressed: bool) -> list[tuple[float, int]]:
    """Which words of a name, before the last one found, a word may be, and how alike it is.

    A form of address is part of a name only right before its next word: "chu van hop".
    """
    found = [
        (alike, index)
        for index in range(last - 1, -1, -1)
        if (alike := likeness_of(word, name.exact[index], name.folded[index])) > 0
    ]
    if addressed:
        return [each for each in found if each[0] >= BARE and each[1] == last - 1]
    return found


def in_other_order(name: Name, text: Text, place: int) -> bool:
    """Whether all words of the name stand together around a place, in any order."""
    length = len(name.folded)
    if length < 2:
        return False
    wanted = Counter(name.folded)
    for first in range(max(place - length + 1, 0), place + 1):
        here = text.words[first : first + length]
        together = len(here) == length and here[0].clause == here[-1].clause
        if together and Counter(word.folded for word in here) == wanted:
            return True
    return False
