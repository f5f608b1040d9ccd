"""Whether a post that somebody holds or held is the one a text names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from uuid import UUID

from moderation.matching.lexicon import BODIES, COMMISSION, EMPTY_POST_WORDS, TITLES
from moderation.matching.places import Mention
from moderation.matching.reading import Text, plain_words
from portal.vocabulary import PostTitle

#: May stand between a post and its unit.
_BETWEEN: Final = frozenset(
    {"chi", "bo", "dang", "uy", "cua", "o", "tai", "ben", "thuong", "truc", "dong"}
)
_REACH: Final = 4
#: A part of the words of a post counts from this share on.
_LEAST_SHARE: Final = 0.4
_DEPUTY_OR_HEAD: Final = 0.4
#: "Công an" alone does not name the post of "trưởng công an".
_ONLY_INSIDE: Final = 0.45
#: From this share of its words on a post is the one that was named.
SAME_POST: Final = 0.5
_BODY: Final = 0.6
_FORMER: Final = frozenset({"nguyen", "cuu"})
#: Said at the end of a post, and telling nothing about it.
_TAIL: Final = frozenset({"phuong", "xa"})


@dataclass(frozen=True, slots=True)
class Held:
    """A post that a member holds or held in an organisation."""

    member_id: UUID
    place_id: int
    title: PostTitle
    words: str
    valid_from: date
    valid_to: date | None

    def held_on(self, day: date) -> bool:
        """Whether it is held on a day."""
        return self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


@dataclass(frozen=True, slots=True)
class PostFit:
    """How well a post fits: from 0 to 1, whether the unit fits too (None: not said), whether now.

    ``former`` when the text says that it was held before.
    """

    quality: float
    unit: bool | None
    current: bool
    former: bool


@dataclass(frozen=True, slots=True)
class PostWords:
    """A text in which posts are sought: its mentions of units, and the units meant otherwise.

    ``wards`` are the organisations that are no unit below a ward.
    """

    text: Text
    mentions: Sequence[Mention]
    otherwise: frozenset[int]
    wards: frozenset[int]


def post_fit(held: Held, said: PostWords, today: date) -> PostFit | None:
    """How well a post fits what was said, or None when it is not named at all."""
    found = [
        PostFit(quality, _unit_fits(held, said, start, end), held.held_on(today), former)
        for start, end, quality in _spans(held, said.text)
        for former in (start > 0 and said.text.plain[start - 1] in _FORMER,)
    ]
    return max(found, key=_rank, default=None)


def _rank(found: PostFit) -> tuple[int, float]:
    order = {True: 2, None: 1, False: 0}
    return order[found.unit], found.quality


def _spans(held: Held, text: Text) -> Iterable[tuple[int, int, float]]:
    """Where the post is named: start and end in plain words, and how fully."""
    for words, title in TITLES:
        if title is held.title:
            yield from _title_spans(words, text)
    if held.title.on_committee:
        for words in BODIES:
            for start in text.find(words):
                if text.plain[start + 2 : start + 3] != ("vien",):
                    yield start, start + 2, _BODY
    if held.title is PostTitle.COMMISSION_MEMBER:
        for start in text.find(COMMISSION):
            yield start, start + len(COMMISSION), _BODY
    for head in _heads(held.words):
        span = _shared_run(head, text)
        if span is not None:
            yield span


def _title_spans(words: tuple[str, ...], text: Text) -> Iterable[tuple[int, int, float]]:
    """A title of the Party's own, unless a "phó" before it makes it another."""
    for start in text.find(words):
        if words[0] == "pho" or start == 0 or text.plain[start - 1] != "pho":
            yield start, start + len(words), 1.0


@lru_cache(maxsize=20_000)
def _heads(words: str) -> tuple[tuple[str, ...], ...]:
    """The posts that a title in words stands for, without what tells nothing."""
    heads: list[tuple[str, ...]] = []
    for piece in words.replace(";", ",").replace(" kiêm ", ",").split(","):
        head = plain_words(piece)
        if any(head[: len(title)] == title for title, _kind in TITLES):
            continue
        while head[:2] in EMPTY_POST_WORDS:
            head = head[2:]
        while head and (head[-1] in _TAIL or head[-1].isdecimal()):
            head = head[:-1]
        if head:
            heads.append(head)
    return tuple(heads)


def _shared_run(head: tuple[str, ...], text: Text) -> tuple[int, int, float] | None:
    """The longest run of words that a post and a text share, and how much of the post it is."""
    best: tuple[int, int, float] | None = None
    for first in range(len(head)):
        for start in text.plain_at.get(head[first], ()):
            end, matched = _run(head, first, text.plain, start)
            share = _share(head, first, matched, text.plain, start)
            if share >= _LEAST_SHARE and (best is None or share > best[2]):
                best = (start, end, share)
    return best


def _run(head: Sequence[str], first: int, plain: Sequence[str], start: int) -> tuple[int, int]:
    """Where the shared words end and how many they are; the text may leave out some of a post."""
    place, matched = start, 0
    for index in range(first, len(head)):
        if place < len(plain) and head[index] == plain[place]:
            place, matched = place + 1, matched + 1
        elif matched < 2:
            break
    return place, matched


def _share(
    head: Sequence[str], first: int, matched: int, plain: Sequence[str], start: int
) -> float:
    """How much of a post was said; a deputy is not the head, and a lone word no post."""
    if matched < 2 and len(head) > 1:
        return 0.0
    share = matched / len(head)
    if first > 0 and head[0] != "pho":
        share = min(share, _ONLY_INSIDE)
    if head[0] == "pho":
        return share if first == 0 else share * _DEPUTY_OR_HEAD
    deputy = start > 0 and plain[start - 1] == "pho"
    return 0.0 if deputy else share


def _unit_fits(held: Held, said: PostWords, start: int, end: int) -> bool | None:
    """Whether the post is held in the unit said with it; None when none was said.

    A unit inside the words of a post of the ward, as in "trưởng công an phường", is part of it.
    """
    near = _beside(said, start, end)
    if any(held.place_id in each.ids for each in near) or held.place_id in said.otherwise:
        return True
    of_ward = held.place_id in said.wards
    return False if any(each.start >= end or not of_ward for each in near) else None


def _beside(said: PostWords, start: int, end: int) -> list[Mention]:
    """The units named right after a post, as in "bí thư chi bộ khối 7"."""
    plain = said.text.plain
    reach = end
    while reach < min(end + _REACH, len(plain)) and plain[reach] in _BETWEEN:
        reach += 1
    near = [each for each in said.mentions if start <= each.start <= reach and each.end > end]
    return [each for each in near if not each.ward] or near
