"""Two screening reviews of the sample's ward: one that is over, and one that cells work on.

The bases are documents that exist. Nobody has compared them with their text; they are marked so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation import appraising
from moderation.access import Person
from moderation.appraising.opening import Plan
from moderation.appraising.standing import Work
from moderation.office import Office
from moderation.sample.loading.scene import World
from moderation.sample.results import ResultRecord, read_results
from moderation.setting_bases import BasisFacts, keep_basis
from portal.models import ReviewPart
from portal.vocabulary import BasisUse

_BASES = (
    BasisFacts(
        code="28-CT/TW",
        title="Chỉ thị về nâng cao chất lượng kết nạp đảng viên và rà soát, sàng lọc đảng viên",
        effective_from=date(2019, 1, 21),
        uses=(BasisUse.REVIEW,),
    ),
    BasisFacts(
        code="02-HD/BTCTW",
        title="Hướng dẫn về rà soát, phát hiện, giáo dục, giúp đỡ, sàng lọc đảng viên",
        effective_from=date(2021, 4, 12),
        uses=(BasisUse.REVIEW,),
    ),
    BasisFacts(
        code="294-QĐ/TW",
        title="Quy định thi hành Điều lệ Đảng",
        effective_from=date(2025, 7, 1),
        uses=(BasisUse.REVIEW, BasisUse.GUIDE),
    ),
)
_WARD = "phuong-dong-kinh"
_ADMINISTRATOR, _ABOVE, _SECOND = "an.tran", "binh.nguyen", "tam.chu"
#: Counted from the day of loading: the periods, and when each review was opened.
_FIRST, _SECOND_PERIOD = (-440, -75), (-74, 30)
_FIRST_OPENED, _OPENED = 70, 16
_WHY_BACK = "Xin ghi rõ kết quả hỏi đồng chí đi làm xa, rồi ký lại."


def appraise(session: Session, *, world: World) -> None:
    """Let administrators keep bases, and the ward and its cells hold two reviews."""
    basis_ids = _keep_bases(session, world)
    first = _open(session, world, _FIRST, _FIRST_OPENED, basis_ids[1], "đợt 1")
    for cell, part_id in first.items():
        _record(session, world, part_id, cell, number=1, days=_FIRST_OPENED - 6)
        _sign(session, world, part_id, cell, days=_FIRST_OPENED - 10)
        _judge(session, world, part_id, days=_FIRST_OPENED - 16)
    _close(session, world, next(iter(first.values())), days=_FIRST_OPENED - 20)
    second = _open(session, world, _SECOND_PERIOD, _OPENED, basis_ids[1], "đợt 2")
    for cell in ("khoi-2", "khoi-3", "khoi-5"):
        _record(session, world, second[cell], cell, number=2, days=8)
        _sign(session, world, second[cell], cell, days=5)
    _record(session, world, second["khoi-7"], "khoi-7", number=2, days=7, rest=False)
    _judge(session, world, second["khoi-2"], days=3)
    _send_back(session, world, second["khoi-5"], days=3)


def _keep_bases(session: Session, world: World) -> list[int]:
    """The documents, as an administrator of the highest level typed them in."""
    office, by = _ago(world, _FIRST_OPENED + 10), _person(world, _ADMINISTRATOR)
    return [keep_basis(session, office=office, by=by, facts=facts).id for facts in _BASES]


def _open(
    session: Session,
    world: World,
    period: tuple[int, int],
    days: int,
    basis_id: int,
    name: str,
) -> dict[str, int]:
    """A review of every cell of the ward, opened so many days ago: its parts by the cell's key."""
    office, by = _ago(world, days), _person(world, _ABOVE)
    ward = world.enrolled.organisations[_WARD]
    today = world.office.today
    below = appraising.directly_below(session, organisation_ids=(ward,), on=office.today)
    # A cell that was founded or parted lately has nobody yet who could record anything.
    seated = {number for each in world.cast.everybody for number in appraising.seats(each)}
    begins, ends = (today + timedelta(days=each) for each in period)
    plan = Plan(
        title=f"Rà soát, sàng lọc đảng viên, {name}",
        basis_id=basis_id,
        organisation_id=ward,
        period_from=begins,
        period_to=ends,
        chosen_ids=frozenset(each.id for each in below if each.id in seated),
    )
    review = appraising.draft_review(session, office=office, by=by, plan=plan)
    appraising.open_review(session, office=office, by=by, review=review, version=review.version)
    parts = {
        row.organisation_id: row.id
        for row in session.execute(
            select(ReviewPart.organisation_id, ReviewPart.id).where(
                ReviewPart.review_id == review.id
            )
        )
    }
    organisations = world.enrolled.organisations
    return {key: parts[number] for key, number in organisations.items() if number in parts}


