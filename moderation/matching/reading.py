"""What a text says, word by word: which words may be a name, and which name a post or a place.

Pure: no register is looked at here. Nothing backtracks, whatever is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from moderation.matching.ages import numeral
from moderation.matching.lexicon import (
    LONGEST,
    NUMBERED_HEADS,
    PHRASES,
    PLACE_HEADS,
    ROMAN,
    STREETS,
    Label,
    Phrase,
)
from moderation.matching.strength import Strengths, capitals_tell, strengths
from moderation.matching.words import Word, sound, split_words

#: How many words after "phường" or "thôn" may be its name.
_PLACE_WORDS = 3


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
        phrase, length = _phrase_at(words, place, marked=marked)
        said, length = _said(words, place, phrase, length, plain)
        for step in range(place, place + length):
            labels[step] = _label_of(words[step], phrase, said)
            solid[step] = length > 1
            genders[step] = phrase.gender if phrase else ""
        plain += said
        origin += [min(place + step, place + length - 1) for step in range(len(said))]
        place += length
    _mark_places(words, labels, plain, origin)
    return Text(
        words=tuple(words),
        labels=tuple(labels),
        solid=tuple(solid),
        genders=_addressed(words, labels, genders),
        plain=tuple(plain),
        origin=tuple(origin),
        search=search,
        prose=prose,
    )


def plain_words(name: str) -> tuple[str, ...]:
    """The plain words of a name of an organisation or of a post."""
    return read(name).plain


def _phrase_at(words: Sequence[Word], place: int, *, marked: bool) -> tuple[Phrase | None, int]:
    """The longest phrase of the lexicon that begins at a word, and its length."""
    for length in range(min(LONGEST, len(words) - place), 0, -1):
        here = words[place : place + length]
        found = PHRASES.get(tuple(word.folded for word in here))
        agreeing = [phrase for phrase in found or () if _agrees(here, phrase, marked=marked)]
        if agreeing and here[0].clause == here[-1].clause:
            best = max(agreeing, key=lambda phrase: _same(here, phrase))
            return best, length
    return None, 1


def _same(words: Sequence[Word], phrase: Phrase) -> int:
    return sum(word.exact == exact for word, exact in zip(words, phrase.exact, strict=True))


def _agrees(words: Sequence[Word], phrase: Phrase, *, marked: bool) -> bool:
    """Whether the words may be the phrase: as typed, or typed without diacritics.

    Where the writer types diacritics, a single word without them is no other word: "Chung"
    is then a name and not "chừng".
    """
    strict = marked and len(words) == 1 and phrase.label not in (Label.POST, Label.UNIT)
    return all(
        word.exact == exact or (word.bare and not strict)
        for word, exact in zip(words, phrase.exact, strict=True)
    )


def _said(
    words: Sequence[Word], place: int, phrase: Phrase | None, length: int, plain: list[str]
) -> tuple[list[str], int]:
    """The plain words of what stands at a place, and how many words it takes."""
    if phrase is None and plain and plain[-1] in NUMBERED_HEADS:
        folded = [word.folded for word in words[place : place + 3]]
        value, used = numeral(folded, 0)
        value, used = (value, used) if used else (ROMAN.get(folded[0], 0), 1)
        if value and not (plain[-1] == "thon" and words[place].capital):
            return [str(value)], used
    word = words[place].folded
    said = list(phrase.plain) if phrase else [word.lstrip("0") if word.isdecimal() else word]
    if said == ["k"] and place + 1 < len(words) and words[place + 1].folded.isdecimal():
        said = ["khoi"]
    return said, length


def _label_of(word: Word, phrase: Phrase | None, said: list[str]) -> Label:
    if phrase:
        return phrase.label
    if said == ["khoi"] and word.folded == "k":
        return Label.UNIT
    return Label.NUMBER if any(part.isdecimal() for part in (word.folded, *said)) else Label.FREE


def _mark_places(
    words: Sequence[Word], labels: list[Label], plain: Sequence[str], origin: Sequence[int]
) -> None:
    """Label what follows "phường", "thôn", "đường" … as the name of a place."""
    told_by_capitals = capitals_tell(words)
    ends = {origin[index]: word for index, word in enumerate(plain)}
    for place, head in ends.items():
        if not _leads_to_place(words, labels, place, head):
            continue
        for step in range(place + 1, min(place + 1 + _PLACE_WORDS, len(words))):
            same = words[step].clause == words[place].clause
            named = words[step].capital or not told_by_capitals
            if not (same and named and labels[step] is Label.FREE):
                break
            labels[step] = Label.PLACE


def _leads_to_place(words: Sequence[Word], labels: Sequence[Label], place: int, head: str) -> bool:
    """Whether a word announces the name of a place; "ông Trường" and "Dương" do not."""
    if labels[place] is Label.STOP:
        return head in STREETS and not words[place].bare
    before = labels[place - 1] if place else Label.UNIT
    return (
        head in PLACE_HEADS
        and labels[place] is Label.UNIT
        and before not in (Label.ADDRESS, Label.FREE)
    )


def _addressed(
    words: Sequence[Word], labels: Sequence[Label], genders: Sequence[str]
) -> tuple[str, ...]:
    """For each word, whom the last form of address in its clause spoke to."""
    found: list[str] = []
    current, clause = "", -1
    for word, label, gender in zip(words, labels, genders, strict=True):
        if word.clause != clause:
            current, clause = "", word.clause
        if label is Label.ADDRESS and gender:
            current = gender
        found.append(current)
    return tuple(found)


def _places(words: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        found.setdefault(word, []).append(place)
    return found
