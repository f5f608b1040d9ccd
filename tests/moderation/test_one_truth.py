"""What the tracking page offers is what the worker carries out, at every status."""

from __future__ import annotations

import pytest

from moderation import carrying_out
from moderation.papers import open_submission_key
from portal.models import Case, ResidentAct
from portal.tracking import ALLOWED
from portal.tracking.sealing import seal_act
from portal.vault import new_uid
from portal.vocabulary import ActKind, Rating, Status
from tests.moderation.ward import CELL_7, Ward

HANDLED = {
    *(Status.ROUTED, Status.IN_PROGRESS, Status.ON_HOLD, Status.REPORTED),
    *(Status.ANSWERED, Status.CLOSED, Status.REFERRED),
}


@pytest.mark.parametrize("status", list(Status))
def test_the_page_offers_exactly_what_the_worker_carries_out(ward: Ward, status: Status) -> None:
    with ward.database.writer_session() as session:
        for kind, allowed in ALLOWED.items():
            handler = CELL_7 if status in HANDLED else None
            case: Case = ward.place(session, status=status, handler=handler)
            uid, rating = new_uid(), Rating.SATISFIED if kind is ActKind.RATE else None
            key = open_submission_key(session, office=ward.office, submission_id=case.id)
            act = ResidentAct(
                uid=uid,
                submission_id=case.id,
                kind=kind,
                rating=rating,
                body=seal_act(key, uid=uid, kind=kind, rating=rating, text=""),
                at=ward.at,
            )
            session.add(act)
            session.flush()
            carrying_out.carry_out(session, office=ward.office, act_id=act.id)
            assert (act.refused is None) is (status in allowed), kind
        session.rollback()
