"""Finding whom a resident may mean. It proposes, with reasons, and never decides.

Everybody who may be meant is ranked; who it is stays for a moderator to say, and a second one
to confirm. Nothing is written here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from moderation.matching.asking import Inquiry, inquire
from moderation.matching.evidence import FORMER
from moderation.matching.gathering import gather
from moderation.matching.lookup import Belonging, Known, know
from moderation.matching.places import Atlas, Place
from moderation.matching.posts import Held
from moderation.matching.scoring import Judged, judge
from portal.text.naming import name_key
from portal.vocabulary import Context, MembershipKind, MembershipStatus

#: Whoever has fewer points, or a small share of the best one's, is not worth a moderator's time.
_LISTED: Final = 20.0
_SHARE_LISTED: Final = 0.35
#: Whoever may be meant must not see the case: here a doubt is enough.
_POSSIBLE: Final = 15.0
_POSSIBLE_AGAINST: Final = 25.0
_SHARE_POSSIBLE: Final = 0.75
_OF_UNIT: Final = frozenset({"unit_matches", "workplace_matches"})

#: Said once only: "Bí thư, Chi bộ khối 7", though the post is called "Bí thư chi bộ".
_CELL: Final = "Chi bộ"


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be meant, with what tells people of one name apart.

    ``score`` runs from 0 to 100; ``reasons`` are codes of ``WHY``. ``cell`` is the home cell of
    today ("" if none), ``residence`` the residence cell where it is another.
    """

    member_id: UUID
    name: str
    birth_year: int
    cell: str
    cell_id: int | None
    residence: str
    posts: tuple[str, ...]
    status: MembershipStatus | None
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """What is kept of a candidate: who, how well they fit, and why. The rest is looked up."""

    member_id: UUID
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """``listed`` are proposed, the likeliest first; ``possible`` must not see the case.

    At most a thousand are possible. ``agreeing`` are those of them whose name or post fits what
    was written: none where nothing but a unit points to them.
    """

    listed: tuple[Candidate, ...]
    possible: frozenset[UUID]
    agreeing: frozenset[UUID] = frozenset()


def find(
    session: Session,
    *,
    about: str,
    what: str,
    unit_id: int | None,
    unit_text: str,
    context: Context | None,
    today: date,
    limit: int = 12,
) -> Found:
    """The members whom a resident may mean.

    The subject is sought in ``about``; ``what`` adds weak evidence, and names only where
    ``about`` gives none. Nobody is chosen, even when only one is found. At most eight
    statements, whatever the size of the register; nothing raised, whatever was written.
    """
    inquiry = inquire(
        session,
        about=about,
        story=what,
        unit_id=unit_id,
        unit_text=unit_text,
        context=context,
        today=today,
    )
    judged = _judged(session, inquiry)
    listed = _listed(judged, inquiry.atlas, limit)
    agreeing = {each.person.id for each in judged if each.agrees and each.points >= _POSSIBLE}
    return Found(tuple(listed), frozenset(_possible(judged)), frozenset(agreeing))


def present(session: Session, *, kept: Sequence[Kept], today: date) -> list[Candidate]:
    """Those who were found before, in their order, as the register tells them apart today.

    Whoever has left the register is not among them. At most three statements.
    """
    atlas = Atlas(today)
    people = {
        person.id: person
        for person in know(session, [each.member_id for each in kept], atlas=atlas)
    }
    return [
        _candidate(people[each.member_id], atlas, each.score, each.reasons)
        for each in kept
        if each.member_id in people
    ]


def named(
    session: Session, *, query: str, unit_id: int | None, today: date, limit: int = 12
) -> list[Candidate]:
    """The members that a moderator's own words describe: a name or a part of it, a post, a unit.

    At most eight statements. Nothing is raised, whatever was typed.
    """
    inquiry = inquire(
        session,
        about=query,
        story="",
        unit_id=unit_id,
        unit_text="",
        context=None,
        today=today,
        search=True,
    )
    return _listed(_judged(session, inquiry), inquiry.atlas, limit)


def _judged(session: Session, inquiry: Inquiry) -> list[Judged]:
    """Everybody worth a look, weighed, in a stable order: the likeliest first."""
    gathered = gather(session, inquiry)
    people = know(session, gathered.first(), atlas=inquiry.atlas)
    question = inquiry.question(strange=gathered.strange, story_names=gathered.story_names)
    return sorted((judge(person, question) for person in people), key=_order)


def _possible(judged: Sequence[Judged]) -> set[UUID]:
    """Every member who must not see the case: when in doubt, hide.

    All whose name agrees with what was written, all who hold the named post or held it within
    five years, and whoever else is nearly as likely as the best. Where nobody agrees, all who
    come near; where nothing but a unit was named, its members.
    """
    agreed = any(each.agrees for each in judged)
    best = max((each.points for each in judged), default=0.0)
    least = max(_POSSIBLE_AGAINST, _SHARE_POSSIBLE * best) if agreed else _POSSIBLE
    kept = {
        each.person.id for each in judged if each.points >= (_POSSIBLE if each.agrees else least)
    }
    if not agreed:
        kept |= {each.person.id for each in judged if _OF_UNIT.intersection(each.reasons)}
    return kept


def _order(judged: Judged) -> tuple[object, ...]:
    """By points, those still in the Party first, then as Vietnamese lists are sorted."""
    person = judged.person
    former = person.status in FORMER
    return -judged.points, former, name_key(person.shown), person.birth_year, person.id.hex


def _listed(judged: Iterable[Judged], atlas: Atlas, limit: int) -> list[Candidate]:
    """What a moderator is shown."""
    ranked = list(judged)
    best = ranked[0].points if ranked else 0.0
    least = max(_LISTED, _SHARE_LISTED * best)
    return [
        _candidate(each.person, atlas, each.points, each.reasons)
        for each in ranked
        if each.points >= least
    ][:limit]


def _candidate(person: Known, atlas: Atlas, score: float, reasons: tuple[str, ...]) -> Candidate:
    """A weighed person as a moderator sees them."""
    home = _cell(person, MembershipKind.HOME, atlas)
    residence = _cell(person, MembershipKind.RESIDENCE, atlas)
    elsewhere = residence is not None and (home is None or residence.id != home.id)
    return Candidate(
        member_id=person.id,
        name=person.shown,
        birth_year=person.birth_year,
        cell=home.name if home else "",
        cell_id=home.id if home else None,
        residence=residence.name if residence and elsewhere else "",
        posts=tuple(_post(held, atlas) for held in _of_today(person, atlas.today)),
        status=person.status,
        score=score,
        reasons=reasons,
    )


def _cell(person: Known, kind: MembershipKind, atlas: Atlas) -> Place | None:
    """The cell of today; for somebody who has left, the last home cell still counts."""
    cells: list[Belonging] = [
        cell
        for cell in person.cells
        if cell.kind is kind and (cell.current or kind is MembershipKind.HOME)
    ]
    return atlas.now(cells[-1].place_id) if cells else None


def _of_today(person: Known, today: date) -> list[Held]:
    return [held for held in person.posts if held.held_on(today)]


def _post(held: Held, atlas: Atlas) -> str:
    """A post as people read it: "Bí thư, Chi bộ khối 7"."""
    place = atlas.now(held.place_id) or atlas.places[held.place_id]
    words = held.words or str(held.title.label)
    if place.name.startswith(_CELL) and words.lower().endswith(f" {_CELL.lower()}"):
        words = words[: -len(_CELL) - 1]
    return f"{words}, {place.name}"
