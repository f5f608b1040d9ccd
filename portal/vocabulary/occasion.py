"""When staff write to a resident."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class Occasion(Labelled):
    """What is written, and by which step the resident reads it."""

    ASK = "ask", _("Hỏi thêm người gửi")
    MESSAGE = "message", _("Viết cho người gửi")
    DECLINE = "decline", _("Không tiếp nhận")
    REFER = "refer", _("Hướng dẫn cơ quan có thẩm quyền")
    REPORT = "report", _("Dự thảo trả lời")
