"""Finding the words of a question in opened texts, and cutting out a piece to show. Pure.

The index only says where to look. Here the text itself is read, as readers see it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, pairwise

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


class Marker:
    """Looks for one question in sheet after sheet."""

    def __init__(self, question: Question) -> None:
        """Make the question ready to be looked for."""
        self._sought = _Sought.of(question)

    def find(self, sheet: Sheet) -> Snippet | None:
        """The passage that shows most of what was looked for; nothing where it is not there."""
        read = [_Read.of(passage) for passage in sheet.passages]
        for each in read:
            each.look(self._sought)
        if not self._holds(read):
            return None
        best = max(read, key=lambda each: each.worth(self._sought.question))
        return best.cut(self._sought.question)

    def _holds(self, read: list[_Read]) -> bool:
        """Whether every phrase and every plain syllable is somewhere."""
        told = {syllable for each in read for syllable in each.syllables()}
        phrases = all(
            any(_places(each.words, run) for each in read if len(run) > 1 or each.is_name)
            for run in self._sought.question.phrases
        )
        return phrases and self._sought.plain <= told


@dataclass(frozen=True)
class _Sought:
    """A question with its plain syllables, and the pairs in which they are found in a text."""

    question: Question
    plain: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, question: Question) -> _Sought:
        """A question, made ready: neighbours are found in either order."""
        pairs = {pair for run in question.plain for pair in pairwise(run)}
        return cls(
            question=question,
            plain=frozenset(syllable for run in question.plain for syllable in run),
            pairs=frozenset(pairs | {(second, first) for first, second in pairs}),
        )


@dataclass
class _Read:
    """A passage that is being looked through: its folded syllables, word by word and in a row.

    ``hits`` are places in the row.
    """

    passage: Passage
    runs: list[Run]
    words: Run
    hits: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, passage: Passage) -> _Read:
        """A passage and the syllables of each of its words."""
        runs = [_folded(word) for word in _WORD.findall(passage.text)]
        return cls(passage, runs, tuple(chain.from_iterable(runs)))

    @property
    def is_name(self) -> bool:
        """Whether single syllables are found here."""
        return self.passage.kind in NAMES

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """From where to where the word lies that each syllable was folded from."""
        spans: list[tuple[int, int]] = []
        for word, run in zip(_WORD.finditer(self.passage.text), self.runs, strict=True):
            spans += [word.span()] * len(run)
        return spans

    def syllables(self) -> set[str]:
        """The syllables that were found here."""
        return {self.words[at] for at in self.hits}

    def look(self, sought: _Sought) -> None:
        """Note where the question is answered."""
        words = self.words
        for run in sought.question.phrases:
            if len(run) > 1 or self.is_name:
                self.hits |= {at + n for at in _places(words, run) for n in range(len(run))}
        if sought.plain.isdisjoint(words):
            return
        if self.is_name:
            self.hits |= {at for at, syllable in enumerate(words) if syllable in sought.plain}
        for at, pair in enumerate(pairwise(words)):
            if pair in sought.pairs:
                self.hits |= {at, at + 1}

    def worth(self, question: Question) -> tuple[int, int]:
        """How much of the question is found here, and how much of it to the letter."""
        # Without diacritics in the question no word has to be compared to the letter.
        written = {self._written(at) for at in self.hits} if question.exact else frozenset()
        return len(self.syllables()), len(written & question.exact)

    def cut(self, question: Question) -> Snippet:
        """The piece of the passage around what was found first."""
        first, last = self._window()
        text = self.passage.text
        start = 0 if first == 0 else self.spans[first][0]
        end = len(text) if last == len(self.words) else self.spans[last - 1][1]
        pieces = [Piece("… ")] if start else []
        at = start
        for begin, stop in self._marked(first, last):
            pieces += [Piece(text[at:begin]), Piece(text[begin:stop], found=True)]
            at = stop
        pieces.append(Piece(text[at:end] + (" …" if end < len(text) else "")))
        exact = question.exact <= {self._written(at) for at in self.hits}
        kept = tuple(piece for piece in pieces if piece.text)
        return Snippet(self.passage.kind, kept, bool(question.exact) and exact)

    def _window(self) -> tuple[int, int]:
        """From which word to which the piece goes: where most different syllables are found."""

        def richness(at: int) -> int:
            return len({self.words[n] for n in self.hits if at <= n < at + _WINDOW})

        begin = min(self.hits, default=0)
        if self.hits and max(self.hits) - begin >= _WINDOW:
            begin = max(sorted(self.hits), key=richness)
        first = max(0, begin - _BEFORE)
        return first, min(len(self.words), first + _WINDOW)

    def _marked(self, first: int, last: int) -> list[tuple[int, int]]:
        """Where marked parts begin and end; neighbours are marked as one."""
        runs: list[tuple[int, int]] = []
        for at in sorted(n for n in self.hits if first <= n < last):
            start, end = self.spans[at]
            if runs and (at - 1 in self.hits or runs[-1][1] == end):
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((start, end))
        return runs

    def _written(self, at: int) -> str:
        """A word with its diacritics, as it is compared with what was typed."""
        start, end = self.spans[at]
        return canonical(self.passage.text[start:end])


@lru_cache(maxsize=4096)
def _folded(word: str) -> Run:
    """The syllables of one word; the language has few, and texts use the same ones."""
    return tuple(syllables(word))


def _places(words: Run, run: Run) -> list[int]:
    """Where a run of syllables begins."""
    length = len(run)
    return [
        at
        for at in range(len(words) - length + 1)
        if words[at] == run[0] and words[at : at + length] == run
    ]
