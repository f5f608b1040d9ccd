"""What somebody looks for, read from what they typed. Pure: nothing here knows a database.

Plain words are found in any order, words in quotation marks one after the other. Whatever is typed
becomes syllables and nothing else, so that no sign of it can mean anything to a database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from moderation.searching.terms import Terms
from portal.text import canonical, clean, fold, syllables

#: Nobody looks for more; each syllable is one more condition.
MOST_SYLLABLES = 24

#: Straight and typographic quotation marks of the languages that keyboards here offer.
_QUOTES = re.compile('["“”„‟«»「」『』]')

Run = tuple[str, ...]
#: One condition: a case has at least one of these terms.
Clause = frozenset[str]


class TooMuch(Exception):
    """More words than can be looked for at once."""


@dataclass(frozen=True)
class Question:
    """Folded syllables: those that were quoted together, and the plain ones run by run.

    ``exact`` are the words with their diacritics, where any was typed; else it is empty.
    """

    phrases: tuple[Run, ...]
    plain: tuple[Run, ...]
    exact: frozenset[str]

    @property
    def lone(self) -> tuple[str, ...]:
        """Syllables that stand alone: they are found in names of people and places only."""
        return tuple(run[0] for run in (*self.phrases, *self.plain) if len(run) == 1)

    @property
    def syllables(self) -> frozenset[str]:
        """Every syllable that is looked for."""
        return frozenset(syllable for run in (*self.phrases, *self.plain) for syllable in run)

    def clauses(self, terms: Terms) -> tuple[Clause, ...]:
        """What a case must have: each clause by at least one of its terms.

        Every plain syllable stands beside a neighbour it was typed with, in either order, or is
        part of a name; of a quoted run each pair is there as it was typed.
        """
        found: dict[Clause, None] = {}
        for run in self.phrases:
            for pair in pairwise(run):
                found[frozenset({terms.pair(*pair)})] = None
            if len(run) == 1:
                found[frozenset({terms.single(run[0])})] = None
        for run in self.plain:
            for at, syllable in enumerate(run):
                found[frozenset({terms.single(syllable), *_pairs_at(run, at, terms)})] = None
        # A clause that holds wherever a narrower one holds asks for nothing more.
        return tuple(one for one in found if not any(other < one for other in found))


def read_question(typed: str) -> Question | None:
    """The question in what was typed; nothing where no letter or digit is. Raises TooMuch."""
    text = clean(typed)
    parts = [tuple(syllables(part)) for part in _QUOTES.split(text)]
    if sum(map(len, parts)) > MOST_SYLLABLES:
        raise TooMuch
    exact = frozenset(canonical(text).split())
    question = Question(
        phrases=tuple(part for part in parts[1::2] if part),
        plain=tuple(part for part in parts[0::2] if part),
        exact=exact if exact != frozenset(fold(text).split()) else frozenset(),
    )
    return question if question.syllables else None


def _pairs_at(run: Run, at: int, terms: Terms) -> set[str]:
    """The terms of a syllable with each of its neighbours, in both orders."""
    neighbours = [run[other] for other in (at - 1, at + 1) if 0 <= other < len(run)]
    return {
        term
        for other in neighbours
        for term in (terms.pair(run[at], other), terms.pair(other, run[at]))
    }
