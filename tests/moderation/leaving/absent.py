"""People of the small ward who are away: the verbs, each in a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.leaving import arriving, excusals, slips, transfers
from moderation.register import in_force
from portal.models import Standing
from portal.vocabulary import ExcusalGround, MembershipStatus, SlipState, TransferKind
from tests.moderation.ward import Ward

WHY = "Đi làm công nhân ở khu công nghiệp, gia đình có mẹ già đau yếu."
Done = TypeVar("Done")


def act(ward: Ward, login: str, verb: Callable[..., Done], **facts: object) -> Done:
    """Let somebody of the ward do one thing."""
    with ward.database.writing() as session:
        tools = {"office": ward.office, "by": ward.person(session, login)}
        return verb(session, **tools, **facts)


def proposed(
    ward: Ward,
    first: date,
    last: date,
    *,
    who: str = "bach",
    by: str = "thanh",
    reason: str = WHY,
) -> int:
    """The cell proposes to excuse a member."""
    return act(
        ward,
        by,
        excusals.propose,
        member_id=ward.members[who],
        valid_from=first,
        valid_to=last,
        ground=ExcusalGround.WORKING_AWAY,
        reason=reason,
    ).id


def granted(ward: Ward, first: date, last: date, *, who: str = "bach", by: str = "thanh") -> int:
    """The cell proposes and the ward agrees."""
    number = proposed(ward, first, last, who=who, by=by)
    act(ward, "vinh", excusals.grant, excusal_id=number)
    return number


def noted(ward: Ward, number: int, state: SlipState, on: date) -> None:
    """The cell writes down what is known of the slip."""
    act(ward, "thanh", slips.note_slip, excusal_id=number, state=state, on=on)


def moved(
    ward: Ward,
    to: int | None,
    decided: date,
    letter: date | None = None,
    *,
    kind: TransferKind = TransferKind.OFFICIAL,
    until: date | None = None,
    by: str = "thanh",
) -> int:
    """A transfer of Bách is decided and, with a letter, sent."""
    plan = transfers.Plan(ward.members["bach"], kind, decided, to, until)
    number = act(ward, by, transfers.begin, plan=plan).id
    if letter is not None:
        act(ward, by, transfers.send, transfer_id=number, on=letter)
    return number


def taken_in(ward: Ward, number: int, on: date, *, by: str = "doan") -> None:
    """The new cell takes the member in."""
    act(ward, by, arriving.accept, transfer_id=number, on=on)


def standing(ward: Ward, on: date, *, who: str = "bach") -> list[MembershipStatus]:
    """How a member stands on a day, by the register."""
    with ward.database.reading() as session:
        return _standing(session, ward, on, who)


def _standing(session: Session, ward: Ward, on: date, who: str) -> list[MembershipStatus]:
    """The rows that hold on a day."""
    return list(
        session.scalars(
            select(Standing.status).where(
                Standing.member_id == ward.members[who], in_force(Standing, on)
            )
        )
    )
