"""The words of the quarantine's lines: how many copies, since when, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from moderation.listing.copies import CopyLine, GroupLine
from moderation.office import Office
from moderation.views.wording import short_moment, time_left
from portal.deadlines import remaining
from portal.text import vn_date


@dataclass(frozen=True)
class DrawnGroup:
    """One group in words."""

    href: str
    title: str
    amount: int
    days: str
    due: str
    due_at: str
    late: bool
    state: str
    pending: bool


@dataclass(frozen=True)
class DrawnCopy:
    """One copy in words."""

    title: str
    reference: str
    why: str
    arrived: str


@dataclass(frozen=True)
class Progress:
    """How far the worker has come."""

    done: int
    meant: int


def draw_group(line: GroupLine, office: Office) -> DrawnGroup:
    """A line of the list, and the head of the group's own page."""
    first, last = vn_date(line.first_on), vn_date(line.last_on)
    left = remaining(line.due_at, office.at, office.calendar) if line.due_at else None
    return DrawnGroup(
        href=url_for("quarantine.show", group_id=line.group_id),
        title=line.title or gettext("Không mở được nội dung"),
        amount=line.amount,
        days=first if first == last else gettext("%(first)s đến %(last)s", first=first, last=last),
        due=time_left(left) if left else gettext("Không có hạn"),
        due_at=short_moment(line.due_at, office.today) if line.due_at else "",
        late=bool(left and left.late),
        state=_state(line),
        pending=line.proposed or line.task is not None,
    )


def draw_copies(copies: Iterable[CopyLine]) -> list[DrawnCopy]:
    """The copies of a group. Nothing here tells the hour at which one arrived."""
    return [
        DrawnCopy(
            title=copy.title or gettext("Không mở được nội dung"),
            reference=copy.reference,
            why=str(copy.why.label),
            arrived=vn_date(copy.arrived_on),
        )
        for copy in copies
    ]


def progress_of(line: GroupLine) -> Progress | None:
    """How many copies are done, while the worker carries a decision out."""
    if line.task is None:
        return None
    return Progress(done=max(0, line.meant - line.amount), meant=line.meant)


def _state(line: GroupLine) -> str:
    """What becomes of a group, as the viewer sees it."""
    if line.task is not None:
        return gettext("Đang thực hiện")
    if line.proposed:
        return gettext("Chờ người thứ hai") if line.proposed_by_me else gettext("Chờ xác nhận")
    return gettext("Cách ly")
