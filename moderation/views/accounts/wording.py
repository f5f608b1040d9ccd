"""The words for roles, requests and what an account owns."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from moderation.administering.asked import Asked
from moderation.administering.ending import Belongings, Owned
from moderation.administering.listing import Held
from moderation.administering.succeeding import Heirs
from portal.models.administration import Outcome, RequestKind
from portal.models.factor import FactorKind
from portal.vocabulary import OrganisationKind, Role

_OUTCOMES = {
    Outcome.CONFIRMED: _("Đã xác nhận"),
    Outcome.DECLINED: _("Đã từ chối"),
    Outcome.WITHDRAWN: _("Đã rút lại"),
}
_FACTORS = {FactorKind.APP: _("ứng dụng tạo mã"), FactorKind.PASSKEY: _("khóa truy cập")}


def factor_label(kind: FactorKind) -> str:
    """What a second factor is."""
    return str(_FACTORS[kind])


def role_at(role: Role, kind: OrganisationKind | None, place: str) -> str:
    """A role with its place; the committee of a commission is named as one."""
    label = kind.label if role is Role.COMMITTEE and kind is OrganisationKind.COMMISSION else None
    return f"{label or role.label}, {place}"


def roles_line(held: Iterable[Held]) -> str:
    """All roles of an account in one line."""
    return "; ".join(role_at(one.role, one.kind, one.place) for one in held)


def request_line(asked: Asked) -> str:
    """What is asked, in one sentence without its end."""
    if asked.kind is RequestKind.GRANT and asked.role is not None:
        role = role_at(asked.role, asked.place_kind, asked.place)
        return gettext("Giao vai trò: %(role)s", role=role)
    if asked.kind is RequestKind.RESET_FACTOR:
        return gettext("Đặt lại cách xác nhận thứ hai")
    if asked.kind is RequestKind.UNTIE:
        return gettext("Bỏ quan hệ đã khai với %(member)s", member=asked.member)
    if asked.member:
        return gettext("Gắn với đảng viên khác: %(member)s", member=asked.member)
    return gettext("Không còn gắn với đảng viên nào")


def outcome_line(asked: Asked) -> str:
    """What became of a request."""
    return str(_OUTCOMES[asked.outcome]) if asked.outcome else ""


def heirs_line(heirs: Heirs) -> str:
    """Who goes on with the work of a role."""
    if heirs.names:
        return ", ".join(heirs.names)
    if heirs.above:
        return gettext("ở đây không còn ai, %(place)s thấy và xem tiếp", place=heirs.above)
    return gettext("không còn ai, xin giao vai trò này cho người khác")


def owned_line(what: Belongings) -> str:
    """How many matters an account owns in one way; nothing where there are none."""
    count = what.others + len(what.references)
    if not count:
        return ""
    if what.owned is Owned.CLAIMED:
        return ngettext("%(num)s việc đã nhận xem", "%(num)s việc đã nhận xem", count)
    if what.owned is Owned.PROPOSED:
        return ngettext(
            "%(num)s đề nghị chờ người thứ hai", "%(num)s đề nghị chờ người thứ hai", count
        )
    return ngettext("%(num)s việc đang giải quyết", "%(num)s việc đang giải quyết", count)
