"""What part each phrase of a text plays: form of address, post, unit, place, or none of them.

Pure; how likely a word is a name is judged elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from moderation.matching.ages import numeral
from moderation.matching.lexicon import (
    LONGEST,
    NUMBERED_HEADS,
    ONLY_EXACT,
    PHRASES,
    PLACE_HEADS,
    ROMAN,
    STREETS,
    Label,
    Phrase,
)
from moderation.matching.strength import capitals_tell
from moderation.matching.words import Word

#: How many words after "phường" or "thôn" may be its name.
_PLACE_WORDS = 3


def phrase_at(words: Sequence[Word], place: int, *, marked: bool) -> tuple[Phrase | None, int]:
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
    alone = len(words) == 1 and phrase.label not in (Label.POST, Label.UNIT)
    strict = (marked and alone) or phrase.exact in ONLY_EXACT
    return all(
        word.exact == exact or (word.bare and not strict)
        for word, exact in zip(words, phrase.exact, strict=True)
    )


def in_plain(
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


def label_of(word: Word, phrase: Phrase | None, said: list[str], before: Label) -> Label:
    """The label of one word of a phrase; in "ông B." the letter stands for a name, not for bà."""
    if phrase:
        letter = len(word.folded) == 1 and before is phrase.label is Label.ADDRESS
        return Label.FREE if letter and len(phrase.exact) == 1 else phrase.label
    if said == ["khoi"] and word.folded == "k":
        return Label.UNIT
    return Label.NUMBER if any(part.isdecimal() for part in (word.folded, *said)) else Label.FREE


def mark_places(
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


def addressed(
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