def _record(
    session: Session,
    world: World,
    part_id: int,
    cell: str,
    *,
    number: int,
    days: int,
    rest: bool = True,
) -> None:
    """Let the cell record who needs more than a tick, then the rest; the level above its part."""
    office, members = _ago(world, days), world.enrolled.members
    people = [*_of_cell(world, cell), _person(world, _ABOVE)]
    for record in read_results(world.office.today):
        if (record.review, record.cell) == (number, cell):
            _record_one(session, office, people, part_id, members[record.member], record, world)
    if not rest:
        return
    for by in people:
        work = _work(session, by, part_id)
        listed = appraising.members_of(session, work=work, today=office.today)
        everybody = frozenset(each.member_id for each in listed)
        appraising.record_rest(session, office=office, by=by, work=work, member_ids=everybody)


def _record_one(
    session: Session,
    office: Office,
    people: Iterable[Person],
    part_id: int,
    member_id: UUID,
    record: ResultRecord,
    world: World,
) -> None:
    """Record one result, by the first of these people who is not tied to the member."""
    by = next(
        each for each in people if not appraising.is_tied(each, office=office, member_id=member_id)
    )
    mentor = world.enrolled.members[record.mentor] if record.mentor else None
    appraising.record(
        session,
        office=office,
        by=by,
        work=_work(session, by, part_id),
        member_id=member_id,
        recorded=replace(record.recorded, mentor_id=mentor),
    )


def _sign(session: Session, world: World, part_id: int, cell: str, *, days: int) -> None:
    """Let the first of the cell's committee sign."""
    by = _of_cell(world, cell)[0]
    work = _work(session, by, part_id)
    version = work.part.version
    appraising.sign(session, office=_ago(world, days), by=by, work=work, version=version)


def _judge(session: Session, world: World, part_id: int, *, days: int) -> None:
    """Let another of the level above confirm."""
    by = _person(world, _SECOND)
    work = _work(session, by, part_id)
    version = work.part.version
    appraising.confirm(session, office=_ago(world, days), by=by, work=work, version=version)


def _send_back(session: Session, world: World, part_id: int, *, days: int) -> None:
    """Let the level above ask for more."""
    by = _person(world, _SECOND)
    work = _work(session, by, part_id)
    appraising.send_back(
        session,
        office=_ago(world, days),
        by=by,
        work=work,
        reason=_WHY_BACK,
        version=work.part.version,
    )


def _close(session: Session, world: World, part_id: int, *, days: int) -> None:
    """End the review that a part belongs to."""
    by = _person(world, _ABOVE)
    review = _work(session, by, part_id).review
    appraising.close_review(
        session, office=_ago(world, days), by=by, review=review, version=review.version
    )


def _work(session: Session, by: Person, part_id: int) -> Work:
    """A part as somebody works on it."""
    return appraising.find_part(session, by=by, part_id=part_id, to_change=True)


def _of_cell(world: World, cell: str) -> list[Person]:
    """The committee of a cell."""
    number = world.enrolled.organisations[cell]
    return [each for each in world.cast.everybody if number in appraising.seats(each)]


def _person(world: World, login: str) -> Person:
    """Somebody of the staff."""
    return next(each for each in world.cast.everybody if each.login == login)


def _ago(world: World, days: int) -> Office:
    """The office so many days before the loading."""
    return replace(world.office, at=world.office.at - timedelta(days=days))
