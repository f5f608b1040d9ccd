"""How many working days each stage may take, as an administrator fills it in."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from portal.deadlines import TARGETS, Targets
from portal.fields import Label, Line, PortalForm
from portal.targets import BOUNDS

_LONGEST = 10


class Days(Line):
    """A whole number of days, between the bounds of its stage."""

    def __init__(self, label: Label, **options: Any):
        """Set the label; the stage is the name of the field."""
        super().__init__(label, most=_LONGEST, missing=_("Xin ghi một số."), **options)

    @property
    def days(self) -> int:
        """The number, after checking."""
        return int(self.data)

    @property
    def hint(self) -> str:
        """What may be set, and what holds otherwise."""
        bounds, usual = BOUNDS[self.name], TARGETS[self.name].working_days
        found = {"least": bounds.least, "most": bounds.most, "usual": usual}
        if bounds.calendar:
            return gettext("Từ %(least)s đến %(most)s ngày. Mặc định %(usual)s.", **found)
        return gettext("Từ %(least)s đến %(most)s ngày làm việc. Mặc định %(usual)s.", **found)

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is no number, and what lies outside the bounds."""
        super().pre_validate(form)
        bounds = BOUNDS[self.name]
        if not (self.data.isascii() and self.data.isdecimal()):
            raise StopValidation(gettext("Xin ghi bằng chữ số. Ví dụ: 20."))
        if not bounds.least <= int(self.data) <= bounds.most:
            raise StopValidation(
                gettext("Xin ghi từ %(least)s đến %(most)s.", least=bounds.least, most=bounds.most)
            )


class TargetsForm(PortalForm):
    """The time of every stage, in the order of the way."""

    screening = Days(_("Xem xét sơ bộ"))
    screening_urgent = Days(_("Xem xét sơ bộ, khi có lo ngại bị trả đũa"))
    confirm = Days(_("Người thứ hai xác nhận"))
    need_info = Days(_("Chờ người gửi bổ sung"))
    pass_on = Days(_("Chuyển tổ chức đảng, tính từ ngày nhận"))
    accept = Days(_("Nơi nhận bắt đầu giải quyết"))
    result = Days(_("Báo cáo kết quả"))
    extension_max = Days(_("Gia hạn nhiều nhất"))
    hold_review_max = Days(_("Tạm dừng nhiều nhất trước khi xem lại"))
    publish = Days(_("Trả lời người gửi"))
    rating = Days(_("Chờ người gửi đánh giá"))
    review = Days(_("Xem xét lại"))
    keep = Days(_("Quyết định giữ hồ sơ người gửi đã rút"))
    tell_above = Days(_("Quá hạn bao lâu thì báo cấp trên"))
    take_over = Days(_("Quá hạn bao lâu thì cấp trên được giải quyết thay"))
    taken_over = Days(_("Thời gian của nơi giải quyết thay"))
    transfer_start = Days(_("Chuyển sinh hoạt: từ quyết định đến giấy giới thiệu"))
    transfer_present = Days(_("Chuyển sinh hoạt: từ giấy giới thiệu đến nộp hồ sơ"))
    excusal_most = Days(_("Tạm miễn sinh hoạt mỗi lần nhiều nhất"))
    excusal_before = Days(_("Nhắc trước khi hết hạn tạm miễn"))
    excusal_after = Days(_("Nhắc riêng khi hết hạn tạm miễn mà chưa có phiếu"))

    @classmethod
    def showing(cls, targets: Targets) -> TargetsForm:
        """The form with what is in force."""
        data = {stage: str(targets[stage].working_days) for stage in BOUNDS}
        return cls(formdata=None, data=data)

    def days(self) -> dict[str, int]:
        """What was typed, after checking."""
        return {field.name: field.days for field in self if isinstance(field, Days)}
