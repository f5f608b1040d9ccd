"""How far a review is, where it has more cells than a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from moderation.appraising import NoSuchReview
from moderation.appraising.progress import PAGE, Progress, progress_of
from portal.models import Organisation, ReviewPart, ScreeningReview
from portal.text import fold
from portal.vault import new_uid
from portal.vocabulary import OrganisationKind, PartState, ReviewState
from tests.moderation.appraising.conftest import Reviewing
from tests.moderation.ward import CELL_2, CELL_7, OTHER_WARD, PROVINCE, SINCE, WARD, Ward


@pytest.fixture
def wide(reviewing: Reviewing) -> Iterator[tuple[Ward, ScreeningReview, Session]]:
    """A review of the province with seventy cells in one ward and two in another."""
    ward = reviewing.ward
    with ward.database.writer_session() as session:
        review = session.get_one(ScreeningReview, reviewing.review_id)
        review.organisation_id, review.state = PROVINCE, ReviewState.OPEN
        for number in range(70):
            name = f"Chi bộ xóm {number + 1}"
            row = Organisation(
                kind=OrganisationKind.CELL, name=name, short_name=name, folded=fold(name)
            )
            row.parent_id, row.path, row.valid_from = OTHER_WARD, "", SINCE
            session.add(row)
            session.flush()
            row.path = f"{PROVINCE}.{OTHER_WARD}.{row.id}."
            part = ReviewPart(uid=new_uid(), review_id=review.id, organisation_id=row.id)
            part.state = PartState.SIGNED if number < 3 else PartState.RECORDING
            session.add(part)
        session.flush()
        yield ward, review, session


def test_many_cells_are_counted_by_level_and_shown_page_by_page(
    wide: tuple[Ward, ScreeningReview, Session],
) -> None:
    ward, review, session = wide
    by = ward.person(session, "province")
    asked: list[str] = []

    def look(under: int | None = None, page: int = 1) -> Progress:
        asked.clear()
        session.expire_all()
        return progress_of(session, by=by, review=review, under=under, page=page)

    event.listen(session.connection(), "before_cursor_execute", lambda *told: asked.append(told[2]))
    whole = look()
    assert [(one.id, one.counts[PartState.SIGNED]) for one in whole.levels] == [
        (WARD, 0),
        (OTHER_WARD, 3),
    ]
    assert sum(whole.counts.values()) == 72
    assert whole.cells == []
    # The review itself is read anew, then cells and names: no more for four thousand.
    assert len(asked) <= 4
    first, second = look(OTHER_WARD), look(OTHER_WARD, 2)
    assert len(asked) <= 5
    names = [one.cell for one in (*first.cells, *second.cells)]
    assert names == [f"Chi bộ xóm {number + 1}" for number in range(70)]
    assert (len(first.cells), first.pages, first.under) == (PAGE, 2, "Đảng bộ phường Kỳ Lừa")
    assert [one.cell for one in look(WARD).cells] == ["Chi bộ khối 2", "Chi bộ khối 7"]


def test_whoever_sees_a_part_of_it_sees_no_number_of_the_rest(
    wide: tuple[Ward, ScreeningReview, Session],
) -> None:
    ward, review, session = wide
    by = ward.person(session, "vinh")
    mine = progress_of(session, by=by, review=review)
    cells = session.scalars(
        select(ReviewPart.id).where(ReviewPart.organisation_id.in_((CELL_2, CELL_7)))
    )
    assert {one.part.id for one in mine.cells} == set(cells)
    assert sum(mine.counts.values()) == 2
    with pytest.raises(NoSuchReview):
        progress_of(session, by=by, review=review, under=OTHER_WARD)
