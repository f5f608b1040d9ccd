"""The words of one deed for many cases: what it is called, what it does, why one is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from sqlalchemy.orm import Session

from moderation.bulk import DELAY, OrderedCase, OrderLine, Plan
from moderation.listing.opening import open_titles
from moderation.office import Office
from portal.clock import VIETNAM
from portal.models import Case
from portal.models.bulk import BulkDeed, LeftOut
from portal.models.case import Room
from portal.models.submission import reference_of
from portal.text import vn_datetime

#: What a deed is called on its button, and on the page that says what it would do.
LABELS = {
    BulkDeed.CLAIM: _("Nhận việc"),
    BulkDeed.RELEASE: _("Trả lại hàng chờ"),
    BulkDeed.DECLINE: _("Đề nghị không tiếp nhận"),
    BulkDeed.MERGE: _("Gộp hồ sơ"),
}
#: What happens to each case, in one or two sentences.
EFFECTS = {
    BulkDeed.CLAIM: _(
        "Đồng chí giữ mỗi hồ sơ trong 2 giờ. Hết giờ mà chưa làm thì hồ sơ về hàng chờ."
    ),
    BulkDeed.RELEASE: _("Hồ sơ về hàng chờ để người khác nhận. Thời hạn không đổi."),
    BulkDeed.DECLINE: _(
        "Mỗi đề nghị chờ người thứ hai xác nhận, sau đó người gửi mới đọc lý do. "
        "Hồ sơ chưa ai nhận thì đồng chí nhận trước."
    ),
    BulkDeed.MERGE: _(
        "Gộp khi cùng một việc, cùng một người. Các thư đi tiếp trong một hồ sơ, mỗi người gửi vẫn "
        "giữ mã và lời của mình."
    ),
}
_REASONS = {
    LeftOut.GONE: _("Không còn ở hàng việc của đồng chí"),
    LeftOut.PAST: _("Đang ở bước khác"),
    LeftOut.HELD: _("Người khác đang giữ"),
    LeftOut.MINE: _("Đồng chí đang giữ"),
    LeftOut.NOT_MINE: _("Đồng chí không giữ"),
    LeftOut.PROPOSED: _("Đang chờ người thứ hai"),
    LeftOut.PART: _("Đồng chí đã có phần việc khác ở hồ sơ này"),
    LeftOut.PRAISE: _("Lời khen, một người quyết định được: xin xem từng hồ sơ"),
    LeftOut.CHANGED: _("Đã thay đổi sau khi đặt"),
    LeftOut.NAMES: _("Lời viết nêu tên người có trong hồ sơ"),
    LeftOut.ITSELF: _("Chính là hồ sơ nhận gộp"),
    LeftOut.TARGET: _("Hồ sơ nhận gộp không còn nhận được"),
    LeftOut.OTHER_PERSON: _("Đã ghi đảng viên khác: là việc khác"),
    LeftOut.OTHER_KIND: _("Một bên là lời giới thiệu quần chúng: là việc khác"),
    LeftOut.OTHER_WAY: _("Phải đi riêng đến ủy ban kiểm tra"),
    LeftOut.HIDES: _("Gộp vào thì nơi giải quyết không còn ai được xem"),
    LeftOut.ORDERED: _("Đồng chí đã đặt việc này rồi"),
    LeftOut.SHUT: _("Không mở được nội dung"),
    LeftOut.FAILED: _("Máy gặp trục trặc, hồ sơ để nguyên"),
    LeftOut.CANCELLED: _("Đã hủy trước khi làm"),
}
#: So many cases are named in one sentence.
_NAMED = 3


@dataclass(frozen=True)
class DrawnCase:
    """One case in words."""

    href: str
    reference: str
    title: str


@dataclass(frozen=True)
class DrawnReason:
    """Why some cases are left out, and which; ``cases`` is empty where that is not told."""

    why: str
    count: int
    cases: tuple[DrawnCase, ...] = ()


@dataclass(frozen=True)
class DrawnPlan:
    """What would happen, in words."""

    #: The case in which the others go on, where one was chosen.
    into: DrawnCase | None
    meant: tuple[DrawnCase, ...]
    numbers: str
    left_out: tuple[DrawnReason, ...]
    left_count: int


@dataclass(frozen=True)
class DrawnOrder:
    """One order in words."""

    order_id: int
    href: str
    title: str
    state: str
    open: bool
    begun: bool
    amount: int
    done: int
    handled: int
    skipped: int
    ordered: str
    due: str


def draw_plan(session: Session, plan: Plan, office: Office) -> DrawnPlan:
    """What a deed would do, with the words of each case; two statements."""
    into = [plan.matter.into] if plan.matter.into else []
    every = [*into, *plan.meant, *(case for cases in plan.left_out.values() for case in cases)]
    sealed = {case.id: case.headline for case in every}
    titles = open_titles(session, office=office, room=Room.DESK, sealed=sealed)
    left = [
        DrawnReason(str(_REASONS[why]), len(cases), _cases(cases, titles))
        for why, cases in plan.left_out.items()
    ]
    if plan.gone:
        left.append(DrawnReason(str(_REASONS[LeftOut.GONE]), plan.gone))
    return DrawnPlan(
        into=next(iter(_cases(into, titles)), None),
        meant=_cases(plan.meant, titles),
        numbers=" ".join(str(case.id) for case in plan.meant),
        left_out=tuple(left),
        left_count=sum(reason.count for reason in left),
    )


def draw_order(line: OrderLine, office: Office) -> DrawnOrder:
    """An order with what has become of it."""
    return DrawnOrder(
        order_id=line.order_id,
        href=url_for("bulk.show", order_id=line.order_id),
        title=told(line.deed, line.amount),
        state=_state(line, office),
        open=line.waiting > 0,
        begun=line.due_at <= office.at,
        amount=line.amount,
        done=line.done,
        handled=line.amount - line.waiting,
        skipped=line.skipped,
        ordered=vn_datetime(line.ordered_at),
        due=hour(line.due_at),
    )


def draw_meant(found: Iterable[OrderedCase]) -> tuple[DrawnCase, ...]:
    """To which cases it is done."""
    return tuple(
        DrawnCase(_address(one.case_id), one.reference, _title(one.title)) for one in found
    )


def draw_skipped(found: Mapping[LeftOut, Iterable[OrderedCase]], gone: int) -> list[DrawnReason]:
    """What was left out, and why."""
    drawn = []
    for why in LeftOut:
        cases = draw_meant(found.get(why, ()))
        if cases:
            drawn.append(DrawnReason(str(_REASONS[why]), len(cases), cases))
    if gone:
        drawn.append(DrawnReason(str(_REASONS[LeftOut.GONE]), gone))
    return drawn


def told(deed: BulkDeed, amount: int) -> str:
    """What is done to how many cases."""
    words = {
        BulkDeed.CLAIM: ngettext("Nhận %(num)s hồ sơ", "Nhận %(num)s hồ sơ", amount),
        BulkDeed.RELEASE: ngettext(
            "Trả %(num)s hồ sơ về hàng chờ", "Trả %(num)s hồ sơ về hàng chờ", amount
        ),
        BulkDeed.DECLINE: ngettext(
            "Đề nghị không tiếp nhận %(num)s hồ sơ",
            "Đề nghị không tiếp nhận %(num)s hồ sơ",
            amount,
        ),
        BulkDeed.MERGE: ngettext("Gộp %(num)s hồ sơ", "Gộp %(num)s hồ sơ", amount),
    }
    return str(words[deed])


def naming(cases: Iterable[Case]) -> str:
    """That a reason for all names somebody of these cases."""
    found = [reference_of(case.id) for case in cases]
    return gettext(
        "Lời này nêu tên người có trong hồ sơ %(cases)s. Xin viết lại, không nêu tên ai.",
        cases=", ".join(found[:_NAMED]) + ("…" if found[_NAMED:] else ""),
    )


def left_as_they_were(amount: int) -> str:
    """What taking an order back has spared."""
    return str(
        ngettext("Đã hủy, %(num)s hồ sơ không đổi.", "Đã hủy, %(num)s hồ sơ không đổi.", amount)
    )


def hour(moment: datetime) -> str:
    """An hour of this very day."""
    return f"{moment.astimezone(VIETNAM):%H:%M}"


def minutes() -> int:
    """How long an order waits."""
    return int(DELAY.total_seconds() // 60)


def _state(line: OrderLine, office: Office) -> str:
    """How far an order is."""
    if line.waiting and line.due_at > office.at:
        return gettext("Bắt đầu lúc %(hour)s", hour=hour(line.due_at))
    if line.waiting:
        return gettext("Đang làm")
    return gettext("Đã hủy") if line.cancelled_at else gettext("Đã xong")


def _cases(cases: Iterable[Case], titles: Mapping[int, str | None]) -> tuple[DrawnCase, ...]:
    """Cases in words."""
    return tuple(
        DrawnCase(_address(case.id), reference_of(case.id), _title(titles.get(case.id)))
        for case in cases
    )


def _address(case_id: int) -> str:
    """Where a case is looked at."""
    return url_for("case.show", case_id=case_id)


def _title(title: str | None) -> str:
    """What a case is called; a lost seal says so."""
    return title or gettext("Không mở được nội dung")
