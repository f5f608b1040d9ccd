"""The sentences that a moderator reads beside a proposal. They name nobody and no organisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

REASONS: Final[Mapping[str, LazyString]] = {
    "possible_denunciation": _("Nội dung có thể là tố cáo, nên chỉ ủy ban kiểm tra được xem."),
    "fears_retaliation": _("Người gửi lo ngại bị trả đũa, nên ý kiến không chuyển về chi bộ."),
    "managed_by_higher_level": _("Đồng chí này thuộc diện cấp trên quản lý, nên cấp đó xem xét."),
    "subject_on_level_above_committee": _(
        "Đồng chí này tham gia cấp ủy cấp trên của chi bộ, nên cấp ủy ấy không xem."
    ),
    "home_unknown": _("Chưa xác định được chi bộ của đảng viên, nên chuyển đơn vị tiếp nhận."),
    "subject_on_home_committee": _("Đồng chí này tham gia chi ủy, nên chuyển lên cấp trên."),
    "nomination": _("Chi bộ nơi người được giới thiệu sinh sống xem xét lời giới thiệu."),
    "neighbourhood_unknown": _("Chưa rõ khối, thôn của người được giới thiệu. Xin chọn chi bộ ấy."),
    "praise": _("Ý kiến biểu dương chuyển về chi bộ, kể cả khi biểu dương bí thư."),
    "ordinary": _("Chi bộ nơi đảng viên sinh hoạt chính thức xem xét, giải quyết."),
    "residence_asked": _("Sự việc xảy ra ở nơi cư trú, nên hỏi thêm chi bộ nơi cư trú."),
    "no_handler_at_home": _("Chi ủy không còn ai được phép giải quyết, nên chuyển lên cấp trên."),
    "no_handler_at_level_above": _("Cấp trên của chi bộ không còn ai được phép giải quyết."),
    "no_handler_at_commission": _("Ủy ban kiểm tra không còn ai được phép giải quyết."),
    "no_handler_at_managing_level": _("Cấp quản lý đồng chí này không có ai được phép giải quyết."),
    "no_level_above": _("Cổng chưa có thông tin về cấp trên của chi bộ."),
    "no_commission": _("Cổng chưa có thông tin về ủy ban kiểm tra xã, phường."),
    "no_managing_level": _("Cổng không ghi nhận cấp trên nào quản lý riêng đồng chí này."),
    "commission_under_subject": _("Ủy ban kiểm tra này thuộc cấp ủy mà đồng chí ấy tham gia."),
    "subject_on_commission": _("Đồng chí này tham gia ủy ban kiểm tra, nên ủy ban không xem."),
    "subject_on_managing_level": _("Đồng chí này tham gia cấp ủy của cấp quản lý."),
    "subject_on_intake_committee": _("Đồng chí này tham gia cấp ủy của đơn vị tiếp nhận."),
    "last_resort": _("Không còn nơi nào thật sự phù hợp. Đề nghị đồng chí cân nhắc kỹ."),
}
