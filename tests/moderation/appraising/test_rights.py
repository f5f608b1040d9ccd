"""Who may do what to a review in which state, by a table written by hand.

``+`` is done, ``-`` is answered like what does not exist, ``x`` does not fit the state. The states
are those of the part of the seventh cell, in the order of ``STATES``. What the cell recorded: the
secretary's result by the ward, the other's by one of the cell, who also signed.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from moderation import appraising
from moderation.appraising.changing import PartChanged
from moderation.appraising.closing import NotAllConfirmed
from moderation.appraising.correcting import NotConfirmed
from moderation.appraising.opening import NotDraft
from moderation.appraising.recording import NotRecording
from moderation.appraising.signing import NotSigned
from portal.models import ReviewMember, ReviewPart, ReviewResult, ScreeningReview
from portal.vocabulary import PartState, ReviewState
from tests.moderation.appraising.conftest import HELPED, Reviewing

STATES = {
    "draft": (ReviewState.DRAFT, PartState.RECORDING),
    "recording": (ReviewState.OPEN, PartState.RECORDING),
    "signed": (ReviewState.OPEN, PartState.SIGNED),
    "confirmed": (ReviewState.OPEN, PartState.CONFIRMED),
    "closed": (ReviewState.CLOSED, PartState.CONFIRMED),
}
_LATE = (NotRecording, NotSigned, NotConfirmed, NotDraft, NotAllConfirmed, PartChanged)
NEVER = "-----"
#: both, wife: of the cell's committee, the second tied to Bách; thanh: its secretary; vinh: of the
#: ward, which holds the review; province: of the level above that; the others: elsewhere.
TABLE = {
    "see part": {
        **dict.fromkeys(("both", "wife", "thanh", "vinh", "province"), "-++++"),
        **dict.fromkeys(("doan", "ky"), NEVER),
    },
    "record bach": {
        **dict.fromkeys(("both", "thanh", "vinh", "province"), "-+xxx"),
        **dict.fromkeys(("wife", "doan", "ky"), NEVER),
    },
    "record thanh": {
        **dict.fromkeys(("vinh", "province"), "-+xxx"),
        **dict.fromkeys(("both", "wife", "thanh", "doan", "ky"), NEVER),
    },
    "sign": {
        **dict.fromkeys(("both", "wife", "thanh"), "-+xxx"),
        **dict.fromkeys(("vinh", "province", "doan", "ky"), NEVER),
    },
    "confirm": {
        "province": "-x+xx",
        **dict.fromkeys(("both", "wife", "thanh", "vinh", "doan", "ky"), NEVER),
    },
    "send back": {
        "province": "-x+xx",
        **dict.fromkeys(("both", "wife", "thanh", "vinh", "doan", "ky"), NEVER),
    },
    "correct bach": {
        **dict.fromkeys(("vinh", "province"), "-xx++"),
        **dict.fromkeys(("both", "wife", "thanh", "doan", "ky"), NEVER),
    },
    "open": {
        "vinh": "+xxxx",
        **dict.fromkeys(("both", "wife", "thanh", "province", "doan", "ky"), NEVER),
    },
    "close": {
        "vinh": "xxx+x",
        **dict.fromkeys(("both", "wife", "thanh", "province", "doan", "ky"), NEVER),
    },
}


def _deeds(reviewing: Reviewing) -> dict[str, Callable[[Session, str], object]]:
    """What each deed is, by its name in the table."""
    ward = reviewing.ward

    def version_of(session: Session, member: str) -> int:
        return session.scalars(
            select(ReviewResult.version).where(ReviewResult.member_id == ward.members[member])
        ).one()

    def record(session: Session, login: str, member: str) -> object:
        return appraising.record(
            session,
            office=ward.office,
            by=ward.person(session, login),
            work=reviewing.work(session, login),
            member_id=ward.members[member],
            recorded=HELPED,
            version=version_of(session, member),
        )

    def judge(name: str, **more: str) -> Callable[[Session, str], object]:
        def do(session: Session, login: str) -> object:
            by, work = ward.person(session, login), reviewing.work(session, login)
            return getattr(appraising, name)(
                session, office=ward.office, by=by, work=work, version=work.part.version, **more
            )

        return do

    def correct(session: Session, login: str) -> object:
        return appraising.correct(
            session,
            office=ward.office,
            by=ward.person(session, login),
            work=reviewing.work(session, login),
            member_id=ward.members["bach"],
            recorded=HELPED,
            reason="Ghi nhầm ngày.",
            version=version_of(session, "bach"),
        )

    def whole(name: str) -> Callable[[Session, str], object]:
        def do(session: Session, login: str) -> object:
            by = ward.person(session, login)
            review = appraising.find_review(session, by=by, review_id=reviewing.review_id)
            if review.state is ReviewState.DRAFT:
                # A draft has no list yet; what is deleted here is rolled back.
                session.execute(delete(ReviewMember))
            return getattr(appraising, name)(
                session, office=ward.office, by=by, review=review, version=review.version
            )

        return do

    return {
        "see part": reviewing.work,
        "record bach": lambda session, login: record(session, login, "bach"),
        "record thanh": lambda session, login: record(session, login, "thanh"),
        "sign": judge("sign"),
        "confirm": judge("confirm"),
        "send back": judge("send_back", reason="Xin ghi rõ."),
        "correct bach": correct,
        "open": whole("open_review"),
        "close": whole("close_review"),
    }


def _tried(reviewing: Reviewing, deed: Callable[[Session, str], object], login: str) -> str:
    """What becomes of a deed; nothing of it stays."""
    with reviewing.ward.database.writer_session() as session:
        try:
            deed(session, login)
        except appraising.NoSuchReview:
            return "-"
        except _LATE:
            return "x"
        return "+"


def test_every_deed_by_everybody_in_every_state(reviewing: Reviewing) -> None:
    reviewing.record("both", "bach", HELPED)
    reviewing.record("vinh", "thanh")
    signer = reviewing.ward.accounts["both"]
    deeds, found = _deeds(reviewing), dict[tuple[str, str], str]()
    for review_state, part_state in STATES.values():
        with reviewing.ward.database.writing() as session:
            session.execute(update(ScreeningReview).values(state=review_state))
            session.execute(update(ReviewPart).values(state=part_state, signed_by_id=signer))
        for name, rows in TABLE.items():
            for login in rows:
                seen = found.get((name, login), "")
                found[name, login] = seen + _tried(reviewing, deeds[name], login)
    assert found == {
        (name, login): wanted for name, rows in TABLE.items() for login, wanted in rows.items()
    }


def test_nobody_confirms_who_is_tied_to_a_result_that_is_more_than_continuing(
    reviewing: Reviewing,
) -> None:
    ward = reviewing.ward
    reviewing.record("both", "bach", HELPED)
    reviewing.record("province", "thanh")
    reviewing.do("sign", "both")
    with ward.database.writing() as session:
        session.execute(
            update(ReviewResult)
            .where(ReviewResult.member_id == ward.members["bach"])
            .values(member_id=ward.members["vinh"])
        )
    with pytest.raises(appraising.NoSuchReview):
        reviewing.do("confirm", "vinh")
