"""What an administrator fills in about an authority that residents are pointed to."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field

from moderation.setting_authorities import Facts
from portal.fields import Box, Line, PortalForm
from portal.models import Authority
from portal.vocabulary import Matter

_LINE_MOST, _TELEPHONE_MOST = 300, 60


class AuthorityForm(PortalForm):
    """One authority as residents read it."""

    name = Line(
        _("Tên cơ quan"),
        most=_LINE_MOST,
        missing=_("Xin ghi tên cơ quan."),
        description=_("Người dân đọc đúng tên này. Không ghi tên người."),
    )
    address = Line(_("Địa chỉ"), most=_LINE_MOST)
    telephone = Line(_("Số điện thoại"), most=_TELEPHONE_MOST)
    hours = Line(
        _("Ngày, giờ tiếp"),
        most=_LINE_MOST,
        description=_("Ví dụ: thứ Hai đến thứ Sáu, giờ hành chính."),
    )
    note = Line(
        _("Điều cần biết"),
        most=_LINE_MOST,
        description=_("Ví dụ: mang giấy tờ tùy thân, đơn có chữ ký."),
    )
    denunciation = Box(Matter.DENUNCIATION.label)
    complaint_admin = Box(Matter.COMPLAINT.label)
    crime_tip = Box(Matter.CRIME.label)
    corruption = Box(Matter.CORRUPTION.label)
    review = Box(Matter.REVIEW.label)
    other = Box(Matter.OTHER.label)

    @classmethod
    def showing(cls, row: Authority) -> AuthorityForm:
        """What is kept of an authority, to be changed."""
        return cls(formdata=None, obj=row, data=dict.fromkeys(row.matters, True))

    def is_named(self) -> bool:
        """Whether it is named for something; otherwise the form says what is missing."""
        if self.chosen:
            return True
        self.denunciation.errors = [gettext("Xin chọn ít nhất một loại việc.")]
        return False

    @property
    def chosen(self) -> tuple[Matter, ...]:
        """What it is named for."""
        return tuple(matter for matter in Matter if self[matter.value].data)

    @property
    def boxes(self) -> list[Field]:
        """The boxes of what it may be named for."""
        return [self[matter.value] for matter in Matter]

    def facts(self) -> Facts:
        """What was typed."""
        return Facts(
            name=self.name.data,
            matters=self.chosen,
            address=self.address.data,
            telephone=self.telephone.data,
            hours=self.hours.data,
            note=self.note.data,
        )
