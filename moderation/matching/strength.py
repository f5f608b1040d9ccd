"""How likely each word of a text is a person's name, from where it stands. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from moderation.matching.lexicon import Label
from moderation.matching.words import Word

#: After a form of address or a post; then further along the same run of names.
_LED = 1.0
_IN_RUN = 0.9
#: A capital where capitals tell something, and the first words of a field.
_CAPITAL = 0.9
_FIRST = 0.85
#: Any other word: in a text without telling capitals, and in one with them.
_PLAIN = 0.6
_LOWER = 0.35
#: A word of the language that is also a name, right after a form of address and elsewhere.
_LED_STOP = 0.55
_STOP = 0.1
_PLACE = 0.4
#: From this strength on a word counts as a name that the writer gave.
GIVEN = 0.8

_LEADS = frozenset({Label.ADDRESS, Label.POST})
_LONGEST_RUN = 5
_ABBREVIATION = 3


@dataclass(frozen=True, slots=True)
class Strengths:
    """For each word its likelihood and where its run of names begins (-1: it is in none)."""

    values: tuple[float, ...]
    runs: tuple[int, ...]

    @property
    def named(self) -> bool:
        """Whether some word surely is a name."""
        return any(
            value >= GIVEN and run >= 0 for value, run in zip(self.values, self.runs, strict=True)
        )


def capitals_tell(words: Sequence[Word]) -> bool:
    """Whether capitals tell names from other words: inside a clause some words have one."""
    inner = [
        word.capital
        for before, word in pairwise(words)
        if before.clause == word.clause and not word.folded.isdecimal()
    ]
    return any(inner) and not all(inner)


def strengths(
    words: Sequence[Word], labels: Sequence[Label], *, search: bool, prose: bool
) -> Strengths:
    """Judge each word of a text; in a search box every word may be a name."""
    telling = capitals_tell(words)
    bare = all(word.bare for word in words)
    values: list[float] = []
    runs: list[int] = []
    for place, word in enumerate(words):
        run = _run(words, labels, runs, place, telling=telling, bare=bare)
        value = _value(words, labels, run, place, telling=telling, bare=bare, prose=prose)
        if search and labels[place] is not Label.NUMBER and value < _FIRST:
            value = _FIRST if labels[place] is Label.FREE else max(value, _PLAIN)
        values.append(value)
        runs.append(run)
        if word.folded.isdecimal():
            values[-1] = 0.0
    return Strengths(tuple(values), tuple(runs))


def _before(words: Sequence[Word], labels: Sequence[Label], place: int) -> Label | None:
    """The label of the word before; an abbreviation leads on over its full stop."""
    if place == 0:
        return None
    before = words[place - 1]
    short = len(before.exact) <= _ABBREVIATION
    return labels[place - 1] if short or before.clause == words[place].clause else None


def _run(
    words: Sequence[Word],
    labels: Sequence[Label],
    runs: Sequence[int],
    place: int,
    *,
    telling: bool,
    bare: bool,
) -> int:
    """Where the run of names begins to which a word belongs, or -1."""
    before = runs[place - 1] if place else -1
    same = place > 0 and words[place - 1].clause == words[place].clause
    goes_on = same and before >= 0 and place - before < _LONGEST_RUN
    if telling and goes_on and not words[place].capital:
        goes_on = False
    if labels[place] is Label.FREE:
        led = _before(words, labels, place) in _LEADS
        return before if goes_on else place if led or not telling or words[place].capital else -1
    if labels[place] in (Label.NUMBER, Label.PLACE, Label.PRONOUN):
        return -1
    if bare and labels[place] is Label.STOP and _before(words, labels, place) is Label.ADDRESS:
        return place
    return _run_of_labelled(words, labels, place, before if goes_on else -1, telling=telling)


def _run_of_labelled(
    words: Sequence[Word], labels: Sequence[Label], place: int, before: int, *, telling: bool
) -> int:
    """A word of the language can end a name ("Thế Anh") or be one after "ông" ("ông Trường")."""
    capital = telling and words[place].capital
    if before >= 0 and capital:
        return before
    led = _before(words, labels, place) is Label.ADDRESS
    following = labels[place + 1] if place + 1 < len(labels) else None
    return place if led and capital and following is not Label.FREE else -1


def _value(
    words: Sequence[Word],
    labels: Sequence[Label],
    run: int,
    place: int,
    *,
    telling: bool,
    bare: bool,
    prose: bool,
) -> float:
    """The likelihood of one word. In prose a capital after a full stop tells nothing."""
    before = _before(words, labels, place)
    label = labels[place]
    if label in (Label.NUMBER, Label.PRONOUN):
        return 0.0
    if label is Label.PLACE:
        return 0.0 if telling else _PLACE
    if label is not Label.FREE and (run < 0 or (bare and label is Label.STOP)):
        return _value_of_labelled(before, words[place], telling=telling, bare=bare)
    if before in _LEADS:
        return _LED
    if run >= 0 and run != place and (telling or _before(words, labels, run) in _LEADS):
        return _IN_RUN
    inside = place > 0 and words[place - 1].clause == words[place].clause
    if run >= 0 and telling and (inside or not prose):
        return _CAPITAL if inside else _FIRST
    if place == 0 and run == 0 and not prose:
        return _FIRST
    return _LOWER if telling or prose else _PLAIN


def _value_of_labelled(before: Label | None, word: Word, *, telling: bool, bare: bool) -> float:
    """The likelihood of a word that is more often something else than a name."""
    if before is not Label.ADDRESS:
        return _STOP
    if telling:
        return _LED if word.capital else _LED_STOP
    return 0.8 if bare else _LED_STOP
