"""Who is worth a closer look: everybody of the ward whose name or post fits, then the register.

Names are compared as words only; nobody is weighed here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.matching.asking import Inquiry, unit_names
from moderation.matching.likeness import Name, near
from moderation.matching.lookup import (
    Called,
    all_names,
    home_members,
    members_called,
    members_of,
    posts_of,
)
from moderation.matching.naming import fit
from moderation.matching.posts import SAME_POST, post_fit
from moderation.matching.reading import Text
from moderation.matching.scoring import post_points
from moderation.matching.strength import GIVEN
from moderation.matching.words import sound

#: With somebody this good in the ward nobody is sought elsewhere; with a name this good, no
#: misspelt one is.
_GOOD: Final = 40.0
_GOOD_NAME: Final = 60.0
#: Below this a name in the text does not mean the person at all.
_LEAST: Final = 12.0
_LEAST_MISSPELT: Final = 25.0
_NAME_MISSING: Final = 30.0
#: With nobody so good, or a post that hardly fits, everybody of a named unit is looked at.
_WORTH: Final = 20.0
_POSSIBLE_NAME: Final = 0.6
#: So many are looked at closely.
_MOST: Final = 1_000
_MOST_MISSPELT: Final = 200
_MOST_WORDS: Final = 24


@dataclass
class Gathered:
    """The people to weigh, and what their names have shown about the texts."""

    ids: dict[UUID, float] = field(default_factory=dict)
    #: The points of the best find that nothing speaks against.
    best: float = 0.0
    strange: frozenset[str] = frozenset()
    story_names: bool = False

    def add(self, member_id: UUID, points: float, *, agrees: bool) -> None:
        """Note somebody, with the better of two finds."""
        self.ids[member_id] = max(points, self.ids.get(member_id, 0.0))
        if agrees:
            self.best = max(self.best, points)

    @property
    def highest(self) -> float:
        """The points of the best find of all."""
        return max(self.ids.values(), default=0.0)

    def first(self) -> list[UUID]:
        """Those to look at closely, the best first."""
        ranked = sorted(self.ids, key=lambda each: (-self.ids[each], each.hex))
        return ranked[:_MOST]


def gather(session: Session, inquiry: Inquiry) -> Gathered:
    """Everybody who may be meant, in at most four statements."""
    found = Gathered()
    texts = [inquiry.question(strange=frozenset(), story_names=False)]
    about, story = texts[0].about, texts[0].story
    if inquiry.scope:
        people = members_of(session, inquiry.scope)
        found.strange = _strange(about, people)
        _add_named(found, people, about, found.strange)
        _add_posts(session, found, inquiry)
        _read_story(found, people, story)
    else:
        found.story_names = not about.strengths.named
    named = [about, *([story] if found.story_names else [])]
    if found.best < _GOOD:
        _search_register(session, found, named)
    if not inquiry.scope:
        _add_posts(session, found, inquiry)
    vague = found.best < _WORTH and not about.strengths.named
    if (vague or found.highest < _WORTH) and (units := inquiry.named_units()):
        for member_id in home_members(session, units, inquiry.today):
            found.add(member_id, _LEAST, agrees=False)
    return found


def _strange(text: Text, people: Iterable[Called]) -> frozenset[str]:
    """The words that stand where a given name does, and are the given name of nobody here."""
    known = {each.name.folded[-1] for each in people if each.name.folded}
    values, runs = text.strengths.values, (*text.strengths.runs, -1)
    return frozenset(
        word
        for word, places in text.names.items()
        if word not in known
        and any(values[each] >= GIVEN and runs[each + 1] != runs[each] for each in places)
    )


def _add_named(
    found: Gathered, people: Iterable[Called], text: Text, strange: frozenset[str]
) -> None:
    for each in people:
        fits = fit(each.name, text, strange)
        if fits is not None and fits.points >= _LEAST:
            found.add(each.id, fits.points, agrees=fits.agrees)


def _read_story(found: Gathered, people: list[Called], story: Text) -> None:
    """Take names from the story when the subject line leads to nobody here."""
    found.story_names = found.highest < _NAME_MISSING
    if found.story_names:
        _add_named(found, people, story, frozenset())


def _add_posts(session: Session, found: Gathered, inquiry: Inquiry) -> None:
    """Whoever holds or held a post that the subject line names."""
    names: set[str] = set()
    if not inquiry.scope:
        names = {*unit_names(inquiry.about), *unit_names(inquiry.unit_field)}
        if not names:
            return
    posts = posts_of(session, inquiry.scope, names=names, today=inquiry.today)
    for _held, place in posts:
        inquiry.atlas.add(place)
    said = inquiry.post_words(inquiry.about, inquiry.named_units())
    for held, _place in posts:
        fits = post_fit(held, said, inquiry.today)
        if fits is not None and (points := post_points(fits)) >= _LEAST:
            found.add(held.member_id, points, agrees=fits.quality >= SAME_POST)


def _search_register(session: Session, found: Gathered, texts: list[Text]) -> None:
    """Seek the names in the whole register: by given name first, misspelt ones after."""
    words = {word for text in texts for word in _givens(text)}
    if not words:
        return
    called = members_called(session, words)
    strange = {word for text in texts for word in _strange(text, called)}
    found.strange = found.strange & strange if found.strange else frozenset(strange)
    for text in texts:
        _add_named(found, called, text, found.strange)
    if found.best < (_GOOD_NAME if any(_in_full(text) for text in texts) else _GOOD):
        _add_misspelt(session, found, texts, words)


def _in_full(text: Text) -> bool:
    """Whether some run of names has more than one word."""
    runs = text.strengths.runs
    return any(run >= 0 and run < place for place, run in enumerate(runs))


def _givens(text: Text) -> list[str]:
    """The words of a text that may well be given names, the likelier first."""
    values = text.strengths.values
    ranked = {
        word: max(values[place] for place in places)
        for word, places in text.names.items()
        if len(word) > 1
    }
    least = _POSSIBLE_NAME if len(text.words) <= _MOST_WORDS else GIVEN
    kept = sorted((word for word in ranked if ranked[word] >= least), key=lambda w: -ranked[w])
    return kept[:_MOST_WORDS]


def _add_misspelt(
    session: Session, found: Gathered, texts: list[Text], words: Iterable[str]
) -> None:
    """Stream the names of the register past the words, and keep what is one slip away."""
    sounds = {sound(word) for word in words}
    typed = " ".join(word.folded for word in texts[0].words) if texts[0].search else "\0"
    alike: dict[str, bool] = {}
    hits: dict[UUID, float] = {}
    for member_id, folded, given in all_names(session):
        if given not in alike:
            alike[given] = sound(given) in sounds or any(near(given, word) for word in words)
        begun = folded.startswith(typed)
        if not (alike[given] or begun or folded.replace(" ", "") in words):
            continue
        name = Name.of(folded, folded)
        points = max(
            (fits.points for text in texts if (fits := fit(name, text, found.strange))),
            default=0.0,
        )
        if points >= _LEAST_MISSPELT:
            hits[member_id] = points
    for member_id in sorted(hits, key=lambda each: (-hits[each], each.hex))[:_MOST_MISSPELT]:
        found.add(member_id, hits[member_id], agrees=False)
