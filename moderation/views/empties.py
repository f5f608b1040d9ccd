"""What an empty list says: that it is empty, what will be here, and what to do meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import lazy_gettext as _

from portal.models.case import Room

#: A heading and a sentence for every list of both rooms.
EMPTY: Mapping[Room, Mapping[str, tuple[object, object]]] = {
    Room.DESK: {
        "todo": (
            _("Không còn việc cần xem"),
            _("Thư mới sẽ hiện ở đây. Lúc này đồng chí có thể xem mục “Chờ tôi xác nhận”."),
        ),
        "mine": (
            _("Đồng chí chưa giữ hồ sơ nào"),
            _("Mở một hồ sơ ở mục “Cần xem” rồi bấm “Nhận việc”."),
        ),
        "confirm": (
            _("Không có đề nghị nào chờ đồng chí"),
            _("Đề nghị của người khác sẽ hiện ở đây để đồng chí xác nhận."),
        ),
        "publish": (
            _("Không có câu trả lời nào chờ duyệt"),
            _("Khi nơi giải quyết báo cáo, hồ sơ hiện ở đây để đồng chí trả lời người gửi."),
        ),
        "waiting": (
            _("Không có hồ sơ nào chờ người gửi"),
            _("Hồ sơ đã hỏi người gửi chờ ở đây, và tự mở lại khi có trả lời."),
        ),
        "added": (
            _("Không có phần bổ sung nào chưa đọc"),
            _("Khi người gửi viết thêm, hồ sơ hiện ở đây để đồng chí đọc và chuyển."),
        ),
        "left": (
            _("Không có hồ sơ nào mà người gửi đã rút"),
            _("Hồ sơ như vậy hiện ở đây để đồng chí quyết định có giữ hay không."),
        ),
        "overdue": (
            _("Không có việc nào quá hạn"),
            _("Việc quá hạn hiện ở đây, việc trễ nhất đứng đầu."),
        ),
        "handling": (
            _("Không có hồ sơ nào đang giải quyết"),
            _("Hồ sơ đã chuyển hiện ở đây, kèm nơi giải quyết và hạn kết quả."),
        ),
        "answered": (
            _("Không có câu trả lời nào chờ đánh giá"),
            _("Hồ sơ đã trả lời ở đây cho đến khi người gửi đánh giá."),
        ),
        "review": (
            _("Không có hồ sơ nào đang xem xét lại"),
            _("Khi người gửi đề nghị xem xét lại, hồ sơ hiện ở đây."),
        ),
        "done": (
            _("Chưa có hồ sơ nào kết thúc"),
            _("Hồ sơ đã kết thúc ở đây đến hết thời hạn lưu giữ."),
        ),
    },
    Room.COMMITTEE: {
        "open": (
            _("Không có việc nào đang mở"),
            _("Việc được chuyển đến sẽ hiện ở đây, kèm hạn giải quyết."),
        ),
        "todo": (
            _("Không có việc nào cần nhận"),
            _("Việc được chuyển đến hiện ở đây. Mở ra rồi bấm “Nhận giải quyết”."),
        ),
        "working": (
            _("Không có việc nào đang giải quyết"),
            _("Việc đã nhận hiện ở đây để ghi việc đã làm và báo cáo."),
        ),
        "review": (
            _("Không có hồ sơ nào đang xem xét lại"),
            _("Khi người gửi đề nghị xem xét lại, hồ sơ hiện ở đây."),
        ),
        "overdue": (
            _("Không có việc nào quá hạn"),
            _("Việc quá hạn hiện ở đây, việc trễ nhất đứng đầu."),
        ),
        "added": (
            _("Không có phần bổ sung mới"),
            _("Phần người gửi viết thêm hiện ở đây, sau khi bộ phận tiếp nhận chuyển."),
        ),
        "praise": (
            _("Không có lời khen nào chờ ghi nhận"),
            _("Lời khen được chuyển đến hiện ở đây để ghi nhận."),
        ),
        "reported": (
            _("Không có báo cáo nào chờ trả lời"),
            _("Việc đã báo cáo chờ ở đây đến khi người gửi được trả lời."),
        ),
        "done": (
            _("Chưa có hồ sơ nào kết thúc"),
            _("Hồ sơ đã kết thúc ở đây đến hết thời hạn lưu giữ."),
        ),
    },
}
