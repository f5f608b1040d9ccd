"""What a text says, word by word: which words may be a name, and which name a post or a place.

Pure: no register is looked at here. Nothing backtracks, whatever is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from moderation.matching.labelling import addressed, in_plain, label_of, mark_places, phrase_at
from moderation.matching.lexicon import Label
from moderation.matching.strength import GIVEN, Strengths, capitals_tell, strengths
from moderation.matching.words import Word, sound, split_words

#: A text may say a name a hundred times; so many places tell as much.
_ENOUGH = 6


@dataclass(frozen=True)
class Text:
    """A text that was read: its words, their labels, and the plain words posts are sought in.

    ``origin`` gives for each plain word the word it stands for.
    """

    words: tuple[Word, ...]
    labels: tuple[Label, ...]
    #: Words inside a phrase of several words, which are hardly ever a name.
    solid: tuple[bool, ...]
    genders: tuple[str, ...]
    plain: tuple[str, ...]
    origin: tuple[int, ...]
    search: bool = False
    prose: bool = False

    @cached_property
    def strengths(self) -> Strengths:
        """How likely each word is a name, from 0 to 1, and where the run of names begins."""
        return strengths(self.words, self.labels, search=self.search, prose=self.prose)

    @cached_property
    def at(self) -> dict[str, list[int]]:
        """Where each folded word stands."""
        return _places([word.folded for word in self.words])

    @cached_property
    def sounding(self) -> dict[str, list[int]]:
        """Where each word stands, by how it is said in the north."""
        return _places([sound(word.folded) for word in self.words])

    @cached_property
    def plain_at(self) -> dict[str, list[int]]:
        """Where each plain word stands."""
        return _places(self.plain)

    @cached_property
    def telling(self) -> bool:
        """Whether capitals tell names from other words here."""
        return capitals_tell(self.words)

    @cached_property
    def names(self) -> dict[str, list[int]]:
        """Where the folded words stand that may be names."""
        runs = self.strengths.runs
        return {
            word: kept
            for word, places in self.at.items()
            if (kept := [place for place in places if runs[place] >= 0])
        }

    @cached_property
    def sites(self) -> dict[str, list[tuple[int, str]]]:
        """Where each given name may stand, kept for the many people who share it."""
        return {}

    def best_places(self, at: dict[str, list[int]], word: str) -> list[int]:
        """Where a word is likeliest to be a name: a few places are enough."""
        places = at.get(word, [])
        if len(places) <= _ENOUGH:
            return places
        values = self.strengths.values
        return sorted(places, key=lambda place: (-values[place], place))[:_ENOUGH]

    def find(self, wanted: Sequence[str]) -> list[int]:
        """Where in the plain words a run of words begins."""
        length = len(wanted)
        sought = tuple(wanted)
        return [
            place
            for place in self.plain_at.get(sought[0], ())
            if self.plain[place : place + length] == sought
        ]

    def with_places(self, spans: Iterable[tuple[int, int]]) -> Text:
        """The same text, with these spans of plain words known to name a place."""
        labels = list(self.labels)
        for start, end in spans:
            for place in self.origin[start:end]:
                labels[place] = Label.UNIT
        return replace(self, labels=tuple(labels))


def read(raw: str, *, search: bool = False, prose: bool = False) -> Text:
    """Read a text of up to 5,000 characters.

    ``search`` when it was typed into a search box, ``prose`` when it tells a story.
    """
    words = split_words(raw)
    marked = any(not word.bare for word in words)
    labels = [Label.FREE] * len(words)
    solid = [False] * len(words)
    genders = [""] * len(words)
    plain: list[str] = []
    origin: list[int] = []
    place = 0
    while place < len(words):
        phrase, length = phrase_at(words, place, marked=marked)
        said, length = in_plain(words, place, phrase, length, plain)
        for step in range(place, place + length):
            before = labels[step - 1] if step else Label.FREE
            labels[step] = label_of(words[step], phrase, said, before)
            solid[step] = length > 1
            genders[step] = phrase.gender if phrase else ""
        plain += said
        origin += [min(place + step, place + length - 1) for step in range(len(said))]
        place += length
    mark_places(words, labels, plain, origin)
    return Text(
        words=tuple(words),
        labels=tuple(labels),
        solid=tuple(solid),
        genders=addressed(words, labels, genders),
        plain=tuple(plain),
        origin=tuple(origin),
        search=search,
        prose=prose,
    )


def names_in(raw: str) -> list[str]:
    """The names that a line about somebody seems to give, without what is said before them."""
    text = read(raw)
    runs: dict[int, list[int]] = {}
    for place, run in enumerate(text.strengths.runs):
        if run >= 0 and text.labels[place] in (Label.FREE, Label.STOP):
            runs.setdefault(run, []).append(place)
    values = text.strengths.values
    return [
        " ".join(text.words[place].exact for place in places)
        for places in runs.values()
        if max(values[place] for place in places) >= GIVEN
    ]


def plain_words(name: str) -> tuple[str, ...]:
    """The plain words of a name of an organisation or of a post."""
    return read(name).plain


def _places(words: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        found.setdefault(word, []).append(place)
    return found
