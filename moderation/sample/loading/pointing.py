"""What the administrators of the sample have set: invented addresses, and a word of the region."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from moderation.access import Person, identify
from moderation.office import Office
from moderation.setting_authorities import Facts, all_authorities, keep_authority
from moderation.setting_words import set_word
from portal.models import Account, Grant, Organisation
from portal.vocabulary import Matter, Role

#: Where each authority is that the installation begins with; what is not here stays unchecked.
_FACTS = {
    "Ủy ban kiểm tra Đảng ủy xã, phường hoặc Tỉnh ủy": Facts(
        name="Ủy ban kiểm tra Đảng ủy phường Đông Kinh",
        matters=(Matter.DENUNCIATION, Matter.CORRUPTION, Matter.REVIEW),
        address="Số 1, đường Mẫu, phường Đông Kinh",
        telephone="0500 000 201",
        hours="Thứ Hai đến thứ Sáu, giờ hành chính",
        note="Mang giấy tờ tùy thân và đơn có chữ ký.",
    ),
    "Nơi tiếp công dân của xã, phường, tỉnh": Facts(
        name="Ban Tiếp công dân tỉnh",
        matters=(
            Matter.DENUNCIATION,
            Matter.COMPLAINT,
            Matter.CORRUPTION,
            Matter.REVIEW,
            Matter.OTHER,
        ),
        address="Số 2, đường Mẫu, phường Lương Văn Tri",
        telephone="0500 000 202",
        hours="Thứ Hai đến thứ Sáu, 8:00 đến 16:30",
        note="Lãnh đạo tiếp ngày 15 hằng tháng.",
    ),
}
#: What is masked beside the built-in words, and what never is.
_WORDS = {"đồ phá làng": True, "bản đụ": False}


def point(session: Session, *, office: Office, at: datetime) -> None:
    """Let an administrator of the highest level look up two addresses and set two words."""
    earlier = replace(office, at=at)
    by = _administrator(session, earlier)
    for row, _name in all_authorities(session):
        if row.name in _FACTS:
            keep_authority(session, office=earlier, by=by, facts=_FACTS[row.name], number=row.id)
    for form, masked in _WORDS.items():
        set_word(session, office=earlier, by=by, form=form, masked=masked)


def _administrator(session: Session, office: Office) -> Person:
    """The first administrator of the highest organisation."""
    account = session.scalars(
        select(Account)
        .join(Grant, Grant.account_id == Account.id)
        .join(Organisation, Organisation.id == Grant.organisation_id)
        .where(Grant.role == Role.ADMINISTRATOR, Organisation.parent_id.is_(None))
        .order_by(Account.id)
    ).first()
    if account is None:
        raise LookupError("the sample has no administrator of the highest level")
    return identify(session, search=office.ring.search, account=account, today=office.today)
