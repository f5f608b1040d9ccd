"""Words about what a resident sends and does."""

from portal.i18n import lazy_gettext as _
from portal.vocabulary.labelled import Labelled


class Kind(Labelled):
    """The five kinds that the portal handles itself."""

    PRAISE = "praise", _("Biểu dương")
    #: Somebody outstanding who is no member, named for the cell of the neighbourhood to consider.
    NOMINATION = "nomination", _("Giới thiệu quần chúng ưu tú")
    SUGGESTION = "suggestion", _("Góp ý")
    REPORT = "report", _("Phản ánh")
    PETITION = "petition", _("Kiến nghị")


class Context(Labelled):
    """Which side of the member's life it touches."""

    RESIDENCE = "residence", _("Nơi cư trú")
    WORK = "work", _("Nơi làm việc")
    PARTY_LIFE = "party_life", _("Sinh hoạt đảng")
    UNSURE = "unsure", _("Không rõ")


class HowKnown(Labelled):
    """How the writer knows."""

    SEEN = "seen", _("Tận mắt thấy")
    DOCUMENTS = "documents", _("Có giấy tờ, hình ảnh")
    HEARD = "heard", _("Nghe kể lại")


class PostLevel(Labelled):
    """How high the member's post is, as far as the writer knows."""

    NONE = "none", _("Không giữ chức vụ")
    CELL = "cell", _("Trong chi bộ, khối, thôn")
    COMMUNE = "commune", _("Xã, phường")
    PROVINCE = "province", _("Tỉnh")
    UNSURE = "unsure", _("Không rõ")


class Channel(Labelled):
    """By which way the words reached the portal."""

    WEB = "web", _("Trang web")
    TELEPHONE = "telephone", _("Điện thoại")
    IN_PERSON = "in_person", _("Gặp trực tiếp")
    PAPER = "paper", _("Thư giấy")
    BOX = "box", _("Hòm thư góp ý")


class Suspicion(Labelled):
    """Why a submission is looked at twice. It is never a reason to refuse one."""

    SOURCE = "source", _("Nhiều thư từ cùng một nơi")
    FLOOD = "flood", _("Thư đến dồn dập")
    TRAP = "trap", _("Điền cả ô phải để trống")
    HASTE = "haste", _("Gửi nhanh hơn tốc độ gõ tay")


class SubmissionState(Labelled):
    """What a submission has of its own; otherwise it shows the status of its case."""

    MERGED = "merged", _("Đã gộp với ý kiến trùng")
    WITHDRAWN = "withdrawn", _("Người gửi đã rút")


class ActKind(Labelled):
    """What a resident may do with the code after sending."""

    SAVED = "saved", _("Đã lưu mã")
    SUPPLY = "supply", _("Bổ sung thông tin")
    ATTACH = "attach", _("Gửi thêm tệp")
    RATE = "rate", _("Đánh giá kết quả")
    CONTEST = "contest", _("Đề nghị xem xét lại")
    WITHDRAW = "withdraw", _("Rút ý kiến")


class Rating(Labelled):
    """The resident's judgement of the answer."""

    SATISFIED = "satisfied", _("Hài lòng")
    ACCEPTABLE = "acceptable", _("Chấp nhận được")
    UNSATISFIED = "unsatisfied", _("Chưa hài lòng")
