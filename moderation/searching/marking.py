"""Finding the words of a question in opened texts, and cutting out a piece to show. Pure.

The index only says where to look. Here the text itself is read, as readers see it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from moderation.searching.question import Question, Run
from moderation.searching.sheets import NAMES, Passage, Sheet
from portal.text import canonical, syllables

#: A piece has about so many words, and begins a few before the first that was found.
_WINDOW, _BEFORE = 26, 7

_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")


@dataclass(frozen=True)
class Piece:
    """A part of a snippet; ``found`` says that it is what was looked for."""

    text: str
    found: bool = False


@dataclass(frozen=True)
class Snippet:
    """What was found in one passage. ``exact``: with the very diacritics that were typed."""

    kind: str
    pieces: tuple[Piece, ...]
    exact: bool


@dataclass
class Marker:
    """Looks for one question in sheet after sheet, and folds each word of a page once."""

    question: Question
    _folded: dict[str, Run] = field(default_factory=dict)

    def find(self, sheet: Sheet) -> Snippet | None:
        """The passage that shows most of what was looked for; nothing where it is not there."""
        read = [_Read(passage, self._placed(passage.text)) for passage in sheet.passages]
        for each in read:
            each.look(self.question)
        if not self._holds(read):
            return None
        best = max(read, key=lambda each: each.worth(self.question))
        return best.cut(self.question)

    def _holds(self, read: list[_Read]) -> bool:
        """Whether every phrase and every plain syllable is somewhere."""
        told = {syllable for each in read for syllable in each.syllables()}
        phrases = all(
            any(_places(each.words, run) for each in read if len(run) > 1 or each.is_name)
            for run in self.question.phrases
        )
        return phrases and all(syllable in told for run in self.question.plain for syllable in run)

    def _placed(self, text: str) -> list[_Word]:
        """The syllables of a text with the place of the word each belongs to."""
        found: list[_Word] = []
        for match in _WORD.finditer(text):
            word = match[0]
            folded = self._folded.get(word)
            if folded is None:
                folded = self._folded[word] = tuple(syllables(word))
            found += [_Word(each, match.start(), match.end()) for each in folded]
        return found


@dataclass(frozen=True)
class _Word:
    """A folded syllable, and where the word lies that it was folded from."""

    syllable: str
    start: int
    end: int


@dataclass
class _Read:
    """A passage that is being looked through; ``hits`` are the places in its words."""

    passage: Passage
    placed: list[_Word]
    hits: set[int] = field(default_factory=set)

    @property
    def is_name(self) -> bool:
        """Whether single syllables are found here."""
        return self.passage.kind in NAMES

    @property
    def words(self) -> list[str]:
        """The folded syllables."""
        return [word.syllable for word in self.placed]

    def syllables(self) -> set[str]:
        """The syllables that were found here."""
        return {self.placed[at].syllable for at in self.hits}

    def look(self, question: Question) -> None:
        """Note where the question is answered."""
        words = self.words
        for run in question.phrases:
            if len(run) > 1 or self.is_name:
                self.hits |= {at + n for at in _places(words, run) for n in range(len(run))}
        wanted = {pair for run in question.plain for pair in pairwise(run)}
        wanted |= {(second, first) for first, second in wanted}
        plain = {syllable for run in question.plain for syllable in run}
        for at, syllable in enumerate(words):
            if syllable not in plain:
                continue
            if self.is_name:
                self.hits.add(at)
            if at + 1 < len(words) and (syllable, words[at + 1]) in wanted:
                self.hits |= {at, at + 1}

    def worth(self, question: Question) -> tuple[int, int]:
        """How much of the question is found here, and how much of it to the letter."""
        exact = {self._written(at) for at in self.hits} & question.exact
        return len(self.syllables()), len(exact)

    def cut(self, question: Question) -> Snippet:
        """The piece of the passage around what was found first."""
        first, last = self._window()
        text = self.passage.text
        start = 0 if first == 0 else self.placed[first].start
        end = len(text) if last == len(self.placed) else self.placed[last - 1].end
        pieces = [Piece("… ")] if start else []
        at = start
        for begin, stop in self._runs(first, last):
            pieces += [Piece(text[at:begin]), Piece(text[begin:stop], found=True)]
            at = stop
        pieces.append(Piece(text[at:end] + (" …" if end < len(text) else "")))
        exact = question.exact <= {self._written(at) for at in self.hits}
        kept = tuple(piece for piece in pieces if piece.text)
        return Snippet(self.passage.kind, kept, bool(question.exact) and exact)

    def _window(self) -> tuple[int, int]:
        """From which word to which the piece goes: where most different syllables are found."""

        def richness(at: int) -> int:
            return len({self.placed[n].syllable for n in self.hits if at <= n < at + _WINDOW})

        begin = max(sorted(self.hits), key=richness, default=0)
        first = max(0, begin - _BEFORE)
        return first, min(len(self.placed), first + _WINDOW)

    def _runs(self, first: int, last: int) -> list[tuple[int, int]]:
        """Where marked parts begin and end; neighbours are marked as one."""
        runs: list[tuple[int, int]] = []
        for at in sorted(n for n in self.hits if first <= n < last):
            word = self.placed[at]
            if runs and (at - 1 in self.hits or runs[-1][1] == word.end):
                runs[-1] = (runs[-1][0], word.end)
            else:
                runs.append((word.start, word.end))
        return runs

    def _written(self, at: int) -> str:
        """A word with its diacritics, as it is compared with what was typed."""
        word = self.placed[at]
        return canonical(self.passage.text[word.start : word.end])


def _places(words: list[str], run: Run) -> list[int]:
    """Where a run of syllables begins."""
    length = len(run)
    return [
        at
        for at in range(len(words) - length + 1)
        if words[at] == run[0] and tuple(words[at : at + length]) == run
    ]
