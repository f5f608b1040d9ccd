"""How far reviews are: a list of them, and the cells of one, level by level where they are many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from moderation.access import Person
from moderation.appraising.standing import NoSuchReview, holders, parts_seen, reviews_seen
from moderation.register import line
from portal.models import Account, Organisation, ReviewPart, ReviewResult, ScreeningReview
from portal.text import place_key
from portal.vocabulary import PartState, ReviewState

#: So many cells stand on a page. Where there are more, they are counted by the level above them.
PAGE = 60


@dataclass(frozen=True)
class ReviewLine:
    """One review in a list: how many of its cells are how far, as far as the reader sees them."""

    review: ScreeningReview
    holder: str
    counts: dict[PartState, int]
    #: The only part that the reader sees, if it is the only one: it is opened at once.
    only: int | None


@dataclass(frozen=True)
class CellLine:
    """One cell of a review: how far it is, and of how many members something was recorded."""

    part: ReviewPart
    cell: str
    recorded: int
    signed_by: str | None
    confirmed_by: str | None


@dataclass(frozen=True)
class LevelLine:
    """An organisation directly below the one that holds a review: how far the cells there are."""

    id: int
    name: str
    counts: dict[PartState, int]


@dataclass(frozen=True)
class Progress:
    """How far the cells of a review are: ``levels`` where they are many, else a page of them."""

    counts: dict[PartState, int]
    levels: list[LevelLine]
    cells: list[CellLine]
    #: The organisation whose cells are shown alone.
    under: str = ""
    pages: int = 1

    @property
    def is_over(self) -> bool:
        """Whether every cell is confirmed."""
        return self.counts[PartState.CONFIRMED] == sum(self.counts.values())


class _Cell(NamedTuple):
    part_id: int
    state: PartState
    name: str
    level: int


def list_reviews(session: Session, *, by: Person) -> list[ReviewLine]:
    """The reviews that somebody sees, the newest first, in two statements."""
    rows = session.execute(
        select(ScreeningReview, Organisation.name)
        .join(Organisation, Organisation.id == ScreeningReview.organisation_id)
        .where(ScreeningReview.id.in_(reviews_seen(by)))
        .order_by(ScreeningReview.id.desc())
    ).all()
    counts: dict[int, dict[PartState, int]] = {}
    first: dict[int, int] = {}
    parts = session.execute(
        select(ReviewPart.review_id, ReviewPart.state, func.count(), func.min(ReviewPart.id))
        .join(ScreeningReview)
        .where(ReviewPart.id.in_(parts_seen(by)) | ScreeningReview.organisation_id.in_(holders(by)))
        .group_by(ReviewPart.review_id, ReviewPart.state)
    )
    for review_id, state, count, part_id in parts:
        counts.setdefault(review_id, dict.fromkeys(PartState, 0))[state] = count
        first[review_id] = part_id
    none = dict.fromkeys(PartState, 0)
    return [
        ReviewLine(
            review,
            name,
            counts.get(review.id, none),
            first[review.id] if _is_single(review, counts.get(review.id, none)) else None,
        )
        for review, name in rows
    ]


def progress_of(
    session: Session,
    *,
    by: Person,
    review: ScreeningReview,
    under: int | None = None,
    page: int = 1,
) -> Progress:
    """How far the cells are that somebody sees, those ``under`` one organisation or all; in at most
    four statements, however many there are.

    Raises NoSuchReview for an organisation without any of them.
    """
    cells = _cells(session, by, review)
    if under is not None:
        cells = [cell for cell in cells if cell.level == under]
        if not cells:
            raise NoSuchReview
    counts = _counts(cells)
    by_level = Counter(cell.level for cell in cells)
    names = _names(session, by_level) if under is not None or len(cells) > PAGE else {}
    if under is None and len(by_level) < len(cells) and len(cells) > PAGE:
        levels = [
            LevelLine(number, names[number], _counts(c for c in cells if c.level == number))
            for number in sorted(by_level, key=lambda each: (place_key(names[each]), each))
        ]
        return Progress(counts, levels, [])
    cells.sort(key=lambda each: (place_key(each.name), each.part_id))
    shown = [cell.part_id for cell in cells[(page - 1) * PAGE : page * PAGE]]
    lines = _lines(session, shown)
    return Progress(
        counts,
        [],
        [lines[number] for number in shown],
        names.get(under or 0, ""),
        -(-len(cells) // PAGE),
    )


def _cells(session: Session, by: Person, review: ScreeningReview) -> list[_Cell]:
    """Every cell of a review that somebody sees, with the organisation below the holder's that it
    belongs to; a cell that has moved away since stands for itself.
    """
    holder = aliased(Organisation)
    wanted = (
        select(ReviewPart.id, ReviewPart.state, Organisation.name, Organisation.path, holder.path)
        .join(Organisation, Organisation.id == ReviewPart.organisation_id)
        .join(holder, holder.id == review.organisation_id)
        .where(ReviewPart.review_id == review.id)
    )
    if review.organisation_id not in holders(by):
        wanted = wanted.where(ReviewPart.id.in_(parts_seen(by)))
    found = []
    for part_id, state, name, path, above in session.execute(wanted):
        steps = line(path)
        below = len(line(above)) if path.startswith(above) else len(steps) - 1
        found.append(_Cell(part_id, state, name, steps[below]))
    return found


def _lines(session: Session, part_ids: Collection[int]) -> dict[int, CellLine]:
    """Some cells as a list shows them."""
    signer, confirmer = aliased(Account), aliased(Account)
    recorded = (
        select(func.count())
        .where(ReviewResult.part_id == ReviewPart.id)
        .correlate(ReviewPart)
        .scalar_subquery()
    )
    rows = session.execute(
        select(ReviewPart, Organisation.name, recorded, signer.name, confirmer.name)
        .join(Organisation, Organisation.id == ReviewPart.organisation_id)
        .outerjoin(signer, signer.id == ReviewPart.signed_by_id)
        .outerjoin(confirmer, confirmer.id == ReviewPart.confirmed_by_id)
        .where(ReviewPart.id.in_(part_ids))
    )
    return {row[0].id: CellLine(*row) for row in rows}


def _names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    rows = session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(list(ids)))
    )
    return {row.id: row.name for row in rows}


def _counts(cells: Iterable[_Cell]) -> dict[PartState, int]:
    """How many cells are how far."""
    found = Counter(cell.state for cell in cells)
    return {state: found[state] for state in PartState}


def _is_single(review: ScreeningReview, counts: dict[PartState, int]) -> bool:
    """Whether a review that is no draft has one part only."""
    return sum(counts.values()) == 1 and review.state is not ReviewState.DRAFT
