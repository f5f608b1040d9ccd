"""The words for who is away: neutral, because a paper may be missing for innocent reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.leaving.days import Reminder, reminder_of
from moderation.office import Office
from portal.models import Excusal, Member, Organisation, Transfer
from portal.text import vn_number
from portal.vocabulary import ExcusalState, TransferKind, TransferState

_REMINDERS = {
    Reminder.SOON: _("Sắp hết hạn tạm miễn, cần liên hệ"),
    Reminder.TODAY: _("Hết hạn tạm miễn hôm nay, cần liên hệ"),
    Reminder.PAST: _("Hết hạn tạm miễn, chưa có phiếu xác nhận"),
}


@dataclass(frozen=True)
class AbsenceLine:
    """An excusal in a list."""

    id: int
    name: str
    birth_year: int
    cell: str
    state: str
    waits: bool
    first: date
    last: date


@dataclass(frozen=True)
class TransferLine:
    """A transfer in a list. ``to`` is the new cell, or that it lies outside the area."""

    id: int
    name: str
    birth_year: int
    cell: str
    to: str
    state: str
    waits: bool
    since: date
    due: date | None


def absence_line(
    excusal: Excusal, member: Member, cell: Organisation, *, office: Office
) -> AbsenceLine:
    """An excusal in a list, with what there is to do about it."""
    said = reminder_words(excusal, office)
    return AbsenceLine(
        id=excusal.id,
        name=member.name,
        birth_year=member.birth_year,
        cell=cell.name,
        state=said or str(excusal.state.label),
        waits=bool(said) or excusal.state is ExcusalState.PROPOSED,
        first=excusal.valid_from,
        last=excusal.ends_on,
    )


def reminder_words(excusal: Excusal, office: Office) -> str:
    """Why somebody is to be contacted; nothing where nobody is."""
    if excusal.state is not ExcusalState.GRANTED or excusal.settled_on is not None:
        return ""
    found = reminder_of(excusal.ends_on, today=office.today, targets=office.targets)
    if found is Reminder.LONG_PAST:
        days = vn_number(office.targets["excusal_after"].working_days)
        return gettext("Hết hạn trên %(days)s ngày, chưa có phiếu xác nhận", days=days)
    return str(_REMINDERS[found]) if found else ""


def transfer_line(
    transfer: Transfer,
    member: Member,
    cell: Organisation,
    to: Organisation | None,
    *,
    office: Office,
) -> TransferLine:
    """A transfer in a list, with whether its stage is late."""
    moving = transfer.state in (TransferState.DECIDED, TransferState.ON_THE_WAY)
    return TransferLine(
        id=transfer.id,
        name=member.name,
        birth_year=member.birth_year,
        cell=cell.name,
        to=to.name if to is not None else gettext("Ngoài địa bàn"),
        state=transfer_words(transfer, office),
        waits=moving and transfer.due_on < office.today,
        since=transfer.decided_on,
        due=transfer.due_on if moving else None,
    )


def transfer_words(transfer: Transfer, office: Office) -> str:
    """How far a transfer has come, and whether that takes longer than it may."""
    label = str(transfer.state.label)
    if transfer.state not in (TransferState.DECIDED, TransferState.ON_THE_WAY):
        temporary = transfer.kind is TransferKind.TEMPORARY
        here = temporary and transfer.state is TransferState.ACCEPTED
        return gettext("Đang sinh hoạt tạm thời nơi khác") if here else label
    if transfer.due_on < office.today:
        return gettext("%(state)s, đã quá hạn, cần liên hệ", state=label)
    return gettext("%(state)s, trong hạn", state=label)
