"""The sentences that tell a moderator why somebody is proposed, and what speaks against it."""

from __future__ import annotations

from typing import Final

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

WHY: Final[dict[str, LazyString]] = {
    "exact_name": _("Trùng cả họ tên, đúng dấu."),
    "whole_name": _("Trùng cả họ tên."),
    "part_of_name": _("Trùng tên và một phần họ, tên đệm."),
    "given_name_only": _("Chỉ trùng tên gọi."),
    "other_order": _("Trùng các chữ trong họ tên, khác thứ tự."),
    "initials": _("Phù hợp với chữ cái viết tắt."),
    "no_marks_written": _("Người gửi viết không dấu."),
    "same_sounds": _("Chữ giống nhau nhưng dấu khác nhau."),
    "one_letter_differs": _("Tên viết khác một chữ cái."),
    "family_differs": _("Họ hoặc tên đệm khác với ý kiến."),
    "name_in_story": _("Tên được nhắc trong phần kể sự việc."),
    "post_matches": _("Đang giữ chức vụ được nêu."),
    "post_held_before": _("Đã giữ chức vụ này trong năm năm qua."),
    "unit_matches": _("Sinh hoạt tại đơn vị được nêu."),
    "workplace_matches": _("Làm việc tại nơi được nêu."),
    "residence_matches": _("Cư trú tại nơi được nêu."),
    "was_in_unit": _("Từng sinh hoạt tại đơn vị được nêu."),
    "birth_year_matches": _("Đúng năm sinh được nêu."),
    "age_matches": _("Tuổi phù hợp với mô tả."),
    "age_differs": _("Tuổi không phù hợp với mô tả."),
    "address_differs": _("Cách xưng hô có thể không phù hợp."),
    "outside_unit": _("Không thuộc xã, phường mà người gửi chọn."),
    "no_longer_member": _("Hiện không còn sinh hoạt trong Đảng bộ."),
}
