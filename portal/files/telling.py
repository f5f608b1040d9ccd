"""The sentences about a file that was not kept: what is wrong with it, and what to do."""

from __future__ import annotations

from typing import NamedTuple

from portal.files.attaching import TooMany
from portal.files.cleaning.starting import Bomb, Broken, Busy, Locked, Unclean
from portal.files.storing import CannotStore
from portal.files.taking import Crowded, Nothing, NotTaken, TooLarge, Twice, Unknown
from portal.i18n import lazy_gettext as _
from portal.tracking import CannotAct


class Fault(NamedTuple):
    """Why a file was not kept: the sentence, and the status of the answer."""

    sentence: str
    status: int


#: Everything that can be wrong with a file or with the moment.
NOT_KEPT = (NotTaken, Unclean, Busy, CannotStore, TooMany, CannotAct)
_BUSY = _("Cổng đang nhận nhiều tệp nên chưa lưu được tệp này. Xin thử lại sau ít phút.")
_FAULTS: dict[type[Exception], tuple[object, int]] = {
    Nothing: (_("Chưa có tệp nào. Xin chọn một tệp rồi bấm gửi."), 422),
    TooLarge: (_("Tệp này lớn hơn 30 MB. Xin chọn tệp nhỏ hơn."), 422),
    Unknown: (_("Cổng chỉ nhận ảnh và PDF. Tệp này thuộc loại khác nên không được lưu."), 422),
    Twice: (_("Tệp này đã được gửi trước đó. Cổng chỉ giữ một bản."), 409),
    Broken: (_("Tệp này bị hỏng hoặc thiếu phần cuối. Xin gửi lại, hoặc chụp ảnh khác."), 422),
    Bomb: (_("Tệp này mở ra quá lớn nên Cổng không xử lý được. Xin gửi tệp nhỏ hơn."), 422),
    Locked: (_("PDF này có mật khẩu nên Cổng không mở được. Xin bỏ mật khẩu rồi gửi lại."), 422),
    TooMany: (_("Mỗi ý kiến hoặc việc kèm được 5 tệp, và nay đã đủ."), 409),
    CannotAct: (_("Hồ sơ đã sang bước khác nên không nhận thêm tệp."), 409),
    Crowded: (_BUSY, 503),
    Busy: (_BUSY, 503),
    CannotStore: (_("Cổng chưa lưu được tệp này. Xin thử lại sau ít phút."), 503),
}


def fault_of(error: Exception) -> Fault:
    """What is said about one of ``NOT_KEPT``, in the language of this request."""
    sentence, status = _FAULTS[type(error)]
    return Fault(str(sentence), status)
