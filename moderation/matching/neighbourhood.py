"""Which neighbourhood somebody lives in, as a letter names it: for whoever is no member."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from moderation.matching.asking import Inquiry, inquire
from moderation.matching.reading import Text
from portal.vocabulary import CELLS, UnitKind


def neighbourhood(
    session: Session, *, unit_id: int | None, unit_text: str, about: str, place: str, today: date
) -> int | None:
    """The cell of the one neighbourhood that is named, or nothing where none or several are.

    The unit that was chosen decides, then its field, then whom it is about, then where it happened:
    the first of these that names a neighbourhood. At most one statement, nothing raised.
    """
    inquiry = inquire(
        session,
        about=about,
        story=place,
        unit_id=unit_id,
        unit_text=unit_text,
        context=None,
        today=today,
    )
    texts = (inquiry.unit_field, inquiry.about, inquiry.story)
    for named in (inquiry.chosen_cell(), *(_named(inquiry, text) for text in texts)):
        cells = _where_people_live(inquiry, named)
        if cells:
            return cells.pop() if len(cells) == 1 else None
    return None


def _named(inquiry: Inquiry, text: Text) -> frozenset[int]:
    """The units that a text names by their own names."""
    found = (each for each in inquiry.atlas.mentions(text) if each.by_name and not each.ward)
    return frozenset().union(*(mention.ids for mention in found))


def _where_people_live(inquiry: Inquiry, ids: Iterable[int]) -> set[int]:
    """Those that are cells of a neighbourhood today."""
    places = (inquiry.atlas.places.get(each) for each in ids)
    return {
        place.id
        for place in places
        if place is not None
        and place.kind in CELLS
        and place.unit_kind is UnitKind.RESIDENTIAL
        and place.exists(inquiry.today)
    }
