"""What staff fill in about members who are away, or who move to another cell."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.forms.fields import Day, WordOf
from moderation.forms.screening import NOTE_MOST
from portal.fields import OneOf, Paragraphs, PortalForm
from portal.models import Member, Organisation
from portal.vocabulary import ExcusalGround, SlipState, TransferKind

#: What is chosen in place of a cell for somebody who leaves the area.
OUTSIDE = "outside"


class MemberField(OneOf):
    """One of the members of a cell."""

    def offer(self, members: Iterable[Member]) -> None:
        """Offer these members."""
        first = {"": gettext("Chưa chọn")}
        self.answers = first | {str(one.id): f"{one.name}, {one.birth_year}" for one in members}

    @property
    def member_id(self) -> UUID:
        """Who was chosen, after checking."""
        return UUID(self.data)


class ExcusalForm(PortalForm):
    """A proposal to excuse a member for a time."""

    member = MemberField(_("Đảng viên"), answers={}, missing=_("Xin chọn đảng viên."))
    valid_from = Day(
        _("Từ ngày"),
        ahead=True,
        missing=_("Xin ghi ngày bắt đầu."),
        description=_("Ngày, tháng, năm. Ví dụ: 1/12/2026."),
    )
    valid_to = Day(_("Đến hết ngày"), ahead=True, missing=_("Xin ghi ngày cuối."))
    ground = WordOf(_("Thuộc diện"), words=ExcusalGround, missing=_("Xin chọn một diện."))
    reason = Paragraphs(
        _("Lý do"),
        most=NOTE_MOST,
        missing=_("Xin nêu lý do."),
        description=_("Được niêm kín. Chỉ chi ủy và cấp quyết định đọc được."),
    )


class RefusalForm(PortalForm):
    """Why the level above does not agree."""

    answer = Paragraphs(
        _("Vì sao không đồng ý"),
        most=NOTE_MOST,
        missing=_("Xin nêu vì sao không đồng ý."),
        description=_("Được niêm kín. Chi ủy sẽ đọc."),
    )


class SlipForm(PortalForm):
    """What is known of the confirmation slip."""

    state = WordOf(_("Phiếu xác nhận"), words=SlipState, missing=_("Xin chọn một mục."))
    on = Day(_("Ngày"), missing=_("Xin ghi ngày."))


class ReturnForm(PortalForm):
    """Since when a member is back."""

    back_on = Day(_("Ngày về"), missing=_("Xin ghi ngày về."))


class StepForm(PortalForm):
    """The day on which a transfer came one step further."""

    step_on = Day(_("Ngày"), missing=_("Xin ghi ngày."))


class TransferForm(PortalForm):
    """A transfer that was decided."""

    member = MemberField(_("Đảng viên"), answers={}, missing=_("Xin chọn đảng viên."))
    kind = WordOf(_("Hình thức"), words=TransferKind, missing=_("Xin chọn hình thức."))
    decided_on = Day(_("Ngày quyết định"), missing=_("Xin ghi ngày quyết định."))
    to = OneOf(
        _("Chi bộ nơi đến"),
        answers={},
        missing=_("Xin chọn nơi đến."),
        description=_("Ra ngoài địa bàn thì Cổng không ghi nơi đến."),
    )
    until = Day(
        _("Đến hết ngày"),
        ahead=True,
        description=_("Chỉ ghi khi chuyển tạm thời."),
    )

    def offer(self, members: Iterable[Member], cells: Iterable[Organisation]) -> None:
        """Offer these members, and these cells beside the way out of the area."""
        self.member.offer(members)
        ways = {str(cell.id): cell.name for cell in cells}
        first = {"": gettext("Chưa chọn"), OUTSIDE: gettext("Ra ngoài địa bàn")}
        self.to.answers = first | ways

    @property
    def to_id(self) -> int | None:
        """The cell that was chosen; nothing for out of the area."""
        return None if self.to.data == OUTSIDE else int(self.to.data)
