"""One question to the register: the texts, read, and the organisations they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from moderation.matching.ages import Born, born
from moderation.matching.evidence import ABOUT, STORY, UNIT_CHOSEN, UNIT_FIELD, Question
from moderation.matching.family import load_atlas
from moderation.matching.lexicon import Label
from moderation.matching.places import Atlas, Mention
from moderation.matching.posts import PostWords
from moderation.matching.reading import Text, read
from portal.vocabulary import Context

_WARD_TYPES: Final = {"phuong": "phuong", "p": "phuong", "f": "phuong", "xa": "xa"}
_LONGEST_WARD: Final = 3
_MOST_WORDS: Final = 200
#: All units of a kind were named, not one of them.
_BY_KIND: Final = 0.8


@dataclass
class Inquiry:
    """What was asked. The atlas grows as people from elsewhere come into view."""

    about: Text
    story: Text
    unit_field: Text
    unit_id: int | None
    context: Context | None
    atlas: Atlas
    #: The organisations of the ward or commune that was chosen or named.
    scope: frozenset[int]

    @property
    def today(self) -> date:
        """The day as of which everything is read."""
        return self.atlas.today

    def chosen_cell(self) -> frozenset[int]:
        """The unit that was chosen, with its successors, when it lies below the ward."""
        place = self.atlas.places.get(self.unit_id or 0)
        if place is None or place.ward:
            return frozenset()
        return self.atlas.with_heirs([place.id])

    def units(self) -> dict[int, float]:
        """How much each organisation that was named counts."""
        found = dict.fromkeys(self.chosen_cell(), UNIT_CHOSEN)
        for text, weight in (
            (self.story, STORY),
            (self.unit_field, UNIT_FIELD),
            (self.about, ABOUT),
        ):
            for mention in self.atlas.mentions(text):
                counts = weight * (1.0 if mention.by_name else _BY_KIND)
                for each in () if mention.ward else mention.ids:
                    found[each] = max(found.get(each, 0.0), counts)
        return found

    def named_units(self) -> frozenset[int]:
        """The units below the ward that the subject line or the unit field names."""
        cells = set(self.chosen_cell())
        for text in (self.about, self.unit_field):
            for mention in self.atlas.mentions(text):
                cells |= set() if mention.ward else mention.ids
        return frozenset(cells)

    def post_words(self, text: Text, otherwise: frozenset[int]) -> PostWords:
        """A text to seek posts in, and which units are meant where none stands by the post."""
        wards = frozenset(each.id for each in self.atlas.places.values() if each.ward)
        return PostWords(text, self.atlas.mentions(text), otherwise, wards)

    def question(self, *, strange: frozenset[str], story_names: bool) -> Question:
        """Everything that was said, as it is weighed against each person."""
        about = _with_places(self.about, self.atlas.mentions(self.about))
        named = self.named_units()
        by_name = [
            mention
            for text in (self.about, self.unit_field)
            for mention in self.atlas.mentions(text)
            if mention.by_name and not mention.ward
        ]
        return Question(
            about=about,
            story=_with_places(self.story, self.atlas.mentions(self.story)),
            story_names=story_names,
            units=self.units(),
            cell_named=bool(by_name),
            post_words=self.post_words(about, named),
            story_posts=self.post_words(self.story, frozenset()),
            context=self.context,
            born=_born(self.about, self.today.year),
            strange=strange,
            scope=self.scope,
            atlas=self.atlas,
            today=self.today,
        )


def inquire(
    session: Session,
    *,
    about: str,
    story: str,
    unit_id: int | None,
    unit_text: str,
    context: Context | None,
    today: date,
    search: bool = False,
) -> Inquiry:
    """Read what was said and load the organisations it speaks of, in at most one statement."""
    subject, unit_field = read(about, search=search), read(unit_text)
    wards = {*_wards(subject), *_wards(unit_field, bare=unit_id is None)}
    atlas = load_atlas(session, unit_id=unit_id, wards=sorted(wards), today=today)
    return Inquiry(
        about=subject,
        story=read(story, prose=True),
        unit_field=unit_field,
        unit_id=unit_id,
        context=context,
        atlas=atlas,
        scope=frozenset(atlas.places),
    )


def unit_names(text: Text) -> Iterator[str]:
    """The folded names under which a unit that a text names may be filed."""
    plain = text.plain[:_MOST_WORDS]
    for start in range(len(plain)):
        if text.labels[text.origin[start]] is not Label.UNIT:
            continue
        for end in range(start + 2, min(start + 6, len(plain)) + 1):
            name = " ".join(plain[start:end])
            yield name
            yield f"chi bo {name}"


def _wards(text: Text, *, bare: bool = False) -> Iterator[str]:
    """The folded names of wards and communes that a text may name; ``bare`` without their type."""
    words = [word.folded for word in text.words[:_MOST_WORDS]]
    for start, word in enumerate(words):
        for length in range(1, _LONGEST_WARD + 1):
            if word in _WARD_TYPES and start + length < len(words):
                proper = " ".join(words[start + 1 : start + 1 + length])
                yield from _ward_names(f"{_WARD_TYPES[word]} {proper}")
            elif bare and length > 1 and start + length <= len(words):
                proper = " ".join(words[start : start + length])
                for kind in ("phuong", "xa"):
                    yield from _ward_names(f"{kind} {proper}")


def _ward_names(name: str) -> Iterable[str]:
    return name, f"{name} cu", f"dang bo {name}", f"dang uy {name}"


def _with_places(text: Text, mentions: Iterable[Mention]) -> Text:
    """A text whose named places are no names of people, unless "ông" stands right before."""
    spans = []
    for mention in mentions:
        first = text.origin[mention.start]
        led = first > 0 and text.labels[first - 1] is Label.ADDRESS
        if mention.by_name and not (led and text.labels[first] is Label.FREE):
            spans.append((mention.start, mention.end))
    return text.with_places(spans)


def _born(text: Text, year: int) -> Born | None:
    words = [word.folded for word in text.words]
    return born(words, [word.clause for word in text.words], year)
