"""The lines of a list as they are drawn, in the groups in which people look for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext

from moderation.bulk import CHOOSABLE
from moderation.listing import Places, Row
from moderation.views.boxes import hour_of
from moderation.views.rows import DrawnLine
from moderation.views.wording import comrade, pressure, short_moment, time_left
from portal.models.case import Room
from portal.text import vn_date
from portal.vocabulary import Status

#: The page of a case in each room.
CASE_PAGES = {Room.DESK: "case.show", Room.COMMITTEE: "committee_case.show"}
_WITH_ORGANISATION = frozenset(
    {Status.ROUTED, Status.IN_PROGRESS, Status.ON_HOLD, Status.REPORTED, Status.ANSWERED}
)
#: What is merely waited for is never late: the worker moves the case on.
_PATIENT = frozenset({Status.NEED_INFO, Status.ON_HOLD, Status.ANSWERED})


@dataclass(frozen=True)
class Seen:
    """From where and when a list is looked at."""

    places: Places
    today: date

    @property
    def room(self) -> Room:
        """The room of the list."""
        return self.places.room

    def decides(self, row: Row) -> bool:
        """Whether the viewer's own organisation decides on what was contested."""
        return row.decider_id in self.places.all

    def is_below(self, row: Row) -> bool:
        """Whether a case is handled by an organisation below the viewer's own."""
        return row.handler_id not in self.places.all


@dataclass(frozen=True)
class Group:
    """Lines that stand together under one heading."""

    title: str
    lines: tuple[DrawnLine, ...]
    hot: bool = False


def group_desk(rows: Iterable[Row], seen: Seen) -> list[Group]:
    """The lines of the desk by how near they are."""
    titles = {
        "late": gettext("Quá hạn"),
        "today": gettext("Hết hạn hôm nay"),
        "later": gettext("Còn thời gian"),
        "done": gettext("Đã kết thúc"),
    }
    return _group(rows, titles, seen, _nearness)


def group_inbox(rows: Iterable[Row], seen: Seen) -> list[Group]:
    """The lines of a committee: what is late, what waits for it, what is being done."""
    titles = {
        "take": gettext("Được giải quyết thay cấp dưới"),
        "late": gettext("Quá hạn"),
        "review": gettext("Cần xem xét lại"),
        "confirm": gettext("Cần xác nhận"),
        "accept": gettext("Cần nhận"),
        "working": gettext("Đang giải quyết"),
        "praise": gettext("Lời khen, lời giới thiệu cần ghi nhận"),
        "below": gettext("Cấp dưới đang giải quyết"),
        "reported": gettext("Đã báo cáo"),
        "reviewed": gettext("Cấp trên đang xem xét lại"),
        "done": gettext("Đã kết thúc"),
    }
    return _group(rows, titles, seen, lambda row: _stage(row, seen))


def _group(
    rows: Iterable[Row], titles: dict[str, str], seen: Seen, key: Callable[[Row], str]
) -> list[Group]:
    """The lines under their headings; the order inside a group is that of the list."""
    groups: dict[str, list[DrawnLine]] = {name: [] for name in titles}
    for row in rows:
        groups[key(row)].append(draw(row, seen))
    return [
        Group(title=titles[name], lines=tuple(lines), hot=name in {"take", "late"})
        for name, lines in groups.items()
        if lines
    ]


def _nearness(row: Row) -> str:
    """How near the deadline of a case is."""
    if row.finished_on:
        return "done"
    if _is_late(row):
        return "late"
    return "today" if row.due_today else "later"


def _stage(row: Row, seen: Seen) -> str:
    """What a committee has to do next about a case."""
    if row.finished_on:
        return "done"
    if row.status in {Status.REPORTED, Status.ANSWERED}:
        return "reported"
    if row.status is Status.REVIEW and not seen.decides(row):
        return "reviewed"
    if row.may_take and seen.is_below(row):
        return "take"
    if _is_late(row):
        return "late"
    if row.status is Status.REVIEW:
        return "review"
    if row.proposed:
        return "confirm"
    if seen.is_below(row):
        return "below"
    if row.praise:
        return "praise"
    return "accept" if row.status is Status.ROUTED else "working"


def _is_late(row: Row) -> bool:
    """Whether people, and not the clock, are behind."""
    return row.remaining is not None and row.remaining.late and row.status not in _PATIENT


def draw(row: Row, seen: Seen) -> DrawnLine:
    """One line."""
    due, due_at = _due(row, seen.today)
    return DrawnLine(
        choosable=row.case_id if seen.room is Room.DESK and row.status in CHOOSABLE else None,
        href=url_for(CASE_PAGES[seen.room], case_id=row.case_id),
        title=_title(row),
        reference=row.reference,
        status=row.status.value,
        status_label=str(row.status.staff_label),
        pending=_pending(row),
        added=row.added,
        kind=str(row.kind.label) if row.kind else gettext("Chưa phân loại"),
        place=_place(row, seen),
        due=due,
        due_at=due_at,
        holder=_holder(row, seen),
        until=gettext("đến %(when)s", when=hour_of(row.held_until)) if row.held_until else "",
        late=_is_late(row),
        near=row.due_today,
        mine=row.mine,
        pressed=pressure(row.mark) if not row.finished_on else "",
    )


def _title(row: Row) -> str:
    """What a case is called in its line."""
    if row.leaving or row.status is Status.WITHDRAWN:
        return gettext("Người gửi đã rút ý kiến")
    if row.title is None:
        return gettext("Không mở được nội dung")
    if row.proposed and not row.title:
        return gettext("Đề nghị của bộ phận tiếp nhận")
    return row.title or gettext("Nội dung xem trong hồ sơ")


def _due(row: Row, today: date) -> tuple[str, str]:
    """How far the deadline is and when, or when the case ended."""
    if row.finished_on:
        return gettext("Xong %(day)s", day=vn_date(row.finished_on)), ""
    if row.remaining is None or row.due_at is None:
        return gettext("Không có hạn"), ""
    return time_left(row.remaining), short_moment(row.due_at, today)


def _place(row: Row, seen: Seen) -> str:
    """Where the writer says it is; for a committee, who handles what it does not itself."""
    if seen.room is Room.DESK:
        return row.unit
    return row.handler if seen.is_below(row) else ""


def _pending(row: Row) -> str:
    """For whom a proposal waits, as the viewer sees it; or that its writer has gone."""
    if row.leaving:
        return gettext("Người gửi rút")
    if not row.proposed:
        return ""
    return gettext("Chờ người thứ hai") if row.proposed_by_me else gettext("Chờ xác nhận")


def _holder(row: Row, seen: Seen) -> str:
    """Who has the case in hand: the viewer, a colleague, an organisation, or nobody."""
    if row.mine:
        return gettext("Tôi đang giữ")
    if row.status is Status.REVIEW:
        return gettext("Cấp xem xét lại")
    if row.holders:
        return ", ".join(comrade(name) for name in row.holders)
    if row.finished_on or (seen.room is Room.DESK and row.status in _WITH_ORGANISATION):
        return row.handler or gettext("Không ai")
    return gettext("Chưa ai giữ")
