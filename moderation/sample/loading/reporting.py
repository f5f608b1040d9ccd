"""A line that a registrar copied from an invented paper, of a ward that there is no more."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import identify
from moderation.reports import reported
from moderation.sample.loading.scene import World
from portal.models import Account, Grant
from portal.vocabulary import MemberColumn, Role

_OF = "cu-dong-kinh"
_COLUMN = MemberColumn


def report_some(session: Session, *, world: World) -> None:
    """Enter what the invented paper tells; what it does not tell stays a blank."""
    account = session.scalars(
        select(Account)
        .join(Grant, Grant.account_id == Account.id)
        .where(Grant.role == Role.REGISTRAR)
        .order_by(Account.id)
    ).one()
    office = world.office
    by = identify(session, search=office.ring.search, account=account, today=office.today)
    facts = reported.ReportedFacts(
        organisation_id=world.enrolled.organisations[_OF],
        since=date(2024, 1, 1),
        until=date(2024, 12, 31),
        figures={
            _COLUMN.MEMBERS: 418,
            _COLUMN.REVIEWED: 411,
            _COLUMN.HELPED: 6,
            _COLUMN.REMOVED: 2,
            _COLUMN.LEFT: 1,
        },
        source="Báo cáo mẫu của Đảng ủy phường Đông Kinh (cũ), tháng 1/2025; văn bản không có thật",
        note="Báo cáo không nêu số bị kỷ luật nên để trống.",
    )
    reported.report(session, office=office, by=by, facts=facts)
