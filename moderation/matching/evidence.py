"""What speaks for a person beside the name: where they belong, how old they are. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from moderation.matching.ages import Born
from moderation.matching.lookup import Known
from moderation.matching.naming import Fit
from moderation.matching.places import Atlas
from moderation.matching.posts import PostWords
from moderation.matching.reading import Text
from portal.vocabulary import Context, MembershipKind, MembershipStatus

#: Where words stand tells how much they count.
ABOUT: Final = 1.0
UNIT_FIELD: Final = 0.8
UNIT_CHOSEN: Final = 0.6
STORY: Final = 0.35

_HOME: Final = 14.0
_RESIDENCE: Final = 11.0
_TEMPORARY: Final = 8.0
_FORMERLY: Final = 5.0
_ELSEWHERE: Final = -6.0
_BORN_THEN: Final = 12.0
_AGE_FITS: Final = 7.0
_AGE_DIFFERS: Final = -12.0
_BIRTH_DIFFERS: Final = -16.0
_ADDRESS_DIFFERS: Final = -7.0
_OUTSIDE: Final = -12.0
_FORMER_MEMBER: Final = -15.0
#: How far a stated age may be off before it speaks against somebody.
_AGE_SLACK: Final = 4

FORMER: Final = frozenset(
    {
        MembershipStatus.TRANSFERRED,
        MembershipStatus.LEFT,
        MembershipStatus.REMOVED,
        MembershipStatus.EXPELLED,
        MembershipStatus.DECEASED,
    }
)


@dataclass(frozen=True)
class Question:
    """All that was said, read: where a name may be found, and what tells people apart."""

    about: Text
    #: Read for names only when ``about`` gives none.
    story: Text
    story_names: bool
    #: How much each named organisation counts, by id, with what took over from it.
    units: Mapping[int, float]
    #: Whether a cell was named, so that being elsewhere speaks against somebody.
    cell_named: bool
    post_words: PostWords
    story_posts: PostWords
    context: Context | None
    born: Born | None
    strange: frozenset[str]
    #: The organisations of the unit that the writer chose; empty when none is known.
    scope: frozenset[int]
    atlas: Atlas
    today: date


@dataclass(slots=True)
class Sum:
    """Points and reasons as they come together."""

    points: float
    reasons: list[str]

    def add(self, points: float, *reasons: str) -> None:
        """Add points, for or against, and say why."""
        self.points += points
        self.reasons += reasons


def add_evidence(total: Sum, named: Fit | None, person: Known, question: Question) -> None:
    """Add everything that was said beside name and post, for the person and against."""
    _add_units(total, person, question)
    _add_age(total, person, question)
    if _addressed_otherwise(named, person, question):
        total.add(_ADDRESS_DIFFERS, "address_differs")
    if question.scope and not _in_scope(person, question):
        total.add(_OUTSIDE, "outside_unit")
    if person.status in FORMER:
        total.add(_FORMER_MEMBER, "no_longer_member")


def _add_units(total: Sum, person: Known, question: Question) -> None:
    """Add where the person belongs: the best of each tie, home before residence."""
    found: dict[str, float] = {}
    for cell in person.cells:
        place = question.atlas.now(cell.place_id) or question.atlas.places[cell.place_id]
        weight = max(
            (question.units.get(each, 0.0) for each in (place.id, cell.place_id)), default=0.0
        )
        if weight:
            reason, points = _tie(cell.kind, current=cell.current, work=place.workplace)
            points *= weight * _context_factor(question.context, work=place.workplace)
            found[reason] = max(found.get(reason, 0.0), points)
    if len(found) > 1:
        found.pop("was_in_unit", None)
    for reason, points in found.items():
        total.add(points, reason)
    if not found and question.cell_named and total.points:
        total.add(_ELSEWHERE)


def _tie(kind: MembershipKind, *, current: bool, work: bool) -> tuple[str, float]:
    """The reason and the points of belonging to a named unit in one way."""
    if not current:
        return "was_in_unit", _FORMERLY
    if kind is MembershipKind.RESIDENCE:
        return "residence_matches", _RESIDENCE
    points = _HOME if kind is MembershipKind.HOME else _TEMPORARY
    return ("workplace_matches" if work else "unit_matches"), points


def _context_factor(context: Context | None, *, work: bool) -> float:
    """Work tells for the place of work, residence for the place one lives in."""
    if context is Context.WORK:
        return 1.2 if work else 0.8
    if context is Context.RESIDENCE:
        return 0.8 if work else 1.2
    return 1.0


def _add_age(total: Sum, person: Known, question: Question) -> None:
    """Add the year of birth or the age, for or against."""
    born = question.born
    if born is None:
        return
    distance = born.distance(person.birth_year)
    if distance == 0:
        points, reason = (
            (_BORN_THEN, "birth_year_matches") if born.told else (_AGE_FITS, "age_matches")
        )
        total.add(points, reason)
    elif distance > (1 if born.told else _AGE_SLACK):
        total.add(_BIRTH_DIFFERS if born.told else _AGE_DIFFERS, "age_differs")


def _addressed_otherwise(named: Fit | None, person: Known, question: Question) -> bool:
    """Whether a woman's name was called ông, or a man's bà."""
    text = question.about
    if named is None or "name_in_story" in named.reasons:
        gender = text.genders[0] if text.genders and not text.strengths.named else ""
    else:
        gender = text.genders[named.place]
    return bool(gender and person.name.gender and gender != person.name.gender)


def _in_scope(person: Known, question: Question) -> bool:
    """Whether the person belongs, belonged or serves in the unit that the writer chose."""
    places = {cell.place_id for cell in person.cells} | {held.place_id for held in person.posts}
    return not places.isdisjoint(question.scope)
