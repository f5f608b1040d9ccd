"""Reviews written straight into the database of the small ward."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.reports.periods import Period
from portal.models import LegalBasis, ReviewPart, ReviewResult, ScreeningReview
from portal.vault import new_uid
from portal.vocabulary import PartState, ReviewOutcome, ReviewState
from tests.moderation.ward import WARD, Ward


@dataclass(frozen=True)
class Result:
    """What was recorded of one member of the ward; the groups in their order."""

    member: str
    reviewed: bool | None = True
    outcome: ReviewOutcome | None = None
    groups: tuple[bool | None, ...] = (None, None, None, None)


def review(
    session: Session,
    ward: Ward,
    period: Period,
    parts: Mapping[int, Iterable[Result]],
    *,
    confirmed: bool = True,
) -> None:
    """Write one review with the results of its cells, confirmed or only signed."""
    by = ward.accounts["vinh"]
    row = ScreeningReview(
        title="Rà soát đảng viên",
        basis_id=_basis(session, ward),
        organisation_id=WARD,
        period_from=period.since,
        period_to=period.until,
        state=ReviewState.OPEN,
        made_at=ward.at,
        made_by_id=by,
    )
    session.add(row)
    session.flush()
    state = PartState.CONFIRMED if confirmed else PartState.SIGNED
    for cell, results in parts.items():
        part = ReviewPart(uid=new_uid(), review_id=row.id, organisation_id=cell, state=state)
        session.add(part)
        session.flush()
        session.add_all(_row(part, ward, by, result) for result in results)
    session.flush()


def _basis(session: Session, ward: Ward) -> int:
    """The basis of every review."""
    found = session.scalars(select(LegalBasis.id)).first()
    if found is not None:
        return found
    row = LegalBasis(code="A", title="B", effective_from=date(2019, 1, 21), changed_at=ward.at)
    session.add(row)
    session.flush()
    return row.id


def _row(part: ReviewPart, ward: Ward, by: int, result: Result) -> ReviewResult:
    """What was recorded of one member."""
    names = ("duty_unfulfilled", "transfer_unfiled", "violation", "not_exemplary")
    return ReviewResult(
        uid=new_uid(),
        part_id=part.id,
        member_id=ward.members[result.member],
        reviewed=result.reviewed,
        outcome=result.outcome,
        recorded_at=ward.at,
        recorded_by_id=by,
        **{f"group_{name}": said for name, said in zip(names, result.groups, strict=True)},
    )
