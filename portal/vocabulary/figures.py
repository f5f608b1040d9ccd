"""Words of the public figures: which table it is, and what its values are called.

The tables are made so that none can be worked out of another one: praise and nominations, which
have one answer, are counted apart before anything is told of answers.
"""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class FigureTable(Labelled):
    """Which of the public tables it is."""

    RECEIVED = "received", _("Vụ việc tiếp nhận trong quý")
    FINISHED = "finished", _("Vụ việc kết thúc trong quý")
    SIDE = "side", _("Khen hay góp ý")
    KIND = "kind", _("Loại ý kiến")
    COURSE = "course", _("Kết thúc thế nào")
    FINDING = "finding", _("Kết quả trả lời")
    SATISFACTION = "satisfaction", _("Người gửi đánh giá")
    TIMELINESS = "timeliness", _("Đúng hạn hay quá hạn")
    TOPIC = "topic", _("Nội dung")


class FigureSide(Labelled):
    """What a finished case was handled as."""

    PRAISE = "praise", _("Biểu dương")
    NOMINATION = "nomination", _("Giới thiệu quần chúng ưu tú")
    OPINION = "opinion", _("Góp ý, phản ánh, kiến nghị")


class FigureCourse(Labelled):
    """How an opinion ended. The labels of the last three are those of the status."""

    ANSWERED = "answered", _("Đã có kết quả")
    DECLINED = "declined", _("Không thuộc diện tiếp nhận")
    REFERRED = "referred", _("Đã hướng dẫn cơ quan có thẩm quyền")
    WITHDRAWN = "withdrawn", _("Người gửi đã rút")


class FigureSatisfaction(Labelled):
    """How the writers of an answered opinion judged the answer; silence is a judgement of none."""

    SATISFIED = "satisfied", _("Hài lòng")
    ACCEPTABLE = "acceptable", _("Chấp nhận được")
    UNSATISFIED = "unsatisfied", _("Chưa hài lòng")
    SILENT = "silent", _("Không đánh giá")


class FigureTimeliness(Labelled):
    """Whether every step of a case was in time."""

    ON_TIME = "on_time", _("Mọi bước đúng hạn")
    LATE = "late", _("Có bước quá hạn")


class FigureSign(Labelled):
    """What stands in place of a number that is not told."""

    FEW = "few", _("Nhỏ hơn 5")
    HIDDEN = "hidden", _("Không nêu")
