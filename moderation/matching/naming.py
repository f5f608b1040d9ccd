"""How well a name of the register fits what a text says, and what speaks for and against it.

Pure, one name at a time. Exact diacritics come before folded letters, whole names before parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from moderation.matching.aligning import Walk, givens, in_other_order, walk_left
from moderation.matching.lexicon import Label
from moderation.matching.likeness import (
    BARE,
    EXACT,
    GIVEN_INITIAL,
    HEARD_ALIKE,
    INITIAL,
    NEAR,
    NEAR_AND_MARKS_DIFFER,
    SAME_SOUNDS,
    Name,
)
from moderation.matching.reading import Text

#: Points of a name that fits in all its words, in some, or in the given name alone.
_WHOLE: Final = 82.0
_OTHER_ORDER: Final = 72.0
_WITH_FAMILY: Final = 68.0
_TAIL: Final = 62.0
_GIVEN: Final = 50.0
_HEAD: Final = 34.0
_WORD_MORE: Final = 3.0

#: What is left of the points when other words of the name contradict, or the name goes on.
_OTHER_FAMILY: Final = 0.6
_ODD_WORD: Final = 0.85
_GOES_ON: Final = 0.6
_MAY_GO_ON: Final = 0.93
_IN_PLACE: Final = 0.5
_IN_PHRASE: Final = 0.2
_SURE: Final = 0.95
_PART_SURE: Final = 0.8
#: Below this likelihood of being a name at all, a fit is no sign that the person is meant.
_UNLIKELY: Final = 0.5
_SLIPS: Final = frozenset({NEAR, NEAR_AND_MARKS_DIFFER})


@dataclass(frozen=True, slots=True)
class Fit:
    """How a name fits a text: points, the codes of why, and where in the text.

    ``agrees`` when nothing that was written speaks against it.
    """

    points: float
    reasons: tuple[str, ...]
    agrees: bool
    place: int


def fit(name: Name, text: Text, strange: frozenset[str] = frozenset()) -> Fit | None:
    """The best fit of a name anywhere in a text, or None.

    ``strange`` are folded words that are nobody's given name: only such a word, or one beside
    other words of the same name, is taken for a misspelt given name.
    """
    if not name.folded:
        return None
    found = [
        each
        for place, likeness in givens(name, text)
        if (each := _at(name, text, place, likeness, strange)) is not None
    ]
    if not found and text.search:
        found = list(_heads(name, text))
    return max(found, key=lambda each: (each.points, -each.place), default=None)


def _at(name: Name, text: Text, place: int, likeness: float, strange: frozenset[str]) -> Fit | None:
    """The fit of a name whose given name stands at a place."""
    word = text.words[place].folded
    if len(name.folded) > 1 and word == "".join(name.folded):
        return _judged(name, text, Walk([likeness] * len(name.folded), True, 0, place), place)
    walk = walk_left(name, text, place, likeness)
    matched = len(walk.likeness)
    if likeness in _SLIPS and word not in strange and matched < min(3, len(name.folded)):
        return None
    if matched < len(name.folded) and in_other_order(name, text, place):
        return _judged_order(name, text, place)
    return _judged(name, text, walk, place)


def _judged_order(name: Name, text: Text, place: int) -> Fit:
    exact = text.words[place].exact == name.exact[-1] or text.words[place].bare
    points = _OTHER_ORDER * (EXACT if exact else SAME_SOUNDS)
    marks = () if exact else ("same_sounds",)
    return Fit(points, ("other_order", *marks), exact, place)


def _judged(name: Name, text: Text, walk: Walk, place: int) -> Fit:
    """Points, reasons and verdict of a walk."""
    matched, length = len(walk.likeness), len(name.folded)
    whole = matched == length and length > 1
    alike = (sum(walk.likeness) + walk.likeness[0]) / (matched + 1)
    sure = _sureness(text, walk, place, whole=whole)
    goes_on = _going_on(text, place)
    points = _shape(matched, length, with_family=walk.with_family) * alike * sure * goes_on
    if walk.misses:
        points *= _ODD_WORD if walk.with_family and walk.misses == 1 else _OTHER_FAMILY
    agrees = (
        not walk.misses
        and goes_on > _GOES_ON
        and sure >= _UNLIKELY
        and all(each in (EXACT, BARE, INITIAL, GIVEN_INITIAL) for each in walk.likeness)
    )
    return Fit(points, _reasons(walk, whole=whole), agrees, place)


def _shape(matched: int, length: int, *, with_family: bool) -> float:
    """The points of as many matching words, given name included."""
    if matched == 1:
        return _GIVEN
    if matched == length:
        return _WHOLE
    return (_WITH_FAMILY if with_family else _TAIL) + _WORD_MORE * (matched - 2)


def _sureness(text: Text, walk: Walk, place: int, *, whole: bool) -> float:
    """How sure it is that these words are a name at all."""
    span = range(walk.first, place + 1)
    sure = text.strengths.values[place]
    if len(span) > 1:
        sure = max(sure, _SURE if whole else _PART_SURE)
    if any(text.labels[step] is Label.PLACE for step in span):
        return min(sure, _IN_PLACE)
    if text.solid[place] and (not whole or all(text.solid[step] for step in span)):
        return _IN_PHRASE
    return sure


def _going_on(text: Text, place: int) -> float:
    """Whether more of a name follows, so that this is hardly the given name."""
    runs = text.strengths.runs
    following = place + 1
    if following >= len(runs) or runs[following] < 0 or runs[following] != runs[place]:
        return 1.0
    return _GOES_ON if text.telling else _MAY_GO_ON


def _reasons(walk: Walk, *, whole: bool) -> tuple[str, ...]:
    """The codes of why the name fits, in the order to read them."""
    worst = set(walk.likeness)
    plain = {EXACT, INITIAL, GIVEN_INITIAL}
    if whole:
        first = "exact_name" if worst <= {EXACT} else "whole_name"
    else:
        first = "given_name_only" if len(walk.likeness) == 1 else "part_of_name"
    told = [first] if GIVEN_INITIAL not in worst or len(worst) > 1 else []
    told += ["initials"] if worst & {INITIAL, GIVEN_INITIAL} else []
    told += ["no_marks_written"] if BARE in worst and not worst - plain - {BARE} else []
    told += ["same_sounds"] if SAME_SOUNDS in worst else []
    told += ["one_letter_differs"] if worst & {*_SLIPS, HEARD_ALIKE} else []
    told += ["family_differs"] if walk.misses else []
    return tuple(told)


def _heads(name: Name, text: Text) -> Iterator[Fit]:
    """In a search box: the beginning of a name, without the given name."""
    typed = [word.folded for word in text.words if not word.folded.isdecimal()]
    if typed and tuple(typed) == name.folded[: len(typed)]:
        yield Fit(_HEAD, ("part_of_name",), True, 0)
