"""Who of the sample is away: excused for a time, with and without a slip, or moving to a new cell.

Each is made by the verbs of the portal, on the days on which it would have happened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from moderation.access import Person
from moderation.leaving import arriving, excusals, slips, transfers
from moderation.leaving.transfers import Plan
from moderation.office import Office
from moderation.sample.loading.scene import World
from moderation.sample.records import FOUNDED
from portal.vocabulary import ExcusalGround, SlipState, TransferKind

#: Who decides for the ward.
_WARD = "binh.nguyen"
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Excused:
    """Who is excused, by whose proposal, from which day to which day around that of the sample."""

    member: str
    by: str
    first: int
    last: int
    ground: ExcusalGround
    reason: str
    granted: bool = True
    slip: SlipState | None = None


@dataclass(frozen=True)
class _Moving:
    """Who moves, by whose entry, where to, and when it was decided and the letter given."""

    member: str
    by: str
    to: str
    decided: int
    letter: int
    accepted_by: str = ""


_G = ExcusalGround
_EXCUSED = (
    # Near its end.
    _Excused(
        "trieu-van-khe-1978",
        *("loan.chu", -357, 7, _G.WORKING_AWAY),
        "Đi làm công nhân ở tỉnh khác theo hợp đồng một năm.",
    ),
    # Over, and nothing is known of a slip yet.
    _Excused(
        "nong-van-du-1980",
        *("loan.chu", -330, -26, _G.WORKING_AWAY),
        "Đi làm xây dựng xa nhà theo đội thợ.",
        slip=SlipState.MISSING,
    ),
    _Excused(
        "luong-minh-nguyet-1989",
        *("sim.dam", -45, 250, _G.STUDY),
        "Đi học tập trung theo quyết định của cơ quan.",
    ),
    # Waits for the ward.
    _Excused(
        "hoang-thi-huong-1988",
        *("doan.ly", 10, 190, _G.FAMILY),
        "Chăm người thân điều trị dài ngày.",
        granted=False,
    ),
)
_MOVING = (
    # Late: the letter was handed out, and the new cell has seen nothing.
    _Moving("vi-thi-sao-1979", "thang.duong", "khoi-7", -81, -77),
    _Moving("nong-quoc-huan-1990", "thom.nong", "truong-hoa-hoi", -18, -10),
    _Moving("pham-thi-nhung-1972", "thang.duong", "khoi-5", -70, -64, accepted_by="trong.hoang"),
)


def send_away(session: Session, *, world: World) -> None:
    """Let some members be excused and some move, as it stands on the day of the sample."""
    for each in _EXCUSED:
        _excuse(session, world, each)
    for moving in _MOVING:
        _move(session, world, moving)


def _excuse(session: Session, world: World, each: _Excused) -> None:
    """One excusal: proposed some days before it begins, decided the day after."""
    today = world.office.today
    first, last = today + each.first * _DAY, today + each.last * _DAY
    began = min(max(first - 3 * _DAY, FOUNDED + _DAY), today - 2 * _DAY)
    excusal = excusals.propose(
        session,
        office=_on(world, began),
        by=_person(world, each.by),
        member_id=world.enrolled.members[each.member],
        valid_from=first,
        valid_to=last,
        ground=each.ground,
        reason=each.reason,
    )
    if each.granted:
        office = _on(world, began + _DAY)
        excusals.grant(session, office=office, by=_person(world, _WARD), excusal_id=excusal.id)
    if each.slip is not None:
        noted = last + 5 * _DAY
        slips.note_slip(
            session,
            office=_on(world, noted),
            by=_person(world, each.by),
            excusal_id=excusal.id,
            state=each.slip,
            on=noted,
        )


def _move(session: Session, world: World, each: _Moving) -> None:
    """One transfer: decided, sent and, where somebody has, accepted two weeks later."""
    today, by = world.office.today, _person(world, each.by)
    decided, letter = today + each.decided * _DAY, today + each.letter * _DAY
    plan = Plan(
        member_id=world.enrolled.members[each.member],
        kind=TransferKind.OFFICIAL,
        decided_on=decided,
        to_id=world.enrolled.organisations[each.to],
    )
    transfer = transfers.begin(session, office=_on(world, decided), by=by, plan=plan)
    sent = _on(world, letter)
    transfers.send(session, office=sent, by=by, transfer_id=transfer.id, on=letter)
    if each.accepted_by:
        accepted = letter + 14 * _DAY
        arriving.accept(
            session,
            office=_on(world, accepted),
            by=_person(world, each.accepted_by),
            transfer_id=transfer.id,
            on=accepted,
        )


def _on(world: World, day: date) -> Office:
    """The office on an earlier day, at the hour of the sample."""
    return replace(world.office, at=world.office.at - (world.office.today - day))


def _person(world: World, login: str) -> Person:
    """Somebody of the staff."""
    return next(person for person in world.cast.everybody if person.login == login)
