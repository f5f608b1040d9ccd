"""How a member stands who is away, on the page of a case about absence: neutral, and days only."""

from __future__ import annotations

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from moderation.leaving.whereabouts import Stands, Whereabouts, stands
from moderation.subjects import Subject
from moderation.views.opening import Work
from portal.text import vn_date

_STANDS = {
    Whereabouts.EXCUSED: _("Đang tạm miễn, hợp lệ đến %(day)s."),
    Whereabouts.NO_SLIP: _("Hết hạn tạm miễn ngày %(day)s, chưa có phiếu xác nhận."),
    Whereabouts.SETTLED: _("Hết hạn tạm miễn ngày %(day)s, đã rõ việc xác nhận."),
    Whereabouts.MOVING: _("Đang chuyển sinh hoạt, trong hạn đến %(day)s."),
    Whereabouts.MOVING_LATE: _("Đang chuyển sinh hoạt, hạn %(day)s đã qua, cần liên hệ."),
    Whereabouts.ELSEWHERE: _("Đang sinh hoạt tạm thời nơi khác, đến %(day)s."),
    Whereabouts.LEFT_AREA: _("Đã chuyển sinh hoạt ra ngoài địa bàn từ %(day)s."),
    Whereabouts.UNKNOWN: _("Danh sách không ghi tạm miễn hay chuyển sinh hoạt."),
}


def whereabouts(work: Work, subject: Subject | None) -> dict[str, object]:
    """What the page of a case is told of it: a sentence for each thing that is known, and whether
    the member has left the area; nothing for a case about anything else.
    """
    member_id = subject.member_id if subject is not None else None
    found = stands(work.session, office=work.office, case=work.case, member_id=member_id)
    return {
        "whereabouts": [_sentence(each) for each in found],
        "left_area": any(each.how is Whereabouts.LEFT_AREA for each in found),
    }


def _sentence(each: Stands) -> str:
    """One thing that is known."""
    day = vn_date(each.day) if each.day else gettext("chưa rõ ngày")
    return str(_STANDS[each.how]) % {"day": day}
